#!/usr/bin/env bash
# cpca 0.5.5 with pandas 2.3.3 (addresses of China to province, city, county and their code).
# An autonomous prefecture is written by its short name everywhere, cards and forms included: 恩施州 for 恩施土家族苗族自治州. One would expect of 湖北省恩施州建始县 what
# the long name gives: county 建始县, 422822. For most prefectures the short name works. For those whose seat is a city of the same name (恩施, 大理, 楚雄, 文山, 临夏, 昌吉, 玉树) the
# city is found in the first two characters, so that every county is the seat: 恩施市, 422801, and the county that is meant stands in the rest of the address, after a
# stray 州. There is no gap and no warning; province and prefecture are right, which is why nobody looks.
# Hurts: whoever counts people, or blocks a linkage, by the code it gives: 52 counties of these seven prefectures have nobody, and seven cities have all of them.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cpca==0.5.5 pandas==2.3.3 setuptools==80.9.0
cat >counties.py <<'PY'
import csv
import importlib.metadata as installed
import sys
import warnings
from importlib.resources import files

warnings.simplefilter("ignore")
import cpca

NAMESAKES = {"4228": "恩施州", "5323": "楚雄州", "5326": "文山州", "5329": "大理州", "6229": "临夏州", "6327": "玉树州", "6523": "昌吉州"}
OTHERS = {"5133": "甘孜州", "5134": "凉山州", "5226": "黔东南州", "6328": "海西州"}
with (files("cpca") / "resources" / "adcodes.csv").open(encoding="utf-8") as lines:
    names = {row["adcode"][:6]: row["name"] for row in csv.DictReader(lines)}


def asked(shorts):
    """Addresses by the short and by the long name of the prefecture, and the code of the county that they state."""
    counties = [(code, shorts[code[:4]]) for code in sorted(names) if shorts.get(code[:4]) and code[4:] != "00"]
    province = {code: names[code[:2] + "0000"] for code, _ in counties}
    short = [province[code] + prefecture + names[code] + "幸福路1号" for code, prefecture in counties]
    long = [province[code] + names[code[:4] + "00"] + names[code] + "幸福路1号" for code, _ in counties]
    return [code for code, _ in counties], short, long


def right(addresses, codes):
    found = [str(code) for code in cpca.transform(addresses)["adcode"]]
    return sum(code == expected for code, expected in zip(found, codes, strict=True)), found


print("cpca", installed.version("cpca"))
print(cpca.transform(["湖北省恩施州建始县幸福路1号", "湖北省恩施土家族苗族自治州建始县幸福路1号"]).to_string())
codes, short, long = asked(OTHERS)
print(f"prefectures without a namesake: {len(codes)} counties, right by short name {right(short, codes)[0]}, by long name {right(long, codes)[0]}")
fine = right(short, codes)[0] == right(long, codes)[0] == len(codes)
codes, short, long = asked(NAMESAKES)
by_short, found = right(short, codes)
seats = set(found)
print(f"prefectures with a namesake: {len(codes)} counties, right by short name {by_short}, by long name {right(long, codes)[0]}; found: {sorted(seats)}")
sys.exit(0 if fine and right(long, codes)[0] == len(codes) == 59 and by_short == len(seats) == 7 else 1)
PY
venv/bin/python counties.py && echo "seen: every county of such a prefecture is its seat" || { echo "changed"; exit 1; }
