/*
what = "What the population would be if the open questions were answered as they look: an estimate beside the official figure."
unit = "persons"
source = "stats.population, find.finding, ops.newest_judgement"
reading = """\
Never the official figure. Each open question of tiers A to C that changes how many persons there are counts with its effect (a death \
not cancelled: -1; a birth not registered: +1; a move that never landed: +1; of a duplicate all registrations but one: -1; an origin \
left active: -1), times the share of such questions that stations confirmed. Low and high are those of the share by the interval of \
Wilson, 95 %; where nobody has answered, the share is the mean confidence of the questions and the interval reaches from none to all. \
Low and high of the sum are sums: the true interval is narrower. Questions whose station nobody knows count for the prefecture alone."""
since = "2026-11"
*/
WITH effect AS (
    SELECT
        said.finding_type,
        said.sign
    FROM (
        VALUES
        ('birth_not_registered', 1),
        ('death_not_cancelled', -1),
        ('duplicate_registration', -1),
        ('move_in_origin_active', -1),
        ('move_out_not_landed', 1)
    ) AS said (finding_type, sign)
),

answered AS (
    SELECT
        finding.finding_type,
        CAST(count(CASE WHEN answer.outcome IN ('confirmed', 'corrected') THEN 1 END) AS DOUBLE) AS agreed,
        CAST(count(CASE WHEN answer.outcome IN ('confirmed', 'corrected', 'not_an_error') THEN 1 END) AS DOUBLE) AS answers
    FROM find.finding AS finding
    INNER JOIN ops.newest_judgement AS answer ON finding.finding_id = answer.finding_id
    GROUP BY finding.finding_type
),

duplicate AS (
    SELECT
        finding_id,
        count(*) - 1 AS surplus
    FROM find.subject
    WHERE record_type = 'police_resident'
    GROUP BY finding_id
),

question AS (
    SELECT
        station.county_code,
        finding.finding_type,
        effect.sign * CASE WHEN finding.finding_type = 'duplicate_registration' THEN duplicate.surplus ELSE 1 END AS persons,
        finding.confidence
    FROM find.finding AS finding
    INNER JOIN effect ON finding.finding_type = effect.finding_type
    LEFT JOIN duplicate ON finding.finding_id = duplicate.finding_id
    LEFT JOIN std.station AS station ON finding.station_code = station.station_code
    WHERE finding.status IN ('open', 'reopened') AND finding.tier <> 'D'
),

counted AS (
    SELECT
        county_code,
        finding_type,
        count(*) AS questions,
        sum(persons) AS persons,
        CAST(CAST(avg(confidence) AS DECIMAL(9, 6)) AS DOUBLE) AS confidence
    FROM question
    WHERE county_code IS NOT NULL
    GROUP BY county_code, finding_type
    UNION ALL
    SELECT
        'all' AS county_code,
        finding_type,
        count(*) AS questions,
        sum(persons) AS persons,
        CAST(CAST(avg(confidence) AS DECIMAL(9, 6)) AS DOUBLE) AS confidence
    FROM question
    GROUP BY finding_type
),

-- Wilson's interval with z = 1.96.
shared AS (
    SELECT
        counted.*,
        coalesce(answered.agreed / nullif(answered.answers, 0), counted.confidence) AS share,
        CASE
            WHEN coalesce(answered.answers, 0) = 0 THEN 0
            ELSE (
                answered.agreed + 1.9208
                - 1.96 * sqrt(answered.agreed * (answered.answers - answered.agreed) / answered.answers + 0.9604)
            ) / (answered.answers + 3.8416)
        END AS low_share,
        CASE
            WHEN coalesce(answered.answers, 0) = 0 THEN 1
            ELSE (
                answered.agreed + 1.9208
                + 1.96 * sqrt(answered.agreed * (answered.answers - answered.agreed) / answered.answers + 0.9604)
            ) / (answered.answers + 3.8416)
        END AS high_share
    FROM counted
    LEFT JOIN answered ON counted.finding_type = answered.finding_type
),

part AS (
    SELECT
        county_code,
        finding_type AS part,
        questions,
        persons,
        share,
        persons * share AS estimate,
        least(persons * low_share, persons * high_share) + 0.0 AS low,
        greatest(persons * low_share, persons * high_share) + 0.0 AS high
    FROM shared
),

reported AS (
    SELECT
        coalesce(county_code, 'all') AS county_code,
        sum(persons) AS persons
    FROM stats.population
    GROUP BY GROUPING SETS ((county_code), ())
)

SELECT *
FROM part
UNION ALL
SELECT
    county_code,
    'reported' AS part,
    NULL AS questions,
    persons,
    NULL AS share,
    CAST(persons AS DOUBLE) AS estimate,
    CAST(persons AS DOUBLE) AS low,
    CAST(persons AS DOUBLE) AS high
FROM reported
UNION ALL
SELECT
    reported.county_code,
    'corrected' AS part,
    coalesce(sum(part.questions), 0) AS questions,
    NULL AS persons,
    NULL AS share,
    reported.persons + coalesce(sum(part.estimate), 0) AS estimate,
    reported.persons + coalesce(sum(part.low), 0) AS low,
    reported.persons + coalesce(sum(part.high), 0) AS high
FROM reported
LEFT JOIN part ON reported.county_code = part.county_code
GROUP BY reported.county_code, reported.persons
ORDER BY county_code, part
