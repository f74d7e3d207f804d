"""The committed tables: what is known to belong in is in, what does not is out, and nobody edited them by hand."""

import datetime as dt
import hashlib
import unicodedata

import polars as pl
import pytest
from lunar_python import Solar
from pypinyin import lazy_pinyin, pinyin

from reconcile.standardise import reference

SHA256 = {
    "gbk_private": "90afa36411961c0f736da1cb812607f10cd26b155a810691e8db5bead180a298",
    "lookalikes": "a040909f57e7a012226b08313c73c02a186f43186f68ea63c845dd4de395c382",
    "lunar_months": "45e9af3a15e70233a6c3dcb6ac4b8af0b6fdce02769b8d70c07e99b72ce01c7e",
    "radicals": "c056cd2ee2844d6ff1626cc08035c90cc09b595dcc6ba7d2bfc59d39a7b07299",
    "syllables": "8c4c7c673e068efeab0be5502ed9a5be26db4504b4ffa3b52bf04716d90f31e0",
    "surnames": "b500547639074a997fd7d6c00d3fb2f2e67878a8fa55dedc541c69bb8e1d2a6c",
}


@pytest.mark.parametrize("name", SHA256)
def test_a_table_is_the_one_that_was_built(name: str) -> None:
    content = (reference.TABLES / f"{name}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256[name]
    assert content.decode().startswith("# ")
    assert "# Source: " in content.decode()


def test_every_table_is_tested() -> None:
    assert {path.stem for path in reference.TABLES.glob("*.csv")} == set(SHA256)


def test_a_character_has_the_syllable_of_the_dictionary_but_where_names_read_it_otherwise() -> None:
    table = {character: syllable for syllable, characters in reference.syllables().items() for character in characters}
    assert len(table) == sum(map(len, reference.syllables().values()))
    common = [character for character in table if character.encode("gb2312", "ignore")]
    assert len(common) > 6700
    unlike = {char for char, read in zip(common, lazy_pinyin(common), strict=True) if table[char] != read}
    assert unlike <= set("晟长卜薄都佛勒什率泊厦隽焘峤玟莞")
    assert table["晟"] == "sheng"


def alike(left: str, right: str) -> bool:
    return not reference.lookalikes().filter((pl.col("l") == left) & (pl.col("r") == right)).is_empty()


@pytest.mark.parametrize("group", ["己已巳", "末未", "戊戌戍", "日曰", "玟攻", "晨辰", "彬杉", "炀杨", "芬芳", "洪供", "侯候", "博搏"])
def test_characters_known_to_be_mistaken_are_alike_both_ways(group: str) -> None:
    assert all(alike(left, right) for left in group for right in group if left != right)


@pytest.mark.parametrize("pair", ["王李", "伟芳", "英兰", "一十", "国民", "秀桂", "敏静", "强勇", "丽娜", "刘陈"])
def test_other_characters_are_not(pair: str) -> None:
    assert not alike(*pair)


def test_no_character_is_like_a_tenth_of_all_or_like_itself() -> None:
    table = reference.lookalikes()
    assert table.filter(pl.col("l") == pl.col("r")).is_empty()
    assert table.group_by("l").len()["len"].max() < 20
    assert table.is_unique().all()


@pytest.mark.parametrize(
    ("surname", "reading"),
    {"单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "朴": "piao", "任": "ren", "乐": "yue", "区": "ou", "盖": "ge",
     "种": "chong", "藏": "zang", "祭": "zhai", "洗": "xian",
     "万俟": "mo qi", "尉迟": "yu chi", "澹台": "tan tai", "令狐": "ling hu"}.items(),
)  # fmt: skip
def test_surnames_are_read_as_surnames(surname: str, reading: str) -> None:
    assert reference.surname_readings()[surname] == reading


def test_a_surname_reading_is_one_that_the_character_has() -> None:
    plain = {character: {syllable for row in pinyin(character, style=0, heteronym=True) for syllable in row} for character in "".join(
        reference.surname_readings())}  # fmt: skip
    unknown = [
        name for name, reading in reference.surname_readings().items()
        if any(syllable not in plain[character] for character, syllable in zip(name, reading.split(), strict=True))
    ]  # fmt: skip
    assert unknown == []


def test_private_points_are_those_of_gbk_and_agree_with_the_codec_where_it_knows_better() -> None:
    table = reference.gbk_private()
    codes = [bytes((0xFE, second)) for second in range(0x50, 0xA1) if second != 0x7F]
    assert [chr(0xE815 + place) for place in range(80)] == sorted(point for point in table if "\ue815" <= point <= "\ue864")
    known = {place: code.decode("gb18030") for place, code in enumerate(codes)}
    now = {place: char for place, char in known.items() if unicodedata.category(char) != "Co"}
    assert {place: table[chr(0xE815 + place)] for place in now} == now
    assert len(now) == 66


def test_no_private_point_leads_to_another_and_none_to_a_sign() -> None:
    kinds = {unicodedata.category(character) for character in reference.gbk_private().values()}
    assert kinds <= {"Lo", "Ll", "So"}
    assert len(set(reference.gbk_private().values())) == len(reference.gbk_private())


def test_radicals_stand_for_unified_characters_of_their_name() -> None:
    table = reference.radicals()
    assert {radical: table[radical] for radical in "⻢⻩⻰⺉⺅⻨"} == {
        "⻢": "马",
        "⻩": "黄",
        "⻰": "龙",
        "⺉": "刂",
        "⺅": "亻",
        "⻨": "麦",
    }
    supplement = [chr(code) for code in range(0x2E80, 0x2EF4) if unicodedata.category(chr(code)) == "So"]
    folded = {char for char in supplement if unicodedata.normalize("NFKC", char) != char}
    assert len(supplement) == 115
    assert set(supplement) - folded - set(table) == {"⺀"}  # a sign of repetition
    assert all(unicodedata.name(goal).startswith("CJK UNIFIED IDEOGRAPH-") for goal in table.values())


def test_lunar_months_are_those_of_the_library_and_leave_no_day_out() -> None:
    months = reference.lunar_months()
    assert (months["first"] + pl.Series([dt.timedelta(days) for days in months["days"]]))[:-1].to_list() == months["first"][1:].to_list()
    for year, month, first, _ in months.gather_every(37).iter_rows():
        lunar = Solar.fromYmd(first.year, first.month, first.day).getLunar()
        assert (lunar.getYear(), abs(lunar.getMonth()), lunar.getDay()) == (year, month, 1)
