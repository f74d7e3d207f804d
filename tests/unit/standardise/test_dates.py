from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

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
    # clocks
    "2018年1月1日15时",
    "2018年1月1日15时30分",
    "2018年1月1日15时30分20秒",
    "2018年1月1日15点30分许",
    "2018年1月1日 下午3时",
    "2018年1月1日下午3点半",
    "2018年1月1日下午3点一刻",
    "2018年1月1日凌晨",
    "2018年1月1日24时",
    "二〇一八年一月一日下午三时二十分",
    "2018/1/1 上午 12:00:00",
    "2018/1/1 下午 11:59:59",
    "2018-01-01 3:05 PM",
    "2018-01-01 12:00:00 AM",
    "20180101 1530",
    "20180101 15:30",
    "20180101T153000",
    "20180101153059123",
    "2018-01-01-15.30.00.000000",
    "2018-01-01 23:59:59",
    "2018-01-01 00:00:00.0",
    # days of the week, other words
    "2018年1月1号",
    "2018/1/1 星期一",
    "2018年1月1日（星期一）",
    "2018年1月1日 周一",
    "星期一 2018-01-01",
    "2018年1月1日。",
    "2018年一月一日",
    "贰零壹捌年壹月壹日",
    "2018 1 1",
    "2018_01_01",
    # zones
    "2018-01-01 00:00:00+08",
    "2018-01-01 00:00:00 +0800",
    "2018-01-01 00:00:00+08:00[Asia/Shanghai]",
    "2018-01-01 00:00:00 CST",
    "2017-12-31T16:00:00Z",
    "2017-12-31T16:00:00.000Z",
    "2017-12-31 16:00:00+00",
    "2017-12-31 16:00:00 UTC",
    "2018-01-01T23:59:59+08:00",
    "2017-12-31 11:00:00-05:00",
    # programs
    "Mon Jan 01 2018 00:00:00 GMT+0800 (中国标准时间)",
    "Mon Jan 01 2018 00:00:00 GMT+0800 (China Standard Time)",
    "Mon Jan 01 00:00:00 CST 2018",
    "01-Jan-2018",
    "1 January 2018",
    "Jan 1, 2018",
    "2017-12-31 23:59:17",
    "2017-12-31 23:54:17",
    "2017/12/31 11:59:17 PM",
    "43100.99999999",
    "２０１８年１月１日　１５：３０",
    "2018/1/1 12:00:00 上午",
    "2018-01-01 00.00.00",
    "Mon, 01 Jan 2018 00:00:00 GMT",
    # words and marks around it
    "2018年1月1日午后3时",
    "2018年1月1日晨6时",
    "2018年1月1日晚8点",
    "2018年1月1日早上8点",
    "20180101 15时30分",
    "20180101日",
    "2018-01-01(一)",
    "公元2018年1月1日",
    "2018年1月1日生",
    "2018年1月1日出生",
    "（2018-01-01）",
    "“2018-01-01”",
    '"2018-01-01"',
    "2018-01-01；",
    # separators
    "2018–01–01",
    "2018—01—01",
    "2018——01——01",
    "2018−1−1",
    "2018‐01‐01",
    "2018、1、1",
    "2018，1，1",
    "2018·1·1",
    "2018\\1\\1",
    "2018∕1∕1",
]

PARTIAL = [
    ("201801", "2018-01"),
    ("2018-01", "2018-01"),
    ("2018/1", "2018-01"),
    ("2018.1", "2018-01"),
    ("2018年1月", "2018-01"),
    ("2018年元月", "2018-01"),
    ("二〇一八年十二月", "2018-12"),
    ("２０１８年１月", "2018-01"),
    ("2018年1月日", "2018-01"),
    ("2018年1月 日", "2018-01"),
    ("2018年1月不详", "2018-01"),
    ("2018年1月上旬", "2018-01"),
    ("2018年1月底", "2018-01"),
    ("2018-01-00", "2018-01"),
    ("2018-1-?", "2018-01"),
    ("20180100", "2018-01"),
    ("2018", "2018"),
    ("2018年", "2018"),
    ("2018年 月 日", "2018"),
    ("20180000", "2018"),
    ("2018-00-00", "2018"),
    ("约2018年", "2018"),
    ("2018年前后", "2018"),
    ("1949年春", "1949"),
    ("1949年上半年", "1949"),
    ("2018年1月份", "2018-01"),
    ("201801XX", "2018-01"),
    ("2018-01-**", "2018-01"),
]

BROKEN = [
    ("18-1-1", "date_two_digit_year"),
    ("18年1月1日", "date_two_digit_year"),
    ("180101", "date_two_digit_year"),
    ("00000000", "date_default"),
    ("0", "date_default"),
    ("0000-00-00 00:00:00", "date_default"),
    ("99991231", "date_default"),
    ("9999-12-31", "date_default"),
    ("1900-01-01", "date_default"),
    ("19000101", "date_default"),
    ("1900/1/1 0:00", "date_default"),
    ("1899-12-30 00:00:00", "date_default"),
    ("1904-01-01", "date_default"),
    ("0001-01-01", "date_impossible"),
    ("20180230", "date_impossible"),
    ("2018-13-01", "date_impossible"),
    ("2019年2月29日", "date_impossible"),
    ("18891231", "date_impossible"),
    ("21010101", "date_impossible"),
    ("09999", "date_form"),
    ("60001", "date_form"),
    ("20180101246000", "date_form"),
    ("1/2/2018", "date_form"),
    ("何时", "date_form"),
    ("农历2018年1月1日", "date_form"),
    ("2018年1月1日(农历)", "date_form"),
    ("二〇一八年正月初一", "date_form"),
    ("2018-01-01 25:00", "date_form"),
    ("2018-01-01 下午茶", "date_form"),
    ("1月1日", "date_form"),
    ("01.02.2018", "date_form"),
    ("2018-01-01至2018-02-01", "date_form"),
    ("2018年1月初一", "date_form"),
    ("74岁", "date_form"),
    ("1514764800000", "date_form"),
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
        ("1900-01-02", dt.date(1900, 1, 2)),
        ("1970-01-01", dt.date(1970, 1, 1)),
        ("10000", dt.date(1927, 5, 18)),
        ("60000", dt.date(2064, 4, 8)),
    ],
)
def test_limits_and_tens(read, text, date):
    assert read(dates.read, [text], "value", "rule") == [(date, None)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # summer time of 1986 to 1991: midnight in China was 15:00 UTC
        ("1988-06-30T15:00:00Z", dt.date(1988, 7, 1)),
        ("1988-06-30T14:59:59Z", dt.date(1988, 6, 30)),
        ("1988-07-01 00:00:00+09", dt.date(1988, 7, 1)),
        ("1992-06-30T16:00:00Z", dt.date(1992, 7, 1)),
        ("1992-06-30T15:59:59Z", dt.date(1992, 6, 30)),
        ("1891-01-01 00:00:00+08:05:43", dt.date(1891, 1, 1)),
        ("2026-08-31 23:59:16", dt.date(2026, 8, 31)),
        ("2026-08-31 23:59:18", dt.date(2026, 8, 31)),
        ("2026-08-31 23:50:00", dt.date(2026, 8, 31)),
        ("2024-02-28 23:59:17", dt.date(2024, 2, 29)),
        ("2023-12-31 23:59:17", dt.date(2024, 1, 1)),
    ],
)
def test_a_moment_is_the_day_it_was_in_china(read, text, date):
    assert read(dates.read, [text], "value", "rule") == [(date, None)]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_zone_of_the_machine_changes_nothing(zone):
    program = (
        "import polars as pl; from reconcile.standardise import dates;"
        "texts = ['2018-01-01 00:00:00+08', '2017-12-31T16:00:00Z', '2018-01-01', '2018-01-01 00:00:00', '1988-06-30T15:00:00Z'];"
        "print(*dates.read(pl.LazyFrame({'text': texts})).collect()['value'])"
    )
    found = subprocess.run([sys.executable, "-c", program], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["2018-01-01"] * 4 + ["1988-07-01"]


@pytest.mark.parametrize(("text", "known"), PARTIAL)
def test_what_is_known_of_a_date_without_a_day(read, text, known):
    assert read(dates.read, [text], "value", "rule", "partial") == [(None, "date_partial", known)]


@pytest.mark.parametrize(("text", "rule"), BROKEN)
def test_broken_date_says_how(read, text, rule):
    assert read(dates.read, [text], "value", "rule") == [(None, rule)]


@pytest.mark.parametrize("text", [None, "", "  ", "无", "不详", "-", "NULL"])
def test_not_stated_is_empty_without_a_rule(read, text):
    assert read(dates.read, [text], "value", "rule") == [(None, None)]


def test_every_rule_is_declared_and_met():
    assert {rule for _, rule in BROKEN} | {"date_partial"} == set(dates.RULES)


def test_quick_reading_says_what_careful_reading_says(read):
    texts = [*FORMS, *(text for text, _ in BROKEN + PARTIAL), None]
    assert read(dates.read, texts, "value", "rule") == read(dates.read_carefully, texts, "value", "rule")
