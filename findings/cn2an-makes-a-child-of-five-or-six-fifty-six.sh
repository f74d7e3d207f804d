#!/usr/bin/env bash
# cn2an 0.5.24 (PyPI, Chinese numerals and Arabic ones), Python 3.11.
# Of whom the age is not known exactly, a report says 五六岁, five or six years old, or 七八岁; that is ordinary Chinese. transform() is the package's function for whole sentences. One would expect it to leave such
# words as they are and warn, as it does with 十七八岁 and 三四十岁, or to give both ages. It puts the two digits side by side: 五六岁 is 56岁, 七八岁 78岁, and two or three days ago, 两三天前, is 23天前. A name goes the
# same way: 张三丰 becomes 张3丰, 王五 王5, and the county 三原县 3原县. In the other direction the number of a telephone or of a patient is read as a quantity: the noughts in front are gone, and the hyphen of
# 010-62345678 is a minus. Of all these it says nothing.
# Hurts: whoever evens out free text, notes of the police, of a doctor or of an address, before taking ages and house numbers from it: the lost child is a grown-up of fifty-six, as good an age as any other.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cn2an==0.5.24
cat >texts.py <<'PY'
import sys
import warnings
from importlib.metadata import version

import cn2an

SEEN = {
    "cn2an": {
        "走失女童，约五六岁": "走失女童，约56岁",
        "七八岁": "78岁",
        "两三天前": "23天前",
        "十七八岁": "十七八岁",
        "三四十岁": "三四十岁",
        "五十六岁": "56岁",
        "张三丰，二十四岁": "张3丰，24岁",
        "王五": "王5",
        "三原县": "3原县",
    },
    "an2cn": {"010-62345678": "十负六千二百三十四万五千六百七十八", "住院号00123": "住院号一百二十三", "2005年5月8日": "二零零五年五月八日"},
}
print("cn2an", version("cn2an"))
fine = True
for way, texts in SEEN.items():
    for text, expected in texts.items():
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            made = cn2an.transform(text, way)
        print(f"{way}: {text} -> {made}, warnings: {len(said)}")
        fine &= made == expected and bool(said) == (text in ("十七八岁", "三四十岁"))
sys.exit(0 if fine else 1)
PY
venv/bin/python texts.py && echo "seen: five or six is fifty-six" || { echo "changed"; exit 1; }
