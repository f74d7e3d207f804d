#!/usr/bin/env bash
# fastexcel 0.21.0 (calamine) and openpyxl 3.1.5, held against SheetJS (npm xlsx) 0.18.5; Python 3.11, Node.js.
# A workbook does not write out the formats that every Excel knows; a cell names them by number. 14 to 22 are dates everywhere; 27 to 31, 36, 50 to 54, 57 and 58 are days, in Taiwan a few of
# them times of day, where the language is Chinese, Japanese or Korean (Office Open XML, part 1, 18.8.30: 31 is yyyy"年"m"月"d"日" in zh-cn, 57 is yyyy"年"m"月"). One would expect a reader that knows 14 to know 31. These two take a cell with such a format for a plain number: 45000 instead of 2023-03-15, in the middle of a
# column of dates, without a word. SheetJS and LibreOffice see a date.
# Hurts: whoever loads what an office in China, Taiwan, Japan or Korea saved: a column of days in which some, typed by one clerk, are numbers of five digits.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fastexcel==0.21.0 polars==2.1.0 pyarrow openpyxl==3.1.5
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
cat >write.py <<'PY'
import sys
import zipfile

from openpyxl import Workbook

formats = [int(number) for number in sys.argv[1:]]
book = Workbook()
book.active.append(["day"])
for number in formats:
    book.active.append([45000])
    book.active.cell(book.active.max_row, 1).number_format = f'"f{number}"'
book.save("written.xlsx")
with zipfile.ZipFile("written.xlsx") as source, zipfile.ZipFile("days.xlsx", "w") as target:
    for name in source.namelist():
        content = source.read(name).decode()
        if name == "xl/styles.xml":  # the formats by their built-in numbers instead of by texts of our own
            start, end = content.index("<numFmts"), content.index("</numFmts>") + len("</numFmts>")
            content = content[:start] + content[end:]
            for place, number in enumerate(formats):
                content = content.replace(f'numFmtId="{164 + place}"', f'numFmtId="{number}"')
        target.writestr(name, content)
PY
cat >read.js <<'JS'
const XLSX = require("xlsx");
const book = XLSX.readFile("days.xlsx", { cellDates: true });
const sheet = book.Sheets[book.SheetNames[0]];
const day = cell => cell.v instanceof Date ? new Date(cell.v.getTime() + 12 * 3600e3).toISOString().slice(0, 10) : String(cell.v);
console.log(Object.keys(sheet).filter(at => /^A\d/.test(at) && at !== "A1").map(at => day(sheet[at])).join(" "));
JS
cat >read.py <<'PY'
import datetime as dt
import sys
from importlib.metadata import version

import fastexcel
from openpyxl import load_workbook

ORDINARY = [14, 15, 16, 17, 22]
EAST_ASIA = [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]
seen = {
    "fastexcel": fastexcel.read_excel("days.xlsx").load_sheet(0, dtypes={"day": "string"}).to_polars()["day"].to_list(),
    "openpyxl": [row[0].value for row in load_workbook("days.xlsx").active.iter_rows(min_row=2)],
    "xlsx": sys.argv[1].split(),
}
print("fastexcel", version("fastexcel"), "openpyxl", version("openpyxl"))
dates = {}
for reader, values in seen.items():
    told = [value.date() if isinstance(value, dt.datetime) else value for value in values]
    dates[reader] = [number for number, value in zip(ORDINARY + EAST_ASIA, told, strict=True) if str(value)[:10] == "2023-03-15"]
    print(f"{reader:9} dates in {dates[reader]}, else {sorted({str(value) for value in told if str(value)[:10] != '2023-03-15'})}")
sys.exit(0 if dates["fastexcel"] == dates["openpyxl"] == ORDINARY and dates["xlsx"] == ORDINARY + EAST_ASIA else 1)
PY
venv/bin/python write.py 14 15 16 17 22 27 28 29 30 31 36 50 51 52 53 54 57 58
venv/bin/python read.py "$(node read.js)" && echo "seen: two readers of three miss thirteen formats of dates" || { echo "changed"; exit 1; }
