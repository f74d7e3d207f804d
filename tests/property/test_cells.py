"""Whatever a cell goes through on its way out, the way back gives the value."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile import cells
from reconcile.cells import Guard

NUMBERISH = st.text("0123456789./:eE-Xx\t", max_size=20)
TEXTS = st.lists(st.text(max_size=30) | NUMBERISH | st.from_regex(r"[=+\-@＝＋－＠'\t\r\n].{0,5}", fullmatch=True), min_size=1, max_size=20)


def out(values: list[str], guard: Guard) -> pl.Series:
    return pl.Series("v", values, pl.String).to_frame().select(cells.guarded(cells.defused(pl.col("v")), guard)).to_series()


@given(values=TEXTS, guard=st.sampled_from(["tab", "formula"]))
def test_a_cell_comes_back_as_the_value_it_was(values: list[str], guard: Guard) -> None:
    back = out(values, guard).to_frame().select(cells.unguarded(pl.col("v"))).to_series()
    assert back.to_list() == values


@given(values=TEXTS)
def test_without_guard_a_value_that_does_not_end_in_a_tab_comes_back(values: list[str]) -> None:
    values = [value.rstrip("\t") for value in values]
    back = out(values, "none").to_frame().select(cells.unguarded(pl.col("v"))).to_series()
    assert back.to_list() == values


@given(values=TEXTS, guard=st.sampled_from(["tab", "none"]))
def test_no_cell_starts_a_formula(values: list[str], guard: Guard) -> None:
    assert not any(cell.startswith((*"=+-@＝＋－＠", "\t", "\r")) for cell in out(values, guard))


@given(values=TEXTS)
def test_cleaned_text_is_one_line_and_cleaning_twice_changes_nothing(values: list[str]) -> None:
    frame = pl.Series("v", values, pl.String).to_frame()
    once = frame.select(cells.cleaned(pl.col("v")))
    assert once.equals(once.select(cells.cleaned(pl.col("v"))))
    assert not any(character in text for text in once["v"] for character in "\r\n\t\x00\x1b\x85")


@pytest.mark.parametrize(
    ("value", "tab", "formula"),
    [
        ("990101199001010019", "990101199001010019\t", '="990101199001010019"'),
        ("99010119900101002X", "99010119900101002X", "99010119900101002X"),
        ("0012", "0012\t", '="0012"'),
        ("3-1", "3-1\t", '="3-1"'),
        ("12E34", "12E34\t", '="12E34"'),
        ("张三", "张三", "张三"),
        ("=1+1", "'=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1", "'＝1+1"),
        ("'0012", "''0012", "''0012"),
        ("", "", ""),
    ],
)
def test_only_what_excel_would_convert_is_guarded(value: str, tab: str, formula: str) -> None:
    assert out([value], "tab").to_list() == [tab]
    assert out([value], "formula").to_list() == [formula]
    assert out([value], "none").to_list() == [cells_defused(value)]


def cells_defused(value: str) -> str:
    return "'" + value if value[:1] in ("=", "＝", "'") else value
