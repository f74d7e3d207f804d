from __future__ import annotations

import datetime as dt

import pytest

from reconcile.standardise import dates

FORMS = [
    "20180101",
    "2018-01-01",
    "2018/1/1",
    "2018.1.1",
    "2018-1-01",
    "2018年1月1日",
    "2018年01月01日",
    "2018 年 1 月 1 日",
    "2018年元月1日",
    "二〇一八年一月一日",
    "二○一八年一月一日",
    "二O一八年一月一日",
    "二0一八年一月一日",
    "二零一八年一月一日",
    "2018/01/01 0:00",
    "2018-1-1 0:00:00",
    "2018-01-01 00:00:00.000",
    "20180101123059",
    "201801011230",
    "2018-01-01T12:30:59",
    "2018-01-01T00:00:00+08:00",
    "43101",
    "43101.0",
    "43101.5",
    "20180101.0",
    "２０１８０１０１",
    "２０１８／０１／０１",
    "'20180101",
    '="2018-01-01"',
    "2018-01-01\t",
    "\u30002018-01-01",
]

BROKEN = [
    ("201801", "date_partial"),
    ("2018", "date_partial"),
    ("2018-01", "date_partial"),
    ("2018年", "date_partial"),
    ("2018年1月", "date_partial"),
    ("18-1-1", "date_two_digit_year"),
    ("18年1月1日", "date_two_digit_year"),
    ("180101", "date_two_digit_year"),
    ("00000000", "date_default"),
    ("0", "date_default"),
    ("0000-00-00 00:00:00", "date_default"),
    ("99991231", "date_default"),
    ("9999-12-31", "date_default"),
    ("20180230", "date_impossible"),
    ("2018-13-01", "date_impossible"),
    ("2019年2月29日", "date_impossible"),
    ("20180100", "date_impossible"),
    ("18891231", "date_impossible"),
    ("21010101", "date_impossible"),
    ("09999", "date_form"),
    ("60001", "date_form"),
    ("2018-01-01T16:00:00Z", "date_form"),  # the day before or after in Shanghai
    ("20180101246000", "date_form"),
    ("1/2/2018", "date_form"),
    ("何时", "date_form"),
    ("民国七年一月一日", "date_form"),
    ("2O180101", "date_form"),  # a letter is read as zero only beside Chinese numerals
]


@pytest.mark.parametrize("text", FORMS)
def test_every_form_reads_as_its_date(read, text):
    assert read(dates.read, [text], "value", "rule") == [(dt.date(2018, 1, 1), None)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇一八年十月十日", dt.date(2018, 10, 10)),
        ("二〇一八年十二月三十一日", dt.date(2018, 12, 31)),
        ("二〇二〇年二月二十九日", dt.date(2020, 2, 29)),
        ("一九九〇年十一月二十日", dt.date(1990, 11, 20)),
        ("18900101", dt.date(1890, 1, 1)),
        ("21001231", dt.date(2100, 12, 31)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("10000", dt.date(1927, 5, 18)),
        ("60000", dt.date(2064, 4, 8)),
    ],
)
def test_limits_and_tens(read, text, date):
    assert read(dates.read, [text], "value", "rule") == [(date, None)]


@pytest.mark.parametrize(("text", "rule"), BROKEN)
def test_broken_date_says_how(read, text, rule):
    assert read(dates.read, [text], "value", "rule") == [(None, rule)]


@pytest.mark.parametrize("text", [None, "", "  ", "无", "不详", "-", "NULL"])
def test_not_stated_is_empty_without_a_rule(read, text):
    assert read(dates.read, [text], "value", "rule") == [(None, None)]


def test_every_rule_is_declared_and_met():
    assert {rule for _, rule in BROKEN} == set(dates.RULES)


def test_quick_reading_says_what_careful_reading_says(read):
    texts = [*FORMS, *(text for text, _ in BROKEN), None]
    assert read(dates.read, texts, "value", "rule") == read(dates.read_carefully, texts, "value", "rule")
