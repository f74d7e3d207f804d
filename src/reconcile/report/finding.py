"""One finding in full, from the last publication: its records, what the linkage made of them, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from reconcile.errors import UsageError
from reconcile.findings.raising import rules
from reconcile.findings.telling import evidence
from reconcile.home import Home
from reconcile.link import explain
from reconcile.link.explain import Explained
from reconcile.store import Reader, last_night

MOST_PAIRS = 6
"""Pairs of records shown with their levels; a larger group is asked about pair by pair."""
_CHANGED = {"record_type": pl.String, "record_key": pl.String, "field": pl.String, "was": pl.String, "is_now": pl.String}


@dataclass(frozen=True, slots=True)
class FullFinding:
    """What is known of one finding.

    Attributes:
        as_of: night of the publication.
        about: columns of ``find.finding`` with a value, and the type's Chinese name.
        records: no, role, record_type, record_key, station_code.
        values: no, field, value: what each record says tonight; a record that is gone says nothing.
        pairs: what the linkage made of two records each, as it stored it; at most ``MOST_PAIRS``.
        evidence: field by field, as last found.
        answers: what stations answered.
        history: every change.
        since_dismissed: record, field, was, is_now: what changed between the dismissal and the last night it was found.
        since_found: the same between that night and tonight.

    """

    as_of: dt.date
    about: Mapping[str, object]
    records: pl.DataFrame
    values: pl.DataFrame
    pairs: list[Explained]
    evidence: pl.DataFrame
    answers: pl.DataFrame
    history: pl.DataFrame
    since_dismissed: pl.DataFrame
    since_found: pl.DataFrame


def read(home: Home, finding_id: str) -> FullFinding:
    """Read what the last publication knows about a finding, also one that is resolved.

    Raises:
        UsageError: when there is no such finding, or nothing was published yet.

    """
    with Reader(home) as reader:
        found = reader.file("explain/finding", finding_id=finding_id)
        if found.is_empty():
            msg = f"{finding_id}: there is no such finding in the last publication of {home}. Is it another installation's?"
            raise UsageError(msg)
        about = found.row(0, named=True)
        records = reader.file("explain/members", finding_id=finding_id).select("no", pl.exclude("no"))
        chinese = {rule.finding_type: rule.chinese for rule in rules.discover()}
        return FullFinding(
            last_night(reader).as_of,
            {"finding": finding_id, "type": f"{about['finding_type']} {chinese.get(str(about['finding_type']), '')}"}
            | {name: value for name, value in about.items() if name not in ("finding_id", "finding_type")},
            records,
            evidence.values_of(reader, records).join(records.select("no", "record_type", "record_key"), on=["record_type", "record_key"]),
            _pairs(reader, records),
            reader.file("explain/evidence", finding_id=finding_id),
            reader.file("explain/answers", finding_id=finding_id),
            reader.file("explain/history", finding_id=finding_id),
            reader.file("explain/judged", finding_id=finding_id),
            _since_found(reader, about, records),
        )


def _pairs(reader: Reader, records: pl.DataFrame) -> list[Explained]:
    """First pairs of the finding's records that the night stored."""
    found: list[Explained] = []
    listed = [(str(kind), str(key)) for kind, key in records.select("record_type", "record_key").rows()]
    for left, right in combinations(listed, 2):
        ordered = explain.job_of(left, right)
        stored = explain.stored(reader, *ordered) if ordered else None
        if stored:
            found.append(stored)
        if len(found) == MOST_PAIRS:
            break
    return found


def _since_found(reader: Reader, about: Mapping[str, object], records: pl.DataFrame) -> pl.DataFrame:
    """What the records say otherwise tonight than when the finding was last found; a record that is gone says nothing."""
    key = ["record_type", "record_key", "field"]
    was = reader.file("explain/stated", finding_id=about["finding_id"])
    members = records.with_columns(pl.lit(about[name]).alias(name) for name in ("finding_id", "finding_type"))
    now = evidence.stated(reader, rules.discover(), members).filter(pl.col("field") != evidence.RECORD).rename({"value": "is_now"})
    both = was.filter(pl.col("field") != evidence.RECORD).join(now.select(*key, "is_now"), on=key, how="full", coalesce=True)
    return both.filter(pl.col("was").ne_missing(pl.col("is_now"))).select(*_CHANGED).sort(key)
