#!/usr/bin/env bash
# openlineage-sql 1.54.0, held against sqllineage 1.5.9 and duckdb 1.5.5; Python 3.11.
# The parser that gives OpenLineage events their inputs. A query often begins by fetching what it needs under the name it has anyway: WITH deaths AS (SELECT … FROM raw.deaths). A name of a
# common table expression has no schema, so raw.deaths can never mean it (ISO/IEC 9075-2, with clause), DuckDB reads the table, and one would expect raw.deaths among the inputs, as sqllineage
# has it. It is left out: a table whose last part is the name of a common table expression counts as that expression, also in db.raw.deaths. With all of them called so there is no input at
# all. No error is reported. The lineage of the columns, in the same answer, does name raw.deaths. Another name for the expression, d, and the input is there.
# Hurts: whoever asks the lineage which reports a register feeds, before it is corrected, handed on or erased: the answer leaves out those that were written in this habit.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openlineage-sql==1.54.0 sqllineage==1.5.9 duckdb==1.5.5
cat >inputs.py <<'PY'
import sys
import warnings
from importlib.metadata import version

import duckdb
from openlineage_sql import parse

warnings.simplefilter("ignore")
from sqllineage.runner import LineageRunner

QUESTION = """
CREATE TABLE report AS
WITH {deaths} AS (SELECT number, died_on FROM raw.deaths), {people} AS (SELECT number FROM raw.people)
SELECT {people}.number, {deaths}.died_on FROM {people} JOIN {deaths} ON {deaths}.number = {people}.number
"""
print(*(f"{name} {version(name)}" for name in ("openlineage-sql", "sqllineage", "duckdb")))
seen = {}
for deaths, people in (("d", "p"), ("deaths", "p"), ("deaths", "people")):
    question = QUESTION.format(deaths=deaths, people=people)
    with duckdb.connect() as database:
        database.execute("CREATE SCHEMA raw; CREATE TABLE raw.deaths AS SELECT 1 AS number, DATE '2026-01-01' AS died_on; CREATE TABLE raw.people AS SELECT 1 AS number")
        database.execute(question)
        rows = database.sql("FROM report").fetchall()
    answer = parse([question], dialect="duckdb")
    columns = sorted({origin.origin.qualified_name for column in answer.column_lineage for origin in column.lineage if origin.origin})
    inputs = sorted(table.qualified_name for table in answer.in_tables)
    other = sorted(str(table) for table in LineageRunner(question, dialect="duckdb").source_tables)
    print(f"called {deaths}, {people}: rows {len(rows)}, inputs {inputs}, of the columns {columns}, errors {len(answer.errors)}; sqllineage {other}")
    seen[deaths, people] = (len(rows), inputs, columns, len(answer.errors), other)
both = ["raw.deaths", "raw.people"]
expected = {("d", "p"): both, ("deaths", "p"): ["raw.people"], ("deaths", "people"): []}
sys.exit(0 if all(seen[names] == (1, inputs, both, 0, both) for names, inputs in expected.items()) else 1)
PY
venv/bin/python inputs.py && echo "seen: a table behind a namesake is no input" || { echo "changed"; exit 1; }
