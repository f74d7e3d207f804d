/*
what = "How complete births and deaths are: certificates against registrations, deaths reported against cancelled, and what a rate expects."
unit = "events; share 0 to 1"
source = "health_birth, link.birth, health_death, civil_cremation, link.death, stats.form_57"
reading = """\
Certificates in force by the day of issue and the mother's registered address; registered is one that was matched with a registration or \
a birth event. Deaths by the day of death and the county of the registration they were matched with, else the registered address; \
cancelled is one whose registration is cancelled. Expected by a rate: the mean of the population before and after, times the rate of the \
settings, times the part of the year that has passed; a sign of a gap, no proof of one."""
since = "2026-11"
parameters = ["birth_rate", "death_rate"]
*/
WITH first_period AS (
    SELECT min(period_to) AS period_to
    FROM stats.period
),

told AS (
    SELECT period.*
    FROM stats.period AS period
    CROSS JOIN first_period
    WHERE (period.is_year OR period.is_newest) AND period.period_to > first_period.period_to
),

registered AS (
    SELECT DISTINCT birth_cert_no
    FROM link.birth
    WHERE tier <> 'D'
),

certificate AS (
    SELECT
        health.issued_on AS happened_on,
        health.mother_address_code AS county_code,
        'certificates_registered' AS measure,
        linked.birth_cert_no IS NOT NULL AS is_found
    FROM std.health_birth AS health
    INNER JOIN link.birth_certificate AS chain
        ON health.birth_cert_no = chain.birth_cert_no AND chain.birth_cert_no = chain.in_force_no
    INNER JOIN scope.county AS county ON health.mother_address_code = county.county_code
    LEFT JOIN registered AS linked ON health.birth_cert_no = linked.birth_cert_no
    WHERE NOT health.voided
),

death AS (
    SELECT
        death.death_date AS happened_on,
        county.county_code,
        'deaths_cancelled' AS measure,
        coalesce(registration.is_cancelled, FALSE) AS is_found
    FROM link.death AS death
    LEFT JOIN scope.registration AS registration ON death.registration_id = registration.registration_id
    LEFT JOIN std.health_death AS health ON death.health_key = health.death_cert_no
    LEFT JOIN std.civil_cremation AS cremation ON death.cremation_key = cremation.cremation_cert_no
    INNER JOIN scope.county AS county
        ON
            coalesce(registration.county_code, health.registered_address_code, cremation.registered_address_code)
            = county.county_code
    WHERE death.tier <> 'D'
),

counted AS (
    SELECT
        told.period_from,
        told.period_to,
        coalesce(event.county_code, 'all') AS county_code,
        event.measure,
        CAST(count(*) AS DOUBLE) AS expected,
        count(CASE WHEN event.is_found THEN 1 END) AS found
    FROM (
        SELECT * FROM certificate
        UNION ALL
        SELECT * FROM death
    ) AS event
    INNER JOIN told ON event.happened_on BETWEEN told.period_from AND told.period_to
    GROUP BY
        GROUPING SETS (
            (told.period_from, told.period_to, event.county_code, event.measure), (told.period_from, told.period_to, event.measure)
        )
),

vital AS (
    SELECT
        told.period_from,
        told.period_to,
        form.county_code,
        rate.measure,
        rate.per_thousand,
        (told.period_to - told.period_from + 1) / 365.2425 AS years,
        max(CASE WHEN form.column_no = rate.column_no THEN form.persons END) AS found,
        max(CASE WHEN form.column_no = 2 THEN form.persons END) AS after,
        max(before.persons) AS before,
        coalesce(min(form.missing), min(before.missing)) AS missing
    FROM told
    CROSS JOIN (
        VALUES ('births_expected', 11, CAST($birth_rate AS DOUBLE)), ('deaths_expected', 14, CAST($death_rate AS DOUBLE))
    ) AS rate (measure, column_no, per_thousand)
    INNER JOIN stats.form_57 AS form ON told.period_to = form.period_to AND form.column_no IN (2, rate.column_no)
    INNER JOIN stats.form_57 AS before
        ON
            before.column_no = 2
            AND form.county_code = before.county_code
            AND before.period_to = CAST(told.period_from - INTERVAL 1 DAY AS DATE)
    GROUP BY ALL
),

whole AS (
    SELECT
        period_from,
        period_to,
        county_code,
        measure,
        expected,
        found,
        CAST(NULL AS VARCHAR) AS missing
    FROM counted
    UNION ALL
    SELECT
        period_from,
        period_to,
        county_code,
        measure,
        CASE WHEN missing IS NULL THEN (before + after) / 2.0 * per_thousand / 1000 * years END AS expected,
        CASE WHEN missing IS NULL THEN found END AS found,
        missing
    FROM vital
)

SELECT
    period_from,
    period_to,
    county_code,
    measure,
    expected,
    found,
    found / nullif(expected, 0) AS share,
    coalesce(missing, CASE WHEN expected = 0 THEN 'nothing_to_divide_by' END) AS missing
FROM whole
ORDER BY period_to, county_code, measure
