-- Declared tables as they are, each by the statement that would make it, and the views that are there: DuckDB words their text anew
-- when it reads them back.
SELECT
    concat(schema_name, '.', table_name) AS name,
    sql AS made_by
FROM duckdb_tables()
WHERE list_contains($names, concat(schema_name, '.', table_name))
UNION ALL
SELECT
    concat(schema_name, '.', view_name) AS name,
    '' AS made_by
FROM duckdb_views()
WHERE list_contains($names, concat(schema_name, '.', view_name))
ORDER BY name
