-- Files of the newest run that fitted no extract.
SELECT coalesce(sum(value), 0) AS files
FROM ops.metric
WHERE stage = 'ingest' AND name = 'unmatched_files' AND run_id = (SELECT max(run_id) FROM ops.run WHERE status = 'done')
