from __future__ import annotations

import polars as pl
import pytest

from reconcile.standardise import names
from reconcile.standardise.reference import surname_readings
from reconcile.standardise.sounds import name_sound_key


def sounds(*keys: str | None) -> list[str | None]:
    return pl.DataFrame({"k": keys}, schema={"k": pl.String}).select(name_sound_key(pl.col("k"))).to_series().to_list()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("张伟", "章玮"),
        ("李娜", "黎那"),
        ("单雄", "善雄"),  # shàn, not dān
        ("仇英", "邱英"),
        ("解放", "谢放"),
        ("查良", "扎良"),
        ("曾强", "增强"),
        ("朴正", "嫖正"),
        ("任静", "仁静"),
        ("乐毅", "岳毅"),
        ("万俟强", "墨其强"),
        ("吕布", "旅布"),
        ("种强", "崇强"),  # chóng, zāng, zhài, xiǎn
        ("藏天", "臧天"),
        ("祭军", "寨军"),
        ("洗红", "冼红"),
        ("李晟", "李胜"),
        ("王〇", "王玲"),
        ("阿卜都", "阿布杜"),
    ],
)
def test_equal_syllables_are_equal_keys(left, right):
    one, other = sounds(left, right)
    assert one == other


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("单雄", "丹雄"),
        ("曾强", "层强"),
        ("张伟", "张文"),
        ("吕布", "鲁布"),  # lü and lu
        ("张伟", "伟张"),
        ("张三", "张三三"),
    ],
)
def test_other_syllables_are_other_keys(left, right):
    one, other = sounds(left, right)
    assert one != other


@pytest.mark.parametrize(
    ("left", "right"), [("王頔", "王迪"), ("李暐", "李伟"), ("陈鋐", "陈宏"), ("王颋", "王挺"), ("李韡", "李伟"), ("张翽", "张惠")]
)
def test_a_character_that_folds_beyond_the_first_plane_keeps_its_sound(left, right):
    keys = read_key([left, right])
    assert sounds(*keys)[0] == sounds(*keys)[1]


def read_key(names_: list[str]) -> list[str]:
    return names.read(pl.LazyFrame({"text": names_})).collect()["key"].to_list()


def test_surname_reading_only_stands_in_front_of_a_short_name():
    assert sounds("张曾")[0] == sounds("张层")[0]
    assert sounds("曾古丽买买提")[0] == sounds("层古丽买买提")[0]


def test_other_signs_stay_and_length_is_kept():
    assert sounds("A□1", None, "张□") == ["A□1", None, sounds("张")[0] + "□"]
    assert [len(key) for key in sounds("欧阳娜娜", "万俟强")] == [4, 3]


def test_every_surname_has_a_representative():
    surnames = list(surname_readings())
    assert [len(str(key)) for key in sounds(*surnames)] == [len(name) for name in surnames]
