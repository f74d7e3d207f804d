#!/usr/bin/env bash
# sqlglot 30.30.0, from DuckDB to Spark; run on duckdb 1.5.5 and pysail 0.7.2 (pyspark-client 4.2.0), Python 3.11.
# Population statistics know two ages: the full years that somebody has lived, and the calendar years between two years ("age reached during the year"), by which cohorts and
# the triangles of a Lexis diagram are counted. date_diff('year', …) of DuckDB is the second one: it counts the New Years between two days. One would expect a translation to
# keep that or to refuse. DATEDIFF(YEAR, …) comes out, which in Spark's SQL is the first one, full years, as Spark 4's documentation and Sail's answer say. The
# name is the same, both run, no warning: about half of all people are a year younger after the move. 'month' does the same; 'day' is right.
# Hurts: whoever moves a query about cohorts, terms of months or ages of school entry from DuckDB to Spark.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sqlglot==30.30.0 pysail==0.7.2 pyspark-client==4.2.0 duckdb==1.5.5 pandas==2.3.3 pyarrow
cat >ask.py <<'PY'
import sys
from importlib.metadata import version

import duckdb
import sqlglot
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

TABLE = "(VALUES (DATE '1973-12-31', DATE '1974-01-01'), (DATE '1950-07-01', DATE '2026-06-30'), (DATE '1950-07-01', DATE '2026-07-01')) AS t(born, died)"
QUESTION = "SELECT date_diff('{unit}', born, died) AS n FROM " + TABLE
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
spark = SparkSession.builder.remote("sc://127.0.0.1:%d" % server.listening_address[1]).getOrCreate()
print(*(f"{name} {version(name)}" for name in ("sqlglot", "duckdb", "pysail", "pyspark-client")))
seen = {}
for unit in ("year", "month", "day"):
    question = QUESTION.format(unit=unit)
    (translated,) = sqlglot.transpile(question, read="duckdb", write="spark")
    seen[unit] = [row[0] for row in duckdb.sql(question).fetchall()], [row[0] for row in spark.sql(translated).collect()]
    print(translated.split(" FROM ")[0], "| DuckDB", seen[unit][0], "| Sail", seen[unit][1])
spark.stop()
server.stop()
years = seen["year"] == ([1, 76, 76], [0, 75, 76])
sys.exit(0 if years and seen["month"][0] != seen["month"][1] and seen["day"][0] == seen["day"][1] else 1)
PY
venv/bin/python ask.py && echo "seen: calendar years have become full years" || { echo "changed"; exit 1; }
