-- form_entry: events by the columns of the yearly forms they count in, of which there may be several. 57 is 公业57, where a move whose other
-- end is not stated counts nowhere; 58 is 公业58 and knows urban places alone, and there such a move is 其他, column 22.
CREATE OR REPLACE TEMP VIEW form_entry AS
WITH entry AS (
    SELECT
        57 AS form,
        month,
        county_code,
        rowid AS movement_row,
        persons,
        unnest([
            CASE
                WHEN movement = 'birth' THEN 11
                WHEN movement = 'death' THEN 14
                WHEN movement = 'move_in' AND place IN ('county', 'prefecture', 'province') THEN 17
                WHEN movement = 'move_in' AND place = 'outside' THEN 18
                WHEN movement = 'move_out' AND place IN ('county', 'prefecture', 'province') THEN 19
                WHEN movement = 'move_out' AND place = 'outside' THEN 20
            END,
            CASE
                WHEN movement = 'birth' AND sex = '1' THEN 12
                WHEN movement = 'birth' AND sex = '2' THEN 13
                WHEN movement = 'death' AND sex = '1' THEN 15
                WHEN movement = 'death' AND sex = '2' THEN 16
            END
        ]) AS column_no
    FROM stats.movement
    UNION ALL
    SELECT
        58 AS form,
        month,
        county_code,
        rowid AS movement_row,
        persons,
        unnest([
            CASE
                WHEN movement = 'birth' THEN 3
                WHEN movement = 'death' THEN 24
                WHEN movement = 'move_out' THEN 27
                WHEN movement = 'move_in' AND (origin_urban_rural = 'unknown' OR place = 'unknown') THEN 22
                WHEN movement = 'move_in' AND origin_urban_rural = 'rural' THEN 8
                WHEN movement = 'move_in' AND place = 'outside' THEN 7
                WHEN movement = 'move_in' THEN 6
            END,
            CASE
                WHEN movement <> 'move_in' OR origin_urban_rural <> 'rural' OR place = 'unknown' THEN NULL
                WHEN place = 'province' THEN 10
                WHEN place = 'outside' THEN 11
                ELSE 9
            END,
            CASE
                WHEN movement <> 'move_in' OR origin_urban_rural <> 'rural' OR place = 'unknown' THEN NULL
                WHEN move_reason = 'enrolment' THEN 12
                WHEN move_reason = 'hired' THEN 13
                WHEN move_reason = 'work_trade' THEN 14
                WHEN move_reason = 'invest' THEN 15
                WHEN move_reason = 'house' THEN 16
                WHEN move_reason = 'kin' THEN 17
                WHEN move_reason = 'relocation' THEN 18
                WHEN move_reason = 'village_rebuild' THEN 19
                WHEN move_reason = 'code_change' THEN 20
                WHEN move_reason = 'other' THEN 21
            END
        ]) AS column_no
    FROM stats.movement
    WHERE urban_rural = 'urban'
)

SELECT
    form,
    column_no,
    month,
    county_code,
    movement_row,
    persons
FROM entry
WHERE column_no IS NOT NULL;

-- form_month: the same, added up before a month meets the periods it counts in.
CREATE OR REPLACE TEMP VIEW form_month AS
SELECT
    form,
    month,
    county_code,
    column_no,
    sum(persons) AS persons
FROM form_entry
GROUP BY form, month, county_code, column_no;

-- change_entry: events by the part of the change of the share in towns that they count in, and with which sign.
CREATE OR REPLACE TEMP VIEW change_entry AS
SELECT
    CASE
        WHEN movement = 'birth' THEN 'births'
        WHEN movement = 'late_birth' THEN 'clean_up'
        WHEN movement = 'death' THEN 'deaths'
        WHEN movement = 'move_out' THEN 'moves_out'
        WHEN urban_rural <> 'urban' OR origin_urban_rural <> 'rural' OR place = 'unknown' THEN 'other_moves_in'
        WHEN move_reason IN ('village_rebuild', 'code_change') THEN move_reason
        ELSE concat('settled_', coalesce(move_reason, 'without_reason'))
    END AS part,
    CASE WHEN movement IN ('death', 'move_out') THEN -1 ELSE 1 END AS sign,
    urban_rural = 'urban' AS is_urban,
    month,
    county_code,
    rowid AS movement_row,
    persons
FROM stats.movement;

-- form_place: the places a yearly form has rows of, each county and all together; none where no county is known.
CREATE OR REPLACE TEMP VIEW form_place AS
SELECT county_code
FROM scope.county
UNION
SELECT 'all' AS county_code
FROM scope.county;
