"""The match model: what it tells apart, its tables, its file, and the score of a pattern of levels."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile.errors import UsageError
from reconcile.link.spec import FREQUENCIES, JOBS, Comparison, Job, Level
from reconcile.settings import Settings

SCHEMA = {
    "job": pl.String,
    "field": pl.String,
    "level": pl.String,
    "m": pl.Float64,
    "u": pl.Float64,
    "share": pl.Float64,
    "correction": pl.Float64,
    "weight": pl.Float64,
}
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


def patterns(job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Distinct combinations of levels with ``pairs``, how many pairs show them, in a fixed order."""
    keys = pattern_keys(job)
    return told_apart(job, levels).group_by(keys).agg(pairs=pl.len()).sort(keys)


def pattern_keys(job: Job) -> list[str]:
    """Columns that make a pattern."""
    return [*(f"{field}_level" for field in job.fields), *(f"{field}_frequency" for field in job.weighed_by_frequency)]


def told_apart(job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Levels with the frequency of a name kept only where its level is weighed by it."""
    return levels.with_columns(
        pl.when(pl.col(f"{one.field}_level").is_in([level.name for level in one.levels if level.by_frequency]))
        .then(f"{one.field}_frequency")
        .alias(f"{one.field}_frequency")
        for one in job.comparisons
        if one.by_frequency
    )


def features(comparison: Comparison) -> list[tuple[str, Level]]:
    """What the model tells apart in a field: its levels, those weighed by frequency once per frequency (``equal:rare``)."""
    return [
        (f"{level.name}:{frequency}" if frequency else level.name, level)
        for level in comparison.levels
        for frequency in ([name for name, _ in FREQUENCIES] if level.by_frequency else [""])
    ]


def feature(job: Job, field: str) -> pl.Expr:
    """Feature of a pattern in a field."""
    level = pl.col(f"{field}_level").cast(pl.String)
    if field not in job.weighed_by_frequency:
        return level
    suffix = ":" + pl.col(f"{field}_frequency").cast(pl.String)
    return level + suffix.fill_null("")


def score(job: Job, counted: pl.DataFrame, weights: pl.DataFrame, without: tuple[str, ...] = ()) -> pl.DataFrame:
    """Add ``<field>_weight``, ``match_weight`` (log2 odds, the prior included) and ``probability`` to patterns.

    Fields in ``without`` are taken for unknown: they weigh nothing.
    """
    own = weights.filter(pl.col("job") == job.name)
    scored = counted
    for field in job.fields:
        table = own.filter(pl.col("field") == field)
        by_level = dict(zip(table["level"], table["weight"], strict=True))
        weight = feature(job, field).replace_strict(by_level, return_dtype=pl.Float64)
        scored = scored.with_columns((weight * 0.0 if field in without else weight).alias(f"{field}_weight"))
    start = own.filter(pl.col("field") == "prior")["weight"].item()
    total = pl.sum_horizontal(*(f"{field}_weight" for field in job.fields), pl.lit(start)).round(6)
    return scored.with_columns(match_weight=total).with_columns(probability=1 / (1 + (-pl.col("match_weight") * math.log(2)).exp()))


def covers(model: Model) -> bool:
    """Whether a model knows exactly the jobs, fields and levels that the program has; that of another version may not."""
    wanted = {(job.name, one.field, name) for job in JOBS for one in job.comparisons for name, _ in features(one)}
    wanted |= {(job.name, "prior", "") for job in JOBS}
    return set(model.weights.select("job", "field", "level").rows()) == wanted


def choose(settings: Settings) -> Model | None:
    """Model of the night: the pinned one, else the newest of ``<home>/models`` that fits the program; None when there is none.

    Raises:
        UsageError: when the pinned model is not there, cannot be read, or knows other levels than the program.

    """
    if settings.model is None:
        fitting = (one for path in reversed(_files(settings.home.models)) if covers(one := read(path)))
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
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            (job, field, level, *(numbers[name] for name in list(SCHEMA)[3:]))
            for job, content in told["jobs"].items()
            for field, by_level in content["weights"].items()
            for level, numbers in by_level.items()
        ]
        weights = pl.DataFrame(rows, schema=SCHEMA, orient="row")
        return Model(told["version"], weights, {job: content["learned_from"] for job, content in told["jobs"].items()})
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
