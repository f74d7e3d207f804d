#!/usr/bin/env bash
# csvkit 2.2.0 with agate 1.14.2 and parsedatetime 2.6, Python 3.11.
# Sun (孙) is one of the commonest surnames, and its rows come together wherever a register is cut by surname, family or village. One would expect tools that sort, join or convert such a file to leave a column of
# texts alone. csvkit guesses types: a column is one of dates when each of its values can be a date, and Sun can, as Sunday. csvsort, csvjoin, in2csv and csvjson write 0001-01-07 for every Sun, say nothing and
# end with 0. With one Wang in the file all stay who they are, so a trial with the whole register finds nothing. April, May and June as the given names in a file are days of the year 1 as well, and 08-12, the
# birthday of somebody whose year is not known, is one of 2001. To know the form of dates (--date-format) does not help: then Sun is the next Sunday, another one each week. -I, no guessing, does.
# Hurts: whoever cuts a register by surname and works on the parts: a whole family has lost its name, and that without a line that tells.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 parsedatetime==2.6
cat >tools.py <<'PY'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

Path("sun.csv").write_text("surname,given\nSun,Li\nSun,Min\n")
Path("all.csv").write_text("surname,given\nSun,Li\nSun,Min\nWang,Fang\n")
Path("given.csv").write_text("given,house\nApril,3\nMay,1\nJune,2\n")
Path("born.csv").write_text("name,born\nAnna,08-12\nBerta,11-30\n")
Path("live.csv").write_text("given,lives\nLi,East\nMin,West\n")


def rows(*command):
    run = subprocess.run([f"venv/bin/{command[0]}", *command[1:]], capture_output=True, text=True, check=True)
    print(*command, "->", run.stdout.split(), *run.stderr.split("\n"))
    return run.stdout.split()[1:]


print(*(f"{name} {version(name)}" for name in ("csvkit", "agate", "parsedatetime")))
made = ["0001-01-07,Li", "0001-01-07,Min"]
days = rows("csvsort", "-c", "given", "sun.csv") == rows("in2csv", "sun.csv") == made
days &= rows("csvjoin", "-c", "given", "sun.csv", "live.csv") == ["0001-01-07,Li,East", "0001-01-07,Min,West"]
days &= rows("csvjson", "sun.csv").count('"0001-01-07",') == 2
days &= rows("csvsort", "-c", "house", "given.csv") == ["0001-05-01,1", "0001-06-01,2", "0001-04-01,3"]
days &= rows("csvsort", "-c", "name", "born.csv") == ["Anna,2001-08-12", "Berta,2001-11-30"]
form = rows("csvsort", "--date-format", "%Y-%m-%d", "-c", "given", "sun.csv")
days &= all(row.startswith("20") and row.split(",")[0].endswith("T00:00:00") for row in form)
kept = rows("csvsort", "-c", "given", "all.csv") == ["Wang,Fang", "Sun,Li", "Sun,Min"]
kept &= rows("csvsort", "-I", "-c", "given", "sun.csv") == ["Sun,Li", "Sun,Min"]
sys.exit(0 if days and kept else 1)
PY
venv/bin/python tools.py && echo "seen: a family has a day for its name" || { echo "changed"; exit 1; }
