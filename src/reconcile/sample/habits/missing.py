"""What stands where nothing is known: tokens of exporting programs, and what clerks type to get past a field."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.sample.habits import Cells, Touch, habit, picked
from reconcile.sample.habits.columns import ADDRESSES, KIN, KIN_NUMBERS, OPTIONAL, PAPERS, TOLD_BIRTHS, TOLD_NUMBERS, joined

TOKENS = (
    r"\N", "NULL", "(null)", "<NULL>", "None", "#N/A", "N/A", "NaT", "nan", "#VALUE!", "暂无", "未提供", "未采集", "待补", "null",
    "<NA>", "-", "/", "无", "[NULL]", "#REF!", "空",
)  # fmt: skip
"""What database clients, spreadsheets and data frames write for an empty cell, and the words forms fill in by default."""

KIN_FILLERS = ("不详", "无", "未知", "待核实", "同上", "不明", "暂无", "无名氏", "父不详", "未填", "母亲", "王秀英", "XXX", "*")
"""One clerk's favourite among them is a name, which no list can hold."""

ADDRESS_FILLERS = ("不详", "集体户", "无", "待核实", "同上", "暂无", "未知", "空挂户", "地址不详", "人户分离", "×××", "—")

FILLED_NUMBERS = ("1" * 18, "0" * 18, "9" * 18, "无", "不详", "123456789012345678")


@habit(0.3, OPTIONAL, cells=Cells.EMPTY)
def export_token(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """An empty cell holds the exporting program's word for empty."""
    return picked(rng, len(values), TOKENS)


@habit(0.3, KIN, cells=Cells.EMPTY)
def kin_filler(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """An empty name of a relative holds what a clerk types to get past the field."""
    return picked(rng, len(values), KIN_FILLERS)


@habit(0.03, KIN_NUMBERS, cells=Cells.EMPTY)
def kin_number_filler(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """An empty number of a relative holds a row of equal digits."""
    return picked(rng, len(values), FILLED_NUMBERS)


@habit(0.02, joined(KIN, PAPERS, TOLD_NUMBERS, TOLD_BIRTHS, ADDRESSES), touch=Touch.LOSS)
def token_for_value(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A known value was lost in an export, and its token stands there."""
    return picked(rng, len(values), TOKENS)


@habit(0.05, KIN, touch=Touch.LOSS)
def kin_unknown(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A relative whom the other record names is a filler here."""
    return picked(rng, len(values), KIN_FILLERS)


@habit(0.06, ADDRESSES, touch=Touch.LOSS)
def address_filler(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The address is a filler."""
    return picked(rng, len(values), ADDRESS_FILLERS)


@habit(0.05, TOLD_NUMBERS, touch=Touch.LOSS)
def number_filler(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The number is a row of equal digits, or a word."""
    return picked(rng, len(values), FILLED_NUMBERS)


@habit(0.04, TOLD_BIRTHS, touch=Touch.LOSS)
def birth_date_filler(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The birth date is the first day a form accepts."""
    return picked(rng, len(values), ("1900-01-01", "1900/1/1", "19000101", "9999-12-31", "00000000"))
