#!/usr/bin/env bash
# jionlp 1.5.31, Python 3.11; the lunar days held against lunar-python 1.4.8.
# Older people state their birthday by the lunar calendar, and a form says so: 农历1978年八月初五. parse_time reads that as the lunar day, 7 September 1978, also without the
# word 农历, and knows leap months and festivals. One would expect the other days of the same month to be read alike. Only those are that no calendar but the lunar one writes so, with 初 or 廿:
# of 农历1978年八月十五 the whole month comes, 3 September to 1 October, and with 日 behind it, 八月十五日, the word 农历 is passed over and the day is 15 August 1978, one of the sun. So it is
# from 十一 to 二十. Each is called an accurate point in time. Without a year (农历八月十五) the lunar day is found again.
# Hurts: whoever reads birthdays of the old or of the countryside with it: two thirds are right, which is what a look at the results finds, and a third is weeks early.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jionlp==1.5.31 lunar-python==1.4.8
cat >days.py <<'PY'
import contextlib
import io
import sys
from importlib.metadata import version

with contextlib.redirect_stdout(io.StringIO()):
    import jionlp
from lunar_python import Lunar

DAYS = "初一 初二 初三 初四 初五 初六 初七 初八 初九 初十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 廿一 廿二 廿三 廿四 廿五 廿六 廿七 廿八 廿九".split()
BASE = {"year": 2026, "month": 11, "day": 21}


def read(text):
    """First and last day of what is read, and how sure it is; None where it is refused."""
    try:
        found = jionlp.parse_time(text, time_base=BASE)
    except ValueError:
        return None
    return found["time"][0][:10], found["time"][1][:10], found["definition"]


print("jionlp", version("jionlp"))
for text in ("农历1978年八月初五", "农历1978年八月十五", "农历1978年八月十五日", "农历八月十五"):
    print(text, read(text))
right = {"": 0, "日": 0}
for ending in right:
    kinds = []
    for number, day in enumerate(DAYS, 1):
        solar = Lunar.fromYmd(1978, 8, number).getSolar().toYmd()
        found = read(f"农历1978年八月{day}{ending}")
        is_right = found is not None and found[:2] == (solar, solar)
        right[ending] += is_right
        kinds.append(f"{day} {'right' if is_right else found and '/'.join(found[:2])}")
    print(f"29 days, ending {ending!r}: {right[ending]} right;", ", ".join(kinds[8:21:4]))
seen = read("农历1978年八月初五") == ("1978-09-07", "1978-09-07", "accurate")
seen = seen and read("农历1978年八月十五") == ("1978-09-03", "1978-10-01", "accurate")
seen = seen and read("农历1978年八月十五日") == ("1978-08-15", "1978-08-15", "accurate")
sys.exit(0 if seen and right == {"": 19, "日": 19} else 1)
PY
venv/bin/python days.py 2>/dev/null && echo "seen: a lunar day is read as one of the sun" || { echo "changed"; exit 1; }
