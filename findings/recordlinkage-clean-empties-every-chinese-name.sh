#!/usr/bin/env bash
# recordlinkage 0.16 with pandas 2.3.3.
# preprocessing.clean is the step that the library's guide puts before comparing names: lower case, no brackets, no accents. One would expect a name in another script to
# come out as it is. Its default for what is taken out is everything that is not an ASCII letter, a digit, a blank or an underscore (of a hyphen a blank is left), so of a Chinese, Tibetan
# or Uyghur name nothing is left, and no row says so: the result is an empty text, not a missing value. A block on the cleaned name then is one block with all
# such people in it, and an exact comparison says of every two of them that their names are equal. phonetic(…, "metaphone") gives an empty text as well, and
# "soundex" keeps the first character, so that 张伟 and 张敏 sound the same.
# Hurts: whoever links a register of names that are not written in ASCII and follows the guide.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet recordlinkage==0.16 pandas==2.3.3
cat >names.py <<'PY'
import importlib.metadata as installed
import sys

import pandas as pd
import recordlinkage
from recordlinkage.preprocessing import clean, phonetic

names = pd.Series(["张伟", "李娜", "欧阳敏", "རྡོ་རྗེ", "Anna-Maria"])
cleaned = clean(names)
print("recordlinkage", installed.version("recordlinkage"))
print("cleaned", cleaned.tolist(), "missing", int(cleaned.isna().sum()))

people = pd.DataFrame({"name": cleaned})
pairs = recordlinkage.index.Block("name").index(people)
compare = recordlinkage.Compare()
compare.exact("name", "name")
equal = compare.compute(pairs, people)[0]
print("pairs of one block", len(pairs), "of them with equal names", int(equal.sum()))
sounds = {way: phonetic(pd.Series(["张伟", "张敏", "李娜"]), way).tolist() for way in ("soundex", "metaphone")}
print(sounds)

seen = cleaned.tolist() == ["", "", "", "", "anna maria"] and not cleaned.isna().any()
seen = seen and len(pairs) == 6 and int(equal.sum()) == 6
seen = seen and sounds["metaphone"] == ["", "", ""] and sounds["soundex"][0] == sounds["soundex"][1]
sys.exit(0 if seen else 1)
PY
venv/bin/python names.py && echo "seen: four people of four names are six pairs of equal names after clean()" || { echo "changed: clean() keeps names of other scripts"; exit 1; }
