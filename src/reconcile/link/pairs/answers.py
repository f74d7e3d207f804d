"""What the stations said of two registrations, beside the pairs the linkage compared."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Compute
from reconcile.link.jobs import Job


def numbered(asked: Compute) -> pl.DataFrame:
    """Pairs of registrations that stations judged: left_no < right_no and verdict, same or different."""
    # Spares the register two joins on a night without answers.
    if not asked.frame("SELECT count(*) AS judged FROM judged_registration").item():
        return pl.DataFrame(schema={"left_no": pl.Int32, "right_no": pl.Int32, "verdict": pl.String})
    return asked.frame("""
        SELECT
            least(left_record.record_no, right_record.record_no) AS left_no,
            greatest(left_record.record_no, right_record.record_no) AS right_no,
            min(judged.verdict) AS verdict
        FROM judged_registration AS judged
        INNER JOIN numbered_record AS left_record
            ON judged.left_key = left_record.record_key AND left_record.record_type = 'police_resident'
        INNER JOIN numbered_record AS right_record
            ON judged.right_key = right_record.record_key AND right_record.record_type = 'police_resident'
        GROUP BY least(left_record.record_no, right_record.record_no), greatest(left_record.record_no, right_record.record_no)""")


def beside(asked: Compute, job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Pairs with ``verdict``: same or different where stations said so of two registrations, else null."""
    if not job.is_self:
        return levels.with_columns(verdict=pl.lit(None, pl.String))
    return levels.join(numbered(asked), on=["left_no", "right_no"], how="left", maintain_order="left")
