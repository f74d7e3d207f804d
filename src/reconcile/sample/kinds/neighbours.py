"""Decoys: twins, and living or dead strangers of one name, as near to one another as they can be."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reconcile.sample import names
from reconcile.sample.decoys import alike, namesake
from reconcile.sample.events import die
from reconcile.sample.faults_death import death_record
from reconcile.sample.kinds import kind
from reconcile.sample.names import Bools
from reconcile.sample.persons import elsewhere, newcomer, settle
from reconcile.sample.world import Row, World

RESIDENT, HEALTH = "police_resident", "health_death"
_PARENTS = ("father_name", "father_id", "mother_name", "mother_id")


def _grown(world: World) -> Bools:
    return world.aged(18, 70) & world.settled & ~world.people.styled


def _plain(world: World, *, told: bool) -> Bools:
    """Grown persons whose parents' numbers are told, or neither of them."""
    register = world.frames[RESIDENT][0]
    both = [register[column].is_not_null().to_numpy() for column in ("father_id", "mother_id")]
    return _grown(world) & (both[0] & both[1] if told else ~both[0] & ~both[1])


def _twin(world: World, row: Row, place: str) -> Row:
    """A twin registered in a household of his own at another station, numbered at ``place``."""
    birth, sex = row["birth_date"], int(row["sex"])
    twin = newcomer(world, sex, birth, row) | {column: row[column] for column in _PARENTS}
    twin |= {"name": alike(world, row["name"]), "citizen_id": world.allocate(birth, sex, place)}
    return settle(world, twin, elsewhere(world, row["station_code"])) | {"id_card_issued_on": row["id_card_issued_on"]}


@kind(0.0016, adds=1)
def twins_apart(world: World, count: int) -> None:
    """Twins numbered at one place who live at two stations."""
    for row in world.residents(world.some(count, _plain(world, told=True))):
        twin = world.add(RESIDENT, _twin(world, row, row["citizen_id"][:6]))
        world.decoy("twins_apart", (RESIDENT, row["registration_id"]), (RESIDENT, twin))


@kind(0.0008, adds=1)
def twins_of_two_counties(world: World, count: int) -> None:
    """Twins numbered in two counties, who live at two stations."""
    for row in world.residents(world.some(count, _plain(world, told=True))):
        others = [county for county in world.places.counties if county != row["citizen_id"][:6]]
        twin = world.add(RESIDENT, _twin(world, row, str(world.rng.choice(others))))
        world.decoy("twins_of_two_counties", (RESIDENT, row["registration_id"]), (RESIDENT, twin))


@kind(0.0003, adds=1)
def twin_without_number(world: World, count: int) -> None:
    """Twins of whom one has no number."""
    for row in world.residents(world.some(count, _plain(world, told=True))):
        twin: Row = _twin(world, row, row["citizen_id"][:6]) | {"citizen_id": None}
        world.add(RESIDENT, twin)
        world.decoy("twin_without_number", (RESIDENT, row["registration_id"]), (RESIDENT, twin["registration_id"]))
        world.expect("number_invalid", (RESIDENT, twin["registration_id"]))


@kind(0.0001, adds=1)
def twins_of_two_homes(world: World, count: int) -> None:
    """Twins under age, numbered at one place, whose parents parted and took a child each."""
    register = world.frames[RESIDENT][0]
    told = (register["father_id"].is_not_null() & register["mother_id"].is_not_null()).to_numpy()
    for row in world.residents(world.some(count, world.aged(4, 16) & world.settled & ~world.people.styled & told)):
        twin = world.add(RESIDENT, _twin(world, row, row["citizen_id"][:6]))
        world.decoy("twins_of_two_homes", (RESIDENT, row["registration_id"]), (RESIDENT, twin))


@kind(0.0006, adds=1)
def siblings_one_birthday(world: World, count: int) -> None:
    """Siblings of similar names born on one day of two years, who live at two stations: no slip of a birth year."""
    for place, row in enumerate(world.residents(world.some(count, _plain(world, told=True)))):
        birth = row["birth_date"].replace(year=row["birth_date"].year + 1 + place % 2, day=min(row["birth_date"].day, 28))
        number = world.allocate(birth, int(row["sex"]), row["citizen_id"][:6])
        other = _twin(world, row, row["citizen_id"][:6]) | {
            "birth_date": birth,
            "citizen_id": number,
            "registered_on": birth + dt.timedelta(40),
        }
        world.decoy("siblings_one_birthday", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))


@kind(0.0012, adds=1)
def namesakes_one_village(world: World, count: int) -> None:
    """Strangers of one name born the same day, registered at one station in one village or street."""
    for row in world.residents(world.some(count, _grown(world))):
        other = namesake(world, row)
        place = {column: row[column] for column in ("station_code", "community_code", "urban_rural_code")}
        stem = row["address_text"].rstrip("号").rstrip("0123456789")
        other |= place | {
            "address_text": f"{stem}{int(world.rng.integers(400, 900))}号",
            "household_no": "7" + other["registration_id"][1:],
            "relation_to_head": "02",
            "citizen_id": world.allocate(row["birth_date"], int(row["sex"]), row["citizen_id"][:6]),
        }
        world.decoy("namesakes_one_village", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))


_COMMON_FATHERS = names.words("王建国 李国华 张建华 刘志强 陈德明 杨光明 王志强 李建国 张国强 杨文华")
_COMMON_MOTHERS = names.words("王秀英 李秀英 张秀英 刘秀英 王桂英 李桂英 张玉兰 杨秀珍 陈桂兰 王玉珍")


@kind(0.0012, adds=1)
def namesakes_common_parents(world: World, count: int) -> None:
    """Strangers of one name born the same day whose parents bear common names too: both equal with other numbers, or the mother's alone."""
    for place, row in enumerate(world.residents(world.some(count, _plain(world, told=False)))):
        other = namesake(world, row)
        born = row["birth_date"] - dt.timedelta(28 * 365)
        fathers = [str(name) for name in world.rng.choice(_COMMON_FATHERS, 2, replace=False)]
        mother = str(world.rng.choice(_COMMON_MOTHERS))
        numbered = place % 2 == 0
        if numbered:
            fathers = fathers[:1] * 2
        told = [
            {
                "father_name": fathers[side],
                "mother_name": mother,
                "father_id": world.allocate(born - dt.timedelta(200 + 400 * side), 1) if numbered else None,
                "mother_id": world.allocate(born - dt.timedelta(500 * side), 2) if numbered else None,
            }
            for side in (0, 1)
        ]
        world.edit(RESIDENT, row["registration_id"], **told[0])
        second = world.add(RESIDENT, other | told[1])
        world.decoy("namesakes_common_parents", (RESIDENT, row["registration_id"]), (RESIDENT, second))


def _dead(world: World, count: int) -> list[tuple[Row, Row]]:
    """Persons whose death health reported and the police cancelled: registration and record of each."""
    pids = world.some(count, world.aged(50, 90) & world.settled & ~world.people.styled, home=True)
    yes, no = np.ones(len(pids), dtype=np.bool_), np.zeros(len(pids), dtype=np.bool_)
    die(world, pids, world.rng.integers(160, 350, len(pids)), health=yes, cremation=no, police=yes, noisy=False)
    records = world.records(HEALTH, pids)
    return [(row, records[pid]) for pid, row in zip(pids, world.residents(pids), strict=True)]


@kind(0.0012, adds=1)
def living_namesake_of_dead(world: World, count: int) -> None:
    """A living stranger of the name and birth date of someone who died, in the same county; the death record has a number or has none."""
    for place, (row, record) in enumerate(_dead(world, count)):
        other = namesake(world, row)
        if place % 2:
            world.edit(HEALTH, record["death_cert_no"], citizen_id=None, id_type="9")
        stem = row["address_text"].partition("镇")[0]
        other |= {"address_text": f"{stem}镇{world.rng.choice(['青杠村', '木桥村', '双河路'])}{int(world.rng.integers(400, 900))}号"}
        place_of = {"station_code": row["station_code"], "household_no": "7" + other["registration_id"][1:], "relation_to_head": "02"}
        world.decoy("living_namesake_of_dead", (RESIDENT, world.add(RESIDENT, other | place_of)))


@kind(0.0003)
def living_namesake_of_unregistered(world: World, count: int) -> None:
    """Someone who died is in no register; a living stranger in another county bears the name and the birth date."""
    for row in world.residents(world.some(count, _grown(world) & world.aged(45, 70))):
        stranger = namesake(world, row)
        while str(stranger["station_code"])[:6] == str(row["station_code"])[:6]:
            stranger = namesake(world, row)
        record = death_record(world, stranger, world.days(160, 1000))
        world.expect("death_of_unregistered_person", (HEALTH, world.add(HEALTH, record)))
        world.decoy("living_namesake_of_unregistered", (RESIDENT, row["registration_id"]))


FILLERS = names.words("不详 无 集体户 待核实 同上 未知 暂无 无名氏")
"""What clerks type to get past a field that must be filled."""


@kind(0.0012, adds=1, hard_only=True)
def namesakes_with_fillers(world: World, count: int) -> None:
    """Strangers of one name born the same day whose only common trait is a filler as a relative or address; half lack one number."""
    ones = "1" * 18
    for place, row in enumerate(world.residents(world.some(count, _plain(world, told=False)))):
        filler = str(world.rng.choice(FILLERS))
        shared = (
            {"father_name": filler, "father_id": None},
            {"mother_name": str(world.rng.choice(["王秀英", "母亲", filler]))},
            {"spouse_name": filler, "spouse_id": None},
            {"address_text": str(world.rng.choice([filler, row["address_text"].partition("镇")[0] + "镇"]))},
            {"father_id": ones, "mother_id": ones},
            {"father_name": filler, "mother_name": filler},
        )[place % 6]
        other: Row = namesake(world, row) | shared
        if place // 6 % 2 == 0:
            other |= {"citizen_id": None}
            world.expect("number_invalid", (RESIDENT, other["registration_id"]))
        world.edit(RESIDENT, row["registration_id"], **shared)
        world.decoy("namesakes_with_fillers", (RESIDENT, row["registration_id"]), (RESIDENT, world.add(RESIDENT, other)))


@kind(0.0012, adds=1, hard_only=True)
def living_namesake_with_filler(world: World, count: int) -> None:
    """A living stranger of the name and birth date of someone who died; the record has no number, and both addresses are one filler."""
    for place, (row, record) in enumerate(_dead(world, count)):
        other = namesake(world, row)
        filler = other["address_text"].partition("镇")[0] + "镇" if place % 3 == 0 else str(world.rng.choice(FILLERS))
        county = str(other["station_code"])[:6]
        told = {"registered_address_text": filler, "registered_address_code": county}
        world.edit(HEALTH, record["death_cert_no"], citizen_id=None, id_type="9", **told)
        world.decoy("living_namesake_with_filler", (RESIDENT, world.add(RESIDENT, other | {"address_text": filler})))
