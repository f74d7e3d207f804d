"""Slips of the pen in dates and numbers, each of a kind that DOMAIN §1.2 and §5 describe."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reconcile.sample.numbers import check_character


def lunar_digits(birth: dt.date) -> dt.date | None:
    """The lunar date's year, month and day written down as if they were solar; None where no such solar day exists."""
    from lunar_python import Solar

    lunar = Solar.fromYmd(birth.year, birth.month, birth.day).getLunar()
    return _date(lunar.getYear(), abs(lunar.getMonth()), lunar.getDay())


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def swapped(birth: dt.date) -> dt.date | None:
    """Day and month exchanged; None where that is no other day."""
    other = _date(birth.year, birth.day, birth.month)
    return other if other != birth else None


def one_digit(birth: dt.date) -> dt.date:
    """One digit of the day wrong: the last one, or the first where no other last one exists."""
    near = [_date(birth.year, birth.month, birth.day + step) for step in (1, 2, 3, -1, -2)]
    tens = [_date(birth.year, birth.month, birth.day + step) for step in (-10, 10)]
    same = [date for date in near if date and date.day // 10 == birth.day // 10]
    return (same + [date for date in tens if date])[0]


def year_off(rng: np.random.Generator, birth: dt.date) -> dt.date:
    """The year one early or late; a leap day becomes the day before."""
    return birth.replace(year=birth.year + int(rng.choice([-1, 1])), day=min(birth.day, 28))


def wrong_birth(rng: np.random.Generator, birth: dt.date) -> dt.date:
    """The birth date with one plausible slip."""
    kind = rng.choice(4, p=[0.35, 0.25, 0.25, 0.15])
    if kind == 0:
        return lunar_digits(birth) or one_digit(birth)
    if kind == 1:
        return swapped(birth) or one_digit(birth)
    return one_digit(birth) if kind == 2 else year_off(rng, birth)


def fifteen(citizen_id: str) -> str:
    """The number as it was before 1999; only for those born 1900–1999."""
    return citizen_id[:6] + citizen_id[8:17]


def excel_tail(citizen_id: str) -> str:
    """What Excel leaves of a number: fifteen digits and three zeros."""
    return citizen_id[:15] + "000"


def float_damage(citizen_id: str) -> str:
    """What a 64-bit float leaves of a number that does not end in X."""
    return f"{int(float(citizen_id)):018d}"


def well_formed(citizen_id: str) -> bool:
    """Whether eighteen characters carry the right check character."""
    return len(citizen_id) == 18 and citizen_id[:17].isdigit() and check_character(citizen_id[:17]) == citizen_id[17]
