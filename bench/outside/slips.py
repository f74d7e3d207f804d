"""How clerks, keyboards and programs write things wrong."""

from __future__ import annotations

import datetime as dt
import random

from lunar_python import Solar

_SOUND = dict(
    pair
    for pair in zip(
        "国华明英伟静丽军强建红兰玉志文娟杰浩俊佳怡涵晨平云生春宇欣琪桂德秀芳梅燕艳霞",
        "过花名颖玮婧莉君蔷健洪岚育智雯涓捷皓骏嘉仪函辰萍芸升椿雨鑫琦贵得绣方玫彦焰侠",
        strict=True,
    )
)
_TRADITIONAL = dict(zip("国华军丽兰陈张刘杨", "國華軍麗蘭陳張劉楊", strict=True))


def by_ear(name: str, pick: random.Random) -> str:
    """A name with one character that sounds the same, where it has one."""
    places = [place for place, character in enumerate(name) if place and character in _SOUND]
    if not places:
        return name
    place = pick.choice(places)
    return name[:place] + _SOUND[name[place]] + name[place + 1 :]


def traditional(name: str) -> str:
    """A name in traditional characters, as far as this knows them."""
    return "".join(_TRADITIONAL.get(character, character) for character in name)


def date(day: dt.date, pick: random.Random) -> dt.date:
    """A date with one slip: month, day, a digit of the year, the first of the month, day and month exchanged."""
    slips = [
        lambda: day.replace(month=day.month % 12 + 1),
        lambda: day.replace(day=day.day % 28 + 1),
        lambda: day.replace(year=day.year + pick.choice([-10, 10, -1, 1])),
        lambda: day.replace(day=1),
        lambda: day.replace(month=day.day, day=day.month),
    ]
    try:
        return pick.choice(slips)()
    except ValueError:
        return day.replace(day=1)


def digit(number: str, pick: random.Random) -> str:
    """A number with a digit wrong, missing or twice."""
    place = pick.randrange(6, 17)
    wrong = pick.choice([each for each in "0123456789" if each != number[place]])
    return pick.choice(
        [number[:place] + wrong + number[place + 1 :]] * 3
        + [number[:place] + number[place + 1 :], number[:place] + number[place] + number[place:]]
    )


def lunar(day: dt.date) -> dt.date:
    """The lunar date of a day, written as if it were solar; of a day that no solar month has, the next one."""
    told = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month, number = abs(told.getMonth()), told.getDay()
    last = 29 if month == 2 and told.getYear() % 4 == 0 else 28 if month == 2 else 30
    return dt.date(told.getYear(), month, min(number, last))
