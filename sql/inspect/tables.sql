-- What is in here? Every table and view with its columns and what they mean.
-- Columns: schema_name, table_name, sentence, column_name, data_type, note
WITH described AS (
    SELECT
        schema_name,
        table_name,
        comment
    FROM duckdb_tables()
    UNION ALL
    SELECT
        schema_name,
        view_name AS table_name,
        comment
    FROM duckdb_views()
)

SELECT
    described.schema_name,
    described.table_name,
    coalesce(described.comment, '') AS sentence,
    columns.column_name,
    columns.data_type,
    coalesce(columns.comment, '') AS note
FROM described
INNER JOIN duckdb_columns() AS columns
    ON described.schema_name = columns.schema_name AND described.table_name = columns.table_name
WHERE described.schema_name IN ('raw', 'std', 'link', 'find', 'stats', 'ops', 'ref', 'scope')
ORDER BY described.schema_name, described.table_name, columns.column_index;
