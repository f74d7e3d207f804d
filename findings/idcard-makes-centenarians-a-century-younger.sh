#!/usr/bin/env bash
# idcard 4.2.0 (npm, numbers of Chinese identity cards); Node.js.
# Numbers of fifteen digits, given until 1999 and still on the records of who died or left before, have two digits for the year of birth. The standard (GB 11643-1989) kept the orders 996 to 999 for those
# of a hundred years and more: 850815 with 998 is the year 1885. Since that is their whole purpose, one would expect a function that makes eighteen digits of fifteen to know them, or to refuse them. upgrade15To18 puts 19
# before every year, 1985, and says that it succeeded; the check character is right, so nothing later can find it. It does the same with a month 13: success again.
# Hurts: whoever brings old records to the new form before comparing: a centenarian of the eighties is a person in the best years, of whom no register knows, or another person's namesake.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund idcard@4.2.0 >/dev/null
cat >numbers.js <<'JS'
const idcard = require("idcard");
const { version } = require("idcard/package.json");
console.log("idcard", version);
const years = ["996", "997", "998", "999", "000"].map(order => {
  const { code, card } = idcard.upgrade15To18(`522701850815${order}`);
  const told = idcard.info(card);
  console.log(`850815 with ${order}: code ${code}, born ${card.slice(6, 14)}, valid ${told.valid}, age ${told.age}`);
  return code === 0 && told.valid && card.slice(6, 10) === "1985";
});
const thirteen = idcard.upgrade15To18("522701851315000");
console.log("month 13: code", thirteen.code, thirteen.card.slice(6, 14), "valid", idcard.verify(thirteen.card));
process.exit(years.every(Boolean) && thirteen.code === 0 && !idcard.verify(thirteen.card) ? 0 : 1);
JS
node numbers.js && echo "seen: a centenarian becomes a person of 1985" || { echo "changed"; exit 1; }
