#!/usr/bin/env bash
# pysail 0.7.2 with pyspark-client 4.2.0.
# A UNION ALL of two aggregates without GROUP BY, each labelled by a constant, and a filter that keeps one label. An aggregate of a whole table is one row
# whatever is asked of it afterwards, so one would expect the row of that label, as Apache Spark 4.2.0 and DuckDB 1.5.5 give it. With a third column that one
# arm fills with NULL, and joined to a table, the arm that the filter leaves out gives a row all the same: the filter on the constant seems to be put
# below the aggregate, where it only empties its input. Nothing is said; there are twice the rows.
# Hurts: whoever writes "the first and the last day by kind" as one query and looks up one kind in it, and runs the same SQL on Spark and on Sail.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pysail==0.7.2 pyspark-client==4.2.0 duckdb==1.5.5 pandas==2.3.3 pyarrow
cat >ask.py <<'PY'
import importlib.metadata as installed
import sys

import duckdb
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

TABLE = "SELECT 'a' AS k, 1 AS n, DATE '2026-01-01' AS d UNION ALL SELECT 'b', 2, DATE '2026-03-01'"
QUESTION = f"""
WITH t AS ({TABLE}),
days AS (
    SELECT 'one' AS label, CAST(NULL AS DATE) AS first_day, max(d) AS last_day FROM t
    UNION ALL
    SELECT 'two' AS label, min(d) AS first_day, max(d) AS last_day FROM t
)
SELECT days.last_day, t.n FROM t CROSS JOIN days WHERE days.label = 'one'
"""
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
spark = SparkSession.builder.remote("sc://127.0.0.1:%d" % server.listening_address[1]).getOrCreate()
expected = len(duckdb.sql(QUESTION).fetchall())
seen = len(spark.sql(QUESTION).collect())
spark.stop()
server.stop()
print("pysail", installed.version("pysail"), "pyspark-client", installed.version("pyspark-client"), "duckdb", duckdb.__version__)
print("rows by DuckDB:", expected, " rows by Sail:", seen)
sys.exit(0 if (expected, seen) == (2, 4) else 1)
PY
venv/bin/python ask.py
