"""Small numbers, as they leave on pages and in files: hidden, and so that no sum tells them again. Tables inside stay whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


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
