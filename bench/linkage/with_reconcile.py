"""The project itself: its own jobs on the sample, and its engine with the jobs of ``foreign`` on public data sets."""

from __future__ import annotations

import datetime as dt
import shutil
import time

import polars as pl

from bench.linkage import foreign
from bench.linkage.score import Outcome
from bench.linkage.tasks import Task
from bench.run import AS_OF
from reconcile import memory
from reconcile.contract.meanings import LISTED_TIERS
from reconcile.link import bearers, pairing, prepare, record
from reconcile.link.explanation import Explanation
from reconcile.link.jobs import DEATH, REGISTRATION, Job
from reconcile.link.model import frequency, teaching, train
from reconcile.link.model.score import score
from reconcile.link.pairs import block, compare
from reconcile.link.pairs.patterns import counted, lent, patterns, with_pattern
from reconcile.settings import Settings
from reconcile.store import Store

JOBS = {"register": REGISTRATION, "deaths": DEATH}
KEYED = """
    SELECT {columns} {key} FROM {pairs} AS candidate
    INNER JOIN numbered_record AS left_record ON candidate.left_no = left_record.record_no
    INNER JOIN numbered_record AS right_record ON candidate.right_no = right_record.record_no"""
PLAIN = "left_record.record_key AS left_key, right_record.record_key AS right_key"
TYPED = """concat(left_record.record_type, ':', left_record.record_key) AS left_key,
    concat(right_record.record_type, ':', right_record.record_key) AS right_key"""


def run(task: Task) -> Outcome:
    """Link a task: decided are the pairs of tiers A to C on the sample, those more likely one person than not elsewhere."""
    return _own(task, JOBS[task.kind]) if task.kind in JOBS else _foreign(task)


def _own(task: Task, job: Job) -> Outcome:
    """From standardised tables to the pair table, the model trained anew; the names of an earlier run are forgotten before."""
    settings = Settings(home=task.home, as_of=dt.date.fromisoformat(AS_OF))
    with Store(settings) as store:
        record.declare(store)
        store.execute("DELETE FROM link.name")
        memory.reset_peak()
        started = time.perf_counter()
        with store.transaction():
            store.run_file("link/night")
            prepare.run(store, store)
            _, shown = pairing.compared(store, job)
            weights, learned_from = train.train(store, job, shown, frequency.Chance(store))
            pairing.decided(store, store, job, shown, weights, settings=settings, is_proven=learned_from == train.PROVEN)
        seconds, peak = time.perf_counter() - started, memory.peak_mb()
        pairs = store.frame(
            f"""SELECT concat(left_type, ':', left_key) AS left_key, concat(right_type, ':', right_key) AS right_key, match_weight AS score,
                probability, COLUMNS('as_.*'), decision = 'match' AND list_contains($tiers, tier) AS decided FROM {job.table}""",
            tiers=list(LISTED_TIERS),
        )
        block.run(store, job)  # training left its own pairs behind
        return Outcome(pairs, store.frame(KEYED.format(columns="", key=TYPED, pairs="candidate")), seconds, peak)


def _foreign(task: Task) -> Outcome:
    """From records in a frame to decided pairs, in a warehouse of its own."""
    job = foreign.job(task.kind, is_link=task.is_link)
    sides = ("left", "right") if task.is_link else ("left",)
    records = pl.concat([task.records(side).with_columns(record_type=pl.lit(side)) for side in sides])
    home = task.folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    with Store(Settings(home=home, as_of=dt.date.fromisoformat(AS_OF))) as store:
        record.declare(store)
        memory.reset_peak()
        started = time.perf_counter()
        numbered = records.sort("record_type", "record_key").with_row_index("record_no", 1)
        named = numbered.with_columns(pl.col("record_no").cast(pl.Int32), name_key=pl.concat_str("given_name", "surname"))
        # What the registrations' bearers are counted by; nobody counts here, and every value is rare.
        unstated = {column: pl.lit(None, pl.String) for column in bearers.SCOPES.values() if column not in named.columns}
        named = named.with_columns(birth_date=pl.lit(None, pl.Date), **unstated)
        with store.lent(given_record=named):
            store.execute("CREATE TEMP TABLE numbered_record AS SELECT * FROM given_record")
            store.execute("CREATE TEMP TABLE judged_pair (left_no INTEGER, right_no INTEGER, verdict VARCHAR)")
        block.run(store, job)
        candidates = store.frame(KEYED.format(columns="", key=PLAIN, pairs="candidate"))
        compare.run(store, job)
        candidates_shown = patterns(job, counted(store, job))
        decided = foreign.decide(score(job, candidates_shown, _weights(store, job, candidates_shown)))
        outcomes = decided.with_row_index("pattern_no").select("pattern_no", "decided", "probability", score="match_weight")
        scored = f"SELECT compared.left_no, compared.right_no, outcome.* FROM {with_pattern(job)} INNER JOIN outcome USING (pattern_no)"
        with lent(store, job, decided, outcome=outcomes):
            store.keep("scored", scored)
            result = store.frame(
                KEYED.format(columns="candidate.score, candidate.probability, candidate.decided,", key=PLAIN, pairs="scored")
            )
        return Outcome(result, candidates, time.perf_counter() - started, memory.peak_mb())


def _weights(store: Store, job: Job, candidates: pl.DataFrame) -> pl.DataFrame:
    """What training fits before it calibrates: calibration asks the rules of registrations, which these records are not."""
    taught = {
        Explanation.PERSON: candidates.filter(teaching.silver(job)),
        Explanation.STRANGERS: patterns(job, train.at_random(store, job)),
    }
    return train.fit(job, taught, frequency.shares(store), train.pairs_per_left(store, job))
