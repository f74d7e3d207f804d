-- Number of the next run of this night.
SELECT count(*) + 1 FROM ops.run WHERE as_of = $as_of
