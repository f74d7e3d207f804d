"""Why two records were, or were not, taken for one person: the levels, weights, values and the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from reconcile.contract.codes import SEX
from reconcile.errors import UsageError
from reconcile.link import block, compare, decide, fillers, model
from reconcile.link.record import RECORD_TYPES
from reconcile.link.spec import DEATH, JOBS, REGISTRATION, Comparison, Job
from reconcile.settings import Costs
from reconcile.store import Readable

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
"""Columns of ``Explained.fields``; weight is log2 m/u, in bits."""
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
        bits: sum of the weights, the prior included: log2 of the odds.
        probability: the same as a probability.
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
    decision: str
    tier: str | None
    veto: str | None
    why: str
    passes: tuple[str, ...]
    how: str
    version: str


OTHERWISE = "a rule of the night; the costs were set otherwise since"
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
    return stored(reader, costs, *ordered) or compared(reader, costs, *ordered)


def stored(reader: Readable, costs: Costs, job: Job, left: Record, right: Record) -> Explained | None:
    """Explain a pair with the numbers the night stored; nothing when it stored none."""
    keys = {"left_type": left[0], "left_key": left[1], "right_type": right[0], "right_key": right[1]}
    rows = reader.frame(f"SELECT * FROM {job.table} WHERE {' AND '.join(f'{key} = ${key}' for key in keys)}", **keys)
    if rows.is_empty():
        return None
    passes = tuple(str(rows["passes"].item()).split())
    explained = _explained(reader, job, _values(reader, job, left, right), rows, costs)
    night = rows.select("decision", "tier", "veto").row(0)
    if night != (explained.decision, explained.tier, explained.veto):
        decision, tier, veto = night
        return replace(explained, decision=decision, tier=tier, veto=veto, why=OTHERWISE, passes=passes, how=STORED)
    return replace(explained, passes=passes, how=STORED)


def compared(reader: Readable, costs: Costs, job: Job, left: Record, right: Record) -> Explained:
    """Explain a pair by comparing it anew, with the night's model and everything else the night knew.

    Raises:
        UsageError: when one of the records is not there, or nothing was linked yet.

    """
    values = _values(reader, job, left, right)
    levels = compare.levels(job, values)
    if job is DEATH and _is_informed(reader, left):
        levels = decide.without_number(levels, pl.lit(value=True))
    scored = model.score(job, model.patterns(job, levels), _weights(reader, job))
    explained = _explained(reader, job, values, scored, costs)
    passes = tuple(one.name for one in job.passes if reader.frame(block.meeting_sql(one)).height)
    how = NOT_PROPOSED if not passes else TOO_LIGHT if explained.bits < job.keep_bits else OVER_BUDGET
    return replace(explained, passes=passes, how=how)


def job_of(left: Record, right: Record) -> tuple[Job, Record, Record] | None:
    """Job that compares two records, and the two in its order; nothing when no job does."""
    for job in JOBS:
        for one, other in ((left, right), (right, left)):
            if one[0] in job.left and other[0] in job.right:
                return (job, min(one, other), max(one, other)) if job.is_self else (job, one, other)
    return None


def _values(reader: Readable, job: Job, left: Record, right: Record) -> pl.DataFrame:
    """What the comparisons of a job read of two records: one row of ``compare.values_sql``."""
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
    fillers.blank(reader)
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


def _is_informed(reader: Readable, left: Record) -> bool:
    """Whether the night took the number of a death record for somebody else's, as ``link.forget_informants`` does."""
    found = reader.frame(
        f"""
        SELECT
            count(CASE WHEN decision = 'conflict' THEN 1 END) AS others,
            count(CASE WHEN decision = 'match' AND number_level = 'equal' THEN 1 END) AS own
        FROM {DEATH.table} WHERE left_type = $left_type AND left_key = $left_key""",
        left_type=left[0],
        left_key=left[1],
    )
    return bool(found["others"].item()) and not found["own"].item()


def _verdict(reader: Readable, left: str, right: str) -> str | None:
    """What stations' answers say of two registrations, as the night read them: same, different, or nothing."""
    found = reader.frame(
        "SELECT verdict FROM ops.pair_verdict WHERE left_key = $left_key AND right_key = $right_key",
        left_key=left,
        right_key=right,
    )
    return str(found["verdict"].item()) if found.height else None


def _decided(reader: Readable, job: Job, scored: pl.DataFrame, costs: Costs) -> pl.DataFrame:
    """Decide as the night did: by the rules, and without tier C where nothing proved the model."""
    decided = decide.run(job, scored, decide.Floors.of(job, costs))
    unproven = reader.frame(
        """
        SELECT value FROM ops.metric WHERE stage = 'link' AND name = 'without_numbers' AND subject = $job
        AND run_id IN (SELECT run_id FROM ops.metric WHERE stage = 'link' ORDER BY run_id DESC LIMIT 1)""",
        job=job.name,
    )
    return decide.for_analysts(decided) if unproven.height else decided


def _explained(reader: Readable, job: Job, values: pl.DataFrame, scored: pl.DataFrame, costs: Costs) -> Explained:
    """Put together what is known of a pair; a station's verdict on two registrations outranks the rules."""
    weights = _weights(reader, job)
    left, right = reader.frame("SELECT record_type, record_key FROM numbered_record ORDER BY record_no").rows()
    row = _decided(reader, job, scored, costs).row(0, named=True)
    why = str(row["why"])
    decision, tier, veto = (row[name] for name in ("decision", "tier", "veto"))
    if job is REGISTRATION:
        verdict = _verdict(reader, left[1], right[1])
        if verdict:
            why = f"a station's answer: {'two persons' if verdict == 'different' else 'one person'}"
            same = verdict == "same"
            decision, veto = ("match", None) if same else ("non_match", "judged_different")
            tier = "B" if same and tier in (None, "D") else tier
    return Explained(
        job=job.name,
        left=(str(left[0]), str(left[1])),
        right=(str(right[0]), str(right[1])),
        fields=_rows(job, values, row, weights),
        bits=float(row["match_weight"]),
        probability=float(row["probability"]),
        decision=str(decision),
        tier=tier,
        veto=veto,
        why=why,
        passes=(),
        how="",
        version=str(weights["version"][0]),
    )


def _rows(job: Job, values: pl.DataFrame, decided: dict[str, object], weights: pl.DataFrame) -> pl.DataFrame:
    prior = weights.filter(pl.col("field") == "prior")["weight"].item()
    rows: list[tuple[object, ...]] = [("prior", None, None, "", "before anything is compared", prior)]
    for comparison in job.comparisons:
        level = str(decided[f"{comparison.field}_level"])
        sentence, weight = comparison.level(level).sentence, decided[f"{comparison.field}_weight"]
        rows.append((comparison.field, *_beside(values, comparison, level), level, sentence, weight))
    return pl.DataFrame(rows, schema=FIELD, orient="row")


def _beside(values: pl.DataFrame, comparison: Comparison, level: str) -> tuple[str, str]:
    """What each record says of a field, like with like: the first column that both fill, else the one the field is called by."""
    columns = {"kin": comparison.reads[:2], "address": comparison.reads}.get(comparison.kind, comparison.reads[:1])
    own = comparison.reads[1] if comparison.kind == "kin" else comparison.reads[0]
    column = next((one for one in columns if all(values[f"{side}_{one}"].item() is not None for side in ("l", "r"))), own)
    left, right = (_shown(column, values[f"{side}_{column}"].item()) for side in ("l", "r"))
    if level in ("age_fits", "age_off"):
        left = f"aged {values['l_age'].item()} on {values['l_death_date'].item()}"
    return left, right


def _shown(column: str, value: object) -> str:
    text = EMPTY if value is None else str(value)
    return {"sex": SEX.known.get(text, text), "area_code": f"county {text}"}.get(column, text)
