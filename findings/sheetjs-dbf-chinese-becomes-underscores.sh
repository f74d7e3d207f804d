#!/usr/bin/env bash
# SheetJS (npm xlsx) 0.18.5, Node.js.
# A sheet with Chinese headings and cells, written as DBF with codepage 936, on Node, where the package brings its code pages along; such
# files are read as GBK. One would expect text in GBK, or an error. Every character of headings and cells becomes an underscore, and nothing is said, so that
# two headings of one length have one name: 姓名 and 性别 are both "__", and the names under them are gone.
# Hurts: offices that export to DBF in a browser or on Node, and whoever has to find the columns in what they send.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
cat >write.js <<'JS'
const XLSX = require("xlsx");
const sheet = XLSX.utils.aoa_to_sheet([["姓名", "性别"], ["甲乙", "女"]]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, "s");
const bytes = XLSX.write(book, { bookType: "dbf", type: "buffer", codepage: 936 });
const heading = at => bytes.subarray(32 * at, 32 * at + 11).toString("latin1").replace(/\0.*/, "");
const seen = [heading(1), heading(2)];
const cells = bytes.subarray(bytes.readUInt16LE(8));
console.log("xlsx", XLSX.version, "node", process.version);
console.log("headings", JSON.stringify(seen));
console.log("first row", cells.toString("hex").slice(0, 24), "GBK of 甲乙 is bcd7d2d2");
process.exit(seen[0] === "__" && seen[1] === "__" && !cells.includes(Buffer.from("bcd7d2d2", "hex")) ? 0 : 1);
JS
node write.js
