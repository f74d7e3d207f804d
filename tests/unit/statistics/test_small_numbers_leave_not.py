"""An export of the statistics: no small count leaves, and nothing that leaves tells one. The equations here are spelt on their own."""

import json

import polars as pl
import pytest
from computed import told
from hypothesis import given
from hypothesis import strategies as some

from reconcile import consult, export
from reconcile.statistics.members import MEMBER, members, whole
from reconcile.statistics.sums import whole_years
from reconcile.statistics.suppress import withheld
from reconcile.store import Reader

BELOW = 3
FORM_SUMS = {
    57: ([2, 3, 4], [2, 5, 6], [2, 7, 8, 9, 10], [11, 12, 13], [14, 15, 16]),
    58: ([2, 3, 5, 6, 7, 8, 22], [8, 9, 10, 11], [8, *range(12, 22)], [23, *range(24, 29)]),
}


@pytest.fixture(scope="module")
def left(good_night, tmp_path_factory):
    """Folder of the exported night."""
    return consult.export_night(good_night.home, tmp_path_factory.mktemp("lake") / "lake", ["stats"]).folder


@pytest.fixture(scope="module")
def table(left):
    return lambda name: pl.read_parquet(left / "stats" / f"{name}.parquet")


@pytest.fixture(scope="module")
def whole_night(good_night):
    """Tables as an export reads them before it hides anything, and their relations."""
    with Reader(good_night.home) as reader:
        return export.figures(reader, is_whole=False)


def alone(frame, key):
    """Sums of which a single member is hidden."""
    return frame.group_by(key).agg(pl.col("gone").sum()).filter(pl.col("gone") == 1)


def hidden(frame, column="persons"):
    return frame.with_columns(gone=pl.col(column).is_null() & (pl.col("missing") == "small_number").fill_null(value=False))


def test_no_small_count_leaves(left):
    files = json.loads((left / export.MANIFEST).read_text(encoding="utf-8"))
    assert files["small_numbers"]["below"] == BELOW
    assert files["small_numbers"]["hidden"] == sum(file["hidden"] for file in files["files"]) > 0
    for path in (left / "stats").glob("*.parquet"):
        frame = pl.read_parquet(path)
        for column, kind in frame.schema.items():
            if kind == pl.Int64:
                assert frame.filter(pl.col(column).abs().is_between(1, BELOW - 1)).is_empty(), (path.stem, column)


def test_a_sign_of_a_place_is_no_way_around(table):
    signs = table("urban_check").filter(pl.col("check_name") == "special_area_small")
    assert signs["found"].null_count() > 0
    assert signs.filter(pl.col("found").is_between(1, BELOW - 1)).is_empty()


def test_no_share_stands_beside_a_hidden_count(table):
    assert table("resettlement").filter(pl.col("settled").is_null(), pl.col("share").is_not_null()).is_empty()
    assert table("timeliness").filter(pl.col("registered").is_null(), pl.col("median_days").is_not_null()).is_empty()


@pytest.mark.parametrize("form", [57, 58])
def test_no_column_of_a_form_is_what_the_others_leave_over(table, form):
    made = hidden(table(f"form_{form}"))
    assert made["gone"].sum() > 0
    for columns in FORM_SUMS[form]:
        assert alone(made.filter(pl.col("column_no").is_in(columns)), ["period_to", "county_code"]).is_empty()
    assert alone(made, ["period_to", "column_no"]).is_empty()


def test_the_form_of_a_year_does_not_tell_the_events_of_a_month(table):
    key = ["county_code", "year"]
    form = hidden(table("form_57")).filter(pl.col("column_no") == 11, pl.col("county_code") != "all")
    form = form.filter(pl.col("gone") | pl.col("persons").is_not_null()).with_columns(year=pl.col("period_to").dt.year())
    births = table("movement").filter(pl.col("movement") == "birth").with_columns(year=pl.col("month").dt.year())
    events = births.select(*key, gone=pl.col("persons").is_null())
    assert events["gone"].sum() > 0
    assert alone(pl.concat([form.select(*key, "gone"), events]).join(form, on=key, how="semi"), key).is_empty()


def test_running_figures_leave_for_whole_years_and_the_newest_day_alone(table):
    days = table("form_57")["period_to"].unique().sort().to_list()
    assert [(day.month, day.day) for day in days[:-1]] == [(12, 31)] * 3
    for name in ("form_58", "balance", "form_check", "transfer", "urban_change", "urbanisation"):
        assert set(table(name)["period_to"]) <= set(days), name


def test_measures_of_earlier_nights_stay_inside(whole_night):
    night = whole_night[0]["night"]
    earlier = night.with_columns(pl.col("as_of").dt.offset_by("-1d"))
    left = whole_years({**whole_night[0], "night": pl.concat([earlier, night])})
    assert left["night"].equals(night)


def test_every_declared_relation_holds_on_the_night(whole_night):
    tables, relations = whole_night
    figures = pl.concat(
        frame.select(pl.lit(name).alias("table"), "_row", pl.lit(column).alias("column"), value=pl.col(column).cast(pl.Float64))
        for name, frame in tables.items()
        for column, kind in frame.schema.items()
        if column != "_row" and kind in {pl.Int64, pl.Float64}
    )
    members = relations.join(figures, on=["table", "_row", "column"])
    assert members.height == relations.height
    left = members.filter(pl.col("value").is_not_null().all().over("relation")).group_by("relation")
    off = left.agg((pl.col("factor") * pl.col("value")).sum().alias("off"), "table").filter(pl.col("off").abs() > 1e-6)
    # Points are rounded; how many records there are in all stands beside each; a duplicate may be of more than two.
    assert {name for tables in off["table"] for name in tables} <= {"assessment", "form_58", "resettlement", "heaping", "corrected"}
    assert 0 < off.height < 50


def test_no_withheld_figure_has_one_value_in_all_solutions_of_the_relations(whole_night):
    tables, relations = whole_night
    shown, counts = withheld(tables, relations, BELOW)
    assert sum(counts.values()) > 1000
    assert told(tables, shown, relations) == []
    small = pl.col("persons").abs().is_between(1, BELOW - 1)
    form = tables["form_58"]
    its_own = relations.filter((pl.col("table") == "form_58").all().over("relation"))
    assert told({"form_58": form}, {"form_58": form.with_columns(pl.when(~small).then("persons").alias("persons"))}, its_own)


@given(some.lists(some.lists(some.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=4), some.integers(2, 5))
def test_of_any_table_with_its_sums_no_withheld_count_can_be_computed(rows, below):
    counts = [(str(county), month, number) for county, row in enumerate(rows) for month, number in enumerate(row)]
    counts += [("all", month, sum(column)) for month, column in enumerate(zip(*rows, strict=True))]
    counts += [(str(county), "all", sum(row)) for county, row in enumerate(rows)]
    table = pl.DataFrame(
        [(str(county), str(month), number) for county, month, number in counts], ["county", "month", "births"], orient="row"
    )
    table = table.with_row_index("_row").cast({"_row": pl.Int64})
    relations = pl.concat(
        members(table.filter(pl.col(key) != "all"), "t", "births", key, name=key, factor=whole(is_whole=pl.col(other) == "all"))
        for key, other in (("county", "month"), ("month", "county"))
    )
    shown, _ = withheld({"t": table}, relations, below)
    assert shown["t"].filter(pl.col("births").is_between(1, below - 1)).is_empty()
    assert told({"t": table}, shown, relations) == []


def test_the_balance_and_the_share_do_not_tell_what_the_form_hides(table):
    form = hidden(table("form_57"))
    key = ["period_to", "county_code"]
    balance = hidden(table("balance"))
    assert alone(balance.filter(pl.col("kind") == "official"), key).is_empty()
    assert alone(balance.filter((pl.col("kind") != "official") | (pl.col("part") == "residual")), key).is_empty()
    for part, column in (("births", 11), ("deaths", 14)):
        said = balance.filter(pl.col("part") == part).join(form.filter(pl.col("column_no") == column), on=key)
        assert said.filter(pl.col("gone") != pl.col("gone_right")).is_empty()
    share = hidden(table("urbanisation"), "urban").join(form.filter(pl.col("column_no") == 3), on=key)
    assert share.filter(pl.col("gone") != pl.col("gone_right")).is_empty()


def test_villages_do_not_tell_what_the_population_hides(table):
    key = ["station_code", "urban_rural_code"]
    people = table("population").select(*key, gone=pl.col("persons").is_null())
    villages = table("village").select(*key, gone=pl.col("persons").is_null())
    assert people["gone"].sum() > 0
    assert alone(pl.concat([people, villages]), key).is_empty()


def test_a_hidden_count_takes_the_smallest_of_its_sum_along_and_what_is_told_all_the_same_is_shown():
    rows = pl.DataFrame({"_row": [0, 1, 2, 3], "persons": [2, 9, 7, 5], "missing": [None, None, None, None]}).cast({"missing": pl.String})
    relations = pl.DataFrame({"relation": [1, 1, 1, 2, 2], "table": ["t"] * 5, "_row": [0, 1, 2, 2, 3], "column": ["persons"] * 5})
    relations = relations.with_columns(factor=pl.Series([1, 1, 1, 1, -1])).cast(dict(MEMBER))
    shown, counts = withheld({"t": rows}, relations.filter(pl.col("relation") == 1), BELOW)
    assert shown["t"]["persons"].to_list() == [None, 9, None, 5]
    assert shown["t"]["missing"].to_list() == ["small_number", None, "small_number", None]
    assert counts == {"t": 2}
    shown, counts = withheld({"t": rows}, relations, BELOW)
    assert shown["t"]["persons"].to_list() == [None, 9, None, None]
    assert counts == {"t": 3}


def test_ones_are_not_told_by_how_many_they_are():
    rows = pl.DataFrame({"_row": [0, 1, 2, 3], "persons": [1, 1, 1, 3]})
    relations = members(rows, "t", "persons", name="sum", factor=whole(is_whole=pl.col("_row") == 3))
    assert withheld({"t": rows}, relations, BELOW)[0]["t"]["persons"].to_list() == [None] * 4
    others = rows.with_columns(persons=pl.Series([1, 2, 1, 4]))
    assert withheld({"t": others}, relations, BELOW)[0]["t"]["persons"].to_list() == [None, None, None, 4]


def test_a_limit_of_one_lets_everything_leave():
    rows = pl.DataFrame({"_row": [0], "persons": [1]})
    relations = pl.DataFrame({"relation": [1], "table": ["t"], "_row": [0], "column": ["persons"], "factor": [1]}).cast(dict(MEMBER))
    shown, counts = withheld({"t": rows}, relations, 1)
    assert (shown["t"]["persons"].to_list(), counts) == ([1], {})
