"""Which figures of ``stats`` are sums of others: what somebody who has the exported files could compute from them.

A relation is an equation between cells: each has a factor, and the products add up to 0, or to a number that is shown beside them. A cell
of which a table has no row is 0. Running forms are tied to the events of a month by the forms of two months. What holds only mostly (some
stand in a sum of whom no county is known) is declared as well: that hides a little more, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from reconcile.statistics.members import PLACE, Tables, members, of_form, whole, year_before
from reconcile.statistics.scores import RESETTLEMENT, SETTLING

_ALONG = {
    "form_57": (("period_to", "column_no"), ("persons",)),
    "form_58": (("period_to", "column_no"), ("persons",)),
    "balance": (("period_to", "kind", "part"), ("persons",)),
    "urbanisation": (("period_to",), ("urban", "population")),
    "urban_change": (("period_to", "part"), ("urban", "population")),
    "timeliness": (("month", "event"), ("registered", "registered_before")),
    "completeness": (("period_to", "measure"), ("found", "expected")),
    "corrected": (("part",), ("questions", "persons")),
}
"""Table → columns that counties and their sum (county ``all``) have in common, and the counts that add up."""

_FINDINGS = {"found": 1, "open": -1, "analysts_only": -1}
_OF_A_ROW = {
    "transfer": (
        {"moved_out": 1, "moved_in": -1, "gap": -1},
        {"gap": 1, "other_period": -1, "other_county": -1, "restored": -1, "on_its_way": -1, "open_questions": -1, "unexplained": -1},
    ),
    "night": (_FINDINGS,),
    "night_total": (_FINDINGS,),
}
"""Table → counts of one row that add up, with their factors."""

_BALANCE = {"after": {2: 1}, "births": {11: 1}, "deaths": {14: -1}, "moves_in": {17: 1, 18: 1}, "moves_out": {19: -1, 20: -1}}
"""Term of the balance → columns of 公业57 that it is made of, with their factors."""

_REGISTERED = {5: 1, 6: 1, 7: 1, 22: 1, 25: -1, 26: -1, 28: -1}
"""Columns of 公业58 that the parts ``clean_up``, ``army_and_abroad`` and ``other_moves_in`` of ``stats.urban_change`` say together."""

_CORRECTED = ("late_registration", "restored", "adoption", "naturalised", "other_registration")
"""Parts of the balance that ``clean_up`` and ``army_and_abroad`` say together, beside all that begin with ``cancelled_``."""

_SCORED = {"strict": {8: 1, 19: -1, 20: -1, 6: 1, 7: 1}, "broad": {2: 1, 3: -1, 19: -1, 20: -1}}
"""Reading of the second score → columns of 公业58 whose sum its points tell, with their factors."""

COUNTS = {
    ("urban_check", "found"): ~pl.col("check_name").is_in(["rise_from_codes", "one_way"]),
    ("completeness", "expected"): ~pl.col("measure").str.ends_with("_expected"),
    ("assessment", "points"): pl.lit(value=False),
}
"""Numbers that need not be whole, and in which rows they are counts, which may be too small."""

LAST = {("form_check", "found"), ("urbanisation", "urban"), ("urbanisation", "population"), ("assessment", "points")}
"""Figures that everybody asks for: another member of their relations goes before them."""

RUNNING = ("balance", "form_57", "form_58", "form_check", "transfer", "urban_change", "urbanisation")
"""Tables with figures that run from 1 January to the end of each month."""

ONE_GROUP = {"corrected": "county_code"}
"""Table → column of rows whose shares and means go together: the corrected population mixes all parts of a county."""

_TERM = re.compile(r"(-?) ?(5[78])\.c(\d+)( \+ … \+)?")
_EMPTY_COLUMN = (58, 4)
"""Counted in another column: 0 in every sum."""


def whole_years(tables: Tables) -> dict[str, pl.DataFrame]:
    """The tables, of running figures those of whole years and of the newest day alone, of the measures of nights those of the newest.

    Of two months that follow each other each figure may be large, and what lies between them one event. To hide both would empty most of
    the forms of a small county. Earlier nights left with exports of their own; a night of 240 stations costs ten seconds of elimination.
    """
    ends = tables["period"].filter(pl.col("is_year") | pl.col("is_newest")).select("period_to")
    left = {name: tables[name].join(ends, on="period_to", how="semi") for name in RUNNING}
    left |= {name: tables[name].filter(pl.col("as_of") == pl.col("as_of").max()) for name in ("night", "night_total")}
    return {**tables, **left}


def of(tables: Tables, entries: pl.DataFrame) -> pl.DataFrame:
    """Every cell with the relations it is a member of, columns as in ``MEMBER``.

    Args:
        tables: all tables of figures.
        entries: rows of ``stats.movement`` (``movement_row``) by the column of a form (``form_57``, ``form_58``) or the part of
            ``urban_change`` that they count in (``target``, ``item``, ``count``, ``sign``).

    """
    parts = [
        *_along(tables),
        *_rows(tables),
        *_nights(tables),
        *_checks(tables),
        *_copies(tables),
        *_changes(tables),
        *_events(tables, entries),
        *_people(tables),
        *_scores(tables),
    ]
    found = pl.concat(parts).group_by("relation", "table", "_row", "column").agg(pl.col("factor").sum())
    return found.filter(pl.col("factor") != 0)


def _along(tables: Tables) -> Iterator[pl.DataFrame]:
    """Counties and the prefecture; records by their marks, whose sum ``expected`` gives away; questions of a county."""
    for table, (key, columns) in _ALONG.items():
        factor = whole(is_whole=pl.col("county_code") == "all")
        for column in columns:
            yield members(tables[table], table, column, *key, name=f"{table}.{column}", factor=factor)
    yield members(tables["heaping"], "heaping", "records", "record_type", "measure", name="heaping")
    corrected = tables["corrected"].filter(pl.col("part") != "reported")
    factor = whole(is_whole=pl.col("part") == "corrected")
    yield members(corrected, "corrected", "questions", "county_code", name="corrected", factor=factor)
    of_a_part = corrected.filter(pl.col("part") != "corrected")
    yield members(of_a_part, "corrected", "questions", "_row", name="a person a question")
    yield members(of_a_part, "corrected", "persons", "_row", name="a person a question", factor=-pl.col("persons").sign())


def _rows(tables: Tables) -> Iterator[pl.DataFrame]:
    for table, groups in _OF_A_ROW.items():
        for number, factors in enumerate(groups):
            for column, factor in factors.items():
                yield members(tables[table], table, column, "_row", name=f"{table} {number}", factor=factor)


def _nights(tables: Tables) -> Iterator[pl.DataFrame]:
    """Findings by type and station, and their totals."""
    counts = [column for column, kind in tables["night"].schema.items() if kind == pl.Int64 and column != "_row"]
    for column in counts:
        for key, other in (("finding_type", "station_code"), ("station_code", "finding_type")):
            total = tables["night_total"].filter(pl.col(other) == "all")
            yield members(tables["night"], "night", column, "as_of", key, name=f"{column} by {key}")
            yield members(total, "night_total", column, "as_of", key, name=f"{column} by {key}", factor=-1)


def _columns(said: str) -> dict[int, dict[int, int]]:
    """Form → columns of the terms of a check with their factors: ``58.c12 + … + 58.c21`` names ten."""
    found: list[tuple[int, int, int]] = []
    is_range = False
    for sign, form, column, dots in _TERM.findall(said):
        since = found[-1][1] + 1 if is_range else int(column)
        found += [(int(form), number, -1 if sign else 1) for number in range(since, int(column) + 1)]
        is_range = bool(dots)
    return {form: {column: factor for one, column, factor in found if one == form and (one, column) != _EMPTY_COLUMN} for form in (57, 58)}


def _checks(tables: Tables) -> Iterator[pl.DataFrame]:
    """Both sides of each check and their difference; the first period has no checks, and adds up all the same."""
    checks, form = tables["form_check"], tables["form_57"]
    first = form.filter(pl.col("period_to") == pl.col("period_to").min()).select(PLACE).unique()
    for check in checks["check_name"].unique().sort():
        here = checks.filter(pl.col("check_name") == check)
        said = dict(zip(("found", "expected"), map(_columns, re.split(r" <?= ", check)), strict=True))
        for side, columns in said.items():
            yield members(here, "form_check", side, *PLACE, name=f"{check} {side}", factor=-1)
            for number, factors in columns.items():
                yield of_form(tables, number, factors, here, f"{check} {side}")
                if "before" not in check:
                    sign = 1 if side == "found" else -1
                    yield of_form(tables, number, {column: sign * factor for column, factor in factors.items()}, first, check)
        if "before" in check:
            for number, factors in said["found"].items():
                yield of_form(tables, number, factors, here, f"{check} expected", is_before=True)
        told = here.filter(~pl.col("is_limit") | (pl.col("difference") != 0))
        for side, factor in (("found", 1), ("expected", -1), ("difference", -1)):
            yield members(told, "form_check", side, *PLACE, name=f"{check} difference", factor=factor)


def _copies(tables: Tables) -> Iterator[pl.DataFrame]:
    """What the balance, the share in towns and the expected events say again of 公业57."""
    balance = tables["balance"]
    is_official, is_residual = pl.col("kind") == "official", pl.col("part") == "residual"
    for part, columns in _BALANCE.items():
        term = balance.filter(is_official, pl.col("part") == part)
        yield members(term, "balance", "persons", *PLACE, name=f"balance {part}", factor=-1)
        yield of_form(tables, 57, columns, term, f"balance {part}")
    before = balance.filter(is_official, pl.col("part") == "before")
    yield members(before, "balance", "persons", *PLACE, name="balance before", factor=-1)
    yield of_form(tables, 57, {2: 1}, before, "balance before", is_before=True)
    terms, parts = balance.filter(is_official), balance.filter(~is_official | is_residual)
    yield members(terms, "balance", "persons", *PLACE, name="R of terms", factor=whole(is_whole=pl.col("part") != "after"))
    yield members(parts, "balance", "persons", *PLACE, name="R of parts", factor=whole(is_whole=is_residual & is_official))
    for column, number in (("population", 2), ("urban", 3)):
        yield members(tables["urbanisation"], "urbanisation", column, *PLACE, name=f"share {column}", factor=-1)
        yield of_form(tables, 57, {number: 1}, tables["urbanisation"], f"share {column}")
    for measure, number in (("births_expected", 11), ("deaths_expected", 14)):
        told = tables["completeness"].filter(pl.col("measure") == measure)
        yield members(told, "completeness", "found", *PLACE, name=measure, factor=-1)
        yield of_form(tables, 57, {number: 1}, told, measure)


def _changes(tables: Tables) -> Iterator[pl.DataFrame]:
    """What changed the share in towns: all parts are the change since the year before, and some say again what the register says."""
    change, share = tables["urban_change"], tables["urbanisation"]
    for column in ("urban", "population"):
        name = f"change of {column}"
        yield members(change, "urban_change", column, *PLACE, name=name)
        for told, factor in ((share, -1), (year_before(tables, share), 1)):
            yield members(told.join(change, on=PLACE, how="semi"), "urbanisation", column, *PLACE, name=name, factor=factor)
    corrected = change.filter(pl.col("part").is_in(["clean_up", "army_and_abroad"]))
    parts = tables["balance"].filter(pl.col("part").is_in(_CORRECTED) | pl.col("part").str.starts_with("cancelled_"))
    alike = [
        frame.group_by(PLACE).agg(pl.col(count).sum().alias("sum")) for frame, count in ((corrected, "population"), (parts, "persons"))
    ]
    where = alike[0].join(alike[1], on=[*PLACE, "sum"], how="semi")  # where an open question asks about one, it is another part
    for frame, table, column, factor in ((corrected, "urban_change", "population", -1), (parts, "balance", "persons", 1)):
        yield members(frame.join(where, on=PLACE, how="semi"), table, column, *PLACE, name="corrected register", factor=factor)
    registered = change.filter(pl.col("part").is_in(["clean_up", "army_and_abroad", "other_moves_in"]))
    yield members(registered, "urban_change", "urban", *PLACE, name="registered", factor=-1)
    yield of_form(tables, 58, _REGISTERED, change, "registered")


def _events(tables: Tables, entries: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """A figure of January to May less that of January to April is what happened in May."""
    key = ("target", "item", "count", *PLACE)
    months = tables["form_57"].select("period_to", year=pl.col("period_to").dt.year()).unique().sort("period_to")
    event = entries.with_columns(year=pl.col("month").dt.year()).sort("month")
    event = event.join_asof(
        months, left_on="month", right_on="period_to", by="year", strategy="forward", coalesce=False, check_sortedness=False
    )
    event = event.drop_nulls("period_to").with_columns(_row=pl.col("movement_row"))
    is_known = pl.struct(PLACE).is_in(tables["urban_change"].select(pl.struct(PLACE)).to_series().implode())
    event = event.filter((pl.col("target") != "urban_change") | is_known)
    yield members(event, "movement", "persons", *key, name="month", factor=-pl.col("sign"))
    counted = entries.select("target", "item", "count").unique()
    following = months.with_columns(after=pl.col("period_to").shift(-1).over("year")).drop_nulls("after")
    for table, item, counts in (
        ("form_57", "column_no", ["persons"]),
        ("form_58", "column_no", ["persons"]),
        ("urban_change", "part", ["urban", "population"]),
    ):
        for count in counts:
            told = tables[table].filter(pl.col("county_code") != "all")
            told = told.with_columns(target=pl.lit(table), item=pl.col(item).cast(pl.String), count=pl.lit(count))
            told = told.join(counted, on=["target", "item", "count"], how="semi")
            yield members(told, table, count, *key, name="month")
            later = told.join(following, on="period_to").with_columns(period_to=pl.col("after"))
            yield members(later, table, count, *key, name="month", factor=-1)
    for event_name, movements in (("birth", ["birth", "late_birth"]), ("death", ["death"])):
        soon = tables["timeliness"].filter(pl.col("event") == event_name, pl.col("county_code") != "all")
        for column in ("registered", "registered_before"):
            yield members(soon, "timeliness", column, "month", "county_code", name=f"all {event_name}", factor=-1)
        happened = tables["movement"].filter(pl.col("movement").is_in(movements)).join(soon, on=["month", "county_code"], how="semi")
        yield members(happened, "movement", "persons", "month", "county_code", name=f"all {event_name}")


def _people(tables: Tables) -> Iterator[pl.DataFrame]:
    """The form of the newest day, the population of that day, its villages and special areas."""
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
        yield members(told, "population", "persons", "county_code", "column_no", name="stock")
    stocks = form.filter(pl.col("column_no").is_between(2, 10), pl.col("county_code") != "all")
    yield members(stocks, "form_57", "persons", "county_code", "column_no", name="stock", factor=-1)
    reported = tables["corrected"].filter(pl.col("part") == "reported")
    yield members(reported, "corrected", "persons", "county_code", name="reported", factor=-1)
    yield members(form.filter(pl.col("column_no") == 2), "form_57", "persons", "county_code", name="reported")  # noqa: PLR2004 - 总人口
    yield members(people, "population", "persons", "station_code", "urban_rural_code", name="village")
    villages = tables["village"].filter(pl.col("as_of") == pl.col("as_of").max())
    yield members(villages, "village", "persons", "station_code", "urban_rural_code", name="village", factor=-1)
    village = ("station_code", "community_code")
    yield members(villages.filter(pl.col("urban_rural_code") == "123"), "village", "persons", *village, name="special area")
    areas = tables["urban_check"].filter(pl.col("check_name") == "special_area_small")
    yield members(areas, "urban_check", "found", *village, name="special area", factor=-1)


def _scores(tables: Tables) -> Iterator[pl.DataFrame]:
    """What the points of a county tell: people who settled, by the form; the rehoused whose registration followed."""
    points = tables["assessment"].filter(pl.col("points") > 0, pl.col("points") < pl.col("most"))
    for reading, columns in _SCORED.items():
        told = points.filter(pl.col("score") == "settling", pl.col("reading") == reading)
        gained = tables["form_58"].filter(pl.col("column_no") == 2).select(*PLACE, gained="persons")  # noqa: PLR2004 - 增加合计
        told = told.join(gained, on=PLACE)
        yield of_form(tables, 58, {column: SETTLING * factor for column, factor in columns.items()}, told, f"score {reading}")
        yield members(told, "assessment", "points", *PLACE, name=f"score {reading}", factor=-pl.col("gained"))
    housed = tables["target"].filter(pl.col("kind") == "housed").select("county_code", "year", issued="target")
    followed = points.filter(pl.col("score") == "resettlement").with_columns(year=pl.col("period_to").dt.year().cast(pl.Int32))
    followed = followed.join(housed, on=["county_code", "year"])
    stations = tables["resettlement"].join(followed, on=["county_code", "year"], how="semi")
    yield members(followed, "assessment", "points", "county_code", "year", name="score", factor=-pl.col("issued"))
    yield members(stations, "resettlement", "settled", "county_code", "year", name="score", factor=RESETTLEMENT)
    for reading in _SCORED:
        summed = tables["assessment"].filter(pl.col("reading").is_in(["one", reading]))
        yield members(summed, "assessment", "points", *PLACE, name=f"total {reading}", factor=whole(is_whole=pl.col("score") == "total"))
