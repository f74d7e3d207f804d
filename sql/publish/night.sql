-- Measures of this night for each type and station, each type and each station: what is asked, what moved, how stations answered.
-- Precision is measured on answers alone: where nobody has answered there is none, and a finding nobody could verify counts for neither.
DELETE FROM stats.night
WHERE as_of = $as_of;

DELETE FROM stats.night_total
WHERE as_of = $as_of;

CREATE OR REPLACE TEMP TABLE measured AS
WITH first_answer AS (
    SELECT
        finding_id,
        min(verified_on) AS verified_on
    FROM ops.judgement
    WHERE outcome <> 'wrong_station'
    GROUP BY finding_id
),

finding AS (
    SELECT
        finding.finding_type,
        coalesce(station.station_code, 'unrouted') AS station_code,
        finding.status IN ('open', 'reopened') AS is_open,
        finding.tier = 'D' AS is_weak,
        finding.resolved_on IS NULL AS is_found,
        finding.due_on < $as_of AS is_late,
        finding.due_on IS NULL AS is_waiting,
        finding.first_seen_on = $as_of AS is_new,
        finding.resolved_on = $as_of AS is_gone,
        history.change,
        judgement.outcome,
        CASE
            WHEN first_answer.finding_id IS NOT NULL THEN greatest(date_diff('day', finding.first_seen_on, first_answer.verified_on), 0)
        END AS days_to_answer
    FROM find.finding AS finding
    LEFT JOIN std.station AS station ON finding.station_code = station.station_code
    LEFT JOIN
        find.history AS history
        ON finding.finding_id = history.finding_id AND finding.status = history.change AND history.as_of = $as_of
    LEFT JOIN ops.newest_judgement AS judgement ON finding.finding_id = judgement.finding_id
    LEFT JOIN first_answer ON finding.finding_id = first_answer.finding_id
),

counted AS (
    SELECT
        coalesce(finding_type, 'all') AS finding_type,
        coalesce(station_code, 'all') AS station_code,
        count(CASE WHEN is_found THEN 1 END) AS found,
        count(CASE WHEN is_open AND NOT is_weak THEN 1 END) AS open,
        count(CASE WHEN is_open AND is_weak THEN 1 END) AS analysts_only,
        count(CASE WHEN is_open AND NOT is_weak AND is_late THEN 1 END) AS overdue,
        count(CASE WHEN is_open AND NOT is_weak AND is_waiting THEN 1 END) AS waiting,
        count(CASE WHEN is_new THEN 1 END) AS new,
        count(CASE WHEN change = 'reopened' THEN 1 END) AS reopened,
        count(CASE WHEN is_gone THEN 1 END) AS resolved,
        count(CASE WHEN change = 'dismissed' THEN 1 END) AS dismissed,
        count(CASE WHEN NOT is_open THEN 1 END) AS closed,
        count(outcome) AS answered,
        count(CASE WHEN outcome IN ('confirmed', 'corrected') THEN 1 END) AS right_answers,
        count(CASE WHEN outcome = 'not_an_error' THEN 1 END) AS wrong_answers,
        CAST(median(days_to_answer) AS DOUBLE) AS median_days_to_answer
    FROM finding
    GROUP BY GROUPING SETS ((finding_type, station_code), (finding_type), (station_code))
)

SELECT
    $as_of AS as_of,
    finding_type,
    station_code,
    found,
    open,
    analysts_only,
    overdue,
    waiting,
    new,
    reopened,
    resolved,
    dismissed,
    closed,
    answered,
    median_days_to_answer,
    CAST(right_answers AS DOUBLE) / nullif(right_answers + wrong_answers, 0) AS confirmed_share,
    CAST(wrong_answers AS DOUBLE) / nullif(answered, 0) AS dismissed_share
FROM counted;

INSERT INTO stats.night
SELECT *
FROM measured
WHERE finding_type <> 'all' AND station_code <> 'all'
ORDER BY finding_type, station_code;

INSERT INTO stats.night_total
SELECT *
FROM measured
WHERE finding_type = 'all' OR station_code = 'all'
ORDER BY finding_type, station_code;

DROP TABLE measured;
