"""Samples of many files, read in one: a plan for a column costs more than the rows of a sample."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reconcile.contract.columns import Column, Kind
from reconcile.contract.tables import Extract
from reconcile.standardise.table import column_plan

_Alike = tuple[Kind, str, tuple[int, ...]]
"""What two columns have in common that are read alike: kind, code set, lengths."""


def read(samples: Sequence[tuple[type[Extract], pl.DataFrame]]) -> list[pl.DataFrame]:
    """Columns of each sample as ``column_plan`` reads them, in the order of its extract."""
    columns: dict[_Alike, list[tuple[int, Column]]] = {}
    for number, (extract, _) in enumerate(samples):
        for field in extract.fields.values():
            columns.setdefault(_alike(field.column), []).append((number, field.column))
    plans = [_plan([samples[number][1][column.name] for number, column in group], group[0][1]) for group in columns.values()]
    made: list[dict[str, pl.DataFrame]] = [{} for _ in samples]
    for values, group in zip(pl.collect_all(plans), columns.values(), strict=True):
        first = 0
        for number, column in group:
            own = values.slice(first, samples[number][1].height)
            made[number][column.name] = own.rename({name: column.name + name.removeprefix(group[0][1].name) for name in own.columns})
            first += own.height
    return [
        pl.concat([found[name] for name in extract.fields], how="horizontal") for (extract, _), found in zip(samples, made, strict=True)
    ]


def _alike(column: Column) -> _Alike:
    return column.kind, column.codes.name if column.codes else "", column.digits


def _plan(texts: list[pl.Series], column: Column) -> pl.LazyFrame:
    return column_plan(pl.LazyFrame(pl.concat([one.rename(column.name) for one in texts])), column)
