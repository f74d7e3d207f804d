"""A health death and a cremation: one death told twice."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import at, means
from reconcile.link.decide.rule import Floors, Rule, first_rule
from reconcile.link.decide.witness import (
    BIRTH_AGREES,
    BIRTH_DIFFERS,
    BIRTH_FITS,
    CONTRADICTIONS,
    DAMAGED_NUMBER,
    NAME_AGREES,
    NAME_CONTRADICTS,
    NAME_TOLERATED,
    NO_NUMBER,
    SAME_NUMBER,
    SEX_DIFFERS,
    SEX_EQUAL,
    TWO_NUMBERS,
)
from reconcile.link.fields import address, certificate, death_date
from reconcile.link.fields.level import Meaning


def decide(patterns: pl.DataFrame, _floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a health death and a cremation."""
    same_day = means(death_date.FIELD, Meaning.AGREES, Meaning.TOLERATED, Meaning.SLIP).named("death date near")
    one_certificate = at(certificate.FIELD, certificate.EQUAL)
    rules = [
        # An informant who buried two people put one number (or, since 2026-07, one certificate code) on both.
        Rule((SAME_NUMBER | one_certificate) & NAME_CONTRADICTS & (BIRTH_DIFFERS | SEX_DIFFERS | ~same_day), "non_match", veto="informant"),
        Rule((SAME_NUMBER | one_certificate) & (CONTRADICTIONS > 1), "non_match", veto="informant"),
        Rule(SAME_NUMBER & one_certificate & NAME_AGREES, "match", "A"),
        Rule(SAME_NUMBER & NAME_AGREES & same_day, "match", "A"),
        Rule(one_certificate & (NAME_AGREES | same_day), "match", "B"),
        Rule(SAME_NUMBER & (NAME_AGREES | same_day), "match", "B"),
        Rule(DAMAGED_NUMBER & NAME_AGREES & same_day & ~BIRTH_DIFFERS & ~SEX_DIFFERS, "match", "B"),
        Rule(~TWO_NUMBERS & NAME_AGREES & BIRTH_FITS & ~SEX_DIFFERS & same_day, "match", "C"),
        Rule(~TWO_NUMBERS & NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & at(death_date.FIELD, death_date.MONTH), "match", "C"),
        Rule(
            NO_NUMBER
            & NAME_TOLERATED
            & ~BIRTH_DIFFERS
            & SEX_EQUAL
            & at(death_date.FIELD, death_date.EQUAL)
            & at(address.FIELD, address.HOUSE, address.GROUP, address.VILLAGE, address.SHORT, address.TOWN, address.COUNTY),
            "match",
            "C",
        ),
    ]
    return first_rule(patterns, rules)
