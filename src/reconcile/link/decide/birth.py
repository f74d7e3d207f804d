"""A birth certificate and a birth event or registration: the child, a twin, a reused certificate."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import agrees, at, likely, means
from reconcile.link.decide.rule import Floors, Rule, first_rule
from reconcile.link.decide.witness import (
    BIRTH_AGREES,
    BIRTH_EQUAL,
    CONTRADICTIONS,
    NAME_AGREES,
    NAME_TOLERATED,
    SEX_DIFFERS,
    SEX_EQUAL,
)
from reconcile.link.fields import birth_date, certificate, kin, name
from reconcile.link.fields.level import Meaning


def decide(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of a birth certificate and a birth event or a registration.

    A child's name may have been chosen after the certificate was written; of twins each is the better match of its own certificate.
    """
    one_certificate = at(certificate.FIELD, certificate.EQUAL)
    mother = agrees(kin.MOTHER).named("mother agrees")
    father = agrees(kin.FATHER).named("father agrees")
    numbered = (at(kin.MOTHER, kin.NUMBER) | (at(kin.FATHER, kin.NUMBER) & ~at(kin.MOTHER, kin.DIFFERENT))).named(
        "a parent's number agrees"
    )
    strangers = (means(kin.MOTHER, Meaning.CONTRADICTS) & ~father).named("another mother and no known father", "parents are no strangers")
    undated = at(birth_date.FIELD, birth_date.MISSING)
    named, unnamed = NAME_AGREES, at(name.FIELD, name.MISSING)
    sure, lead = likely(floors.listed), likely(floors.lead)
    rules = [
        # One number on two children: the second one's event names another mother, or is nothing like the certificate.
        Rule(one_certificate & strangers & (CONTRADICTIONS > 0), "non_match", veto="reused_certificate"),
        Rule(one_certificate & ~mother & (CONTRADICTIONS > 1), "non_match", veto="reused_certificate"),
        Rule(one_certificate & (CONTRADICTIONS > 2), "non_match", veto="reused_certificate"),  # noqa: PLR2004 - name, birth date and sex
        Rule(one_certificate & at(kin.MOTHER, kin.NUMBER) & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(one_certificate, "match", "B"),
        Rule(strangers & ~NAME_TOLERATED, "non_match"),
        Rule(at(kin.MOTHER, kin.NUMBER) & NAME_TOLERATED & BIRTH_EQUAL & SEX_EQUAL, "match", "A"),
        Rule(numbered & (named | unnamed) & BIRTH_EQUAL & SEX_EQUAL, "match", "B"),
        Rule(numbered & BIRTH_EQUAL & SEX_EQUAL, "match", "C"),
        Rule(numbered & named & BIRTH_AGREES & ~SEX_DIFFERS, "match", "B"),
        Rule(numbered & named & BIRTH_EQUAL, "match", "C"),
        # A day that nobody stated contradicts nothing; a brother or sister has another name.
        Rule(numbered & NAME_TOLERATED & undated & SEX_EQUAL, "match", "B"),
        # Names only with parents.
        Rule(mother & father & (named | unnamed) & BIRTH_EQUAL & SEX_EQUAL & sure, "match", "C"),
        Rule((mother | father) & named & BIRTH_EQUAL & ~SEX_DIFFERS & sure, "match", "C"),
        Rule(mother & father & NAME_TOLERATED & (BIRTH_EQUAL | (BIRTH_AGREES & ~SEX_DIFFERS)) & sure, "match", "C"),
        # A brother or sister, or the child itself: nobody can tell without asking.
        Rule(numbered & unnamed & (BIRTH_AGREES | undated), "match", "D"),
        Rule(named & BIRTH_EQUAL & ~SEX_DIFFERS & ~strangers & lead, "match", "D"),
    ]
    return first_rule(patterns, rules)
