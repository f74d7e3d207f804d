-- Answers → judgements, each once; the others → rejects with the rule they break. judged keeps what became of each, for the receipt.
-- A finding may be answered by every station it was ever put to: a list may come back after its subject has moved on.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT
    finding_id,
    station_code
FROM find.asked
WHERE finding_id IN (SELECT answer.finding_id FROM answer);

CREATE OR REPLACE TEMP TABLE judged AS
WITH only_station AS (
    SELECT
        finding_id,
        min(station_code) AS station_code
    FROM asked
    WHERE station_code <> ''
    GROUP BY finding_id
    HAVING count(*) = 1
),

claimed AS (
    SELECT
        answer.*,
        coalesce(
            answer.station_code,
            CASE WHEN regexp_matches(answer.recipient, '^[0-9]{12}$') THEN answer.recipient END
        ) AS claims,
        -- A delivery may hold what was answered over months; a returned list holds one answer, whatever day stands beside it.
        min(answer.outcome) OVER (
            PARTITION BY
                answer.finding_id,
                answer.load_id,
                answer.station_code,
                CASE WHEN answer.is_list THEN NULL ELSE answer.verified_on END
        ) AS least,
        max(answer.outcome) OVER (
            PARTITION BY
                answer.finding_id,
                answer.load_id,
                answer.station_code,
                CASE WHEN answer.is_list THEN NULL ELSE answer.verified_on END
        ) AS most
    FROM answer
),

reopening AS (
    SELECT
        finding_id,
        max(as_of) AS reopened_on
    FROM find.history
    WHERE change = 'reopened'
    GROUP BY finding_id
),

ruled AS (
    SELECT
        claimed.*,
        coalesce(claimed.claims, only_station.station_code) AS says,
        CASE
            WHEN NOT claimed.is_valid THEN 'finding_check'
            WHEN finding.finding_id IS NULL THEN 'finding_unknown'
            WHEN claimed.is_list AND coalesce(claimed.claims, claimed.recipient) IS NULL THEN 'station_missing'
            WHEN claimed.recipient NOT IN (claimed.claims, 'health', 'civil_affairs') THEN 'station_differs'
            WHEN claimed.claims IS NOT NULL AND asked.finding_id IS NULL THEN 'other_station'
            WHEN
                claimed.recipient IN ('health', 'civil_affairs')
                AND strpos(finding.agency, claimed.recipient) = 0
                THEN 'other_agency'
            WHEN claimed.verified_on - finding.first_seen_on < -$answer_days_before THEN 'verified_too_early'
            WHEN claimed.verified_on - cast($as_of AS DATE) > $answer_days_ahead THEN 'verified_too_late'
            WHEN claimed.verified_on < reopening.reopened_on THEN 'verified_before_reopened'
            WHEN claimed.least <> claimed.most THEN 'answers_disagree'
            WHEN
                claimed.outcome = 'wrong_station'
                AND coalesce(claimed.claims, only_station.station_code, claimed.recipient) IS NULL
                THEN 'station_missing'
        END AS rule
    FROM claimed
    LEFT JOIN find.finding AS finding ON claimed.finding_id = finding.finding_id
    LEFT JOIN asked ON claimed.finding_id = asked.finding_id AND claimed.claims = asked.station_code
    LEFT JOIN reopening ON claimed.finding_id = reopening.finding_id
    LEFT JOIN only_station ON claimed.finding_id = only_station.finding_id AND claimed.recipient IS NULL
),

numbered AS (
    SELECT
        ruled.*,
        row_number() OVER (
            PARTITION BY
                ruled.finding_id,
                ruled.verified_on,
                ruled.outcome,
                ruled.method,
                ruled.verified_by,
                ruled.says,
                ruled.note,
                ruled.rule
            ORDER BY ruled.load_id, ruled.line
        ) AS repetition
    FROM ruled
)

SELECT
    numbered.finding_id,
    numbered.is_valid,
    numbered.written_id,
    numbered.outcome,
    numbered.method,
    numbered.verified_on,
    numbered.verified_by,
    numbered.says AS station_code,
    numbered.note,
    numbered.load_id,
    numbered.file,
    numbered.line,
    -- What was accepted once stays accepted, whatever happened to the finding since.
    CASE WHEN known.finding_id IS NULL THEN numbered.rule END AS rule,
    numbered.repetition > 1 OR known.finding_id IS NOT NULL AS is_repeated
FROM numbered
LEFT JOIN ops.judgement AS known
    ON
        numbered.finding_id = known.finding_id
        AND numbered.verified_on = known.verified_on
        AND numbered.outcome = known.outcome
        AND numbered.method IS NOT DISTINCT FROM known.method
        AND numbered.verified_by IS NOT DISTINCT FROM known.verified_by
        AND numbered.says IS NOT DISTINCT FROM known.station_code
        AND numbered.note IS NOT DISTINCT FROM known.note;

INSERT INTO ops.judgement
SELECT
    finding_id,
    outcome,
    method,
    verified_on,
    verified_by,
    station_code,
    note,
    load_id,
    $run_id AS run_id
FROM judged
WHERE rule IS NULL AND NOT is_repeated
ORDER BY finding_id, verified_on, load_id, line;

INSERT INTO ops.reject
SELECT
    load_id,
    'verification_result' AS extract,
    file,
    line,
    CASE
        WHEN rule IN ('finding_check', 'finding_unknown') THEN 'finding_id'
        WHEN rule IN ('verified_too_early', 'verified_too_late', 'verified_before_reopened') THEN 'verified_on'
        WHEN rule = 'answers_disagree' THEN 'outcome'
        ELSE 'station_code'
    END AS column_name,
    rule,
    'row' AS severity,
    concat_ws(',', written_id, station_code, outcome, method, cast(verified_on AS VARCHAR), verified_by, note) AS raw_row,
    $stage AS stage
FROM judged
WHERE rule IS NOT NULL
ORDER BY load_id, line;

DROP TABLE answer;

DROP TABLE asked;
