-- Every column of the tables and views of some schemas, in order.
SELECT
    columns.schema_name,
    columns.table_name,
    columns.column_name,
    columns.data_type
FROM duckdb_columns() AS columns
WHERE
    columns.database_name = current_database()
    AND NOT columns.internal
    AND list_contains($schemas, columns.schema_name)
ORDER BY columns.schema_name, columns.table_name, columns.column_index
