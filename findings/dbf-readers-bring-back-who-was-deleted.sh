#!/usr/bin/env bash
# shapefile 0.6.6 (npm), dbf-to-sqlite 0.1 and dbf-light 1.0.0 (PyPI), held against dbfread 2.0.7 (PyPI) and dbffile 1.13.0 (npm); file written by dbf 0.97.11; Python 3.11, Node.js.
# Who dies or moves away is deleted from a register that is kept in dBase or FoxPro. The row stays in the file until the table is packed; the first byte of it, a blank before, is an asterisk
# then (dBase III file structure), and no program that works with the table shows it any more. One would expect a reader to leave it out, or to tell. shapefile, which also reads tables without
# shapes, and dbf-to-sqlite give the row as any other: nothing in the result can tell it from the living. dbf-light knows the mark and jumps over that byte alone: it reads the next row
# from the middle of the deleted one, so that everybody behind it is made of pieces of two people, and as many as were deleted are lost at the end.
# Hurts: whoever takes over such a register: cancelled registrations are active again, each of them a dead person who still lives, or a second registration of one who moved.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbf-to-sqlite==0.1 dbf==0.97.11 dbf-light==1.0.0 dbfread==2.0.7
npm install --silent --no-audit --no-fund shapefile@0.6.6 dbffile@1.13.0 >/dev/null
cat >write.py <<'PY'
import dbf

table = dbf.Table("people.dbf", "name C(8); born D", codepage="cp437")
table.open(dbf.READ_WRITE)
for name, year in (("ANNA", 1950), ("BERTA", 1930), ("CLARA", 1970)):
    table.append((name, dbf.Date(year, 4, 1)))
dbf.delete(table[1])
table.close()
PY
venv/bin/python write.py
venv/bin/dbf-to-sqlite people.dbf people.db
cat >read.js <<'JS'
const shapefile = require("shapefile");
const { DBFFile } = require("dbffile");
(async () => {
  const source = await shapefile.openDbf("people.dbf");
  const names = [];
  for (let row = await source.read(); !row.done; row = await source.read()) names.push(row.value.NAME.trim());
  const others = (await (await DBFFile.open("people.dbf")).readRecords()).map(row => row.NAME.trim());
  console.log(JSON.stringify({ shapefile: names, dbffile: others }));
})();
JS
node read.js >seen.json
cat >read.py <<'PY'
import json
import sqlite3
import sys
from pathlib import Path

from dbf_light import Dbf
from dbfread import DBF

seen = json.loads(Path("seen.json").read_text())
seen["dbfread"] = [row["NAME"] for row in DBF("people.dbf")]
seen["dbf-to-sqlite"] = [name.strip() for (name,) in sqlite3.connect("people.db").execute("SELECT name FROM people")]
with Dbf.open("people.dbf") as table:
    seen["dbf-light"] = [f"{row.name} born {row.born}" for row in table]
for reader, people in seen.items():
    print(f"{reader:14}", people)
expected = seen["dbfread"] == seen["dbffile"] == ["ANNA", "CLARA"]
back = seen["shapefile"] == seen["dbf-to-sqlite"] == ["ANNA", "BERTA", "CLARA"]
pieces = len(seen["dbf-light"]) == 2 and seen["dbf-light"][0] == "ANNA born 1950-04-01" and not seen["dbf-light"][1].startswith(("BERTA", "CLARA"))
sys.exit(0 if expected and back and pieces else 1)
PY
venv/bin/python read.py && echo "seen: the deleted are back, or in pieces" || { echo "changed"; exit 1; }
