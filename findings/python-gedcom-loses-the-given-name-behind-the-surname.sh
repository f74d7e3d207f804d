#!/usr/bin/env bash
# python-gedcom 1.1.0 (PyPI), held against ged4py 0.5.5 (PyPI); Python 3.11.
# Family trees are exchanged as GEDCOM, where a name is one line with the surname between strokes, and the parts in the order in which the person's culture speaks them: Anna /Muster/, but /王/ 芳 or /Wang/ Fang
# (GEDCOM 5.5.1: as the name is normally spoken). One would expect both to have a surname and a given name. get_name() of python-gedcom takes what is before the strokes and what is between, and
# drops the rest: ('', '王') for everybody of the family, ('', 'Muster') for Hungarians. given_name_match then finds nobody of that name, and criteria_match nobody by surname and name. That the parts stand
# below the line once more, as GIVN and SURN, does not help: they are read only where the line is empty. ged4py has both parts.
# The year of birth has a like gap: the last word of the date is taken, of whatever calendar and of whatever span: BET 1974 AND 1976 is 1976 and a Hebrew 5735 the year 5735.
# Hurts: whoever makes a table of a Chinese, Korean or Hungarian family tree: brothers and sisters are one name, and with the birth year unknown one person.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-gedcom==1.1.0 ged4py==0.5.5
cat >tree.py <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

from ged4py.parser import GedcomReader
from gedcom.element.individual import IndividualElement
from gedcom.parser import Parser

PEOPLE = [
    ("/王/ 芳", "芳", "王", "12 AUG 1974"),
    ("/王/ 敏", "敏", "王", "BET 1974 AND 1976"),
    ("/Wang/ Fang", "Fang", "Wang", "FROM 1970 TO 1979"),
    ("/Muster/ Anna", "Anna", "Muster", "@#DHEBREW@ 12 TSH 5735"),
    ("Anna /Muster/", "Anna", "Muster", "1974"),
]
lines = ["0 HEAD", "1 GEDC", "2 VERS 5.5.1", "2 FORM LINEAGE-LINKED", "1 CHAR UTF-8"]
for number, (name, given, surname, born) in enumerate(PEOPLE):
    lines += [f"0 @I{number}@ INDI", f"1 NAME {name}", f"2 GIVN {given}", f"2 SURN {surname}", "1 BIRT", f"2 DATE {born}"]
Path("tree.ged").write_text("\n".join([*lines, "0 TRLR", ""]), encoding="utf-8")
print(*(f"{name} {version(name)}" for name in ("python-gedcom", "ged4py")))
parser = Parser()
parser.parse_file("tree.ged")
people = [element for element in parser.get_root_child_elements() if isinstance(element, IndividualElement)]
names = [person.get_name() for person in people]
years = [person.get_birth_year() for person in people]
found = [bool(person.given_name_match(given)) for person, (_, given, _, _) in zip(people, PEOPLE, strict=True)]
both = [bool(person.criteria_match(f"surname={surname}:name={given}")) for person, (_, given, surname, _) in zip(people, PEOPLE, strict=True)]
with GedcomReader("tree.ged") as reader:
    others = [(person.name.given, person.name.surname) for person in reader.records0("INDI")]
for row in zip(PEOPLE, names, others, years, found, both, strict=True):
    print(f"{row[0][0]}: {row[1]}, of ged4py {row[2]}; {row[0][3]}: {row[3]}; found by given name {row[4]}, by both {row[5]}")
lost = names == [("", "王"), ("", "王"), ("", "Wang"), ("", "Muster"), ("Anna", "Muster")]
expected = others == [(given, surname) for _, given, surname, _ in PEOPLE]
missed = found == both == [False, False, False, False, True]
sys.exit(0 if lost and expected and missed and years == [1974, 1976, 1979, 5735, 1974] else 1)
PY
venv/bin/python tree.py && echo "seen: who puts the surname first has no given name" || { echo "changed"; exit 1; }
