#!/usr/bin/env bash
# duckdb 1.5.5.
# A transaction that loads a file into an empty table and then removes what is no record: a line of totals, an empty line, a key that stands twice. The load
# is on disk by the end of the INSERT, so one would expect the COMMIT to cost nothing, and one deleted row to cost about one row. Without the DELETE, or with one
# that finds nothing, that is so. With a single row deleted the COMMIT takes longer than the whole load did, by processor time more than ten times of what it
# takes otherwise: all rows seem to be written a second time. Nothing tells of it; the DELETE itself is quick. A WHERE in the INSERT has no such price.
# Hurts: whoever loads and cleans in one transaction, which is how a load stays all or nothing. At one million registrations of 26 to 42 columns a register with one
# line of totals took 8, one with one key twice 25 seconds of processor time more.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet duckdb==1.5.5
cat >ask.py <<'PY'
import sys
import time
from pathlib import Path

import duckdb

ROWS = 600_000
COLUMNS = ", ".join(f"'value ' || hash(i * 100 + {n}) % 50000 AS c{n}" for n in range(20))


def spent(clean):
    """Processor seconds of the load and of its commit."""
    Path("load.duckdb").unlink(missing_ok=True)
    with duckdb.connect("load.duckdb", config={"threads": 2}) as database:
        database.execute("CREATE TABLE t AS SELECT * FROM 'delivered.parquet' LIMIT 0")
        database.begin()
        before = time.process_time()
        database.execute("INSERT INTO t SELECT * FROM 'delivered.parquet'")
        loaded = time.process_time()
        if clean:
            database.execute(clean)
        cleaned = time.process_time()
        database.commit()
        done = time.process_time()
        rows = database.execute("SELECT count(*) FROM t").fetchone()[0]
        return loaded - before, done - cleaned, rows


duckdb.sql(f"COPY (SELECT i, {COLUMNS} FROM range({ROWS}) AS r(i)) TO 'delivered.parquet'")
print("duckdb", duckdb.__version__)
seen = {}
for label, clean in (("no DELETE", ""), ("DELETE of no row", "DELETE FROM t WHERE i = -1"), ("DELETE of one row", "DELETE FROM t WHERE i = 5000")):
    load, commit, rows = seen[label] = spent(clean)
    print(f"{label}: load {load:.2f} s, commit {commit:.2f} s, {rows} rows")
load, commit, rows = seen["DELETE of one row"]
quick = max(seen["no DELETE"][1], seen["DELETE of no row"][1])
print(f"commit with one row deleted: {commit / max(quick, 0.01):.0f} times the other commits, {commit / load:.1f} times the load")
sys.exit(0 if rows == ROWS - 1 and commit > 5 * quick and commit > 0.5 * load else 1)
PY
venv/bin/python ask.py
