from __future__ import annotations

import polars as pl
import pytest

from reconcile.standardise import addresses


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("贵州省都匀市五里村第三组十二号", "贵州省都匀市五里村3组12号"),
        ("贵州省都匀市五里村 ３组12号", "贵州省都匀市五里村3组12号"),
        ("三都县三合镇一百二十三号", "三都县三合镇123号"),
        ("三都县三合镇一百零五号", "三都县三合镇105号"),
        ("文明路二十幢一单元", "文明路20栋1单元"),
        ("文明路20座1单元", "文明路20栋1单元"),
        ("文明路(20#)", "文明路20"),
        ("文明路20号-3", "文明路20号3"),
        ("貴州省獨山縣城關鎮東街", "贵州省独山县城关镇东街"),
        ("五里村", "五里村"),
        ("三都县第三小学", "三都县第三小学"),
        ("第三小学", "第三小学"),
        ("三里屯3号", "三里屯3号"),
        ("、", None),
        ("", None),
        (None, None),
    ],
)
def test_address_key(read, text, key):
    assert read(addresses.read, [text], "key") == [(key,)]


def test_shown_form_keeps_everything_inside(read):
    assert read(addresses.read, [" 文明路 第三組\t"], "value") == [("文明路 第三組",)]


@pytest.mark.parametrize(
    "text",
    ["云岭县城关镇", "云岭县", "贵州省",
      "凯里市", "北京市朝阳区", "和平街道", "黔南布依族苗族自治州三都水族自治县三合镇", "广西壮族自治区南宁市青秀区",
     "云岭县　城关镇", "雲嶺縣城關鎮"],
)  # fmt: skip
def test_an_address_that_ends_at_the_town_is_shown_and_no_witness(read, text):
    [(value, key)] = read(addresses.read, [text], "value", "key")
    assert (value, key) == (text, None)


@pytest.mark.parametrize("text", ["枫坳村", "云岭县城关镇枫坳社区", "幸福小区", "城东家属区", "云岭县城关镇东街", "第3区4栋"])
def test_an_address_below_the_town_has_a_key(read, text):
    [(key,)] = read(addresses.read, [text], "key")
    assert key is not None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("贵州省都匀市五里村第三组十二号", ("都匀市", None, "五里村", None, "3", "12号")),
        ("云岭县城关镇枫坳社区9组8号", ("云岭县", "城关镇", "枫坳社区", None, "9", "8号")),
        ("枫坳社区九组8号", (None, None, "枫坳社区", None, "9", "8号")),
        ("城关镇幸福路1号", (None, "城关镇", None, "幸福路", None, "1号")),
        ("云岭县城关镇新寨村3组8号", ("云岭县", "城关镇", "新寨村", None, "3", "8号")),
        ("城关镇新市村3组8号", (None, "城关镇", "新市村", None, "3", "8号")),
        ("云岭县城关镇东州村", ("云岭县", "城关镇", "东州村", None, None, None)),
        ("镇宁县城关镇东街", ("镇宁县", "城关镇", None, "东街", None, None)),
        ("河南省新乡市红旗区东街街道幸福路1号", ("红旗区", "东街街道", None, "幸福路", None, "1号")),
        ("三组", (None, None, None, None, "3", None)),
        ("五里村民委员会三组", (None, None, "五里村", None, "3", None)),
        ("云岭县城关镇幸福小区2栋", ("云岭县", "城关镇", None, None, None, "幸福小区2栋")),
        (None, (None,) * 6),
    ],
)
def test_parts_of_an_address(text, parts):
    frame = pl.LazyFrame({"text": [text]}, schema={"text": pl.String})
    found = addresses.read(frame).select(addresses.parts(pl.col("key")).alias("parts")).collect()["parts"]
    assert tuple(found.struct.unnest().row(0)) == parts


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        ("云岭县城关镇枫坳社区九组8号", ("枫坳社区", "枫坳社区/9", "枫坳社区/9/8")),
        ("枫坳社区9组", ("枫坳社区", "枫坳社区/9", None)),
        ("城关镇枫坳社区", ("枫坳社区", None, None)),
        ("城关镇幸福路1号", ("幸福路", None, "幸福路/1")),
        ("幸福小区2栋3单元", ("幸福小区", None, "幸福小区/2-3")),
        ("3组8号", (None, None, None)),
    ],
)
def test_homes_by_which_people_are_counted(text, homes):
    frame = pl.LazyFrame({"text": [text]})
    parts = addresses.read(frame).select(addresses.parts(pl.col("key")).alias("parts")).unnest("parts")
    assert parts.select(**addresses.homes()).collect().row(0) == homes
