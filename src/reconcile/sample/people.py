"""The people of the prefecture: households with heads, spouses, children and grandparents, each with one registration.

Nothing in this population is wrong: every household has one head, every number is valid and unique, every parent is
at least eighteen years older. Faults come later and by name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from reconcile.sample import names, numbers
from reconcile.sample.names import Bools, Ints
from reconcile.sample.places import Places

Grid = np.ndarray[tuple[int, int], np.dtype[np.int64]]
"""Households × possible members."""

HEAD, SPOUSE, CHILD, TWIN, GRANDFATHER, GRANDMOTHER = 0, 1, 2, 5, 6, 7
_ROLES = 8
_YEAR = 365.2425
_MEAN_SIZE = 2.7
"""Households are drawn for this mean size, which is below the true one, and cut at the wanted number of persons."""


@dataclass(slots=True)
class Population:
    """Persons as arrays by position (pid); relatives are pids, −1 where there is none in the register."""

    sex: Ints
    birth: Ints
    role: Ints
    household: Ints
    station: Ints
    styled: Bools
    father: Ints
    mother: Ints
    spouse: Ints
    member: Grid
    name: pl.Series
    citizen_id: pl.Series

    @property
    def size(self) -> int:
        """Number of persons."""
        return len(self.sex)

    def dates(self, days: Ints | None = None) -> pl.Series:
        """Birth dates, or any days since 1970, as a date column."""
        return as_dates(self.birth if days is None else days)


def as_dates(days: Ints) -> pl.Series:
    """Days since 1970-01-01 as a date column."""
    return pl.Series(days.astype(np.int32)).cast(pl.Date)


def as_days(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return date.toordinal() - dt.date(1970, 1, 1).toordinal()


def years_of(days: Ints) -> Ints:
    """Calendar year of days since 1970-01-01."""
    return as_dates(days).dt.year().to_numpy().astype(np.int64)


def _births(rng: np.random.Generator, homes: int, today: int) -> tuple[Grid, Grid]:
    """Draw birth days and sexes of each household's possible members; a birth day after today means nobody."""
    nobody = today + 10**6
    birth = np.full((homes, _ROLES), nobody, dtype=np.int64)
    sex = np.zeros((homes, _ROLES), dtype=np.int64)
    age = np.clip(rng.normal(49, 16, homes), 20, 92)
    birth[:, HEAD] = today - (age * _YEAR).astype(np.int64) - rng.integers(0, 365, homes)
    couple = rng.random(homes) < np.select([age < 26, age < 70], [0.35, 0.86], 0.5)
    male = rng.random(homes) < np.where(couple, 0.8, 0.55)
    sex[:, HEAD], sex[:, SPOUSE] = np.where(male, 1, 2), np.where(male, 2, 1)
    older = (rng.normal(2, 3, homes) * _YEAR).astype(np.int64)
    spouse = birth[:, HEAD] + np.where(male, older, -older)
    spouse = np.where(today - spouse < 20 * _YEAR, birth[:, HEAD] - np.abs(older) % 200, spouse)
    birth[couple, SPOUSE] = spouse[couple]
    mother = np.where(male, spouse, birth[:, HEAD])
    wanted = rng.choice(4, homes, p=[0.08, 0.36, 0.41, 0.15])
    born = mother + (rng.uniform(21, 31, homes) * _YEAR).astype(np.int64)
    for child in range(3):
        old = today - born > 24 * _YEAR
        stays = (wanted > child) & (born < today - 2) & (today - born < 32 * _YEAR) & (~old | (rng.random(homes) < 0.5))
        stays &= (
            (couple | (rng.random(homes) < 0.3)) & (born - np.maximum(birth[:, HEAD], spouse) > 18 * _YEAR) & (born - mother < 46 * _YEAR)
        )
        birth[stays, CHILD + child] = born[stays]
        sex[:, CHILD + child] = 1 + (rng.random(homes) < 0.475)
        born = born + (rng.gamma(2.0, 1.6, homes) * _YEAR).astype(np.int64) + 380
    twin = (birth[:, CHILD] < nobody) & (rng.random(homes) < 0.012)
    birth[twin, TWIN] = birth[twin, CHILD]
    sex[:, TWIN] = np.where(rng.random(homes) < 0.7, sex[:, CHILD], 3 - sex[:, CHILD])
    oldest = birth[:, HEAD] - (rng.uniform(20, 33, homes) * _YEAR).astype(np.int64)
    husband = oldest - (np.abs(rng.normal(2, 2, homes)) * _YEAR).astype(np.int64)
    at_home = (age < 60) & (rng.random(homes) < 0.3)
    for role, day, code in ((GRANDFATHER, husband, 1), (GRANDMOTHER, oldest, 2)):
        lives = at_home & (today - day < 97 * _YEAR) & (rng.random(homes) < 0.8)
        birth[lives, role] = day[lives]
        sex[:, role] = code
    return birth, sex


def _relatives(pid_of: Grid, sex: Grid, homes: int) -> dict[str, Grid]:
    """Father, mother and spouse of each possible member as pids."""
    none = np.full((homes, _ROLES), -1, dtype=np.int64)
    father, mother, spouse = none.copy(), none.copy(), none.copy()
    male = sex[:, HEAD] == 1
    husband = np.where(male, pid_of[:, HEAD], pid_of[:, SPOUSE])
    wife = np.where(male, pid_of[:, SPOUSE], pid_of[:, HEAD])
    for role in (CHILD, CHILD + 1, CHILD + 2, TWIN):
        father[:, role], mother[:, role] = husband, wife
    father[:, HEAD], mother[:, HEAD] = pid_of[:, GRANDFATHER], pid_of[:, GRANDMOTHER]
    spouse[:, HEAD], spouse[:, SPOUSE] = pid_of[:, SPOUSE], np.where(pid_of[:, SPOUSE] >= 0, pid_of[:, HEAD], -1)
    spouse[:, GRANDFATHER] = np.where(pid_of[:, GRANDFATHER] >= 0, pid_of[:, GRANDMOTHER], -1)
    spouse[:, GRANDMOTHER] = np.where(pid_of[:, GRANDMOTHER] >= 0, pid_of[:, GRANDFATHER], -1)
    return {"father": father, "mother": mother, "spouse": spouse}


def _names(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    """Full names: a family's children carry the father's surname, or his own segment after the separator."""
    sex, years = people["sex"].to_numpy(), years_of(people["birth"].to_numpy())
    own_surname = names.surnames(rng, people.height)
    role = people["role"].to_numpy()
    house = people["household"].to_numpy()
    family = names.surnames(rng, int(house.max()) + 1)
    head_male = people["head_male"].to_numpy()
    children = (role >= CHILD) & (role <= TWIN)
    bears = (role == GRANDFATHER) | (role == HEAD) & head_male | children | (role == SPOUSE) & ~head_male
    surname = np.where(bears, family[house], own_surname)
    # A woman who heads a household keeps her father's surname, not her husband's.
    surname = np.where((role == GRANDFATHER) & ~head_male, own_surname, surname)
    given = names.given(rng, sex, years)
    frame = pl.DataFrame({"surname": pl.Series(names.SURNAMES).gather(surname), "given": given, "styled": people["styled"]})
    segment = names.styled(rng, sex)
    patronym = segment.gather(np.maximum(people["father"].to_numpy(), 0))
    drawn = names.styled(rng, np.ones(people.height, dtype=np.int64))
    frame = frame.with_columns(segment.alias("segment"), patronym.alias("patronym"), drawn.alias("drawn"), people["father"], people["role"])
    frame = _twins_alike(frame.with_columns(people["household"]))
    style = pl.concat_str("segment", pl.lit(names.SEPARATOR), pl.when(pl.col("father") >= 0).then("patronym").otherwise("drawn"))
    rare = pl.Series(list(names.RARE)).gather(rng.integers(0, len(names.RARE), people.height))
    is_rare = pl.Series(rng.random(people.height) < 0.004) & (pl.col("again") == 0) & (pl.col("role") != TWIN)
    given_name = pl.when(is_rare).then(pl.col("given").str.slice(0, 1) + rare).otherwise("given")
    return frame.select(pl.when("styled").then(style).otherwise(pl.concat_str("surname", given_name)).alias("name")).to_series()


def _twins_alike(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a second twin the first character of the first one's given name, and keep names apart within a household."""
    first = pl.col("given").filter(pl.col("role") == CHILD).first().over("household")
    second = pl.when(pl.col("given").str.slice(-1) == first.str.slice(-1)).then(pl.lit("安")).otherwise(pl.col("given").str.slice(-1))
    frame = frame.with_columns(pl.when(pl.col("role") == TWIN).then(first.str.slice(0, 1) + second).otherwise("given").alias("given"))
    again = pl.int_range(pl.len()).over("household", "surname", "given")
    suffix = pl.lit(["", "平", "安", "宁", "和", "乐", "民", "生"]).list.get(again)
    frame = frame.with_columns((pl.col("given").str.slice(0, 1) + suffix).alias("apart"), again.alias("again"))
    segment_again = pl.int_range(pl.len()).over("household", "segment")
    tail = pl.lit(["", "江", "汗", "别克", "阿洪", "夏", "木", "孜"]).list.get(segment_again)
    return frame.with_columns(
        pl.when(pl.col("again") > 0).then("apart").otherwise("given").alias("given"),
        pl.when("styled").then(pl.col("segment") + tail).otherwise("segment").alias("segment"),
    )


def populate(rng: np.random.Generator, places: Places, size: int, as_of: dt.date) -> Population:
    """Draw ``size`` persons in households (the last household may be cut short)."""
    today = as_days(as_of)
    homes = int(size / _MEAN_SIZE) + 20
    birth, sex = _births(rng, homes, today)
    exists = birth <= today
    counts = exists.sum(axis=1).cumsum()
    homes = int(np.searchsorted(counts, size, side="right"))
    birth, sex, exists = birth[:homes], sex[:homes], exists[:homes]
    pid_of = np.where(exists, exists.ravel().cumsum().reshape(exists.shape) - 1, -1)
    relatives = _relatives(pid_of, sex, homes)
    household, role = (values.astype(np.int64) for values in np.nonzero(exists))
    station = rng.integers(0, places.stations.height, homes)[household]
    styled = (rng.random(homes) < 0.03)[household]
    flat = {name: values[exists] for name, values in relatives.items()}
    people = pl.DataFrame(
        {"sex": sex[exists], "birth": birth[exists], "role": role, "household": household, "styled": styled, "father": flat["father"]}
    ).with_columns(pl.Series("head_male", (sex[:, HEAD] == 1)[household]))
    citizen_id = _numbers(rng, places, people, station)
    return Population(
        sex=sex[exists], birth=birth[exists], role=role, household=household, station=station, styled=styled,
        member=pid_of, name=_names(rng, people), citizen_id=citizen_id, **flat,
    )  # fmt: skip


def _numbers(rng: np.random.Generator, places: Places, people: pl.DataFrame, station: Ints) -> pl.Series:
    """Numbers compiled in the county of birth; twins get neighbouring sequences."""
    codes = places.stations["county_code"].cast(pl.Int64).to_numpy()
    elsewhere = np.array([int(code) for code in (*places.counties, *places.outside)])
    born_here = rng.random(people.height) < 0.88
    address = np.where(born_here, codes[station], rng.choice(elsewhere, people.height))
    role, birth, sex = (people[name].to_numpy() for name in ("role", "birth", "sex"))
    twin = np.flatnonzero(role == TWIN)
    home = people.filter(pl.col("role") == CHILD).select("household", "birth")
    first_pid = np.full(int(people["household"].max()) + 1, -1)  # pyright: ignore[reportArgumentType]
    first_pid[home["household"].to_numpy()] = np.flatnonzero(role == CHILD)
    elder = first_pid[people["household"].to_numpy()[twin]]
    address[twin] = address[elder]
    slot = np.zeros(people.height, dtype=np.int64)
    single = np.flatnonzero(role != TWIN)
    slot[single] = numbers.slots(rng, address[single], birth[single])
    slot[twin] = slot[elder] + 1
    return numbers.numbers(address, as_dates(birth), 2 * slot + sex % 2)
