/* stock_cell: the register in cells of those who are alike in what the forms ask, with the months of entering and leaving: the
   population at the end of any month is a sum of cells. Ages change by months as well, since a month ends after all its birthdays;
   is_late are those whose birthday in the month of the register is still to come. household_cell: the same of households. */
CREATE OR REPLACE TEMP TABLE stock_cell AS
WITH window_start AS (
    SELECT
        min(month_index) AS month_index,
        day(max(period_to)) AS last_day
    FROM stats.period
)

SELECT
    stay.county_code,
    CASE WHEN stay.sex IN ('1', '2') THEN stay.sex ELSE 'unknown' END AS sex,
    CASE left(stay.urban_rural_code, 1) WHEN '1' THEN 'urban' WHEN '2' THEN 'rural' ELSE 'unknown' END AS urban_rural,
    year(stay.birth_date) * 12 + month(stay.birth_date) AS birth_index,
    day(stay.birth_date) > window_start.last_day AS is_late,
    CASE
        WHEN year(stay.entered_on) * 12 + month(stay.entered_on) > window_start.month_index
            THEN year(stay.entered_on) * 12 + month(stay.entered_on)
        ELSE 0
    END AS entered_index,
    coalesce(year(stay.left_on) * 12 + month(stay.left_on), 999999) AS left_index,
    count(*) AS persons
FROM scope.stay AS stay
CROSS JOIN window_start
WHERE
    stay.is_told
    AND (stay.left_on IS NULL OR year(stay.left_on) * 12 + month(stay.left_on) > window_start.month_index)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE household_cell AS
WITH window_start AS (
    SELECT min(month_index) AS month_index
    FROM stats.period
),

member AS (
    SELECT
        stay.county_code,
        stay.station_code,
        stay.household_no,
        coalesce(year(stay.entered_on) * 12 + month(stay.entered_on), 0) AS entered_index,
        coalesce(year(stay.left_on) * 12 + month(stay.left_on), 999999) AS left_index,
        stay.left_on IS NULL AND coalesce(year(stay.entered_on) * 12 + month(stay.entered_on), 0) <= window_start.month_index AS is_steady
    FROM scope.stay AS stay
    CROSS JOIN window_start
    WHERE
        stay.is_told
        AND stay.household_no IS NOT NULL
        AND (stay.left_on IS NULL OR year(stay.left_on) * 12 + month(stay.left_on) > window_start.month_index)
),

-- Whoever came or left within the window is listed: few, and households of nobody else have the same answer for every month.
household AS (
    SELECT
        county_code,
        station_code,
        household_no,
        max(CASE WHEN is_steady THEN 1 ELSE 0 END) AS is_steady,
        list(entered_index) FILTER (WHERE NOT is_steady) AS entered_indices,
        list(left_index) FILTER (WHERE NOT is_steady) AS left_indices
    FROM member
    GROUP BY county_code, station_code, household_no
),

stretch AS (
    SELECT
        county_code,
        station_code,
        household_no,
        unnest(entered_indices) AS entered_index,
        unnest(left_indices) AS left_index
    FROM household
    WHERE is_steady = 0
),

month_kept AS (
    SELECT DISTINCT
        stretch.county_code,
        stretch.station_code,
        stretch.household_no,
        period.month_index
    FROM stretch
    CROSS JOIN stats.period AS period
    WHERE stretch.entered_index <= period.month_index AND stretch.left_index > period.month_index
),

steady AS (
    SELECT
        county_code,
        count(*) AS households
    FROM household
    WHERE is_steady = 1
    GROUP BY county_code
)

SELECT
    steady.county_code,
    period.month_index,
    steady.households
FROM steady
CROSS JOIN stats.period AS period
UNION ALL
SELECT
    county_code,
    month_index,
    count(*) AS households
FROM month_kept
GROUP BY county_code, month_index;
