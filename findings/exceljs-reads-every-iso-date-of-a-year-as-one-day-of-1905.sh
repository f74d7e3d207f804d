#!/usr/bin/env bash
# exceljs 4.4.0, Node.js; files by openpyxl 3.1.5, Python 3.11. Gnumeric 1.12.55 (ssconvert) does the same.
# Office Open XML has two ways to write a day: the number of days since 1900, and the day itself in a cell of type "d", "2026-09-01". The second one is what Excel's
# "Strict Open XML" holds, and what openpyxl writes with iso_dates=True. One would expect the day, as LibreOffice, calamine and openpyxl give it, or an
# error. exceljs reads the text as a number as far as it goes, 2026, and that number as days since 1900: 18 July 1905. So all days of one year are the same day, it
# is a Date like any other, and nothing is said. A time of day becomes midnight of a day of January 1900.
# Hurts: whoever loads births or deaths from such a workbook: the year can be reckoned back, month and day are gone, and 1905 is a year in which people of a register were born.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5
npm install --silent --no-audit --no-fund exceljs@4.4.0 >/dev/null
cat >write.py <<'PY'
import datetime as dt

from openpyxl import Workbook, load_workbook

DAYS = [dt.date(2026, 1, 2), dt.date(2026, 9, 1), dt.datetime(2026, 12, 31, 15, 30), dt.date(1938, 3, 4), dt.time(15, 30)]
for iso in (True, False):
    book = Workbook(iso_dates=iso)
    for day in DAYS:
        book.active.append([day])
    book.save("iso.xlsx" if iso else "serial.xlsx")
    back = [row[0].value for row in load_workbook("iso.xlsx" if iso else "serial.xlsx").active.iter_rows()]
    print("openpyxl, iso" if iso else "openpyxl, serial", [str(value) for value in back])
PY
venv/bin/python write.py
cat >read.js <<'JS'
const ExcelJS = require("exceljs");
async function days(file) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const seen = [];
  book.worksheets[0].eachRow(row => seen.push(row.getCell(1).value.toISOString().slice(0, 16)));
  return seen;
}
(async () => {
  console.log("exceljs", require("exceljs/package.json").version, "node", process.version);
  const [iso, serial] = [await days("iso.xlsx"), await days("serial.xlsx")];
  console.log("exceljs, serial", serial.join(" "));
  console.log("exceljs, iso   ", iso.join(" "));
  const wrong = iso.slice(0, 3).every(day => day === "1905-07-18T00:00") && iso[3] === "1905-04-21T00:00";
  const fine = serial.slice(0, 4).join() === "2026-01-02T00:00,2026-09-01T00:00,2026-12-31T15:30,1938-03-04T00:00";
  process.exit(wrong && fine ? 0 : 1);
})();
JS
node read.js && echo "seen: three days of 2026 are one day of 1905" || { echo "changed"; exit 1; }
