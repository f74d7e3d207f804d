"""Which answers count: the number of the finding, who answers, and when; an answer that counts is remembered for ever."""

from __future__ import annotations

import polars as pl

from reconcile import identity
from reconcile.query import sql
from reconcile.standardise import text as plain
from reconcile.store import Store

RULES = {
    "finding_check": "The check character of the finding's number is wrong.",
    "finding_unknown": "No finding of this warehouse has this number.",
    "other_station": "The finding was never put to this station.",
    "station_differs": "The row names another station than the file.",
    "other_agency": "The finding is not for this agency to correct.",
    "station_missing": "Nobody can tell which station answers: neither the name of the list nor a column says so.",
    "verified_too_early": "Dated long before the finding was first seen.",
    "verified_too_late": "Dated long after the last night.",
    "verified_before_reopened": "Dated before the finding became a question again: an answer to what it was before.",
    "answers_disagree": "The same file answers this finding differently in another row.",
}
"""Rules an answer is rejected under."""


def judge(store: Store, answers: pl.DataFrame, stage: str) -> pl.DataFrame:
    """Write judgements and rejects of standardised answers inside the transaction of the caller.

    Args:
        store: the warehouse.
        answers: columns of ``std.verification_result``, and ``recipient``: whose list the file is (station code, ``health``,
            ``civil_affairs``), null when it does not say; and ``is_list``: whether a finding has
            one answer in it, as in a returned list.
        stage: value of ``ops.reject.stage``.

    Returns:
        ``line``, ``finding_id`` (null unless its check character is right), ``outcome``, ``verified_on``, ``rule`` (null when the
        answer counts), ``is_repeated``, and of answers 非本所管辖 ``stations`` (how many the note names) and ``to_station`` (name of
        the one); one row per answer, by line.

    """
    store.run_file("feedback/prepare")
    store.insert("answer", _answers(answers))
    store.run_file("feedback/judge", run_id=store.run_id, stage=stage)
    store.run_file("feedback/remember")
    return store.frame(sql("feedback/judged"))


def with_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Fold the column ``finding_id`` and add ``is_valid``: whether its check character is right."""
    number = plain.without_blanks(plain.folded(pl.col("finding_id"))).str.to_uppercase()
    folded = rows.with_columns(finding_id=number)
    # Distinct numbers, not rows: the check character is arithmetic in a finite field.
    distinct = folded.select("finding_id").unique(maintain_order=True)
    valid = pl.Series([identity.is_valid(number or "") for number in distinct["finding_id"]], dtype=pl.Boolean)
    return folded.join(distinct.with_columns(is_valid=valid), on="finding_id", how="left", maintain_order="left", nulls_equal=True)


def _answers(answers: pl.DataFrame) -> pl.DataFrame:
    """Answers under the names of the table ``answer``."""
    columns = ["outcome", "method", "verified_on", "verified_by", "station_code", "recipient", "is_list", "note"]
    named = answers.select("finding_id", *columns, written_id="finding_id", load_id="_load_id", file="_file", line="_line")
    return with_numbers(named)
