-- How many findings of each list wait for a later night.
SELECT
    recipient,
    sum(CASE WHEN is_listed THEN 0 ELSE 1 END) AS waiting
FROM worklist_place
GROUP BY recipient
ORDER BY recipient
