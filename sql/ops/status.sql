-- What became of a run.
SELECT status FROM ops.run WHERE run_id = $run_id
