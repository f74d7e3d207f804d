"""What every field declares: words, sentences, meanings; a mistake is refused where it is written."""

from dataclasses import replace

import polars as pl
import pytest

from reconcile.link import fields
from reconcile.link.explanation import Explanation
from reconcile.link.fields import birth_date, kin, name, number, sex
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning


def test_every_level_has_a_sentence_of_its_own() -> None:
    for field in fields.FIELDS:
        sentences = [level.sentence for level in field.levels]
        assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(("sentence", "words"), [("", "一致"), ("the same", "")])
def test_a_level_without_words_or_sentence_is_refused(sentence: str, words: str) -> None:
    with pytest.raises(ValueError, match="equal: needs a sentence and words"):
        Level("equal", Meaning.AGREES, sentence, words, 0.9, 0.1)


def test_a_share_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        replace(sex.EQUAL, m=0.0)


def test_a_field_without_missing_or_with_a_level_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        Field("sex", "sex", ("sex",), (sex.EQUAL, sex.DIFFERENT), sex.FIELD.find)
    with pytest.raises(ValueError, match="differ"):
        Field("sex", "sex", ("sex",), (sex.EQUAL, sex.EQUAL, sex.MISSING), sex.FIELD.find)


def test_a_level_weighed_by_frequency_needs_its_bearers() -> None:
    with pytest.raises(ValueError, match="by whose"):
        replace(name.FIELD, bearers=None)
    assert isinstance(name.FIELD.bearers, Bearers)


def test_what_contradicts_never_reads_as_the_same_and_what_agrees_never_as_another() -> None:
    for field in fields.FIELDS:
        for level in field.levels:
            if level.meaning is Meaning.CONTRADICTS:
                assert level.words.startswith(OTHER) or level is name.ONE_CHAR, (field.name, level.name)
            if level.meaning is Meaning.AGREES:
                assert level.words == SAME, (field.name, level.name)


@pytest.mark.parametrize(
    ("level", "meaning", "words"),
    [
        (birth_date.NEAR, "contradicts", "不一致（年份相差不超过两年）"),
        (number.PLACE_DAY, "contradicts", "不一致（两个有效号码，地区和出生日期相同）"),
        (kin.NAMESAKE, "contradicts", "不一致（姓名相同，公民身份号码不同）"),
        (number.ONE_EDIT_END, "slip", "末四位中差一位"),
    ],
)
def test_words_of_levels_that_once_read_as_merely_alike(level: Level, meaning: str, words: str) -> None:
    assert (level.meaning, level.words) == (meaning, words)


def test_an_age_is_no_value_that_differs() -> None:
    """Two dates that differ are an item to correct; an age that fits no birth date is not."""
    assert birth_date.GENERATION.differs
    assert birth_date.SWAP.differs
    assert not birth_date.AGE_OFF.differs
    assert not name.FORMER.differs


def test_the_table_for_queries_has_every_level_once_in_order() -> None:
    table = fields.table()
    assert table.select("field", "level").is_unique().all()
    of_birth = table.filter(pl.col("field") == "birth_date").sort("place")
    assert of_birth["level"].to_list() == [level.name for level in birth_date.FIELD.levels]
    assert of_birth.filter("is_filler")["level"].to_list() == ["default"]


@pytest.mark.parametrize("parent", [kin.FATHER, kin.MOTHER], ids=lambda field: field.name)
def test_parents_of_one_name_and_two_valid_numbers_do_not_speak_for_one_person(parent: Field) -> None:
    """Hardly any parent has two numbers; the name alone, without numbers, does speak for one."""
    person, namesakes = Explanation.PERSON, Explanation.NAMESAKES
    numbered, named = (next(level for level in parent.levels if level.name == one.name) for one in (kin.NAMESAKE, kin.NAME))
    assert numbered.share(person) <= numbered.share(namesakes)
    assert named.share(person) > 100 * named.share(namesakes)
