-- resident: the register tonight in cells of those who are alike: one scan that population and villages are sums of. Ages in completed
-- years, in the bands of 公业57; a birthday on 29 February that a year does not have is the last day of the month.
CREATE OR REPLACE TEMP TABLE resident AS
WITH register AS (
    SELECT
        CAST(max(period_to) + INTERVAL 1 DAY - INTERVAL 18 YEAR - INTERVAL 1 DAY AS DATE) AS adult_on,
        CAST(max(period_to) + INTERVAL 1 DAY - INTERVAL 35 YEAR - INTERVAL 1 DAY AS DATE) AS middle_on,
        CAST(max(period_to) + INTERVAL 1 DAY - INTERVAL 60 YEAR - INTERVAL 1 DAY AS DATE) AS old_on
    FROM stats.period
)

SELECT
    registration.county_code,
    registration.station_code,
    registration.community_code,
    registration.urban_rural_code,
    registration.sex,
    CASE
        WHEN registration.birth_date IS NULL THEN 'unknown'
        WHEN registration.birth_date > register.adult_on THEN '0-17'
        WHEN registration.birth_date > register.middle_on THEN '18-34'
        WHEN registration.birth_date > register.old_on THEN '35-59'
        ELSE '60+'
    END AS age_band,
    count(*) AS persons
FROM scope.resident AS registration
CROSS JOIN register
GROUP BY ALL;
