"""Conditions on one pattern of levels that can say what they ask, so that an explanation quotes the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import FREQUENCIES, Field, Level, Meaning


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean expression over a pattern, and the words for it.

    Attributes:
        expr: what is asked.
        words: the same in English; a semicolon means and.
        opposite: words for that it does not hold, where "not" would read badly.
        is_whole: whether the words stay one thing beside "or" and behind "not".

    """

    expr: pl.Expr
    words: str
    opposite: str = ""
    is_whole: bool = True

    def named(self, words: str, opposite: str = "") -> Condition:
        """The same condition in other words."""
        return Condition(self.expr, words, opposite)

    def __and__(self, other: Condition) -> Condition:
        """Both."""
        return Condition(self.expr & other.expr, f"{self.words}; {other.words}", is_whole=False)

    def __or__(self, other: Condition) -> Condition:
        """At least one."""
        sides = (side.words if side.is_whole else f"({side.words})" for side in (self, other))
        return Condition(self.expr | other.expr, f"({' or '.join(sides)})")

    def __invert__(self) -> Condition:
        """Not this."""
        negated = f"not {self.words}" if self.is_whole else f"not ({self.words})"
        return Condition(~self.expr, self.opposite or negated, self.words if self.is_whole else "")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some conditions hold."""

    of: tuple[Condition, ...]
    words: str

    def __gt__(self, least: int) -> Condition:
        """More than so many."""
        holding = pl.sum_horizontal(condition.expr.cast(pl.Int8) for condition in self.of)
        return Condition(holding > least, f"more than {least} of {self.words}")


def at(field: Field, *levels: Level) -> Condition:
    """Whether a field stands at one of these levels."""
    names = [level.name for level in levels]
    words = f"{field.name} {' or '.join(names)}".replace("_", " ")
    return Condition(pl.col(f"{field.name}_level").cast(pl.String).is_in(names), words, is_whole=len(names) == 1)


def means(field: Field, *meanings: Meaning) -> Condition:
    """Whether a field stands at a level that means one of these."""
    return at(field, *field.at(*meanings))


def agrees(field: Field) -> Condition:
    """Whether a field agrees, or differs by nothing that counts."""
    return means(field, Meaning.AGREES, Meaning.TOLERATED)


def likely(least: float) -> Condition:
    """Whether a pattern is at least so probable."""
    return Condition(pl.col("probability") >= least, f"probability at least {least:g}")


def explained_as(explanation: Explanation) -> Condition:
    """Whether an explanation is the likeliest of a pattern."""
    return Condition(
        pl.col("explanation") == str(explanation), f"likeliest: {explanation.sentence}", f"not likeliest: {explanation.sentence}"
    )


def at_most(field: Field, most: str) -> Condition:
    """Whether the value that a field shares is at most so common as a frequency level says; also where nothing is weighed by it."""
    names = [name for name, _ in FREQUENCIES]
    common = names[names.index(most) + 1 :]
    is_common = pl.col(f"{field.name}_frequency").cast(pl.String).is_in(common).fill_null(value=False)
    return Condition(
        ~is_common, f"{field.name} at most {most}".replace("_", " "), f"{field.name} more common than {most}".replace("_", " ")
    )
