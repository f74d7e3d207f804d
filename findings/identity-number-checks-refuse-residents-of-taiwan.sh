#!/usr/bin/env bash
# validator 13.15.35 (npm), python-stdnum 2.2 and jionlp 1.5.31 (PyPI), held against idcard 4.2.0 (npm); Python 3.11, Node.js.
# Since 2018 people of Hong Kong, Macao and Taiwan who live on the mainland have a residence permit with a number of the form of citizens, made by the same standard; instead of a county it begins with
# 810000, 820000 and 830000. One would expect a check of these numbers to know all three or none of them. isIdentityCard(…, "zh-CN") of validator and parse_id_card of jionlp take Hong Kong and Macao
# and refuse Taiwan: their lists of regions have 71, the code of Taiwan in the standard of codes, with which no permit begins. python-stdnum refuses all three.
# Hurts: whoever checks births, deaths and cremations with them: a parent or a dead person of Taiwan has a "wrong number", is sent back to the office that wrote it, and is linked by name alone.
# The numbers asked here have the order code 000, which is never issued.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2 jionlp==1.5.31
npm install --silent --no-audit --no-fund validator@13.15.35 idcard@4.2.0 >/dev/null
cat >taken.js <<'JS'
const validator = require("validator");
const idcard = require("idcard");
const numbers = process.argv.slice(2);
console.log(JSON.stringify({ validator: numbers.map(text => validator.isIdentityCard(text, "zh-CN")), idcard: numbers.map(text => Boolean(idcard.verify(text))) }));
JS
cat >permits.py <<'PY'
import contextlib
import io
import json
import logging
import subprocess
import sys

logging.disable(logging.CRITICAL)
with contextlib.redirect_stdout(io.StringIO()):
    import jionlp
from stdnum.cn import ric

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
AREAS = {"522701": "a county", "810000": "Hong Kong", "820000": "Macao", "830000": "Taiwan", "710000": "71"}


def number(area: str) -> str:
    digits = f"{area}19900101000"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


numbers = [number(area) for area in AREAS]
taken = json.loads(subprocess.run(["node", "taken.js", *numbers], check=True, capture_output=True, text=True).stdout)
taken["python-stdnum"] = [ric.is_valid(text) for text in numbers]
taken["jionlp"] = [jionlp.parse_id_card(text) is not None for text in numbers]
for name, answers in taken.items():
    print(f"{name:14}", ", ".join(f"{area} {'taken' if answer else 'refused'}" for area, answer in zip(AREAS.values(), answers, strict=True)))
half = [True, True, True, False]
seen = taken["validator"][:4] == taken["jionlp"][:4] == half and taken["idcard"][:4] == [True] * 4
sys.exit(0 if seen and taken["python-stdnum"][1:4] == [False] * 3 else 1)
PY
venv/bin/python permits.py && echo "seen: Taiwan's permits are refused where Hong Kong's are taken" || { echo "changed"; exit 1; }
