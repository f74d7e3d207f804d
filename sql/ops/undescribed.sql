-- Columns of the warehouse that no comment describes yet.
SELECT
    schema_name,
    table_name,
    column_name
FROM duckdb_columns()
WHERE comment IS NULL AND schema_name IN ('raw', 'std', 'link', 'find', 'stats', 'ops', 'ref', 'scope')
ORDER BY schema_name, table_name, column_index
