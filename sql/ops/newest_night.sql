-- The latest night that was published.
SELECT max(as_of) FROM ops.run WHERE status = 'done'
