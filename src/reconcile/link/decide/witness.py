"""What the fields say, in the words that the rules of every job share."""

from __future__ import annotations

import polars as pl

from reconcile.link.decide.condition import Condition, Count, at, means
from reconcile.link.fields import birth_date, name, number, sex
from reconcile.link.fields.level import Meaning

_NOT_AN_ERROR = (Meaning.AGREES, Meaning.TOLERATED)
_ONE_PERSON = (*_NOT_AN_ERROR, Meaning.SLIP)

NAME_TOLERATED = means(name.FIELD, *_NOT_AN_ERROR).named("name tolerated", "name not tolerated")
"""No contradiction and no error (CONTRACT reading 9)."""
NAME_SLIPPED = means(name.FIELD, Meaning.SLIP).named("name alike in sound or shape")
"""An error in one of the records: linked, and a detail conflict (CONTRACT reading 9)."""
NAME_AGREES = means(name.FIELD, *_ONE_PERSON).named("name agrees")
NAME_CONTRADICTS = means(name.FIELD, Meaning.CONTRADICTS).named("name contradicts", "name does not contradict")
NAME_OF_ONE = at(name.FIELD, name.EQUAL, name.FOLDED, name.TWO_NAMES).named(
    "name equal or folded, or two names shared", "name neither equal nor folded"
)
"""Names that parents do not give to two children of one birth; a spelling family, an unread character, a former name could be two."""
NAME_READ = at(name.FIELD, *(level for level in name.FIELD.at(*_NOT_AN_ERROR) if level is not name.WILDCARD)).named(
    "name tolerated and read in full"
)
"""Tolerated, and every character was read: half a name could be a brother's or sister's."""
NAME_NEAR = at(name.FIELD, *name.FIELD.at(*_ONE_PERSON), name.ONE_CHAR).named("name near")
BIRTH_EQUAL = means(birth_date.FIELD, Meaning.AGREES).named("birth date equal")
BIRTH_AGREES = means(birth_date.FIELD, Meaning.AGREES, Meaning.SLIP).named("birth date agrees")
"""Equal, or a known slip (CONTRACT reading 4, DOMAIN §5)."""
BIRTH_FITS = means(birth_date.FIELD, *_ONE_PERSON).named("birth date fits")
"""Also where only an age at death is known, and fits."""
BIRTH_DATED = at(birth_date.FIELD, *(level for level in birth_date.FIELD.at(Meaning.AGREES, Meaning.SLIP) if not level.is_filler)).named(
    "birth date agrees and is a day"
)
"""Agrees, and stands for a day: 1900 fits everybody of a name in a village."""
BIRTH_DIFFERS = means(birth_date.FIELD, Meaning.CONTRADICTS).named("birth date contradicts", "birth date does not contradict")
BIRTH_NEAR = at(birth_date.FIELD, birth_date.TWO_SLIPS, birth_date.SAME_YEAR, birth_date.NEAR).named("birth date near")
SEX_DIFFERS = means(sex.FIELD, Meaning.CONTRADICTS).named("sex differs", "sex does not differ")
SEX_EQUAL = means(sex.FIELD, Meaning.AGREES).named("sex equal")
SAME_NUMBER = means(number.FIELD, *_NOT_AN_ERROR).named("one number")
DAMAGED_NUMBER = means(number.FIELD, Meaning.SLIP).named("number damaged")
NO_NUMBER = means(number.FIELD, Meaning.UNKNOWN).named("no number that proves anything")
TWO_NUMBERS = means(number.FIELD, Meaning.CONTRADICTS).named("two valid numbers", "not two valid numbers")
ALONE = Condition(
    pl.col("is_alone"), "no other registration of a like name and birth date", "other registrations of a like name and birth date"
)
"""What a record singles out (CONTRACT reading 3); only where a left record is of one right record."""
CONTRADICTIONS = Count((NAME_CONTRADICTS, BIRTH_DIFFERS, SEX_DIFFERS), "name, birth date and sex contradict")
"""How many of name, birth date and sex contradict (reading 4)."""
