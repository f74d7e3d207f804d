#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.cn.ric (resident identity numbers of China, GB 11643).
# The first six digits of a number are the county that issued it, and numbers are issued since the 1980s: who was born in 1960 has the code that the county had when the number was
# given. So one would expect a well-formed number with a county code of today and an earlier birth date to be valid, as the number that GB 11643-1999 itself prints
# as its second example is (440524, born in 1880). validate() looks the code up in a list of codes and the years they were in force, and asks that it was
# in force in the year of birth: InvalidComponent, for the standard's example as for people born in 1960 of nearly nine in ten of the present counties.
# Hurts: whoever checks a register with it. Nearly everybody over 45 has a "wrong" number, and a worklist of wrong numbers is a list of the old.
# The numbers asked here, but for the standard's, have the order code 000, which is never issued.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet python-stdnum==2.2
cat >numbers.py <<'PY'
import importlib.metadata as installed
import sys

from stdnum import numdb
from stdnum.cn import ric

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(area: str, day: str) -> str:
    digits = f"{area}{day}000"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def in_force(area: str) -> bool:
    """Whether the list has a county of this code whose years have no end."""
    found = {name: value for _, values in codes.info(area) for name, value in values.items()}
    return any(not part.startswith("[") or part.split("]")[0].endswith("-") for part in found.get("county", "").split(",") if part)


codes = numdb.get("cn/loc")
print("python-stdnum", installed.version("python-stdnum"))
example = "440524188001010014"
print("example of the standard:", ric.is_valid(example), "check character right:", ric.calc_check_digit(example) == example[-1])
areas = [f"{province}{city:02}{county:02}" for province in (11, 32, 44, 51) for city in range(1, 91) for county in range(1, 90)]
areas = [area for area in areas if in_force(area)]
refused = {year: sum(not ric.is_valid(number(area, f"{year}0101")) for area in areas) for year in (1960, 2015)}
print(f"{len(areas)} present counties of four provinces: refused of people born", refused)
seen = not ric.is_valid(example) and ric.calc_check_digit(example) == example[-1] and refused[1960] > len(areas) * 0.8
sys.exit(0 if seen else 1)
PY
venv/bin/python numbers.py && echo "seen: a number is refused because its county is younger than the person" || { echo "changed"; exit 1; }
