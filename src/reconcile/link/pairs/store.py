"""The pair tables: what the night decided of every pair worth keeping, and why."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link import decide
from reconcile.link.explanation import Explanation
from reconcile.link.jobs import Job
from reconcile.link.pairs.block import passes_text
from reconcile.link.pairs.patterns import beside_judged, lent, pattern_keys, with_pattern
from reconcile.store import Store


def write(store: Store, asked: Compute, job: Job, decided: pl.DataFrame) -> Counts:
    """Write ``link.<job>_pair``: keys, levels, weights, decision and the rule that made it; pairs far below any decision are only counted.

    Args:
        store: the warehouse of the night.
        asked: where its records are, and what comparing them found.
        job: what was compared.
        decided: decided patterns with ``pairs``.

    """
    level_columns = [f"{field}_level" for field in job.fields]
    outcomes = decide.with_answers(decided.with_row_index("pattern_no")).with_columns(pl.col(level_columns).cast(pl.String))
    outcomes = outcomes.drop("pairs", *(key for key in pattern_keys(job) if key not in level_columns))
    fields = ", ".join(f"outcome.{field}_level, outcome.{field}_weight" for field in job.fields)
    shares = ", ".join(explanation.share for explanation in Explanation)
    passes = ", ".join(f"CASE WHEN (compared.passes & {1 << bit}) > 0 THEN '{name}' END" for bit, name in enumerate(passes_text(job)))
    verdict = "coalesce(judged.verdict, '')" if job.is_self else "''"
    with lent(asked, job, decided, outcome=outcomes):
        asked.execute(
            f"""
            CREATE OR REPLACE TABLE {job.table} AS
            SELECT left_record.record_type AS left_type, left_record.record_key AS left_key,
                right_record.record_type AS right_type, right_record.record_key AS right_key, concat_ws(' ', {passes}) AS passes,
                {fields}, match_weight, probability, explanation, {shares}, tier, veto, decision, why
            FROM {with_pattern(job)} {beside_judged(job)}
            INNER JOIN outcome ON pattern.pattern_no = outcome.pattern_no AND coalesce(outcome.verdict, '') = {verdict}
            INNER JOIN numbered_record AS left_record ON compared.left_no = left_record.record_no
            INNER JOIN numbered_record AS right_record ON compared.right_no = right_record.record_no
            WHERE match_weight >= $keep_bits OR decision <> 'non_match' OR veto IS NOT NULL OR outcome.verdict IS NOT NULL
            ORDER BY left_record.record_no, right_record.record_no""",
            keep_bits=job.keep_bits,
        )
    store.execute(f"COMMENT ON TABLE {job.table} IS 'Scored pairs: level and weight (log2) of each field, the decision and its rule.'")
    stored = store.value(f"SELECT count(*) FROM {job.table}")
    return {("pairs_stored", job.name): stored, ("pairs_too_light", job.name): decided["pairs"].sum() - stored}
