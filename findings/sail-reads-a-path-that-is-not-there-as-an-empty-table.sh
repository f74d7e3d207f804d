#!/usr/bin/env bash
# pysail 0.7.2 with pyspark-client 4.2.0, held against duckdb 1.5.5; Python 3.11.
# One reads a night's delivery by its path. When nothing is there, because the office did not deliver or because of a slip in the name, one would expect an error, as DuckDB
# gives it here and Apache Spark with PATH_NOT_FOUND. Sail answers with a table of no rows and, unless the caller brings a schema, of no columns, for Parquet, CSV and JSON alike; of two paths of which one
# is missing it reads the other. The second half of the surprise: a result without rows is written as nothing at all, no file and no folder, so that a later
# reader cannot tell "nobody died" from "nothing came", and a step that did not run from one that ran.
# Hurts: whoever compares registers on it: with an empty register of deaths nobody has died, every count is a fine nought, and the night is green.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysail==0.7.2 pyspark-client==4.2.0 duckdb==1.5.5 pandas==2.3.3 pyarrow
cat >ask.py <<'PY'
import importlib.metadata as installed
import os
import sys

import duckdb
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

DELIVERY = "SELECT 'a' AS person, DATE '2026-01-01' AS died_on"
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
spark = SparkSession.builder.remote("sc://127.0.0.1:%d" % server.listening_address[1]).getOrCreate()
here = os.getcwd()
spark.sql(DELIVERY).write.parquet(f"{here}/monday")
spark.sql(f"{DELIVERY} WHERE 1 = 0").write.parquet(f"{here}/tuesday")
seen = {
    "parquet": spark.read.parquet(f"{here}/wednesday").count(),
    "parquet with a schema": spark.read.schema("person STRING, died_on DATE").parquet(f"{here}/wednesday").count(),
    "csv": spark.read.csv(f"{here}/wednesday.csv", header=True).count(),
    "json": spark.read.json(f"{here}/wednesday.json").count(),
    "monday and wednesday": spark.read.parquet(f"{here}/monday", f"{here}/wednesday").count(),
    "SQL": spark.sql(f"SELECT count(*) FROM parquet.`{here}/wednesday`").collect()[0][0],
    "columns": spark.read.parquet(f"{here}/wednesday").columns,
}
written = {day: os.path.exists(f"{here}/{day}") for day in ("monday", "tuesday")}
spark.stop()
server.stop()
print("pysail", installed.version("pysail"), "pyspark-client", installed.version("pyspark-client"), "duckdb", duckdb.__version__)
print("read from where nothing is:", seen)
print("written, with one row and without any:", written)
try:
    duckdb.sql(f"SELECT count(*) FROM '{here}/wednesday/*.parquet'")
    refused = False
except duckdb.IOException as error:
    refused = True
    print("DuckDB:", str(error).splitlines()[0].replace(here, "."))
expected = {"parquet": 0, "parquet with a schema": 0, "csv": 0, "json": 0, "monday and wednesday": 1, "SQL": 0, "columns": []}
sys.exit(0 if seen == expected and written == {"monday": True, "tuesday": False} and refused else 1)
PY
venv/bin/python ask.py && echo "seen: what is not there is an empty table" || { echo "changed"; exit 1; }
