#!/usr/bin/env bash
# id-validator 1.0.20 and parseIdCard 1.0.1 (PyPI, numbers of Chinese identity cards), held against idcard 4.2.0 (npm); Python 3.11, Node.js.
# Beside the check both tell what a number says: county, birth date, sex and age. An age in Chinese law is in full years and grows on the birthday (周岁), the day of birth is in the number, and one would expect
# that age, as idcard gives it. These two take the year of birth from the present year: everybody is older on New Year's Day. Who is born on 31 December is of age a whole year early, less a day, and a child of a month is one year old. The
# birth date beside it is right, so that a row looks complete; in December, when hardly anybody is left whose birthday is to come, so are most ages.
# Hurts: whoever takes from it who is a minor, who may marry (20 and 22) or how old the dead were: on an average day half of all people are a year too old, and a table of one day in January is another one than that of December.
# Reckon the age from the birth date and the day that is meant. The numbers asked here have the order code 000, which is never issued.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts idcard@4.2.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check id-validator==1.0.20 parseIdCard==1.0.1
cat >ages.js <<'JS'
const Clock = Date;
globalThis.Date = class extends Clock { constructor(...parts) { super(...(parts.length ? parts : [2026, 1, 1, 12])); } static now() { return new Clock(2026, 1, 1, 12).getTime(); } };
const idcard = require("idcard");
console.log(JSON.stringify(process.argv.slice(2).map(number => (idcard.info ?? idcard.default.info)(number).age)));
JS
cat >ages.py <<'PY'
import json
import subprocess
import sys
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

from id_validator import validator
from parseIdCard import parseIdCard

TODAY = datetime(2026, 2, 1, 12)


class Clock(datetime):
    """The same day in each run, for both packages ask for the present one."""

    @classmethod
    def now(cls, tz=None):
        return TODAY


validator.datetime = parseIdCard.datetime = Clock
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BIRTHS = [date(1974, 1, 15), date(1974, 12, 31), date(2006, 12, 31), date(2008, 1, 31), date(2008, 2, 2), date(2008, 12, 31), date(2025, 12, 31)]


def number(born):
    """A number with the order code 000 and a right check character."""
    start = f"110101{born:%Y%m%d}000"
    return start + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(start, WEIGHTS, strict=True)) % 11]


numbers = [number(born) for born in BIRTHS]
print(*(f"{name} {version(name)}" for name in ("id-validator", "parseIdCard")), "idcard", json.loads(Path("node_modules/idcard/package.json").read_text())["version"], "on", TODAY.date())
full = [TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day)) for born in BIRTHS]
by_idcard = json.loads(subprocess.check_output(["node", "ages.js", *numbers]))
infos = [validator.get_info(asked) for asked in numbers]
others = [parseIdCard.parseIdCard(asked) for asked in numbers]
for born, age, known, info, other in zip(BIRTHS, full, by_idcard, infos, others, strict=True):
    print(f"born {born}: full years {age}, idcard {known}, id-validator {info['age']} (birth date {info['birthday_code']}), parseIdCard {other['age']}")
years = [TODAY.year - born.year for born in BIRTHS]
ages = [other["age"] for other in others]
sys.exit(0 if by_idcard == full and [info["age"] for info in infos] == years and ages == years and full != years else 1)
PY
venv/bin/python ages.py && echo "seen: ages grow on New Year's Day" || { echo "changed"; exit 1; }
