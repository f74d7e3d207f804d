"""Findings: run every rule, give each problem its number, its sentence and its place in the night's history."""

from __future__ import annotations

import datetime as dt

import polars as pl

from reconcile import brakes, identity
from reconcile.contract.tables import EXTRACTS
from reconcile.errors import UsageError
from reconcile.findings import changes, evidence, keep, lineage, precedence, reasons
from reconcile.findings.rules import COLUMNS, EVIDENCE, Rule, discover
from reconcile.query import sql
from reconcile.settings import Settings
from reconcile.store import Counts, Store

FINDING = {
    "finding_id": pl.String,
    "finding_type": pl.String,
    "variant": pl.String,
    "tier": pl.String,
    "confidence": pl.Float64,
    "priority": pl.Int64,
    "agency": pl.String,
    "station_code": pl.String,
    "first_seen_on": pl.Date,
    "last_seen_on": pl.Date,
    "due_on": pl.Date,
    "reason": pl.String,
    "suggestion": pl.String,
}
"""What the rules say of a finding; status and dates of the past are settled against the known ones."""

STATION_COLUMNS = ("station_code", "resettlement_station_code")
"""Where an extract says which station a record is of."""

_TIER_STEP = {"A": 0, "B": 0, "C": 1, "D": 2}
"""How many places a weaker tier comes after the rule's priority."""


def run(store: Store, settings: Settings) -> Counts:
    """Raise, keep, reopen and settle findings; counts per type and per status.

    Raises:
        BrakeError: when the result is implausible; the findings and their history are then those of the night before.
        UsageError: when a rule file is wrong.

    """
    rules = discover()
    with store.transaction():
        followed = lineage.follow(store, *raise_all(store, settings, rules))
        problems, members = followed.problems, followed.members
        beside = evidence.collect(store, rules, members)
        store.run_file("life/tonight")
        news = _renew(store, members, beside, evidence.stated(store, rules, members))
        store.run_file("life/route")
        findings = _complete(store, reasons.add(problems, members, beside, rules), members, rules)
        uncorrected = changes.since_corrected(store)
        unasked = changes.since_answered(store)
        told = pl.concat([news.drop("detail"), uncorrected, unasked]).unique("finding_id", keep="first", maintain_order=True)
        store.insert("tonight", _with_news(findings, told))
        store.insert("changed", news.select("finding_id", "detail"))
        store.insert("uncorrected", uncorrected.select("finding_id"))
        store.insert("grown", followed.grown)
        store.insert("unasked", unasked.select("finding_id"))
        store.insert("find.history", followed.changes.with_columns(as_of=pl.lit(settings.as_of), run_id=pl.lit(store.run_id)))
        store.run_file("life/settle", run_id=store.run_id)
        store.run_file("life/review")
        brakes.check(store, settings)
        return _counts(store, rules)


def _renew(store: Store, members: pl.DataFrame, beside: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Write tonight's subjects and evidence; returns what is new about findings that were dismissed."""
    store.execute("CREATE OR REPLACE TEMP TABLE found (finding_id VARCHAR)")
    store.insert("found", members.select("finding_id").unique())
    dated = changes.dated(store, stated)
    store.run_file("life/renew")
    store.insert("find.subject", _subjects(members))
    store.insert("find.evidence", beside)
    store.insert("find.stated", dated)
    return changes.since_dismissed(store)


def _with_news(findings: pl.DataFrame, news: pl.DataFrame) -> pl.DataFrame:
    """Reasons that say why a finding that was settled is asked again."""
    told = findings.join(news.select("finding_id", "sentence"), on="finding_id", how="left", maintain_order="left")
    return told.with_columns(reason=pl.concat_str("reason", "sentence", ignore_nulls=True)).drop("sentence")


def raised(store: Store, rule: Rule) -> pl.DataFrame:
    """Rows of one rule: its columns, and its facts.

    Raises:
        UsageError: when the SELECT lacks a column, or a template names what is neither a fact nor a common placeholder.

    """
    rows = store.frame(rule.select)
    known = {*rows.columns[len(COLUMNS) :], *reasons.PLACEHOLDERS}
    if tuple(rows.columns[: len(COLUMNS)]) != COLUMNS or not rule.placeholders() <= known:
        raise UsageError(
            f"sql/findings/{rule.finding_type}.sql: select {', '.join(COLUMNS)} in this order, then the facts its reasons name: "
            f"{', '.join(sorted(rule.placeholders() - known)) or 'none is missing'}."
        )
    return rows


def raise_all(store: Store, settings: Settings, rules: list[Rule]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Run all rules and keep one finding of those that describe one fact.

    Returns one row per finding (finding_id, finding_type, variant, tier, confidence, facts) and one row per member
    (finding_id, finding_type, role, record_type, record_key, station_code, is_subject, is_lead), both sorted.
    """
    key = identity.key_of(settings)
    parts = [_numbered(_asked(store, rule), rule, key) for rule in rules]
    problems = pl.concat([problem for problem, _ in parts], how="diagonal").sort("finding_id")
    members = pl.concat([member for _, member in parts]).sort("finding_id", "record_type", "record_key")
    dismissed = store.frame("SELECT finding_id FROM find.finding WHERE status = 'dismissed'")["finding_id"]
    problems, members = precedence.apply(problems, members, dismissed)
    stations = _stations(store, members)
    return problems, members.join(stations, on=["record_type", "record_key"], how="left", maintain_order="left")


def _asked(store: Store, rule: Rule) -> pl.DataFrame:
    """Rows of one rule, with dismissed duplicates that only a station's word keeps apart."""
    rows = raised(store, rule)
    if rule.finding_type != "duplicate_registration":
        return rows
    return pl.concat([rows, store.frame(sql("life/still_alike"))], how="diagonal_relaxed")


def _numbered(rows: pl.DataFrame, rule: Rule, key: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
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
    numbers = [identity.finding_id(key, rule.letter, rule.finding_type, subjects) for subjects in grouped["subjects"]]
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


def _stations(store: Store, members: pl.DataFrame) -> pl.DataFrame:
    """Station of each member record, from the extracts that have one."""
    parts = [pl.DataFrame(schema={"record_type": pl.String, "record_key": pl.String, "station_code": pl.String})]
    for (record_type,), wanted in members.partition_by("record_type", as_dict=True).items():
        extract = EXTRACTS[str(record_type)]
        station = next((name for name in STATION_COLUMNS if name in extract.fields), None)
        if station:
            key = extract.key[0]
            select = f"SELECT '{extract.name}' AS record_type, {key} AS record_key, {station} AS station_code FROM std.{extract.name} AS r"
            parts.append(evidence.among(store, select, f"r.{key}", wanted))
    return pl.concat(parts)


def _complete(store: Store, findings: pl.DataFrame, members: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Add what follows from rule, tier and members: priority, agency, station, dates, suggestion.

    The station is that of the first subject, else of the first record of its evidence, that the station table knows, or the one that
    station named when it said that the finding is not its own; a finding without one is not routed.
    """
    settings = store.settings
    routes = store.frame("SELECT finding_id, from_station AS station_code, to_station, TRUE AS is_routed FROM find.route")
    known = store.frame("SELECT station_code FROM std.station")["station_code"].to_list()
    days = [rule.due_days or settings.due_days for rule in rules]
    declared = pl.DataFrame(
        {
            "finding_type": [rule.finding_type for rule in rules],
            "declared_priority": [rule.priority for rule in rules],
            "agency": [", ".join(rule.agency) for rule in rules],
            "suggestion": [rule.suggestion for rule in rules],
            "due_on": [settings.as_of + dt.timedelta(days=number) for number in days],
        }
    )
    agencies = {name: extract.agency for name, extract in EXTRACTS.items()}
    first = (
        members.sort("finding_id", ~pl.col("is_subject"), ~pl.col("is_lead"), "record_type", "record_key")
        .join(routes, on=["finding_id", "station_code"], how="left", maintain_order="left")
        .with_columns(station_code=pl.when("is_routed").then("to_station").otherwise("station_code"))
    )
    about = first.group_by("finding_id", maintain_order=True).agg(
        pl.col("station_code").filter(pl.col("station_code").is_in(known)).first(),
        source=pl.col("record_type").filter(pl.col("is_subject") & ~pl.col("is_lead")).first().replace(agencies),
    )
    completed = (
        findings.join(declared, on="finding_type", how="left", maintain_order="left")
        .join(about, on="finding_id", how="left", maintain_order="left")
        .with_columns(
            priority=pl.col("declared_priority") + pl.col("tier").replace_strict(_TIER_STEP, default=2, return_dtype=pl.Int64),
            agency=pl.col("agency").str.replace("source", pl.col("source").fill_null("police")),
            first_seen_on=pl.lit(settings.as_of),
            last_seen_on=pl.lit(settings.as_of),
        )
        .select(*FINDING)
    )
    return keep.suggest(store, completed, members)


def _subjects(members: pl.DataFrame) -> pl.DataFrame:
    return members.filter("is_subject").select("finding_id", "role", "record_type", "record_key", "station_code")


def _counts(store: Store, rules: list[Rule]) -> Counts:
    """Findings that are found tonight per type (those without any count 0), all findings per status."""
    found = store.frame(
        "SELECT finding_type, count(*) AS n FROM find.finding WHERE last_seen_on = $as_of AND resolved_on IS NULL GROUP BY 1"
    )
    status = store.frame("SELECT status, count(*) AS n FROM find.finding GROUP BY 1 ORDER BY 1")
    counts = dict.fromkeys((rule.finding_type for rule in rules), 0.0) | dict(zip(found["finding_type"], found["n"], strict=True))
    counts["review_entries"] = float(store.value("SELECT count(*) FROM find.review"))
    return counts | {f"status_{name}": float(number) for name, number in status.iter_rows()}
