#!/usr/bin/env bash
# humanparser 2.7.0 and parse-full-name 1.2.7 (npm), nameparser 2.6.0 (PyPI); Node.js, Python 3.11.
# They take a name apart into given name, surname and what stands before and after, which is the step before lists in pinyin are compared: passengers, foreign parents, the dead of other countries. Ma (马) is among the commonest surnames of
# China; De (德), Bin (斌), Da (大), Di (迪) begin given names of millions. One would expect Ma, Fang to have the surname Ma and Wang, De Hua the given name De Hua: the comma says so. humanparser takes Ma, however it is written,
# for the degree of a master, with and without the comma: Ma, Fang and Fang Ma have no surname at all, and Fang Li Ma is of the family Li. nameparser takes De for the beginning of a surname: Wang, De Hua, and De Hua Wang too, is a
# surname of three words and no given name; its parse(), which lists what may be read otherwise, lists nothing there (of MA in capitals, as forms have it, it does say so; HumanName makes a degree of it and keeps silent). parse-full-name does the
# same with Bin Li, Da Li, Di Li, De Li and with Du, Fang: all surname. Its list of errors is empty.
# Hurts: whoever blocks or compares by surname: thousands of people called Ma have none, and relatives of Wang De Hua are other families. Where it is known what the parts are, do not join and parse them; else give humanparser
# {ignoreSuffix: ["ma"]}.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts humanparser@2.7.0 parse-full-name@1.2.7 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nameparser==2.6.0
cat >names.js <<'JS'
const { parseName } = require("humanparser");
const { parseFullName } = require("parse-full-name");
const of = name => require(`${name}/package.json`).version;
const seen = [];
console.log("humanparser", of("humanparser"), "parse-full-name", of("parse-full-name"));
const human = { "Ma, Fang": "/Fang/Ma", "Fang Ma": "/Fang/Ma", "MA, Fang": "/Fang/MA", "Fang Li Ma": "Li/Fang/Ma", "Wang, Fang": "Wang/Fang/", "Ma Fang": "Fang/Ma/" };
for (const [name, expected] of Object.entries(human)) {
  const { lastName = "", firstName = "", suffix = "" } = parseName(name);
  console.log(`humanparser: ${name}: surname "${lastName}", given name "${firstName}", suffix "${suffix}"`);
  seen.push([lastName, firstName, suffix].join("/") === expected);
}
const told = parseName("Ma, Fang", { ignoreSuffix: ["ma"] });
seen.push(told.lastName === "Ma" && told.firstName === "Fang");
const full = { "Bin Li": "Bin Li/", "Da Li": "Da Li/", "Di Li": "Di Li/", "De Li": "De Li/", "Du, Fang": "Du Fang/", "Fei Li": "Li/Fei", "Li, Bin": "Li/Bin" };
for (const [name, expected] of Object.entries(full)) {
  const { last, first, error } = parseFullName(name);
  console.log(`parse-full-name: ${name}: surname "${last}", given name "${first}", errors ${error.length}`);
  seen.push(`${last}/${first}` === expected && error.length === 0);
}
process.exit(seen.every(Boolean) ? 0 : 1);
JS
cat >names.py <<'PY'
import sys
from importlib.metadata import version

from nameparser import HumanName, parse

print("nameparser", version("nameparser"))
expected = {
    "Wang, De Hua": ("Wang De Hua", "", "", 0),
    "De Hua Wang": ("De Hua Wang", "", "", 0),
    "Wang, Da Wei": ("Wang", "Da", "", 0),
    "Fang MA": ("", "Fang", "MA", 2),
    "Fang Ma": ("Ma", "Fang", "", None),
}
seen = []
for name, wanted in expected.items():
    old, doubts = HumanName(name), len(parse(name).ambiguities)
    print(f"nameparser: {name}: surname {old.last!r}, given name {old.first!r}, suffix {old.suffix!r}, doubts of parse() {doubts}")
    seen.append((old.last, old.first, old.suffix) == wanted[:3] and wanted[3] in (None, doubts))
sys.exit(0 if all(seen) else 1)
PY
node names.js && venv/bin/python names.py && echo "seen: the surname is a degree, and the given name belongs to the surname" || { echo "changed"; exit 1; }
