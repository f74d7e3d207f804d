"""How an address comes to be written: parts left out, parts added, numerals, and the end cut off."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.sample.habits import Touch, habit, one_of
from reconcile.sample.habits.columns import ADDRESSES

_GROUPED = r"\d+组"


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "") + (digits[ones] if ones else "")


_NUMERALS = {f"{number}组": f"{_numeral(number)}组" for number in range(40, 0, -1)}


@habit(0.12, ADDRESSES, fits=_GROUPED)
def chinese_numeral(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The group's number is written in Chinese numerals, or as 第三村民小组."""
    return one_of(
        values,
        rng,
        lambda text: text.str.replace_many(list(_NUMERALS), list(_NUMERALS.values()), leftmost=True),
        lambda text: text.str.replace(r"(\d+)组", "第${1}村民小组"),
        lambda text: text.str.replace(r"(\d+)组", "${1}社"),
    )


@habit(0.1, ADDRESSES, fits="县.+镇.")
def leading_parts(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The county is left out, or province and prefecture stand before it."""
    return one_of(
        values,
        rng,
        lambda text: text.str.replace("^.+?县", ""),
        lambda text: "黔原省云州市" + text,
        lambda text: "云州市" + text,
        lambda text: "中国黔原省云州自治州" + text,
        lambda text: text.str.replace("^(.+?)县", "${1}"),
    )


@habit(0.06, ADDRESSES, fits="号$")
def house_mark(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The house stands without 号, with 附1号, between brackets or blanks, or in full-width digits."""
    wide = (list("0123456789"), list("０１２３４５６７８９"))
    return one_of(
        values,
        rng,
        lambda text: text.str.strip_suffix("号"),
        lambda text: text + "附1号",
        lambda text: text.str.replace_many(*wide),
        lambda text: text.str.replace("镇", "镇 ", literal=True) + " ",
        lambda text: text.str.replace(r"(\d+号)$", "（${1}）"),
    )


@habit(0.08, {extract: columns for extract, columns in ADDRESSES.items() if extract != "police_resident"}, fits=r"镇.+村\d+组")
def stops_at_village(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The address stops at the village or the group."""
    return one_of(values, rng, lambda text: text.str.extract("^(.+?村)"), lambda text: text.str.extract(r"^(.+?\d+组)"))


@habit(0.04, ADDRESSES, touch=Touch.LOSS, fits="县.+镇.")
def stops_at_town(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The address stops at the town or the county."""
    return one_of(values, rng, lambda text: text.str.extract("^(.+?镇)"), lambda text: text.str.extract("^(.+?县)"))


@habit(0.03, ADDRESSES, touch=Touch.LOSS, fits="^.{9,}$")
def field_length(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The address is cut at the length of a field of sixteen or twenty bytes."""
    return one_of(values, rng, lambda text: text.str.slice(0, 8), lambda text: text.str.slice(0, 10))
