"""Why two records were, or were not, taken for one person: the levels, weights, values and the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from reconcile.asked import Readable
from reconcile.contract.codes import SEX
from reconcile.errors import UsageError
from reconcile.link import decide, fillers
from reconcile.link.decide.rule import Floors
from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import Field
from reconcile.link.jobs import DEATH, JOBS, REGISTRATION, Job
from reconcile.link.model import train
from reconcile.link.model.score import score
from reconcile.link.pairs import block, compare, informants
from reconcile.link.pairs.patterns import patterns
from reconcile.link.record import RECORD_TYPES
from reconcile.thresholds import Costs

Record = tuple[str, str]
"""Record type and record key."""
FIELD = {
    "field": pl.String,
    "left_value": pl.String,
    "right_value": pl.String,
    "level": pl.String,
    "sentence": pl.String,
    "weight": pl.Float64,
}
"""Columns of ``Explained.fields``; weight is in bits, for one person against the likeliest other explanation."""
EMPTY = "—"
"""What stands for a value that a record does not have."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One pair of records and what decided it.

    Attributes:
        job: name of the linkage job that compares such records.
        left: record on the left of the pair.
        right: record on the right.
        fields: one row per field as ``FIELD`` has it, the prior first.
        bits: odds of one person against all other explanations, log2.
        probability: the same as a probability.
        shares: explanation → its share of the probability, the likeliest first.
        decision: match, non_match or conflict.
        tier: how sure a match is, A to D.
        veto: what forbids a match.
        why: the rule that decided, in words.
        passes: blocking passes that bring the two together.
        how: whether the night decided the pair, or why it did not.
        version: the model.

    """

    job: str
    left: Record
    right: Record
    fields: pl.DataFrame
    bits: float
    probability: float
    shares: dict[Explanation, float]
    decision: str
    tier: str | None
    veto: str | None
    why: str
    passes: tuple[str, ...]
    how: str
    version: str


STORED = "decided in the night"
TOO_LIGHT = "compared in the night, too light to be kept; decided here again in the same way"
OVER_BUDGET = "left out in the night, because the block of these records was over its budget; decided here in the same way"
NOT_PROPOSED = "not proposed by any blocking pass, and therefore never compared in the night; decided here in the same way"


def record(reader: Readable, text: str, which: str) -> Record:
    """Record that somebody names as ``type:key``, or by its key alone.

    Raises:
        UsageError: when there is none, or several have this key; ``which`` says which of the two is meant, for keys stay out of messages.

    """
    head, _, tail = text.strip().partition(":")
    types, key = ([head], tail) if tail and head in RECORD_TYPES else (list(RECORD_TYPES), text.strip())
    found = reader.frame(
        "SELECT DISTINCT record_type FROM link.record WHERE record_key = $key AND list_contains($types, record_type) ORDER BY 1",
        key=key,
        types=types,
    )["record_type"].to_list()
    if not found:
        msg = (
            f"the {which} record is not among those compared. Check its key; voided and reversed records are left out, "
            f"and only these are compared: {', '.join(RECORD_TYPES)}."
        )
        raise UsageError(msg)
    if len(found) > 1:
        msg = (
            f"the key of the {which} record is the key of {len(found)} records. Say which: {' or '.join(f'{name}:KEY' for name in found)}."
        )
        raise UsageError(msg)
    return found[0], key


def pair(reader: Readable, left: Record, right: Record, costs: Costs) -> Explained:
    """Explain two records of a linked database, whether or not they ever became a candidate pair.

    Raises:
        UsageError: when they are one record, no job compares records of these types, one of them is not there, or nothing was linked yet.

    """
    if left == right:
        msg = "both are the same record. Name two."
        raise UsageError(msg)
    ordered = job_of(left, right)
    if ordered is None:
        kinds = "; ".join(f"{' or '.join(job.left)} with {' or '.join(job.right)}" for job in JOBS)
        msg = f"{left[0]} and {right[0]} are not compared with each other. Compared are: {kinds}."
        raise UsageError(msg)
    return stored(reader, *ordered) or compared(reader, costs, *ordered)


def stored(reader: Readable, job: Job, left: Record, right: Record) -> Explained | None:
    """Explain a pair as the night decided and kept it; nothing when it kept none."""
    keys = {"left_type": left[0], "left_key": left[1], "right_type": right[0], "right_key": right[1]}
    rows = reader.frame(f"SELECT * FROM {job.table} WHERE {' AND '.join(f'{key} = ${key}' for key in keys)}", **keys)
    if rows.is_empty():
        return None
    outcome = rows.row(0, named=True)
    values = _values(reader, job, left, right)
    outcome |= {"passes": tuple(str(outcome["passes"]).split()), "how": STORED}
    return _explained(job, (left, right), values, outcome, _weights(reader, job))


def compared(reader: Readable, costs: Costs, job: Job, left: Record, right: Record) -> Explained:
    """Explain a pair by comparing and deciding it as the night does, with the night's model and everything else the night knew.

    Raises:
        UsageError: when one of the records is not there, or nothing was linked yet.

    """
    values, weights = _values(reader, job, left, right), _weights(reader, job)
    # Of two records there is no other one that fits.
    levels = compare.levels(job, values).with_columns(pairs=pl.lit(1), is_alone=pl.lit(value=True))
    if job is DEATH and informants.is_informed(reader, *left):
        levels = informants.without_number(levels, pl.lit(value=True))
    is_proven = weights["learned_from"][0] == train.PROVEN
    decided = decide.run(job, score(job, patterns(job, levels), weights), Floors.of(job, costs), is_proven=is_proven)
    verdict = _verdict(reader, job, left, right)
    outcome = decide.with_answers(decided).filter(pl.col("verdict").eq_missing(pl.lit(verdict, pl.String))).row(0, named=True)
    passes = tuple(each.name for each in job.passes if reader.frame(block.meeting_sql(each)).height)
    how = NOT_PROPOSED if not passes else TOO_LIGHT if outcome["match_weight"] < job.keep_bits else OVER_BUDGET
    return _explained(job, (left, right), values, outcome | {"passes": passes, "how": how}, weights)


def job_of(left: Record, right: Record) -> tuple[Job, Record, Record] | None:
    """Job that compares two records, and the two in its order; nothing when no job does."""
    for job in JOBS:
        for first, second in ((left, right), (right, left)):
            if first[0] in job.left and second[0] in job.right:
                return (job, min(first, second), max(first, second)) if job.is_self else (job, first, second)
    return None


def _values(reader: Readable, job: Job, left: Record, right: Record) -> pl.DataFrame:
    """What the fields of a job read of two records: one row of ``compare.values_sql``."""
    reader.frame(
        """
        CREATE OR REPLACE TEMP TABLE numbered_record AS
        SELECT CASE WHEN record_type = $left_type AND record_key = $left_key THEN 1 ELSE 2 END AS record_no, *
        FROM link.record
        WHERE (record_type = $left_type AND record_key = $left_key) OR (record_type = $right_type AND record_key = $right_key)""",
        left_type=left[0],
        left_key=left[1],
        right_type=right[0],
        right_key=right[1],
    )
    reader.frame(f"CREATE OR REPLACE TEMP TABLE numbered_record AS {fillers.blanked(reader)}")
    reader.frame("CREATE OR REPLACE TEMP TABLE candidate AS SELECT 1 AS left_no, 2 AS right_no, 0 AS passes")
    values = reader.frame(compare.values_sql(job))
    if values.is_empty():
        msg = "one of the two records takes no part in linkage. Check record type and key; voided and reversed records are left out."
        raise UsageError(msg)
    return values


def _weights(reader: Readable, job: Job) -> pl.DataFrame:
    weights = reader.frame("SELECT * FROM link.model WHERE job = $job", job=job.name)
    if weights.is_empty():
        msg = "there is no match model yet. Run the night first."
        raise UsageError(msg)
    return weights


def _verdict(reader: Readable, job: Job, left: Record, right: Record) -> str | None:
    """What the stations' answers say of two registrations, as it counts at night: same, different, or nothing."""
    if job is not REGISTRATION:
        return None
    found = reader.frame(
        "SELECT verdict FROM ops.pair_verdict WHERE left_key = $left_key AND right_key = $right_key", left_key=left[1], right_key=right[1]
    )
    return str(found["verdict"].item()) if found.height else None


def _explained(job: Job, pair: tuple[Record, Record], values: pl.DataFrame, outcome: dict[str, Any], weights: pl.DataFrame) -> Explained:
    """Put together what is known of a pair; ``outcome`` is its decided pattern, or its row of the pair table, with passes and how."""
    return Explained(
        job=job.name,
        left=pair[0],
        right=pair[1],
        fields=_rows(job, values, outcome),
        bits=outcome["match_weight"],
        probability=outcome["probability"],
        shares=_shares(outcome),
        decision=outcome["decision"],
        tier=outcome["tier"],
        veto=outcome["veto"],
        why=outcome["why"],
        passes=outcome["passes"],
        how=outcome["how"],
        version=weights["version"][0],
    )


def _shares(outcome: dict[str, Any]) -> dict[Explanation, float]:
    found = {explanation: float(outcome[explanation.share]) for explanation in Explanation}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _rows(job: Job, values: pl.DataFrame, outcome: dict[str, Any]) -> pl.DataFrame:
    """Fields with what each speaks for one person; the rest of the odds is what was expected before anything was compared."""
    weights = [outcome[f"{field.name}_weight"] for field in job.compares]
    before = outcome["match_weight"] - sum(weights)
    rows: list[tuple[object, ...]] = [("prior", None, None, "", "before anything is compared", before)]
    for field, weight in zip(job.compares, weights, strict=True):
        level = field.level(outcome[f"{field.name}_level"])
        rows.append((field.name, *_beside(values, field, is_indirect=level.is_indirect), level.name, level.sentence, weight))
    return pl.DataFrame(rows, schema=FIELD, orient="row")


def _beside(values: pl.DataFrame, field: Field, *, is_indirect: bool) -> tuple[str, str]:
    """What each record states in a field, like with like: the first column that both fill, else the one the field is called by."""
    sides = ("l", "r")
    candidates = field.beside or field.reads[:1]
    filled = (column for column in candidates if all(values[f"{side}_{column}"].item() is not None for side in sides))
    column = next(filled, field.stated or field.reads[0])
    left, right = (_readable(column, values[f"{side}_{column}"].item()) for side in sides)
    # An age stands in for a birth date.
    return (f"aged {values['l_age'].item()} on {values['l_death_date'].item()}" if is_indirect else left), right


def _readable(column: str, value: object) -> str:
    text = EMPTY if value is None else str(value)
    return {"sex": SEX.known.get(text, text), "area_code": f"county {text}"}.get(column, text)
