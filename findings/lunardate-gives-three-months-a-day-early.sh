#!/usr/bin/env bash
# lunardate 0.3.0, held against lunar-python 1.4.8, sxtwl 2.0.7, borax 4.1.3 and zhdate 0.1.
# Older people in China state their birthday by the lunar calendar, and registers hold it converted. Since 1929 that calendar is reckoned for 120° east, and its tables are
# settled, so one would expect converters to agree on every day of a living person's life. Four do, from 1930 to 2030. lunardate begins three months a day early: the
# sixth of 1933, the eleventh of 1954 and the eighth of 1978, whose new moons fell minutes after midnight. All 90 days of them are converted to another
# day, and the Mid-Autumn Festival of 1978 stands on 16 instead of 17 September. Nothing marks these days as doubtful.
# Hurts: whoever compares birth dates that two offices converted with two programs: people born in these months have two.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet lunardate==0.3.0 lunar-python==1.4.8 sxtwl==2.0.7 borax==4.1.3 zhdate==0.1
cat >days.py <<'PY'
import datetime as dt
import sys
import warnings
from collections import defaultdict

warnings.simplefilter("ignore")
import sxtwl
from borax.calendars.lunardate import LunarDate as Borax
from lunar_python import Solar
from lunardate import LunarDate
from zhdate import ZhDate


def readings(day: dt.date) -> dict[str, tuple[int, int, int]]:
    """Lunar year, month and day by each package."""
    early, borax = LunarDate.from_solar_date(day.year, day.month, day.day), Borax.from_solar_date(day.year, day.month, day.day)
    zh = ZhDate.from_datetime(dt.datetime(day.year, day.month, day.day))
    lunar, table = Solar.fromYmd(day.year, day.month, day.day).getLunar(), sxtwl.fromSolar(day.year, day.month, day.day)
    return {
        "lunardate": (early.year, early.month, early.day),
        "borax": (borax.year, borax.month, borax.day),
        "zhdate": (zh.lunar_year, zh.lunar_month, zh.lunar_day),
        "lunar-python": (lunar.getYear(), abs(lunar.getMonth()), lunar.getDay()),
        "sxtwl": (table.getLunarYear(), table.getLunarMonth(), table.getLunarDay()),
    }


alone = defaultdict(list)
day = dt.date(1930, 2, 1)
while day < dt.date(2030, 1, 1):
    found = readings(day)
    if len(set(found.values())) > 1:
        others = {name: value for name, value in found.items() if name != "lunardate"}
        alone["lunardate" if len(set(others.values())) == 1 else "several"].append(day)
    day += dt.timedelta(1)
own = alone["lunardate"]
starts = [day for day in own if day - dt.timedelta(1) not in own]
print("days on which lunardate stands alone:", len(own), "from", [str(day) for day in starts], "others among themselves:", len(alone["several"]))
print("Mid-Autumn Festival of 1978:", LunarDate(1978, 8, 15).to_solar_date(), "lunardate,", ZhDate(1978, 8, 15).to_datetime().date(), "zhdate")
expected = [dt.date(1933, 7, 22), dt.date(1954, 11, 25), dt.date(1978, 9, 2)]
sys.exit(0 if len(own) == 90 and starts == expected and not alone["several"] else 1)
PY
venv/bin/python days.py && echo "seen: three months begin a day early" || { echo "changed"; exit 1; }
