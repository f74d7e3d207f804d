"""Which unknowns linear equations determine, by singular values: shares nothing with the elimination of ``reconcile.statistics``."""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_NOTHING = 1e-7


def determined(matrix):
    """Columns whose unknown has one value in all solutions: that no vector of the null space moves."""
    if not matrix.shape[1]:
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    rank = int((sizes > _NOTHING).sum())
    moved = np.abs(directions[rank:]).max(axis=0, initial=0)
    return np.flatnonzero(moved < _NOTHING).tolist()


def told(tables, shown, relations):
    """Cells (table, row, column) that are hidden in ``shown`` and that the relations determine.

    Cells in the same equations with the same factors are one unknown, of which no part is determined.
    """
    unknown = pl.concat(
        frame.select(
            pl.lit(name).alias("table"),
            "_row",
            pl.lit(column).alias("column"),
            is_known=pl.col(column).is_not_null(),
            is_hidden=pl.col(column).is_not_null() & shown[name][column].is_null(),
        )
        for name, frame in tables.items()
        for column, kind in frame.schema.items()
        if column != "_row" and kind in {pl.Int64, pl.Float64}
    )
    cell = ["table", "_row", "column"]
    members = relations.join(unknown, on=cell).filter(pl.col("is_known").all().over("relation")).filter("is_hidden")
    members = members.with_columns(pl.col("factor") / pl.col("factor").abs().max().over("relation"))
    members = members.with_columns(row=pl.col("relation").rank("dense") - 1, number=pl.struct(cell).rank("dense") - 1).sort("number", "row")
    said = pl.concat_str(pl.col("row", "factor").cast(pl.String), separator="*")
    alike = members.group_by("number").agg(equations=said.sort_by("row").str.join("|"))
    alike = alike.with_columns(together=pl.len().over("equations")).with_columns(first=pl.col("number").min().over("equations"))
    single = set(alike.filter(pl.col("together") == 1)["number"])
    kept = members.join(alike.filter(pl.col("number") == pl.col("first")), on="number", how="semi")
    found = [number for number in _by_component(kept) if number in single]
    return members.filter(pl.col("number").is_in(found)).select(cell).unique().sort(cell).rows()


def _by_component(members):
    if members.is_empty():
        return
    rows, columns, factors = (members[name].to_numpy() for name in ("row", "number", "factor"))
    size = int(rows.max()) + 1 + int(columns.max()) + 1
    shift = int(rows.max()) + 1
    _, labels = connected_components(coo_array((np.ones(len(rows)), (rows, columns + shift)), shape=(size, size)), directed=False)
    for label in np.unique(labels[columns + shift]):
        here = labels[rows] == label
        _, row = np.unique(rows[here], return_inverse=True)
        names, column = np.unique(columns[here], return_inverse=True)
        matrix = np.zeros((row.max() + 1, len(names)))
        matrix[row, column] = factors[here]
        yield from (int(names[one]) for one in determined(matrix))
