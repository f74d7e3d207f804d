"""Spellings of transliterated names: any two of one name meet in blocking, others do not, and the tables say nothing twice."""

from collections import Counter
from itertools import combinations

import polars as pl
import pytest
from name_pairs import name_pairs

from reconcile.link.fields import name, spellings
from reconcile.link.fields.transliterations import MONGOLIAN, SYLLABLES, TIBETAN, UYGHUR
from reconcile.standardise.names import name_key

SUITE = name_pairs()
APART = {name.ONE_CHAR.name, name.ONE_CHAR_LONG.name, name.DIFFERENT.name}
TABLES = (UYGHUR, TIBETAN, MONGOLIAN)


def keys(texts: list[str | None]) -> list[str]:
    """What names are blocked by."""
    frame = pl.DataFrame({"name": texts}, schema={"name": pl.String}).with_columns(key=name_key(pl.col("name")))
    separated = pl.col("name").str.contains(spellings.SEPARATED)
    return frame.select(spellings.sound_key(pl.col("key"), separated)).to_series().to_list()


def spelled(*texts: str) -> list[str]:
    return pl.DataFrame({"text": texts}).select(spellings.spelled("text")).to_series().to_list()


def test_every_two_spellings_of_the_suite_meet_in_blocking() -> None:
    pairs = [one for one in SUITE if one.level == name.FAMILY.name]
    assert len(pairs) >= 60
    met = zip(pairs, keys([one.left for one in pairs]), keys([one.right for one in pairs]), strict=True)
    assert [f"{one.left} {one.right}" for one, left, right in met if left != right] == []


def test_no_two_names_of_the_suite_meet_for_their_spelling() -> None:
    """Unless they sounded alike before: that is for the fields to tell apart."""
    pairs = [one for one in SUITE if one.level in APART]
    met = zip(pairs, keys([one.left for one in pairs]), keys([one.right for one in pairs]), strict=True)
    assert [f"{one.left} {one.right}" for one, left, right in met if left == right] == []


def test_a_character_is_of_one_syllable() -> None:
    counted = Counter("".join(SYLLABLES.values()))
    assert [char for char, times in counted.items() if times > 1] == []


def test_a_spelling_is_of_one_name_and_stands_for_itself_when_first() -> None:
    rows = [spelled(*row.split()) for table in TABLES for row in table.values()]
    assert [row for row in rows if len(set(row)) > 1] == []
    forms = Counter(row[0] for row in rows)
    assert [form for form, times in forms.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_names_of_two_parts_are_told_apart_by_their_parts(table: dict[str, str]) -> None:
    """No two names run together into the spelling of two others."""
    firsts = spelled(*(row.split()[0] for row in table.values()))
    joined = spelled(*(left + right for left, right in combinations(firsts, 2)))
    assert joined == [left + right for left, right in combinations(firsts, 2)]


def test_what_was_brought_to_one_form_stays() -> None:
    texts = [text for one in SUITE for text in (one.left, one.right) if text]
    once = spelled(*texts)
    assert spelled(*once) == once


@pytest.mark.parametrize("text", ["欧阳依敏", "李卜特", "王孙", "孙江", "次仁", "张吐尔", "扎西卓"])
def test_a_short_name_is_sounded_as_it_is_written(text: str) -> None:
    assert keys([text]) == pl.DataFrame({"key": [text]}).select(spellings.name_sound_key(pl.col("key"))).to_series().to_list()


@pytest.mark.parametrize("text", ["买买提", "阿卜杜", "札西才让", "吐逊艾里", "麦麦提明"])
def test_what_can_have_several_spellings_is_sounded_every_night(text: str) -> None:
    frame = pl.DataFrame({"key": [text], "is_separated": [False]})
    assert frame.select(spellings.may_be_spelled(pl.col("key"), pl.col("is_separated"))).item()
