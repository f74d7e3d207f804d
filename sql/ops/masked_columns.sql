-- Columns of every table of a database that is attached, in order.
SELECT
    col.schema_name || '.' || col.table_name AS table_name,
    col.column_name,
    col.data_type
FROM duckdb_columns() AS col
INNER JOIN duckdb_tables() AS tab
    ON col.table_oid = tab.table_oid AND col.database_oid = tab.database_oid
WHERE col.database_name = $catalog
ORDER BY col.schema_name, col.table_name, col.column_index
