#!/usr/bin/env bash
# dbf 0.99.11 (PyPI), held against its own reading and the bytes of the file; Python 3.11.
# A Visual FoxPro table may allow null in a column; a hidden column, _NullFlags, then tells by a bit what is null. One would expect a None that is written into such a column to be
# null, or to be refused. In a row appended as a tuple, or by assigning None, the bit stays unset and the field is filled with blanks or zeros: of an integer it is the
# number 0, of a text the empty text, and that is what every reader finds, the package itself included. A column that is left out of a row given by names does become null.
# Hurts: whoever hands a register on as DBF: a child whose household is not known belongs to household 0, together with all others of whom it is not known, and an unknown number of
# children is none. Dates, decimals and logical values come back as None by luck, since blanks mean nothing there.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbf==0.99.11
cat >rows.py <<'PY'
import struct
import sys
from importlib.metadata import version
from pathlib import Path

import dbf

table = dbf.Table("people.dbf", "household I null; name C(6) null", dbf_type="vfp", codepage="cp936")
table.open(dbf.READ_WRITE)
table.append((7, "ab"))
table.append((None, None))
table.append({})
table.append((7, "ab"))
with table[-1] as row:
    row.household = row.name = None
table.close()
back = dbf.Table("people.dbf")
back.open()
read = [(row.household, row.name) for row in back]
raw = Path("people.dbf").read_bytes()
rows, head, length = struct.unpack("<IHH", raw[4:12])
bits = [raw[head + row * length + 11] & 3 for row in range(rows)]  # one byte of flags after the mark of deletion, four bytes of integer and six of text
print("dbf", version("dbf"))
for label, row, flags in zip(("a full row", "a tuple of None", "fields left out", "None assigned"), read, bits, strict=True):
    print(f"{label:16} reads back as {row}, null bits {flags:02b}")
null = [row[0] is dbf.Null or row[0] is None for row in read]
sys.exit(0 if null == [False, False, True, False] and read[1][0] == read[3][0] == 0 and bits == [0, 0, 3, 0] else 1)
PY
venv/bin/python rows.py && echo "seen: None becomes 0 and the empty text" || { echo "changed"; exit 1; }
