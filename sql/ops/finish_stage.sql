DELETE FROM ops.stage WHERE run_id = $run_id AND stage = $stage;

INSERT INTO ops.stage VALUES ($run_id, $stage, $seconds, $peak_mb, CAST(current_timestamp AS TIMESTAMP));

DELETE FROM ops.metric WHERE run_id = $run_id AND stage = $stage;
