"""Faults about births: certificates nobody registered, registrations without a certificate, one certificate used twice."""

from __future__ import annotations

import datetime as dt

from reconcile.sample import names
from reconcile.sample.names import Bools
from reconcile.sample.world import Row, World

RESIDENT, CERTIFICATE, EVENT = "police_resident", "health_birth", "police_birth"


def plant(world: World) -> None:
    """Plant the three finding types about births, and children whose certificate disagrees with the register."""
    not_registered(world)
    without_certificate(world)
    reused(world)
    disagreeing(world)


def mothers(world: World, count: int) -> list[Row]:
    """Registrations of women who may have had a child of late; nothing else is planted in their households."""
    return world.residents(world.take(count, world.aged(20, 40) & (world.people.sex == 2) & world.settled, home=True))


def certificate(world: World, mother: Row, issued: dt.date, **columns: object) -> Row:
    """A certificate made by hand for a child of a registered mother."""
    sex = int(world.rng.integers(1, 3))
    serial = world.ordinal = world.ordinal + 1
    return {
        "birth_cert_no": f"{world.paper('Y98')}{serial:07d}",
        "child_name": None
        if serial % 3 == 0
        else (mother["spouse_name"] or mother["name"])[0] + names.draw(world.rng, sex, issued.year)[1:],
        "sex": str(sex),
        "birth_date": issued - dt.timedelta(int(world.rng.integers(1, 7))),
        "birth_order": 1,
        "mother_name": mother["name"],
        "mother_id": mother["citizen_id"],
        "mother_address_code": str(mother["station_code"])[:6],
        "mother_address_text": mother["address_text"],
        "father_name": mother["spouse_name"],
        "father_id": mother["spouse_id"],
        "issued_on": issued,
        "issue_kind": "first",
        "voided": "0",
        **columns,
    }


def replaced(world: World, first: Row, issued: dt.date) -> Row:
    """The certificate that replaces another one of the same child."""
    world.ordinal += 1
    return first | {
        "birth_cert_no": f"{world.paper('Y98')}{world.ordinal:07d}",
        "issued_on": issued,
        "issue_kind": "replacement" if world.ordinal % 2 else "reissue",
        "replaces_cert_no": first["birth_cert_no"],
    }


def not_registered(world: World) -> None:
    """Children with a certificate older than sixty days and no registration; every third certificate was replaced since."""
    for place, mother in enumerate(mothers(world, world.count(0.0006, 9))):
        first = certificate(world, mother, world.days(100, 900))
        world.add(CERTIFICATE, first)
        last = first
        if place % 3 == 2:
            last = replaced(world, first, first["issued_on"] + dt.timedelta(25))
            world.add(CERTIFICATE, last)
        world.expect("birth_not_registered", (CERTIFICATE, last["birth_cert_no"]))


def newborn(world: World) -> Bools:
    """Registered children born well inside the coverage of the certificates, without a twin."""
    people = world.people
    days = world.today - people.birth
    twin = people.member[people.household, 5] >= 0
    return (days > 90) & (people.birth > world.start + 40) & ~twin


def without_certificate(world: World) -> None:
    """Birth events whose certificate number is missing, unknown or void."""
    pids = world.take(world.count(0.00015, 9), newborn(world))
    events, papers = world.records(EVENT, pids), world.records(CERTIFICATE, pids)
    for place, pid in enumerate(pids):
        event, paper = events[pid]["event_id"], papers[pid]["birth_cert_no"]
        if place % 3 == 2:
            world.edit(CERTIFICATE, paper, voided="1")
        else:
            world.drop(CERTIFICATE, paper)
            world.edit(EVENT, event, birth_cert_no=None if place % 3 else world.paper("Q97") + paper[3:])
        world.expect("birth_without_certificate", (EVENT, event))


def reused(world: World) -> None:
    """A certificate whose number was written on the birth event of another child too."""
    pids = world.take(2 * world.count(0.00002, 6), newborn(world))
    events, papers = world.records(EVENT, pids), world.records(CERTIFICATE, pids)
    for owner, other in zip(pids[::2], pids[1::2], strict=True):
        world.drop(CERTIFICATE, papers[other]["birth_cert_no"])
        world.edit(EVENT, events[other]["event_id"], birth_cert_no=papers[owner]["birth_cert_no"])
        world.expect("birth_certificate_reused", (EVENT, events[owner]["event_id"]), (EVENT, events[other]["event_id"]))


def disagreeing(world: World) -> None:
    """Certificates that name another sex, birth date or sounding-alike name than the register."""
    pids = world.take(world.count(0.0001, 6), newborn(world) & ~world.people.styled)
    papers = world.records(CERTIFICATE, pids)
    for place, (pid, row) in enumerate(zip(pids, world.residents(pids), strict=True)):
        paper = papers[pid]
        change = (
            {"sex": "2" if paper["sex"] == "1" else "1"},
            {"birth_date": paper["birth_date"] - dt.timedelta(1)},
            {"child_name": names.misheard(world.rng, paper["child_name"])},
        )[place % 3]
        world.edit(CERTIFICATE, paper["birth_cert_no"], **change)
        world.expect("detail_conflict", (RESIDENT, row["registration_id"]), (CERTIFICATE, paper["birth_cert_no"]))
