"""The first rule that holds decides: one expression out of conditions in order."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


def first_that_holds(rules: Iterable[tuple[pl.Expr, pl.Expr | str | None]], otherwise: pl.Expr | str | None) -> pl.Expr:
    """Value of the first condition that holds, else ``otherwise``; a null condition does not hold, a text stands for itself."""
    value = _value(otherwise)
    for condition, outcome in reversed(list(rules)):
        value = pl.when(condition.fill_null(value=False)).then(_value(outcome)).otherwise(value)
    return value


def _value(outcome: pl.Expr | str | None) -> pl.Expr:
    return outcome if isinstance(outcome, pl.Expr) else pl.lit(outcome, pl.String)
