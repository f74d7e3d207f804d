-- Tables of which the masked database of another night shows rows of tonight, and whether all of them: those that go by the same stamp are
-- the same, those that were made from what goes by its stamp are so but for the rows that ops.kept_row does not name. The numbers are made
-- with the same key, and nothing was purged since, which the copy would hold in free blocks.
WITH same AS (
    SELECT
        unnest(['raw.' || tonight.extract, 'std.' || tonight.extract]) AS table_name,
        tonight.made = earlier.made AS is_whole
    FROM ops.standardised AS tonight
    INNER JOIN masked.ops.standardised AS earlier
        ON tonight.extract = earlier.extract AND earlier.made IN (tonight.made, tonight.made_before)
    UNION ALL
    SELECT
        tab.schema_name || '.' || tab.table_name AS table_name,
        TRUE AS is_whole
    FROM duckdb_tables() AS tab
    CROSS JOIN ops.linked AS tonight
    INNER JOIN masked.ops.linked AS earlier ON tonight.made = earlier.made
    WHERE tab.database_name = current_database() AND tab.schema_name = 'link'
),

purged AS (
    SELECT
        (SELECT count(*) FROM ops.audit WHERE command = 'purge') AS tonight,
        (SELECT count(*) FROM masked.ops.audit WHERE command = 'purge') AS earlier
)

SELECT
    same.table_name,
    same.is_whole
FROM same
INNER JOIN purged ON purged.tonight = purged.earlier
INNER JOIN ops.state AS here ON TRUE
INNER JOIN masked.ops.state AS there ON here.key_check = there.key_check
ORDER BY same.table_name
