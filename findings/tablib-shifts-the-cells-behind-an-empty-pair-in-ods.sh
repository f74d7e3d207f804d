#!/usr/bin/env bash
# tablib 3.10.0 (with odfpy 1.4.1), held against pyexcel-ods 0.6.0; Python 3.11.
# LibreOffice saves neighbouring cells with the same content, or with none, as one cell that is to be repeated (OpenDocument, table:number-columns-repeated), the second of two blanks as an element, and a note
# inside the cell that it is about, before the text. That is the everyday form of an ODS, and one would expect the table that LibreOffice shows, as pyexcel-ods gives it. Dataset.load of tablib leaves out a repeated
# empty cell and takes any other once, moves what follows to the left and fills up at the end: where father and mother are both unknown, or are of one name, the day of death stands in the column of one of them. Of the name of two
# characters that is spread to the width of three, 王  芳, the surname is left. Who has a note is called by the day on which it was written, or, if that is not saved, by what the note says. Nothing is said; where no two neighbours are alike all is right.
# Hurts: whoever loads a register of an office that works with LibreOffice: the rows with gaps are the wrong ones, those of foundlings and of unknown dead, and each has as many cells as the others.
# pyexcel-ods reads all of it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "tablib[ods]==3.10.0" odfpy==1.4.1 pyexcel-ods==0.6.0
cat >register.py <<'PY'
import sys
from importlib.metadata import version

import pyexcel_ods
import tablib
from odf.dc import Date
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, S

HEADS = ["name", "father", "mother", "died", "of"]


def cell(text="", times=None, note=None, written=None):
    """A cell as LibreOffice 7.4 writes it; of two blanks the second is an element."""
    wanted = {"valuetype": "string" if text else None, "numbercolumnsrepeated": times}
    made = TableCell(**{key: value for key, value in wanted.items() if value})
    if note:
        annotation = Annotation()
        if written:
            annotation.addElement(Date(text=written))
        annotation.addElement(P(text=note))
        made.addElement(annotation)
    if text:
        first, *rest = text.split("  ")
        paragraph = P(text=first + " " if rest else first)
        for more in rest:
            paragraph.addElement(S())
            paragraph.addText(more)
        made.addElement(paragraph)
    return made


rows = [
    [cell(head) for head in HEADS],
    [cell("李敏"), cell("李强"), cell("周霞"), cell("2026-01-01"), cell("fever")],
    [cell("无名氏"), cell(times=2), cell("2026-01-02"), cell("fever")],
    [cell("张伟"), cell("不详", times=2), cell("2026-01-03"), cell("fever")],
    [cell("王  芳"), cell("王刚"), cell("周霞"), cell("2026-01-04"), cell("fever")],
    [cell("赵静", note="查无此人", written="2025-12-24T00:00:00"), cell("赵刚"), cell("周霞"), cell("2026-01-05"), cell("fever")],
    [cell("孙静", note="查无此人"), cell("孙刚"), cell("周霞"), cell("2026-01-06"), cell("fever")],
]
document = OpenDocumentSpreadsheet()
table = Table(name="register")
for cells in rows:
    row = TableRow()
    for one in cells:
        row.addElement(one)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("register.ods")

with open("register.ods", "rb") as file:
    found = [list(row) for row in tablib.Dataset().load(file, "ods")]
other = [row for row in pyexcel_ods.get_data("register.ods")["register"] if row][1:]
print(*(f"{name} {version(name)}" for name in ("tablib", "odfpy", "pyexcel-ods")))
for right in other:
    print("pyexcel-ods", right)
for row in found:
    print("tablib     ", row)
expected = [
    ["李敏", "李强", "周霞", "2026-01-01", "fever"],
    ["无名氏", "2026-01-02", "fever", "", ""],
    ["张伟", "不详", "2026-01-03", "fever", ""],
    ["王 ", "王刚", "周霞", "2026-01-04", "fever"],
    ["2025-12-24T00:00:00", "赵刚", "周霞", "2026-01-05", "fever"],
    ["查无此人", "孙刚", "周霞", "2026-01-06", "fever"],
]
names = ["李敏", "无名氏", "张伟", "王  芳", "赵静", "孙静"]
whole = [row[0] for row in other] == names and [row[3] for row in other] == [f"2026-01-0{day}" for day in range(1, 7)] and other[1][1:3] == ["", ""]
sys.exit(0 if found == expected and whole else 1)
PY
venv/bin/python register.py && echo "seen: what stands behind two like cells moves to the left, and a note takes the place of the name" || { echo "changed"; exit 1; }
