"""The number of a finding: one per problem, and no single slip of a clerk leads to another one."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.errors import WarehouseError
from reconcile.identity import ALPHABET, LETTERS, check_character, finding_id, is_valid, key_of
from reconcile.settings import Settings

bodies = st.tuples(st.sampled_from(LETTERS), st.text(ALPHABET, min_size=9, max_size=9)).map("".join)
numbers = bodies.map(lambda body: body + check_character(body))
KEY = b"key of the test"


def test_the_alphabet_has_no_character_that_reads_like_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(LETTERS)) == len(LETTERS) == 30
    assert LETTERS.startswith("ABCDEFGHJKMNPQRSTVWXYZ")
    assert not set("01") & set(LETTERS)


@given(numbers)
def test_a_number_with_its_check_character_is_valid(number):
    assert is_valid(number)


@given(numbers, st.integers(0, 10), st.sampled_from(ALPHABET))
def test_one_wrong_character_shows(number, place, character):
    wrong = number[:place] + character + number[place + 1 :]
    assert is_valid(wrong) == (wrong == number)


@given(numbers, st.integers(0, 10), st.integers(0, 10))
def test_two_exchanged_characters_show(number, one, other):
    characters = list(number)
    characters[one], characters[other] = characters[other], characters[one]
    wrong = "".join(characters)
    assert is_valid(wrong) == (wrong == number)


@pytest.mark.parametrize("text", ["", "D", "D7K3M9QX2T", "d7k3m9qx2t4", "D7K3M9QX2TI", "17K3M9QX2T4", "D7K3M9QX2T44"])
def test_what_has_not_the_form_is_not_valid(text):
    assert not is_valid(text)


@given(
    st.lists(st.text("R0123456789", min_size=1).map(lambda key: f"police_resident:{key}"), min_size=1, max_size=4, unique=True),
    st.randoms(),
)
def test_a_number_does_not_depend_on_the_order_of_subjects(subjects, random):
    shuffled = list(subjects)
    random.shuffle(shuffled)
    number = finding_id(KEY, "D", "duplicate_registration", subjects)
    assert number == finding_id(KEY, "D", "duplicate_registration", shuffled)
    assert is_valid(number)


@pytest.mark.parametrize(
    ("letter", "finding_type", "subjects", "number"),
    [
        ("D", "duplicate_registration", ["police_resident:R1", "police_resident:R2"], "D2Q11W283XV"),
        ("S", "shared_number", ["police_resident:R1", "police_resident:R2"], "SXA80FWQ8V9"),
        ("W", "cancellation_without_evidence", ["police_death:E1"], "WZMREQR1BXX"),
    ],
)
def test_numbers_that_are_with_stations_stay_what_they_are(letter, finding_type, subjects, number):
    assert finding_id(KEY, letter, finding_type, subjects) == number


def test_a_number_depends_on_key_type_and_subjects():
    given_key = finding_id(KEY, "D", "duplicate_registration", ["police_resident:R1", "police_resident:R2"])
    others = {
        finding_id(b"another key", "D", "duplicate_registration", ["police_resident:R1", "police_resident:R2"]),
        finding_id(KEY, "D", "shared_number", ["police_resident:R1", "police_resident:R2"]),
        finding_id(KEY, "D", "duplicate_registration", ["police_resident:R1", "police_resident:R3"]),
        finding_id(KEY, "D", "duplicate_registration", ["police_resident:R1"]),
    }
    assert given_key not in others
    assert len(others) == 4


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = Settings(home=tmp_path, as_of="2026-11-21")
    key = key_of(settings)
    assert len(key) >= 32
    assert key_of(settings) == key
    assert stat.S_IMODE((tmp_path / "keys" / "finding.key").stat().st_mode) == 0o600


def test_a_key_of_the_settings_leaves_no_file(tmp_path):
    assert key_of(Settings(home=tmp_path, as_of="2026-11-21", finding_key="given")) == b"given"
    assert not (tmp_path / "keys").exists()


def test_an_empty_key_file_is_no_key(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "finding.key").touch()
    with pytest.raises(WarehouseError, match="backup"):
        key_of(Settings(home=tmp_path, as_of="2026-11-21"))
