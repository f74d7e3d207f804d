-- Events by the figures that count nothing else: column of a form, or part and count of the change of the share in towns.
SELECT
    concat('form_', form) AS target,
    CAST(column_no AS VARCHAR) AS item,
    'persons' AS count,
    1 AS sign,
    month,
    county_code,
    movement_row
FROM form_entry
WHERE form = 57 OR column_no <> 22
UNION ALL
SELECT
    'urban_change' AS target,
    part AS item,
    'population' AS count,
    sign,
    month,
    county_code,
    movement_row
FROM change_entry
WHERE part <> 'clean_up'
UNION ALL
SELECT
    'urban_change' AS target,
    part AS item,
    'urban' AS count,
    sign,
    month,
    county_code,
    movement_row
FROM change_entry
WHERE part <> 'clean_up' AND is_urban;
