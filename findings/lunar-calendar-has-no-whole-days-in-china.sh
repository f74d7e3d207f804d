#!/usr/bin/env bash
# lunar-calendar 0.1.4 (npm), held against tyme4ts 1.5.2; Node.js.
# Converts a day to the lunar calendar of China and is called with year, month and day, so one would expect its answer not to depend on where it runs. It counts the days between two
# local midnights and divides by 24 hours. China's clocks were moved in summer from 1940 to 1949 and from 1986 to 1991: on 1,927 days of a hundred years the answer is an hour off, and the day of the
# month is a number like 17.958333333333343. Where the month begins, the 30.958th day of the month before comes, of a month that had 29 or 30; the name of the
# day is undefined. With the clock of a server at universal time all is whole, so a test there, or in Urumqi's zone, finds nothing: it goes wrong in China alone.
# Hurts: whoever shows or stores the lunar birthday of people born in those summers; cut to a whole number it is a day early, and for who was born on a first, a month.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund lunar-calendar@0.1.4 tyme4ts@1.5.2 >/dev/null
cat >days.js <<'JS'
const { solarToLunar } = require("lunar-calendar");
const { SolarDay } = require("tyme4ts");
const seen = { days: 0, broken: 0, first: null, last: null };
for (let moment = Date.UTC(1930, 1, 1); moment < Date.UTC(2030, 0, 1); moment += 864e5) {
  const at = new Date(moment);
  const day = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  seen.days += 1;
  if (!Number.isInteger(solarToLunar(...day).lunarDay)) {
    seen.broken += 1;
    seen.first = seen.first || day.join("-");
    seen.last = day.join("-");
  }
}
const first = [1988, 7, 14];
const told = solarToLunar(...first);
const other = SolarDay.fromYmd(...first).getLunarDay();
console.log(process.env.TZ, JSON.stringify(seen), first.join("-"), "is", told.lunarMonth, told.lunarDay, told.lunarDayName, "by tyme4ts", other.getMonth(), other.getDay());
const china = process.env.TZ === "Asia/Shanghai";
const wrong = told.lunarMonth === 5 && told.lunarDay > 30 && told.lunarDayName === undefined;
const right = told.lunarMonth === 6 && told.lunarDay === 1;
const fine = other.getMonth() === 6 && other.getDay() === 1;
process.exit(fine && (china ? wrong && seen.broken > 1500 : right && seen.broken === 0) ? 0 : 1);
JS
{ TZ=UTC node days.js && TZ=Asia/Urumqi node days.js && TZ=Asia/Shanghai node days.js; } && echo "seen: days of a fraction, in China's own time zone only" || { echo "changed"; exit 1; }
