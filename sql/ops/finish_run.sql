UPDATE ops.run
SET status = $status, finished_at = CAST(current_timestamp AS TIMESTAMP), message = $message
WHERE run_id = $run_id
