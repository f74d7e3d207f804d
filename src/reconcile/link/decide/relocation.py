"""An entry of the relocation roll and a registration."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import at
from reconcile.link.decide.rule import Floors, Rule, first_rule
from reconcile.link.decide.witness import (
    BIRTH_AGREES,
    BIRTH_DIFFERS,
    BIRTH_EQUAL,
    CONTRADICTIONS,
    DAMAGED_NUMBER,
    NAME_AGREES,
    NAME_TOLERATED,
    NO_NUMBER,
    SAME_NUMBER,
    SEX_DIFFERS,
    TWO_NUMBERS,
)
from reconcile.link.fields import birth_date, number


def decide(patterns: pl.DataFrame, _floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of an entry of the relocation roll and a registration.

    The roll has nothing beside number, name, birth date and sex: without a number nobody can be told from a namesake.
    """
    rules = [
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "conflict"),
        Rule(at(number.FIELD, number.EQUAL) & NAME_TOLERATED & ~BIRTH_DIFFERS & ~SEX_DIFFERS, "match", "A"),
        Rule(SAME_NUMBER & (NAME_AGREES | (BIRTH_AGREES & ~SEX_DIFFERS)), "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS, "match", "B"),
        Rule((NO_NUMBER | SAME_NUMBER) & NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS, "match", "D"),
        Rule(NAME_AGREES & at(birth_date.FIELD, birth_date.GENERATION), "non_match", veto="parent_child"),
        Rule(TWO_NUMBERS & NAME_AGREES & BIRTH_EQUAL, "non_match", veto="namesake"),
    ]
    return first_rule(patterns, rules)
