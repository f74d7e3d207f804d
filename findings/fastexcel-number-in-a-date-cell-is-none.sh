#!/usr/bin/env bash
# fastexcel 0.21.0, polars 2.1.0, xlsxwriter 3.3.0, Python 3.11.
# A cell that holds the whole number 99991231 and carries a date format: Excel shows ####, the file is valid. One would expect the number,
# or an error. fastexcel gives None, whatever type the column is read as, and says nothing; the value is gone. A smaller number
# (20241225) comes back as the text "+57318-08-03 00:00:00", which no file contains.
# Hurts: whoever loads sheets in which a day was typed as digits into a column formatted as a date; 99991231 is a usual word for "no end".
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fastexcel==0.21.0 polars==2.1.0 pyarrow xlsxwriter==3.3.0
"$work/venv/bin/python" - "$work/days.xlsx" <<'PY'
import sys

import fastexcel
import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
day = book.add_format({"num_format": "yyyy-mm-dd"})
sheet.write(0, 0, "ends_on")
sheet.write_number(1, 0, 99991231, day)
sheet.write_number(2, 0, 20241225, day)
book.close()
print("fastexcel", fastexcel.__version__)
seen = {}
for kind in ("string", "float", "int"):
    frame = fastexcel.read_excel(sys.argv[1]).load_sheet(0, dtypes={"ends_on": kind}).to_polars()
    seen[kind] = frame["ends_on"].to_list()
    print(f"{kind:7}", seen[kind])
assert all(values[0] is None for values in seen.values()), "the first cell is no longer lost"
assert seen["string"][1] == "+57318-08-03 00:00:00", "the second cell reads otherwise now"
PY
