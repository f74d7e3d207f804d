"""What looks like a finding and is none: each kind is written to ``decoys.csv``."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reconcile.sample import names
from reconcile.sample.events import die
from reconcile.sample.faults_birth import CERTIFICATE, EVENT, certificate, mothers, newborn, replaced
from reconcile.sample.faults_death import death_record
from reconcile.sample.moves import move_within
from reconcile.sample.numbers import check_character
from reconcile.sample.people import CHILD, TWIN
from reconcile.sample.persons import elsewhere, newcomer, unrelated
from reconcile.sample.places import OUTSIDE_NAMES
from reconcile.sample.world import Row, World

RESIDENT, HEALTH, POLICE, OUT = "police_resident", "health_death", "police_death", "police_move_out"


def plant(world: World) -> None:
    """Plant every kind of decoy that the faults did not bring along."""
    twins(world)
    namesakes(world)
    siblings(world)
    deaths(world)
    struck_off(world)
    moves(world)
    births(world)
    numbers(world)


def twins(world: World) -> None:
    """Twins of the drawn population; of some pairs one has died."""
    people = world.people
    pairs = (people.role == TWIN) & world.settled
    for pid in world.some(2000, pairs, home=True):
        elder = int(people.member[people.household[pid], CHILD])
        both = world.residents([pid, elder])
        world.decoy("twins", *((RESIDENT, row["registration_id"]) for row in both))
        if both[0]["birth_date"] != both[1]["birth_date"]:
            raise ValueError("twins of one household were born on different days")
    grown = world.take(world.count(0.000005, 4), world.aged(46, 70) & world.settled, home=True)
    die(world, grown, world.rng.integers(40, 340, len(grown)), health=_yes(grown), cremation=_no(grown), police=_yes(grown), noisy=False)
    for row in world.residents(grown):
        other = newcomer(world, int(row["sex"]), row["birth_date"], row) | {
            "name": alike(world, row["name"]),
            "citizen_id": world.allocate(row["birth_date"], int(row["sex"]), row["citizen_id"][:6]),
            **{column: row[column] for column in ("father_name", "father_id", "mother_name", "mother_id")},
        }
        world.decoy("twin_of_dead", (RESIDENT, world.add(RESIDENT, other)))


def _yes(pids: list[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.ones(len(pids), dtype=np.bool_)


def _no(pids: list[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.zeros(len(pids), dtype=np.bool_)


def alike(world: World, name: str) -> str:
    """A sibling's name: the generation character stays, the last one differs."""
    if names.SEPARATOR in name:
        own, father = name.split(names.SEPARATOR)
        return own[:2] + ("提" if own[2:] == "江" else "江") + names.SEPARATOR + father
    ends = [end for end in "明华强平英芳林云贵成" if not name.endswith(end)]
    return name[:2] + str(world.rng.choice(ends))


def namesakes(world: World) -> None:
    """Strangers of one name born on one day; a parent and a child of one name; a namesake of someone who died."""
    grown = world.aged(10, 70) & world.settled & ~world.people.styled
    for row in world.residents(world.take(world.count(0.00003, 14), grown)):
        other = namesake(world, row)
        world.decoy("namesakes_same_day", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))
    dead = world.take(world.count(0.00001, 8), world.aged(50, 90) & world.settled & ~world.people.styled, home=True)
    die(world, dead, world.rng.integers(160, 350, len(dead)), health=_yes(dead), cremation=_no(dead), police=_yes(dead), noisy=False)
    records = world.records(HEALTH, dead)
    for pid, row in zip(dead, world.residents(dead), strict=True):
        world.edit(HEALTH, records[pid]["death_cert_no"], citizen_id=None, id_type="9")
        world.decoy("namesake_of_dead", (RESIDENT, world.add(RESIDENT, namesake(world, row))))
    people = world.people
    sons = (people.role == CHILD) & (people.father >= 0) & (people.sex == 1) & world.settled & ~people.styled
    for pid in world.take(world.count(0.00001, 6), sons, home=True):
        son, father = world.residents([pid, int(people.father[pid])])
        world.edit(RESIDENT, son["registration_id"], name=father["name"])
        world.decoy("parent_child_namesakes", (RESIDENT, son["registration_id"]), (RESIDENT, father["registration_id"]))


def namesake(world: World, row: Row) -> Row:
    """A stranger who bears the name of the row's person and was born on the same day."""
    other = unrelated(world, row)
    return other | {"name": row["name"], "father_name": row["name"][0] + other["father_name"][1:]}


def siblings(world: World) -> None:
    """Siblings born about a year apart with similar names."""
    people = world.people
    child = (people.role == CHILD) & (people.mother >= 0) & world.settled & (people.member[:, CHILD + 1][people.household] < 0)
    for row in world.residents(world.take(world.count(0.00003, 8), child & (world.age > 4 * 366), home=True)):
        birth = row["birth_date"] + dt.timedelta(int(world.rng.integers(340, 400)))
        kept = {column: row[column] for column in ("father_name", "father_id", "mother_name", "mother_id")}
        other = newcomer(world, int(row["sex"]), birth, row, relation="20" if row["sex"] == "1" else "30") | kept
        other["name"] = alike(world, row["name"])
        world.decoy("siblings", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))


def deaths(world: World) -> None:
    """Deaths too young to judge, certificates that were voided, police events that were reversed."""
    old = world.aged(50, 95) & world.settled
    recent = world.take(world.count(0.00015, 8), old)
    die(world, recent, world.rng.integers(3, 26, len(recent)), health=_yes(recent), cremation=_no(recent), police=_no(recent), noisy=False)
    for row in world.residents(recent):
        world.decoy("death_in_grace", (RESIDENT, row["registration_id"]))
    for row in world.residents(world.take(world.count(0.00002, 8), old)):
        world.add(HEALTH, death_record(world, row, world.days(160, 900)) | {"voided": "1"})
        world.decoy("voided_death", (RESIDENT, row["registration_id"]))
    for row in world.residents(world.take(world.count(0.00002, 8), old)):
        died = world.days(60, 900)
        event = {name: row[name] for name in ("registration_id", "name", "citizen_id", "sex", "birth_date", "station_code")}
        event |= {"event_id": world.fresh("SW"), "death_date": died, "registered_on": died + dt.timedelta(9), "reversed": "1"}
        world.decoy("reversed_death", (RESIDENT, row["registration_id"]), (POLICE, world.add(POLICE, event)))


def struck_off(world: World) -> None:
    """Cancellations that need no evidence: declared dead by a court, registered late, or within the last year."""
    old = world.aged(50, 95) & world.settled
    declared = world.take(world.count(0.00002, 6), old)
    late = world.take(world.count(0.00002, 6), old)
    fresh = world.take(world.count(0.0005, 6), old)
    for pids, first, last in ((declared, 440, 1000), (late, 400, 700), (fresh, 20, 330)):
        days = world.rng.integers(first, last, len(pids))
        die(world, pids, days, health=_no(pids), cremation=_no(pids), police=_yes(pids), noisy=False)
    for pids, kind in ((declared, "declared_dead"), (late, "registered_late"), (fresh, "cancelled_recently")):
        events = world.records(POLICE, pids)
        for pid, row in zip(pids, world.residents(pids), strict=True):
            world.decoy(kind, (POLICE, events[pid]["event_id"]))
            if kind == "declared_dead":
                world.edit(RESIDENT, row["registration_id"], cancel_kind="declared_dead")
            if kind == "registered_late":
                struck = world.days(30, 300)
                world.edit(POLICE, events[pid]["event_id"], registered_on=struck)
                world.edit(RESIDENT, row["registration_id"], cancelled_on=struck)


def moves(world: World) -> None:
    """Moves in grace, in transit, reversed, to a place given as text, or undone by a restored registration."""
    movers = world.aged(18, 60) & world.settled
    grace = world.take(world.count(0.0001, 8), movers)
    landed = world.rng.integers(2, 27, len(grace))
    move_within(world, grace, landed + 3, landed, cancels=False)
    for pid, registration in world.frames[RESIDENT][-1].select("_pid", "registration_id").iter_rows():
        origin = world.residents([pid])[0]["registration_id"]
        world.decoy("move_in_grace", (RESIDENT, origin), (RESIDENT, registration))
    for kind, first, last in (("move_in_transit", 3, 55), ("move_to_text", 100, 900), ("move_restored", 200, 900)):
        pids = world.take(world.count(0.00003, 6), movers)
        days = world.rng.integers(first, last, len(pids))
        move_within(world, pids, days, days, lands=False)
        events = world.records(OUT, pids)
        for pid, row in zip(pids, world.residents(pids), strict=True):
            world.decoy(kind, (OUT, events[pid]["event_id"]))
            if kind == "move_to_text":
                world.edit(OUT, events[pid]["event_id"], destination_code=None)
            if kind == "move_restored":
                _restore(world, row, events[pid]["moved_out_on"])
    for row in world.residents(world.take(world.count(0.00002, 6), movers)):
        event = {name: row[name] for name in ("registration_id", "name", "citizen_id", "sex", "birth_date", "station_code", "household_no")}
        event |= {
            "event_id": world.fresh("QC"),
            "moved_out_on": world.days(70, 800),
            "destination_code": world.places.counties[0],
            "reversed": "1",
        }
        world.decoy("reversed_move", (RESIDENT, row["registration_id"]), (OUT, world.add(OUT, event)))


def _restore(world: World, row: Row, left: dt.date) -> None:
    back = left + dt.timedelta(int(world.rng.integers(40, 150)))
    again = row | {"registration_id": world.fresh("R"), "registration_kind": "restored", "registered_on": back, "relation_to_head": "99"}
    world.decoy("restored_registration", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, again)))


def births(world: World) -> None:
    """Certificates that nobody needs to register: young, void, of a child that died, of parents from elsewhere."""
    for mother in mothers(world, world.count(0, 6)):
        pending = certificate(world, mother, world.days(5, 55))
        world.decoy("birth_in_grace", (CERTIFICATE, world.add(CERTIFICATE, pending)))
    for mother in mothers(world, world.count(0, 6)):
        void = certificate(world, mother, world.days(100, 800), voided="1")
        world.decoy("voided_birth", (CERTIFICATE, world.add(CERTIFICATE, void)))
    for mother in mothers(world, world.count(0, 5)):
        _infant(world, mother)
    for place, mother in enumerate(mothers(world, world.count(0, 5))):
        visitor = mother | {
            "name": names.draw(world.rng, 2, 1995),
            "citizen_id": world.allocate(dt.date(1995, 3, 1 + place), 2),
            "spouse_name": None,
            "spouse_id": None,
        }
        paper = certificate(
            world,
            visitor,
            world.days(100, 800),
            mother_address_code=world.places.outside[place],
            mother_address_text="外省" + OUTSIDE_NAMES[place],
        )
        world.decoy("birth_out_of_scope", (CERTIFICATE, world.add(CERTIFICATE, paper)))
    _replaced_and_registered(world)
    _fathers(world)


def _infant(world: World, mother: Row) -> None:
    """A child who died within days and was never registered; the death record has no number."""
    paper = certificate(world, mother, world.days(200, 800))
    paper["child_name"] = paper["child_name"] or mother["name"][0] + "小宝"
    world.add(CERTIFICATE, paper)
    child = {"name": paper["child_name"], "sex": paper["sex"], "birth_date": paper["birth_date"], "citizen_id": None}
    place = {name: mother[name] for name in ("station_code", "address_text")}
    died = paper["birth_date"] + dt.timedelta(int(world.rng.integers(1, 60)))
    record = death_record(world, child | place, died, numbered=False) | {"age": 0}
    world.decoy("infant_death", (CERTIFICATE, paper["birth_cert_no"]), (HEALTH, world.add(HEALTH, record)))


def _replaced_and_registered(world: World) -> None:
    """Registered children whose certificate was replaced later, and events with a mistyped number."""
    pids = world.some(12, newborn(world))
    papers, events = world.records(CERTIFICATE, pids), world.records(EVENT, pids)
    for pid in pids[:6]:
        first = {name: value for name, value in papers[pid].items() if not name.startswith("_")}
        again = replaced(world, first, min(first["issued_on"] + dt.timedelta(80), world.as_of - dt.timedelta(3)))
        world.decoy("replaced_certificate", (CERTIFICATE, world.add(CERTIFICATE, again)), (EVENT, events[pid]["event_id"]))
    for pid in pids[6:]:
        number = str(papers[pid]["birth_cert_no"])
        typed = number[:-1] + str((int(number[-1]) + 3) % 10)
        world.edit(EVENT, events[pid]["event_id"], birth_cert_no=world.paper("Z96") + typed[3:])
        world.decoy("mistyped_certificate", (EVENT, events[pid]["event_id"]))


def _fathers(world: World) -> None:
    """Fathers who died before their child was born, within three hundred days."""
    people = world.people
    born = (people.birth > world.start + 250) & (people.birth < world.today - 60) & (people.father >= 0) & (people.role >= CHILD)
    babies = world.take(world.count(0.000002, 3), born, home=True)
    fathers = [int(people.father[pid]) for pid in babies]
    days = np.array([world.today - int(people.birth[pid]) + 120 for pid in babies])
    die(world, fathers, days, health=_yes(fathers), cremation=_no(fathers), police=_yes(fathers), noisy=False)
    for row in world.residents(fathers):
        world.decoy("posthumous_child", (RESIDENT, row["registration_id"]))


def numbers(world: World) -> None:
    """Numbers that look damaged and are right, and newborns who may still lack one."""
    grown = world.aged(20, 60) & (world.people.sex == 2) & world.settled
    hosts = world.take(world.count(0.000005, 6), grown)
    for host in world.residents(hosts):
        row = newcomer(world, 2, host["birth_date"], elsewhere(world, ""))
        while not (row["citizen_id"] and row["citizen_id"].endswith("000")):
            body = (
                f"{world.places.empty}{int(world.rng.integers(1, 13)):02d}{row['birth_date']:%Y%m%d}{100 * int(world.rng.integers(1, 10))}"
            )
            row["citizen_id"] = body + check_character(body)
            row["birth_date"] += dt.timedelta(1) if not row["citizen_id"].endswith("000") else dt.timedelta(0)
        world.decoy("number_ends_000", (RESIDENT, world.add(RESIDENT, row)))
    unknown = np.array(world.people.citizen_id.str.starts_with("00").to_list()) & world.settled
    for row in world.residents(world.some(6, unknown)):
        world.decoy("unknown_address_code", (RESIDENT, row["registration_id"]))
    young = newborn(world) & (world.age < 300)
    pids = world.some(6, young)
    events = world.records(EVENT, pids)
    for pid, row in zip(pids, world.residents(pids), strict=True):
        world.edit(RESIDENT, row["registration_id"], citizen_id=None)
        world.edit(EVENT, events[pid]["event_id"], citizen_id=None)
        world.decoy("unnumbered_newborn", (RESIDENT, row["registration_id"]))
