"""Frames as tables for a terminal; nothing is cut off: what does not fit is wrapped."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text


def texts(frame: pl.DataFrame) -> list[tuple[str, ...]]:
    """Cells as text: counts with thousands separated, other figures with two decimals, nothing for null."""
    return [tuple(_text(cell) for cell in row) for row in frame.iter_rows()]


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:,.2f}"
        case _:
            return str(cell)


def table(title: str, frame: pl.DataFrame, heads: Mapping[str, str] | None = None) -> Table:
    """A frame as a table; figures stand right, and so do columns with a heading of their own in ``heads``."""
    shown = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False, padding=(0, 0))
    for place, (name, dtype) in enumerate(frame.schema.items()):
        head = (heads or {}).get(name)
        is_figure = dtype.is_numeric() or head is not None
        shown.add_column(
            Text(head or name.replace("_", " ")), justify="right" if is_figure else "left", no_wrap=place == 0, overflow="fold"
        )
    for row in texts(frame):
        shown.add_row(*(Text(cell) for cell in row))
    return shown


def facts(rows: Mapping[str, object]) -> Table:
    """Names and values below each other; what has no value is left out."""
    shown = Table.grid(padding=(0, 2))
    shown.add_column(no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in rows.items():
        if value not in (None, ""):
            shown.add_row(Text(name.replace("_", " ")), Text(str(value)))
    return shown
