"""What a kind of life is, and what several kinds write down alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bench.outside.people import COUNTIES, TODAY, Person
from bench.outside.registers import Registers, Row

RESIDENT, HEALTH = "police_resident", "health_death"
TEMPLE = "黑山县石门镇大昭寺集体户"


@dataclass(frozen=True)
class Life:
    """A kind of life: whom it fits, and what it writes down of one person."""

    name: str
    fits: Callable[[Person], bool]
    write: Callable[[Registers, Person], None]


Write = Callable[[Registers, Person], None]


def declaring(kinds: list[Life]) -> Callable[[Callable[[Person], bool]], Callable[[Write], Write]]:
    """Decorator that adds a kind to a list: ``@life(fits)``."""

    def life(fits: Callable[[Person], bool]) -> Callable[[Write], Write]:
        def declared(write: Write) -> Write:
            kinds.append(Life(write.__name__, fits, write))
            return write

        return declared

    return life


def plant(registers: Registers, kinds: list[Life], of_each: int) -> None:
    """So many lives of each kind."""
    for each in kinds:
        for person in registers.take(of_each, each.fits):
            registers.kind = each.name
            each.write(registers, person)
    registers.kind = ""


def born(first: int, last: int) -> Callable[[Person], bool]:
    """Somebody of these years whose parents are known and whose name is Chinese."""
    return lambda person: first <= person.born.year <= last and person.father is not None and not person.transliterated


def married(first: int, last: int) -> Callable[[Person], bool]:
    """A husband or wife of these years."""
    return lambda person: first <= person.born.year <= last and person.spouse is not None and not person.transliterated


def parents(person: Person) -> Row:
    """Names of both parents, and no numbers."""
    named = {f"{role}_name": relative.name for role, relative in (("father", person.father), ("mother", person.mother)) if relative}
    return dict.fromkeys(("father_name", "father_id", "mother_name", "mother_id"), "") | named


def nobody() -> Row:
    """No relative."""
    return dict.fromkeys(("father_name", "father_id", "mother_name", "mother_id", "spouse_name", "spouse_id"), "")


def resident(row: Row) -> tuple[str, object]:
    """A registration as the subject of a finding."""
    return (RESIDENT, row["registration_id"])


def twice(registers: Registers, first: Row, second: Row) -> None:
    """The station should be asked whether these two are one person."""
    registers.expect("duplicate_registration", resident(first), resident(second))


def alike(registers: Registers, person: Person) -> str:
    """The name of a brother: the generation character stays."""
    ends = [end for end in "明华强平英芳林云贵成" if not person.name.endswith(end)]
    return person.name[:2] + registers.pick.choice(ends)


def named(county: str) -> str:
    """A county's name after the reform that made a city of it."""
    return COUNTIES[county].replace("县", "市")


def ago(registers: Registers, least: int, most: int) -> dt.date:
    """So many days before the night."""
    return TODAY - dt.timedelta(registers.pick.randint(least, most))
