"""The register as the police would deliver it if nothing ever happened: one active registration a person."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from reconcile.sample import names, numbers
from reconcile.sample.names import Bools, Ints
from reconcile.sample.people import CHILD, GRANDFATHER, HEAD, SPOUSE, TWIN, Population, as_dates, as_days, years_of
from reconcile.sample.places import Places, addresses

_SCRAMBLE, _PRIME = 764_261_123, 9_999_999_967
_HOMES = 2_000_000
"""Households that a part may have."""
HISTORY_DAYS = 3 * 365
"""Days of events before as_of."""


def key(prefix: str, ordinal: int) -> str:
    """A record key that looks drawn at random and is unique per prefix and ordinal."""
    return f"{prefix}{ordinal * _SCRAMBLE % _PRIME:010d}"


def keys(prefix: str, ordinal: Ints) -> pl.Series:
    """Keys of many ordinals; agrees with ``key``."""
    number = pl.Series(ordinal * _SCRAMBLE % _PRIME)
    return pl.select(pl.concat_str(pl.lit(prefix), number.cast(pl.String).str.zfill(10))).to_series()


def _gather(values: pl.Series, pids: Ints) -> pl.Series:
    """Values at the pids; null where the pid is −1."""
    return values.gather(pl.select(pl.when(pl.Series(pids) >= 0).then(pl.Series(pids))).to_series())


def _absent_parents(rng: np.random.Generator, places: Places, people: Population) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names and numbers of parents who are not in the register; some of the old are not recorded at all."""
    size = people.size
    frames: list[pl.DataFrame] = []
    for sex, known in ((1, people.father), (2, people.mother)):
        gap = (rng.uniform(20, 34, size) * 365).astype(np.int64)
        born = people.birth - gap
        given = names.given(rng, np.full(size, sex), years_of(born))
        surname = people.name.str.slice(0, 1) if sex == 1 else pl.Series(names.SURNAMES).gather(names.surnames(rng, size))
        segment = people.name.str.split(names.SEPARATOR)
        style = segment.list.get(1, null_on_oob=True) if sex == 1 else names.styled(rng, np.full(size, 2))
        address = np.array([int(code) for code in places.outside])[rng.integers(0, len(places.outside), size)]
        number = numbers.numbers(address, as_dates(born), rng.integers(1, 480, size) * 2 + sex % 2)
        told = rng.random(size) < np.where(people.role >= GRANDFATHER, 0.4, 0.8)
        numbered = told & (rng.random(size) < 0.4) & (people.role <= SPOUSE)
        absent = pl.Series(known < 0)
        frame = pl.DataFrame({"plain": pl.select(pl.concat_str(surname, given)).to_series(), "style": style, "number": number})
        frames.append(
            frame.select(
                pl.when(absent & pl.Series(told)).then(pl.when(pl.Series(people.styled)).then("style").otherwise("plain")).alias("name"),
                pl.when(absent & pl.Series(numbered)).then("number").alias("number"),
            )
        )
    return frames[0], frames[1]


def _relations(rng: np.random.Generator, people: Population) -> pl.Series:
    """GB/T 4761 codes; a household's head is 02."""
    male = people.sex == 1
    head_male = people.sex[people.member[people.household, HEAD]] == 1
    elder_twin = (people.member[people.household, TWIN] >= 0) & (people.role == CHILD)
    child = np.where(male, 20, 30) + np.where((rng.random(people.size) < 0.5) & ~elder_twin, people.role - CHILD + 2, 0)
    codes = np.select(
        [people.role == HEAD, people.role == SPOUSE, people.role <= CHILD + 2, people.role == TWIN, people.role == GRANDFATHER],
        [np.int64(2), np.where(head_male, 12, 11), child, np.where(male, 20, 30), np.int64(51)],
        np.int64(52),
    )
    return pl.Series(codes).cast(pl.String).str.zfill(2)


def _registered(rng: np.random.Generator, people: Population, today: int) -> tuple[Ints, Bools]:
    """Registration days: most within two months of birth, part of the spouses by an old move."""
    lag = np.where(rng.random(people.size) < 0.65, rng.integers(3, 30, people.size), rng.integers(30, 60, people.size))
    day = np.minimum(people.birth + lag, today - 1)
    moved = (people.role <= SPOUSE) & (rng.random(people.size) < 0.25)
    married = people.birth + (rng.uniform(20, 26, people.size) * 365).astype(np.int64)
    moved &= married < today - HISTORY_DAYS - 30
    return np.where(moved, married, day), moved


def _cards(rng: np.random.Generator, people: Population, today: int) -> pl.Series:
    """Issue days of identity cards: from the sixteenth birthday, at most twenty years ago."""
    adult = people.birth + 16 * 366
    first = np.maximum(adult, today - 20 * 365)
    day = first + (rng.random(people.size) * np.maximum(today - 40 - first, 1)).astype(np.int64)
    issued = (adult < today - 60) & (rng.random(people.size) < 0.96)
    return pl.select(pl.when(pl.Series(issued)).then(as_dates(day))).to_series()


def _collective(rng: np.random.Generator, people: Population, today: int) -> Bools:
    """Young persons who live alone and belong to a collective household of their station."""
    alone = (people.member[people.household] >= 0).sum(axis=1) == 1
    return alone & (today - people.birth < 36 * 365) & (rng.random(people.size) < 0.3)


def register(rng: np.random.Generator, places: Places, people: Population, as_of: dt.date) -> pl.DataFrame:
    """One row a person, in the order of the pids, with the columns of police_resident."""
    today = as_days(as_of)
    homes = len(people.member)
    urban = rng.choice([111, 112, 121, 122, 123, 210, 220], homes, p=[0.14, 0.1, 0.12, 0.07, 0.01, 0.16, 0.4])
    home_station = people.station[people.member[:, HEAD]]
    address = addresses(rng, places, home_station, urban)
    collective = _collective(rng, people, today)
    registered, moved = _registered(rng, people, today)
    fathers, mothers = _absent_parents(rng, places, people)
    station, home = people.station + 1000 * places.part, people.household + _HOMES * places.part
    house = np.where(collective, 10**6 * 900 + station, 10**6 * 100 + home * 7)
    code = places.codes.gather(people.station)
    once = names.given(rng, people.sex, years_of(people.birth) - 12)
    former = pl.Series((rng.random(people.size) < 0.02) & ~people.styled & (people.role <= SPOUSE))
    frame = pl.DataFrame(
        {
            "_pid": np.arange(people.size),
            "registration_id": keys("R", places.first + np.arange(people.size) + 1),
            "citizen_id": people.citizen_id,
            "name": people.name,
            "former_names": pl.select(pl.when(former).then(pl.concat_str(people.name.str.slice(0, 1), once))).to_series(),
            "sex": pl.Series(people.sex).cast(pl.String),
            "birth_date": people.dates(),
            "household_no": pl.Series(house).cast(pl.String),
            "household_kind": pl.select(pl.when(pl.Series(collective)).then(pl.lit("2")).otherwise(pl.lit("1"))).to_series(),
            "relation_to_head": _relations(rng, people),
            "station_code": code,
            "community_code": pl.select(pl.concat_str(code, pl.Series(people.household % 17 + 1).cast(pl.String).str.zfill(3))).to_series(),
            "address_text": address.gather(people.household),
            "urban_rural_code": pl.Series(urban).cast(pl.String).gather(people.household),
            "father_name": _gather(people.name, people.father).fill_null(fathers["name"]),
            "father_id": _gather(people.citizen_id, people.father).fill_null(fathers["number"]),
            "mother_name": _gather(people.name, people.mother).fill_null(mothers["name"]),
            "mother_id": _gather(people.citizen_id, people.mother).fill_null(mothers["number"]),
            "spouse_name": _gather(people.name, people.spouse),
            "spouse_id": _gather(people.citizen_id, people.spouse),
            "registered_on": as_dates(registered),
            "registration_kind": pl.select(pl.when(pl.Series(moved)).then(pl.lit("move_in")).otherwise(pl.lit("birth"))).to_series(),
            "id_card_issued_on": _cards(rng, people, today),
            "cancel_kind": pl.Series([None], dtype=pl.String).new_from_index(0, people.size),
            "cancelled_on": pl.Series([None], dtype=pl.Date).new_from_index(0, people.size),
        }
    )
    relation = pl.when(pl.col("household_kind") == "2").then(pl.lit("99")).otherwise("relation_to_head")
    return frame.with_columns(relation.alias("relation_to_head"))
