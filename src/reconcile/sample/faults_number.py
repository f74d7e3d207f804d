"""Faults of the register itself: one person twice, one number twice, numbers that are wrong or contradict the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from reconcile.sample import names, slips
from reconcile.sample.numbers import mistyped
from reconcile.sample.persons import elsewhere, settle, unrelated
from reconcile.sample.world import Row, World

RESIDENT = "police_resident"


def plant(world: World) -> None:
    """Plant duplicate_registration, shared_number, number_invalid and number_conflict."""
    duplicates(world)
    shared_numbers(world)
    invalid_numbers(world)
    conflicting_numbers(world)


def duplicates(world: World) -> None:
    """Second registrations with the same and with another number; some persons have three, some names a separator."""
    grown = world.aged(4, 78) & world.settled
    dotted = grown & world.people.styled
    register = world.frames[RESIDENT][0]
    told = (register["father_name"].is_not_null() & register["mother_name"].is_not_null()).to_numpy()
    for count, different in ((world.count(0.0004, 16), False), (world.count(0.0006, 27), True)):
        pids = world.some(world.count(0.00002, 4), dotted)
        pids += world.take(count, grown & told if different else grown)
        for place, row in enumerate(world.residents(pids)):
            copies = [_again(world, row, different=different, place=place)]
            if place % 12 == 11:
                copies.append(_again(world, row, different=different, place=place + 1))
            for copy in copies:
                world.add(RESIDENT, copy)
            world.expect("duplicate_registration", *((RESIDENT, each["registration_id"]) for each in (row, *copies)))


def _again(world: World, row: Row, *, different: bool, place: int) -> Row:
    """The same person registered once more."""
    rng, birth = world.rng, row["birth_date"]
    copy = settle(world, row, elsewhere(world, row["station_code"], same=place % 7 == 0))
    first = birth + dt.timedelta(60)
    span = (world.as_of - dt.timedelta(400) - first).days
    copy["registered_on"] = first + dt.timedelta(int(rng.integers(0, max(span, 1))))
    copy["registration_kind"] = str(rng.choice(["birth", "late_birth", "move_in", "other"], p=[0.4, 0.3, 0.2, 0.1]))
    if rng.random() < 0.5:
        copy["id_card_issued_on"] = None
    if not different:
        copy["name"] = names.tolerated(rng, row["name"]) if place % 4 == 3 else row["name"]
        return copy
    _renumber(world, copy, place)
    return copy


_KINDS = (
    "birth", "sequence", "typed", "birth", "named", "sequence", "missing", "birth", "former", "sequence", "birth+named", "sequence+vague",
    "birth", "sequence", "named+vague", "birth", "sequence", "missing+named", "birth", "sequence", "former+vague", "birth", "sequence",
    "typed+named", "birth", "sequence", "named", "birth", "sequence", "missing+orphan",
)  # fmt: skip
"""What is different about second registrations, in turn; the last one leaves little but name and birth date to go by."""


def _renumber(world: World, copy: Row, place: int) -> None:
    """Give the second registration another number, and what usually goes with it."""
    rng, birth, sex = world.rng, copy["birth_date"], int(copy["sex"])
    kinds = _KINDS[place % len(_KINDS)].split("+")
    if "birth" in kinds:
        copy["birth_date"] = slips.wrong_birth(rng, birth)
    if "typed" in kinds:
        copy["citizen_id"] = mistyped(rng, copy["citizen_id"])
    elif "missing" in kinds:
        copy["citizen_id"] = None
    else:
        copy["citizen_id"] = world.allocate(copy["birth_date"], sex, str(copy["station_code"])[:6])
    if "typed" in kinds or "missing" in kinds:
        world.expect("number_invalid", (RESIDENT, copy["registration_id"]))
    if "former" in kinds:
        copy["former_names"] = copy["name"]
        copy["name"] = copy["name"][0] + names.draw(rng, sex, birth.year)[1:]
    elif "named" in kinds:
        copy["name"] = names.misheard(rng, copy["name"])
    elif rng.random() < 0.3:
        copy["name"] = names.tolerated(rng, copy["name"])
    _loosen(world, copy, kinds)


def _loosen(world: World, copy: Row, kinds: Sequence[str]) -> None:
    """Let the parents of the second registration be told less well: without numbers, misheard, or not at all."""
    rng = world.rng
    if "vague" in kinds or rng.random() < 0.3:
        copy["father_id"] = copy["mother_id"] = None
    if "orphan" in kinds:
        copy |= dict.fromkeys(("father_name", "father_id", "mother_name", "mother_id"))
    elif "named" not in kinds and copy["mother_name"] and rng.random() < 0.1:
        copy["mother_name"] = names.misheard(rng, copy["mother_name"])


def shared_numbers(world: World) -> None:
    """One number on two different persons: compiled twice on one day, or copied from the wrong line."""
    grown = world.aged(5, 70) & world.settled & world.no_parent
    for row in world.residents(world.take(world.count(0.00002, 10), grown)):
        other = unrelated(world, row)
        other["citizen_id"] = row["citizen_id"]
        world.expect("shared_number", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))
    pids = world.take(2 * world.count(0.00001, 7), grown & ~world.people.styled, home=True)
    rows = world.residents(pids)
    for row, other in zip(rows[::2], rows[1::2], strict=True):
        world.edit(RESIDENT, other["registration_id"], citizen_id=row["citizen_id"])
        world.expect("shared_number", (RESIDENT, row["registration_id"]), (RESIDENT, other["registration_id"]))
        if (row["birth_date"], row["sex"]) != (other["birth_date"], other["sex"]):
            world.expect("number_conflict", (RESIDENT, other["registration_id"]))


_INVALID = (
    "check", "missing", "malformed", "fifteen", "check", "excel", "short", "float", "check", "scientific", "missing", "placeholder",
)  # fmt: skip


def _spoilt(world: World, number: str, kind: str) -> str | None:
    """The number in one of the forms that make it invalid; None, which is one of them, where a form does not fit the number."""
    forms: dict[str, str | None] = {
        "check": mistyped(world.rng, number),
        "malformed": number[:11] + "O" + number[12:],
        "short": number[:9] + number[10:],
        "fifteen": slips.fifteen(number) if number[6:8] == "19" else None,
        "excel": _damaged(number, slips.excel_tail),
        "float": _damaged(number, slips.float_damage),
        "scientific": f"{int(number[:17]) * 10:.5E}",
        "placeholder": str(world.rng.choice(["无", "111111111111111111", "不详"])),
        "missing": None,
    }
    return forms[kind]


def _damaged(number: str, damage: Callable[[str], str]) -> str | None:
    """The damaged number where only its check character contradicts the row."""
    if number[17] == "X":
        return None
    damaged = damage(number)
    same = damaged[:14] == number[:14] and int(damaged[16]) % 2 == int(number[16]) % 2
    return damaged if same and not slips.well_formed(damaged) else None


def invalid_numbers(world: World) -> None:
    """Numbers that are malformed, mistyped, of fifteen digits, damaged by a spreadsheet, or missing."""
    for place, row in enumerate(world.residents(world.take(world.count(0.0003, 36), world.settled & world.aged(4, 90)))):
        world.edit(RESIDENT, row["registration_id"], citizen_id=_spoilt(world, row["citizen_id"], _INVALID[place % len(_INVALID)]))
        world.expect("number_invalid", (RESIDENT, row["registration_id"]))


def conflicting_numbers(world: World) -> None:
    """Rows whose birth date or sex was typed wrong beside a right number."""
    grown = world.settled & world.aged(5, 90) & (world.people.mother < 0)
    for place, row in enumerate(world.residents(world.take(world.count(0.0003, 24), grown))):
        if place % 3 == 2:
            world.edit(RESIDENT, row["registration_id"], sex="2" if row["sex"] == "1" else "1")
        else:
            world.edit(RESIDENT, row["registration_id"], birth_date=slips.wrong_birth(world.rng, row["birth_date"]))
        world.expect("number_conflict", (RESIDENT, row["registration_id"]))
