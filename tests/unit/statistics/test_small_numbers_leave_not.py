"""An export of the statistics: no small count leaves, and no sum that leaves tells one. The equations here are spelt on their own."""

import json

import polars as pl
import pytest

from reconcile import export, operate
from reconcile.statistics.suppress import withheld

BELOW = 3
FORM_SUMS = {
    57: ([2, 3, 4], [2, 5, 6], [2, 7, 8, 9, 10], [11, 12, 13], [14, 15, 16]),
    58: ([2, 3, 5, 6, 7, 8, 22], [8, 9, 10, 11], [8, *range(12, 22)], [23, *range(24, 29)]),
}


@pytest.fixture(scope="module")
def left(good_night, tmp_path_factory):
    """Folder of the exported night."""
    return operate.export_night(good_night.home, tmp_path_factory.mktemp("lake") / "lake", ["stats"]).folder


@pytest.fixture(scope="module")
def table(left):
    return lambda name: pl.read_parquet(left / "stats" / f"{name}.parquet")


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


def test_two_forms_do_not_tell_the_events_between_them(table):
    form = hidden(table("form_57")).filter(pl.col("column_no") == 11, pl.col("county_code") != "all")
    form = form.filter(pl.col("gone") | pl.col("persons").is_not_null())
    form = form.with_columns(month=pl.col("period_to").dt.truncate("1mo")).select("county_code", "month", "gone")
    before = form.with_columns(month=pl.col("month").dt.offset_by("1mo")).filter(pl.col("month").dt.month() != 1)
    births = table("movement").filter(pl.col("movement") == "birth")
    events = births.select("county_code", "month", gone=pl.col("persons").is_null())
    assert events["gone"].sum() > 0
    both = pl.concat([form, before, events]).join(form, on=["county_code", "month"], how="semi")
    assert alone(both, ["county_code", "month"]).is_empty()


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


def test_a_hidden_count_takes_the_smallest_of_its_sum_along_and_that_one_the_next():
    rows = pl.DataFrame({"_row": [0, 1, 2, 3], "persons": [2, 9, 7, 5], "missing": [None, None, None, None]}).cast({"missing": pl.String})
    members = pl.DataFrame({"sum": [1, 1, 1, 2, 2], "table": ["t"] * 5, "_row": [0, 1, 2, 2, 3], "column": ["persons"] * 5})
    shown, counts = withheld({"t": rows}, members.cast({"sum": pl.UInt64}), BELOW)
    assert shown["t"]["persons"].to_list() == [None, 9, None, None]
    assert shown["t"]["missing"].to_list() == ["small_number", None, "small_number", "small_number"]
    assert counts == {"t": 3}


def test_a_limit_of_one_lets_everything_leave():
    rows = pl.DataFrame({"_row": [0], "persons": [1]})
    members = pl.DataFrame({"sum": [1], "table": ["t"], "_row": [0], "column": ["persons"]}).cast({"sum": pl.UInt64})
    shown, counts = withheld({"t": rows}, members, 1)
    assert (shown["t"]["persons"].to_list(), counts) == ([1], {})
