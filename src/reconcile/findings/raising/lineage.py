"""Groups that grow or shrink keep their number: tonight's findings are led back to those they go on from.

A number is a hash of type and subjects (CONTRACT §2, identity), so a group with one registration more would get another.
Two groups of one type that share at least two records ask the same question; the one that shares most keeps the number,
groups that merge into it are absorbed, parts that leave it are split off. ``find.renumbered`` keeps who goes by another's number.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.store import Store

_SHARED = 2
"""Records in common that make two groups one question: a duplicate is a question about pairs."""

_KNOWN = """
SELECT finding.finding_id AS known_id, finding.finding_type, finding.status <> 'resolved' AS is_alive, finding.first_seen_on,
    subject.record_type || ':' || subject.record_key AS subject
FROM find.finding AS finding INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """Tonight's findings under the numbers they keep.

    Attributes:
        problems: as they came, ``finding_id`` replaced.
        members: the same.
        changes: ``finding_id``, ``change`` (``subjects``, ``absorbed``, ``split``) and ``detail``: rows for the history.
        grown: ``finding_id`` of known findings that ask about more records than before.

    """

    problems: pl.DataFrame
    members: pl.DataFrame
    changes: pl.DataFrame
    grown: pl.DataFrame


def follow(store: Store, problems: pl.DataFrame, members: pl.DataFrame) -> Followed:
    """Give each of tonight's findings the number it goes on under, and write ``find.renumbered``."""
    known = store.frame(_KNOWN)
    subjects = members.filter("is_subject").select(
        "finding_type", base_id="finding_id", subject=pl.concat_str("record_type", "record_key", separator=":")
    )
    shared = (
        subjects.join(known, on=["finding_type", "subject"])
        .group_by("base_id", "known_id", "is_alive", "first_seen_on")
        .agg(shared=pl.len())
        .sort("base_id", "known_id")
    )
    earlier = store.frame("SELECT base_id, finding_id FROM find.renumbered")
    numbers = _own_or_earlier(problems.select(base_id="finding_id"), earlier, shared)
    alike = shared.filter(pl.col("is_alive"), pl.col("shared") >= _SHARED)
    numbers = _inherited(numbers, alike, known["known_id"].unique())
    _remember(store, numbers)
    changes, grown = _changes(numbers, subjects, known, alike)
    renamed = [
        frame.rename({"finding_id": "base_id"}).join(numbers, on="base_id", how="left").drop("base_id").select(frame.columns)
        for frame in (problems, members)
    ]
    keys = ["finding_id", "record_type", "record_key"]
    return Followed(renamed[0].sort("finding_id"), renamed[1].sort(keys), changes, grown)


def _own_or_earlier(bases: pl.DataFrame, earlier: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """``base_id`` → ``finding_id``: the number a group went by before, else its own; no number twice."""
    numbers = bases.join(earlier, on="base_id", how="left").with_columns(pl.coalesce("finding_id", "base_id").alias("finding_id"))
    common = shared.select("base_id", "shared", finding_id="known_id")
    is_own = pl.col("base_id") == pl.col("finding_id")
    while not numbers["finding_id"].is_unique().all():
        ranked = numbers.join(common, on=["base_id", "finding_id"], how="left").sort(
            ~is_own, pl.col("shared").fill_null(0), "base_id", descending=[False, True, False]
        )
        first = pl.col("finding_id").is_first_distinct()
        numbers = ranked.select("base_id", finding_id=pl.when(first).then("finding_id").otherwise("base_id"))
    return numbers


def _inherited(numbers: pl.DataFrame, alike: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """Give numbers of known findings that nobody goes by tonight to new groups, each to the one it shares most with."""
    fresh = numbers.filter(~pl.col("finding_id").is_in(known.implode()))["base_id"]
    taken = numbers["finding_id"]
    pairs = alike.filter(pl.col("base_id").is_in(fresh.implode()), ~pl.col("known_id").is_in(taken.implode()))
    nearest = pairs.sort("shared", "first_seen_on", "known_id", descending=[True, False, False]).unique("base_id", maintain_order=True)
    heirs = pairs.sort("shared", "base_id", descending=[True, False]).unique("known_id", maintain_order=True)
    mutual = nearest.join(heirs, on=["base_id", "known_id"], how="semi").select("base_id", "known_id")
    return numbers.join(mutual, on="base_id", how="left").select("base_id", finding_id=pl.coalesce("known_id", "finding_id"))


def _remember(store: Store, numbers: pl.DataFrame) -> None:
    """Write who goes by another's number tonight; groups that are not found tonight keep what was known of them."""
    earlier = store.frame("SELECT base_id, finding_id FROM find.renumbered")
    kept = earlier.join(numbers, on="base_id", how="anti")
    now = numbers.filter(pl.col("base_id") != pl.col("finding_id"))
    store.replace("find.renumbered", pl.concat([kept, now.select(kept.columns)]).sort("base_id"))


def _changes(numbers: pl.DataFrame, subjects: pl.DataFrame, known: pl.DataFrame, alike: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of history, and the findings that grew."""
    now = subjects.join(numbers, on="base_id").select("finding_id", "subject")
    before = known.select("subject", finding_id="known_id")
    added = now.join(before.select("finding_id").unique(), on="finding_id").join(before, on=["finding_id", "subject"], how="anti")
    gone = before.join(now.select("finding_id").unique(), on="finding_id").join(now, on=["finding_id", "subject"], how="anti")
    key = pl.col("subject").str.split(":").list.get(1)
    moved = pl.concat([added.select("finding_id", sign=pl.lit("+") + key), gone.select("finding_id", sign=pl.lit("−") + key)])
    moved = moved.sort("finding_id", "sign").group_by("finding_id", maintain_order=True).agg(detail=pl.col("sign").str.join(" "))
    relatives = alike.join(numbers, on="base_id").filter(pl.col("finding_id") != pl.col("known_id"))
    relatives = relatives.sort("shared", "finding_id", descending=[True, False])
    is_found = pl.col("known_id").is_in(numbers["finding_id"].implode())
    absorbed = relatives.filter(~is_found).unique("known_id", maintain_order=True)
    split = relatives.filter(~pl.col("finding_id").is_in(known["known_id"].implode())).unique("finding_id", maintain_order=True)
    parts = {
        "subjects": moved.select("finding_id", "detail"),
        "absorbed": absorbed.select(finding_id="known_id", detail=pl.lit("→ ") + pl.col("finding_id")),
        "split": split.select("finding_id", detail=pl.lit("← ") + pl.col("known_id")),
    }
    rows = pl.concat([part.with_columns(change=pl.lit(change)) for change, part in parts.items()])
    return rows.sort("finding_id", "change"), added.select("finding_id").unique().sort("finding_id")
