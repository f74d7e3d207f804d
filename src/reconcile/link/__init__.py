"""Linkage: which records are of one person. Block → compare → patterns → model → decide, one job after the other (DESIGN §3)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from reconcile.contract.meanings import LISTED_TIERS
from reconcile.errors import UsageError
from reconcile.figures import Counts
from reconcile.link import block, compare, decide, events, fillers, measure, model, persons, record, train
from reconcile.link.spec import BIRTH_CONTRADICTS, DEATH, FREQUENCIES, JOBS, REGISTRATION, RELOCATION, Job
from reconcile.settings import Settings
from reconcile.standardise.sounds import name_sound_key
from reconcile.store import Store


def run(store: Store, settings: Settings) -> Counts:
    """Link what is standardised: fill every table of the schema ``link`` and the measures of ``stats``.

    The model is the pinned or newest one of ``<home>/models``; where there is none for this program one is trained and written there.

    Raises:
        UsageError: when the pinned model is not there or knows other levels.

    """
    chosen = model.choose(settings)
    counts: Counts = {"models_trained": int(chosen is None)}
    with store.transaction():
        store.run_file("link/night")
        counts |= prepare(store)
        trained: list[tuple[Job, pl.DataFrame, str]] = []
        for job in JOBS:
            levels_counts, levels = compared(store, job)
            counts |= levels_counts
            if chosen is None:
                trained.append((job, *train.train(store, job, levels)))
            weights, learned_from = trained[-1][1:] if chosen is None else (chosen.of(job), chosen.learned_from[job.name])
            counts |= run_job(store, job, levels, weights, settings, is_proven=learned_from == "numbers")
        if chosen is None:
            chosen = _named(trained, settings)
            model.write(chosen, settings.home.model(chosen.version))
        store.insert("link.model", chosen.weights.select(pl.lit(chosen.version).alias("version"), pl.all()))
        counts["model_weights", chosen.version] = chosen.weights.height
        counts |= _run_persons(store)
        store.run_file("link/police_death")
        store.run_file("link/relocation", bits_ahead=settings.costs.bits_ahead(RELOCATION.name))
        store.run_file("link/death", bits_ahead=settings.costs.bits_ahead(DEATH.name), birth_contradicts=list(BIRTH_CONTRADICTS))
        store.run_file("link/police_death_source")
        counts |= events.run(store, settings)
        store.run_file("link/activity")
        counts |= _counted(store)
        _forget(store)
    return counts


def learn(store: Store, settings: Settings, out: Path | None = None) -> tuple[str, Path]:
    """Train a model on what was standardised last, and write it; nothing else changes.

    Args:
        store: the warehouse of a night.
        settings: where models are.
        out: file to write instead of ``<home>/models/<version>.json``.

    Returns:
        Version of the model and its file.

    Raises:
        UsageError: when nothing was standardised yet.

    """
    if not store.value("SELECT count(*) FROM std.police_resident"):
        raise UsageError("There is no register to learn from. Run a night first.")
    with store.transaction():
        prepare(store)
        learned = _named([(job, *train.train(store, job, compared(store, job)[1])) for job in JOBS], settings)
        _forget(store)
    path = out or settings.home.model(learned.version)
    model.write(learned, path)
    return learned.version, path


def prepare(store: Store) -> Counts:
    """Make what every job reads: names, numbered records without fillers, judged pairs."""
    record.declare(store)
    store.run_file("link/birth_certificate")
    _name_records(store)
    store.run_file("link/record")
    store.run_file("link/judged")
    return fillers.forget(store)


def _forget(store: Store) -> None:
    for table in ("judged_registration", "numbered_record", "candidate"):
        store.execute(f"DROP TABLE {table}")


def _named(trained: list[tuple[Job, pl.DataFrame, str]], settings: Settings) -> model.Model:
    weights = pl.concat([rows for _, rows, _ in trained])
    return model.named(weights, {job.name: learned_from for job, _, learned_from in trained}, settings.home.models)


def _name_records(store: Store) -> None:
    """Bring ``link.name`` up to date; only names not met before are sounded."""
    store.execute(f"CREATE OR REPLACE TEMP VIEW stated_name AS {record.stated_names()}")
    store.run_file("link/name", rare_bearers=FREQUENCIES[0][1])
    names = store.frame("SELECT name_key, name_sound, bearers FROM link_known_name ORDER BY name_key")
    store.execute("DROP TABLE link_known_name; DROP VIEW stated_name")
    new = names.filter(pl.col("name_sound").is_null())
    if new.height:
        new = new.with_columns(name_sound=name_sound_key(pl.col("name_key")))
    store.replace("link.name", pl.concat([names.filter(pl.col("name_sound").is_not_null()), new]))


def compared(store: Store, job: Job) -> tuple[Counts, pl.DataFrame]:
    """Candidate pairs of a job with their levels, and the counts of blocking."""
    counts = block.run(store, job)
    return counts, compare.run(store, job)


def run_job(store: Store, job: Job, levels: pl.DataFrame, weights: pl.DataFrame, settings: Settings, *, is_proven: bool) -> Counts:
    """Score, decide, measure and store the pairs of a job; where the model rests on no proof, no pair is listed for its score alone."""
    floors = decide.Floors.of(job, settings.costs)
    candidates = model.patterns(job, levels)
    counts = measure.drift(store, job, candidates, weights) | measure.reliability(store, job, levels, weights)
    decided = decide.run(job, model.score(job, candidates, weights), floors)
    if job is DEATH:
        levels = forget_informants(job, levels, decided)
        decided = decide.run(job, model.score(job, model.patterns(job, levels), weights), floors)
    if not is_proven:
        decided = decide.for_analysts(decided)
        counts["without_numbers", job.name] = 1
    counts["patterns", job.name] = decided.height
    pairs = by_pattern(job, levels, decided)
    listed = decided.with_row_index("pattern_no").select("pattern_no", matched=(pl.col("decision") == "match") & (pl.col("tier") != "D"))
    counts |= measure.blocking(store, job, pairs.join(listed, on="pattern_no", how="left"))
    measure.scores(store, job, decided)
    return counts | _store_pairs(store, job, pairs, decided)


def by_pattern(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the number of their pattern, which is its row in ``decided``."""
    keys = model.pattern_keys(job)
    numbered = decided.select(keys).with_row_index("pattern_no")
    joined = model.told_apart(job, levels).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return joined.select("left_no", "right_no", "passes", "pattern_no")


def forget_informants(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Take the number away where it points only at people the record contradicts, so that it does not speak against the right one."""
    outcomes = decided.with_row_index("pattern_no").select("pattern_no", "decision", "number_level")
    pairs = by_pattern(job, levels, decided).join(outcomes, on="pattern_no", how="left", maintain_order="left")
    own = pairs.filter((pl.col("decision") == "match") & (pl.col("number_level") == "equal"))["left_no"].unique()
    others = pairs.filter(pl.col("decision") == "conflict")["left_no"].unique()
    informed = others.filter(~others.is_in(own.implode()))
    return decide.without_number(levels, pl.col("left_no").is_in(informed.implode()))


def _store_pairs(store: Store, job: Job, pairs: pl.DataFrame, decided: pl.DataFrame) -> Counts:
    """Write ``link.<job>_pair``: keys, levels, weights, decision; pairs far below any decision are only counted.

    What a station said of two registrations outranks the rules; the tier of a pair it called different is what the rules would say.
    """
    texts = decided.with_row_index("pattern_no").with_columns(pl.col([f"{field}_level" for field in job.fields]).cast(pl.String))
    store.connection.register("decided_frame", texts.drop("pairs", *(f"{field}_frequency" for field in job.weighed_by_frequency)))
    store.connection.register("levelled_frame", pairs)
    fields = ", ".join(f"p.{field}_level, p.{field}_weight" for field in job.fields)
    named = ", ".join(f"CASE WHEN (c.passes & {1 << bit}) > 0 THEN '{name}' END" for bit, name in enumerate(block.passes_text(job)))
    different, same = (f"coalesce(j.verdict = '{verdict}', FALSE)" for verdict in ("different", "same"))
    store.execute(
        f"""
        CREATE OR REPLACE TABLE {job.table} AS
        SELECT l.record_type AS left_type, l.record_key AS left_key, r.record_type AS right_type, r.record_key AS right_key,
            concat_ws(' ', {named}) AS passes, {fields}, p.match_weight, p.probability,
            CASE WHEN {same} AND coalesce(p.tier, 'D') = 'D' THEN 'B' ELSE p.tier END AS tier,
            CASE WHEN {different} THEN 'judged_different' WHEN {same} THEN NULL ELSE p.veto END AS veto,
            CASE WHEN {different} THEN 'non_match' WHEN {same} THEN 'match' ELSE p.decision END AS decision
        FROM levelled_frame AS c
        INNER JOIN decided_frame AS p ON c.pattern_no = p.pattern_no
        INNER JOIN numbered_record AS l ON c.left_no = l.record_no
        INNER JOIN numbered_record AS r ON c.right_no = r.record_no
        LEFT JOIN judged_registration AS j
            ON l.record_key = j.left_key AND r.record_key = j.right_key
            AND l.record_type = 'police_resident' AND r.record_type = 'police_resident'
        WHERE p.match_weight >= $keep_bits OR p.decision <> 'non_match' OR p.veto IS NOT NULL OR j.verdict IS NOT NULL
        ORDER BY l.record_no, r.record_no""",
        keep_bits=job.keep_bits,
    )
    store.execute(f"COMMENT ON TABLE {job.table} IS 'Scored pairs: level and weight (log2) of each comparison, and the decision.'")
    for frame in ("decided_frame", "levelled_frame"):
        store.connection.unregister(frame)
    stored = store.value(f"SELECT count(*) FROM {job.table}")
    return {("pairs_stored", job.name): stored, ("pairs_too_light", job.name): pairs.height - stored}


def _run_persons(store: Store) -> Counts:
    """Fill ``link.person``; pairs that a station judged count whether blocking found them or not."""
    numbers = f"""
        SELECT l.record_no AS left_no, r.record_no AS right_no, p.tier FROM {REGISTRATION.table} AS p
        INNER JOIN numbered_record AS l ON p.left_key = l.record_key AND l.record_type = 'police_resident'
        INNER JOIN numbered_record AS r ON p.right_key = r.record_key AND r.record_type = 'police_resident'
        WHERE """
    judged = """
        SELECT l.record_no AS left_no, r.record_no AS right_no, 'A' AS tier FROM judged_registration AS j
        INNER JOIN numbered_record AS l ON j.left_key = l.record_key AND l.record_type = 'police_resident'
        INNER JOIN numbered_record AS r ON j.right_key = r.record_key AND r.record_type = 'police_resident'
        WHERE j.verdict = """
    matches = store.frame(f"{judged} 'same' UNION ALL {numbers} p.decision = 'match' ORDER BY left_no, right_no")
    apart = store.frame(f"{judged} 'different' UNION ALL {numbers} p.veto IS NOT NULL ORDER BY left_no, right_no")
    groups, split, oversized = persons.components(matches.filter(pl.col("tier").is_in(LISTED_TIERS)), apart)
    store.connection.register("person_group", groups)
    store.run_file("link/person", run_id=store.run_id)
    store.connection.unregister("person_group")
    return {"components_split": split, "components_oversized": oversized}


def _counted(store: Store) -> Counts:
    """Figures of the tables written."""
    tables = ("record", "name", "death", "death_conflict", "police_death", "police_death_source", "relocation", "activity")
    counts: Counts = {("rows", table): store.value(f"SELECT count(*) FROM link.{table}") for table in tables}
    counts["persons"] = store.value("SELECT count(DISTINCT person_id) FROM link.person")
    for tier, number in store.execute("SELECT coalesce(tier, 'none'), count(*) FROM link.death GROUP BY ALL ORDER BY ALL").fetchall():
        counts["deaths", tier] = number
    return counts
