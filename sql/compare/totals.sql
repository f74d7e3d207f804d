-- How much there was on both sides: findings by type, and persons. Catalogs: before, after.
SELECT
    'finding' AS kind,
    finding_type AS about,
    count_if(side = 'before') AS before,
    count_if(side = 'after') AS after
FROM (
    SELECT
        'before' AS side,
        finding_type
    FROM before.find.finding
    WHERE status <> 'resolved'
    UNION ALL
    SELECT
        'after' AS side,
        finding_type
    FROM after.find.finding
    WHERE status <> 'resolved'
) AS found
GROUP BY finding_type
UNION ALL
SELECT
    'person' AS kind,
    'registration' AS about,
    (SELECT count(DISTINCT person_id) FROM before.link.person) AS before,
    (SELECT count(DISTINCT person_id) FROM after.link.person) AS after
ORDER BY kind ASC, about ASC
