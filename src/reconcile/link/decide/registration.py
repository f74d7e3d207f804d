"""Two registrations: one person with two entries, or twins, namesakes, parent and child."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import agrees, at, likely, means
from reconcile.link.decide.rule import Floors, Rule, first_rule
from reconcile.link.decide.witness import (
    BIRTH_AGREES,
    BIRTH_EQUAL,
    BIRTH_NEAR,
    CONTRADICTIONS,
    DAMAGED_NUMBER,
    NAME_AGREES,
    NAME_NEAR,
    NAME_OF_ONE,
    NAME_READ,
    NAME_TOLERATED,
    NO_NUMBER,
    SAME_NUMBER,
    SEX_DIFFERS,
    SEX_EQUAL,
    TWO_NUMBERS,
)
from reconcile.link.fields import address, birth_date, kin, name, number
from reconcile.link.fields.level import Meaning


def decide(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of two registrations."""
    father = agrees(kin.FATHER).named("father agrees")
    mother = agrees(kin.MOTHER).named("mother agrees")
    parent = (father | mother).named("a parent agrees", "no parent agrees")
    by_number = (at(kin.FATHER, kin.NUMBER) | at(kin.MOTHER, kin.NUMBER)).named("a parent's number agrees", "no parent's number agrees")
    both_parents = (father & mother).named("both parents agree")
    near_parents = (
        (father & means(kin.MOTHER, Meaning.SLIP, Meaning.UNKNOWN)) | (mother & means(kin.FATHER, Meaning.SLIP, Meaning.UNKNOWN))
    ).named("one parent agrees and the other nearly")
    other_parents = (at(kin.FATHER, kin.DIFFERENT) | at(kin.MOTHER, kin.DIFFERENT)).named("a parent differs", "no parent differs")
    spouse = agrees(kin.SPOUSE).named("spouse agrees")
    near_home = agrees(address.FIELD).named("address near")
    # One house is no witness for half a name, or one that is only alike: children of one birth live there too.
    home = (at(address.FIELD, address.HOUSE) & NAME_READ).named("one house, name read in full")
    third = (parent | spouse | home | (at(name.FIELD, name.FORMER) & at(address.FIELD, address.GROUP))).named(
        "parent, spouse or address is a third witness"
    )
    # Where two people each have a valid number, a common name of one relative or one village is no third witness.
    strong = (by_number | both_parents | at(kin.SPOUSE, kin.NUMBER) | (spouse & parent)).named("a relative's number or two relatives agree")
    witnessed = (~TWO_NUMBERS | strong).named("not two valid numbers, or relatives outweigh them")
    family = (both_parents | (by_number & ~other_parents) | (near_parents & ~other_parents)).named("one family", "not one family")
    # Two spouses are a second marriage or a second person; parents by number tell them apart.
    other = ((other_parents & ~parent) | (at(kin.SPOUSE, kin.DIFFERENT) & ~by_number)).named(
        "other relatives speak against it", "no other relative speaks against it"
    )
    sure, lead = likely(floors.listed), likely(floors.lead)
    rules = [
        # One number. 重号: the number embeds the birth date, so that birth date and number are one witness, not two.
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.DIFFERENT) & ~(parent | spouse), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.ONE_CHAR) & other, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.DIFFERENT) & SEX_DIFFERS, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & BIRTH_EQUAL & ~NAME_OF_ONE & family & at(address.FIELD, address.HOUSE), "non_match", veto="twins"),
        Rule(at(number.FIELD, number.EQUAL) & NAME_TOLERATED & BIRTH_EQUAL & ~SEX_DIFFERS, "match", "A"),
        Rule(SAME_NUMBER, "match", "B"),
        # Twins do not share a spouse.
        Rule(BIRTH_EQUAL & SEX_EQUAL & at(kin.SPOUSE, kin.NUMBER) & (NAME_NEAR | parent) & ~other, "match", "C"),
        # Children of one birth: nobody calls two of them by one name, and nearly everybody calls them alike.
        Rule(BIRTH_EQUAL & family & at(name.FIELD, name.ONE_CHAR_LONG, name.ONE_CHAR, name.DIFFERENT), "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & family & SEX_DIFFERS & ~NAME_TOLERATED, "non_match", veto="twins"),
        # 刘佳怡 and 刘佳仪: alike in sound or shape, and numbered at one place, or living in one house. A clerk's homophone of one person
        # looks the same there; it is missed rather than merging two.
        Rule(BIRTH_EQUAL & ~NAME_OF_ONE & at(number.FIELD, number.PLACE_DAY, number.ROUNDED), "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & ~NAME_OF_ONE & family & (at(number.FIELD, number.TAIL) | near_home), "non_match", veto="twins"),
        Rule(NAME_AGREES & at(birth_date.FIELD, birth_date.GENERATION), "non_match", veto="parent_child"),
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
        Rule(NAME_NEAR & BIRTH_AGREES & SEX_EQUAL & at(kin.SPOUSE, kin.NUMBER) & ~other, "match", "C"),
        Rule(
            NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & (both_parents | by_number | home) & witnessed & ~other & sure,
            "match",
            "C",
        ),
        Rule(NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & (family | spouse) & witnessed & ~other & sure, "match", "C"),
        Rule(NAME_AGREES & BIRTH_AGREES & ~SEX_DIFFERS & both_parents & ~other & sure, "match", "C"),
        # Registered again with another age: one name, one family by number, nearly one date.
        Rule(NAME_TOLERATED & BIRTH_NEAR & SEX_EQUAL & (at(kin.SPOUSE, kin.NUMBER) | (both_parents & by_number)) & ~other, "match", "C"),
        Rule(NAME_TOLERATED & BIRTH_EQUAL & SEX_DIFFERS & family & both_parents & sure, "match", "C"),
        Rule(NAME_TOLERATED & BIRTH_AGREES & ~SEX_DIFFERS & third & lead, "match", "D"),
        Rule(NAME_TOLERATED & ~at(birth_date.FIELD, birth_date.GENERATION) & ~SEX_DIFFERS & both_parents & lead, "match", "D"),
        Rule(NAME_AGREES & BIRTH_EQUAL & ~SEX_DIFFERS & NO_NUMBER & lead, "match", "D"),
        Rule(NAME_AGREES & BIRTH_EQUAL & TWO_NUMBERS, "non_match", veto="namesake"),
    ]
    return first_rule(patterns, rules)
