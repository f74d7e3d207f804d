#!/usr/bin/env bash
# fastexcel 0.21.0, polars 2.1.0, xlsxwriter 3.3.0, Python 3.11.
# A sheet whose table begins in column B, read without a header row. One would expect that column 1 chosen by use_columns=[1] is named by the
# same number, __UNNAMED__1. The choice counts from column A, the name from the first used column: use_columns=[1] gives __UNNAMED__0.
# Hurts: whoever chooses columns by number and then asks for them by name, on sheets with an empty first column, usual in printed forms.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fastexcel==0.21.0 polars==2.1.0 pyarrow xlsxwriter==3.3.0
"$work/venv/bin/python" - "$work/form.xlsx" <<'PY'
import sys

import fastexcel
import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
sheet.write_row(2, 1, ["code", "count"])
sheet.write_row(3, 1, ["a", "1"])
book.close()
print("fastexcel", fastexcel.__version__)
frame = fastexcel.read_excel(sys.argv[1]).load_sheet(0, header_row=None, use_columns=[1]).to_polars()
print(frame.columns, frame.rows())
assert frame.columns == ["__UNNAMED__0"], "the name counts otherwise now"
assert [row for row in frame.rows() if row[0] == "code"], "the choice counts otherwise now"
PY
