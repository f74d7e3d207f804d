"""Shares of people in towns, their parts, the scores and the resettled people, each against a count by hand."""

import datetime as dt
from fractions import Fraction

import polars as pl
import pytest
from forms_by_hand import day, form_57, form_58
from installation import SAMPLE

YEARS = [(2024, dt.date(2024, 12, 31)), (2025, dt.date(2025, 12, 31)), (2026, dt.date(2026, 11, 21))]
STEPS = {"990101": Fraction(6, 10), "990102": Fraction(12, 10), "990103": Fraction(24, 10)}
HOUSED = {("990101", 2025): 9, ("990101", 2026): 13, ("990102", 2025): 7, ("990102", 2026): 7}
"""As in sample_data/targets.toml; where nobody was housed there is no score."""


def share(register, county, until):
    form = form_57(register, county, dt.date(until.year, 1, 1), until)
    return Fraction(form[3] * 100, form[2])


def rounded(points):
    return None if points is None else float(int(points * 100 + Fraction(1, 2))) / 100


def settled(register, county, until):
    """Persons of the roll who live in a county and whose registration stood at their station by the cut-off day."""
    cut_off = min(dt.date(until.year, 11, 30), until)
    by_number, by_name, homes = {}, {}, {}
    for key, row in register.people.items():
        person = register.person[key]
        by_number[row["公民身份号码"].strip()] = person
        by_name[row["姓名"].strip(), day(row["出生日期"])] = person
        homes.setdefault(person, []).append(row)
    count = 0
    for path in SAMPLE.glob("relocation_roll_*"):
        for row in pl.read_parquet(path).to_dicts():
            if row["resettlement_station_code"].startswith(county) and row["relocated_on"] <= cut_off:
                person = by_number.get(row["citizen_id"]) or by_name.get((row["name"], row["birth_date"]))
                count += any(stands(home, row["resettlement_station_code"], cut_off) for home in homes.get(person, []))
    return count


def stands(home, station, on):
    left = day(home["注销日期"])
    return home["派出所代码"] == station and day(home["登记日期"]) <= on and (left is None or left > on)


def scored(register, county, year, until):
    rise = share(register, county, until) - share(register, county, dt.date(year - 1, 12, 31))
    form = form_58(register, county, dt.date(year, 1, 1), until)
    strict = Fraction(form[8] - form[19] - form[20] + form[6] + form[7], form[2]) * 30
    broad = Fraction(form[8] - form[19] - form[20] + form[2] - form[8] - form[3], form[2]) * 30
    first = max(Fraction(0), min(Fraction(40), rise / STEPS[county] * 40)) if county in STEPS else None
    housed = HOUSED.get((county, year))
    third = min(Fraction(30), Fraction(settled(register, county, until), housed) * 30) if housed else None
    points = {("urbanisation", "one"): first, ("resettlement", "one"): third}
    for reading, second in (("strict", min(Fraction(30), strict)), ("broad", min(Fraction(30), broad))):
        points["settling", reading] = second
        points["total", reading] = None if first is None or third is None else first + second + third
    return points


def test_scores_equal_those_by_hand_to_the_last_place(published, by_hand):
    made = published.frame("SELECT period_to, county_code, score, reading, points, missing FROM stats.assessment")
    written = {row[:4]: row[4] for row in made.rows()}
    expected = {
        (until, county, *name): rounded(points)
        for year, until in YEARS
        for county in by_hand.counties
        for name, points in scored(by_hand, county, year, until).items()
    }
    assert {key: written[key] for key in expected} == expected
    assert made.filter(pl.col("points").is_null() != pl.col("missing").is_not_null()).is_empty()


def test_shares_equal_those_by_hand(published, by_hand):
    made = published.frame("SELECT period_to, county_code, share FROM stats.urbanisation WHERE county_code <> 'all'")
    written = {row[:2]: row[2] for row in made.rows()}
    for _, until in YEARS:
        for county in by_hand.counties:
            assert written[until, county] == pytest.approx(float(share(by_hand, county, until)))


def test_a_county_without_a_target_is_told_so_and_has_a_share(published):
    made = published.frame("SELECT * FROM stats.urbanisation WHERE county_code = '990104'")
    assert set(made["missing_target"]) == {"no_target"}
    assert made["target"].null_count() == made["step"].null_count() == made.height
    assert made["share"].null_count() == 0
    scores = published.frame("SELECT points, missing FROM stats.assessment WHERE county_code = '990104' AND score = 'urbanisation'")
    assert set(scores.rows()) == {(None, "no_target"), (None, "no_year_before")}


def test_nobody_housed_is_no_full_score(published):
    made = published.frame(
        "SELECT points, missing FROM stats.assessment WHERE county_code = '990103' AND score = 'resettlement' AND year(period_to) = 2026"
    )
    assert made.rows() == [(None, "nothing_to_divide_by")]


def test_the_parts_of_a_change_add_up_to_the_rise(published):
    made = published.frame(
        "SELECT urbanisation.rise, urbanisation.urban, sum(part.points) AS points FROM stats.urbanisation AS urbanisation "
        "INNER JOIN stats.urban_change AS part USING (period_to, county_code) "
        "GROUP BY urbanisation.period_to, urbanisation.county_code, urbanisation.rise, urbanisation.urban"
    )
    assert made.height > 100
    assert made.filter((pl.col("rise") - pl.col("points")).abs() > 1e-9).is_empty()
