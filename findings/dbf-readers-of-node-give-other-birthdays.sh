#!/usr/bin/env bash
# dbf-reader 1.0.3 and shapefile 0.6.6 (npm), held against dbffile 1.13.0 (npm) and dbfread 2.0.7 (PyPI); file written by dbf 0.99.11 (PyPI); Node.js, Python 3.11.
# A date in a DBF is eight digits, 19740815, or eight blanks where it is not known (dBase III file structure, type D). One would expect 15 August 1974, and nothing. dbf-reader hands the
# month on to JavaScript, where January is 0, without taking one off: every date is a month late, 31 January is 3 March, 31 December is in the next year. It is a Date like any other and nothing
# is said. shapefile, which also reads tables without shapes, has the month right, and makes a day of the blanks: 30 November 1899, in the place of every day that nobody knows.
# Hurts: whoever compares a register with what they read. With the first no birth date agrees with the one in the identity number of the same row; with the second all of unknown
# birthday were born on one day of 1899, and whoever has no date of death has died, long before everything that he did.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbf==0.99.11 dbfread==2.0.7
npm install --silent --no-audit --no-fund dbf-reader@1.0.3 shapefile@0.6.6 dbffile@1.13.0 >/dev/null
cat >write.py <<'PY'
import dbf
from dbfread import DBF

table = dbf.Table("people.dbf", "born D", codepage="cp437")
table.open(dbf.READ_WRITE)
for day in ((1974, 8, 15), (1974, 1, 31), (1974, 12, 31), None):
    table.append((dbf.Date(*day) if day else None,))
table.close()
print("dbfread   ", [str(row["BORN"]) for row in DBF("people.dbf")])
PY
venv/bin/python write.py
cat >read.js <<'JS'
const fs = require("fs");
const shapefile = require("shapefile");
const { Dbf } = require("dbf-reader");
const { DBFFile } = require("dbffile");
const local = day => day && [day.getFullYear(), day.getMonth() + 1, day.getDate()].join("-");
const parts = { "dbf-reader": local, shapefile: local, dbffile: local };
(async () => {
  const source = await shapefile.openDbf("people.dbf");
  const seen = { "dbf-reader": Dbf.read(fs.readFileSync("people.dbf")).rows.map(row => row.BORN), shapefile: [] };
  for (let row = await source.read(); !row.done; row = await source.read()) seen.shapefile.push(row.value.BORN);
  seen.dbffile = (await (await DBFFile.open("people.dbf")).readRecords()).map(row => row.BORN);
  for (const reader in seen) console.log(reader.padEnd(10), JSON.stringify((seen[reader] = seen[reader].map(parts[reader]))));
  const right = ["1974-8-15", "1974-1-31", "1974-12-31"];
  const late = ["1974-9-15", "1974-3-3", "1975-1-31", null];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  process.exit(same(seen.dbffile, [...right, null]) && same(seen["dbf-reader"], late) && same(seen.shapefile, [...right, "1899-11-30"]) ? 0 : 1);
})();
JS
for zone in UTC Asia/Shanghai; do
    echo "zone $zone"
    TZ=$zone node read.js || { echo "changed"; exit 1; }
done
echo "seen: every date a month late, every unknown day in 1899"
