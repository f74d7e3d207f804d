#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 12, American English as it is without a language of its own), a workbook by openpyxl 3.1.5, read back by fastexcel 0.21.0.
# In Excel the letter e in a format of dates is the year: e"年"m"月"d"日" shows 1977年8月15日, and e-mm-dd is a habit in Chinese offices, one letter instead of
# four. One would expect LibreOffice to show the year too, or its own shortest form of it. In American English it takes e for the year of another
# calendar, and the first other calendar it has is the Hebrew one, whose months it then writes as well: 737年6月1日, for the first day of Elul 5737. With a leading e-
# the number of days comes out, 28352. [$-804] before it makes 77年8月15日 of it.
# Hurts: whoever turns workbooks into CSV on a server with soffice --headless: every date of such a column is a well-formed day of another year, month and day.
# On the desk of the one who tried it the same file said 77年8月15日: a Chinese environment gives the year in two digits, a Japanese one 52年8月15日, by the years of an emperor.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 fastexcel==0.21.0 polars==2.1.0 pyarrow
if ! soffice=$(command -v soffice); then  # Debian's packages, unpacked here: their files of settings name places of the system
    command -v apt-get >/dev/null || { echo "needs LibreOffice Calc, or Debian's apt-get to fetch it" >&2; exit 1; }
    mkdir -p debs/partial unpacked
    apt-get install --download-only --yes -qq --no-install-recommends -o Debug::NoLocking=1 -o Dir::Cache::archives="$work/debs" libreoffice-calc-nogui >/dev/null
    for package in debs/*.deb; do dpkg-deb -x "$package" unpacked; done
    office="$work/unpacked/usr/lib/libreoffice"
    rm -rf "$office/share/registry" "$office/share/prereg/bundled" "$office/share/uno_packages/cache"
    mkdir -p "$office/share/prereg/bundled" "$office/share/uno_packages/cache"
    ln -s .registry "$office/share/registry"
    scheme=file:  # of the addresses in the settings
    sed -i "s#$scheme///etc/libreoffice/registry#$scheme//$office/share/.registry#g; s#$scheme///\(usr\|etc\)/#$scheme//$work/unpacked/\1/#g" "$office"/program/*rc
    LD_LIBRARY_PATH=$(find "$work/unpacked" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
    export LD_LIBRARY_PATH
    soffice="$office/program/soffice"
fi
cat >days.py <<'PY'
import csv
import datetime as dt
import sys

import fastexcel
from openpyxl import Workbook

FORMATS = ['yyyy"年"m"月"d"日"', 'e"年"m"月"d"日"', "e/m/d", "e-mm-dd"]
if sys.argv[1] == "write":
    book = Workbook()
    book.active.append(["day"])
    for place, form in enumerate(FORMATS, start=2):
        book.active.append([dt.date(1977, 8, 15)])
        book.active.cell(place, 1).number_format = form
    book.save("days.xlsx")
else:
    with open("days.csv", encoding="utf-8") as lines:
        shown = [row[0] for row in csv.reader(lines)][1:]
    days = fastexcel.read_excel("days.xlsx").load_sheet(0).to_polars()["day"].to_list()
    for form, day, text in zip(FORMATS, days, shown, strict=True):
        print(f"{form:20} fastexcel {day:%Y-%m-%d} LibreOffice {text}")
    fine = all(f"{day:%Y-%m-%d}" == "1977-08-15" for day in days)
    sys.exit(0 if fine and shown == ["1977年8月15日", "737年6月1日", "737/6/1", "28352"] else 1)
PY
venv/bin/python days.py write
export HOME="$work" LANG=C.UTF-8 LC_ALL=C.UTF-8
"$soffice" --version
"$soffice" --headless "-env:UserInstallation=file://$work/profile" --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' days.xlsx >/dev/null 2>&1
venv/bin/python days.py read && echo "seen: a day of 1977 is a day of the year 737" || { echo "changed"; exit 1; }
