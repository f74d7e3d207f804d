"""Which figures of ``stats`` are sums of others: what somebody who has the exported files could subtract from each other.

A sum is a set of cells that one equation ties together, whatever their signs: the parts and the whole. The members of a sum may stand in
several tables. Running forms are tied to the events of a month by the forms of two months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

Tables = Mapping[str, pl.DataFrame]
"""Name of a table in ``stats`` → its rows, with their number in ``_row``."""

MEMBER = {"sum": pl.UInt64, "table": pl.String, "_row": pl.Int64, "column": pl.String}

_ALONG = {
    "form_57": (("period_to", "column_no"), ("persons",)),
    "form_58": (("period_to", "column_no"), ("persons",)),
    "balance": (("period_to", "kind", "part"), ("persons",)),
    "urbanisation": (("period_to",), ("urban", "population")),
    "urban_change": (("period_to", "part"), ("urban", "population")),
    "timeliness": (("month", "event"), ("registered", "registered_before")),
    "completeness": (("period_to", "measure"), ("found", "expected")),
    "corrected": (("part",), ("questions", "persons")),
    "heaping": (("record_type", "measure"), ("records",)),
}
"""Table → columns that the parts of a sum and their whole (county ``all``, or what ``expected`` gives away) have in common, counts."""

_OF_A_ROW = {
    "transfer": (("moved_out", "moved_in", "gap"), ("gap", "other_period", "other_county", "restored", "on_its_way", "open_questions")),
    "night": (("found", "open", "analysts_only"),),
    "night_total": (("found", "open", "analysts_only"),),
}
"""Table → counts of one row that add up."""

_CHANGE = {
    ("births", "urban"): (58, [3]),
    ("births", "population"): (57, [11]),
    ("deaths", "urban"): (58, [24]),
    ("deaths", "population"): (57, [14]),
    ("moves_out", "urban"): (58, [27]),
    ("moves_out", "population"): (57, [19, 20]),
    ("settled_enrolment", "urban"): (58, [12]),
    ("settled_hired", "urban"): (58, [13]),
    ("settled_work_trade", "urban"): (58, [14]),
    ("settled_invest", "urban"): (58, [15]),
    ("settled_house", "urban"): (58, [16]),
    ("settled_kin", "urban"): (58, [17]),
    ("settled_relocation", "urban"): (58, [18]),
    ("village_rebuild", "urban"): (58, [19]),
    ("code_change", "urban"): (58, [20]),
    ("settled_other", "urban"): (58, [21]),
}
"""Part and count of ``stats.urban_change`` → form and columns that say the same."""

_BALANCE = {"after": [2], "births": [11], "deaths": [14], "moves_in": [17, 18], "moves_out": [19, 20]}
"""Term of the balance → columns of 公业57 that it is made of."""

LAST = {("form_check", "found"), ("urbanisation", "urban"), ("urbanisation", "population")}
"""Counts that everybody asks for: another member of their sums goes before them."""

_PLACE = ("period_to", "county_code")
_TERM = re.compile(r"(5[78])\.c(\d+)( \+ … \+)?")


def of(tables: Tables, entries: pl.DataFrame) -> pl.DataFrame:
    """Every cell with the sums it is a member of, columns as in ``MEMBER``.

    Args:
        tables: all tables of figures.
        entries: rows of ``stats.movement`` (``movement_row``) by form, ``column_no``, month and county they count in.

    """
    parts = [
        *_along(tables),
        *_rows(tables),
        *_nights(tables),
        *_checks(tables),
        *_copies(tables),
        *_events(tables, entries),
        *_people(tables),
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=MEMBER)


def _members(frame: pl.DataFrame, table: str, column: str, *key: str | pl.Expr, name: str) -> pl.DataFrame:
    """Cells of one column of a table; those that have the key in common are members of one sum of that name."""
    parts = [pl.lit(name), *(pl.col(one) if isinstance(one, str) else one for one in key)]
    which = pl.concat_str([part.cast(pl.String).fill_null("") for part in parts], separator="|").hash().alias("sum")
    cells = frame.select(which, pl.lit(table).alias("table"), "_row", pl.lit(column).alias("column"))
    return cells.cast(dict(MEMBER))  # type: ignore[arg-type]


def _along(tables: Tables) -> Iterator[pl.DataFrame]:
    for table, (key, columns) in _ALONG.items():
        for column in columns:
            yield _members(tables[table], table, column, *key, name=f"{table}.{column}")
    yield _members(tables["corrected"], "corrected", "questions", "county_code", name="corrected of a county")
    for column in ("urban", "population"):
        yield _members(tables["urban_change"], "urban_change", column, "period_to", "county_code", name=f"change of {column}")


def _rows(tables: Tables) -> Iterator[pl.DataFrame]:
    for table, groups in _OF_A_ROW.items():
        for number, columns in enumerate(groups):
            for column in columns:
                yield _members(tables[table], table, column, "_row", name=f"{table} {number}")


def _nights(tables: Tables) -> Iterator[pl.DataFrame]:
    """Findings by type and station, their totals, and the total of the totals."""
    counts = [column for column, kind in tables["night"].schema.items() if kind == pl.Int64 and column != "_row"]
    total = tables["night_total"]
    for column in counts:
        for key, other in (("finding_type", "station_code"), ("station_code", "finding_type")):
            yield _members(tables["night"], "night", column, "as_of", key, name=f"{column} by {key}")
            of_key = total.filter(pl.col(other) == "all", pl.col(key) != "all")
            yield _members(of_key, "night_total", column, "as_of", key, name=f"{column} by {key}")
            yield _members(total.filter(pl.col(other) == "all"), "night_total", column, "as_of", name=f"{column} of all by {key}")


def _columns(check: str) -> list[tuple[int, int]]:
    """Form and column of each term of a check: ``58.c12 + … + 58.c21`` names ten."""
    found: list[tuple[int, int]] = []
    is_range = False
    for form, column, dots in _TERM.findall(check):
        since = found[-1][1] + 1 if is_range else int(column)
        found += [(int(form), number) for number in range(since, int(column) + 1)]
        is_range = bool(dots)
    return found


def _form(tables: Tables, form: int, columns: list[int], name: str) -> pl.DataFrame:
    """Columns of a form as members of a sum in each county and period."""
    chosen = tables[f"form_{form}"].filter(pl.col("column_no").is_in(columns))
    return _members(chosen, f"form_{form}", "persons", *_PLACE, name=name)


def _terms(tables: Tables, said: str, name: str) -> Iterator[pl.DataFrame]:
    for form in (57, 58):
        yield _form(tables, form, [column for one, column in _columns(said) if one == form], name)


def _checks(tables: Tables) -> Iterator[pl.DataFrame]:
    """What the checks say of the columns of both forms, and the checks themselves."""
    checks = tables["form_check"]
    for check in checks["check_name"].unique().sort():
        here = checks.filter(pl.col("check_name") == check)
        if "before" not in check and "<=" not in check and check != "57.c17 = 57.c19":
            yield from _terms(tables, check, check)
        for side, said in zip(("found", "expected"), re.split(r" <?= ", check), strict=True):
            yield _members(here, "form_check", side, *_PLACE, name=f"{check} {side}")
            yield from _terms(tables, said, f"{check} {side}")
        for side in ("found", "expected", "difference"):
            yield _members(here, "form_check", side, *_PLACE, name=f"{check} difference")


def _copies(tables: Tables) -> Iterator[pl.DataFrame]:
    """What other tables say again of the columns of both forms."""
    balance, change = tables["balance"], tables["urban_change"]
    for part, columns in _BALANCE.items():
        official = balance.filter(pl.col("part") == part, pl.col("kind") == "official")
        yield _members(official, "balance", "persons", *_PLACE, name=f"balance {part}")
        yield _form(tables, 57, columns, f"balance {part}")
    is_official = pl.col("kind") == "official"
    yield _members(balance.filter(is_official), "balance", "persons", *_PLACE, name="R of terms")
    yield _members(balance.filter(~is_official | (pl.col("part") == "residual")), "balance", "persons", *_PLACE, name="R of parts")
    for column, number in (("population", 2), ("urban", 3)):
        yield _members(tables["urbanisation"], "urbanisation", column, *_PLACE, name=f"share {column}")
        yield _form(tables, 57, [number], f"share {column}")
    for (part, column), (form, columns) in _CHANGE.items():
        yield _members(change.filter(pl.col("part") == part), "urban_change", column, *_PLACE, name=f"{part} {column}")
        yield _form(tables, form, columns, f"{part} {column}")
    for measure, number in (("births_expected", 11), ("deaths_expected", 14)):
        told = tables["completeness"].filter(pl.col("measure") == measure)
        yield _members(told, "completeness", "found", *_PLACE, name=measure)
        yield _form(tables, 57, [number], measure)


def _events(tables: Tables, entries: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """A form of January to May less that of January to April is what happened in May."""
    key = ("form", "column_no", "month", "county_code")
    event = entries.with_columns(_row=pl.col("movement_row"))
    yield _members(event, "movement", "persons", *key, name="month")
    counted = entries.select("form", "column_no").unique()
    for form in (57, 58):
        table = tables[f"form_{form}"].with_columns(form=pl.lit(form), month=pl.col("period_to").dt.truncate("1mo"))
        table = table.join(counted, on=["form", "column_no"], how="semi").filter(pl.col("county_code") != "all")
        following = table.with_columns(month=pl.col("month").dt.offset_by("1mo")).filter(pl.col("month").dt.month() != 1)
        for one in (table, following):
            yield _members(one, f"form_{form}", "persons", *key, name="month")
    for event_name, movements in (("birth", ["birth", "late_birth"]), ("death", ["death"])):
        soon = tables["timeliness"].filter(pl.col("event") == event_name)
        for column in ("registered", "registered_before"):
            yield _members(soon, "timeliness", column, "month", "county_code", name=f"all {event_name}")
        happened = tables["movement"].filter(pl.col("movement").is_in(movements))
        yield _members(happened, "movement", "persons", "month", "county_code", name=f"all {event_name}")


def _people(tables: Tables) -> Iterator[pl.DataFrame]:
    """The form of the newest day, the population of that day and its villages."""
    people, form = tables["population"], tables["form_57"].filter(pl.col("period_to") == pl.col("period_to").max())
    bands = ["0-17", "18-34", "35-59", "60+"]
    columns = (
        pl.lit(2),
        pl.col("urban_rural_code").str.head(1).replace_strict({"1": 3, "2": 4}, default=None, return_dtype=pl.Int32),
        pl.col("sex").replace_strict({"1": 5, "2": 6}, default=None, return_dtype=pl.Int32),
        pl.col("age_band").replace_strict({band: 7 + n for n, band in enumerate(bands)}, default=None, return_dtype=pl.Int32),
    )
    for column in columns:
        told = people.with_columns(column_no=column).drop_nulls("column_no")
        yield _members(told, "population", "persons", "county_code", "column_no", name="stock")
    yield _members(form.filter(pl.col("column_no") <= 10), "form_57", "persons", "county_code", "column_no", name="stock")  # noqa: PLR2004 - stocks
    yield _members(people, "population", "persons", "station_code", "urban_rural_code", name="village")
    villages = tables["village"].filter(pl.col("as_of") == pl.col("as_of").max())
    yield _members(villages, "village", "persons", "station_code", "urban_rural_code", name="village")
