"""Other models on the same patterns of levels, taught by the same pairs: what each would list, and what its probability is worth.

``python -m bench.linkage.second --sizes 20000`` measures two registrations in both worlds and writes the table of the README. Number and
certificate chose the pairs, so that nobody learns from them: their declared shares are multiplied to every model, and the rules of
``link.decide`` ask each in turn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl
from cyclopts import App, Parameter
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from bench import page
from bench.linkage.tasks import WORLDS, Task, prepare, tasks
from bench.run import AS_OF
from reconcile.contract.meanings import LISTED_TIERS
from reconcile.link import decide, pairing, record
from reconcile.link import prepare as preparation
from reconcile.link.decide.rule import Floors
from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import Meaning
from reconcile.link.jobs import REGISTRATION as JOB
from reconcile.link.model import calibrate, frequency, teaching, train
from reconcile.link.model.score import feature, features, logarithms, score
from reconcile.link.pairs.patterns import lent, patterns, with_pattern
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.thresholds import Costs

LEAST = 0.01
"""Probability from which a pair counts for calibration, as in ``calibration``."""
FREE = [field for field in JOB.compares if not field.is_anchor]
HEAD = ["world", "model", "precision", "recall", "F1", "best F1", "calibration error"]

app = App(help=__doc__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What every model gets.

    Attributes:
        candidates: patterns of all candidates with ``pairs``.
        known: those whose explanation is known without a number, as ``calibrate.labelled`` gives them.
        weights: the model that a night trains.
        supervised: the same without what candidates of which nobody knows have taught it.

    """

    candidates: pl.DataFrame
    known: pl.DataFrame
    weights: pl.DataFrame
    supervised: pl.DataFrame


@app.default
def second(*, sizes: Annotated[list[int], Parameter(consume_multiple=True)] = [20_000]) -> None:  # noqa: B006 - read only
    """Measure every model in both worlds, and write the table."""
    lines: list[list[str]] = []
    for task in tasks(sizes, list(WORLDS)):
        if task.kind == "register":
            prepare(task)
            lines += [[task.name, *line] for line in measured(task)]
            print(*lines[-len(MODELS) :], sep="\n", flush=True)
    page.put("second", page.table(HEAD, lines, words=2))


def measured(task: Task) -> list[list[str]]:
    """One line for each model on one task."""
    settings = Settings(home=task.home, as_of=dt.date.fromisoformat(AS_OF))
    with Store(settings) as store:
        record.declare(store)
        with store.transaction():
            store.run_file("link/night")
            preparation.run(store, store)
            _, shown = pairing.compared(store, JOB)
            lesson = _lesson(store, shown)
            truth = _truth(store, task, lesson.candidates)
    return [[name, *_figures(task, truth, score_of(lesson))] for name, score_of in MODELS.items()]


def _lesson(store: Store, shown: pl.DataFrame) -> Lesson:
    known, labelled = teaching.known(JOB, shown), calibrate.labelled(JOB, shown)
    weights, _ = train.train(store, JOB, shown, frequency.Chance(store))
    taught = {Explanation.STRANGERS: patterns(JOB, train.at_random(store, JOB))}
    taught |= {name: known.filter(pl.col("truth") == str(name)).drop("truth") for name in Explanation if name not in taught}
    shares, parents, others = frequency.shares(store), frequency.parents(store), train.pairs_per_left(store, JOB)
    supervised = calibrate.corrected(JOB, train.fit(JOB, taught, shares, others, parents), labelled)
    return Lesson(patterns(JOB, shown), labelled, weights, supervised)


def _truth(store: Store, task: Task, candidates: pl.DataFrame) -> pl.Series:
    """How many pairs of each pattern are one person."""
    keys = store.frame("SELECT record_no, concat(record_type, ':', record_key) AS record_key FROM numbered_record")
    with lent(store, JOB, candidates):
        pairs = store.frame(f"SELECT compared.left_no, compared.right_no, pattern.pattern_no FROM {with_pattern(JOB)}")
    for side in ("left", "right"):
        pairs = pairs.join(keys.rename({"record_no": f"{side}_no", "record_key": f"{side}_key"}), on=f"{side}_no")
    ends = [pl.min_horizontal("left_key", "right_key").alias("left_key"), pl.max_horizontal("left_key", "right_key").alias("right_key")]
    true = pairs.with_columns(ends).join(task.truth(), on=["left_key", "right_key"]).group_by("pattern_no").len("true")
    numbers = candidates.with_row_index("pattern_no").select("pattern_no")
    return numbers.join(true, on="pattern_no", how="left", maintain_order="left")["true"].fill_null(0)


# The models: each gives the candidates with the shares of the explanations, as ``score`` does


def _semi_supervised(lesson: Lesson) -> pl.DataFrame:
    return score(JOB, lesson.candidates, lesson.weights)


def _supervised(lesson: Lesson) -> pl.DataFrame:
    return score(JOB, lesson.candidates, lesson.supervised)


def _classifier(lesson: Lesson, build: Callable[[], object]) -> pl.DataFrame:
    """A classifier of scikit-learn, taught by the known pairs without number; what a number says is multiplied."""
    told = lesson.known.filter(pl.col("truth") != teaching.TWO_PERSONS)
    labels = told["truth"].to_numpy()
    counts = told.group_by("truth").agg(pl.col("pairs").sum().alias("of_kind"))
    most = min(1.0, calibrate.MOST_LABELS / float(counts["of_kind"].max()))  # type: ignore[arg-type]
    model = build()
    model.fit(_one_hot(told), labels, sample_weight=told["pairs"].to_numpy() * most)  # type: ignore[attr-defined]
    found = model.predict_proba(_one_hot(lesson.candidates))  # type: ignore[attr-defined]
    classes = list(model.classes_)  # type: ignore[attr-defined]
    unseen = np.zeros(len(found))
    columns = [found[:, classes.index(name)] if name in classes else unseen for name in map(str, Explanation)]
    bits = np.log2(np.stack(columns, axis=1) + 1e-12)
    with_number = logarithms(JOB, lesson.candidates, lesson.weights)
    return _shared(lesson, bits + with_number - logarithms(JOB, lesson.candidates, lesson.weights, JOB.anchors))


def _one_hot(counted: pl.DataFrame) -> np.ndarray:
    names = [(field.name, name) for field in FREE for name, _ in features(field)]
    return counted.select((feature(JOB, field) == name).cast(pl.Float64).alias(f"{field} {name}") for field, name in names).to_numpy()


def _shared(lesson: Lesson, bits: np.ndarray) -> pl.DataFrame:
    """The candidates scored by bits of each explanation."""
    shares = np.exp2(bits - np.logaddexp2.reduce(bits, axis=1, keepdims=True))
    likeliest = pl.Series([str(list(Explanation)[at]) for at in np.argmax(bits, axis=1)])
    weight = bits[:, 0] - np.logaddexp2.reduce(bits[:, 1:], axis=1)
    columns = {name.share: pl.Series(shares[:, at]) for at, name in enumerate(Explanation)}
    columns |= {"match_weight": pl.Series(weight), "probability": pl.Series(shares[:, 0])}
    return lesson.candidates.with_columns(**columns, explanation=likeliest)


def _logistic(lesson: Lesson) -> pl.DataFrame:
    return _classifier(lesson, lambda: LogisticRegression(max_iter=2000))


def _boosted(lesson: Lesson) -> pl.DataFrame:
    return _classifier(lesson, lambda: HistGradientBoostingClassifier(max_iter=100, min_samples_leaf=5, random_state=1))


MODELS: dict[str, Callable[[Lesson], pl.DataFrame]] = {
    "naive Bayes, semi-supervised": _semi_supervised,
    "naive Bayes": _supervised,
    "logistic regression": _logistic,
    "gradient boosting": _boosted,
}


def _figures(task: Task, true: pl.Series, scored: pl.DataFrame) -> list[str]:
    """Precision, recall, F1 of what the rules list, best F1 of the score, calibration error of one person."""
    wanted = task.truth().height
    decided = decide.run(JOB, scored, Floors.of(JOB, Costs())).with_columns(true=true)
    listed = decided.filter((pl.col("decision") == "match") & pl.col("tier").is_in(LISTED_TIERS))
    right, found = float(listed["true"].sum()), float(listed["pairs"].sum())
    ranked = decided.sort("match_weight", descending=True).select(pl.col("true", "pairs").cum_sum())
    best = float((2 * ranked["true"] / (ranked["pairs"] + wanted)).max())  # type: ignore[arg-type]
    return [f"{value:.4f}" for value in (right / found, right / wanted, 2 * right / (found + wanted), best, _error(decided))]


def _error(decided: pl.DataFrame) -> float:
    """Expected calibration error of one person on pairs that no equal number settles."""
    settled = pl.col("number_level").cast(pl.String).is_in([level.name for level in JOB.field("number").at(Meaning.AGREES)])
    asked = decided.filter(~settled, pl.col("probability") >= LEAST)
    at = pl.Series(np.searchsorted(np.array(calibrate.BINS[1:-1]), asked["probability"].to_numpy(), side="right"))
    bins = asked.with_columns(at=at).group_by("at").agg(
        pl.col("pairs").sum().alias("all"), pl.col("true").sum(), expected=(pl.col("probability") * pl.col("pairs")).sum()
    )  # fmt: skip
    return float((bins["expected"] - bins["true"]).abs().sum()) / max(float(bins["all"].sum()), 1.0)


if __name__ == "__main__":
    app()
