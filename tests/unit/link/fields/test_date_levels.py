"""Levels of two dates on literal values."""

import datetime as dt

import polars as pl
import pytest

from reconcile.link.fields import birth_date, calendar, death_date


def birth(left: str | None, right: str | None, age: int | None = None, died: str | None = None) -> str:
    values = {"l_birth_date": left, "r_birth_date": right, "l_death_date": died}
    frame = pl.DataFrame({name: [dt.date.fromisoformat(value) if value else None] for name, value in values.items()}).cast(pl.Date)
    return birth_date.levels(frame.with_columns(l_age=pl.lit(age, pl.Int32))).item()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1980-05-17", "1980-05-17", "equal"),
        ("1980-05-07", "1980-07-05", "swap"),
        ("1981-05-07", "1980-07-05", "near"),
        ("1980-08-15", "1980-09-23", "lunar"),
        ("1980-09-23", "1980-08-15", "lunar"),
        ("1980-08-15", "1980-09-24", "same_year"),
        ("2020-04-15", "2020-06-06", "lunar"),
        ("1980-05-17", "1980-05-19", "one_digit"),
        ("1980-05-17", "1981-05-17", "year_digit"),
        ("1980-05-17", "1982-05-17", "year_digit"),
        ("1979-05-17", "1980-05-17", "year_digit"),
        ("1980-05-17", "1980-05-28", "two_slips"),
        ("1980-05-17", "1980-11-28", "same_year"),
        ("1948-09-02", "1951-09-02", "two_slips"),
        ("1948-09-02", "1953-09-02", "two_slips"),
        ("1945-09-02", "1951-09-02", "two_slips"),
        ("1948-09-02", "1954-09-02", "two_slips"),
        ("1949-09-02", "1956-10-12", "different"),
        ("1950-05-17", "1972-05-17", "generation"),
        ("1981-05-12", "1985-05-17", "two_slips"),
        ("1981-05-12", "1985-06-17", "different"),
        ("1980-11-21", "1980-11-12", "one_digit"),
        ("1900-01-01", "1980-05-17", "default"),
        ("1980-01-01", "1980-05-17", "default"),
        ("1981-01-01", "1980-05-17", "near"),
        ("1980-05-17", "1982-11-29", "near"),
        ("1980-05-17", "1984-11-29", "different"),
        ("1980-05-17", "1953-11-29", "generation"),
        (None, "1980-05-17", "missing"),
    ],
)
def test_birth_dates(left: str | None, right: str | None, expected: str) -> None:
    assert birth(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1980-05", "1980-05-17", "month"),
        ("1980-05-17", "1980-05", "month"),
        ("1980-05", "1980-05", "month"),
        ("1980", "1980-05-17", "year"),
        ("1980", "1980-05", "year"),
        ("1980-06", "1980-05-17", "same_year"),
        ("1982", "1980-05-17", "near"),
        ("1985", "1980-05-17", "different"),
        ("1953-05", "1980-05-17", "generation"),
        ("1980-05", None, "missing"),
        ("1980-05-17", "1980-05-17", "equal"),
    ],
)
def test_what_is_known_of_a_date_without_a_day(left: str, right: str | None, expected: str) -> None:
    values = {"l": left, "r": right}
    dates = {f"{side}_birth_date": dt.date.fromisoformat(text) if text and len(text) == 10 else None for side, text in values.items()}
    partial = {f"{side}_birth_date_partial": text if text and len(text) < 10 else None for side, text in values.items()}
    frame = pl.DataFrame({name: [value] for name, value in {**dates, "l_death_date": None}.items()}).cast(pl.Date)
    texts = pl.DataFrame({name: [value] for name, value in partial.items()}, schema_overrides=dict.fromkeys(partial, pl.String))
    assert birth_date.levels(pl.concat([frame, texts], how="horizontal").with_columns(l_age=pl.lit(None, pl.Int32))).item() == expected


@pytest.mark.parametrize(("age", "expected"), [(46, "age_fits"), (48, "age_fits"), (49, "age_fits"), (50, "age_off"), (22, "age_off")])
def test_an_age_stands_in_for_a_missing_birth_date(age: int, expected: str) -> None:
    assert birth(None, "1980-05-17", age, "2026-03-01") == expected


def test_an_age_that_does_not_fit_equal_birth_dates_is_said() -> None:
    assert birth("1980-05-17", "1980-05-17", 20, "2026-03-01") == "equal_age_off"
    assert birth("1980-05-17", "1980-05-17", 47, "2026-03-01") == "equal"


def test_an_age_that_fits_the_other_date_rules_out_a_slip() -> None:
    assert birth("1940-05-17", "1950-05-17", 86, "2026-05-20") == "age_off"
    assert birth("1900-01-01", "1968-05-17", 86, "2026-05-20") == "age_off"
    assert birth("1940-05-17", "1940-05-19", 86, "2026-05-20") == "one_digit"


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("2026-03-02", "equal"),
        ("2026-03-03", "near"),
        ("2026-02-03", "swap"),
        ("2026-03-20", "month"),
        ("2026-04-02", "month"),
        ("2026-04-04", "different"),
        (None, "missing"),
    ],
)
def test_death_dates(right: str | None, expected: str) -> None:
    frame = pl.DataFrame({"l_death_date": [dt.date(2026, 3, 2)], "r_death_date": [dt.date.fromisoformat(right) if right else None]}).cast(
        pl.Date
    )
    assert death_date.levels(frame).item() == expected


def test_the_calendar_knows_leap_months_and_no_impossible_day() -> None:
    days = calendar.lunar_calendar()
    twice = days.filter(pl.col("typed") == dt.date(2020, 4, 15))["solar"].sort().to_list()
    assert twice == [dt.date(2020, 5, 7), dt.date(2020, 6, 6)]
    new_years = days.filter(pl.col("typed").is_in([dt.date(1980, 1, 1), dt.date(2000, 1, 1)]))["solar"].to_list()
    assert new_years == [dt.date(1980, 2, 16), dt.date(2000, 2, 5)]
    assert days["typed"].null_count() == 0
