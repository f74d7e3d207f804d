#!/usr/bin/env bash
# duckdb 1.5.5, Python 3.11.
# EXPORT DATABASE of a file that was closed and opened again writes its views ordered by schema and name, not by what they read. One would
# expect that what is exported can be imported. A view that reads one of a later name cannot: IMPORT DATABASE fails with a catalog error.
# Hurts: whoever hands a database with layered views to somebody else, or moves it to another version, by export and import.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
"$work/venv/bin/python" - "$work" <<'PY'
import sys

import duckdb

work = sys.argv[1]
with duckdb.connect(f"{work}/from.duckdb") as source:
    source.execute("CREATE TABLE readings AS SELECT 1 AS value")
    source.execute("CREATE VIEW base AS SELECT value FROM readings")
    source.execute("CREATE VIEW above AS SELECT value FROM base")
with duckdb.connect(f"{work}/from.duckdb") as source:
    source.execute(f"EXPORT DATABASE '{work}/out'")
print("duckdb", duckdb.__version__)
views = [line for line in open(f"{work}/out/schema.sql") if line.startswith("CREATE VIEW")]
print("".join(views))
try:
    with duckdb.connect(f"{work}/to.duckdb") as target:
        target.execute(f"IMPORT DATABASE '{work}/out'")
except duckdb.CatalogException as error:
    print("import:", str(error).splitlines()[0])
else:
    sys.exit("the export can be imported now")
PY
