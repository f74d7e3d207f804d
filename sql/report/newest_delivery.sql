-- The day of the newest delivery, and whether any file of a delivery was loaded for the night of this run.
WITH night AS (
    SELECT same.run_id
    FROM ops.run AS wanted
    INNER JOIN ops.run AS same ON wanted.as_of = same.as_of
    WHERE wanted.run_id = $run_id
)

SELECT
    max(load.delivered_on) AS newest,
    coalesce(bool_or(night.run_id IS NOT NULL), FALSE) AS is_new
FROM ops.load AS load
LEFT JOIN night ON load.run_id = night.run_id
WHERE load.part IS DISTINCT FROM 'returned'
