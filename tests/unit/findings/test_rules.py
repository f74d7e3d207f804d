"""Rule files: found, checked, and bound to empty tables before anything is run."""

from __future__ import annotations

import re

import polars as pl
import pytest

from reconcile import identity
from reconcile.errors import UsageError
from reconcile.findings.raising import problems, rules
from reconcile.findings.raising.rules import discover, parse

TYPES = dict.fromkeys(rules.COLUMNS, pl.String) | {"confidence": pl.Float64}
FACTS = (pl.String, pl.Date, pl.Int32, pl.Int64)
RULES = discover()
GIVEN_OUT = {
    "activity_after_death": "A",
    "birth_certificate_reused": "R",
    "birth_not_registered": "B",
    "birth_without_certificate": "C",
    "cancellation_without_evidence": "W",
    "death_date_conflict": "T",
    "death_evidence_conflict": "E",
    "death_not_cancelled": "X",
    "death_of_unregistered_person": "P",
    "detail_conflict": "F",
    "duplicate_registration": "D",
    "household_head_invalid": "H",
    "implausible_age": "G",
    "kinship_conflict": "K",
    "move_date_conflict": "Y",
    "move_in_origin_active": "V",
    "move_in_unmatched": "J",
    "move_out_not_landed": "M",
    "number_conflict": "Q",
    "number_invalid": "N",
    "relocated_not_settled": "Z",
    "shared_number": "S",
}
HEADER = """/*
letter = "D"
chinese = "重复户口"
sentence = "Two registrations of one person."
why = "Counted twice."
law = "CONTRACT"
agency = ["police"]
priority = 2
suggestion = "请核实。"
reasons = { only = "理由" }
*/
SELECT 'p' AS problem
"""


def test_the_types_of_this_version_are_there():
    assert {rule.finding_type for rule in RULES} >= {
        "duplicate_registration",
        "shared_number",
        "death_not_cancelled",
        "death_evidence_conflict",
        "number_invalid",
        "number_conflict",
    }


def test_letters_given_out_stay_with_their_type():
    """Numbers on lists that are with stations begin with them."""
    assert {rule.finding_type: rule.letter for rule in RULES}.items() >= GIVEN_OUT.items()


@pytest.mark.parametrize("character", "23456789")
def test_eight_more_types_can_be_declared(character):
    rule = parse("invented", HEADER.replace('letter = "D"', f'letter = "{character}"'))
    number = identity.finding_id(b"key of the test", rule.letter, rule.finding_type, ["police_resident:R1"])
    assert number[0] == character
    assert identity.is_valid(number)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.finding_type)
def test_a_rule_binds_to_empty_tables_and_gives_the_declared_columns(store, rule):
    rows = problems.rows_of(store, rule)
    assert rows.is_empty()
    assert {name: rows.schema[name] for name in rules.COLUMNS} == TYPES
    assert all(rows.schema[name] in FACTS for name in rows.columns[len(rules.COLUMNS) :])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.finding_type)
def test_a_suggestion_asks_to_check_and_orders_nothing(rule):
    assert re.search(r"核实|核对", rule.suggestion)
    assert not re.search(r"注销|删除|合并|销户", rule.suggestion)
    assert rule.suggestion.endswith("。")
    assert all(template.endswith("。") for template in rule.reasons.values())


def test_a_good_header_is_read():
    rule = parse("duplicate_registration", HEADER)
    assert (rule.letter, rule.reasons, rule.select) == ("D", {"only": "理由"}, "SELECT 'p' AS problem")


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (HEADER.replace("/*", "-- "), "does not begin"),
        (HEADER.replace('letter = "D"', "letter = D"), "shared_number.sql"),
        (HEADER.replace('letter = "D"', 'letter = "O"'), "letter 'O'"),
        (HEADER.replace('letter = "D"', 'letter = "1"'), "letter '1'"),
        (HEADER.replace("priority = 2", "priority = 0"), "priority"),
        (HEADER.replace("priority = 2", ""), "priority"),
        (HEADER.replace("law =", "rule ="), "rule"),
        (HEADER.replace("'p'", "$death_grace_days"), "death_grace_days"),
        (HEADER.replace("priority = 2", 'priority = 2\nparameters = ["death_grace_days"]'), "death_grace_days"),
        (HEADER + ";SELECT 1", "2 statements"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(wrong, part):
    with pytest.raises(UsageError, match=r"shared_number\.sql") as caught:
        parse("shared_number", wrong)
    assert part in str(caught.value)


def test_two_rules_may_not_share_a_letter(monkeypatch):
    monkeypatch.setattr(rules.query, "names", lambda _: ["findings/one", "findings/two"])
    monkeypatch.setattr(rules.query, "sql", lambda _: HEADER)
    with pytest.raises(UsageError, match="letter D belongs to one"):
        discover()


def test_a_select_without_a_column_or_a_fact_is_refused(store):
    with pytest.raises(UsageError, match="select problem"):
        problems.rows_of(store, parse("shared_number", HEADER))
    columns = ", ".join(f"'x' AS {name}" for name in rules.COLUMNS)
    with pytest.raises(UsageError, match="died_on"):
        problems.rows_of(store, parse("shared_number", HEADER.replace("'p' AS problem", columns).replace("理由", "{died_on}")))
