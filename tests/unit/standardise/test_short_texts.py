from __future__ import annotations

from functools import partial

import pytest

from reconcile.contract.codes import BOOLEAN, CANCEL_KIND, CODE_SETS, OUTCOME, RELATION_TO_HEAD, SEX, CodeSet
from reconcile.standardise import codes


@pytest.mark.parametrize(
    ("code_set", "text", "value", "rule"),
    [
        (SEX, "1", "1", None),
        (SEX, " 男 ", "1", None),
        (SEX, "女性", "2", None),
        (SEX, "１", "1", None),
        (SEX, "1.0", "1", None),
        (SEX, "未知", "0", None),
        (SEX, "-", None, None),
        (SEX, "3", None, "code_unknown"),
        (SEX, "1.5", None, "code_unknown"),
        (SEX, "男女", None, "code_unknown"),
        (SEX, None, None, None),
        (RELATION_TO_HEAD, "2", "02", None),
        (RELATION_TO_HEAD, "户主", "02", None),
        (CANCEL_KIND, "正常", None, None),
        (CANCEL_KIND, "死亡", "death", None),
        (CANCEL_KIND, "deaths", None, "code_unknown"),
        (OUTCOME, "属实", "confirmed", None),
        (OUTCOME, "", None, None),
        (OUTCOME, "无", None, None),
        (CANCEL_KIND, "/", None, None),
        (CANCEL_KIND, "?", None, "code_unknown"),
    ],
)
def test_code(read, code_set: CodeSet, text, value, rule):
    assert read(partial(codes.read_code, code_set=code_set), [text], "value", "rule") == [(value, rule)]


@pytest.mark.parametrize("code_set", CODE_SETS, ids=lambda code_set: code_set.name)
def test_canonical_codes_and_labels_stay_what_they_are(read, code_set: CodeSet):
    texts = [*code_set.known, *code_set.known.values()]
    reader = partial(codes.read_code, code_set=code_set)
    assert [value for (value,) in read(reader, texts, "value")] == [*code_set.known, *code_set.known]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        *((text, True, None) for text in ("1", "是", "作废", "已作废", "冲销", "已冲销", "注销", "√", "V", "v", "T", "YES", "Yes", "yes")),
        *((text, True, None) for text in ("已注销", "已冲正", "已撤销", "无效", "失效")),
        *((text, False, None) for text in ("0", "否", "NO", "No", "no", "正常", "有效", "", "无", None)),
        *((text, False, None) for text in ("未冲销", "未作废", " 未注销", "未冲正", "未撤销", "未失效")),
        ("未", None, "code_unknown"),
        ("?", None, "code_unknown"),
        ("2", None, "code_unknown"),
        ("废？", None, "code_unknown"),
        ("/", None, "code_unknown"),  # somebody's tick
    ],
)
def test_boolean_reads_empty_as_false_and_broken_as_unknown(read, text, value, rule):
    assert read(partial(codes.read_boolean, code_set=BOOLEAN), [text], "value", "rule") == [(value, rule)]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("990101510000", "990101510000", None),
        ("９９０１０１５１００００", "990101510000", None),
        (" 990101 510000 ", "990101510000", None),
        ("990101510000.0", "990101510000", None),
        ("99010151000", None, "area_form"),
        ("9901015100001", None, "area_form"),
        ("某派出所", None, "area_form"),
        ("000000000000", None, None),
        ("无", None, None),
        (None, None, None),
    ],
)
def test_area_code(read, text, value, rule):
    assert read(partial(codes.read_area, digits=(12,)), [text], "value", "rule") == [(value, rule)]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("522701", "522701", None),
        ("522701001", "522701", None),
        ("522701001001", "522701", None),
        ("５２２７０１００１００１", "522701", None),
        ("522701001001.0", "522701", None),
        ("110105491231002", None, "area_form"),  # a citizen number of 15 digits: where somebody was first registered
        ("11010519491231002X", None, "area_form"),
        ("5227", None, "area_form"),
    ],
)
def test_a_county_is_the_beginning_of_a_town_or_village_code(read, text, value, rule):
    assert read(partial(codes.read_area, digits=(6,)), [text], "value", "rule") == [(value, rule)]


def test_area_code_of_several_lengths(read):
    texts = ["9" * length for length in range(11, 17)]
    values = [value for (value,) in read(partial(codes.read_area, digits=(12, 15)), texts, "value")]
    assert [len(value) for value in values if value] == [12, 15]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("85", 85, None),
        ("0", 0, None),
        ("85.0", 85, None),
        ("74岁", 74, None),
        ("７４岁", 74, None),
        ("74 周岁", 74, None),
        ("虚岁74", None, "integer_form"),
        ("七十四岁", 74, None),
        ("十八", 18, None),
        ("8个月", 0, None),
        ("18个月", 1, None),
        ("25天", 0, None),
        ("3小时", 0, None),
        ("1岁6个月", 1, None),
        ("第2胎", 2, None),
        ("第二胎", 2, None),
        ("-1", None, None),
        ("999", None, None),
        ("85.5", None, "integer_form"),
        ("七八十", None, "integer_form"),
        ("八五年", None, "integer_form"),
        ("", None, None),
    ],
)
def test_integer(read, text, value, rule):
    assert read(codes.read_integer, [text], "value", "rule") == [(value, rule)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x 3201 01001", "X320101001"),
        ("Ｘ３２０１０１００１", "X320101001"),
        ("'X1", "X1"),
        ("无", None),
        ("0000000000", None),
        ("1111111111", None),
        ("123456789", None),
        ("9.90101E+16", None),  # by a spreadsheet program
        ("9.901012026e16", None),
        ("9E+16", None),
        ("9E16", "9E16"),
        ("99010120260001.0", "99010120260001"),
        ("99010120260001.5", "99010120260001.5"),
        ("", None),
        (None, None),
    ],
)
def test_certificate_number(read, text, value):
    assert read(codes.read_certificate, [text], "value") == [(value,)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" a b ", "a b"),
        ('他说"有"', '他说"有"'),
        ('="007"', "007"),
        ("'007", "007"),
        ("不详", None),
        ("\u3000", None),
        ("9.90101E+11", None),
        ("101.0", "101"),
        ("1.5E", "1.5E"),
    ],
)
def test_text(read, text, value):
    assert read(codes.read_text, [text], "value") == [(value,)]
