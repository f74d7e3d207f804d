"""Habits of offices: each occurs about as often as it says, touches only what it says, and leaves every person enough to decide by."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from reconcile import sample
from reconcile.contract.tables import EXTRACTS
from reconcile.sample import spoil, texts
from reconcile.sample.habits import Cells, Habit, Touch, discover
from reconcile.sample.habits.person_names import EQUIVALENTS, SEPARATORS
from reconcile.sample.keep import LIVES_BY
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import KEYS, World

HABITS = {habit.name: habit for habit in discover()}
DEVIATIONS = 5


def clean(world: World, extract: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """An extract's rows and their text in one form of dates."""
    table = world.table(extract, "_pid")
    return table, texts.written(table, extract, {}, texts.date("%Y-%m-%d"))


def alone(spoiler: Spoiler, *habits: Habit) -> Spoiler:
    spoiler._habits = list(habits)
    return spoiler


def changed(before: pl.Series, after: pl.Series) -> np.ndarray:
    return before.ne_missing(after).to_numpy()


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_occurs_at_its_rate_where_it_says_and_nowhere_else(hard: World, spoiler: Spoiler, name: str) -> None:
    habit = HABITS[name]
    alone(spoiler, habit)
    rewritten = 0
    for extract in habit.where:
        table, text = clean(hard, extract)
        spoilt = spoiler.spoil(extract, table, text)
        assert spoilt.columns == text.columns
        for column in text.columns:
            cells = changed(text[column], spoilt[column])
            if column not in habit.where[extract]:
                assert not cells.any(), column
            elif habit.cells is Cells.EMPTY:
                assert not (cells & text[column].is_not_null().to_numpy()).any()
            else:
                fits = text[column].str.contains(habit.fits).fill_null(value=False).to_numpy()
                assert not (cells & ~fits).any()
            rewritten += cells.sum()
    fitting = spoiler.fitting.total()
    wanted = fitting * habit.rate
    assert fitting > 0
    assert abs(spoiler.written.total() - wanted) < DEVIATIONS * (wanted * (1 - habit.rate)) ** 0.5 + 1
    assert 0.7 * spoiler.written.total() <= rewritten <= spoiler.written.total()


def test_columns_of_habits_are_columns_of_the_contract_and_no_keys_codes_or_flags() -> None:
    for habit in HABITS.values():
        for extract, columns in habit.where.items():
            fields = EXTRACTS[extract].fields
            assert set(columns) <= fields.keys() - {KEYS[extract], "sex", "cancel_kind", "reversed", "voided", "station_code"}
            if habit.touch is Touch.LOSS or habit.cells is Cells.EMPTY:
                # What is left of a name is still a name.
                left = columns if habit.name == "unknown_glyph" else ("name",)
                assert not any(fields[column].required for column in columns if column not in left), habit.name


@pytest.fixture
def lost(hard: World, spoiler: Spoiler) -> dict[str, pl.DataFrame]:
    """Extract → key, _pid and, for each column, whether the cell became unreadable."""
    alone(spoiler, *(habit for habit in HABITS.values() if habit.touch is Touch.LOSS))
    frames: dict[str, pl.DataFrame] = {}
    for extract in KEYS:
        table, text = clean(hard, extract)
        spoilt = spoiler.spoil(extract, table, text)
        flags = {column: changed(text[column], spoilt[column]) for column in text.columns}
        frames[extract] = pl.DataFrame(
            {"key": table[KEYS[extract]], "_pid": table["_pid"], **{f"lost_{name}": flag for name, flag in flags.items()}}
        )
    return frames


def test_nobody_loses_the_number_and_something_else(hard: World, lost: dict[str, pl.DataFrame]) -> None:
    numbers, others = set[int](), set[int]()
    for extract in ("police_resident", "health_death", "civil_cremation", "police_death"):
        frame = lost[extract]
        for column in frame.columns:
            pids = frame.filter(pl.col(column))["_pid"].drop_nulls() if column.startswith("lost_") else []
            if column == "lost_citizen_id":
                numbers |= set(pids)
            elif column in {"lost_name", "lost_birth_date", "lost_address_text", "lost_registered_address_text"}:
                others |= set(pids)
    assert numbers
    assert others
    assert not numbers & others
    bare = hard.table("health_death", "_pid").filter(pl.col("citizen_id").is_null())["_pid"].drop_nulls()
    assert len(bare) > 20
    assert not others & set(bare)


def test_what_is_a_finding_stays_readable(hard: World, lost: dict[str, pl.DataFrame]) -> None:
    for kind, _, extract, key in hard.truth:
        for column in LIVES_BY.get(kind, "").split():
            if f"lost_{column}" in lost[extract].columns and key not in {"", None}:
                assert not lost[extract].filter(pl.col("key") == key)[f"lost_{column}"].any(), (kind, column)


def test_of_two_registrations_with_two_numbers_a_relative_named_by_both_is_left(hard: World, lost: dict[str, pl.DataFrame]) -> None:
    groups: dict[str, list[str]] = {}
    for kind, group, _, key in hard.truth:
        if kind == "duplicate_registration":
            groups.setdefault(group, []).append(key)
    rows = {row["registration_id"]: row for row in hard.table("police_resident").iter_rows(named=True)}
    gone = {row["key"]: row for row in lost["police_resident"].iter_rows(named=True)}
    checked = 0
    for keys in groups.values():
        one, two = keys[0], keys[1]
        kin = [name for name in ("father_name", "mother_name", "spouse_name") if rows[one][name] and rows[one][name] == rows[two][name]]
        if rows[one]["citizen_id"] != rows[two]["citizen_id"] and kin:
            checked += 1
            assert any(not gone[one][f"lost_{name}"] and not gone[two][f"lost_{name}"] for name in kin)
    assert checked > 20


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hard")
    sample.write(out, 2000, 3, kind="hard")
    return out


def test_the_same_seed_gives_the_same_bytes_and_the_worlds_differ(written: Path, tmp_path: Path) -> None:
    sample.write(tmp_path / "again", 2000, 3, kind="hard")
    for path in written.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(written)).read_bytes(), path.name


def test_the_truth_is_fixed_before_any_habit(written: Path) -> None:
    world = sample.make(2000, 3, kind="hard")
    told = [tuple(row) for row in csv.reader((written / "truth.csv").read_text(encoding="utf-8").splitlines())]
    assert told[1:] == world.truth
    assert [tuple(row) for row in csv.reader((written / "decoys.csv").read_text(encoding="utf-8").splitlines())][1:] == world.decoys


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def test_no_number_could_be_issued(written: Path) -> None:
    seen = 0
    for path in written.glob("*.csv"):
        for number in re.findall(r"(?<![\dA-Za-z:.])\d{17}[\dXx](?!\d)", unicodedata.normalize("NFKC", text_of(path))):
            seen += 1
            assert number[:2] in {"99", "00"} or number in {"1" * 18, "123456789012345678"}, path.name
    assert seen > 1000


def test_the_readme_tells_how_often_each_habit_was_met(written: Path) -> None:
    readme = (written / "README.md").read_text(encoding="utf-8")
    assert "--world hard" in readme
    assert [name for name in HABITS if f"| {name} |" not in readme] == []


def test_a_plain_world_has_no_habits(world: World) -> None:
    spoiler = Spoiler(world)
    table, text = clean(world, "health_death")
    assert spoiler.spoil("health_death", table, text).equals(text)
    assert not spoiler.written


def rewritten(name: str, *values: str, seed: int = 1) -> list[str]:
    many = pl.Series([value for value in values for _ in range(60)], dtype=pl.String)
    return HABITS[name].rewrite(many, np.random.default_rng(seed)).to_list()


NUMBER = "99010119700506123X"


@pytest.mark.parametrize("name", ["guard", "unseen_mark", "grouped"])
def test_marks_around_a_number_leave_its_digits(name: str) -> None:
    told = rewritten(name, NUMBER)
    narrow = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")
    assert {re.sub(r"[^\dX]", "", text.translate(narrow)) for text in told} == {NUMBER}
    assert NUMBER not in told


def test_tails_of_spreadsheets_and_floats() -> None:
    assert rewritten("spreadsheet_tail", "990101199001011234")[0] == "990101199001011000"
    assert int(rewritten("float_tail", "990101199001011234")[0]) == int(float("990101199001011234"))
    assert all(float(text) for text in rewritten("scientific", "990101199001011234"))


def test_days_in_other_forms_are_the_same_days() -> None:
    assert dt.date(1899, 12, 30) + dt.timedelta(int(rewritten("serial", "2018-01-02")[0])) == dt.date(2018, 1, 2)
    assert {re.sub("[○零]", "〇", text) for text in rewritten("chinese_digits", "2018年10月21日")} == {"二〇一八年十月二十一日"}
    for text in rewritten("other_form", "2018/3/5", "20180305", "2018-3-5 0:00:00"):
        assert [int(part) for part in re.findall(r"\d+", re.sub(r"^(\d{4})(\d\d)(\d\d)0+$", r"\1-\2-\3", text))[:3]] == [2018, 3, 5]
    assert rewritten("other_form", "19990231")[0] == "19990231"


def test_an_address_keeps_the_parts_the_sentence_says() -> None:
    address = "云岭县城东镇田坝村12组15号"
    assert {"云岭县城东镇田坝村十二组15号"} < set(rewritten("chinese_numeral", address))
    assert set(rewritten("stops_at_village", address)) == {"云岭县城东镇田坝村", "云岭县城东镇田坝村12组"}
    assert set(rewritten("stops_at_town", address)) == {"云岭县城东镇", "云岭县"}
    assert all("田坝村12组15号" in text for text in rewritten("leading_parts", address))


def test_a_separator_is_another_sign_between_the_same_parts() -> None:
    told = set(rewritten("separator", "买买提·依明"))
    assert {text.removeprefix("买买提").removesuffix("依明") for text in told} <= set(SEPARATORS)
    assert len(told) > 15


def test_looks_of_characters() -> None:
    assert rewritten("radical", "马金龙")[0] == "".join(EQUIVALENTS[character] for character in "马金龙")
    assert rewritten("traditional", "张军丽")[0] == "張軍麗"
    assert {"李&#19886;", "李%u4DAE", r"李\u4dae", "李_x4DAE_", "李&#x4DAE;"} <= set(rewritten("character_reference", "李䶮"))
    assert "买买提&middot;依明" in rewritten("character_reference", "买买提·依明")
    assert all(text[0] == "李" and "䶮" not in text for text in rewritten("unknown_glyph", "李䶮"))


def test_spellings_change_one_syllable() -> None:
    assert set(rewritten("spelling", "阿布都·依明")) == {"阿卜杜·依明", "阿不都·依明", "阿布杜·依明"}


def test_a_habit_drawn_anew_changes_no_other(hard: World) -> None:
    table, text = clean(hard, "health_death")
    whole, less = Spoiler(hard), Spoiler(hard)
    alone(less, *(habit for habit in HABITS.values() if habit.name != "guard"))
    one, two = (each.spoil("health_death", table, text) for each in (whole, less))
    for column in set(text.columns) - {"citizen_id"}:
        assert one[column].equals(two[column], null_equal=True)


def test_the_first_of_several_habits_writes_a_cell(hard: World, spoiler: Spoiler, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [
        Habit(name, "", 1.0, {"health_death": ("name",)}, Touch.FORM, Cells.FILLED, "", lambda v, _, n=name: pl.Series([n] * len(v)))
        for name in "ab"
    ]
    monkeypatch.setattr(spoil, "discover", lambda: iter(everything))
    table, text = clean(hard, "health_death")
    assert set(Spoiler(hard).spoil("health_death", table, text)["name"]) == {"a"}
    assert alone(spoiler).spoil("health_death", table, text).equals(text)
