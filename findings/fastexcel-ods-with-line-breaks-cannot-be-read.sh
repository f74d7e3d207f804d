#!/usr/bin/env bash
# fastexcel 0.21.0 (calamine), polars 2.1.0, odfpy 1.4.1, Python 3.11.
# An ODS whose content.xml has line breaks between its cells: XML allows them, OpenDocument says white space between the elements of a
# table means nothing, and LibreOffice opens it. One would expect the table. fastexcel refuses the file: it wants a cell and finds text.
# Some programs write every ODS so (Gnumeric's ssconvert 1.12, SheetJS 0.18). Without the white space the same file is read.
# Hurts: whoever takes in ODS files of others; the message names neither white space nor a remedy.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fastexcel==0.21.0 polars==2.1.0 pyarrow odfpy==1.4.1
"$work/venv/bin/python" - "$work" <<'PY'
import sys
import zipfile

import fastexcel
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

plain, broken = f"{sys.argv[1]}/plain.ods", f"{sys.argv[1]}/broken.ods"
book = OpenDocumentSpreadsheet()
table = Table(name="s")
for texts in (("a", "b"), ("1", "2")):
    row = TableRow()
    for text in texts:
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
book.spreadsheet.addElement(table)
book.save(plain)
with zipfile.ZipFile(plain) as source, zipfile.ZipFile(broken, "w") as target:
    for name in source.namelist():
        content = source.read(name)
        if name == "content.xml":
            content = content.replace(b"</table:table-cell><table:table-cell", b"</table:table-cell>\n<table:table-cell")
        target.writestr(name, content)
print("fastexcel", fastexcel.__version__)
print("plain ", fastexcel.read_excel(plain).load_sheet(0).to_polars().rows())
try:
    print("broken", fastexcel.read_excel(broken).load_sheet(0).to_polars().rows())
except Exception as error:
    print("broken", type(error).__name__, str(error).splitlines()[0][:120])
else:
    sys.exit("white space between cells is read now")
PY
