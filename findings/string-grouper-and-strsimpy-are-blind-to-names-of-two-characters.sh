#!/usr/bin/env bash
# string_grouper 0.8.0 (scikit-learn 1.9.1, pandas 2.3.3) and strsimpy 0.2.1, Python 3.11.
# Both liken texts by the runs of characters that they share, and take runs of three unless told otherwise. A name of two characters, as millions in China have it, has no run of three, nor has Wu. One would
# expect equal names to be found, or an error. string_grouper gives equal names a similarity of 0.0, as of nothing in common: match_strings does not pair them, group_similar_strings makes a group of
# each. Of names of three characters it does the same, for before that it throws away whatever has no ASCII form (normalize_to_ascii, on by default). strsimpy's QGram goes the other way: the distance of
# any two names of two characters is 0, as of equal ones. Each says so as of a result like any other; that runs should be shorter (ngram_size=2, QGram(2)) one has to know.
# Hurts: whoever looks for people who stand twice in a register: with the one nobody of a short name does, with the other they all do.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check string_grouper==0.8.0 pandas==2.3.3 scikit-learn==1.9.1 strsimpy==0.2.1
cat >names.py <<'PY'
import sys
import warnings
from importlib.metadata import version

import pandas as pd

warnings.simplefilter("ignore")
from string_grouper import compute_pairwise_similarities, group_similar_strings, match_strings
from strsimpy.qgram import QGram

NAMES = ["王芳", "欧阳敏", "Wu", "Li Na"]
twice = pd.Series([name for name in NAMES for _ in range(2)])
print(*(f"{name} {version(name)}" for name in ("string-grouper", "strsimpy")))


def paired(**settings):
    """The names that are paired with themselves on the next row."""
    found = match_strings(twice, **settings)
    return [twice[left] for left, right in zip(found.left_index, found.right_index, strict=True) if left < right]


alike = compute_pairwise_similarities(pd.Series(NAMES), pd.Series(NAMES)).round(6).tolist()
print("of each name to itself:", dict(zip(NAMES, alike, strict=True)))
groups = group_similar_strings(twice)["group_rep_index"].nunique()
pairs = {"as it comes": paired(), "with Chinese kept": paired(normalize_to_ascii=False), "and runs of two": paired(normalize_to_ascii=False, ngram_size=2)}
print("groups of four names, each there twice:", groups)
for how, found in pairs.items():
    print(f"paired {how}: {found}")
distances = {(one, other): QGram().distance(one, other) for one, other in (("王芳", "王芳"), ("王芳", "李敏"), ("王芳", "Wu"), ("欧阳敏", "欧阳芳"))}
print("strsimpy, distances:", distances, "by runs of two:", QGram(2).distance("王芳", "李敏"))
blind = alike == [0, 0, 0, 1] and groups == 7
settings = list(pairs.values()) == [["Li Na"], ["欧阳敏", "Li Na"], NAMES]
same = list(distances.values()) == [0, 0, 0, 2] and QGram(2).distance("王芳", "李敏") == 2
sys.exit(0 if blind and settings and same else 1)
PY
venv/bin/python names.py && echo "seen: equal names have nothing in common, strangers nothing that differs" || { echo "changed"; exit 1; }
