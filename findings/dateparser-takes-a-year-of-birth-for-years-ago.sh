#!/usr/bin/env bash
# dateparser 1.5.0, Python 3.11.
# Of the old and of the dead a register often states the year alone, 1974年. One would expect the year 1974, with the day filled in as the package's settings
# say: that is what comes of "1974" and, with a month, of 1974年8月. With 年 alone the text is taken for a span, 1974 years before today, in the year 52 or thereabouts: a date like
# any other, which changes with the day on which it is read. In Japanese it is the same, and asking for the year (REQUIRE_PARTS=["year"]) does not stop it: the span is said to state one.
# Hurts: whoever reads dates of Chinese forms with it. A check that a birth is not in the future lets them through, and people are 1,974 years old.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0
cat >years.py <<'PY'
import sys
from datetime import date
from importlib.metadata import version

import dateparser

print("dateparser", version("dateparser"))
this_year = date.today().year
years = {}
for text in ("1974", "1974年8月", "1974年8月15日", "1974年", "1938年", "2001年"):
    years[text] = dateparser.parse(text, languages=["zh"]).year
    print(text, "is read as the year", years[text])
strict = dateparser.parse("1974年", languages=["zh"], settings={"REQUIRE_PARTS": ["year"]})
japanese = dateparser.parse("1974年", languages=["ja"])
print("with the year required:", strict.year, "in Japanese:", japanese.year)
with_more = all(years[text] == 1974 for text in ("1974", "1974年8月", "1974年8月15日"))
alone = all(abs(years[text] - (this_year - int(text[:4]))) <= 1 for text in ("1974年", "1938年", "2001年"))
sys.exit(0 if with_more and alone and strict.year == japanese.year < 1000 else 1)
PY
venv/bin/python years.py 2>/dev/null && echo "seen: a year of birth is that many years ago" || { echo "changed"; exit 1; }
