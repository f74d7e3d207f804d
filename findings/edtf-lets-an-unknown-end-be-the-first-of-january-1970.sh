#!/usr/bin/env bash
# edtf 4.11.1 (npm, Extended Date/Time Format of ISO 8601-2); Node.js.
# Since when somebody lives at a place is often known, and until when not: 1985/ is such a span in EDTF (level 1, unknown end), 1985/.. one that is still open. One would expect covers() to answer for both whatever
# can be said, or for the unknown to refuse: of 1985/ and the year 1990 that it may be so. The open one covers 1990. The unknown one covers no year at all: its max is null, which JavaScript compares as nought, and
# nought is the 1st of January 1970. So 1960/ covers 1965 and not 1975, and /1985, with an unknown start, covers 1975 and not 1965. Nothing is raised.
# Hurts: whoever asks who lived in a village in a year, or whose life can have met whose: the answer depends on which side of 1970 the year lies, and looks right for each old register one tries it with.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund edtf@4.11.1 >/dev/null
cat >spans.mjs <<'JS'
import assert from "node:assert";
import { readFileSync } from "node:fs";
import edtf from "edtf";
console.log("edtf", JSON.parse(readFileSync("node_modules/edtf/package.json")).version);
const years = ["1965", "1969", "1970", "1975", "1990"];
const seen = {};
for (const span of ["1960/", "1985/", "/1985", "1960/..", "1985/..", "1960/1995"]) {
  seen[span] = years.filter(year => edtf(span).covers(edtf(year)));
  console.log(span, "min", edtf(span).min, "max", edtf(span).max, "covers", seen[span]);
}
assert.deepStrictEqual(seen, {
  "1960/": ["1965", "1969"],
  "1985/": [],
  "/1985": ["1970", "1975"],
  "1960/..": years,
  "1985/..": ["1990"],
  "1960/1995": years,
});
assert.strictEqual(edtf("1960/").max, null);
JS
node spans.mjs && echo "seen: an unknown end is 1970" || { echo "changed"; exit 1; }
