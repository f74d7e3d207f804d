-- Answers about findings of this warehouse → judgements, each once; the others → rejects, written anew each time.
CREATE OR REPLACE TEMP TABLE answer AS
SELECT
    number.finding_id,
    result.finding_id AS written_id,
    result.outcome,
    result.method,
    result.verified_on,
    result.verified_by,
    result.station_code,
    result.note,
    result._load_id AS load_id,
    result._file AS file,
    result._line AS line,
    CASE
        WHEN NOT number.is_valid THEN 'finding_check'
        WHEN finding.finding_id IS NULL THEN 'finding_unknown'
    END AS rule
FROM std.verification_result AS result
INNER JOIN answer_number AS number ON upper(trim(result.finding_id)) = number.finding_id
LEFT JOIN find.finding AS finding ON number.finding_id = finding.finding_id;

INSERT INTO ops.judgement
SELECT
    answer.finding_id,
    answer.outcome,
    answer.method,
    answer.verified_on,
    answer.verified_by,
    answer.station_code,
    answer.note,
    answer.load_id,
    $run_id AS run_id
FROM answer
LEFT JOIN ops.judgement AS known
    ON
        answer.finding_id = known.finding_id
        AND answer.verified_on = known.verified_on
        AND answer.outcome = known.outcome
        AND answer.method IS NOT DISTINCT FROM known.method
        AND answer.verified_by IS NOT DISTINCT FROM known.verified_by
        AND answer.station_code IS NOT DISTINCT FROM known.station_code
        AND answer.note IS NOT DISTINCT FROM known.note
WHERE answer.rule IS NULL AND known.finding_id IS NULL
ORDER BY answer.finding_id, answer.verified_on, answer.load_id, answer.line;

DELETE FROM ops.reject
WHERE stage = 'feedback';

INSERT INTO ops.reject
SELECT
    load_id,
    'verification_result' AS extract,
    file,
    line,
    'finding_id' AS column_name,
    rule,
    'row' AS severity,
    concat_ws(',', written_id, station_code, outcome, method, cast(verified_on AS VARCHAR), verified_by, note) AS raw_row,
    'feedback' AS stage
FROM answer
WHERE rule IS NOT NULL
ORDER BY load_id, line;

DROP TABLE answer;

DROP TABLE answer_number;
