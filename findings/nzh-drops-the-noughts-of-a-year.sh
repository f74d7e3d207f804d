#!/usr/bin/env bash
# nzh 1.0.14 (npm, Chinese numerals and Arabic ones), held against cn2an 0.5.24 (PyPI); Node.js, Python 3.11.
# Older papers, gravestones and many forms of today write a year digit by digit, 一九七四年, and quantities as they are spoken, 两百零五户. decodeS() is to turn Chinese numerals into Arabic ones. Of 一九七四 it makes 1974, so one would expect
# 1980 of 一九八〇 and 2005 of 二〇〇五, or an error. The nought is taken for the silent one in 一百零五 and left out, wherever it stands: 198, 25, and 211 of 二〇一一 as of 二一一. A character that is not in its list is passed over as if it were not
# there, and 两, 廿 and 卅 are not in it: 两百零五 is 5, 两万三 and 廿三 are 3, and 两 alone is 0, as is 不详, not known. What comes is a number each time; nothing is said.
# Hurts: whoever makes years of birth or death, counts of children or days of the moon (十月廿三) of such papers: all who were born in a year without a nought are right, which is most years between 1911 and 1999, and so a trial
# with a few finds nothing; who was born in 1980 was born in 198. cn2an reads these, and refuses 卅一 and 不详.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts nzh@1.0.14 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cn2an==0.5.24
cat >by_nzh.js <<'JS'
const { cn } = require("nzh");
const expected = { 一九七四: 1974, 一九八〇: 198, 一九八零: 198, 二〇〇五: 25, 二〇一一: 211, 二一一: 211, 一百零五: 105, 二百零五: 205, 两百零五: 5, 两万三: 3, 廿三: 3, 卅一: 1, 两: 0, 不详: 0 };
console.log("nzh", JSON.parse(require("fs").readFileSync("node_modules/nzh/package.json", "utf8")).version);
const seen = Object.entries(expected).map(([text, number]) => {
  const found = cn.decodeS(text);
  console.log(" ", text, found);
  return found === number;
});
process.exit(seen.every(Boolean) ? 0 : 1);
JS
cat >by_cn2an.py <<'PY'
import sys
from importlib.metadata import version

import cn2an

expected = {"一九七四": 1974, "一九八〇": 1980, "一九八零": 1980, "二〇〇五": 2005, "二〇一一": 2011, "两百零五": 205, "两万三": 23000, "廿三": 23, "两": 2}
print("cn2an", version("cn2an"))
found = {text: cn2an.cn2an(text, "smart") for text in expected}
print(" ", found)
refused = []
for text in ("卅一", "不详"):
    try:
        cn2an.cn2an(text, "smart")
    except ValueError:
        refused.append(text)
print("  refused:", refused)
sys.exit(0 if found == expected and len(refused) == 2 else 1)
PY
node by_nzh.js && venv/bin/python by_cn2an.py && echo "seen: the noughts of a year are dropped, and what is not known counts as nothing" || { echo "changed"; exit 1; }
