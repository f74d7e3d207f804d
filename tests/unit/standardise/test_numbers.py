from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from reconcile.standardise import numbers

SPECIMEN = "11010519491231002X"  # published in GB 11643-1999
CENTENARIAN = "440524188001010014"  # the standard's second specimen

FORMS = [
    # text, state, value
    (SPECIMEN, "valid", SPECIMEN),
    (CENTENARIAN, "valid", CENTENARIAN),
    ("990101199001011231", "checksum", "990101199001011231"),
    ("990101199001011230", "valid", "990101199001011230"),
    ("'11010519491231002x", "valid", SPECIMEN),
    ("11010519491231002X\t", "valid", SPECIMEN),
    ('="11010519491231002X"', "valid", SPECIMEN),
    ("\u00a0\u200b\ufeff11010519491231002X", "valid", SPECIMEN),
    ("１１０１０５１９４９１２３１００２Ｘ", "valid", SPECIMEN),
    ("110105 19491231 002X", "valid", SPECIMEN),
    ("11010519491231002×", "valid", SPECIMEN),
    ("11010519491231002*", "valid", SPECIMEN),
    ("11010519491231003*", "malformed", None),  # the check character is not X, so the star hides a digit
    ("1101051949123100*X", "malformed", None),  # a star anywhere else is unknown
    ("11010519491231002X、", "valid", SPECIMEN),
    ("“11010519491231002X”", "valid", SPECIMEN),
    ("110105491231002", "upgraded", SPECIMEN),
    ("990101500101997", "upgraded", "99010118500101997"),  # sequence 997: a centenarian of the day
    ("990101500101995", "upgraded", "99010119500101995"),
    ("990101501301123", "malformed", None),  # month 13
    ("110105194912310000", "excel_tail", "110105194912310000"),
    ("11010519491231000X", "checksum", "11010519491231000X"),  # Excel never leaves an X
    ("490101199001011136", "valid", "490101199001011136"),  # a number float64 can hold may be right
    ("490101199001011264", "float_damage", "490101199001011264"),  # a multiple of 64
    ("490101199001011266", "checksum", "490101199001011266"),  # no multiple of 64
    ("990101199001011328", "float_damage", "990101199001011328"),  # above 2**59 the step is 128
    ("990101199001011264", "checksum", "990101199001011264"),  # a multiple of 64 only
    ("9.90101E+17", "scientific", None),
    ("9.90101199001011e+17", "scientific", None),
    ("9.90101197701075E+017", "scientific", None),  # LibreOffice
    ("5.2E17", "scientific", None),
    ("9.90101", "malformed", None),
    ("110105491231002.0", "upgraded", SPECIMEN),  # 15 digits survive floating point
    ("110105491231002.", "upgraded", SPECIMEN),
    ("490101199001011136.0", "float_damage", "490101199001011136"),  # 18 do not, though the check character fits
    ("110105194912310000.0", "float_damage", "110105194912310000"),
    ("110,105,194,912,310,000", "excel_tail", "110105194912310000"),
    ("110,105,491,231,002", "upgraded", SPECIMEN),
    ("1101,05194912310", "malformed", None),
    ("110105-19491231-002X", "valid", SPECIMEN),
    ("110105-491231-002", "upgraded", SPECIMEN),
    ("990101199001010001", "checksum", "990101199001010001"),
    ("990101199001010000", "excel_tail", "990101199001010000"),  # order code 000 is given to nobody
    ("无身份证", "placeholder", None),
    ("(null)", "placeholder", None),
    ("暂无", "placeholder", None),
    ("#VALUE!", "placeholder", None),
    ("xxxxxxxxxxxxxxxxxx", "placeholder", None),
    ("990101199002301236", "malformed", None),  # 30 February
    ("990101179901011236", "malformed", None),
    ("11010519491231002X.0", "malformed", None),
    ("1101051949123100", "malformed", None),
    ("11010519491231002XX", "malformed", None),
    ("11010519491231O02X", "malformed", None),
    ("无", "placeholder", None),
    ("不详", "placeholder", None),
    ("-", "placeholder", None),
    ("0", "placeholder", None),
    ("000000000000000000", "placeholder", None),
    ("111111111111111111", "placeholder", None),
    ("11111111111111111X", "placeholder", None),
    ("123456789012345678", "placeholder", None),
    ("123456", "placeholder", None),
    ("123457", "malformed", None),
    ("E12345678", "other_document", None),
    ("H1234567801", "other_document", None),
    ("军字第1234567号", "other_document", None),
    ("12345678", "placeholder", None),
    ("98765432", "malformed", None),  # digits only are no passport
    ("", "missing", None),
    (" \t\u3000", "missing", None),
    (None, "missing", None),
]


@pytest.mark.parametrize(("text", "state", "value"), FORMS)
def test_number_gets_its_state(read, text, state, value):
    if value is not None and len(value) == 17:
        value += oracle_check(value)
    assert read(numbers.read, [text], "state", "value", "raw") == [(state, value, text)]


def test_quick_reading_says_what_careful_reading_says(read):
    texts = [text for text, _, _ in FORMS]
    columns = ("value", "state", "raw")
    assert read(numbers.read, texts, *columns) == read(numbers.read_carefully, texts, *columns)


def test_an_order_code_of_zero_is_damage_whatever_the_check_character(read):
    numbers_ = [f"990101{year}0101000" for year in range(1950, 1990)]
    states = {state for (state,) in read(numbers.read, [body + oracle_check(body) for body in numbers_], "state")}
    assert states == {"checksum", "excel_tail"}


def test_every_state_is_declared_and_met():
    assert {state for _, state, _ in FORMS} == {state.name for state in numbers.STATES}


def test_only_keeping_states_have_a_value():
    assert {state for _, state, value in FORMS if value} == set(numbers.KEEPING)


def test_unknown_address_code_is_no_fault(read):
    number = "99999919900101123"
    assert read(numbers.read, [number + oracle_check(number)], "state") == [("valid",)]


def test_future_birth_date_is_no_matter_of_form(read):
    number = "99010120991231123"
    assert read(numbers.read, [number + oracle_check(number)], "state") == [("valid",)]


def test_birth_date_and_sex_digit():
    numbers_ = pl.DataFrame({"n": [SPECIMEN, "990101199002301236", None]})
    made = numbers_.select(numbers.birth_date(pl.col("n")).alias("b"), numbers.sex_digit(pl.col("n")).alias("s")).rows()
    assert made == [(dt.date(1949, 12, 31), 2), (None, 3), (None, None)]


def oracle_check(body: str) -> str:
    """Check character by the table of weights in the standard."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
