#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.26.1 (npm), held against rrule 2.8.1 (npm), vobject 0.9.9 (PyPI) and the lunar days of tyme4ts 1.5.2 (npm); Node.js, Python 3.11.
# Calendars hold a birthday by the lunar calendar as a rule that names it: RRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=5 is the fifth of the eighth lunar month, each year another day of September or October (RFC 7529,
# where RSCALE stands first). One would expect a program that does not know lunar months to refuse the rule, as rrule and vobject do, or to repeat nothing. ical.js passes over RSCALE and counts months of the sun: the birthday is on 5 August of each
# year, a month or more early, and without BYMONTH on the day of the sun of the first year. A leap month, BYMONTH=6L, becomes 6, also in what it writes back: that file is another one then. node-ical
# cuts off what stands before FREQ and so makes the same rule of it; with RSCALE behind FREQ it refuses. Nothing is said.
# Hurts: whoever takes days of birth or of mourning from a calendar to compare them with a register: of each who keeps his birthday by the moon there is a well-formed day, on which he was not born. Look for RSCALE= in the text before
# giving it to either.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 node-ical@0.26.1 rrule-temporal@2.2.8 rrule@2.8.1 tyme4ts@1.5.2 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check vobject==0.9.9 python-dateutil
cat >birthdays.js <<'JS'
const { readFileSync, writeFileSync } = require("fs");
const ical = require("ical.js");
const ICAL = ical.default ?? ical;
const node = require("node-ical");
const { rrulestr } = require("rrule");
const { LunarDay } = require("tyme4ts");
for (const name of ["ical.js", "node-ical", "rrule", "tyme4ts"]) console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version);
const write = (start, rule) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//register//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", `DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`, "SUMMARY:birthday", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
const byIcal = text => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const days = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).iterator();
  return { days: [1, 2, 3].map(() => days.next().toString()), rule: /RRULE:(.*?)\r?\n/.exec(calendar.toString())[1] };
};
const byNode = text => Object.values(node.sync.parseICS(text)).find(part => part.type === "VEVENT").rrule.all((day, count) => count < 3).map(day => day.toISOString().slice(0, 10));
const refused = read => { try { read(); return false; } catch { return true; } };
const fifth = write("19780907", "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=5");
const plain = write("19780907", "RSCALE=CHINESE;FREQ=YEARLY");
const leap = write("19870730", "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=6L;BYMONTHDAY=5;SKIP=BACKWARD");
const lunar = [1979, 1980, 1981].map(year => LunarDay.fromYmd(year, 8, 5).getSolarDay().toString());
console.log("fifth of the eighth lunar month:", lunar.join(" "));
const first = byIcal(fifth), second = byIcal(plain), third = byIcal(leap);
console.log("ical.js:", first.days.join(" "), "| without BYMONTH:", second.days.join(" "), "| a leap month is written back as", third.rule);
console.log("node-ical:", byNode(fifth).join(" "), "| without BYMONTH:", byNode(plain).join(" "));
const behind = refused(() => byNode(write("19780907", "FREQ=YEARLY;RSCALE=CHINESE")));
const other = refused(() => rrulestr("DTSTART:19780907T000000Z\nRRULE:RSCALE=CHINESE;FREQ=YEARLY"));
console.log("refused by node-ical with RSCALE behind FREQ:", behind, "| by rrule:", other);
writeFileSync("birthday.ics", plain);
const august = ["1979-08-05", "1980-08-05", "1981-08-05"].join(), september = ["1978-09-07", "1979-09-07", "1980-09-07"].join();
const same = [first.days.join(), byNode(fifth).join()].every(days => days === august) && [second.days.join(), byNode(plain).join()].every(days => days === september);
process.exit(same && third.rule.includes("BYMONTH=6;") && behind && other && lunar.join() === "1979年9月25日,1980年9月13日,1981年9月2日" ? 0 : 1);
JS
cat >refuses.py <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

import vobject

try:
    rules = vobject.readOne(Path("birthday.ics").read_text()).vevent.getrruleset()
except ValueError as error:
    print("vobject", version("vobject"), "refuses:", error)
    sys.exit(0)
print("vobject", version("vobject"), rules)
sys.exit(1)
PY
TZ=UTC node birthdays.js && venv/bin/python refuses.py && echo "seen: lunar birthdays are repeated by the sun" || { echo "changed"; exit 1; }
