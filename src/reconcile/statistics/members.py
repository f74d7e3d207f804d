"""Members of relations: cells of the tables of ``stats``, each with its factor."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

Tables = Mapping[str, pl.DataFrame]
"""Name of a table in ``stats`` → its rows, with their number in ``_row``."""

MEMBER = {"relation": pl.UInt64, "table": pl.String, "_row": pl.Int64, "column": pl.String, "factor": pl.Int64}

PLACE = ("period_to", "county_code")


def members(frame: pl.DataFrame, table: str, column: str, *key: str | pl.Expr, name: str, factor: int | pl.Expr = 1) -> pl.DataFrame:
    """Cells of one column of a table; those that have the key in common are members of one relation of that name."""
    parts = [pl.lit(name), *(pl.col(one) if isinstance(one, str) else one for one in key)]
    which = pl.concat_str([part.cast(pl.String).fill_null("") for part in parts], separator="|").hash().alias("relation")
    times = (pl.lit(factor) if isinstance(factor, int) else factor).alias("factor")
    cells = frame.select(which, pl.lit(table).alias("table"), "_row", pl.lit(column).alias("column"), times)
    return cells.cast(dict(MEMBER))  # type: ignore[arg-type]


def whole(*, is_whole: pl.Expr) -> pl.Expr:
    """Factor of parts and of their whole."""
    return pl.when(is_whole).then(-1).otherwise(1)


def of_form(
    tables: Tables, form: int, columns: Mapping[int, int], where: pl.DataFrame, name: str, *, is_before: bool = False
) -> pl.DataFrame:
    """Columns of a form as members of a relation, in places and periods of ``where``; ``is_before``: as of the end of the year before."""
    chosen = tables[f"form_{form}"].filter(pl.col("column_no").is_in(list(columns)))
    chosen = (year_before(tables, chosen) if is_before else chosen).join(where, on=PLACE, how="semi")
    factor = pl.col("column_no").replace_strict(dict(columns), return_dtype=pl.Int64)
    return members(chosen, f"form_{form}", "persons", *PLACE, name=name, factor=factor)


def year_before(tables: Tables, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of the ends of years, once for each period of the year that follows."""
    periods = tables["period"].select("period_to", before=pl.col("period_from").dt.offset_by("-1d"))
    return frame.rename({"period_to": "before"}).join(periods, on="before")
