"""One problem, one finding: every declared pair, on rows for which both types would speak."""

import polars as pl
import pytest
from cases import fill

from reconcile.findings.raising import precedence, problems
from reconcile.findings.raising.precedence import PRECEDENCES
from reconcile.findings.raising.rules import discover

RULES = {rule.finding_type: rule for rule in discover()}
NUMBER = "990101199001010019"
ELDER = "990101199801010013"
DEATH = {
    "std.health_death": [{"death_cert_no": "H1"}],
    "link.death": [{"death_id": "H1", "health_key": "H1", "registration_id": "R1", "death_date": "2026-05-03"}],
}
OLD = {"registration_id": "R1", "birth_date": "1914-03-04"}
CARD = {"registration_id": "R1", "kind": "id_card", "activity_on": "2026-06-01", "record_type": "police_resident", "record_key": "R1"}
ROLL = {"std.relocation_roll": [{"roll_no": "Q1"}], "link.relocation": [{"roll_no": "Q1", "person_id": "R1"}]}
ONE_PERSON = {
    "link.person": [{"registration_id": key, "person_id": "R1"} for key in ("R1", "R2")],
    "link.registration_pair": [{"left_key": "R1", "right_key": "R2"}],
}


def head(key):
    return {"registration_id": key, "household_kind": "1", "relation_to_head": "02"}


CASES = {
    ("activity_after_death", "death_not_cancelled"): {"std.police_resident": [{"registration_id": "R1"}], **DEATH, "link.activity": [CARD]},
    ("death_not_cancelled", "relocated_not_settled"): {"std.police_resident": [{"registration_id": "R1"}], **DEATH, **ROLL},
    ("death_not_cancelled", "implausible_age"): {"std.police_resident": [OLD], **DEATH},
    ("number_conflict", "implausible_age"): {"std.police_resident": [OLD | {"citizen_id": NUMBER}]},
    ("number_conflict", "kinship_conflict"): {
        "std.police_resident": [{"registration_id": "R1", "birth_date": "2001-01-01", "citizen_id": NUMBER, "mother_id": ELDER}]
    },
    ("duplicate_registration", "household_head_invalid"): {"std.police_resident": [head("R1"), head("R2")], **ONE_PERSON},
    ("death_evidence_conflict", "death_of_unregistered_person"): {
        "std.police_resident": [{"registration_id": "R1", "citizen_id": NUMBER}],
        "std.health_death": [
            {"death_cert_no": "H1", "citizen_id": NUMBER, "birth_date": "1952-03-04", "registered_address_code": "990101"}
        ],
        "link.death": [{"death_id": "H1", "health_key": "H1"}],
        "link.death_conflict": [{"record_type": "health_death", "record_key": "H1", "registration_id": "R1"}],
    },
}
VETOED = {("activity_after_death", "death_not_cancelled"), ("death_not_cancelled", "relocated_not_settled")}
"""Pairs of which the weaker rule looks for the other's evidence itself (readings 3 and 12)."""


def raised(store, *types):
    found, _ = problems.raise_all(store, [RULES[name] for name in types])
    return found["finding_type"].to_list()


def test_every_declared_pair_has_a_case():
    assert {(pair.first, pair.silenced) for pair in PRECEDENCES} == set(CASES)
    assert {name for pair in CASES for name in pair} <= RULES.keys()


@pytest.mark.parametrize("pair", CASES, ids=" before ".join)
def test_of_two_types_that_describe_one_fact_the_first_is_raised(store, pair):
    fill(store, CASES[pair])
    first, second = pair
    assert raised(store, first) == [first]
    assert raised(store, second) == ([] if pair in VETOED else [second])
    assert raised(store, first, second) == [first]


@pytest.mark.parametrize("pair", PRECEDENCES, ids=lambda pair: f"{pair.first} before {pair.silenced}")
def test_a_pair_is_about_the_same_records(pair):
    rows = [
        {"finding_id": "1", "finding_type": pair.first, "variant": (*pair.first_variants, "any")[0], "tier": "A"},
        {"finding_id": "2", "finding_type": pair.silenced, "variant": (*pair.silenced_variants, "any")[0], "tier": "A"},
    ]
    problems = pl.DataFrame(rows)

    def left(other_key, tier="A", dismissed=()):
        members = pl.DataFrame(
            {"finding_id": ["1", "2"], "record_type": ["police_resident"] * 2, "record_key": ["R1", other_key], "is_subject": [True, True]}
        )
        weakened = problems.with_columns(tier=pl.when(pl.col("finding_id") == "1").then(pl.lit(tier)).otherwise("tier"))
        kept, kept_members = precedence.apply(weakened, members, pl.Series(dismissed, dtype=pl.String))
        assert kept["finding_id"].to_list() == kept_members["finding_id"].to_list()
        return kept["finding_id"].to_list()

    assert left("R1") == ["1"]
    assert left("R2") == ["1", "2"]
    assert left("R1", tier="D") == ["1", "2"]
    assert left("R1", dismissed=["1"]) == ["1", "2"]
    assert left("R1", dismissed=["2"]) == ["1"]


def test_a_number_that_contradicts_the_sex_leaves_the_age_in_question(store):
    fill(store, {"std.police_resident": [OLD | {"sex": "2", "citizen_id": "990101191403040018"}]})
    assert raised(store, "number_conflict", "implausible_age") == ["implausible_age", "number_conflict"]


def test_a_person_who_is_its_own_parent_is_asked_about_whatever_its_number_says(store):
    fill(store, {"std.police_resident": [{"registration_id": "R1", "birth_date": "2001-01-01", "citizen_id": NUMBER, "father_id": NUMBER}]})
    assert sorted(raised(store, "number_conflict", "kinship_conflict")) == ["kinship_conflict", "number_conflict"]


def test_a_household_with_a_third_head_is_still_asked_about(store):
    fill(store, {"std.police_resident": [head("R1"), head("R2"), head("R3")], **ONE_PERSON})
    assert sorted(raised(store, "duplicate_registration", "household_head_invalid")) == ["duplicate_registration", "household_head_invalid"]


def test_a_silenced_finding_silences_no_other():
    order = {(pair.first, pair.silenced): place for place, pair in enumerate(PRECEDENCES)}
    for (first, silenced), place in order.items():
        before = [other_place for (_, other), other_place in order.items() if other == first]
        assert all(other_place < place for other_place in before), f"{first} is silenced after it silenced {silenced}"
