"""Persons: connected components of matches that respect who is not the same."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.contract.meanings import LISTED_TIERS
from reconcile.figures import Counts
from reconcile.link.jobs import REGISTRATION
from reconcile.store import Store

LARGEST = 12
"""More registrations of one person than this are a number or a name that many share, not a person."""


_JUDGED = """
SELECT
    least(judged.left_key, judged.right_key) AS left_key,
    greatest(judged.left_key, judged.right_key) AS right_key,
    min(judged.verdict) AS verdict
FROM judged_registration AS judged
INNER JOIN std.police_resident AS one ON judged.left_key = one.registration_id
INNER JOIN std.police_resident AS other ON judged.right_key = other.registration_id
GROUP BY ALL
"""
_KNOWN = f"""
CREATE OR REPLACE TEMP TABLE known_pair AS
SELECT left_key, right_key, 'A' AS tier, verdict = 'same' AS is_match, verdict = 'different' AS is_apart, 0 AS place
FROM ({_JUDGED}) AS judged
UNION ALL
SELECT left_key, right_key, tier, decision = 'match' AS is_match, veto IS NOT NULL AS is_apart, 1 AS place
FROM {REGISTRATION.table} WHERE decision = 'match' OR veto IS NOT NULL;

CREATE OR REPLACE TEMP TABLE numbered_registration AS
SELECT registration_id, CAST(row_number() OVER (ORDER BY registration_id) AS INTEGER) AS number
FROM (SELECT left_key AS registration_id FROM known_pair UNION SELECT right_key FROM known_pair) AS named
"""
_EDGES = """
SELECT one.number AS left_no, other.number AS right_no, pair.tier, pair.is_match, pair.is_apart
FROM known_pair AS pair
INNER JOIN numbered_registration AS one ON pair.left_key = one.registration_id
INNER JOIN numbered_registration AS other ON pair.right_key = other.registration_id
ORDER BY left_no, right_no, pair.place
"""
_MEMBERS = """
CREATE OR REPLACE TEMP TABLE person_group AS
SELECT one.registration_id, leader.registration_id AS leader_id
FROM grouped
INNER JOIN numbered_registration AS one ON grouped.record_no = one.number
INNER JOIN numbered_registration AS leader ON grouped."group" = leader.number
"""


def run(store: Store) -> Counts:
    """Fill ``link.person``; pairs that a station judged count whether blocking found them or not.

    Only registrations of pairs that match or are held apart are looked at, as numbers: two of four bytes a pair.
    """
    store.execute(_KNOWN)
    known = store.frame(_EDGES)
    matches, apart = (known.filter(which).select("left_no", "right_no", "tier") for which in ("is_match", "is_apart"))
    groups, split, oversized = components(matches.filter(pl.col("tier").is_in(LISTED_TIERS)), apart)
    with store.lent(grouped=groups):
        store.execute(_MEMBERS)
    store.run_file("link/person", run_id=store.run_id)
    store.drop("person_group", "numbered_registration", "known_pair")
    return {"components_split": split, "components_oversized": oversized}


def components(matches: pl.DataFrame, apart: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    """Group records into persons.

    A component that holds a pair known to be apart, or more records than anybody has, gives up its weakest tier, then the next: better
    two persons than a merged twin.

    Args:
        matches: left_no, right_no, tier of pairs that match.
        apart: left_no, right_no of pairs that must not be one person.

    Returns:
        record_no and group (its smallest record_no) of every record in a match, how many components were split because of a pair
        apart, and how many because of their size.

    """
    edges = matches.filter(pl.col("tier").is_in(LISTED_TIERS))
    groups = _groups(pl.concat([matches["left_no"], matches["right_no"]]).unique().sort().to_numpy(), edges)
    whole: list[pl.DataFrame] = []
    split: set[int] = set()
    oversized: set[int] = set()
    for tier in reversed(LISTED_TIERS):
        apart_in, large = _torn(groups, apart), _large(groups)
        if not apart_in and not large:
            break
        split |= set(apart_in)
        oversized |= set(large)
        # What is whole stays as it is: of millions of components few are torn.
        is_torn = pl.col("group").is_in(sorted({*apart_in, *large}))
        whole.append(groups.filter(~is_torn))
        groups = groups.filter(is_torn)
        edges = edges.join(groups.select(left_no="record_no"), on="left_no", how="semi").filter(pl.col("tier") != tier)
        groups = _groups(groups["record_no"].to_numpy(), edges)
    return pl.concat([*whole, groups]).sort("record_no"), len(split), len(oversized - split)


def _groups(numbers: np.ndarray, edges: pl.DataFrame) -> pl.DataFrame:
    """Components of ``edges`` over records, whose numbers come sorted."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(numbers)
    if not size:
        return pl.DataFrame(schema={"record_no": pl.Int32, "group": pl.Int32})
    ends = [np.searchsorted(numbers, edges[column].to_numpy()) for column in ("left_no", "right_no")]
    graph = coo_array((np.ones(edges.height, dtype=np.int8), (ends[0], ends[1])), shape=(size, size))
    components, labels = connected_components(graph, directed=False)
    smallest = np.empty(components, dtype=np.int32)
    smallest[labels[::-1]] = numbers[::-1]  # of several that are put into one place the last stays: the first of the component
    return pl.DataFrame({"record_no": numbers, "group": smallest[labels]}, schema_overrides={"record_no": pl.Int32})


def _large(groups: pl.DataFrame) -> list[int]:
    """Groups of more records than anybody has."""
    return groups.group_by("group").len().filter(pl.col("len") > LARGEST)["group"].sort().to_list()


def _torn(groups: pl.DataFrame, apart: pl.DataFrame) -> list[int]:
    """Groups that hold both ends of a pair that is apart."""
    ends = {side: groups.rename({"record_no": f"{side}_no", "group": f"{side}_group"}) for side in ("left", "right")}
    both = apart.join(ends["left"], on="left_no").join(ends["right"], on="right_no")
    return both.filter(pl.col("left_group") == pl.col("right_group"))["left_group"].unique().sort().to_list()
