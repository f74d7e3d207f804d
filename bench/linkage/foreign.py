"""The engine on records that are not Chinese registrations: jobs and fields declared with the same classes as its own.

Nothing here was learned from a truth: levels, declared shares and the threshold are what one would say of any such file. ``number`` is the
anchor the model is trained on, where there is one.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from reconcile.link.fields.level import MISSING, Field, Level, Meaning, level_of
from reconcile.link.jobs import Job, Pass

DECIDE = 0.5
"""Probability from which two records are decided to be one person."""
ALIKE = 0.85
"""Jaro-Winkler similarity from which two texts are alike, the value of recordlinkage's documentation."""


def _edits(frame: pl.DataFrame, left: str, right: str) -> pl.Series:
    return _measured(frame, left, right, lambda one, other: process.cpdist(one, other, scorer=OSA.distance, workers=-1))


def _alike(frame: pl.DataFrame, left: str, right: str) -> pl.Series:
    return _measured(frame, left, right, lambda one, other: process.cpdist(one, other, scorer=JaroWinkler.similarity, workers=-1)) >= ALIKE


def _measured(frame: pl.DataFrame, left: str, right: str, measure: Callable[[list[str], list[str]], object]) -> pl.Series:
    """A measure of two columns on distinct pairs of values; null where one is empty."""
    pairs = frame.select(l=left, r=right)
    distinct = pairs.drop_nulls().unique(maintain_order=True)
    known = distinct.with_columns(value=pl.Series(measure(distinct["l"].to_list(), distinct["r"].to_list()), dtype=pl.Float64))
    return pairs.join(known, on=["l", "r"], how="left", maintain_order="left")["value"]


def _found(field: Field, frame: pl.DataFrame, missing: pl.Expr, **rules: pl.Expr) -> pl.Series:
    """Level of each row: missing, the first whose rule holds, or different."""
    known = [(missing, field.level(MISSING)), *((rule, field.level(name)) for name, rule in rules.items())]
    return frame.select(level_of(known, field.level("different")).alias("level")).to_series()


def _level(name: str, meaning: Meaning, sentence: str, m: float, u: float) -> Level:
    """A level nobody reads in Chinese: its words are its sentence."""
    return Level(name, meaning, sentence, sentence, m, u)


def _both(column: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    left, right = pl.col(f"l_{column}"), pl.col(f"r_{column}")
    return left, right, left.is_null() | right.is_null()


def _code(field: Field, frame: pl.DataFrame) -> pl.Series:
    """Digits: equal, one or two slips of a finger, or other ones."""
    (column,) = field.reads
    left, right, missing = _both(column)
    edits = pl.lit(_edits(frame, f"l_{column}", f"r_{column}"))
    return _found(field, frame, missing, equal=left == right, one_edit=edits == 1, two_edits=edits == 2)  # noqa: PLR2004


def _text(field: Field, frame: pl.DataFrame) -> pl.Series:
    """Words: equal, alike, found in the neighbouring field, or other ones."""
    column, *neighbour = field.reads
    left, right, missing = _both(column)
    turned = [(left == pl.col(f"r_{other}")) | (right == pl.col(f"l_{other}")) for other in neighbour]
    crossed = pl.any_horizontal(turned) if turned else pl.lit(value=False)
    alike = pl.lit(_alike(frame, f"l_{column}", f"r_{column}"))
    return _found(field, frame, missing, equal=left == right, alike=alike, crossed=crossed)


def _full_name(field: Field, frame: pl.DataFrame) -> pl.Series:
    """Given name and surname as one comparison, because they are exchanged, and because one of a pair is often missing."""
    given, surname = field.reads
    parts = {column: _both(column) for column in (given, surname)}
    equal = {column: (left == right).fill_null(value=False) for column, (left, right, _) in parts.items()}
    alike = {column: pl.lit(_alike(frame, f"l_{column}", f"r_{column}")).fill_null(value=False) for column in parts}
    missing = {column: absent for column, (_, _, absent) in parts.items()}
    turned = (pl.col(f"l_{given}") == pl.col(f"r_{surname}")) | (pl.col(f"r_{given}") == pl.col(f"l_{surname}"))
    return _found(
        field,
        frame,
        missing[given] & missing[surname] & ~turned.fill_null(value=False),
        equal=equal[given] & equal[surname],
        shape=(equal[given] & alike[surname]) | (equal[surname] & alike[given]),
        segments=turned,
        half=(equal[given] & missing[surname]) | (equal[surname] & missing[given]),
        both_alike=alike[given] & alike[surname],
        surname=equal[surname] | (alike[surname] & missing[given]),
        given=equal[given] | (alike[given] & missing[surname]),
        one_alike=alike[given] | alike[surname],
    )


NAME = Field(
    "name",
    "name",
    ("given_name", "surname"),
    (
        _level("equal", Meaning.AGREES, "given name and surname are the same", 0.6, 5e-5),
        _level("shape", Meaning.SLIP, "one is the same, the other alike", 0.15, 1e-4),
        _level("segments", Meaning.TOLERATED, "given name and surname are exchanged", 0.02, 1e-5),
        _level("half", Meaning.UNKNOWN, "one is the same, the other missing", 0.04, 6e-4),
        _level("both_alike", Meaning.UNKNOWN, "both are alike", 0.02, 1e-3),
        _level("surname", Meaning.UNKNOWN, "the surname is the same", 0.08, 8e-3),
        _level("given", Meaning.UNKNOWN, "the given name is the same", 0.06, 8e-3),
        _level("one_alike", Meaning.UNKNOWN, "one of the two is alike", 0.01, 0.05),
        _level("different", Meaning.CONTRADICTS, "both differ", 0.015, 0.93),
        _level(MISSING, Meaning.UNKNOWN, "the names are missing", 0.002, 2e-3),
    ),
    _full_name,
)


def _codes(field: str, column: str, random: float, *, is_anchor: bool = False) -> Field:
    levels = (
        _level("equal", Meaning.AGREES, f"the same {field}", 0.8, random),
        _level("one_edit", Meaning.SLIP, f"the {field} differs by one character or one exchange", 0.1, min(random * 30, 0.1)),
        _level("two_edits", Meaning.UNKNOWN, f"the {field} differs by two characters", 0.02, min(random * 300, 0.2)),
        _level("different", Meaning.CONTRADICTS, f"another {field}", 0.05, 0.9),
        _level(MISSING, Meaning.UNKNOWN, f"the {field} is missing", 0.03, 0.05),
    )
    return Field(field, column, (column,), levels, _code, is_anchor=is_anchor)


def _texts(field: str, random: float, *neighbour: str) -> Field:
    levels = (
        _level("equal", Meaning.AGREES, f"the same {field}", 0.7, random),
        _level("alike", Meaning.SLIP, f"the {field} is alike", 0.15, random * 10),
        _level("crossed", Meaning.TOLERATED, f"the {field} stands in the neighbouring field", 0.02, random / 10),
        _level("different", Meaning.CONTRADICTS, f"another {field}", 0.08, 0.9),
        _level(MISSING, Meaning.UNKNOWN, f"the {field} is missing", 0.05, 0.05),
    )
    return Field(field, field, (field, *neighbour), levels, _text)


BIRTH = _codes("birth_date", "date_of_birth", 1e-4)
_STATE = ("state",)
_YEAR = ("left(date_of_birth, 4)",)

FEBRL_PASSES = (
    Pass("number", ("soc_sec_id",), "one number, one person", _STATE),
    Pass("name", ("given_name", "surname"), "number and birth date are damaged", _STATE),
    Pass("birth", ("date_of_birth",), "number and name are damaged", _STATE),
    Pass("given_place", ("given_name", "postcode"), "the surname is damaged", _STATE),
    Pass("surname_place", ("surname", "postcode"), "the given name is damaged", _STATE),
    Pass("given_suburb", ("given_name", "suburb"), "the postcode is damaged", _STATE),
    Pass("surname_suburb", ("surname", "suburb"), "the postcode is damaged", _STATE),
    Pass("exchanged", ("least(given_name, surname)", "greatest(given_name, surname)"), "the names are exchanged", _STATE),
    Pass("address", ("address_1",), "the names are damaged", _STATE),
    Pass("number_start", ("left(soc_sec_id, 4)",), "one digit of the number and more is damaged", _STATE),
    Pass("number_end", ("right(soc_sec_id, 4)",), "one digit of the number and more is damaged", _STATE),
)
FEBRL_FIELDS = (
    _codes("number", "soc_sec_id", 1e-6, is_anchor=True),
    NAME,
    BIRTH,
    _texts("address_1", 3e-4, "address_2"),
    _codes("street_number", "street_number", 0.01),
    _texts("suburb", 1e-3, "address_2"),
    _codes("postcode", "postcode", 2e-3),
    _codes("state", "state", 0.25),
)
RLDATA_PASSES = (
    Pass("name", ("given_name", "surname"), "the birth date is damaged", _YEAR),
    Pass("birth", ("date_of_birth",), "the names are damaged", _YEAR),
    Pass("given_year", ("given_name", "left(date_of_birth, 4)"), "surname and day are damaged", _YEAR),
    Pass("surname_year", ("surname", "left(date_of_birth, 4)"), "given name and day are damaged", _YEAR),
    Pass("given_day", ("given_name", "right(date_of_birth, 4)"), "surname and year are damaged", _YEAR),
    Pass("surname_day", ("surname", "right(date_of_birth, 4)"), "given name and year are damaged", _YEAR),
)


def job(kind: str, *, is_link: bool) -> Job:
    """Job of a kind of data set (febrl, rldata); the records of the left file are of type ``left``, of a second one ``right``."""
    right = ("right",) if is_link else ("left",)
    if kind == "febrl":
        return Job("febrl", ("left",), right, 1.0, FEBRL_PASSES, FEBRL_FIELDS)
    return Job("rldata", ("left",), right, 0.1, RLDATA_PASSES, (NAME, BIRTH))


def decide(scored: pl.DataFrame) -> pl.DataFrame:
    """Scored patterns with ``decided``."""
    return scored.with_columns(decided=pl.col("probability") >= DECIDE)
