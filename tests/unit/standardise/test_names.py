from __future__ import annotations

from functools import partial

import polars as pl
import pytest

from reconcile.contract.columns import Kind
from reconcile.standardise import names

SAME = [
    # every form of a row has one key
    ("张伟", "张　伟", " 张伟\t", "张 伟", "張偉", "'张伟", "\ufeff张\u200b伟"),
    *[("买买提艾力", f"买买提{dot}艾力") for dot in "·•‧∙⋅・･．.﹒。、●,-_ \u3000ᐧ⸱ꞏ᛫"],
    *[("买买提艾力", f"买买提{dot}艾力") for dot in "˙¨ˉ゛ˋㆍ丶¸´ˊˇ˚˝ʼʹーㆍ⠂᠂‐ᆞㅡ▪◦○◆♦|/~—ᐟ※＠#＆+=：；！"],
    *[("王明", f"王{sign}明") for sign in "˙¨ˉ゛ˋㆍ丶¸\u3099\ufe00\U000e0100"],
    # references
    (
        "慕容䶮",
        "慕容&#19886;",
        "慕容&amp;#19886;",
        "慕容&amp;amp;#19886;",
        "慕容&#x4DAE;",
        "慕容&#X4dae;",
        "慕容%u4DAE",
        "慕容%u4dae",
        "慕容\\u4dae",
        "慕容\\u{4dae}",
        "慕容\\U00004dae",
        "慕容_x4DAE_",
        "慕容U+4DAE",
        "慕容%E4%B6%AE",
        "慕容＆＃１９８８６；",
        "慕容#19886;",
    ),
    ("慕容", "%u6155%u5BB9", "&#24917;&#23481;", "%E6%85%95%E5%AE%B9", "&#x6155;&#x5bb9;"),
    (
        "张\U00020087",
        "张&#131207;",
        "张&#x20087;",
        "张&#55360;&#56455;",
        "张\\ud840\\udc87",
        "张%uD840%uDC87",
        "张_xD840__xDC87_",
        "张\\U00020087",
    ),
    (
        "阿卜杜热合曼吐尔逊",
        "阿卜杜热合曼&middot;吐尔逊",
        "阿卜杜热合曼&amp;middot;吐尔逊",
        "阿卜杜热合曼&#183;吐尔逊",
        "阿卜杜热合曼%C2%B7吐尔逊",
        "阿卜杜热合曼&bull;吐尔逊",
        "阿卜杜热合曼&nbsp;吐尔逊",
        "阿卜杜热合曼\\u00b7吐尔逊",
    ),
    (
        "慕容□",
        "慕容&#1988",
        "慕容&#",
        "慕容&#x;",
        "慕容&foo;",
        "慕容%u4D",
        "慕容\\u4d",
        "慕容&#57345;",
        "慕容&#55360;",
        "慕容%E4%B6",
        "慕容&#9999999;",
    ),
    # two signs for one glyph, and a glyph by its parts
    ("慕容□", "慕容??", "慕容？？", "慕容\ufffd\ufffd", "慕容□□", "慕容〓", "慕容▯", "慕容\ufffc"),
    ("王□明", "王(石羡)明", "王[石羡]明", "王{石羡}明", "王<石羡>明", "王⿰石羡明", "王⿱⿰木木火明", "王⿲彳氵亍明", "王(石+羡)明"),
    ("王*×", "王**", "王××", "王＊＊"),
    # radicals
    ("马建国", "⻢建国"),
    ("黄龙", "⻩⻰", "黃龍", "⿈⿓"),
    ("贝青", "⻉⾭", "⾙青"),
    # characters that the table of 2013 gave back to names
    ("王钟", "王锺", "王鍾", "王鐘"),
    ("王余", "王馀", "王餘"),
    ("王巨", "王钜", "王鉅"),
    ("王〇", "王○", "王◯"),
    ("张伟", "张伟(2)", "张伟（已故）", "张伟(亡)", "张伟【已去世】", "张伟(户主)", "张伟（曾用名张三）", "张伟[A]"),
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
    ("王\U000323b0明", "王明"),  # Extension J
    ("李喆", "李哲"),
    ("王〇", "王零"),
    ("张**", "张??"),  # a mask hides one character each
    ("阿布都一艾尼", "阿布都艾尼"),  # 一 is a character
    ("山田々", "山田"),
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


BLOCKS = {
    "URO": 0x4E00, "URO end": 0x9FFF, "A": 0x3400, "A end": 0x4DBF, "B": 0x20000, "B end": 0x2A6DF, "C": 0x2A700, "C end": 0x2B739,
    "D": 0x2B740, "D end": 0x2B81D, "E": 0x2B820, "E end": 0x2CEA1, "F": 0x2CEB0, "F end": 0x2EBE0, "G": 0x30000, "G end": 0x3134A,
    "H": 0x31350, "H end": 0x323AF, "I": 0x2EBF0, "I end": 0x2EE5D, "J": 0x323B0, "J end": 0x33479, "later": 0x3FF00, "zero": 0x3007,
    "twelve of the compatibility block": 0xFA0E,
}  # fmt: skip
"""First and last characters of the blocks of unified ideographs, by the Unicode Standard 17."""


@pytest.mark.parametrize("code", BLOCKS.values(), ids=BLOCKS)
def test_no_block_of_characters_is_lost(read, code):
    [(key,), (without,)] = read(names.read, [f"王{chr(code)}明", "王明"], "key")
    assert (len(key), key[0], key[2]) == (3, "王", "明")
    assert key != without


def test_scripts_of_other_names_keep_their_letters(read):
    texts = ["بەختىيار", "Ёлка Иванова", "김철수", "曲比阿乌", "Müller", "ꋠꉬ", "ᠪᠠᠲᠤ", "བཀྲཤས"]
    assert [key for (key,) in read(names.read, texts, "key")] == ["بەختىيار", "ЁЛКАИВАНОВА", *texts[2:4], "MÜLLER", *texts[5:]]


def test_parts_of_a_name_are_split_at_every_separator():
    texts = ["买买提˙艾力", "阿布都·艾尼&middot;马木提", "张伟", "张　伟", "古丽丶阿依江"]
    parts = pl.DataFrame({"text": texts}).select(names.parts(pl.col("text"))).to_series().to_list()
    assert parts == [["买买提", "艾力"], ["阿布都", "艾尼", "马木提"], ["张伟"], ["张伟"], ["古丽", "阿依江"]]


def test_a_relative_called_by_the_surname_only_has_no_name_but_a_person_has(read):
    texts = ["王氏", "欧阳氏", "刘王氏", "已故"]
    assert read(names.read, texts, "key") == [(text,) for text in texts]
    assert read(partial(names.read, kind=Kind.KIN_NAME), texts, "key") == [(None,), (None,), ("刘王氏",), (None,)]


@pytest.mark.parametrize("text", ["", "  ", "\u3000", None])
def test_empty_name(read, text):
    assert read(names.read, [text], "value", "key") == [(None, None)]


def test_legal_variant_characters_fold_together_only_in_the_key(read):
    assert read(names.read, ["李昇", "李升"], "value", "key") == [("李昇", "李升"), ("李升", "李升")]
    assert len(set(read(names.read, ["李喆", "李哲"], "key"))) == 2


def test_former_names_are_split_and_joined(read):
    texts = [
        "张三，李 四",
        "张三,李四",
        "张三、李四;",
        "；张三；李四",
        "张三|李四",
        "买买提·艾力，張三",
        "张三、不详",
        "无",
        "",
        "，",
        "未改名",
    ]
    keys = [key for (key,) in read(names.read_several, texts, "key")]
    assert keys == ["张三|李四"] * 5 + ["买买提艾力|张三", "张三", None, None, None, None]


def test_folding_table_is_closed():
    folding = names.character_folding()
    assert not set(folding.values()) & set(folding)
    assert all(len(goal) == 1 for goal in folding.values())


def test_quick_reading_says_what_careful_reading_says(read):
    texts = [form for forms in SAME for form in forms] + ["无", None, ""]
    assert read(names.read, texts, "key") == read(names.read_carefully, texts, "key")
