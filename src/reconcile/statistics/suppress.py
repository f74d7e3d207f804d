"""Small numbers, as they leave on pages and in files: hidden, and so that no sum tells them again. Tables inside stay whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reconcile.statistics.elimination import System
from reconcile.statistics.members import Tables
from reconcile.statistics.sums import COUNTS, LAST, ONE_GROUP

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


def withheld(tables: Tables, relations: pl.DataFrame, below: int) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """Tables as they may leave: counts that are small are empty, and as many more as it takes that no equations tell one of them.

    Whatever is added and subtracted, no cell that is hidden at the end can be computed: one that is not small and could be is shown. What
    cannot be kept secret are bounds: a hidden count is no less than 1, and no more than a sum it is part of.

    Shares and means beside a hidden count are empty as well, and where a table says why a figure is empty, it says ``small_number``.

    Args:
        tables: name → rows with their number in ``_row``; every whole number of 64 bits is a count, and so are ``COUNTS``.
        relations: cells with the equations they are members of, as ``sums.of`` gives them.
        below: from this count on a cell may be shown; 0 or 1 hides nothing.

    Returns:
        The tables without ``_row``, and how many counts each hides.

    """
    cells = _cells(tables, below)
    hidden_cells = cells.filter(pl.col("cell").is_in(_closed(cells, relations).implode()))
    shown = {name: _emptied(frame, hidden_cells.filter(pl.col("table") == name), name) for name, frame in tables.items()}
    return shown, dict(hidden_cells.group_by("table").len().sort("table").rows())


def _cells(tables: Tables, below: int) -> pl.DataFrame:
    """Every figure that is not 0: table, row, column, in which order it would go with a small one, whether it is a small count."""
    parts = [
        frame.select(
            pl.lit(name).alias("table"),
            "_row",
            pl.lit(column).alias("column"),
            pl.col(column).cast(pl.Float64).abs().alias("value"),
            pl.col(column).cast(pl.Float64).sign().alias("sign"),
            COUNTS.get((name, column), pl.lit(value=True)).alias("is_count"),
        ).with_columns(order=pl.col("value") * (_FAR if (name, column) in LAST else 1))
        for name, frame in tables.items()
        for column, kind in frame.schema.items()
        if column != "_row" and (kind == pl.Int64 or (name, column) in COUNTS)
    ]
    is_small = pl.col("is_count") & (pl.col("value") >= 1) & (pl.col("value") < below) & (pl.col("value") % 1 == 0)
    return pl.concat(parts).with_columns(is_small=is_small).with_row_index("cell")


def _closed(cells: pl.DataFrame, relations: pl.DataFrame) -> pl.Series:
    """Cells that have to go: the small ones, and those that go with them; what is 0 or not known is no part of an equation."""
    members = relations.join(cells, on=["table", "_row", "column"])
    members = members.filter(pl.col("value").is_not_null().all().over("relation"), pl.col("value") > 0)
    small = set(cells.filter("is_small")["cell"])
    alike = _alike(members.filter("is_small"))
    single = members.join(alike.filter(pl.col("cell") != pl.col("first")), on="cell", how="anti")
    grouped = single.sort("relation", "cell").group_by("relation", maintain_order=True).agg("cell", "factor")
    equations = [dict(zip(*row, strict=True)) for row in grouped.select("cell", "factor").rows()]
    system = System(equations, small & set(single["cell"]))
    protected = set(alike.filter(pl.len().over("first") == 1)["cell"])
    order = dict(single.select("cell", "order").unique().rows())
    while True:
        system.close(protected, order)
        gone = pl.Series(sorted(small | (system.hidden - system.told())), dtype=pl.UInt32)
        more = set(_beside_ones(members.with_columns(is_gone=pl.col("cell").is_in(gone.implode())))) - protected
        if not more:
            return gone
        system.hide(more)
        protected |= more


def _beside_ones(members: pl.DataFrame) -> pl.Series:
    """One more cell of each equation whose hidden ones are all 1 and on one side: since no 0 is hidden, their number would tell them."""
    hidden_ones = members.filter("is_gone").group_by("relation")
    side = pl.col("factor") * pl.col("sign")
    bound = hidden_ones.agg(pl.col("value").max() == 1, side.sign().n_unique() == 1).filter("value", "factor")
    shown = members.filter(~pl.col("is_gone")).join(bound, on="relation", how="semi").sort("order", "cell")
    return shown.group_by("relation", maintain_order=True).agg(pl.col("cell").first())["cell"].unique().sort()


def _alike(members: pl.DataFrame) -> pl.DataFrame:
    """Cells with the first of those that have the same factors in the same equations: only their sum can ever be computed."""
    told = members.sort("relation").group_by("cell").agg(pl.struct("relation", "factor").hash().alias("equations"))
    return told.select("cell", first=pl.col("cell").min().over("equations"))


def _emptied(frame: pl.DataFrame, gone: pl.DataFrame, name: str) -> pl.DataFrame:
    """A table without the cells that have to go, and without the shares and means of their rows."""
    touched = pl.col("_row").is_in(gone["_row"].unique().implode())
    if name in ONE_GROUP:
        touched = touched.any().over(ONE_GROUP[name])
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
