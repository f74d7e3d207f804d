"""The committed sample is invented, and can be seen to be."""

import datetime as dt
import re
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
WEIGHTS = [2**power % 11 for power in range(17, 0, -1)]
CHECK = "10X98765432"
PROVINCES = range(11, 92)
MOST_BYTES = 5 * 2**20


def text(path):
    raw = path.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def could_be_somebodys(number):
    """An address code of a province, a birth date, and the right check character (GB 11643-1999)."""
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    check = CHECK[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11]
    return int(number[:2]) in PROVINCES and check == number[17].upper()


def test_the_check_knows_a_number_that_could_be_issued():
    body = "110105" + "19491231" + "002"  # the example of the standard, put together so that this file holds no number
    assert [check for check in CHECK if could_be_somebodys(body + check)] == ["X"]
    assert not could_be_somebodys("1" * 18)


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.csv")), ids=lambda path: path.name)
def test_no_number_could_be_somebodys(path):
    wrong = [found for found in NUMBER.findall(text(path)) if could_be_somebodys(found)]
    assert not wrong, f"{len(wrong)} numbers"


def test_it_is_small():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < MOST_BYTES
