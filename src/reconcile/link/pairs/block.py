"""Blocking: which pairs of records are worth comparing. Equi-joins only, several passes, where compute queries are answered."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link.jobs import Job, Pass

_SIZE = {
    True: "SELECT block, count(*) * (count(*) - 1) // 2 AS pairs FROM {table} GROUP BY block HAVING count(*) > 1",
    False: """
        WITH lefts AS (SELECT block, count(*) AS many FROM {table} WHERE on_left GROUP BY block),
        rights AS (
            SELECT keyed.block, count(*) AS many FROM {table} AS keyed INNER JOIN lefts ON keyed.block = lefts.block
            WHERE NOT keyed.on_left GROUP BY keyed.block)
        SELECT lefts.block, lefts.many * rights.many AS pairs FROM lefts INNER JOIN rights ON lefts.block = rights.block""",
}
"""Blocks that hold a pair, with their pairs: of one population with itself, or of two."""
_KNOWN_AS = """(
            SELECT * FROM numbered_record
            UNION ALL
            SELECT * REPLACE (unnest(string_split(former_names_key, '|')) AS name_key)
            FROM numbered_record WHERE former_names_key IS NOT NULL)"""
"""Records once under their name and once under each former name."""
SEED = 20260701
"""Any fixed number will do; it is fixed so that training twice gives one model."""
PAIRS_OF_A_RECORD = 2
"""Random pairs for each record of a small register: more would compare the same values again and again."""


def run(asked: Compute, job: Job) -> Counts:
    """Fill the working table ``candidate`` (left_no, right_no, passes as bits) for a job; return pairs per pass and what was left out.

    Every pair stands once, ``left_no < right_no`` when a population is linked with itself. Reads ``numbered_record``.
    """
    tables = {1 << position: f"found_{each.name}" for position, each in enumerate(job.passes)}
    counts: Counts = {}
    for (bit, table), each in zip(tables.items(), job.passes, strict=True):
        counts |= _run_pass(asked, job, each, bit, table)
    every = " UNION ALL ".join(f"SELECT left_no, right_no, passes FROM {table}" for table in tables.values())
    met = dict(asked.frame(f"SELECT passes, count(*) AS pairs FROM ({every}) AS found GROUP BY passes").iter_rows())
    counts |= {("pass_pairs", f"{job.name} {each.name}"): met.get(bit, 0) for bit, each in zip(tables, job.passes, strict=True)}
    asked.keep("candidate", f"SELECT left_no, right_no, bit_or(passes) AS passes FROM ({every}) AS found GROUP BY left_no, right_no")
    asked.drop(*tables.values())
    counts["candidates", job.name] = asked.frame("SELECT count(*) AS pairs FROM candidate").item()
    return counts


def _run_pass(asked: Compute, job: Job, each: Pass, bit: int, found: str) -> Counts:
    """Fill the working table ``found`` with the pairs of one pass; return what was narrowed and left out."""
    present = " AND ".join(f"({key}) IS NOT NULL" for key in each.keys)
    types = ", ".join(f"'{name}'" for name in dict.fromkeys(job.left + job.right))
    lefts = ", ".join(f"'{name}'" for name in job.left)
    # A 64-bit hash instead of the keys halves the memory; a collision would only add a pair that compares as different.
    # Of two populations the larger one matters only where the other has a block.
    met = "TRUE" if job.is_self else "on_left OR block IN (SELECT block FROM hashed WHERE on_left)"
    asked.keep(
        "keyed",
        f"""
        WITH hashed AS (
            SELECT
                record_no,
                record_type IN ({lefts}) AS on_left,
                hash({", ".join(each.keys)}) AS block,
                hash({", ".join(each.narrow)}) AS narrow
            FROM {_KNOWN_AS if each.by_former else "numbered_record"} WHERE record_type IN ({types}) AND {present})
        SELECT * FROM hashed WHERE {met}""",
    )
    asked.keep("sized", _SIZE[job.is_self].format(table="keyed"))
    narrowed = asked.frame("SELECT count(*) AS blocks FROM sized WHERE pairs > $budget", budget=job.block_pairs).item()
    counts = _narrow(asked, job, f"{job.name} {each.name}", narrowed) if narrowed else {}
    member, sized = ("member", "resized") if narrowed else ("keyed", "sized")
    sides = "left_record.record_no < right_record.record_no" if job.is_self else "left_record.on_left AND NOT right_record.on_left"
    asked.keep(
        found,
        f"""
        SELECT DISTINCT left_record.record_no AS left_no, right_record.record_no AS right_no, {bit} AS passes
        FROM (
            SELECT {member}.* FROM {member} INNER JOIN {sized} ON {member}.block = {sized}.block WHERE {sized}.pairs <= $budget
        ) AS left_record
        INNER JOIN {member} AS right_record ON left_record.block = right_record.block AND {sides}""",
        budget=job.block_pairs,
    )
    asked.drop(*dict.fromkeys(("keyed", "sized", member, sized)))
    return counts


def _narrow(asked: Compute, job: Job, subject: str, narrowed: int) -> Counts:
    """Make ``member`` and ``resized`` of ``keyed`` and ``sized``, with the blocks over the budget taken apart by their narrower keys."""
    asked.keep(
        "member",
        """
        SELECT keyed.record_no, keyed.on_left,
            CASE WHEN sized.pairs > $budget THEN hash(keyed.block, keyed.narrow) ELSE keyed.block END AS block
        FROM keyed INNER JOIN sized ON keyed.block = sized.block""",
        budget=job.block_pairs,
    )
    asked.keep("resized", _SIZE[job.is_self].format(table="member"))
    dropped = asked.frame("SELECT coalesce(sum(pairs), 0) AS pairs FROM resized WHERE pairs > $budget", budget=job.block_pairs).item()
    counts: Counts = {("blocks_narrowed", subject): narrowed}
    if dropped:
        counts["pairs_dropped", subject] = float(dropped)
    return counts


def meeting_sql(each: Pass) -> str:
    """Query that gives a row when a pass brings records 1 and 2 of ``numbered_record`` together, whatever its budget."""
    present = " AND ".join(f"({key}) IS NOT NULL" for key in each.keys)
    return f"""
        WITH keyed AS (
            SELECT record_no, hash({", ".join(each.keys)}) AS block
            FROM {_KNOWN_AS if each.by_former else "numbered_record"} WHERE {present})
        SELECT 1 AS meets FROM keyed AS left_record
        INNER JOIN keyed AS right_record
            ON left_record.block = right_record.block AND left_record.record_no = 1 AND right_record.record_no = 2
        LIMIT 1"""


def random_pairs(asked: Compute, job: Job, pairs: int) -> None:
    """Fill ``candidate`` with about ``pairs`` pairs drawn over both populations without looking at their fields (``passes`` 0).

    Of few records fewer are drawn. The draw has a fixed seed, so the same register gives the same pairs.
    """
    populations = {
        side: asked.frame(
            """
            SELECT record_type, min(record_no) AS first_no, count(*) AS records FROM numbered_record
            WHERE list_contains($types, record_type) GROUP BY record_type ORDER BY first_no""",
            types=list(types),
        )
        for side, types in (("left_no", job.left), ("right_no", job.right))
    }
    pairs = min(pairs, PAIRS_OF_A_RECORD * sum(int(population["records"].sum()) for population in populations.values()))
    sides: dict[str, pl.Series] = {}
    draw = np.random.default_rng(SEED)
    for side, population in populations.items():
        first, records = population["first_no"].to_numpy(), population["records"].to_numpy()
        picked = draw.integers(0, max(int(records.sum()), 1), pairs if len(records) else 0)
        kind = np.searchsorted(records.cumsum(), picked, side="right")  # records of a type are numbered in a row
        sides[side] = pl.Series((first - (records.cumsum() - records))[kind] + picked, dtype=pl.Int32)
    if min(len(side) for side in sides.values()) == 0:
        sides = {side: values.clear() for side, values in sides.items()}
    ends = pl.DataFrame(sides).filter(pl.col("left_no") != pl.col("right_no"))
    if job.is_self:
        ends = ends.select(left_no=pl.min_horizontal("left_no", "right_no"), right_no=pl.max_horizontal("left_no", "right_no"))
    with asked.lent(drawn=ends.unique().sort("left_no", "right_no")):
        asked.keep("candidate", "SELECT left_no, right_no, 0 AS passes FROM drawn")


def passes_text(job: Job) -> list[str]:
    """Text of every bit of ``passes``, in order."""
    return [each.name for each in job.passes]
