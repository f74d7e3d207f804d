#!/usr/bin/env bash
# splink 5.0.0 with its DuckDB backend, duckdb 1.5.5, rapidfuzz 3.14.6, Python 3.11.
# NameComparison asks whether two names are alike by Jaro-Winkler, LevenshteinAtThresholds by the number of changed characters. One would expect two names of two characters of which one differs
# to be alike to the same degree, whichever character it is. DuckDB compares the bytes of UTF-8, three to a Chinese character, the first two shared by neighbours in
# the code, which is sorted by radical and strokes: so the answer tells how near the two signs stand in the code. 王芳/王芬 are at the highest level below equality, one
# change apart; 王芳/王霞 are "all others", three changes apart; to rapidfuzz both are the same. 李建国/李建军, two brothers' names, are as alike as a slip of the pen.
# Hurts: whoever links Chinese names with the thresholds that come with it: signs of one radical, 芳 芬 or 娜 姗, favoured for the names of sisters, count as a misspelling of each
# other, and true misspellings by sound, 芳/方, as other names.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check splink==5.0.0 rapidfuzz==3.14.6 duckdb==1.5.5 pandas==2.3.3
cat >levels.py <<'PY'
import logging
import sys
from importlib.metadata import version

import pandas as pd
import splink.comparison_library as cl
from rapidfuzz.distance import JaroWinkler, Levenshtein
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

logging.disable(logging.CRITICAL)
PAIRS = [("王芳", "王芬"), ("王芳", "王方"), ("王芳", "王霞"), ("李建国", "李建军"), ("李建国", "李建霞")]
people = pd.DataFrame(
    [{"unique_id": 2 * pair + side, "pair": pair, "name": name, "same": name} for pair, both in enumerate(PAIRS) for side, name in enumerate(both)]
)
backend = DuckDBAPI()
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[cl.NameComparison("name"), cl.LevenshteinAtThresholds("same", [1, 2])],
    blocking_rules_to_generate_predictions=[block_on("pair")],
    probability_two_random_records_match=0.1,
    retain_intermediate_calculation_columns=True,
)
found = Linker(backend.register(people), settings).inference.predict().as_pandas_dataframe().set_index(["name_l", "name_r"])
print(*(f"{name} {version(name)}" for name in ("splink", "duckdb", "rapidfuzz")))
seen = {}
for pair in PAIRS:
    name, changes = (int(found.loc[pair, column]) for column in ("gamma_name", "gamma_same"))
    by_characters = round(JaroWinkler.similarity(*pair), 2), Levenshtein.distance(*pair)
    seen[pair] = name, changes, *by_characters
    print(f"{pair[0]} {pair[1]} level of the name {name} of 4, of the changes {changes} of 3; by characters {by_characters[0]} alike, {by_characters[1]} change")
two, three = seen[PAIRS[0]][2:], seen[PAIRS[3]][2:]
same = all(seen[pair][2:] == (two if len(pair[0]) == 2 else three) for pair in PAIRS)
sys.exit(0 if same and [seen[pair][:2] for pair in PAIRS] == [(3, 2), (0, 0), (0, 0), (3, 1), (1, 0)] else 1)
PY
venv/bin/python levels.py && echo "seen: one changed character is everything from a slip to another name" || { echo "changed"; exit 1; }
