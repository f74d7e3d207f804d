SELECT count(*) FROM ops.stage WHERE run_id = $run_id AND stage = $stage
