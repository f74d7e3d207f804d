"""What happens to people: births, deaths and everyday life, as each agency records them. Vectorised; every record is clean."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from reconcile.sample import names
from reconcile.sample.moves import move_in, move_out, move_within
from reconcile.sample.names import Bools, Ints
from reconcile.sample.people import TWIN, as_dates
from reconcile.sample.world import World

NUMBER_IS_CODE_FROM = dt.date(2026, 7, 1)
"""From this day a death certificate's number is the citizen number (国卫规划发〔2026〕5号)."""


def _county() -> pl.Expr:
    return pl.col("station_code").str.slice(0, 6)


def births(world: World) -> None:
    """Certificate and birth event for everyone born since the events began."""
    people, rng = world.people, world.rng
    pids = np.flatnonzero(people.birth >= world.start)
    base = world.frames["police_resident"][0][pids]
    twin = people.member[people.household[pids], TWIN] >= 0
    same_day = twin & (people.birth[np.maximum(people.member[people.household[pids], TWIN], 0)] == people.birth[pids])
    order = np.where(same_day & (people.role[pids] == TWIN), 2, 1)
    issued = np.minimum(people.birth[pids] + rng.integers(1, 7, len(pids)), world.today - 1)
    mothers = pl.Series(names.SURNAMES).gather(names.surnames(rng, len(pids))) + names.given(
        rng, np.full(len(pids), 2), np.full(len(pids), 1994)
    )
    shared = base.select(
        "_pid",
        "name",
        "sex",
        "birth_date",
        "father_name",
        "father_id",
        pl.col("mother_name").fill_null(mothers),
        "mother_id",
        "registration_id",
        "citizen_id",
        "household_no",
        "station_code",
        "registered_on",
        "address_text",
        birth_cert_no=pl.lit(world.paper("Z99")) + (pl.col("_pid") * 7_368_787 % 9_999_991).cast(pl.String).str.zfill(7),
    )
    nothing = pl.lit(None, dtype=pl.String)
    world.frames["health_birth"] = [
        shared.select(
            "_pid",
            "birth_cert_no",
            child_name="name",
            sex="sex",
            birth_date="birth_date",
            birth_order=pl.Series(order),
            mother_name="mother_name",
            mother_id="mother_id",
            mother_address_code=_county(),
            mother_address_text="address_text",
            father_name="father_name",
            father_id="father_id",
            issued_on=as_dates(issued),
            issue_kind=pl.lit("first"),
            replaces_cert_no=nothing,
            voided=pl.lit("0"),
        )
    ]
    world.frames["police_birth"] = [
        shared.select(
            "_pid",
            "registration_id",
            "citizen_id",
            "name",
            "sex",
            "birth_date",
            "household_no",
            "station_code",
            "father_name",
            "father_id",
            "mother_name",
            "mother_id",
            "registered_on",
            "birth_cert_no",
            event_id=world.keys("CS", pids),
            registration_kind=pl.lit("birth"),
            reversed=pl.lit("0"),
        )
    ]


def die(world: World, pids: list[int], days: Ints, *, health: Bools, cremation: Bools, police: Bools, noisy: bool = True) -> None:
    """Let persons die ``days`` before as_of, with the records that exist of it; a police record cancels the registration."""
    rng, size = world.rng, len(pids)
    dead = world.frames["police_resident"][0][pids]
    died = as_dates(world.today - days)
    last = world.today - 1
    lag = np.select(
        [rng.random(size) < 0.4, rng.random(size) < 0.85],
        [rng.integers(2, 29, size), rng.integers(30, 180, size)],
        rng.integers(200, 480, size),
    )
    reported = as_dates(np.minimum(world.today - days + lag, last))
    cancelled = as_dates(np.minimum(world.today - days + rng.integers(1, 60, size), last))
    cremated = as_dates(np.minimum(world.today - days + rng.integers(1, 6, size), last))
    old_code = (
        _county() + pl.col("death_date").dt.year().cast(pl.String) + (pl.col("_pid") * 7_368_787 % 9_999_991).cast(pl.String).str.zfill(7)
    )
    code = pl.when(pl.col("death_date") >= NUMBER_IS_CODE_FROM).then("citizen_id").otherwise(old_code)
    dead = dead.with_columns(death_date=died, reported_on=reported, cancelled=cancelled, cremated_on=cremated).with_columns(
        code=code,
        age=((pl.col("death_date") - pl.col("birth_date")).dt.total_days() / 365.2425).floor().cast(pl.Int64),
        _noisy=pl.lit(noisy),
    )
    told, quoted = (pl.Series(rng.random(size) < share) & pl.Series(health) for share in (0.6, 0.7))
    dead = dead.with_columns(
        cremation_code=pl.when(told).then("code"),
        police_code=pl.when(quoted).then("code"),
        health=pl.Series(health),
        cremation=pl.Series(cremation),
        police=pl.Series(police),
    )
    _record_deaths(world, dead)
    for row in (
        dead.filter(pl.col("id_card_issued_on") > pl.col("death_date") - dt.timedelta(30))
        .select("registration_id", "death_date")
        .iter_rows()
    ):
        world.edit("police_resident", row[0], id_card_issued_on=row[1] - dt.timedelta(900))
    for row in dead.filter("police").select("registration_id", "cancelled").iter_rows():
        world.edit("police_resident", row[0], cancel_kind="death", cancelled_on=row[1])


def _record_deaths(world: World, dead: pl.DataFrame) -> None:
    person = ("_pid", "_noisy", "citizen_id", "name", "sex", "birth_date", "death_date")
    place = {"registered_address_code": _county(), "registered_address_text": pl.col("address_text")}
    world.frames.setdefault("health_death", []).append(
        dead.filter("health").select(*person, "age", "reported_on", death_cert_no="code", id_type=pl.lit("1"), voided=pl.lit("0"), **place)
    )
    burnt = dead.filter("cremation")
    world.frames.setdefault("civil_cremation", []).append(
        burnt.select(
            *person,
            "age",
            "cremated_on",
            cremation_cert_no=world.keys("HH", burnt["_pid"].to_numpy()),
            death_cert_no="cremation_code",
            parlour_code=_county() + "F1",
            **place,
        )
    )
    struck = dead.filter("police")
    world.frames.setdefault("police_death", []).append(
        struck.select(
            *person[:1],
            "registration_id",
            *person[2:],
            "station_code",
            event_id=world.keys("SW", struck["_pid"].to_numpy()),
            registered_on="cancelled",
            death_cert_no="police_code",
            reversed=pl.lit("0"),
        )
    )


def ordinary(world: World) -> None:
    """Everyday deaths and moves of persons on whom nothing was planted."""
    rng, total = world.rng, world.population
    _ordinary_deaths(world, max(0, round(0.0195 * total) - sum(part.height for part in world.frames.get("police_death", []))))
    for day in (world.today - world.start - 3, 3):
        die(
            world,
            world.take(1, world.aged(70, 90)),
            np.array([day]),
            health=np.ones(1, bool),
            cremation=np.ones(1, bool),
            police=np.ones(1, bool),
            noisy=False,
        )
    movers = world.aged(18, 60) & world.settled
    window = (40, world.today - world.start - 10)
    out = world.take(round(0.011 * total), movers)
    move_out(world, out, rng.integers(5, window[1], len(out)))
    came = world.take(round(0.011 * total), movers)
    move_in(world, came, rng.integers(5, window[1], len(came)))
    within = world.take(within_scope(total), movers)
    left = rng.integers(*window, len(within))
    move_within(world, within, left, left - rng.integers(0, 26, len(within)))


def within_scope(population: int) -> int:
    """How many everyday moves stay in scope; each adds a registration."""
    return round(0.012 * population)


def _ordinary_deaths(world: World, count: int) -> None:
    rng = world.rng
    old = world.aged(45, 110) & world.settled
    weights = np.exp(world.age / (11 * 365.25))
    candidates = np.flatnonzero(world.free & old)
    share = weights[candidates] / weights[candidates].sum()
    pids = [int(pid) for pid in rng.choice(candidates, count + round(0.006 * world.population), replace=False, p=share)]
    world.free[pids] = False
    recent, earlier = pids[:count], pids[count:]
    days = rng.integers(5, world.today - world.start - 5, count)
    health, cremation = rng.random(count) < 0.8, rng.random(count) < 0.45
    # A death that is old and has no evidence is a finding, so those are planted, not drawn.
    health |= ~cremation & (days > 360)
    die(world, recent, days, health=health, cremation=cremation, police=np.ones(count, dtype=np.bool_))
    cancelled = as_dates(world.start - rng.integers(30, 6000, len(earlier)))
    for row, day in zip(world.residents(earlier), cancelled.to_list(), strict=True):
        world.edit("police_resident", row["registration_id"], cancel_kind="death", cancelled_on=max(day, dt.date(1990, 1, 1)))
