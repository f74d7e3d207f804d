-- How did the last runs go? Each stage of each run with its seconds and peak memory, the newest run first.
-- Columns: run_id, as_of, status, program, message, stage, seconds, peak_mb
SELECT
    run.run_id,
    run.as_of,
    run.status,
    run.program,
    run.message,
    stage.stage,
    round(stage.seconds, 1) AS seconds,
    round(stage.peak_mb) AS peak_mb
FROM ops.run AS run
LEFT JOIN ops.stage AS stage ON run.run_id = stage.run_id
ORDER BY run.started_at DESC, run.run_id DESC, stage.finished_at ASC, stage.stage ASC;
