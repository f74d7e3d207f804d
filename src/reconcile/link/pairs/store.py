"""The pair tables: what the night decided of every pair worth keeping, and why."""

from __future__ import annotations

import polars as pl

from reconcile.figures import Counts
from reconcile.link import decide
from reconcile.link.explanation import Explanation
from reconcile.link.jobs import Job
from reconcile.link.pairs import answers
from reconcile.link.pairs.block import passes_text
from reconcile.store import Store


def write(store: Store, job: Job, pairs: pl.DataFrame, decided: pl.DataFrame) -> Counts:
    """Write ``link.<job>_pair``: keys, levels, weights, decision and the rule that made it; pairs far below any decision are only counted.

    Args:
        store: the warehouse of the night.
        job: what was compared.
        pairs: every candidate, as ``patterns.by_pattern`` gives it.
        decided: decided patterns, in the order of ``pattern_no``.

    """
    level_columns = [f"{field}_level" for field in job.fields]
    outcomes = decide.with_answers(decided.with_row_index("pattern_no")).with_columns(pl.col(level_columns).cast(pl.String))
    outcomes = outcomes.drop("pairs", *(f"{field}_frequency" for field in job.weighed_by_frequency))
    fields = ", ".join(f"p.{field}_level, p.{field}_weight" for field in job.fields)
    shares = ", ".join(f"p.{explanation.share}" for explanation in Explanation)
    passes = ", ".join(f"CASE WHEN (c.passes & {1 << bit}) > 0 THEN '{name}' END" for bit, name in enumerate(passes_text(job)))
    with store.lent(outcome=outcomes, compared_pair=answers.beside(store, job, pairs)):
        store.execute(
            f"""
            CREATE OR REPLACE TABLE {job.table} AS
            SELECT l.record_type AS left_type, l.record_key AS left_key, r.record_type AS right_type, r.record_key AS right_key,
                concat_ws(' ', {passes}) AS passes, {fields}, p.match_weight, p.probability, p.explanation, {shares},
                p.tier, p.veto, p.decision, p.why
            FROM compared_pair AS c
            INNER JOIN outcome AS p ON c.pattern_no = p.pattern_no AND coalesce(c.verdict, '') = coalesce(p.verdict, '')
            INNER JOIN numbered_record AS l ON c.left_no = l.record_no
            INNER JOIN numbered_record AS r ON c.right_no = r.record_no
            WHERE p.match_weight >= $keep_bits OR p.decision <> 'non_match' OR p.veto IS NOT NULL OR p.verdict IS NOT NULL
            ORDER BY l.record_no, r.record_no""",
            keep_bits=job.keep_bits,
        )
    store.execute(f"COMMENT ON TABLE {job.table} IS 'Scored pairs: level and weight (log2) of each field, the decision and its rule.'")
    stored = store.value(f"SELECT count(*) FROM {job.table}")
    return {("pairs_stored", job.name): stored, ("pairs_too_light", job.name): pairs.height - stored}
