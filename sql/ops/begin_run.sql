-- A run begins, or goes on after it did not finish.
INSERT INTO ops.run (run_id, as_of, started_at)
SELECT
    $run_id AS run_id,
    $as_of AS as_of,
    CAST(current_timestamp AS TIMESTAMP) AS started_at
WHERE NOT EXISTS (SELECT 1 FROM ops.run WHERE run_id = $run_id);

UPDATE ops.run SET status = 'running', program = $program, finished_at = NULL, message = NULL WHERE run_id = $run_id;
