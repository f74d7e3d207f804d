"""Levels of two names: the suite of tests/support/name_pairs.md, every pair both ways round."""

from collections import Counter

import polars as pl
import pytest
from name_pairs import NamePair, name_pairs

from reconcile.link.fields import likeness, name
from reconcile.link.fields.level import Meaning
from reconcile.link.fields.spellings import SEPARATED, sound_key
from reconcile.standardise.names import former_names_key, name_key

SUITE = name_pairs()
STRENGTHS = {
    "must": [level.name for level in name.FIELD.at(Meaning.AGREES, Meaning.TOLERATED)],
    "may": [*(level.name for level in name.FIELD.at(Meaning.SLIP)), "one_char"],
    "not": ["one_char", "different", "missing"],
}


def levels(pairs: list[NamePair]) -> list[str]:
    values = {"l_name": [one.left for one in pairs], "r_name": [one.right for one in pairs], "r_former": [one.former for one in pairs]}
    frame = pl.DataFrame(values, schema_overrides=dict.fromkeys(values, pl.String)).with_columns(
        *(name_key(pl.col(f"{side}_name")).alias(f"{side}_name_key") for side in "lr"),
        former_names_key(pl.col("r_former")).alias("r_former_names_key"),
        pl.lit(None, pl.String).alias("l_former_names_key"),
    )
    frame = frame.with_columns(
        sound_key(pl.col(f"{side}_name_key"), pl.col(f"{side}_name").str.contains(SEPARATED)).alias(f"{side}_name_sound") for side in "lr"
    )
    forth = name.levels(frame).to_list()
    swapped = frame.rename({column: ("r" if column[0] == "l" else "l") + column[1:] for column in frame.columns})
    assert name.levels(swapped).to_list() == forth
    return forth


@pytest.mark.parametrize("pair", SUITE, ids=[f"{one.left}-{one.right}" for one in SUITE])
def test_a_pair_keeps_its_level(pair: NamePair, found: dict[NamePair, str]) -> None:
    assert found[pair] == pair.level


@pytest.fixture(scope="module")
def found() -> dict[NamePair, str]:
    return dict(zip(SUITE, levels(SUITE), strict=True))


def test_every_level_says_what_its_strength_allows() -> None:
    assert [one for one in SUITE if one.level not in STRENGTHS[one.strength]] == []


def test_the_suite_is_whole() -> None:
    assert len(SUITE) == len(set(SUITE)) >= 150
    assert min(Counter(one.strength for one in SUITE).values()) >= 20
    assert {one.level for one in SUITE} | {name.TWO_NAMES.name} == {level.name for level in name.FIELD.levels}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("李婷芬", "李慧菲"), ("李婷芬", "李慧菲"), "two_names"),
        (("李婷芬", "李慧菲"), ("李慧菲", "李婷芬"), "two_names"),
        (("李婷芬", "李小,李慧菲"), ("李　婷芬", "李慧菲"), "two_names"),
        (("李婷芬", "李慧菲,李婷"), ("李婷芳", "李婷，李慧菲"), "two_names"),
        (("李婷芬", "李慧菲"), ("李慧菲", None), "former"),
        (("李婷芬", "李慧菲"), ("李慧菲", "李小"), "former"),
        (("李婷芬", "李慧菲"), ("李婷芬", "李小"), "equal"),
        (("李婷芬", "李慧菲"), ("李婷芬", None), "equal"),
        (("李婷芬", "李婷芬"), ("李婷芬", "李 婷芬"), "equal"),
        (("李婷芬", "李婷芬"), ("李 婷芬", "李婷芬"), "folded"),
        (("唐桐怡", "唐菲菲"), ("唐小怡", "唐菲菲"), "one_char"),
        (("唐桐怡", "不详"), ("唐菲菲", "不详"), "different"),
    ],
)
def test_two_names_in_common(left: tuple[str, str | None], right: tuple[str, str | None], level: str) -> None:
    frame = pl.DataFrame({"l_name": [left[0]], "r_name": [right[0]]}).with_columns(
        *(name_key(pl.col(f"{side}_name")).alias(f"{side}_name_key") for side in "lr"),
        *(former_names_key(pl.lit(known[1], pl.String)).alias(f"{side}_former_names_key") for side, known in (("l", left), ("r", right))),
    )
    assert name.levels(frame).item() == level


def test_a_pair_alone_has_the_level_it_has_among_others(found: dict[NamePair, str]) -> None:
    for pair in SUITE[::20]:
        assert levels([pair]) == [found[pair]]


def test_names_taken_for_strangers_at_a_glance_are_different_when_looked_at() -> None:
    texts = pl.DataFrame({"name": sorted({text for one in SUITE for text in (one.left, one.right) if text})})
    keyed = texts.with_columns(name_key=name_key(pl.col("name")), former_names_key=pl.lit(None, pl.String))
    keyed = keyed.with_columns(name_sound=sound_key(pl.col("name_key"), pl.col("name").str.contains(SEPARATED)))
    pairs = keyed.select(pl.all().name.prefix("l_")).join(keyed.select(pl.all().name.prefix("r_")), how="cross")
    pairs = pairs.filter((pl.col("l_name_key") != "") & (pl.col("r_name_key") != "") & (pl.col("l_name_key") != pl.col("r_name_key")))
    glanced = pairs.filter(likeness.strangers(pairs))
    assert glanced.height > 1000
    assert set(name.slow_levels(glanced)) == {"different"}
