"""Cells that spreadsheet programs must neither calculate nor convert, and the way back to the value.

A cell goes out through ``defused`` (formula injection, OWASP "CSV Injection") and ``guarded`` (numbers of more than
15 digits, leading zeros, things that look like dates); it comes back through ``unguarded``. For every text ``value``
and every guard, ``unguarded(guarded(defused(value)))`` is ``value``; with guard ``none`` it must not end in a tab.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

Guard = Literal["tab", "formula", "none"]

_DANGEROUS = r"^[=+\-@＝＋－＠\t\r\n']"
"""First characters that start a formula, in East Asian Excel also in full width.

The apostrophe itself is doubled so that stripping one is always right."""

_CONVERTED = r"[0-9][0-9./:eE-]*"
"""What Excel reads as a number, a date or a time when a CSV is opened."""


def cleaned(value: pl.Expr) -> pl.Expr:
    """Text on one line: control characters, which XML and CSV readers refuse, become blanks; outer blanks go."""
    return value.str.replace_all(r"\p{Cc}+", " ").str.strip_chars()


def defused(value: pl.Expr) -> pl.Expr:
    """Text with an apostrophe before a character that would start a formula."""
    return pl.when(~value.str.contains(_DANGEROUS)).then(value).otherwise(pl.lit("'") + value)


def guarded(value: pl.Expr, guard: Guard) -> pl.Expr:
    """Text that stays text when a CSV is double-clicked: ``5227…<tab>`` or ``="5227…"``, only where Excel would convert it."""
    if guard == "none":
        return value
    shielded = value + pl.lit("\t") if guard == "tab" else pl.lit('="') + value + pl.lit('"')
    return pl.when(~value.str.contains(rf"^{_CONVERTED}\t*$")).then(value).otherwise(shielded)


def unguarded(cell: pl.Expr) -> pl.Expr:
    """The value of a cell that went out through ``defused`` and ``guarded`` with any guard."""
    formula = cell.str.extract(rf'^="({_CONVERTED}\t*)"$')
    tab = cell.str.extract(rf"^({_CONVERTED}\t*)\t$")
    return pl.coalesce(formula, tab, cell.str.strip_prefix("'"))
