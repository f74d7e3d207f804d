-- What changed since the night before, and in the thirty days up to this night?
-- Columns: change, tonight, month
SELECT
    change,
    count(CASE WHEN as_of = cast($as_of AS DATE) THEN 1 END) AS tonight,
    count(*) AS month
FROM find.change
WHERE as_of > cast($as_of AS DATE) - INTERVAL 30 DAY AND as_of <= cast($as_of AS DATE)
GROUP BY change
ORDER BY change
