/* What became of findings between two nights; a finding is of a night when the rules raised it then, whatever people answered.
   Catalogs: before, after. */
WITH was AS (
    SELECT
        finding_id,
        finding_type,
        tier,
        station_code,
        status
    FROM before.find.finding
    WHERE status <> 'resolved'
),

now_is AS (
    SELECT
        finding_id,
        finding_type,
        tier,
        station_code,
        status
    FROM after.find.finding
    WHERE status <> 'resolved'
),

change AS (
    SELECT
        'gained' AS change,
        now_is.finding_id,
        now_is.finding_type,
        CAST(NULL AS VARCHAR) AS before,
        now_is.tier AS after
    FROM now_is
    LEFT JOIN was ON now_is.finding_id = was.finding_id
    WHERE was.finding_id IS NULL
    UNION ALL
    SELECT
        'lost' AS change,
        was.finding_id,
        was.finding_type,
        was.tier AS before,
        CAST(NULL AS VARCHAR) AS after
    FROM was
    LEFT JOIN now_is ON was.finding_id = now_is.finding_id
    WHERE now_is.finding_id IS NULL
    UNION ALL
    SELECT
        'tier' AS change,
        was.finding_id,
        was.finding_type,
        was.tier AS before,
        now_is.tier AS after
    FROM was
    INNER JOIN now_is ON was.finding_id = now_is.finding_id
    WHERE was.tier IS DISTINCT FROM now_is.tier
    UNION ALL
    SELECT
        'station' AS change,
        was.finding_id,
        was.finding_type,
        was.station_code AS before,
        now_is.station_code AS after
    FROM was
    INNER JOIN now_is ON was.finding_id = now_is.finding_id
    WHERE was.station_code IS DISTINCT FROM now_is.station_code
    UNION ALL
    SELECT
        'status' AS change,
        was.finding_id,
        was.finding_type,
        was.status AS before,
        now_is.status AS after
    FROM was
    INNER JOIN now_is ON was.finding_id = now_is.finding_id
    WHERE was.status IS DISTINCT FROM now_is.status
),

about AS (
    SELECT
        finding_id,
        concat(record_type, ':', record_key) AS record
    FROM after.find.subject
    UNION
    SELECT
        finding_id,
        concat(record_type, ':', record_key) AS record
    FROM before.find.subject
),

changed AS (
    SELECT DISTINCT finding_id FROM change
),

named AS (
    SELECT
        about.finding_id,
        string_agg(about.record, ' ' ORDER BY about.record) AS records
    FROM about
    INNER JOIN changed ON about.finding_id = changed.finding_id
    GROUP BY about.finding_id
)

SELECT
    'finding' AS kind,
    change.finding_type AS about,
    change.change,
    change.finding_id AS id,
    named.records,
    change.before,
    change.after
FROM change
LEFT JOIN named ON change.finding_id = named.finding_id
ORDER BY change.finding_type ASC, change.change ASC, change.finding_id ASC
