"""Levels of two names on literal values; each strength has its near miss."""

import polars as pl
import pytest

from reconcile.link import names
from reconcile.link.spec import NAME, SLIPPED_NAMES, TOLERATED_NAMES
from reconcile.standardise.names import name_key
from reconcile.standardise.sounds import name_sound_key


def level(left: str | None, right: str | None, former: str | None = None) -> str:
    values = {"l_name": left, "r_name": right, "l_former_names_key": None, "r_former_names_key": former}
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, schema_overrides=dict.fromkeys(values, pl.String))
    frame = frame.with_columns(name_key(pl.col(f"{side}_name")).alias(f"{side}_name_key") for side in "lr")
    frame = frame.with_columns(name_sound_key(pl.col(f"{side}_name_key")).alias(f"{side}_name_sound") for side in "lr")
    forth = names.levels(frame).item()
    swapped = frame.rename({column: ("r" if column[0] == "l" else "l") + column[1:] for column in frame.columns})
    assert names.levels(swapped).item() == forth
    return forth


MUST_MATCH = [
    ("王秀英", "王秀英", "equal"),
    ("张伟", "张　伟", "folded"),
    ("阿布都·艾尼", "阿布都艾尼", "folded"),
    ("阿布都•艾尼", "阿布都.艾尼", "folded"),
    ("張偉", "张伟", "folded"),
    ("李䶮", "李□", "wildcard"),
    ("李?明", "李晓明", "wildcard"),
    ("阿布都·艾尼", "阿不都·艾尼", "family"),
    ("买买提·玉素甫", "买合买提·玉素甫", "family"),
    ("古丽·阿依江", "古丽·阿伊姜", "family"),
    ("阿布都·艾尼", "艾尼·阿布都", "segments"),
    ("阿布都·艾尼", "阿布都", "segments"),
    ("阿布都·艾尼·马木提", "阿布都·艾尼", "segments"),
    ("阿布都艾尼", "艾尼阿布都", "segments"),
    ("古丽巴哈尔买买提", "古丽巴哈", "cut"),
]
MAY_MATCH = [
    ("张伟", "章玮", "sound"),
    ("单晓红", "山晓红", "sound"),
    ("李文静", "李雯婧", "sound"),
    ("王晨", "王辰", "sound"),
    ("刘末", "刘未", "shape"),
    ("陈玲玟", "陈玲攻", "shape"),
    ("张晓伟", "张晓芳", "one_char"),
    ("张晓伟", "张伟", "one_char"),
    ("张晓伟", "张伟晓", "one_char"),
]
MUST_NOT = [
    ("张伟", "张芳", "different"),
    ("张伟", "李伟", "different"),
    ("李娜", "王芳", "different"),
    ("艾买提·买合木提", "艾合买提·艾尼", "different"),
    ("阿布都·艾尼", "古丽·艾尼", "different"),
    ("欧阳小明", "欧阳", "different"),
    ("□□", "张伟", "missing"),
    (None, "张伟", "missing"),
    ("无名氏", "张伟", "missing"),
]


@pytest.mark.parametrize(("left", "right", "expected"), MUST_MATCH)
def test_a_way_of_writing_one_name_is_tolerated(left: str, right: str, expected: str) -> None:
    assert level(left, right) == expected
    assert expected in TOLERATED_NAMES


@pytest.mark.parametrize(("left", "right", "expected"), MAY_MATCH)
def test_a_slip_is_linked_but_not_tolerated(left: str, right: str, expected: str) -> None:
    assert level(left, right) == expected
    assert expected not in TOLERATED_NAMES


@pytest.mark.parametrize(("left", "right", "expected"), MUST_NOT)
def test_another_name_is_another_name(left: str, right: str, expected: str) -> None:
    assert level(left, right) == expected
    assert expected not in TOLERATED_NAMES + SLIPPED_NAMES


def test_a_former_name_counts_only_for_who_bore_it() -> None:
    assert level("尹英梅", "尹玉花", former="尹英梅|尹小英") == "former"
    assert level("尹英梅", "尹玉花", former="尹小英") == "different"


def test_every_level_is_reached_by_a_case() -> None:
    reached = {case[2] for case in MUST_MATCH + MAY_MATCH + MUST_NOT} | {"former"}
    assert reached == {one.name for one in NAME.levels}
