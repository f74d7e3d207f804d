"""Deaths that are not cancelled, and whose record tells less, or tells it otherwise, than the register does."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from reconcile.sample import names
from reconcile.sample.events import die
from reconcile.sample.kinds import kind
from reconcile.sample.names import Bools
from reconcile.sample.people import GRANDFATHER, HEAD
from reconcile.sample.slips import excel_tail, well_formed
from reconcile.sample.world import Row, World

RESIDENT, HEALTH = "police_resident", "health_death"
_OLD_CODE = 160
"""So many days before as_of a certificate's number was not yet the citizen number."""

_COMMUNITIES = names.words("枫坳社区 桐梓社区 河湾社区 新阳社区 东山社区 茶亭社区")
_HOUSE = re.compile(r"^(.+?县)(.+?镇)(.+?(?:村|社区))(\d+)组(\d+)号$")


def _die(world: World, pids: list[int], *, police: bool = False) -> list[tuple[Row, Row]]:
    """Let persons die with one health record; return registration and record of each."""
    yes, no = np.ones(len(pids), dtype=np.bool_), np.zeros(len(pids), dtype=np.bool_)
    days = world.rng.integers(_OLD_CODE, 1050, len(pids))
    die(world, pids, days, health=yes, cremation=no, police=yes if police else no, noisy=False)
    records = world.records(HEALTH, pids)
    return [(row, records[pid]) for pid, row in zip(pids, world.residents(pids), strict=True)]


def _old(world: World) -> Bools:
    return world.aged(48, 99) & world.settled


def _missed(world: World, row: Row, record: Row, **told: object) -> None:
    """Write down a death that the register missed, with what its record tells."""
    world.edit(HEALTH, record["death_cert_no"], **told)
    world.expect("death_not_cancelled", (RESIDENT, row["registration_id"]))


@kind(0.0003)
def spreadsheet_tail_with_right_check(world: World, count: int) -> None:
    """The record's number ends in 000 from a spreadsheet, and its check character happens to be right; all else is equal."""
    stem = world.people.citizen_id.str.slice(0, 15)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8)
    total = pl.sum_horizontal(pl.lit(stem).str.slice(place, 1).cast(pl.Int64) * weight for place, weight in enumerate(weights))
    right = pl.select(total % 11 == 1).to_series().to_numpy()
    for row, record in _die(world, world.some(count, _old(world) & right)):
        number = excel_tail(row["citizen_id"])
        if not well_formed(number):
            raise ValueError("a spreadsheet's tail was meant to pass the check")
        _missed(world, row, record, citizen_id=number)


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _shortened(address: str, form: int) -> str:
    """The address as a record may give it: up to village, community or group, with Chinese numerals, without county, with province."""
    found = _HOUSE.match(address)
    if not found:
        return address
    county, town, village, group, house = found.groups()
    forms = (
        county + town + village,
        f"{county}{town}{village}{group}组",
        f"{county}{town}{village}{_numeral(int(group))}组{house}号",
        f"{town}{village}{group}组{house}号",
        f"黔原省云州市{address}",
        f"{village}{_numeral(int(group))}组",
        county + town,
    )
    return forms[form]


_TOWN = 6
"""Form of an address that stops at the town: it speaks only for a name that nobody else has."""


@kind(0.001)
def address_stops(world: World, count: int) -> None:
    """No number; name, sex and birth date equal; the record's address stops at the village, group, community or (rare names) town."""
    name = world.people.name
    rare = (pl.DataFrame({"name": name}).select(pl.len().over("name") == 1).to_series() & (name.str.len_chars() >= 3)).to_numpy()
    town = count // _TOWN
    pids = world.some(town, _old(world) & rare)
    pids += world.some(count - town, _old(world) & ~world.people.styled)
    for place, (row, record) in enumerate(_die(world, pids)):
        address = row["address_text"]
        if not _HOUSE.match(address):
            head = re.split(r"(?<=镇)", address)[0]
            group, house = (int(world.rng.integers(1, most)) for most in (13, 60))
            address = f"{head}{world.rng.choice(_COMMUNITIES)}{group}组{house}号"
            world.edit(RESIDENT, row["registration_id"], address_text=address)
        form = _TOWN if place < town else place % _TOWN
        _missed(world, row, record, citizen_id=None, id_type="9", registered_address_text=_shortened(address, form))


@kind(0.0003)
def informant_elsewhere(world: World, count: int) -> None:
    """The record bears the informant's number; name, birth date, sex and address single out another registration, which is active."""
    people = world.people
    elder = (people.role >= GRANDFATHER) & ~people.styled & world.childless
    pids = world.some(count, elder, home=True)
    others = [int(people.member[people.household[pid], HEAD]) for pid in pids]
    for (row, record), victim in zip(_die(world, pids), world.residents(others), strict=True):
        _missed(world, row, record, citizen_id=victim["citizen_id"])
        world.expect("death_evidence_conflict", (RESIDENT, victim["registration_id"]), (HEALTH, record["death_cert_no"]))
        world.decoy("informant_number", (RESIDENT, victim["registration_id"]))


@kind(0.0003)
def no_birth_date(world: World, count: int) -> None:
    """The record of a child or an old person has no birth date; number, name, sex and address are equal."""
    young = world.aged(1, 15) & world.settled & world.no_parent
    for row, record in _die(world, world.some(count // 2, young) + world.some(count - count // 2, _old(world))):
        _missed(world, row, record, birth_date=None)


_OTHERS = "合哈西库孜瓦"


@kind(0.0005)
def long_name_one_character(world: World, count: int) -> None:
    """Equal number, and one character of a long transliterated name is another; the death was cancelled: an item error only."""
    for row, record in _die(world, world.some(count, _old(world) & world.people.styled), police=True):
        name = row["name"]
        places = [place for place in range(1, len(name)) if name[place] != names.SEPARATOR and name[place - 1] != names.SEPARATOR]
        place = int(world.rng.choice(places))
        other = str(world.rng.choice([character for character in _OTHERS if character not in name]))
        world.edit(HEALTH, record["death_cert_no"], name=name[:place] + other + name[place + 1 :])
        world.expect("detail_conflict", (RESIDENT, row["registration_id"]), (HEALTH, record["death_cert_no"]))


@kind(0.0008)
def long_name_death(world: World, count: int) -> None:
    """The record has a transliterated name in another form; every second one has no number."""
    for place, (row, record) in enumerate(_die(world, world.some(count, _old(world) & world.people.styled))):
        unnumbered = {"citizen_id": None, "id_type": "9"} if place % 2 else {}
        _missed(world, row, record, name=names.tolerated(world.rng, row["name"]), **unnumbered)
