"""How a citizen number comes to be written: guards and blanks around it, the old form, and what spreadsheets leave of it."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.sample.habits import Touch, habit, one_of
from reconcile.sample.habits.columns import NUMBERS, TOLD_NUMBERS, joined
from reconcile.sample.slips import float_damage

_WHOLE = r"^\d{17}[\dXx]$"
_DIGITS = r"^\d{18}$"
_UNICODE = ("police_resident", "police_birth", "police_move_in", "police_move_out", "police_death", "civil_cremation")
"""Extracts whose encoding holds every character; the others would turn a mark that cannot be seen into a question mark."""


@habit(0.12, NUMBERS, fits=_WHOLE)
def guard(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A mark keeps the spreadsheet from reading a number: a quote before it, a tab behind it, a formula around it."""
    return one_of(
        values,
        rng,
        lambda text: "'" + text,
        lambda text: text + "\t",
        lambda text: '="' + text + '"',
        lambda text: "　" + text + " ",
        lambda text: "‘" + text,
        lambda text: "\t" + text + "\t",
    )


@habit(0.03, {extract: NUMBERS[extract] for extract in _UNICODE}, fits=_WHOLE)
def unseen_mark(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A blank that cannot be seen came along when the number was copied: no-break, zero-width, byte-order mark, direction."""
    return one_of(
        values,
        rng,
        lambda text: "\u00a0" + text,
        lambda text: text + "\u200b",
        lambda text: "\ufeff" + text,
        lambda text: "\u202d" + text + "\u202c",
        lambda text: text + "\u00a0",
    )


@habit(0.03, NUMBERS, fits=_WHOLE)
def grouped(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The number stands in groups, or in full-width digits."""
    parts = ((0, 6), (6, 8), (14, 4))
    wide = (list("0123456789X"), list("０１２３４５６７８９Ｘ"))
    return one_of(
        values,
        rng,
        lambda text: pl.concat_str([text.str.slice(*part) for part in parts], separator=" "),
        lambda text: text.str.replace_many(*wide),
        lambda text: pl.concat_str([text.str.slice(*part) for part in parts], separator="　"),
    )


@habit(0.25, NUMBERS, fits=r"^\d{17}[Xx]$")
def other_x(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The last character is a small x, a multiplication sign or an asterisk."""
    body = pl.col("text").str.slice(0, 17)
    return one_of(values, rng, lambda _: body + "x", lambda _: body + "×", lambda _: body + "*", lambda _: body + "ｘ")


@habit(0.05, joined({"police_birth": ("father_id", "mother_id")}, TOLD_NUMBERS), fits=r"^\d{6}19\d{9}[\dX]$")
def fifteen_digits(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The number as it was before 1999."""
    del rng
    return values.str.slice(0, 6) + values.str.slice(8, 9)


@habit(0.06, TOLD_NUMBERS, touch=Touch.LOSS, fits=_DIGITS)
def spreadsheet_tail(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A spreadsheet kept fifteen digits and wrote three zeros."""
    del rng
    return values.str.slice(0, 15) + "000"


@habit(0.05, TOLD_NUMBERS, touch=Touch.LOSS, fits=_DIGITS)
def float_tail(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A program read the number as a 64-bit float; the last digits are near the right ones."""
    del rng
    return values.map_elements(float_damage, return_dtype=pl.String)


@habit(0.03, TOLD_NUMBERS, touch=Touch.LOSS, fits=_DIGITS)
def scientific(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """What a spreadsheet shows of a number in a narrow column."""
    forms = ("{:.5E}", "{:.2E}", "{:.14E}", "{:.5e}")
    form = rng.integers(0, len(forms), len(values))
    return pl.Series([forms[place].format(int(text)) for place, text in zip(form, values, strict=True)], dtype=pl.String)
