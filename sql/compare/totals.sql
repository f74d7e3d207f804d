-- How much there was on both sides: findings by type, and persons. Catalogs: before, after.
WITH counted AS (
    SELECT
        'before' AS side,
        'finding' AS kind,
        finding_type AS about,
        count(*) AS number
    FROM before.find.finding
    WHERE status <> 'resolved'
    GROUP BY finding_type
    UNION ALL
    SELECT
        'after' AS side,
        'finding' AS kind,
        finding_type AS about,
        count(*) AS number
    FROM after.find.finding
    WHERE status <> 'resolved'
    GROUP BY finding_type
    UNION ALL
    SELECT
        'before' AS side,
        'person' AS kind,
        'registration' AS about,
        count(DISTINCT person_id) AS number
    FROM before.link.person
    UNION ALL
    SELECT
        'after' AS side,
        'person' AS kind,
        'registration' AS about,
        count(DISTINCT person_id) AS number
    FROM after.link.person
)

SELECT
    kind,
    about,
    CAST(sum(CASE WHEN side = 'before' THEN number ELSE 0 END) AS BIGINT) AS before,
    CAST(sum(CASE WHEN side = 'after' THEN number ELSE 0 END) AS BIGINT) AS after
FROM counted
GROUP BY kind, about
ORDER BY kind ASC, about ASC
