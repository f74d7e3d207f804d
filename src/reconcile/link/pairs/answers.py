"""What the stations said of two registrations, beside the pairs the linkage compared."""

from __future__ import annotations

from reconcile.asked import Compute

_QUERY = """
SELECT
    least(left_record.record_no, right_record.record_no) AS left_no,
    greatest(left_record.record_no, right_record.record_no) AS right_no,
    min(judged.verdict) AS verdict
FROM judged_registration AS judged
INNER JOIN numbered_record AS left_record
    ON judged.left_key = left_record.record_key AND left_record.record_type = 'police_resident'
INNER JOIN numbered_record AS right_record
    ON judged.right_key = right_record.record_key AND right_record.record_type = 'police_resident'
GROUP BY least(left_record.record_no, right_record.record_no), greatest(left_record.record_no, right_record.record_no)
"""


def keep(asked: Compute) -> None:
    """Make the working table ``judged_pair``: left_no < right_no of registrations that stations judged, and verdict, same or different."""
    asked.keep("judged_pair", _QUERY)
