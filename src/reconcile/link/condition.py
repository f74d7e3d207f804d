"""Conditions on one pattern of levels that can say what they ask, so that an explanation quotes the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


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
        sides = (one.words if one.is_whole else f"({one.words})" for one in (self, other))
        return Condition(self.expr | other.expr, f"({' or '.join(sides)})")

    def __invert__(self) -> Condition:
        """Not this."""
        said = f"not {self.words}" if self.is_whole else f"not ({self.words})"
        return Condition(~self.expr, self.opposite or said, self.words if self.is_whole else "")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some conditions hold."""

    of: tuple[Condition, ...]
    words: str

    def __gt__(self, least: int) -> Condition:
        """More than so many."""
        holding = pl.sum_horizontal(one.expr.cast(pl.Int8) for one in self.of)
        return Condition(holding > least, f"more than {least} of {self.words}")


def level(field: str, *levels: str) -> Condition:
    """Whether a field stands at one of these levels."""
    said = f"{field} {' or '.join(levels)}".replace("_", " ")
    return Condition(pl.col(f"{field}_level").cast(pl.String).is_in(levels), said, is_whole=len(levels) == 1)


def likely(least: float) -> Condition:
    """Whether a pattern is at least so probable."""
    return Condition(pl.col("probability") >= least, f"probability at least {least:g}")
