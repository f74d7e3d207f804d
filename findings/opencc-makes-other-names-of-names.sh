#!/usr/bin/env bash
# OpenCC 1.4.2 (the package opencc), configurations t2s and s2t.
# Converting a name to simplified and to traditional characters is how registers of two sides of a border are made to meet. One would expect a name that is already
# simplified to stay, and a surname that is the same on both sides to stay as well. t2s takes the character 乾 (qián), which is a simplified character with
# a reading of its own, for the traditional form of 干: 李乾 becomes 李干, another name, while 张乾坤 stays, for the phrase 乾坤 is in its dictionary. s2t makes 範 of the
# surname 范, 於 of 于 and 餘 of 余, which never had these forms; 范仲淹 stays, since he is famous. So the same surname is converted or not by what follows it.
# Hurts: whoever folds names with it before comparing: relatives get two surnames, and two people one name.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet opencc==1.4.2
cat >names.py <<'PY'
import importlib.metadata as installed
import sys

from opencc import OpenCC

EXPECTED = {
    "t2s": {"李乾": "李干", "张乾坤": "张乾坤", "徵羽": "征羽"},
    "s2t": {"范伟": "範偉", "范仲淹": "范仲淹", "于伟": "於偉", "余秋雨": "餘秋雨"},
}
print("opencc", installed.version("opencc"))
found = {way: {name: OpenCC(way).convert(name) for name in names} for way, names in EXPECTED.items()}
for way, names in found.items():
    print(way, names)
sys.exit(0 if found == EXPECTED else 1)
PY
venv/bin/python names.py && echo "seen: simplified names are changed, and one surname in two ways" || { echo "changed"; exit 1; }
