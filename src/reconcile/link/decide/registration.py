"""Two registrations: one person with two entries, or twins, namesakes, parent and child.

Rules speak where the contract does: one number (readings 4 and 9, tiers A and B). Everywhere else the explanations of the model are
weighed against each other; a pair is kept apart by the explanation that outweighs one person.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from reconcile.link.decide.condition import Condition, Count, agrees, at, at_most, explained_as, likely, means
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
    NAME_TOLERATED,
    SAME_NUMBER,
    SEX_DIFFERS,
    TWO_NUMBERS,
)
from reconcile.link.explanation import Explanation
from reconcile.link.fields import address, birth_date, kin, name, number
from reconcile.link.fields.level import Field, Meaning

_RELATIVES = (kin.FATHER, kin.MOTHER, kin.SPOUSE)


def decide(patterns: pl.DataFrame, floors: Floors) -> pl.DataFrame:
    """Add decision, tier and veto to scored patterns of two registrations."""
    father = agrees(kin.FATHER).named("father agrees")
    mother = agrees(kin.MOTHER).named("mother agrees")
    parent = (father | mother).named("a parent agrees", "no parent agrees")
    family = ((father & mother) | (parent & ~_other(kin.FATHER) & ~_other(kin.MOTHER))).named("one family", "not one family")
    spouse = agrees(kin.SPOUSE).named("spouse agrees")
    other = (((_other(kin.FATHER) | _other(kin.MOTHER)) & ~parent) | _other(kin.SPOUSE)).named("other relatives", "no other relatives")
    one_spouse = at(kin.SPOUSE, kin.NUMBER)
    # 尼亚孜·赛买提 and 尼亚孜: what is left out or stands elsewhere is the father's name, and the given name is one.
    one_name = (NAME_OF_ONE | at(name.FIELD, name.FORMER, name.SEGMENTS) | one_spouse).named(
        "a name or a spouse in common", "no name in common"
    )
    numbered_in_a_row = at(number.FIELD, number.PLACE_DAY, number.ROUNDED).named("two numbers of one place and day")
    # 王志明 and 王志*: what could not be read is where the names of twins differ.
    unread = (at(name.FIELD, name.WILDCARD) & TWO_NUMBERS & family).named("a name not read in full, two valid numbers and one family")
    # 王雨成 and 王雨怡, one birth date, one father: so twins are named, in two homes and numbered in two counties too.
    differing = at(name.FIELD, name.ONE_CHAR, name.ONE_CHAR_LONG).named("names differ in one character")
    of_twins = (differing & parent & ~spouse).named("names of twins and a parent, no spouse in common", "no names of twins")
    near_home = agrees(address.FIELD).named("house, group or village")
    dated = (BIRTH_AGREES | BIRTH_NEAR).named("birth date agrees or is near")
    kin_near = Count(tuple(_near(relative) for relative in _RELATIVES), "father, mother and spouse agree or nearly")
    numbered = at(kin.FATHER, kin.NUMBER) | at(kin.MOTHER, kin.NUMBER) | at(kin.SPOUSE, kin.NUMBER)
    two_names = at(name.FIELD, name.TWO_NAMES, name.FORMER)
    # Where two people each have a valid number, the name of one relative is no third witness unless hardly anybody else bears it; that
    # of the father is half told by the child's surname.
    strong = (numbered | ((kin_near > 1) & _agree(_RELATIVES, "common")) | two_names | _agree((kin.MOTHER, kin.SPOUSE), "rare")).named(
        "a relative's number, a mother or spouse of a rare name, two relatives or two names agree"
    )
    # A name that an office gives whoever has none known is common, and then the only thing that two strangers share.
    witness = (strong | _agree(_RELATIVES, "uncommon") | (agrees(address.FIELD) & at_most(address.FIELD, "common"))).named(
        "a relative or the address agrees, and is not common"
    )
    related = explained_as(Explanation.BIRTH) | explained_as(Explanation.FAMILY)
    homophone = (((father & _sounds(kin.MOTHER)) | (mother & _sounds(kin.FATHER))) & ~related).named(
        "one parent agrees, the other sounds the same, and relatives of each other are not likeliest"
    )
    both_parents = (father & mother).named("both parents agree")
    sure, lead = likely(floors.listed), likely(floors.lead)
    # What is merely likelier than one person does not tear a group of three that two sure pairs hold together.
    clearly = (~likely(1 - floors.lead)).named(f"one person less probable than {1 - floors.lead:g}")
    rules = [
        # One number. 重号: the number embeds the birth date, so that birth date and number are one witness, not two.
        Rule(SAME_NUMBER & (CONTRADICTIONS > 1), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.DIFFERENT) & ~(parent | spouse), "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.ONE_CHAR) & other, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & at(name.FIELD, name.DIFFERENT) & SEX_DIFFERS, "non_match", veto="shared_number"),
        Rule(SAME_NUMBER & BIRTH_EQUAL & ~NAME_OF_ONE & family & at(address.FIELD, address.HOUSE), "non_match", veto="twins"),
        # The living twin bears the number of the dead one; 杨欣妍, child of 杨欣, has the father in the name and none to compare.
        Rule(SAME_NUMBER & BIRTH_EQUAL & differing & ~spouse & at(address.FIELD, address.HOUSE), "non_match", veto="twins"),
        Rule(at(number.FIELD, number.EQUAL) & NAME_TOLERATED & BIRTH_EQUAL & ~SEX_DIFFERS, "match", "A"),
        Rule(SAME_NUMBER, "match", "B"),
        # 刘佳怡 and 刘佳仪: alike, and numbered at one place or living in one house. A slip of one person looks the same there; it is
        # missed rather than merging two. It yields to a name in common, former or not, and to one spouse.
        Rule(BIRTH_EQUAL & ~one_name & (numbered_in_a_row | unread), "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & ~one_name & family & (at(number.FIELD, number.TAIL) | near_home), "non_match", veto="twins"),
        Rule(DAMAGED_NUMBER & NAME_NEAR & BIRTH_AGREES & sure, "match", "B"),
        Rule(BIRTH_AGREES & of_twins, "non_match", veto="twins"),
        # No number, or two: name, birth date and one witness more, and together they outweigh everything else.
        Rule(NAME_NEAR & dated & witness & (~TWO_NUMBERS | strong) & sure, "match", "C"),
        # Nobody marries two people of one name, so that the year of birth may be further off than a slip takes it.
        Rule(
            NAME_OF_ONE & one_spouse & at(birth_date.FIELD, birth_date.DIFFERENT) & ~SEX_DIFFERS & at_most(name.FIELD, "common") & sure,
            "match",
            "C",
        ),
        # 杨生朋 and 杨生明 are one father where name, birth date and mother are the same.
        Rule(NAME_OF_ONE & BIRTH_EQUAL & ~SEX_DIFFERS & witness & homophone, "match", "C"),
        # Two parents are two witnesses however many bear their names, where all together outweighs what namesakes have in common.
        Rule(NAME_OF_ONE & BIRTH_EQUAL & ~SEX_DIFFERS & (homophone | both_parents) & sure, "match", "C"),
        # Two children of one birth bear two names, none of them formerly the other's, nor the other's in fewer parts.
        Rule(
            at(name.FIELD, name.TWO_NAMES, name.FORMER, name.SEGMENTS) & BIRTH_EQUAL & ~SEX_DIFFERS & father & mother & numbered,
            "match",
            "C",
        ),
        Rule(NAME_NEAR & explained_as(Explanation.BIRTH) & clearly, "non_match", veto="twins"),
        Rule(BIRTH_EQUAL & family & explained_as(Explanation.BIRTH) & clearly, "non_match", veto="twins"),
        Rule(
            NAME_AGREES & (at(birth_date.FIELD, birth_date.GENERATION) | (explained_as(Explanation.FAMILY) & clearly)),
            "non_match",
            veto="parent_child",
        ),
        Rule(NAME_AGREES & BIRTH_EQUAL & (_two_by_chance() | (TWO_NUMBERS & ~witness)), "non_match", veto="namesake"),
        Rule(NAME_NEAR & dated & lead, "match", "D"),
    ]
    return first_rule(patterns, rules)


def _other(relative: Field) -> Condition:
    return means(relative, Meaning.CONTRADICTS)


def _near(relative: Field) -> Condition:
    """Whether a relative agrees or nearly; 王建军 beside 王建国 may be a slip, and is no witness."""
    return means(relative, Meaning.AGREES, Meaning.TOLERATED, Meaning.SLIP) & ~at(relative, kin.SIMILAR)


def _agree(relatives: tuple[Field, ...], most: str) -> Condition:
    """Whether one of the relatives agrees, whose name is at most so common."""
    return reduce(or_, [agrees(relative) & at_most(relative, most) for relative in relatives])


def _sounds(relative: Field) -> Condition:
    return at(relative, kin.SOUND)


def _two_by_chance() -> Condition:
    return explained_as(Explanation.NAMESAKES) | explained_as(Explanation.STRANGERS)
