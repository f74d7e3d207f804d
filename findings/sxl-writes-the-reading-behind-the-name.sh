#!/usr/bin/env bash
# sxl 0.0.1a10 and pyexcel-xlsxr 0.6.2 (PyPI), held against openpyxl 3.1.5 and pylightxl 1.61; workbook by xlsxwriter 3.3.1; Python 3.11.
# Excel can keep with a text how it is read and show that small above it: pinyin over a name that has two readings, 单丹 or 仇英, kana over a Japanese one. In the file the reading stands beside the text, in an element of its own (rPh; Office Open XML, part 1,
# 18.4.6), and a text of which one character has another font, as a rare character has that the usual font lacks, is kept in pieces (r, 18.4.4). One would expect the text that the cell shows, in one piece and without
# the reading, as openpyxl and pylightxl have it. sxl takes every text inside, so that the reading is part of the name: 单丹shàndān. pyexcel-xlsxr, made for workbooks that are not well-behaved, takes no pieces: the cell of such
# a name is empty, of 李㛃 nothing is left. Neither says anything.
# Hurts: whoever loads a register in which a careful clerk marked how names are read, or typed the rare character: just these people have another name than everywhere else, or none.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sxl==0.0.1a10 pyexcel-xlsxr==0.6.2 openpyxl==3.1.5 pylightxl==1.61 xlsxwriter==3.3.1
cat >names.py <<'PY'
import sys
import zipfile
from importlib.metadata import version

import openpyxl
import pyexcel_xlsxr
import pylightxl
import sxl
import xlsxwriter

book = xlsxwriter.Workbook("plain.xlsx")
sheet = book.add_worksheet("register")
other_font = book.add_format({"font_name": "SimSun-ExtB"})
for place, name in enumerate(["王芳", "单丹", "仇英"]):
    sheet.write_row(place, 0, [name, "1974"])
sheet.write_rich_string(3, 0, "李", other_font, "㛃")
sheet.write(3, 1, "1974")
book.close()

readings = {"单丹": (("shàn", 0, 1), ("dān", 1, 2)), "仇英": (("qiú", 0, 1), ("yīng", 1, 2))}
with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("register.xlsx", "w") as marked:
    for part in plain.infolist():
        content = plain.read(part)
        if part.filename == "xl/sharedStrings.xml":
            text = content.decode()
            for name, parts in readings.items():
                assert f"<t>{name}</t>" in text
                above = "".join(f'<rPh sb="{start}" eb="{end}"><t>{sound}</t></rPh>' for sound, start, end in parts)
                text = text.replace(f"<t>{name}</t>", f'<t>{name}</t>{above}<phoneticPr fontId="0" type="noConversion"/>')
            content = text.encode()
        marked.writestr(part, content)

found = {
    "openpyxl": [row[0] for row in openpyxl.load_workbook("register.xlsx").active.values],
    "pylightxl": [row[0] for row in pylightxl.readxl("register.xlsx").ws("register").rows],
    "sxl": [row[0] for row in sxl.Workbook("register.xlsx").sheets["register"].rows],
    "pyexcel-xlsxr": [row[0] for row in pyexcel_xlsxr.get_data("register.xlsx")["register"]],
}
for name, names in found.items():
    print(name, version(name), names)
right = ["王芳", "单丹", "仇英", "李㛃"]
expected = {"openpyxl": right, "pylightxl": right, "sxl": ["王芳", "单丹shàndān", "仇英qiúyīng", "李㛃"], "pyexcel-xlsxr": ["王芳", "单丹", "仇英", ""]}
sys.exit(0 if found == expected else 1)
PY
venv/bin/python names.py && echo "seen: the reading is part of the name, and a name in two fonts is gone" || { echo "changed"; exit 1; }
