-- Columns of the declared tables as they are, in their order, and whether each is of the primary key.
SELECT
    concat(tables.schema_name, '.', tables.table_name) AS name,
    columns.column_name,
    columns.data_type,
    coalesce(list_contains(keys.constraint_column_names, columns.column_name), FALSE) AS is_key
FROM duckdb_tables() AS tables
INNER JOIN duckdb_columns() AS columns ON tables.table_oid = columns.table_oid
LEFT JOIN duckdb_constraints() AS keys ON tables.table_oid = keys.table_oid AND keys.constraint_type = 'PRIMARY KEY'
WHERE list_contains($names, concat(tables.schema_name, '.', tables.table_name))
ORDER BY tables.schema_name, tables.table_name, columns.column_index
