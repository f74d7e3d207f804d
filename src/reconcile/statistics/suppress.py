"""Small numbers, as they leave on pages and in files: hidden, and so that no sum tells them again. Tables inside stay whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reconcile.statistics.sums import LAST, Tables

_FAR = 1e9
"""How much later than others the counts of ``LAST`` go."""


def hidden(cells: pl.DataFrame, value: str, *, totals: Sequence[Sequence[str]], below: int) -> pl.DataFrame:
    """Empty the cells of a table that are too small to be shown, and as many more as it takes that nobody can compute them.

    A cell is small where it counts at least one and less than ``below``. Of every group of cells whose sum is shown, either none or at
    least two are hidden: where only one would be, the smallest of the others goes with it, a zero last of all.

    Args:
        cells: the finest cells, without their sums; counts that are unknown (null) stay so and hide nothing.
        value: column with the count.
        totals: for each kind of sum that is shown, the columns that its groups have in common; ``[[]]`` for the sum of all.
        below: from this count on a cell may be shown; 0 or 1 hides nothing.

    Returns:
        The rows in their order; ``value`` is null where it is hidden, ``is_hidden`` says so.

    Raises:
        pl.exceptions.ColumnNotFoundError: when a column is not there.

    """
    table = cells.with_row_index("_row").with_columns(is_hidden=pl.col(value).is_between(1, below - 1).fill_null(value=False))
    while True:
        before = table["is_hidden"].sum()
        for columns in totals:
            table = _joined(table, value, list(columns))
        if table["is_hidden"].sum() == before:
            break
    shown = pl.when(~pl.col("is_hidden")).then(pl.col(value)).alias(value)
    return table.sort("_row").with_columns(shown).drop("_row")


def _joined(table: pl.DataFrame, value: str, columns: list[str]) -> pl.DataFrame:
    """Hide one more cell in each group that has a single hidden one: the smallest that is not zero, else a zero."""
    group = columns or [pl.lit(value=True).alias("_all")]
    order = pl.when(pl.col(value) > 0).then(pl.col(value)).otherwise(pl.col(value).max() + 1)
    candidates = (
        table.with_columns(_order=order, _hidden=pl.col("is_hidden").sum().over(columns) if columns else pl.col("is_hidden").sum())
        .filter(pl.col("_hidden") == 1, ~pl.col("is_hidden"), pl.col(value).is_not_null())
        .sort("_order", "_row")
    )
    chosen = candidates.group_by(group, maintain_order=True).agg(pl.col("_row").first())["_row"]
    return table.with_columns(is_hidden=pl.col("is_hidden") | pl.col("_row").is_in(chosen.implode()))


def withheld(tables: Tables, sums: pl.DataFrame, below: int) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """Tables as they may leave: counts that are small are empty, and as many more as it takes that no sum tells them again.

    Of every sum that has a hidden member at least two are hidden: the smallest of the others goes with it, a zero last of all. Shares and
    means beside a hidden count are empty as well, and where a table says why a figure is empty, it says ``small_number``.

    Args:
        tables: name → rows with their number in ``_row``; every whole number of 64 bits is a count, and so is what ``sums`` names.
        sums: cells with the sums they are members of, as ``sums.of`` gives them.
        below: from this count on a cell may be shown; 0 or 1 hides nothing.

    Returns:
        The tables without ``_row``, and how many counts each hides.

    """
    cells = _cells(tables, sums, below)
    members = sums.join(cells.select("table", "_row", "column", "cell"), on=["table", "_row", "column"]).select("sum", "cell").unique()
    gone = _closed(cells, members)
    hidden_cells = cells.filter(pl.col("cell").is_in(gone.implode()))
    shown = {name: _emptied(frame, hidden_cells.filter(pl.col("table") == name)) for name, frame in tables.items()}
    return shown, dict(hidden_cells.group_by("table").len().sort("table").rows())


def _cells(tables: Tables, sums: pl.DataFrame, below: int) -> pl.DataFrame:
    """Every count: table, row, column, absolute value, in which order it would go with a small one, whether it is small."""
    named = set(sums.select("table", "column").unique().rows())
    parts = [
        frame.select(
            pl.lit(name).alias("table"), "_row", pl.lit(column).alias("column"), pl.col(column).cast(pl.Float64).abs().alias("value")
        ).with_columns(order=pl.col("value") * (_FAR if (name, column) in LAST else 1))
        for name, frame in tables.items()
        for column, kind in frame.schema.items()
        if column != "_row" and (kind == pl.Int64 or (name, column) in named)
    ]
    small = (pl.col("value") > 0) & (pl.col("value") < below)
    nothing_last = pl.when(pl.col("value") > 0).then(pl.col("order")).otherwise(float("inf"))
    return pl.concat(parts).drop_nulls("value").with_columns(order=nothing_last, is_small=small).with_row_index("cell")


def _closed(cells: pl.DataFrame, members: pl.DataFrame) -> pl.Series:
    """Cells that have to go: the small ones, and those that go with one that would be the only one of a sum."""
    known = members.join(cells.select("cell", "order", "is_small"), on="cell").rename({"is_small": "gone"})
    told = _told(known)
    while True:
        alone = known.group_by("sum").agg(pl.col("gone").sum()).filter(pl.col("gone") == 1).select("sum")
        candidates = known.join(alone, on="sum", how="semi").filter(~pl.col("gone"), ~pl.col("cell").is_in(told.implode()))
        chosen = candidates.sort("order", "cell").group_by("sum", maintain_order=True).agg(pl.col("cell").first())["cell"].unique()
        if chosen.is_empty():
            break
        known = known.with_columns(gone=pl.col("gone") | pl.col("cell").is_in(chosen.implode()))
    return pl.concat([known.filter("gone")["cell"], cells.filter("is_small")["cell"]]).unique()


def _told(known: pl.DataFrame) -> pl.Series:
    """Zeros that nothing hides: sums of no rows, and of such zeros alone. In the place of a small number they would say nothing less."""
    is_zero = pl.col("order") == float("inf")
    told = pl.Series("cell", [], dtype=pl.UInt32)
    while True:
        others = known.filter(~pl.col("cell").is_in(told.implode()))
        more = others.filter(pl.len().over("sum") == 1, is_zero)["cell"].unique()
        if more.is_empty():
            return told
        told = pl.concat([told, more])


def _emptied(frame: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """A table without the cells that have to go, and without the shares and means of their rows."""
    rows = gone["_row"].unique().implode()
    touched = pl.col("_row").is_in(rows)
    empty = [
        pl.when(~pl.col("_row").is_in(gone.filter(pl.col("column") == column)["_row"].implode())).then(pl.col(column)).alias(column)
        for column in gone["column"].unique().sort()
    ]
    means = [
        pl.when(~touched).then(pl.col(column)).alias(column)
        for column, kind in frame.schema.items()
        if kind == pl.Float64 and column not in set(gone["column"])
    ]
    said = (
        [pl.when(touched).then(pl.lit("small_number")).otherwise(pl.col("missing")).alias("missing")] if "missing" in frame.columns else []
    )
    return frame.with_columns(*empty, *means, *said).drop("_row")
