-- What a run had finished no longer holds: something new was loaded, or everything is to be repeated.
DELETE FROM ops.stage WHERE run_id = $run_id
