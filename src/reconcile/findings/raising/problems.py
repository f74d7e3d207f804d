"""What the rules say tonight: every rule is run, its rows are grouped into problems, and each problem gets its number."""

from __future__ import annotations

import polars as pl

from reconcile import identity, key, pace
from reconcile.asked import Readable
from reconcile.errors import UsageError
from reconcile.findings import records
from reconcile.findings.raising import precedence
from reconcile.findings.raising.rules import COLUMNS, EVIDENCE, PLACEHOLDERS, Rule
from reconcile.query import sql
from reconcile.store import Store


def rows_of(asked: Readable, rule: Rule) -> pl.DataFrame:
    """Rows of one rule: its columns, and its facts.

    Raises:
        UsageError: when the SELECT lacks a column, or a template names what is neither a fact nor a common placeholder.

    """
    rows = asked.frame(rule.select)
    known = {*rows.columns[len(COLUMNS) :], *PLACEHOLDERS}
    if tuple(rows.columns[: len(COLUMNS)]) != COLUMNS or not rule.placeholders() <= known:
        raise UsageError(
            f"sql/findings/{rule.finding_type}.sql: select {', '.join(COLUMNS)} in this order, then the facts its reasons name: "
            f"{', '.join(sorted(rule.placeholders() - known)) or 'none is missing'}."
        )
    return rows


def raise_all(store: Store, rules: list[Rule], asked: Readable | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Run all rules, on the engine ``asked`` where it is another one, and keep one finding of those that describe one fact.

    Returns one row per finding (finding_id, finding_type, variant, tier, confidence, facts) and one row per member
    (finding_id, finding_type, role, record_type, record_key, station_code, is_subject, is_lead), both sorted.
    """
    numbering = key.of(store)
    parts = [_numbered(_rows(store, rule, asked or store), rule, numbering) for rule in rules]
    problems = pl.concat([problem for problem, _ in parts], how="diagonal").sort("finding_id")
    members = pl.concat([member for _, member in parts]).sort("finding_id", "record_type", "record_key")
    dismissed = store.frame("SELECT finding_id FROM find.finding WHERE status = 'dismissed'")["finding_id"]
    problems, members = precedence.apply(problems, members, dismissed)
    stations = records.stations(store, members)
    return problems, members.join(stations, on=["record_type", "record_key"], how="left", maintain_order="left")


def _rows(store: Store, rule: Rule, asked: Readable) -> pl.DataFrame:
    """Rows of one rule, with dismissed duplicates that only a station's word keeps apart."""
    pace.advance()
    rows = rows_of(asked, rule)
    if rule.finding_type != "duplicate_registration":
        return rows
    return pl.concat([rows, store.frame(sql("life/still_alike"))], how="diagonal_relaxed")


def _numbered(rows: pl.DataFrame, rule: Rule, numbering: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Group the rows of one rule into findings and members; two problems with the same subjects are one finding."""
    is_subject = pl.col("role") != EVIDENCE
    subject = pl.concat_str("record_type", "record_key", separator=":")
    grouped = rows.group_by("problem").agg(
        pl.col("variant").min(),
        pl.col("tier").max(),
        pl.col("confidence").min(),
        subject.filter(is_subject).unique().sort().alias("subjects"),
        *[pl.col(fact).max() for fact in rows.columns[len(COLUMNS) :]],
    )
    # Distinct problems, not persons or rows: a keyed hash has no expression in Polars.
    numbers = [identity.finding_id(numbering, rule.letter, rule.finding_type, subjects) for subjects in grouped["subjects"]]
    named = grouped.with_columns(finding_id=pl.Series(numbers, dtype=pl.String), finding_type=pl.lit(rule.finding_type))
    kept = named.sort("tier", "problem").unique("finding_id", keep="first")
    members = (
        rows.join(kept.select("problem", "finding_id", "finding_type"), on="problem")
        .select("finding_id", "finding_type", "role", "record_type", "record_key", is_subject=is_subject)
        .unique(["finding_id", "record_type", "record_key"], keep="any")
    )
    ordered = members.sort(
        "finding_id", ~pl.col("is_subject"), pl.col("record_type") != "police_resident", "role", "record_type", "record_key"
    )
    members = ordered.with_columns(is_lead=pl.col("finding_id").is_first_distinct())
    return kept.drop("problem", "subjects"), members
