-- The latest night that came to an end, good or not.
SELECT max(as_of) FROM ops.run WHERE status <> 'running'
