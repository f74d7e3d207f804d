#!/usr/bin/env bash
# mrz 0.6.2 (PyPI), held against mrz 5.0.2 (npm), which is another package; Python 3.11, Node.js.
# The machine readable zone of a passport has the birth date in six digits. Not everybody knows his: ICAO Doc 9303, part 3, 4.8, says that where all or part of it is unknown the places are filled
# with <, so 74<<<< is a birth in 1974 and <<<<<< one of which nothing is known; the check digit counts each < as 0. One would expect such a zone to be valid, as the package of npm has it. The package of Python,
# which says that it goes by that document, calls the birth date false and with it the whole zone, though all its check digits are right, and its generator refuses to write one.
# Hurts: whoever registers births or deaths by the passports of parents or of the dead: people from countries without registers of births, who have these dates, have a "false" passport.
# The zone is the specimen of the document itself, of a state that does not exist.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mrz==0.6.2
npm install --silent --no-audit --no-fund mrz@5.0.2 >/dev/null
cat >zones.py <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from mrz.checker.td3 import TD3CodeChecker
from mrz.generator.td3 import TD3CodeGenerator


def digit(text):
    values = [0 if sign == "<" else int(sign, 36) for sign in text]
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def zone(born):
    number, until, more = "L898902C3", "120415", "ZE184226B<<<<<"
    checked = [part + digit(part) for part in (number, born, until, more)]
    second = f"{checked[0]}UTO{checked[1]}F{checked[2]}{checked[3]}{digit(''.join(checked))}"
    return f"P<UTOERIKSSON<<ANNA<MARIA{'<' * 19}\n{second}"


BIRTHS = ("740812", "7408<<", "74<<<<", "<<<<<<")
assert zone("740812").endswith("L898902C36UTO7408122F1204159ZE184226B<<<<<10"), "no longer the specimen of the document"
Path("zones.json").write_text(json.dumps({born: zone(born) for born in BIRTHS}))
print("mrz", version("mrz"), "of Python")
valid = {}
for born in BIRTHS:
    checker = TD3CodeChecker(zone(born))
    false = [name for name, _ in checker.report.falses]
    try:
        TD3CodeGenerator("P", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", born, "F", "120415", "ZE184226B")
        written = "written"
    except ValueError as error:
        written = type(error).__name__
    valid[born] = (bool(checker), false, written)
    print(f"  {born}: valid {bool(checker)}, false {false}, generator: {written}")
refused = (False, ["birth date"], "DateError")
sys.exit(0 if valid == {"740812": (True, [], "written"), "7408<<": refused, "74<<<<": refused, "<<<<<<": refused} else 1)
PY
venv/bin/python zones.py || { echo "changed"; exit 1; }
cat >zones.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parse } from "mrz";
let fine = true;
for (const [born, zone] of Object.entries(JSON.parse(readFileSync("zones.json")))) {
  const fields = parse(zone.split("\n")).details.filter(detail => /birth/i.test(detail.field));
  console.log(`  ${born}: ${fields.map(detail => `${detail.field} ${detail.valid}`).join(", ")}, of npm`);
  fine &&= fields.length === 2 && fields.every(detail => detail.valid);
}
process.exit(fine ? 0 : 1);
JS
node zones.mjs && echo "seen: an unknown birthday makes a false passport" || { echo "changed"; exit 1; }
