"""A death record and a registration: the dead person, an informant, a namesake."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import agrees, at, at_most, explained_as, likely
from reconcile.link.decide.rule import Floors, Rule, first_rule
from reconcile.link.decide.witness import (
    ALONE,
    BIRTH_DATED,
    BIRTH_DIFFERS,
    BIRTH_EQUAL,
    BIRTH_FITS,
    CONTRADICTIONS,
    DAMAGED_NUMBER,
    NAME_AGREES,
    NAME_NEAR,
    NAME_OF_ONE,
    NAME_READ,
    NAME_SLIPPED,
    NAME_TOLERATED,
    NO_NUMBER,
    SAME_NUMBER,
    SEX_DIFFERS,
    SEX_EQUAL,
    TWO_NUMBERS,
)
from reconcile.link.explanation import Explanation
from reconcile.link.fields import address, birth_date, name, number


def decide(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a death record and a registration."""
    near_address = agrees(address.FIELD).named("house, group or village")
    one_rare_name = (NAME_OF_ONE & at_most(name.FIELD, "rare")).named("a rare name, equal or folded")
    sure, lead = likely(floors.listed), likely(floors.lead)
    even = likely(0.5).named("likelier than not")  # the model does not weigh that nobody else is there
    rules = [
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "conflict"),
        # A homophone is an error in one of the records (reading 9); with a second contradiction it is another person (reading 4).
        Rule(SAME_NUMBER & NAME_SLIPPED & (BIRTH_DIFFERS | SEX_DIFFERS), "conflict"),
        Rule(at(number.FIELD, number.EQUAL) & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(SAME_NUMBER & NAME_TOLERATED & at(birth_date.FIELD, birth_date.EQUAL_AGE_OFF), "match", "B"),
        Rule(
            SAME_NUMBER & NAME_AGREES & ~at(birth_date.FIELD, birth_date.GENERATION, birth_date.AGE_OFF, birth_date.EQUAL_AGE_OFF),
            "match",
            "B",
        ),
        Rule(SAME_NUMBER & at(name.FIELD, name.ONE_CHAR) & BIRTH_EQUAL & SEX_EQUAL, "match", "B"),
        # The number alone points here, and brings its birth date along: an informant's number does that too.
        Rule(SAME_NUMBER, "match", "D"),
        Rule(DAMAGED_NUMBER & NAME_NEAR & BIRTH_FITS & ~SEX_DIFFERS & sure, "match", "B"),
        # No usable number: a name read in full, a birth date that is a day, and an address that tells people apart outweigh everything.
        Rule(NO_NUMBER & (NAME_READ | NAME_SLIPPED) & BIRTH_DATED & ~SEX_DIFFERS & near_address & sure, "match", "C"),
        # Whom the record singles out in the whole register (reading 3): a namesake would stand beside the registration of the dead.
        Rule(NO_NUMBER & NAME_READ & BIRTH_DATED & ~SEX_DIFFERS & near_address & ALONE & even, "match", "C"),
        Rule(
            at(number.FIELD, number.MISSING) & one_rare_name & BIRTH_EQUAL & SEX_EQUAL & at(address.FIELD, address.SHORT) & ALONE & even,
            "match",
            "C",
        ),
        Rule(NAME_NEAR & BIRTH_FITS & ~SEX_DIFFERS & (~TWO_NUMBERS | near_address) & lead, "match", "D"),
        Rule(NAME_AGREES & BIRTH_FITS & ~SEX_DIFFERS & DAMAGED_NUMBER, "match", "D"),
        Rule(NAME_AGREES & explained_as(Explanation.FAMILY), "non_match", veto="parent_child"),
        Rule(TWO_NUMBERS & NAME_AGREES & BIRTH_EQUAL, "non_match", veto="namesake"),
    ]
    return first_rule(patterns, rules)
