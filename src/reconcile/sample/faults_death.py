"""Faults about deaths: not cancelled, informant's number, life after death, conflicting dates, missing evidence, strangers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np

from reconcile.sample import names, slips
from reconcile.sample.events import NUMBER_IS_CODE_FROM, die
from reconcile.sample.moves import move_in, move_within
from reconcile.sample.names import Bools, Ints
from reconcile.sample.numbers import mistyped
from reconcile.sample.people import CHILD, GRANDFATHER, HEAD
from reconcile.sample.persons import elsewhere, newcomer
from reconcile.sample.world import KEYS, Row, World

RESIDENT, HEALTH, CREMATION, POLICE = "police_resident", "health_death", "civil_cremation", "police_death"


def plant(world: World) -> None:
    """Plant the six finding types about deaths."""
    not_cancelled(world)
    informants(world)
    active_after_death(world)
    conflicting_dates(world)
    without_evidence(world)
    unregistered(world)


def _all(count: int) -> Bools:
    return np.ones(count, dtype=np.bool_)


def _none(count: int) -> Bools:
    return np.zeros(count, dtype=np.bool_)


def _old(world: World) -> Bools:
    return world.aged(48, 99) & world.settled


def _days(world: World, count: int, first: int = 40, last: int = 1050) -> Ints:
    return world.rng.integers(first, last, count)


def not_cancelled(world: World) -> None:
    """Deaths that health, the parlour or both know of and the register does not."""
    count = world.count(0.0016, 30)
    pids = world.some(world.count(0.00002, 4), _old(world) & world.people.styled) + world.take(count, _old(world))
    days = _days(world, len(pids))
    cremation = world.rng.random(len(pids)) < 0.45
    health = ~cremation | (world.rng.random(len(pids)) < 0.7)
    die(world, pids, days, health=health, cremation=cremation, police=_none(len(pids)))
    for row in world.residents(pids):
        world.expect("death_not_cancelled", (RESIDENT, row["registration_id"]))
    _poorly_told(world)
    _moved_before(world)


def _poorly_told(world: World) -> None:
    """Not cancelled, and the one certificate has two slips: no or a mistyped number, and a name or birth date that differs."""
    pids = world.take(world.count(0.0001, 8), _old(world))
    die(world, pids, _days(world, len(pids), 160), health=_all(len(pids)), cremation=_none(len(pids)), police=_none(len(pids)), noisy=False)
    records = world.records(HEALTH, pids)
    for place, (pid, row) in enumerate(zip(pids, world.residents(pids), strict=True)):
        key = records[pid]["death_cert_no"]
        told: Row = {"name": names.tolerated(world.rng, row["name"])}
        if place % 4 in {1, 2}:
            told = (
                {"name": names.misheard(world.rng, row["name"])}
                if place % 4 == 1
                else {"birth_date": slips.wrong_birth(world.rng, row["birth_date"])}
            )
            world.expect("detail_conflict", (RESIDENT, row["registration_id"]), (HEALTH, key))
        number = mistyped(world.rng, row["citizen_id"]) if place % 2 else None
        world.edit(HEALTH, key, citizen_id=number, id_type="1" if number else "9", **told)
        world.expect("death_not_cancelled", (RESIDENT, row["registration_id"]))


def _moved_before(world: World) -> None:
    """Died after a move within scope; the evidence still gives the old address, the active registration is the new one."""
    pids = world.take(world.count(0.00001, 3), world.aged(48, 60) & world.settled)
    left = _days(world, len(pids), 500, 900)
    move_within(world, pids, left, left - 9)
    new = dict(world.frames[RESIDENT][-1].select("_pid", "registration_id").iter_rows())
    die(
        world,
        pids,
        _days(world, len(pids), 60, 400),
        health=_all(len(pids)),
        cremation=_none(len(pids)),
        police=_none(len(pids)),
        noisy=False,
    )
    for pid in pids:
        world.edit(RESIDENT, new[pid], id_card_issued_on=None)
        world.expect("death_not_cancelled", (RESIDENT, new[pid]))


def informants(world: World) -> None:
    """Death certificates that carry the number of the child, or of a stranger, who reported or was mistyped."""
    people = world.people
    elder = (people.role >= GRANDFATHER) & ~people.styled & world.childless
    family = world.count(0.00003, 16)
    pids = world.take(family, elder, home=True)
    others = [int(people.member[people.household[pid], HEAD]) for pid in pids]
    strangers = world.count(0.000005, 4)
    pids += world.take(strangers, _old(world) & ~people.styled, home=True)
    others += world.take(strangers, world.aged(25, 40) & ~people.styled & world.settled, home=True)
    count = len(pids)
    die(world, pids, _days(world, count, 20, 350), health=_all(count), cremation=_all(count), police=_all(count), noisy=False)
    records, own = world.records(HEALTH, pids), world.records(CREMATION, pids)
    police = world.records(POLICE, pids)
    for pid, victim in zip(pids, world.residents(others), strict=True):
        record = records[pid]
        key = record["death_cert_no"]
        columns: Row = {"citizen_id": victim["citizen_id"]}
        if record["death_date"] >= NUMBER_IS_CODE_FROM:
            key = columns["death_cert_no"] = victim["citizen_id"]
        world.edit(HEALTH, record["death_cert_no"], **columns)
        world.edit(CREMATION, own[pid]["cremation_cert_no"], death_cert_no=key)
        world.edit(POLICE, police[pid]["event_id"], death_cert_no=key)
        world.expect("death_evidence_conflict", (RESIDENT, victim["registration_id"]), (HEALTH, key))
        world.decoy("informant_number", (RESIDENT, victim["registration_id"]))


def active_after_death(world: World) -> None:
    """People reported dead who later renew a card, move or bear a child: the report is wrong, nobody is to be struck off."""
    count = world.count(0.00002, 10)
    cards = world.take(count, _old(world))
    days = _days(world, count, 200, 1000)
    die(world, cards, days, health=_all(count), cremation=_none(count), police=_none(count), noisy=False)
    for row, day in zip(world.residents(cards), days, strict=True):
        world.edit(RESIDENT, row["registration_id"], id_card_issued_on=world.days(3, int(day) - 60))
        _alive(world, row)
    movers = world.take(count // 3 + 1, _old(world))
    days = _days(world, len(movers), 400, 1000)
    die(world, movers, days, health=_all(len(movers)), cremation=_none(len(movers)), police=_none(len(movers)), noisy=False)
    move_in(world, movers, days - 300)
    for row in world.residents(movers):
        _alive(world, row)
    _mothers(world)


def _alive(world: World, row: Row) -> None:
    world.expect("activity_after_death", (RESIDENT, row["registration_id"]))
    world.decoy("activity_after_death", (RESIDENT, row["registration_id"]))


def _mothers(world: World) -> None:
    """Mothers whose child was born after the certificate of their own death."""
    people = world.people
    today = world.today
    newborn = (people.birth > world.start + 250) & (people.birth < today - 60) & (people.mother >= 0) & (people.role >= CHILD)
    babies = world.take(world.count(0.000005, 3), newborn & world.free[np.maximum(people.mother, 0)], home=True)
    mothers = [int(people.mother[pid]) for pid in babies]
    days = np.array([today - int(people.birth[pid]) + 200 for pid in babies])
    size = len(babies)
    die(world, mothers, days, health=_all(size), cremation=_none(size), police=_none(size), noisy=False)
    for row in world.residents(mothers):
        _alive(world, row)


def conflicting_dates(world: World) -> None:
    """Police and health disagree about the day; in some rows death even precedes birth."""
    count = world.count(0.00006, 9)
    pids = world.take(count, _old(world))
    die(world, pids, _days(world, count, 60, 900), health=_all(count), cremation=_none(count), police=_all(count), noisy=False)
    events = world.records(POLICE, pids)
    for place, (pid, row) in enumerate(zip(pids, world.residents(pids), strict=True)):
        died = events[pid]["death_date"]
        wrong = died + dt.timedelta(int(world.rng.integers(3, 40)))
        if place % 3 == 1:
            wrong = died - dt.timedelta(int(world.rng.integers(3, 40)))
        if place % 3 == 2:
            wrong = died.replace(year=row["birth_date"].year - 1, day=min(died.day, 28))
        world.edit(POLICE, events[pid]["event_id"], death_date=wrong)
        world.expect("death_date_conflict", (RESIDENT, row["registration_id"]))


def without_evidence(world: World) -> None:
    """Cancelled as dead more than a year ago, and neither health nor a parlour knows of it."""
    count = world.count(0.0014, 9)
    pids = world.take(count, _old(world))
    die(world, pids, _days(world, count, 440, 1040), health=_none(count), cremation=_none(count), police=_all(count))
    for event in world.records(POLICE, pids).values():
        world.expect("cancellation_without_evidence", (POLICE, event["event_id"]))


def unregistered(world: World) -> None:
    """Death records of persons with an address in scope whom no registration matches; two sources make one finding."""
    for place in range(world.count(0.00004, 8)):
        row = stranger(world, place)
        record = death_record(world, row, world.days(20, 1000))
        sources = (("health",), ("cremation",), ("health", "cremation"))[place % 3]
        cremation = record | {
            "cremation_cert_no": world.fresh("HH"),
            "cremated_on": record["death_date"] + dt.timedelta(2),
            "parlour_code": "F1",
        }
        if "health" in sources:
            world.expect("death_of_unregistered_person", (HEALTH, world.add(HEALTH, record)))
        else:
            cremation["death_cert_no"] = None
            world.expect("death_of_unregistered_person", (CREMATION, cremation["cremation_cert_no"]))
        if "cremation" in sources:
            world.add(CREMATION, {name: value for name, value in cremation.items() if name not in {"reported_on", "id_type", "voided"}})


def stranger(world: World, place: int) -> Row:
    """An old person who is in no register but gave an address in scope."""
    birth = world.days(365 * 45, 365 * 90)
    return newcomer(world, 1 + place % 2, birth, elsewhere(world, "", same=True))


def death_record(world: World, row: Row, died: dt.date, *, numbered: bool = True) -> Row:
    """A health death record made by hand for a person's row."""
    county = str(row["station_code"])[:6]
    code = row["citizen_id"] if died >= NUMBER_IS_CODE_FROM and numbered else f"{county}{died.year}{world.ordinal:010d}"
    world.ordinal += 1
    return {
        "_pid": row.get("_pid"),
        "death_cert_no": code,
        "citizen_id": row["citizen_id"] if numbered else None,
        "id_type": "1" if numbered else "9",
        "name": row["name"],
        "sex": row["sex"],
        "birth_date": row["birth_date"],
        "age": (died - row["birth_date"]).days * 4 // 1461,
        "death_date": died,
        "registered_address_code": county,
        "registered_address_text": row["address_text"],
        "reported_on": min(died + dt.timedelta(int(world.rng.integers(2, 60))), world.as_of - dt.timedelta(1)),
        "voided": "0",
    }


_SLIPS = {
    "variant": 0.012,
    "misheard": 0.004,
    "birth_date": 0.006,
    "no_birth_date": 0.03,
    "mistyped": 0.005,
    "fifteen": 0.01,
    "excel": 0.003,
    "float": 0.003,
}
"""Kinds of slip on a death record and their base rates (DOMAIN §3.5); a missing number comes on top."""
_HARD_SLIPS = {kind: 3 * rate for kind, rate in _SLIPS.items()} | {"look_alike": 0.012}
"""Those of a hard world: three times as many, and characters taken for others that look like them."""


def noise(world: World) -> None:
    """Slips of the sources on records of true deaths; what is an error in one of them is a ``detail_conflict``."""
    own = _HARD_SLIPS if world.hard else _SLIPS
    for extract, missing in ((HEALTH, 0.03), (CREMATION, 0.06)):
        rates = np.array([*own.values(), missing])
        kinds = [*own, "no_number"]
        for part in world.frames[extract]:
            drawn = world.rng.random(part.height)
            dotted = part["name"].str.contains(names.SEPARATOR).to_numpy() & (world.rng.random(part.height) < 0.5)
            rows = np.flatnonzero(part["_noisy"].to_numpy() & ((drawn < rates.sum()) | dotted))
            for place, record in zip(rows, part[rows].iter_rows(named=True), strict=True):
                kind = "variant" if dotted[place] else kinds[int(np.searchsorted(rates.cumsum(), drawn[place]))]
                _slip(world, extract, record, kind)


def _slip(world: World, extract: str, record: Row, kind: str) -> None:
    rng, number, key = world.rng, str(record["citizen_id"]), record[KEYS[extract]]
    whole = number[17] != "X"
    # Since July 2026 the certificate's number is the citizen number: there it cannot be missing.
    numbered = record["death_cert_no"] == number
    changes: dict[str, Callable[[], Row]] = {
        "variant": lambda: {"name": names.tolerated(rng, record["name"])},
        "misheard": lambda: {"name": names.misheard(rng, record["name"])},
        "look_alike": lambda: {"name": names.misread(rng, record["name"])},
        "birth_date": lambda: {"birth_date": slips.wrong_birth(rng, record["birth_date"])},
        "no_birth_date": lambda: {"birth_date": None},
        "mistyped": lambda: {"citizen_id": mistyped(rng, number)},
        "fifteen": lambda: {"citizen_id": slips.fifteen(number)} if number[6:8] == "19" else {},
        "excel": lambda: {"citizen_id": slips.excel_tail(number)} if whole else {},
        "float": lambda: {"citizen_id": slips.float_damage(number)} if whole else {},
        "no_number": lambda: {} if numbered else {"citizen_id": None} | ({"id_type": "9"} if extract == HEALTH else {}),
    }
    world.edit(extract, key, **changes[kind]())
    if kind in {"misheard", "look_alike", "birth_date"}:
        registration = world.residents([record["_pid"]])[0]["registration_id"]
        world.expect("detail_conflict", (RESIDENT, registration), (extract, key))
