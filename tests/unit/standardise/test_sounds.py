from __future__ import annotations

import polars as pl
import pytest

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


def test_surname_reading_only_stands_in_front_of_a_short_name():
    assert sounds("张曾")[0] == sounds("张层")[0]
    assert sounds("曾古丽买买提")[0] == sounds("层古丽买买提")[0]


def test_other_signs_stay_and_length_is_kept():
    assert sounds("A□1", None, "张□") == ["A□1", None, sounds("张")[0] + "□"]
    assert [len(key) for key in sounds("欧阳娜娜", "万俟强")] == [4, 3]


def test_every_surname_has_a_representative():
    surnames = list(surname_readings())
    assert [len(str(key)) for key in sounds(*surnames)] == [len(name) for name in surnames]
