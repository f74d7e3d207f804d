"""Second registrations with another valid number, which only the names, the spouse or the parents tell."""

from __future__ import annotations

import datetime as dt

from reconcile.sample import names
from reconcile.sample.kinds import kind
from reconcile.sample.names import Bools
from reconcile.sample.persons import elsewhere, settle
from reconcile.sample.world import Row, World

RESIDENT = "police_resident"
PARENTS = ("father_name", "father_id", "mother_name", "mother_id")
RELATIVES = (*PARENTS, "spouse_name", "spouse_id")


def _told(world: World, *columns: str) -> Bools:
    """Grown persons whose first registration fills the columns."""
    register = world.frames[RESIDENT][0]
    mask = world.aged(6, 78) & world.settled & ~world.people.styled
    for column in columns:
        mask = mask & register[column].is_not_null().to_numpy()
    return mask


def _second(world: World, row: Row, *, birth: dt.date | None = None, same_place: bool = True) -> Row:
    """The same person registered once more elsewhere, with another valid number, compiled at the same place or where he lives now."""
    copy = settle(world, row, elsewhere(world, row["station_code"])) | {"birth_date": birth or row["birth_date"]}
    place = row["citizen_id"][:6] if same_place else str(copy["station_code"])[:6]
    first = copy["birth_date"] + dt.timedelta(60)
    span = (world.as_of - dt.timedelta(400) - first).days
    return copy | {
        "citizen_id": world.allocate(copy["birth_date"], int(row["sex"]), place),
        "registered_on": first + dt.timedelta(int(world.rng.integers(0, max(span, 1)))),
        "registration_kind": "late_birth",
        "id_card_issued_on": None,
    }


def _expect(world: World, row: Row, copy: Row) -> None:
    world.expect("duplicate_registration", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, copy)))


def _another_name(world: World, row: Row) -> str:
    """Another name that a person of this sex and year might have borne."""
    while True:
        name = row["name"][0] + names.draw(world.rng, int(row["sex"]), row["birth_date"].year)[1:]
        if name != row["name"] and len(name) > 1:
            return name


@kind(0.0004, adds=1)
def former_name_is_the_other(world: World, count: int) -> None:
    """Both parents' numbers and the birth date are equal, and the former name of one registration is the name of the other."""
    for place, row in enumerate(world.residents(world.some(count, _told(world, "father_id", "mother_id")))):
        copy, once = _second(world, row), _another_name(world, row)
        crossed = {"name": once, "former_names": row["name"]} if place % 3 == 1 else {"name": once, "former_names": None}
        former = None if place % 3 == 1 else once
        if place % 3 == 2:
            former = f"{_another_name(world, row)}，{once}"
        world.edit(RESIDENT, row["registration_id"], former_names=former)
        _expect(world, row, copy | crossed)


@kind(0.0003, adds=1)
def name_and_former_name_equal(world: World, count: int) -> None:
    """Name, former name and birth date are equal; one registration tells no relatives, and the numbers are of two places."""
    for row in world.residents(world.some(count, _told(world))):
        once = _another_name(world, row)
        world.edit(RESIDENT, row["registration_id"], former_names=once)
        _expect(world, row, _second(world, row, same_place=False) | dict.fromkeys(RELATIVES) | {"former_names": once})


@kind(0.0004, adds=1)
def fathers_name_homophone(world: World, count: int) -> None:
    """Name, birth date and the mother's name are equal, the father's name sounds equal; nobody's number is told."""
    for row in world.residents(world.some(count, _told(world, "father_name", "mother_name"))):
        unnumbered = {"father_id": None, "mother_id": None}
        world.edit(RESIDENT, row["registration_id"], **unnumbered)
        father = {"father_name": names.misheard(world.rng, row["father_name"])}
        _expect(world, row, _second(world, row, same_place=False) | unnumbered | father)


@kind(0.0003, adds=1)
def spouse_equal_birth_slipped(world: World, count: int) -> None:
    """Name, sex and the spouse's valid number are equal; the birth year is one to three years off, and the number follows it."""
    married = world.aged(30, 78) & world.settled & (world.people.spouse >= 0)
    for row in world.residents(world.some(count, married)):
        years = int(world.rng.choice([-3, -2, -1, 1, 2, 3]))
        birth = row["birth_date"].replace(year=row["birth_date"].year + years, day=min(row["birth_date"].day, 28))
        _expect(world, row, _second(world, row, birth=birth) | dict.fromkeys(PARENTS))


@kind(0.0003, adds=1)
def parents_on_one_side(world: World, count: int) -> None:
    """Name, birth date and spouse are equal; the parents stand on one registration only."""
    married = _told(world, "father_name", "mother_name") & (world.people.spouse >= 0)
    for row in world.residents(world.some(count, married)):
        _expect(world, row, _second(world, row, same_place=False) | dict.fromkeys(PARENTS))


@kind(0.0004, adds=1)
def long_name_twice(world: World, count: int) -> None:
    """A transliterated name in another form, birth date and parents equal, two valid numbers."""
    register = world.frames[RESIDENT][0]
    told = (register["father_name"].is_not_null() & register["mother_name"].is_not_null()).to_numpy()
    for row in world.residents(world.some(count, world.aged(6, 78) & world.settled & world.people.styled & told)):
        copy = _second(world, row, same_place=False)
        _expect(world, row, copy | {"name": names.tolerated(world.rng, row["name"])})
