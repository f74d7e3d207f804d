/*
what = "Days of the month and last digits of ages that occur too often: dates that were filled in, ages that were guessed."
unit = "records; ratio of counted to expected"
source = "police_birth, police_death, health_death, civil_cremation"
reading = """\
Days are held against how often the calendar has them; ages against a tenth for each digit, from 23 to 62 years, where each digit has four \
(the range of Whipple's index). A ratio of 1 is as expected. The records of some offices have no day of death but the first of a month."""
since = "2026-11"
*/
WITH record AS (
    SELECT
        'police_birth' AS record_type,
        'day_of_birth' AS measure,
        day(birth_date) AS mark
    FROM std.police_birth
    WHERE NOT reversed
    UNION ALL
    SELECT
        'police_death' AS record_type,
        'day_of_death' AS measure,
        day(death_date) AS mark
    FROM std.police_death
    WHERE NOT reversed
    UNION ALL
    SELECT
        'health_death' AS record_type,
        'day_of_death' AS measure,
        day(death_date) AS mark
    FROM std.health_death
    WHERE NOT voided
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        'day_of_death' AS measure,
        day(death_date) AS mark
    FROM std.civil_cremation
    UNION ALL
    SELECT
        'health_death' AS record_type,
        'last_digit_of_age' AS measure,
        age % 10 AS mark
    FROM std.health_death
    WHERE NOT voided AND age BETWEEN 23 AND 62
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        'last_digit_of_age' AS measure,
        age % 10 AS mark
    FROM std.civil_cremation
    WHERE age BETWEEN 23 AND 62
),

counted AS (
    SELECT
        record_type,
        measure,
        mark,
        count(*) AS records,
        sum(count(*)) OVER (PARTITION BY record_type, measure) AS all_records
    FROM record
    GROUP BY record_type, measure, mark
),

shared AS (
    SELECT
        counted.*,
        CASE
            WHEN counted.measure = 'last_digit_of_age' THEN 0.1
            WHEN counted.mark <= 28 THEN 12 / 365.2425
            WHEN counted.mark = 29 THEN 11.2425 / 365.2425
            WHEN counted.mark = 30 THEN 11 / 365.2425
            ELSE 7 / 365.2425
        END AS share
    FROM counted
)

SELECT
    record_type,
    measure,
    mark,
    records,
    CAST(all_records * share AS DOUBLE) AS expected,
    CAST(records / (all_records * share) AS DOUBLE) AS ratio
FROM shared
ORDER BY record_type, measure, mark
