"""Which word says nothing in which kind of column: every word by every kind, with the words written out here."""

from __future__ import annotations

import unicodedata
from functools import partial

import polars as pl
import pytest

from reconcile.contract.codes import BOOLEAN, CANCEL_KIND
from reconcile.contract.columns import Kind
from reconcile.contract.unstated import GROUPS, words
from reconcile.standardise import addresses, codes, dates, names, numbers

READ = {
    Kind.TEXT: (codes.read_text, "value"),
    Kind.CERTIFICATE: (codes.read_certificate, "value"),
    Kind.CITIZEN_ID: (numbers.read, "value"),
    Kind.NAME: (names.read, "key"),
    Kind.KIN_NAME: (partial(names.read, kind=Kind.KIN_NAME), "key"),
    Kind.NAMES: (names.read_several, "key"),
    Kind.ADDRESS: (addresses.read, "key"),
    Kind.AREA: (partial(codes.read_area, digits=(6,)), "value"),
    Kind.DATE: (dates.read, "value"),
    Kind.BIRTH_DATE: (partial(dates.read, kind=Kind.BIRTH_DATE), "value"),
    Kind.INTEGER: (codes.read_integer, "value"),
    Kind.BOOLEAN: (partial(codes.read_boolean, code_set=BOOLEAN), "value"),
    Kind.CODE: (partial(codes.read_code, code_set=CANCEL_KIND), "value"),
}
RULED = (Kind.AREA, Kind.DATE, Kind.BIRTH_DATE, Kind.INTEGER, Kind.BOOLEAN, Kind.CODE)
"""Kinds that know broken values: a word for nothing is none."""

EVERYWHERE = [
    "", " ", "\u3000", "无", "（无）", "[无]", "无。", "无无", " 无 ", "没有", "不详", "不 详", "（不详）", "不详/无", "不祥",
    "不明", "不清楚",
    "未知", "未说明",
    "未填写",
    "未采集", "未登记", "未提供", "待补", "待补充", "待核实", "待查", "暂无", "暂 无", "暂缺", "无法提供", "缺失", "空", "保密", "情况不明",
    "NULL", "null", "Null", "(null)", "<NULL>", "[NULL]", '"NULL"', "'null'", "ＮＵＬＬ", "（ＮＵＬＬ）",
    "None", "NONE", "nil", "nan", "NaN", "-nan", "NaT", "<NA>",
    "NA", "N/A", "n/a", "N.A.", "Ｎ／Ａ", "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",
    "#SPILL!", "#CALC!", "Err:502", "\\N", "\\\\N",
    "unknown", "undefined", "[object Object]", "-", "--", "---", "—", "——", "－", "...", "…", "……", "。", "·", "_", "__",
]  # fmt: skip
"""Missing whatever the column holds."""

SOME = [
    # word, kinds in which it is missing; in a kind that is not named it is a value, or broken
    ("/", set(Kind) - {Kind.BOOLEAN}),
    ("\\", set(Kind) - {Kind.BOOLEAN}),
    ("#####", set(Kind) - {Kind.BOOLEAN, Kind.CODE}),
    ("同上", set(Kind) - {Kind.BOOLEAN, Kind.CODE}),
    ("〃", set(Kind) - {Kind.BOOLEAN, Kind.CODE}),
    ("某某", {Kind.NAME, Kind.KIN_NAME, Kind.NAMES}),
    ("王某", {Kind.NAME, Kind.KIN_NAME, Kind.NAMES}),
    ("未取名", {Kind.NAME, Kind.KIN_NAME, Kind.NAMES}),
    ("无名氏", {Kind.NAME, Kind.KIN_NAME, Kind.NAMES, Kind.ADDRESS}),
    ("逝世", {Kind.KIN_NAME}),
    ("已故", {Kind.KIN_NAME}),
    ("离异", {Kind.KIN_NAME}),
    ("未婚", {Kind.KIN_NAME}),
    ("丧偶", {Kind.KIN_NAME}),
    ("王氏", {Kind.KIN_NAME}),
    ("户主", {Kind.KIN_NAME}),
    ("集体户", {Kind.NAME, Kind.KIN_NAME, Kind.NAMES, Kind.ADDRESS}),
    ("无固定住址", {Kind.ADDRESS}),
    ("本县", {Kind.ADDRESS}),
    ("同户籍地址", {Kind.ADDRESS}),
    ("无身份证", {Kind.CITIZEN_ID, Kind.CERTIFICATE}),
    ("未办理", {Kind.CITIZEN_ID, Kind.CERTIFICATE, Kind.DATE, Kind.BIRTH_DATE}),
    ("111111111111111111", {Kind.CITIZEN_ID, Kind.CERTIFICATE, Kind.NAME, Kind.KIN_NAME, Kind.NAMES, Kind.ADDRESS}),
    ("父亲不详", set(Kind)),
    ("身份证号未提供", set(Kind)),
    ("地址不详", set(Kind)),
]


def stated(kind: Kind, texts: list[str]) -> list[str]:
    """Texts that count for a value in a column of a kind: they are one, or are rejected as a broken one."""
    reader, column = READ[kind]
    value, rule = pl.col(column), pl.col("rule") if kind in RULED else pl.lit(None, pl.String)
    value = value.replace_strict({True: True}, default=None) if kind is Kind.BOOLEAN else value  # an empty flag reads as false
    read = reader(pl.LazyFrame({"text": texts})).filter(value.is_not_null() | rule.is_not_null()).collect()
    return read["text"].to_list()


def test_every_kind_of_column_has_a_reader_here():
    assert set(READ) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_words_that_say_nothing_anywhere(kind):
    assert stated(kind, EVERYWHERE) == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CITIZEN_ID])
def test_words_that_say_nothing_somewhere_are_values_or_broken_elsewhere(kind):
    assert stated(kind, [text for text, _ in SOME]) == [text for text, kinds in SOME if kind not in kinds]


def test_words_that_say_nothing_in_the_place_of_a_citizen_number():
    found = numbers.read(pl.LazyFrame({"text": [text for text, _ in SOME]})).filter(pl.col("state") == "placeholder").collect()
    assert found["text"].to_list() == [text for text, kinds in SOME if Kind.CITIZEN_ID in kinds]


@pytest.mark.parametrize("kind", Kind)
def test_every_declared_word_is_missing_where_it_is_declared(kind):
    assert stated(kind, words(kind)) == []


def test_no_word_is_declared_twice_for_one_kind():
    declared = [(word, kind) for group in GROUPS for word in group.words.split() for kind in group.kinds]
    assert len(declared) == len(set(declared))


NAMES = [
    "王伟", "吴无忌", "不二", "待兴", "何未", "空海", "缺耳", "马某明", "王氏明", "李秀兰之男婴", "全无敌", "ANNA", "NANA", "NATALIE", "南",
    "倪尔", "NONA", "阿不都",
]  # fmt: skip
ADDRESSES = ["无锡路1号", "无为县城东街3号", "空港新村4栋", "不老屯1号", "同上村3组", "集体户宿舍3栋", "没有巷2号"]


@pytest.mark.parametrize(("kind", "texts"), [(Kind.NAME, NAMES), (Kind.KIN_NAME, NAMES), (Kind.ADDRESS, ADDRESSES)])
def test_values_that_hold_such_a_word_are_values(kind, texts):
    assert stated(kind, texts) == texts


def test_a_lone_sign_in_a_flag_or_code_is_unreadable_not_missing():
    signs = ["?", "？", "*", "×", "□", "●", "乱"]
    assert stated(Kind.BOOLEAN, signs) == signs
    assert stated(Kind.CODE, signs) == signs


RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
"""Character → the radical that looks the same, as text out of a PDF has it."""


@pytest.mark.parametrize("kind", Kind)
def test_a_declared_word_in_radicals_is_missing_too(kind):
    written = {"".join(RADICALS.get(char, char) for char in word) for word in words(kind)} - set(words(kind))
    assert written
    assert stated(kind, sorted(written)) == []
