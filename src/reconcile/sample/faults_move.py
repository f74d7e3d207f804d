"""Faults about moves and resettlement."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.sample import names
from reconcile.sample.moves import move_in, move_within
from reconcile.sample.names import Bools, Ints
from reconcile.sample.people import as_dates
from reconcile.sample.world import World

RESIDENT, OUT, IN, ROLL = "police_resident", "police_move_out", "police_move_in", "relocation_roll"


def plant(world: World) -> None:
    """Plant the four finding types about moves and the one about resettlement."""
    not_landed(world)
    origin_active(world)
    unmatched(world)
    impossible_dates(world)
    resettlement(world)


def movers(world: World) -> Bools:
    """Grown persons who may move."""
    return world.aged(18, 60) & world.settled


def registrations(world: World, pids: list[int]) -> dict[int, str]:
    """Second registrations of persons who moved within scope, by pid."""
    part = world.frames[RESIDENT][-1].filter(pl.col("_pid").is_in(pl.Series(pids, dtype=pl.Int64).implode()))
    return dict(part.select("_pid", "registration_id").iter_rows())


def _days(world: World, count: int, first: int, last: int) -> Ints:
    return world.rng.integers(first, last, count)


def not_landed(world: World) -> None:
    """Struck off here for a station in scope, and never arrived."""
    pids = world.take(world.count(0.0002, 9), movers(world))
    days = _days(world, len(pids), 70, 1000)
    move_within(world, pids, days, days, lands=False)
    for event in world.records(OUT, pids).values():
        world.expect("move_out_not_landed", (OUT, event["event_id"]))


def origin_active(world: World) -> None:
    """Arrived from a station in scope that still holds the registration; half of it without any move-out."""
    for leaves in (True, False):
        pids = world.take(world.count(0.00005, 6), movers(world))
        landed = _days(world, len(pids), 40, 900)
        move_within(world, pids, landed + 10, landed, leaves=leaves, cancels=False)
        new = registrations(world, pids)
        for pid, row in zip(pids, world.residents(pids), strict=True):
            both = ((RESIDENT, row["registration_id"]), (RESIDENT, new[pid]))
            world.expect("move_in_origin_active", *both)
            world.decoy("move_in_origin_active", *both)


def unmatched(world: World) -> None:
    """Arrived from a county in scope where nobody was struck off."""
    pids = world.take(world.count(0.00005, 8), movers(world))
    move_in(world, pids, _days(world, len(pids), 40, 1000))
    for event in world.records(IN, pids).values():
        others = [county for county in world.places.counties if not event["station_code"].startswith(county)]
        world.edit(IN, event["event_id"], origin_code=str(world.rng.choice(others)), origin_text=None)
        world.expect("move_in_unmatched", (IN, event["event_id"]))


def impossible_dates(world: World) -> None:
    """Landed before leaving, or long after the migration certificate had lapsed."""
    pids = world.take(world.count(0.00004, 9), movers(world))
    left = _days(world, len(pids), 300, 900)
    early = np.arange(len(pids)) % 2 == 0
    landed = np.where(early, left + _days(world, len(pids), 5, 90), left - _days(world, len(pids), 75, 200))
    move_within(world, pids, left, landed)
    outs, ins = world.records(OUT, pids), world.records(IN, pids)
    for pid in pids:
        world.expect("move_date_conflict", (IN, ins[pid]["event_id"]), (OUT, outs[pid]["event_id"]))


def resettlement(world: World) -> None:
    """The roll of persons rehoused: most settled, some whose registration stayed behind, some with a misspelt name."""
    rng, stations = world.rng, world.places.stations
    settled = world.settled & world.childless
    behind, recent, misspelt = world.count(0.0004, 9), 4, world.count(0.00004, 5)
    pids = world.take(behind + recent + misspelt + round(0.006 * world.population), settled)
    count = len(pids)
    days = np.where(np.arange(count) < behind, _days(world, count, 70, 900), _days(world, count, 5, 900))
    away = np.arange(count) < behind + recent
    days[behind : behind + recent] = 20
    home = world.people.station[pids]
    target = np.where(away, (home + rng.integers(1, stations.height, count)) % stations.height, home)
    base = world.frames[RESIDENT][0][pids]
    roll = base.select(
        "_pid", "name", "citizen_id", "sex", "birth_date", roll_no=world.keys("BQ", np.array(pids)),
        relocated_on=as_dates(world.today - days), resettlement_station_code=stations["station_code"].gather(target),
    )  # fmt: skip
    world.frames[ROLL] = [roll]
    for place, (name, roll_no, registration) in enumerate(zip(roll["name"], roll["roll_no"], base["registration_id"], strict=True)):
        if place < behind:
            world.expect("relocated_not_settled", (ROLL, roll_no))
        elif place < behind + recent:
            world.decoy("relocated_in_grace", (ROLL, roll_no))
        elif place < behind + recent + misspelt:
            world.edit(ROLL, roll_no, name=names.misheard(rng, name))
            world.expect("detail_conflict", (RESIDENT, registration), (ROLL, roll_no))
        else:
            return
