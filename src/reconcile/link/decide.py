"""Decisions on patterns of levels: who is one person, with which tier, and what forbids it (CONTRACT §2, tiers and readings 1, 4, 9).

Every rule is an expression over the levels of one pattern; the first that holds decides. Nothing is decided by the number
alone, nor by name and birth date alone. How probable a pair has to be follows from what a mistake costs (``settings.Costs``).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.link.condition import Condition, Count, level, likely
from reconcile.link.spec import (
    BIRTH,
    BIRTH_CONTRADICTS,
    DEATH,
    DEATH_CREMATION,
    KNOWN_SLIPS,
    NUMBER_DAMAGED,
    NUMBER_SAME,
    REGISTRATION,
    RELOCATION,
    SLIPPED_NAMES,
    TOLERATED_NAMES,
    Job,
)
from reconcile.settings import Costs


@dataclass(frozen=True, slots=True)
class Floors:
    """Least probability of a pair on a list (tiers A to C) and of a lead for analysts (tier D), where rules ask for one."""

    listed: float
    lead: float

    @classmethod
    def of(cls, job: Job, costs: Costs) -> Floors:
        """Floors of a job, from what its mistakes cost."""
        return cls(costs.floor(job.name), costs.floor("lead"))


ANY = Floors(0.0, 0.0)
"""Whatever the rules allow, however improbable."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One outcome: the first rule of a list whose expression holds decides a pattern."""

    when: Condition
    decision: str
    tier: str | None = None
    veto: str | None = None


_is = level
NAME_TOLERATED = _is("name", *TOLERATED_NAMES).named("name tolerated", "name not tolerated")
NAME_AGREES = _is("name", *TOLERATED_NAMES, *SLIPPED_NAMES).named("name agrees")
NAME_CONTRADICTS = _is("name", "one_char", "different").named("name contradicts", "name does not contradict")
NAME_OF_ONE = _is("name", "equal", "folded").named("name equal or folded", "name neither equal nor folded")
"""Names that parents do not give to two children of one birth; a spelling family, an unread character, a former name could be two."""
NAME_SLIPPED = _is("name", *SLIPPED_NAMES).named("name alike in sound or shape")
NAME_READ = _is("name", *(level for level in TOLERATED_NAMES if level != "wildcard")).named("name tolerated and read in full")
"""Tolerated, and every character was read: half a name could be a brother's or sister's."""
NAME_NEAR = _is("name", *TOLERATED_NAMES, *SLIPPED_NAMES, "one_char").named("name near")
BIRTH_EQUAL = _is("birth_date", "equal").named("birth date equal")
BIRTH_AGREES = _is("birth_date", "equal", *KNOWN_SLIPS).named("birth date agrees")
BIRTH_FITS = _is("birth_date", "equal", *KNOWN_SLIPS, "age_fits").named("birth date fits")
BIRTH_DIFFERS = _is("birth_date", *BIRTH_CONTRADICTS).named("birth date contradicts", "birth date does not contradict")
BIRTH_NEAR = _is("birth_date", "same_year", "near").named("birth date near")
SEX_DIFFERS = _is("sex", "different").named("sex differs", "sex does not differ")
SEX_EQUAL = _is("sex", "equal").named("sex equal")
SAME_NUMBER = _is("number", *NUMBER_SAME).named("one number")
DAMAGED_NUMBER = _is("number", *NUMBER_DAMAGED).named("number damaged")
NO_NUMBER = _is("number", "missing", "different_unproven").named("no number that proves anything")
TWO_NUMBERS = _is("number", "different", "place_day").named("two valid numbers", "not two valid numbers")
CONTRADICTIONS = Count((NAME_CONTRADICTS, BIRTH_DIFFERS, SEX_DIFFERS), "name, birth date and sex contradict")
"""How many of name, birth date and sex contradict (reading 4)."""


def without_number(levels: pl.DataFrame, informed: pl.Expr) -> pl.DataFrame:
    """Compared pairs in which the number of an ``informed`` record, known to be somebody else's, no longer speaks against anybody."""
    against = _is("number", "different", "place_day", "different_unproven").expr & informed
    kind = levels.schema["number_level"]
    return levels.with_columns(number_level=pl.when(against).then(pl.lit("missing", kind)).otherwise("number_level"))


def registrations(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of two registrations."""
    father = _is("father", "number", "name").named("father agrees")
    mother = _is("mother", "number", "name").named("mother agrees")
    parent = (father | mother).named("a parent agrees", "no parent agrees")
    by_number = (_is("father", "number") | _is("mother", "number")).named("a parent's number agrees", "no parent's number agrees")
    both_parents = (father & mother).named("both parents agree")
    near_parents = ((father & _is("mother", "similar", "missing")) | (mother & _is("father", "similar", "missing"))).named(
        "one parent agrees and the other nearly"
    )
    other_parents = (_is("father", "different") | _is("mother", "different")).named("a parent differs", "no parent differs")
    spouse = _is("spouse", "number", "name").named("spouse agrees")
    near_home = _is("address", "equal", "similar").named("address near")
    # One house is no witness for half a name, or one that is only alike: children of one birth live there too.
    home = (_is("address", "equal") & NAME_READ).named("address equal, name read in full")
    third = (parent | spouse | home | (_is("name", "former") & _is("address", "similar"))).named(
        "parent, spouse or address is a third witness"
    )
    # Where two people each have a valid number, a common name of one relative or one village is no third witness.
    strong = (by_number | both_parents | _is("spouse", "number") | (spouse & parent)).named("a relative's number or two relatives agree")
    witnessed = (~TWO_NUMBERS | strong).named("not two valid numbers, or relatives outweigh them")
    family = (both_parents | (by_number & ~other_parents) | (near_parents & ~other_parents)).named("one family", "not one family")
    # Two spouses are a second marriage or a second person; parents by number tell them apart.
    other = ((other_parents & ~parent) | (_is("spouse", "different") & ~by_number)).named(
        "other relatives speak against it", "no other relative speaks against it"
    )
    sure, lead = _least(floors)
    rules = [
        # One number. 重号: the number embeds the birth date, so that birth date and number are one witness, not two.
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & _is("name", "different") & ~(parent | spouse), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & _is("name", "one_char") & other, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & _is("name", "different") & SEX_DIFFERS, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & BIRTH_EQUAL & ~NAME_OF_ONE & family & _is("address", "equal"), "non_match", veto="twins"),
        Rule(_is("number", "equal") & NAME_TOLERATED & BIRTH_EQUAL & ~SEX_DIFFERS, "match", "A"),
        Rule(SAME_NUMBER, "match", "B"),
        # Twins do not share a spouse.
        Rule(BIRTH_EQUAL & SEX_EQUAL & _is("spouse", "number") & (NAME_NEAR | parent) & ~other, "match", "C"),
        # Children of one birth: nobody calls two of them by one name, and nearly everybody calls them alike.
        Rule(BIRTH_EQUAL & family & _is("name", "one_char", "different"), "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & family & SEX_DIFFERS & ~NAME_TOLERATED, "non_match", veto="twins"),
        # 刘佳怡 and 刘佳仪: alike in sound or shape, and numbered at one place, or living in one house. A clerk's homophone of one person
        # looks the same there; it is missed rather than merging two.
        Rule(BIRTH_EQUAL & ~NAME_OF_ONE & _is("number", "place_day"), "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & ~NAME_OF_ONE & family & (_is("number", "tail") | near_home), "non_match", veto="twins"),
        Rule(NAME_AGREES & _is("birth_date", "generation"), "non_match", veto="parent_child"),
        # A number damaged on one side.
        Rule(DAMAGED_NUMBER & NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS, "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_NEAR & BIRTH_EQUAL & ~SEX_DIFFERS & (parent | spouse), "match", "B"),
        # No number, or two: name and birth date need a third witness.
        Rule(NAME_AGREES & BIRTH_EQUAL & ~SEX_DIFFERS & other, "non_match", veto="namesake"),
        Rule(NAME_AGREES & BIRTH_EQUAL & ~SEX_DIFFERS & third & witnessed & ~other_parents & sure, "match", "C"),
        Rule(
            NAME_TOLERATED & BIRTH_EQUAL & ~SEX_DIFFERS & parent & (spouse | by_number | near_home) & witnessed & sure,
            "match",
            "C",
        ),
        Rule(NAME_NEAR & BIRTH_AGREES & SEX_EQUAL & _is("spouse", "number") & ~other, "match", "C"),
        Rule(
            NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & (both_parents | by_number | home) & witnessed & ~other & sure,
            "match",
            "C",
        ),
        Rule(NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & (family | spouse) & witnessed & ~other & sure, "match", "C"),
        Rule(NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS & both_parents & ~other & sure, "match", "C"),
        # Registered again with another age: one name, one family by number, nearly one date.
        Rule(NAME_TOLERATED & BIRTH_NEAR & SEX_EQUAL & (_is("spouse", "number") | (both_parents & by_number)) & ~other, "match", "C"),
        Rule(NAME_TOLERATED & BIRTH_EQUAL & SEX_DIFFERS & family & both_parents & sure, "match", "C"),
        Rule(NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & third & lead, "match", "D"),
        Rule(NAME_TOLERATED & ~_is("birth_date", "generation") & ~SEX_DIFFERS & both_parents & lead, "match", "D"),
        Rule(NAME_AGREES & BIRTH_EQUAL & ~SEX_DIFFERS & NO_NUMBER & lead, "match", "D"),
        Rule(NAME_AGREES & BIRTH_EQUAL & TWO_NUMBERS, "non_match", veto="namesake"),
    ]
    return _decided(patterns, rules)


def deaths(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a death record and a registration."""
    address = _is("address", "equal", "similar").named("address near")
    sure, lead = _least(floors)
    rules = [
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "conflict"),
        # A homophone is an error in one of the records (reading 9); with a second contradiction it is another person (reading 4).
        Rule(SAME_NUMBER & NAME_SLIPPED & (BIRTH_DIFFERS | SEX_DIFFERS), "conflict"),
        Rule(_is("number", "equal") & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(SAME_NUMBER & NAME_TOLERATED & _is("birth_date", "equal_age_off"), "match", "B"),
        Rule(SAME_NUMBER & NAME_AGREES & ~_is("birth_date", "generation", "age_off", "equal_age_off"), "match", "B"),
        Rule(SAME_NUMBER & _is("name", "one_char") & BIRTH_EQUAL & SEX_EQUAL, "match", "B"),
        # The number alone points here, and brings its birth date along: an informant's number does that too.
        Rule(SAME_NUMBER, "match", "D"),
        # A brother or sister of one birth fits a damaged number, and a name that is only alike.
        Rule(DAMAGED_NUMBER & NAME_READ & BIRTH_FITS & ~SEX_DIFFERS, "match", "B"),
        # 1900 fits everybody of a name in a village.
        Rule(
            _is("number", "missing") & NAME_READ & _is("birth_date", "equal", "lunar", "swap", "one_digit") & ~SEX_DIFFERS & address & sure,
            "match",
            "C",
        ),
        Rule(_is("number", "different_unproven") & NAME_READ & BIRTH_EQUAL & SEX_EQUAL & _is("address", "equal") & sure, "match", "C"),
        # One slip in the number, one in the name. A slip outside the last four characters cannot lead to a brother or sister of one birth.
        Rule(_is("number", "one_edit") & NAME_SLIPPED & BIRTH_EQUAL & SEX_EQUAL & ~_is("address", "different"), "match", "B"),
        Rule(_is("number", "one_edit") & _is("name", "one_char") & BIRTH_EQUAL & SEX_EQUAL & address, "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_NEAR & BIRTH_FITS & ~SEX_DIFFERS, "match", "D"),
        # The county or an age is no third agreement, and a valid number of somebody else speaks against it: for analysts.
        Rule(NAME_AGREES & BIRTH_FITS & ~SEX_DIFFERS & (~TWO_NUMBERS | address) & lead, "match", "D"),
        Rule(NAME_TOLERATED & BIRTH_NEAR & SEX_EQUAL & _is("address", "equal") & lead, "match", "D"),
        Rule(NAME_AGREES & _is("birth_date", "generation"), "non_match", veto="parent_child"),
        Rule(TWO_NUMBERS & NAME_AGREES & BIRTH_EQUAL, "non_match", veto="namesake"),
    ]
    return _decided(patterns, rules)


def cremations(patterns: pl.DataFrame, _floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a health death and a cremation."""
    same_day = _is("death_date", "equal", "near", "swap", "lunar").named("death date near")
    certificate = _is("certificate", "equal")
    rules = [
        # An informant who buried two people put one number (or, since 2026-07, one certificate code) on both.
        Rule((SAME_NUMBER | certificate) & NAME_CONTRADICTS & (BIRTH_DIFFERS | SEX_DIFFERS | ~same_day), "non_match", veto="informant"),
        Rule((SAME_NUMBER | certificate) & (CONTRADICTIONS > 1), "non_match", veto="informant"),
        Rule(SAME_NUMBER & certificate & NAME_AGREES, "match", "A"),
        Rule(SAME_NUMBER & NAME_AGREES & same_day, "match", "A"),
        Rule(certificate & (NAME_AGREES | same_day), "match", "B"),
        Rule(SAME_NUMBER & (NAME_AGREES | same_day), "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_AGREES & same_day & ~BIRTH_DIFFERS & ~SEX_DIFFERS, "match", "B"),
        Rule(~TWO_NUMBERS & NAME_AGREES & BIRTH_FITS & ~SEX_DIFFERS & same_day, "match", "C"),
        Rule(~TWO_NUMBERS & NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & _is("death_date", "month"), "match", "C"),
        Rule(
            NO_NUMBER
            & NAME_TOLERATED
            & ~BIRTH_DIFFERS
            & SEX_EQUAL
            & _is("death_date", "equal")
            & _is("address", "equal", "similar", "area"),
            "match",
            "C",
        ),
    ]
    return _decided(patterns, rules)


def births(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a birth certificate and a birth event or a registration.

    A child's name may have been chosen after the certificate was written; of twins each is the better match of its own certificate.
    """
    certificate = _is("certificate", "equal")
    mother = _is("mother", "number", "name").named("mother agrees")
    father = _is("father", "number", "name").named("father agrees")
    numbered = (_is("mother", "number") | (_is("father", "number") & ~_is("mother", "different"))).named("a parent's number agrees")
    strangers = (_is("mother", "different", "namesake") & ~father).named("another mother and no known father", "parents are no strangers")
    named, unnamed = NAME_AGREES, _is("name", "missing")
    sure, lead = _least(floors)
    rules = [
        # One number on two children: the second one's event names another mother, or is nothing like the certificate.
        Rule(certificate & strangers & (CONTRADICTIONS > 0), "non_match", veto="reused_certificate"),
        Rule(certificate & ~mother & (CONTRADICTIONS > 1), "non_match", veto="reused_certificate"),
        Rule(certificate & (CONTRADICTIONS > 2), "non_match", veto="reused_certificate"),  # noqa: PLR2004 - name, birth date and sex
        Rule(certificate & _is("mother", "number") & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(certificate, "match", "B"),
        Rule(strangers & ~NAME_TOLERATED, "non_match"),
        Rule(_is("mother", "number") & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(numbered & (named | unnamed) & BIRTH_EQUAL & SEX_EQUAL, "match", "B"),
        Rule(numbered & BIRTH_EQUAL & SEX_EQUAL, "match", "C"),
        Rule(numbered & named & BIRTH_AGREES & ~SEX_DIFFERS, "match", "B"),
        Rule(numbered & named & BIRTH_EQUAL, "match", "C"),
        # Names only with parents.
        Rule(mother & father & (named | unnamed) & BIRTH_EQUAL & SEX_EQUAL & sure, "match", "C"),
        Rule((mother | father) & named & BIRTH_EQUAL & ~SEX_DIFFERS & sure, "match", "C"),
        Rule(mother & father & NAME_TOLERATED & (BIRTH_EQUAL | (BIRTH_AGREES & ~SEX_DIFFERS)) & sure, "match", "C"),
        # A brother or sister, or the child itself: nobody can tell without asking.
        Rule(numbered & unnamed & BIRTH_AGREES, "match", "D"),
        Rule(named & BIRTH_EQUAL & ~SEX_DIFFERS & ~strangers & lead, "match", "D"),
    ]
    return _decided(patterns, rules)


def relocations(patterns: pl.DataFrame, _floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of an entry of the relocation roll and a registration.

    The roll has nothing beside number, name, birth date and sex: without a number nobody can be told from a namesake.
    """
    rules = [
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "conflict"),
        Rule(_is("number", "equal") & NAME_TOLERATED & ~BIRTH_DIFFERS & ~SEX_DIFFERS, "match", "A"),
        Rule(SAME_NUMBER & (NAME_AGREES | (BIRTH_AGREES & ~SEX_DIFFERS)), "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS, "match", "B"),
        Rule((NO_NUMBER | SAME_NUMBER) & NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS, "match", "D"),
        Rule(NAME_AGREES & _is("birth_date", "generation"), "non_match", veto="parent_child"),
        Rule(TWO_NUMBERS & NAME_AGREES & BIRTH_EQUAL, "non_match", veto="namesake"),
    ]
    return _decided(patterns, rules)


def _least(floors: Floors) -> tuple[Condition, Condition]:
    return likely(floors.listed), likely(floors.lead)


def _decided(patterns: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Apply the first rule that holds, and say which; a pattern that none holds for is no match."""
    decision, tier, veto = pl.lit("non_match"), pl.lit(None, pl.String), pl.lit(None, pl.String)
    why = pl.lit("no rule holds")
    for rule in reversed(rules):
        holds = pl.when(rule.when.expr.fill_null(value=False))
        decision = holds.then(pl.lit(rule.decision)).otherwise(decision)
        tier = holds.then(pl.lit(rule.tier, pl.String)).otherwise(tier)
        veto = holds.then(pl.lit(rule.veto, pl.String)).otherwise(veto)
        why = holds.then(pl.lit(rule.when.words)).otherwise(why)
    return patterns.with_columns(decision=decision, tier=tier, veto=veto, why=why)


DECIDERS = {
    REGISTRATION.name: registrations,
    DEATH_CREMATION.name: cremations,
    DEATH.name: deaths,
    RELOCATION.name: relocations,
    BIRTH.name: births,
}


def run(job: Job, scored: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Decide the scored patterns of a job."""
    return DECIDERS[job.name](scored, floors)


def for_analysts(decided: pl.DataFrame) -> pl.DataFrame:
    """Lower tier C to D: what rests on the score alone is not listed where nothing proved the model."""
    return decided.with_columns(tier=pl.when(pl.col("tier") == "C").then(pl.lit("D")).otherwise("tier"))
