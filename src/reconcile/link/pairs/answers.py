"""What the stations said of two registrations, beside the pairs the linkage compared."""

from __future__ import annotations

import polars as pl

from reconcile.link.jobs import Job
from reconcile.store import Store


def beside(store: Store, job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Pairs with ``verdict``: same or different where stations said so of two registrations, else null."""
    judged = store.frame(
        """
        SELECT least(l.record_no, r.record_no) AS left_no, greatest(l.record_no, r.record_no) AS right_no, min(j.verdict) AS verdict
        FROM judged_registration AS j
        INNER JOIN numbered_record AS l ON j.left_key = l.record_key AND l.record_type = 'police_resident'
        INNER JOIN numbered_record AS r ON j.right_key = r.record_key AND r.record_type = 'police_resident'
        GROUP BY ALL"""
    )
    if not job.is_self or judged.is_empty():
        return levels.with_columns(verdict=pl.lit(None, pl.String))
    return levels.join(judged, on=["left_no", "right_no"], how="left", maintain_order="left")
