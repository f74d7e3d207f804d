"""Linkage: which records are of one person. Block → compare → patterns → model → decide, one job after the other (DESIGN §3)."""

from __future__ import annotations

import polars as pl

from reconcile.link import block, compare, decide, events, model, persons
from reconcile.link.spec import BIRTH_CONTRADICTS, DEATH, JOBS, REGISTRATION, Job
from reconcile.settings import Settings
from reconcile.standardise.sounds import name_sound_key
from reconcile.store import Counts, Store


def run(store: Store, settings: Settings) -> Counts:
    """Link what is standardised: fill every table of the schema ``link``.

    The model is trained when there is none for these levels or the run is ``full``; other nights score with ``link.model`` as it is.
    """
    counts: Counts = {}
    with store.transaction():
        prepare(store)
        for job in JOBS:
            counts |= run_job(store, job, retrain=settings.full)
        counts |= _run_persons(store)
        store.run_file("link/police_death")
        store.run_file("link/relocation", bits_ahead=decide.BITS_AHEAD)
        store.run_file("link/death", bits_ahead=decide.BITS_AHEAD, birth_contradicts=list(BIRTH_CONTRADICTS))
        store.run_file("link/police_death_source")
        counts |= events.run(store, settings)
        store.run_file("link/activity")
        counts |= _counted(store)
        for table in ("judged_registration", "numbered_record", "candidate"):
            store.execute(f"DROP TABLE {table}")
    return counts


def prepare(store: Store) -> None:
    """Make what every job reads: names, numbered records, judged pairs."""
    store.run_file("link/tables")
    store.run_file("link/birth_certificate")
    _name_records(store)
    store.run_file("link/record")
    store.run_file("link/judged")


def _name_records(store: Store) -> None:
    """Bring ``link.name`` up to date; only names not met before are sounded."""
    store.run_file("link/name")
    names = store.frame("SELECT name_key, name_sound, bearers FROM link_known_name ORDER BY name_key")
    store.execute("DROP TABLE link_known_name")
    new = names.filter(pl.col("name_sound").is_null())
    if new.height:
        new = new.with_columns(name_sound=name_sound_key(pl.col("name_key")))
    store.replace("link.name", pl.concat([names.filter(pl.col("name_sound").is_not_null()), new]))


def run_job(store: Store, job: Job, *, retrain: bool) -> Counts:
    """Block, compare, weigh and decide one job, and write its pair table."""
    counts = block.run(store, job)
    levels = compare.run(store, job)
    weights = store.frame("SELECT * FROM link.model WHERE job = $job ORDER BY field, level", job=job.name)
    if retrain or not model.covers(job, weights):
        learned = model.train(store, job, levels)
        weights = learned.with_columns(version=pl.lit(model.version(learned)))
        store.execute("DELETE FROM link.model WHERE job = $job", job=job.name)
        store.insert("link.model", weights)
        counts[f"{job.name}_trained"] = 1
    decided = decide.run(job, model.score(job, model.patterns(job, levels), weights))
    if job is DEATH:
        levels = forget_informants(job, levels, decided)
        decided = decide.run(job, model.score(job, model.patterns(job, levels), weights))
    counts[f"{job.name}_patterns"] = decided.height
    counts[f"{job.name}_model_{weights['version'][0]}"] = float(weights.height)
    return counts | _store_pairs(store, job, levels, decided)


def by_pattern(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the number of their pattern, which is its row in ``decided``."""
    keys = [f"{field}_level" for field in job.fields]
    frequent = [level.name for level in job.comparisons[job.fields.index("name")].levels if level.by_frequency]
    told_apart = levels.with_columns(name_frequency=pl.when(pl.col("name_level").is_in(frequent)).then("name_frequency"))
    numbered = decided.select(*keys, "name_frequency").with_row_index("pattern_no")
    return told_apart.join(numbered, on=[*keys, "name_frequency"], how="left", nulls_equal=True, maintain_order="left").select(
        "left_no", "right_no", "passes", "pattern_no"
    )


def forget_informants(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Take the number away where it points only at people the record contradicts, so that it does not speak against the right one."""
    outcomes = decided.with_row_index("pattern_no").select("pattern_no", "decision", "number_level")
    pairs = by_pattern(job, levels, decided).join(outcomes, on="pattern_no", how="left", maintain_order="left")
    own = pairs.filter((pl.col("decision") == "match") & (pl.col("number_level") == "equal"))["left_no"].unique()
    others = pairs.filter(pl.col("decision") == "conflict")["left_no"].unique()
    informed = others.filter(~others.is_in(own.implode()))
    against = pl.col("number_level").is_in(["different", "place_day", "different_unproven"]) & pl.col("left_no").is_in(informed.implode())
    kind = levels.schema["number_level"]
    return levels.with_columns(number_level=pl.when(against).then(pl.lit("missing", kind)).otherwise("number_level"))


def _store_pairs(store: Store, job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> Counts:
    """Write ``link.<job>_pair``: keys, levels, weights, decision; pairs far below any decision are only counted.

    What a station said of two registrations outranks the rules; the tier of a pair it called different is what the rules would say.
    """
    texts = decided.with_row_index("pattern_no").with_columns(pl.col([f"{field}_level" for field in job.fields]).cast(pl.String))
    store.connection.register("decided_frame", texts.drop("pairs", "name_frequency"))
    store.connection.register("levelled_frame", by_pattern(job, levels, decided))
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
    return {f"{job.name}_pairs_stored": stored, f"{job.name}_pairs_too_light": levels.height - stored}


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
    groups, split = persons.components(matches.filter(pl.col("tier").is_in(persons.TIERS)), apart)
    store.connection.register("person_group", groups)
    store.run_file("link/person")
    store.connection.unregister("person_group")
    return {"components_split": split}


def _counted(store: Store) -> Counts:
    """Figures of the tables written."""
    tables = ("record", "name", "death", "death_conflict", "police_death", "police_death_source", "relocation", "activity")
    counts: Counts = {f"{table}_rows": store.value(f"SELECT count(*) FROM link.{table}") for table in tables}
    counts["persons"] = store.value("SELECT count(DISTINCT person_id) FROM link.person")
    for tier, number in store.execute("SELECT coalesce(tier, 'none'), count(*) FROM link.death GROUP BY ALL ORDER BY ALL").fetchall():
        counts[f"death_tier_{tier}"] = number
    return counts
