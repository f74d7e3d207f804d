/* stock: the population at the end of each month by what the forms ask: one scan of the register, in cells of those who are alike. Ages
   change by months as well, since a month ends after all its birthdays; whose birthday in the month of the register is still to come ages
   a month later. Who stays in one band of ages for the whole time is told by a birth that stands for all of them. */
CREATE OR REPLACE TEMP TABLE stock AS
WITH reach AS (
    SELECT
        min(month_index) AS first_index,
        max(month_index) AS last_index,
        CASE WHEN max(period_to) = last_day(max(period_to)) THEN 31 ELSE day(max(period_to)) END AS last_day,
        min(period_to) AS begins_after,
        CAST(min(period_to) + INTERVAL 1 DAY - INTERVAL 18 YEAR AS DATE) AS first_18,
        CAST(date_trunc('month', max(period_to)) + INTERVAL 1 MONTH - INTERVAL 18 YEAR AS DATE) AS last_18,
        CAST(min(period_to) + INTERVAL 1 DAY - INTERVAL 35 YEAR AS DATE) AS first_35,
        CAST(date_trunc('month', max(period_to)) + INTERVAL 1 MONTH - INTERVAL 35 YEAR AS DATE) AS last_35,
        CAST(min(period_to) + INTERVAL 1 DAY - INTERVAL 60 YEAR AS DATE) AS first_60,
        CAST(date_trunc('month', max(period_to)) + INTERVAL 1 MONTH - INTERVAL 60 YEAR AS DATE) AS last_60
    FROM stats.period
),

dated AS (
    SELECT
        stay.county_code,
        stay.sex,
        left(stay.urban_rural_code, 1) AS urban_rural,
        CASE
            WHEN stay.birth_date < reach.first_60 THEN reach.first_index - 60 * 12
            WHEN
                stay.birth_date < reach.first_35
                AND stay.birth_date >= reach.last_60
                THEN reach.first_index - 35 * 12
            WHEN
                stay.birth_date < reach.first_18
                AND stay.birth_date >= reach.last_35
                THEN reach.first_index - 18 * 12
            WHEN stay.birth_date >= reach.last_18 THEN reach.last_index
            ELSE year(stay.birth_date) * 12 + month(stay.birth_date) + CASE
                WHEN
                    day(stay.birth_date) > reach.last_day
                    AND reach.last_index - year(stay.birth_date) * 12 - month(stay.birth_date) IN (18 * 12, 35 * 12, 60 * 12)
                    THEN 1
                ELSE 0
            END
        END AS birth_index,
        CASE WHEN stay.entered_on > reach.begins_after THEN year(stay.entered_on) * 12 + month(stay.entered_on) ELSE 0 END
            AS entered_index,
        CASE WHEN stay.left_on IS NULL THEN 999999 ELSE year(stay.left_on) * 12 + month(stay.left_on) END AS left_index
    FROM scope.stay AS stay
    CROSS JOIN reach
    WHERE stay.is_told AND (stay.left_on IS NULL OR stay.left_on > reach.begins_after)
),

cell AS (
    SELECT
        *,
        count(*) AS persons
    FROM dated
    GROUP BY ALL
)

SELECT
    period.period_to,
    cell.county_code,
    CASE WHEN cell.sex IN ('1', '2') THEN cell.sex ELSE 'unknown' END AS sex,
    CASE cell.urban_rural WHEN '1' THEN 'urban' WHEN '2' THEN 'rural' ELSE 'unknown' END AS urban_rural,
    CASE
        WHEN cell.birth_index IS NULL THEN 'unknown'
        WHEN period.month_index - cell.birth_index < 18 * 12 THEN '0-17'
        WHEN period.month_index - cell.birth_index < 35 * 12 THEN '18-34'
        WHEN period.month_index - cell.birth_index < 60 * 12 THEN '35-59'
        ELSE '60+'
    END AS age_band,
    CAST(sum(cell.persons) AS BIGINT) AS persons
FROM cell
INNER JOIN stats.period AS period ON cell.entered_index <= period.month_index AND cell.left_index > period.month_index
GROUP BY ALL;

/* household: households that have a member at the end of each month. A household is a row of bits, one a month, those of its members laid
   over each other: one scan of the register, and counted by county and row of bits, of which there are few. */
CREATE OR REPLACE TEMP TABLE household AS
WITH reach AS (
    SELECT
        min(month_index) AS first_index,
        min(period_to) AS begins_after,
        count(*) AS months
    FROM stats.period
),

stay AS (
    SELECT
        stay.county_code,
        stay.station_code,
        stay.household_no,
        CASE WHEN stay.entered_on IS NULL THEN 0 ELSE year(stay.entered_on) * 12 + month(stay.entered_on) - reach.first_index END
            AS first_month,
        CASE WHEN stay.left_on IS NULL THEN reach.months ELSE year(stay.left_on) * 12 + month(stay.left_on) - reach.first_index END
            AS end_month,
        reach.months
    FROM scope.stay AS stay
    CROSS JOIN reach
    WHERE stay.is_told AND stay.household_no IS NOT NULL AND (stay.left_on IS NULL OR stay.left_on > reach.begins_after)
),

standing AS (
    SELECT
        any_value(county_code) AS county_code,
        bit_or(
            (CAST(1 AS BIGINT) << least(greatest(end_month, 0), months)) - (CAST(1 AS BIGINT) << least(greatest(first_month, 0), months))
        ) AS month_bits
    FROM stay
    GROUP BY station_code, household_no
),

counted AS (
    SELECT
        county_code,
        month_bits,
        count(*) AS households
    FROM standing
    GROUP BY county_code, month_bits
)

SELECT
    period.period_to,
    counted.county_code,
    CAST(sum(counted.households) AS BIGINT) AS households
FROM counted
CROSS JOIN reach
INNER JOIN stats.period AS period ON (counted.month_bits >> (period.month_index - reach.first_index)) & 1 = 1
GROUP BY period.period_to, counted.county_code;
