#!/usr/bin/env bash
# csvkit 2.2.0 (agate 1.14.2), Python 3.11.
# Registers that leave China, and lists for foreign offices, have names in pinyin, and 娜, Na, is among the commonest given names of women. One would expect a tool that sorts or joins a CSV to leave
# its texts alone: csvcut, csvgrep and csvstack do. csvsort, csvjoin, csvjson and csvsql empty every cell that is Na, in whatever case, quoted or not; None, N/A and a dot as well. The manual says so under
# the option that turns it off, --blanks; it is on by default, no message tells how many cells went, and --no-inference, which sounds like it, does not help. The second half of the surprise: an emptied
# cell is a value to csvjoin, which joins all empty ones to each other: each Na to every person without a name.
# Hurts: whoever sorts such a list before he compares it: Li Na and Ma Na have a surname only, no rule for missing names asks about them, since the register has them, and joined by name they are one.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
printf 'surname,given\nLi,Na\nWang,Fang\nMa,"NA"\n' >people.csv
printf 'given,died\nFang,2026-01-02\n,2026-03-04\n' >deaths.csv
printf 'surname,given\nLi,\nMa,\nWang,Fang\n' >emptied.csv
printf 'surname,given\nLi,Na\nMa,NA\nWang,Fang\n' >kept.csv
printf 'surname,given,died\nLi,,2026-03-04\nWang,Fang,2026-01-02\nMa,,2026-03-04\n' >joined.csv
venv/bin/csvsort -c surname people.csv >sorted.csv
venv/bin/csvsort --no-inference -c surname people.csv >uninferred.csv
venv/bin/csvsort --blanks -c surname people.csv >blanks.csv
venv/bin/csvcut people.csv | sort >cut.csv
venv/bin/csvjoin -c given people.csv deaths.csv >met.csv
for file in sorted uninferred blanks met; do
    echo "$file:"
    cat "$file.csv"
done
sed -e 's/"NA"/NA/' people.csv | sort >given.csv
same() { cmp -s "$1" "$2" || { echo "changed: $1"; exit 1; }; }
same sorted.csv emptied.csv
same uninferred.csv emptied.csv
same blanks.csv kept.csv
same cut.csv given.csv
same met.csv joined.csv
echo "seen: nobody is called Na, and both met the death of somebody without a name"
