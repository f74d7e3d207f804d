"""A word means one thing: what a view in ``sql/scope/`` or ``contract/meanings.py`` says is spelt nowhere else."""

import re
from pathlib import Path

import pytest

from reconcile import query

ROOT = Path(__file__).parents[2]
HOMES = {"src/reconcile/contract/meanings.py"}
"""Beside ``sql/scope/``: the lists of values."""

_CANCELLED = re.compile(r"\bcancel(_kind|led_on)\b\W{0,3}\s*(IS\s+(NOT\s+)?NULL|\.is_(not_)?null\(\))", re.IGNORECASE)
_COUNTY = re.compile(r"\b(left|substr(ing)?)\(\s*(\w+\.)?\w*station_code\s*,", re.IGNORECASE)
_PROVEN = re.compile(r"""['"]valid['"]\s*,\s*['"]upgraded['"]|['"]upgraded['"]\s*,\s*['"]valid['"]""")
_TIERS = re.compile(r"""['"]A['"]\s*,\s*['"]B['"]\s*,\s*['"]C['"]""")
_IN_SCOPE = re.compile(r"\bIN\s*\(\s*SELECT\s+(\w+\.)?county_code\s+FROM\s+std\.station\b", re.IGNORECASE)
_NEWEST_ANSWER = re.compile(r"ORDER BY\s+(\w+\.)?(counts_from|verified_on) DESC,\s*(\w+\.)?load_id DESC,\s*(\w+\.)?(verified_on|verdict)")
SPELLINGS = {
    "cancelled: scope.registration": _CANCELLED,
    "county of a station: scope.registration, scope.event": _COUNTY,
    "number proven: $proven_states": _PROVEN,
    "tier on lists: tier <> 'D', LISTED_TIERS": _TIERS,
    "in scope: scope.county": _IN_SCOPE,
    "answer that counts: ops.newest_judgement, station_answer, pair_verdict": _NEWEST_ANSWER,
}
TRUE = {
    _CANCELLED: ("r.cancel_kind IS NULL", "cancelled_on is not null", 'pl.col("cancel_kind").is_null()'),
    _COUNTY: ("left(station_code, 6)", "LEFT(m.resettlement_station_code, 6)", "substr(x.station_code, 1, 6)"),
    _PROVEN: ("IN ('valid', 'upgraded')", '("upgraded", "valid")'),
    _TIERS: ("tier IN ('A', 'B', 'C')", '("A", "B", "C")'),
    _IN_SCOPE: ("code IN (SELECT station.county_code FROM std.station)",),
    _NEWEST_ANSWER: (
        "ORDER BY counts_from DESC, load_id DESC, verified_on DESC",
        "ORDER BY pair.verified_on DESC, pair.load_id DESC, pair.verdict ASC",
    ),
}
SAMPLE = ROOT / "src" / "reconcile" / "sample"
FILES = [
    *(path for path in sorted((ROOT / "sql").rglob("*.sql")) if path.parent.name != "scope"),
    *(path for path in sorted((ROOT / "src").rglob("*.py")) if SAMPLE not in path.parents),
]
"""The sample is the truth that the rules are measured against, so that it says everything in its own words."""


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_the_guard_knows_what_it_looks_for(spelling):
    assert all(spelling.search(text) for text in TRUE[spelling])
    assert not spelling.search("record.cancel_kind, left(origin_code, 6), 'valid', tier <> 'D', ORDER BY verified_on DESC")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_meaning_is_spelt_a_second_time(path):
    if str(path.relative_to(ROOT)) in HOMES:
        return
    text = path.read_text(encoding="utf-8")
    assert not [meaning for meaning, spelling in SPELLINGS.items() if spelling.search(text)]


@pytest.mark.parametrize("name", query.names("scope"))
def test_one_file_is_one_view_of_its_name_and_reads_nothing_later(name):
    """Files are run in the order of their names, and so are the views of a database that is exported and imported."""
    text = query.sql(name)
    (view,) = re.findall(r"CREATE OR REPLACE VIEW (\S+) AS", text)
    assert view.split(".")[1] == name.split("/")[1]
    assert f"COMMENT ON VIEW {view} IS" in text
    read = set(re.findall(r"\b(?:FROM|JOIN) ((?:find|link|ops|scope|stats)\.\w+)", text))
    assert not {table for table in read if table.startswith(("find.", "link.", "stats."))}
    assert all(table < view for table in read if f"scope/{table.split('.')[1]}" in query.names("scope"))
