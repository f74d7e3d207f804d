-- Every table of the warehouse that does not hold an extract, with its columns and what they are.
SELECT
    tables.schema_name,
    tables.table_name,
    coalesce(tables.comment, '') AS sentence,
    columns.column_name,
    columns.data_type,
    coalesce(columns.comment, '') AS note
FROM duckdb_tables() AS tables
INNER JOIN duckdb_columns() AS columns
    ON tables.schema_name = columns.schema_name AND tables.table_name = columns.table_name
WHERE tables.schema_name IN ('ref', 'link', 'find', 'stats', 'ops')
ORDER BY tables.schema_name, tables.table_name, columns.column_index
