from __future__ import annotations

import polars as pl
import pytest

from reconcile.standardise import names

SAME = [
    # every form of a row has one key
    ("张伟", "张　伟", " 张伟\t", "张 伟", "張偉", "'张伟", "\ufeff张\u200b伟"),
    *[("买买提艾力", f"买买提{dot}艾力") for dot in "·•‧∙⋅・･．.﹒。、●,-_ \u3000ᐧ⸱ꞏ᛫"],
    ("髙丽", "高丽"),
    ("郞平", "郎平"),
    ("戶川", "户川"),
    ("吳鎔", "吴镕"),
    ("ANNA KARENINA", "Anna Karenina", "ＡＮＮＡ ＫＡＲＥＮＩＮＡ", "Anna-Karenina"),
    *[("李□", f"李{glyph}") for glyph in "?？*＊□〓\ufffd\ue123\uf8ff\U000f1234\U00101234"],
    ("王□", "王(石羡)", "王（莹加王旁）"),
    ("张\u9fb4", "张\ue81e"),  # GBK FE59, private until GB 18030-2005
    ("张\u4dae", "张\ue863"),  # GBK FE9F, what old CP936 kept in private points
]

DIFFERENT = [
    ("张伟", "张玮"),
    ("己", "已"),
    ("末", "未"),
    ("买买提艾力", "艾力买买提"),  # order is a level of comparison, not of folding
    ("张三", "张□"),
    ("欧阳娜", "欧阳娜娜"),
]


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0] + ascii(forms[-1]))
def test_ways_to_write_one_name_have_one_key(read, forms):
    assert len(set(read(names.read, list(forms), "key"))) == 1


@pytest.mark.parametrize("pair", DIFFERENT)
def test_other_names_have_other_keys(read, pair):
    left, right = read(names.read, list(pair), "key")
    assert left != right


def test_shown_form_keeps_everything_inside(read):
    assert read(names.read, [" 張　偉\t", "'髙·ＬＩ", "王(石羡)"], "value") == [("張　偉",), ("髙·ＬＩ",), ("王(石羡)",)]


@pytest.mark.parametrize("text", ["无", "不详", "无名氏", " 未取名 ", "NULL", "·", "..."])
def test_filler_is_shown_but_names_nobody(read, text):
    [(value, key)] = read(names.read, [text], "value", "key")
    assert value == text.strip()
    assert key is None


@pytest.mark.parametrize("text", ["", "  ", "\u3000", None])
def test_empty_name(read, text):
    assert read(names.read, [text], "value", "key") == [(None, None)]


def test_legal_variant_characters_fold_together_only_in_the_key(read):
    assert read(names.read, ["李昇", "李升"], "value", "key") == [("李昇", "李升"), ("李升", "李升")]
    assert len(set(read(names.read, ["李喆", "李哲"], "key"))) == 2


def test_former_names_are_split_and_joined(read):
    texts = ["张三，李 四", "张三,李四", "张三、李四;", "；张三；李四", "张三|李四", "买买提·艾力，張三", "无", "", "，"]
    keys = [key for (key,) in read(names.read_several, texts, "key")]
    assert keys == ["张三|李四"] * 5 + ["买买提艾力|张三", None, None, None]


def test_folding_table_is_closed():
    folding = names.character_folding()
    assert not set(folding.values()) & set(folding)
    assert all(len(goal) == 1 for goal in folding.values())


def test_quick_reading_says_what_careful_reading_says(read):
    texts = [form for forms in SAME for form in forms] + ["无", None, ""]
    keys = pl.DataFrame({"text": texts}).select(names.name_key(pl.col("text"))).to_series().to_list()
    assert [key for (key,) in read(names.read, texts, "key")] == keys
