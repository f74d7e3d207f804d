#!/usr/bin/env bash
# xlsx2csv 0.8.6, workbook by openpyxl 3.1.5, Python 3.11.
# Registers number their forms with a prefix that only the format of the cell holds: 1234 under "SW"00000 shows SW01234, SW for 死亡. One would expect SW01234 in the CSV, or 1234, as
# most readers give. Of a format in which one of the letters d, h, m, s, y stands, quoted or not, the package thinks that it is one of dates, and writes that
# format out, with the letters it knows as parts of a day filled in: "sw"00000, the same for every row. The number is nowhere, and nothing is said. A unit behind
# the number does it too (0" days"); with a prefix in Chinese characters ("编号"0), or without such letters ("No. "0), the number comes.
# Hurts: whoever turns such a register into CSV: all rows have one key, so that all but one are taken for repetitions.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cat >register.py <<'PY'
import csv
import sys
from importlib.metadata import version

from openpyxl import Workbook
from xlsx2csv import Xlsx2csv

FORMATS = ['"SW"00000', '"YW"000000', '0" days"', '"编号"0', '"No. "0']
NUMBERS = (1234, 5678)
book = Workbook()
book.active.append(FORMATS)
for row, number in enumerate(NUMBERS, start=2):
    book.active.append([number] * len(FORMATS))
    for column, form in enumerate(FORMATS, start=1):
        book.active.cell(row, column).number_format = form
book.save("forms.xlsx")
Xlsx2csv("forms.xlsx", outputencoding="utf-8").convert("forms.csv")
with open("forms.csv", encoding="utf-8") as lines:
    first, second = list(csv.reader(lines))[1:]
print("xlsx2csv", version("xlsx2csv"))
for form, *texts in zip(FORMATS, first, second, strict=True):
    print(f"{form:12} {NUMBERS[0]} is written as {texts[0]}, {NUMBERS[1]} as {texts[1]}")
lost = [not set("12345678") & set(text) for text in first[:2] + second[:2]]
kept = first[3:] == ["1234"] * 2 and second[3:] == ["5678"] * 2
sys.exit(0 if all(lost) and first[:2] == second[:2] and kept else 1)
PY
venv/bin/python register.py && echo "seen: every number of the register is the text of its format" || { echo "changed"; exit 1; }
