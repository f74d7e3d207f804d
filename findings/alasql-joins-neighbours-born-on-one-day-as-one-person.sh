#!/usr/bin/env bash
# alasql 4.19.1 (npm, SQL over files and arrays), held against papaparse 5.7.1 (npm, with dynamicTyping); Node.js.
# A number of a Chinese identity card has eighteen digits, the last of them sometimes an X: the first fourteen are the county of the first registration and the birth date. One would expect SELECT … FROM CSV() to give
# the numbers that are in the file, in quotes above all, or an error. alasql makes a JavaScript number of whatever looks like one, and that has about sixteen digits: all who were born in one county on one day with
# neighbouring numbers have one number, 990101197408120000. A join over it finds each for the other, COUNT(DISTINCT) counts them once, and nothing is said. Who has an X stays himself, so the column is mixed.
# (Where the county's code is lower, fewer numbers fall together.) {raw: true} keeps texts; papaparse, asked to guess types, leaves what a number cannot hold.
# Hurts: whoever holds a register against a list of deaths in it: with the one who died, somebody who lives is dead, of the same place and the same day, so no look at the row makes one wonder.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --omit=optional --ignore-scripts alasql@4.19.1 papaparse@5.7.1 >/dev/null
cat >join.js <<'JS'
const { readFileSync, writeFileSync } = require("fs");
const assert = require("assert");
const alasql = require("alasql");
const papa = require("papaparse");
writeFileSync("people.csv", 'id,name\n"990101197408120018",Li Na\n"990101197408120034",Wang Fang\n"99010119740812019X",Zhao Min\n');
writeFileSync("deaths.csv", 'id,died\n"990101197408120034",2026-03-01\n');
const both = options => `FROM CSV("people.csv", ${options}) AS people JOIN CSV("deaths.csv", ${options}) AS deaths ON people.id = deaths.id`;
(async () => {
  console.log("alasql", JSON.parse(readFileSync("node_modules/alasql/package.json")).version);
  const dead = (await alasql.promise(`SELECT people.name ${both("{headers: true}")}`)).map(row => row.name);
  const raw = (await alasql.promise(`SELECT people.name ${both("{headers: true, raw: true}")}`)).map(row => row.name);
  const ids = (await alasql.promise('SELECT id FROM CSV("people.csv", {headers: true})')).map(row => row.id);
  const [counted] = await alasql.promise('SELECT COUNT(DISTINCT id) AS people FROM CSV("people.csv", {headers: true})');
  const others = papa.parse(readFileSync("people.csv", "utf8").trim(), { header: true, dynamicTyping: true }).data.map(row => row.id);
  console.log("one death, dead are", dead, "with raw", raw);
  console.log("numbers", ids, "of papaparse", others, "people of three:", counted.people);
  assert.deepStrictEqual(dead, ["Li Na", "Wang Fang"]);
  assert.deepStrictEqual(raw, ["Wang Fang"]);
  assert.deepStrictEqual(ids, [990101197408120000, 990101197408120000, "99010119740812019X"]);
  assert.deepStrictEqual(others, ["990101197408120018", "990101197408120034", "99010119740812019X"]);
  assert.strictEqual(counted.people, 2);
})().catch(error => { console.error(error.message); process.exit(1); });
JS
node join.js && echo "seen: two people have one number" || { echo "changed"; exit 1; }
