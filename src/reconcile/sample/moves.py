"""Moves of people into the prefecture, out of it and between its stations. Vectorised; every record is clean."""

from __future__ import annotations

import polars as pl

from reconcile.contract.codes import MOVE_REASON
from reconcile.sample.names import Ints
from reconcile.sample.people import as_dates
from reconcile.sample.places import OUTSIDE_NAMES, addresses
from reconcile.sample.world import World

_MOVED = 10_000_000
"""Offset of the ordinals of second registrations, above every pid."""

_PERSON = ("_pid", "registration_id", "citizen_id", "name", "sex", "birth_date", "household_no", "station_code", "urban_rural_code")
_PAPERS = ("permit_no", "certificate_no", "move_reason", "reversed")


def _moved(world: World, pids: list[int]) -> pl.DataFrame:
    rng, size, codes = world.rng, len(pids), world.places.outside
    reasons = [reason for reason in MOVE_REASON.known if reason != "code_change"]
    outside = pl.Series(codes).gather(rng.integers(0, len(codes), size))
    serial = (pl.col("_pid") * 7_368_787 % 9_999_991 + 10_000_000 * world.places.part).cast(pl.String).str.zfill(8)
    return world.frames["police_resident"][0][pids].select(
        "_pid",
        "registration_id",
        "citizen_id",
        "name",
        "sex",
        "birth_date",
        "household_no",
        "station_code",
        "urban_rural_code",
        "address_text",
        permit_no=pl.lit("准迁") + serial,
        certificate_no=pl.lit("迁字第") + serial + "号",
        move_reason=pl.Series(reasons).gather(rng.integers(0, len(reasons), size)),
        reversed=pl.lit("0"),
        outside=outside,
        outside_text=pl.lit("外省") + outside.replace_strict(dict(zip(codes, OUTSIDE_NAMES, strict=True))) + "工业园区",
    )


def move_out(world: World, pids: list[int], days: Ints) -> None:
    """Let persons leave the prefecture."""
    rows = _moved(world, pids).with_columns(moved_out_on=as_dates(world.today - days))
    world.frames.setdefault("police_move_out", []).append(
        rows.select(
            *_PERSON,
            *_PAPERS,
            "moved_out_on",
            event_id=world.keys("QC", rows["_pid"].to_numpy()),
            destination_code="outside",
            destination_text="outside_text",
        )
    )
    for row in rows.select("registration_id", "moved_out_on").iter_rows():
        world.edit("police_resident", row[0], cancel_kind="moved_out", cancelled_on=row[1])


def move_in(world: World, pids: list[int], days: Ints) -> None:
    """Let persons have come from outside the prefecture ``days`` ago."""
    rows = _moved(world, pids).with_columns(moved_in_on=as_dates(world.today - days))
    world.frames.setdefault("police_move_in", []).append(
        rows.select(
            *_PERSON,
            *_PAPERS,
            "moved_in_on",
            event_id=world.keys("QR", rows["_pid"].to_numpy()),
            origin_code="outside",
            origin_text="outside_text",
        )
    )
    for row in rows.select("registration_id", "moved_in_on").iter_rows():
        world.edit("police_resident", row[0], registration_kind="move_in", registered_on=row[1])


def move_within(
    world: World, pids: list[int], left: Ints, landed: Ints, *, leaves: bool = True, lands: bool = True, cancels: bool = True
) -> None:
    """Let persons move between stations: left and landed are days before as_of.

    ``leaves``, ``lands`` and ``cancels`` say whether there is a move-out, a move-in with a second registration, and
    whether the registration at the origin was cancelled.
    """
    rows = _moved(world, pids)
    origin = world.people.station[pids]
    stations = world.places.stations
    target = (origin + world.rng.integers(1, stations.height, len(pids))) % stations.height
    rows = rows.with_columns(
        moved_out_on=as_dates(world.today - left),
        moved_in_on=as_dates(world.today - landed),
        target=stations["station_code"].gather(target),
    )
    urban = world.rng.choice([111, 112, 121, 220], len(pids))
    new_address = addresses(world.rng, world.places, target, urban)
    ordinal = rows["_pid"].to_numpy() + _MOVED
    home = pl.lit("8") + (pl.col("_pid") + _MOVED + world.places.first).cast(pl.String)
    here = rows.with_columns(
        household_no=home,
        station_code="target",
        urban_rural_code=pl.Series(urban).cast(pl.String),
        registration_id=world.keys("R", ordinal),
    )
    if leaves:
        out = rows.select(
            *_PERSON,
            *_PAPERS,
            "moved_out_on",
            event_id=world.keys("QC", ordinal),
            destination_code=pl.col("target").str.slice(0, 6),
            destination_text=new_address,
        )
        world.frames.setdefault("police_move_out", []).append(out)
    if cancels:
        for row in rows.select("registration_id", "moved_out_on").iter_rows():
            world.edit("police_resident", row[0], cancel_kind="moved_out", cancelled_on=row[1])
    if not lands:
        return
    came = here.select(
        *_PERSON,
        *_PAPERS,
        "moved_in_on",
        event_id=world.keys("QR", ordinal),
        origin_code=rows["station_code"].str.slice(0, 6),
        origin_text="address_text",
    )
    world.frames.setdefault("police_move_in", []).append(came)
    base = world.frames["police_resident"][0]
    world.frames["police_resident"].append(
        base[pids]
        .with_columns(
            here["registration_id"],
            here["household_no"],
            here["station_code"],
            here["urban_rural_code"],
            address_text=new_address,
            community_code=here["station_code"] + "001",
            household_kind=pl.lit("1"),
            relation_to_head=pl.lit("02"),
            registered_on=here["moved_in_on"],
            registration_kind=pl.lit("move_in"),
        )
        .select(base.columns)
    )
