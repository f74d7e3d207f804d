"""The match model: its table and its file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile.contract.warehouse.link import MODEL
from reconcile.errors import UsageError
from reconcile.link.jobs import JOBS, Job
from reconcile.link.model.score import features
from reconcile.settings import Settings

SCHEMA = MODEL.polars(without=("version", "learned_from"))
"""Columns of ``link.model`` beside the version: one row per job, field and level; ``prior`` is a field with the level ''."""
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Model:
    """One trained model.

    Attributes:
        version: ``<number>-<digest of its content>``; numbers count up in a home directory.
        weights: rows of ``SCHEMA`` of every job.
        learned_from: job → ``numbers`` (silver truth) or ``agreement`` (an unsupervised fit, whose pairs are for analysts only).

    """

    version: str
    weights: pl.DataFrame
    learned_from: dict[str, str]

    def of(self, job: Job) -> pl.DataFrame:
        """Rows of one job."""
        return self.weights.filter(pl.col("job") == job.name)

    def rows(self) -> pl.DataFrame:
        """Rows of ``link.model``."""
        learned_from = pl.col("job").replace_strict(self.learned_from, return_dtype=pl.String)
        return self.weights.select(pl.lit(self.version).alias("version"), learned_from.alias("learned_from"), pl.all())


def covers(model: Model) -> bool:
    """Whether a model knows exactly the jobs, fields, levels and explanations that the program has; that of another version may not."""
    if model.weights.null_count().sum_horizontal().item():
        return False
    wanted = {(job.name, field.name, name) for job in JOBS for field in job.compares for name, _ in features(field)}
    wanted |= {(job.name, "prior", "") for job in JOBS}
    return set(model.weights.select("job", "field", "level").rows()) == wanted


def choose(settings: Settings) -> Model | None:
    """Model of the night: the pinned one, else the newest of ``<home>/models`` that fits the program; None when there is none.

    Raises:
        UsageError: when the pinned model is not there, cannot be read, or knows other levels than the program.

    """
    if settings.model is None:
        fitting = (model for path in reversed(_files(settings.home.models)) if covers(model := read(path)))
        return next(fitting, None)
    pinned = read(settings.home.model(settings.model))
    if not covers(pinned):
        msg = f"model {settings.model}: knows other fields or levels than this program. Train one with reconcile train and pin that."
        raise UsageError(msg)
    return pinned


def read(path: Path) -> Model:
    """Read a model from its file.

    Raises:
        UsageError: when it is not there or is no model.

    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            (job, field, level, *(numbers.get(name) for name in list(SCHEMA)[3:]))
            for job, content in document["jobs"].items()
            for field, by_level in content["weights"].items()
            for level, numbers in by_level.items()
        ]
        weights = pl.DataFrame(rows, schema=SCHEMA, orient="row")
        return Model(document["version"], weights, {job: content["learned_from"] for job, content in document["jobs"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError) as error:
        msg = f"{path}: is no model that can be read. Name one that reconcile train wrote, or take it away."
        raise UsageError(msg) from error


def named(weights: pl.DataFrame, learned_from: dict[str, str], models: Path) -> Model:
    """Give a trained model its version; one that the directory holds already keeps the version it has there."""
    digest = hashlib.sha256(_content(weights, learned_from).encode()).hexdigest()[:8]
    known = [path.stem for path in _files(models)]
    again = [version for version in known if version.endswith(f"-{digest}")]
    newest = int(known[-1].split("-")[0]) if known else 0
    return Model(again[-1] if again else f"{newest + 1:04d}-{digest}", weights, learned_from)


def write(model: Model, path: Path) -> None:
    """Write a model as JSON; equal models give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(f'{{"version": "{model.version}", "jobs": {_content(model.weights, model.learned_from)}}}\n', encoding="utf-8")


def _files(models: Path) -> list[Path]:
    """Model files of a directory, the newest last."""
    return sorted(models.glob("[0-9][0-9][0-9][0-9]-*.json"))


def _content(weights: pl.DataFrame, learned_from: dict[str, str]) -> str:
    jobs: dict[str, dict[str, object]] = {}
    for (job,), rows in weights.group_by("job", maintain_order=True):
        fields: dict[str, dict[str, dict[str, float]]] = {}
        for row in rows.iter_rows(named=True):
            fields.setdefault(row["field"], {})[row["level"]] = {name: row[name] for name in list(SCHEMA)[3:]}
        jobs[str(job)] = {"learned_from": learned_from[str(job)], "weights": fields}
    return json.dumps(jobs, ensure_ascii=False, indent=1)
