"""Cells of a sheet as the program shows them, where that says more than their values: completed by a format, or merged with others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.ingest import formats
from reconcile.ingest.marks import Formatted, Marks, Merged

_DATES = (Kind.DATE, Kind.BIRTH_DATE)
_DECODED = (Kind.CODE, Kind.BOOLEAN)


def shown(frame: pl.DataFrame, marks: Marks, kinds: Mapping[int, Kind], first_row: int, zero: dt.date) -> pl.DataFrame:
    """Frame of texts (``c0``, …) in which the columns of ``kinds``, from ``first_row`` on, say what the sheet shows.

    ``zero`` is the day from which the workbook counts: where the reader of an XLS knows no format of its program, days come as numbers.
    """
    cells = [cell for cell in marks.formatted if cell.column in kinds and cell.row >= first_row]
    for column, kind in kinds.items():
        own = [cell for cell in cells if cell.column == column]
        if own and f"c{column}" in frame.columns:
            frame = frame.with_columns(_formatted(frame[f"c{column}"], own, kind, zero))
        merged = [one for one in marks.merged if one.from_column == column and first_row <= one.from_row < one.to_row]
        if merged and f"c{column}" in frame.columns:
            frame = frame.with_columns(_filled(frame[f"c{column}"], merged))
    return frame


def _filled(texts: pl.Series, merged: Sequence[Merged]) -> pl.Series:
    """Column in which each row of a merged cell has its value."""
    source = list(range(len(texts)))
    for one in merged:
        source[one.from_row : one.to_row + 1] = [one.from_row] * (min(one.to_row + 1, len(texts)) - one.from_row)
    return texts.gather(source)


def _formatted(texts: pl.Series, cells: Sequence[Formatted], kind: Kind, zero: dt.date) -> pl.Series:
    marked = pl.DataFrame(
        [(cell.row, cell.format, cell.is_text) for cell in cells],
        schema={"row": pl.UInt32, "format": pl.String, "is_text": pl.Boolean},
        orient="row",
    )
    rows = pl.DataFrame({"text": texts}).with_row_index("row").join(marked, on="row", how="left", maintain_order="left")
    distinct = rows.select("text", "format", "is_text").drop_nulls().unique()
    read = _partial_days(distinct, zero) if kind in _DATES else distinct.with_columns(pl.lit(None, pl.String).alias("shown"))
    made = [_shown(kind, *row) for row in read.select("text", "format", "is_text", "shown").iter_rows()]
    read = read.with_columns(pl.Series("shown", made, dtype=pl.String))
    rows = rows.join(read, on=["text", "format", "is_text"], how="left", maintain_order="left")
    return rows.select(
        pl.when(pl.col("shown").is_not_null()).then(pl.col("shown").replace("", None)).otherwise("text").alias(texts.name)
    ).to_series()


def _shown(kind: Kind, text: str, code: str, is_text: bool, partial: str | None) -> str | None:  # noqa: FBT001 - a cell of a row
    """What is shown instead of a value; None where the value stays."""
    if partial is not None:
        return partial
    if is_text:
        return formats.shown_text(code, text)
    found = formats.shown_number(code, text)
    # An age or a day is a number that a format only adorns, unless it hides it; a code may be spelt out, but is read by its number.
    is_number = kind in (Kind.INTEGER, *_DATES) or (kind in _DECODED and any(sign.isdigit() for sign in found or ""))
    return None if found and is_number else found


def _partial_days(cells: pl.DataFrame, zero: dt.date) -> pl.DataFrame:
    """Add ``shown``: months and years of days whose format leaves the rest out, where all of the column are the first of theirs."""
    known = pl.col("format").map_elements(formats.known_part, return_dtype=pl.String)
    counted = pl.lit(zero) + pl.duration(days=pl.col("text").str.extract(r"^([1-9][0-9]{0,5})$").cast(pl.Int64))
    day = pl.coalesce(pl.col("text").str.to_date("%Y-%m-%d", strict=False), pl.when(pl.col("known") != "").then(counted))
    read = cells.with_columns(known.alias("known")).with_columns(day.alias("day"))
    first = (pl.col("day").dt.day() == 1) & ((pl.col("known") == "%Y-%m") | (pl.col("day").dt.month() == 1))
    is_partial = (first | pl.col("day").is_null()).all().over("known") & pl.col("day").is_not_null()
    shown_day = pl.when(pl.col("known") == "%Y-%m").then(pl.col("day").dt.to_string("%Y-%m"))
    shown_day = shown_day.when(pl.col("known") == "%Y").then(pl.col("day").dt.to_string("%Y"))
    return read.with_columns(pl.when(is_partial).then(shown_day).alias("shown"))
