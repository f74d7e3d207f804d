"""Standardising: forms of one value meet, errors are noticed, and doing it twice changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconcile.standardise import addresses, codes, dates, names, numbers

Reader = Callable[[pl.LazyFrame], pl.LazyFrame]

BRIEFLY = settings(max_examples=40, deadline=None)
"""Each example is a query plan; a machine that is busy is no error."""

FIRST, LAST = dt.date(1890, 1, 1), dt.date(2100, 12, 31)
NO_DAYS = {dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1), dt.date(1904, 1, 1), dt.date(2099, 12, 31)}
"""Days that are written for no day."""
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("张伟李娜王芳買髙戶昇於喆\u3473\U00020087")
SEPARATORS = "·•‧∙⋅・･．.﹒。、●,-_ \u3000\t\u00a0\u200b\ufeff"
NOISE = st.text(SEPARATORS + "'’（）()?□*ABCabcÀßＡｚ０９0123四十百零号栋第组=\"|\ue816\ue863\uf8ff", max_size=6)
MESSY = st.lists(HAN | NOISE, max_size=8).map("".join)
SPELL = str.maketrans("0123456789", "〇一二三四五六七八九")
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"})


def read(reader: Reader, texts: list[str | None], column: str = "value") -> list[object]:
    return reader(pl.LazyFrame({"text": texts}, schema={"text": pl.String})).select(column).collect().to_series().to_list()


def check(body: str) -> str:
    """ISO 7064 MOD 11-2, digit by digit: independent of the weights."""
    product = 0
    for digit in body:
        product = (product + int(digit)) * 2 % 11
    return "0123456789X"[(12 - product) % 11]


@st.composite
def numbers_of_persons(draw: st.DrawFn) -> str:
    """Valid numbers with address codes that were never issued."""
    birth = draw(st.dates(FIRST, LAST))
    body = f"{draw(st.sampled_from(['00', '99']))}{draw(st.integers(101, 9999)):04d}{birth:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + check(body)


@BRIEFLY
@given(number=numbers_of_persons())
def test_a_right_number_is_valid_and_shows_its_birth_date(number: str) -> None:
    assert read(numbers.read, [number]) == [number]
    assert read(numbers.read, [number], "state") == ["valid"]
    assert read(lambda values: values.select(numbers.birth_date(pl.col("text")).alias("value")), [number]) == [
        dt.datetime.strptime(number[6:14], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    ]


@BRIEFLY
@given(number=numbers_of_persons(), data=st.data())
def test_changing_one_character_is_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 17))
    char = data.draw(st.sampled_from("0123456789X" if place == 17 else "0123456789"))
    assume(char != number[place])
    assert read(numbers.read, [number[:place] + char + number[place + 1 :]], "state") != ["valid"]


@BRIEFLY
@given(number=numbers_of_persons(), place=st.integers(0, 15))
def test_swapping_two_neighbours_is_noticed(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert read(numbers.read, [swapped], "state") != ["valid"]


@BRIEFLY
@given(number=numbers_of_persons(), guard=st.sampled_from(["{}", "'{}", '="{}"', "{}\t", "\ufeff{}\u200b", " {}\u3000"]), data=st.data())
def test_guards_width_case_and_blanks_change_nothing(number: str, guard: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 18))
    spaced = number[:place] + data.draw(st.sampled_from(["", " ", "\u3000", "\u00a0"])) + number[place:]
    forms = [guard.format(form) for form in (spaced, spaced.lower(), spaced.translate(WIDE))]
    assert read(numbers.read, [*forms]) == [number] * 3
    assert read(numbers.read, [*forms], "raw") == forms


@BRIEFLY
@given(number=numbers_of_persons())
def test_fifteen_digits_and_eighteen_are_one_number(number: str) -> None:
    assume(number[6:8] == "19" and int(number[14:17]) < 996)
    fifteen = number[:6] + number[8:17]
    assert read(numbers.read, [fifteen]) == [number]
    assert read(numbers.read, [fifteen], "state") == ["upgraded"]


@BRIEFLY
@given(number=numbers_of_persons())
def test_damage_by_spreadsheets_is_never_valid_unless_the_number_survived(number: str) -> None:
    assume(number.startswith("99") and number[17] != "X")
    excel, double = number[:15] + "000", str(int(float(number)))
    # Where the order number is 001 the rounding may reach the birth date, which is another kind of damage.
    assume(double[:14] == number[:14])
    for damaged, state in ((excel, "excel_tail"), (double, "float_damage")):
        [found] = read(numbers.read, [damaged], "state")
        right = check(damaged[:17]) == damaged[17] and damaged[14:17] != "000"
        assert found == ("valid" if right else "excel_tail" if damaged.endswith("000") else state)


@BRIEFLY
@given(texts=st.lists(st.text("0123456789xX×*'=\"\t ０Ｘ无E+.AB", max_size=20), min_size=1, max_size=20))
def test_reading_a_number_quickly_or_carefully_or_twice_is_the_same(texts: list[str]) -> None:
    given_, careful = read(numbers.read, [*texts], "state"), read(numbers.read_carefully, [*texts], "state")
    assert given_ == careful
    values = read(numbers.read, [*texts])
    again = [str(value) for value in values if value]
    assert read(numbers.read, [*again]) == again


FORMS: dict[str, Callable[[dt.date], str]] = {
    "compact": lambda date: f"{date:%Y%m%d}",
    "iso": lambda date: f"{date:%Y-%m-%d}",
    "slash": lambda date: f"{date.year}/{date.month}/{date.day}",
    "point": lambda date: f"{date.year}.{date.month}.{date.day}",
    "chinese": lambda date: f"{date.year}年{date.month}月{date.day}日",
    "numerals": lambda date: f"{str(date.year).translate(SPELL)}年{numeral(date.month)}月{numeral(date.day)}日",
    "numerals with letter": lambda date: f"{str(date.year).translate(SPELL)}年{numeral(date.month)}月{numeral(date.day)}日".replace(
        "〇", "O"
    ),
    "numerals with zero": lambda date: f"{str(date.year).translate(SPELL)}年{numeral(date.month)}月{numeral(date.day)}日".replace(
        "〇", "零"
    ),
    "clock": lambda date: f"{date.year}/{date:%m/%d} 0:00",
    "seconds": lambda date: f"{date.year}-{date.month}-{date.day} 0:00:00",
    "char 14": lambda date: f"{date:%Y%m%d}235959",
    "iso clock": lambda date: f"{date:%Y-%m-%d}T23:59:59",
    "wide": lambda date: f"{date:%Y-%m-%d}".translate(WIDE),
}


def numeral(number: int) -> str:
    """1 to 31 as spoken: 十, 十一, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{tens}十".translate(SPELL)) + (str(ones).translate(SPELL) if ones else "")


@BRIEFLY
@given(date=st.dates(FIRST, LAST).filter(lambda date: date not in NO_DAYS))
def test_every_form_of_a_date_reads_back_as_the_date(date: dt.date) -> None:
    found = read(dates.read, [form(date) for form in FORMS.values()])
    assert dict(zip(FORMS, found, strict=True)) == dict.fromkeys(FORMS, date)


@pytest.mark.parametrize("date", sorted(NO_DAYS), ids=str)
def test_a_day_written_for_no_day_is_none_in_every_form(date: dt.date) -> None:
    assert set(read(dates.read, [form(date) for form in FORMS.values()])) == {None}


@BRIEFLY
@given(date=st.dates(dt.date(1927, 5, 18), dt.date(2064, 4, 8)))
def test_a_spreadsheet_serial_reads_back_as_the_date(date: dt.date) -> None:
    assert read(dates.read, [str((date - dt.date(1899, 12, 30)).days)]) == [date]


@BRIEFLY
@given(texts=st.lists(st.text("0123456789-/.年月日一二十〇O :T'无", max_size=14), min_size=1, max_size=20))
def test_a_date_is_read_or_broken_or_empty_and_quick_is_careful(texts: list[str]) -> None:
    frame = pl.LazyFrame({"text": texts}, schema={"text": pl.String})
    quick, careful = (reader(frame).select("value", "rule").collect().rows() for reader in (dates.read, dates.read_carefully))
    assert quick == careful
    assert all(value is None or rule is None for value, rule in quick)
    assert all(rule is None or rule in dates.RULES for _, rule in quick)


def boxes_joined(key: object) -> str | None:
    return None if key is None else re.sub("□+", "□", str(key))


@BRIEFLY
@given(texts=st.lists(MESSY, min_size=1, max_size=20))
@pytest.mark.parametrize("reader", [names.read, names.read_several, addresses.read, codes.read_text, codes.read_certificate])
def test_standardising_twice_changes_nothing(reader: Reader, texts: list[str]) -> None:
    column = "value" if reader in (codes.read_text, codes.read_certificate) else "key"
    once = [str(value) if value is not None else None for value in read(reader, [*texts], column)]
    # Two boxes may be one glyph: what two signs of another kind left is read so the second time.
    assert [boxes_joined(key) for key in read(reader, once, column)] == [boxes_joined(key) for key in once]
    shown = [str(value) if value is not None else None for value in read(reader, [*texts])]
    assert read(reader, shown) == shown


@BRIEFLY
@given(texts=st.lists(MESSY, min_size=1, max_size=20))
def test_reading_a_name_or_address_quickly_is_reading_it_carefully(texts: list[str]) -> None:
    assert read(names.read, [*texts], "key") == read(names.read_carefully, [*texts], "key")
    assert read(addresses.read, [*texts], "key") == read(addresses.read_carefully, [*texts], "key")


@BRIEFLY
@given(name=st.lists(HAN, min_size=2, max_size=8).map("".join), data=st.data())
def test_separators_width_and_blanks_do_not_change_the_key_of_a_name(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name)))
    separated = name[:place] + data.draw(st.text(SEPARATORS, max_size=3)) + name[place:]
    assert len(set(read(names.read, [name, separated, name.translate(WIDE)], "key"))) == 1


@BRIEFLY
@given(name=st.lists(HAN, min_size=1, max_size=6), code=st.integers(0x3400, 0x3FFFD), data=st.data())
def test_a_character_is_never_lost_but_by_being_a_separator(name: list[str], code: int, data: st.DataObject) -> None:
    """Every point of the ideographic blocks and planes, assigned or not, leaves itself or what it folds to."""
    assume(code < 0x4DC0 or 0x4E00 <= code < 0xA000 or (code >= 0x20000 and code & 0xFFFF < 0xFFFE))
    assume(chr(code) != "丶")
    place = data.draw(st.integers(0, len(name)))
    with_it = "".join([*name[:place], chr(code), *name[place:]])
    whole, key = read(names.read, ["".join(name), with_it], "key")
    assume(whole is not None and key is not None)
    assert len(str(key)) == len(str(whole)) + 1


@BRIEFLY
@given(name=st.lists(HAN, min_size=1, max_size=8).map("".join), data=st.data())
def test_an_unknown_glyph_keeps_its_place(name: str, data: st.DataObject) -> None:
    assume("丶" not in name)  # typed for a dot
    place = data.draw(st.integers(0, len(name) - 1))
    damaged = name[:place] + data.draw(st.sampled_from("?□*�〓\ue000")) + name[place + 1 :]
    whole, key = read(names.read, [name, damaged], "key")
    assume(whole is not None)
    assert (str(key)[:place], str(key)[place], str(key)[place + 1 :]) == (str(whole)[:place], "□", str(whole)[place + 1 :])
