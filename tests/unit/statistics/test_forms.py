"""Both forms against a second implementation on the raw files of the sample, and what becomes of figures that are not known."""

import datetime as dt

import polars as pl
import pytest
from forms_by_hand import form_57, form_58

PERIODS = [(2024, 2, 29), (2024, 12, 31), (2025, 1, 31), (2025, 12, 31), (2026, 2, 28), (2026, 11, 21)]


@pytest.mark.parametrize(("table", "form"), [("form_57", form_57), ("form_58", form_58)])
def test_every_column_of_every_county_equals_the_count_by_hand(published, by_hand, table, form):
    made = published.frame(f"SELECT period_to, county_code, column_no, persons FROM stats.{table} WHERE county_code <> 'all'")
    written = {(row[0], row[1], row[2]): row[3] for row in made.rows()}
    expected = {
        (until, county, column): value
        for until in (dt.date(*parts) for parts in PERIODS)
        for county in by_hand.counties
        for column, value in form(by_hand, county, dt.date(until.year, 1, 1), until).items()
    }
    assert {key: written[key] for key in expected} == expected


@pytest.mark.parametrize("table", ["form_57", "form_58"])
def test_the_prefecture_is_the_sum_of_its_counties(published, table):
    made = published.frame(f"SELECT * FROM stats.{table}")
    of_all = made.filter(pl.col("county_code") == "all").select("period_to", "column_no", "persons")
    summed = made.filter(pl.col("county_code") != "all").group_by("period_to", "column_no").agg(pl.col("persons").sum().alias("summed"))
    joined = of_all.drop_nulls("persons").join(summed, on=["period_to", "column_no"])
    assert joined.height > 500
    assert joined.filter(pl.col("persons") != pl.col("summed")).is_empty()


def test_a_figure_that_is_not_known_has_a_reason_and_no_value(published):
    for table in ("form_57", "form_58"):
        made = published.frame(f"SELECT persons, missing, period_to, column_no FROM stats.{table}")
        assert made.filter(pl.col("persons").is_null() != pl.col("missing").is_not_null()).is_empty()
    before = made.filter(pl.col("period_to") == dt.date(2023, 12, 31), pl.col("column_no") == 3)
    assert set(before["missing"]) == {"events_begin_later"}


def test_the_population_tonight_is_that_of_the_form(published):
    people = published.frame("SELECT sum(persons) AS persons FROM stats.population").item()
    form = published.frame(
        "SELECT persons FROM stats.form_57 WHERE column_no = 2 AND county_code = 'all' "
        "AND period_to = (SELECT max(period_to) FROM stats.period)"
    )
    assert form.item() == people


def test_checks_that_hold_whatever_the_register_says_hold(published):
    checks = published.frame("SELECT check_name, max(abs(difference)) AS worst FROM stats.form_check GROUP BY check_name")
    worst = dict(checks.rows())
    assert len(worst) == 15
    assert all(worst[name] == 0 for name in worst if "before" not in name and name != "57.c17 = 57.c19")
