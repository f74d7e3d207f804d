"""Every rule does what its cases say; a rule without a true case and a near miss is not finished."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from cases import AS_OF, KINDS, Case, create_link_tables, fill, load
from warehouses import undone

from reconcile.findings.raising import problems
from reconcile.findings.raising.rules import Rule, discover
from reconcile.settings import Settings
from reconcile.store import Store

FOLDER = Path(__file__).parent
RULES = {rule.finding_type: rule for rule in discover()}
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.md")) for case in load(path)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with Store(Settings(home=home, as_of=AS_OF, finding_key="spec")) as store:
        create_link_tables(store)
        yield store


@pytest.fixture
def store(warehouse):
    with undone(warehouse):
        yield warehouse


def found(store: Store, rule: Rule) -> set[tuple[str, str, str, str]]:
    raised, members = problems.raise_all(store, [rule])
    label = pl.concat_str("record_type", "record_key", separator=":")
    grouped = members.group_by("finding_id").agg(
        subjects=label.filter("is_subject").sort().str.join(" "), evidence=label.filter(~pl.col("is_subject")).sort().str.join(" ")
    )
    return set(raised.join(grouped, on="finding_id").select("variant", "tier", "subjects", "evidence").iter_rows())


@pytest.mark.parametrize(("finding_type", "case"), CASES, ids=[f"{name}: {case.title}" for name, case in CASES])
def test_a_rule_raises_exactly_what_its_case_says(store, finding_type, case: Case):
    fill(store, case.tables)
    expected = {
        (row["variant"], row["tier"], " ".join(sorted(row["subjects"].split())), " ".join(sorted(row.get("evidence", "").split())))
        for row in case.expected()
    }
    assert found(store, RULES[finding_type]) == expected


@pytest.mark.parametrize("finding_type", RULES)
def test_a_rule_has_a_true_case_and_a_near_miss(finding_type):
    kinds = [case.kind for name, case in CASES if name == finding_type]
    assert {"True case", "Near miss"} <= set(kinds)
    assert set(kinds) <= set(KINDS)


def test_every_spec_file_belongs_to_a_rule():
    assert {name for name, _ in CASES} <= set(RULES)


@pytest.mark.parametrize(("finding_type", "case"), CASES, ids=[f"{name}: {case.title}" for name, case in CASES])
def test_a_true_case_expects_findings_and_the_others_say_why_there_is_none(finding_type, case: Case):
    assert case.tables, f"{finding_type}: {case.title} has no rows"
    assert bool(case.expected()) == (case.kind == "True case")


@pytest.mark.parametrize("finding_type", RULES)
def test_every_variant_has_a_true_case(finding_type):
    stated = {row["variant"] for name, case in CASES if name == finding_type for row in case.expected()}
    assert stated == set(RULES[finding_type].reasons)
