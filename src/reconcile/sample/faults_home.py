"""Faults of households and kin, implausible ages, and death records that disagree with the register."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reconcile.sample import names, slips
from reconcile.sample.events import die
from reconcile.sample.people import CHILD, HEAD, SPOUSE
from reconcile.sample.persons import newcomer
from reconcile.sample.world import Row, World

RESIDENT = "police_resident"


def plant(world: World) -> None:
    """Plant household_head_invalid, kinship_conflict, implausible_age and detail_conflict on deaths."""
    heads(world)
    kin(world)
    ages(world)
    details(world)


def _members(world: World, pid: int) -> list[Row]:
    members = world.people.member[world.people.household[pid]]
    return world.residents([int(member) for member in members if member >= 0])


def heads(world: World) -> None:
    """Households without a head, or with two."""
    people = world.people
    couple = (people.role == HEAD) & (people.spouse >= 0) & world.settled
    for place, pid in enumerate(world.take(world.count(0.0002, 12), couple, home=True)):
        members = _members(world, pid)
        world.kept_heads.add(members[0]["household_no"])
        head, spouse = members[0]["registration_id"], members[1]["registration_id"]
        if place % 2:
            world.edit(RESIDENT, spouse, relation_to_head="02")
            world.expect("household_head_invalid", (RESIDENT, head), (RESIDENT, spouse))
        else:
            world.edit(RESIDENT, head, relation_to_head="97")
            oldest = min(members, key=lambda row: (row["birth_date"], row["registration_id"]))
            world.expect("household_head_invalid", (RESIDENT, oldest["registration_id"]))


def kin(world: World) -> None:
    """Children whose mother's number is a sister's or brother's, and persons who are their own parent or spouse."""
    people = world.people
    first = people.member[people.household, CHILD]
    near = (people.role == CHILD + 1) & (first >= 0) & (people.birth - people.birth[np.maximum(first, 0)] < 11 * 365) & world.settled
    for pid in world.take(world.count(0.00006, 6), near, home=True):
        child, elder = world.residents([pid, int(first[pid])])
        world.edit(RESIDENT, child["registration_id"], mother_id=elder["citizen_id"])
        world.expect("kinship_conflict", (RESIDENT, child["registration_id"]))
    for column, role in (("father_id", CHILD), ("spouse_id", SPOUSE)):
        for row in world.residents(world.take(world.count(0.00002, 3), (people.role == role) & world.settled, home=True)):
            world.edit(RESIDENT, row["registration_id"], **{column: row["citizen_id"]})
            world.expect("kinship_conflict", (RESIDENT, row["registration_id"]))


def ages(world: World) -> None:
    """Registrations of persons of 110 years or more without a sign of life, and decoys with one or somewhat younger."""
    hosts = world.take(world.count(0.00004, 8) + 10, (world.people.role == HEAD) & world.settled, home=True)
    for place, host in enumerate(world.residents(hosts)):
        alive, younger = place < 5, 5 <= place < 10
        years = 101 + place % 8 if younger else 111 + place % 6
        sex = 1 + place % 2
        row = newcomer(world, sex, world.days(365 * years + 30, 365 * years + 300), host, relation="61" if sex == 1 else "62")
        row["registered_on"] = dt.date(1958, 6, 1) + dt.timedelta(int(world.rng.integers(0, 8000)))
        row["id_card_issued_on"] = world.days(30, 900) if alive else None
        subject = (RESIDENT, world.add(RESIDENT, row))
        if alive or younger:
            world.decoy("centenarian", subject)
        else:
            world.expect("implausible_age", subject)


def details(world: World) -> None:
    """Cancelled deaths whose health record has another sounding name, birth date or sex."""
    pids = world.take(world.count(0.00006, 9), world.aged(50, 95) & world.settled & ~world.people.styled)
    yes, no = np.ones(len(pids), dtype=np.bool_), np.zeros(len(pids), dtype=np.bool_)
    die(world, pids, world.rng.integers(40, 1000, len(pids)), health=yes, cremation=no, police=yes, noisy=False)
    records = world.records("health_death", pids)
    for place, (pid, row) in enumerate(zip(pids, world.residents(pids), strict=True)):
        record = records[pid]
        change = (
            {"name": names.misheard(world.rng, record["name"])},
            {"birth_date": slips.wrong_birth(world.rng, record["birth_date"])},
            {"sex": "2" if record["sex"] == "1" else "1"},
        )[place % 3]
        world.edit("health_death", record["death_cert_no"], **change)
        world.expect("detail_conflict", (RESIDENT, row["registration_id"]), ("health_death", record["death_cert_no"]))
