"""Registrations made by hand: a person's second one, and persons who are not of the drawn population."""

from __future__ import annotations

import datetime as dt

from reconcile.sample import names
from reconcile.sample.world import Row, World

_PLACE = ("station_code", "community_code", "address_text", "urban_rural_code", "household_kind")


def elsewhere(world: World, station_code: str, *, same: bool = False) -> Row:
    """A registration at another station (or the same), whose address and household can be borrowed."""
    while True:
        host = world.residents([int(world.rng.integers(0, world.people.size))])[0]
        is_home = host["household_kind"] == "1" and host["household_no"] not in world.kept_heads
        if is_home and (same or host["station_code"] != station_code):
            return host


def settle(world: World, row: Row, host: Row) -> Row:
    """The row moved to the host's place: a minor joins the household, an adult heads one of his own."""
    row = row | {column: host[column] for column in _PLACE} | {"registration_id": world.fresh("R")}
    if world.as_of.year - row["birth_date"].year < 18:
        return row | {"household_no": host["household_no"], "relation_to_head": "99"}
    return row | {"household_no": "7" + row["registration_id"][1:], "relation_to_head": "02"}


def newcomer(world: World, sex: int, birth: dt.date, host: Row, *, relation: str = "99") -> Row:
    """A person of no drawn family, registered in the host's household."""
    name = names.draw(world.rng, sex, birth.year)
    place = {column: host[column] for column in (*_PLACE, "household_no")}
    return place | {
        "_pid": world.stranger(),
        "registration_id": world.fresh("R"),
        "citizen_id": world.allocate(birth, sex),
        "name": name,
        "sex": str(sex),
        "birth_date": birth,
        "relation_to_head": relation,
        "father_name": name[0] + names.draw(world.rng, 1, birth.year - 28)[1:],
        "mother_name": names.draw(world.rng, 2, birth.year - 26),
        "registered_on": min(birth + dt.timedelta(40), world.as_of - dt.timedelta(2)),
        "registration_kind": "birth",
    }


def unrelated(world: World, row: Row) -> Row:
    """A stranger of the same sex born on the same day elsewhere, of another surname and with parents of other names."""
    while True:
        other = newcomer(world, int(row["sex"]), row["birth_date"], elsewhere(world, row["station_code"]))
        if other["name"][0] != row["name"][0] and other["mother_name"] != row["mother_name"]:
            return other
