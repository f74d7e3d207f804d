"""Splink 5 as its documentation recommends, on DuckDB: templates or custom levels, term frequencies, u by sampling, two rounds of EM.

What was done so that it is at its best on Chinese records: it gets our folded names, sounds and normalised numbers; its Jaro-Winkler name
template counts bytes, so that names have levels for the same sound, one character and a prefix instead; numbers
have a level for a damaged tail; relatives are compared by number, then by name; its blocking rules are our passes.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import duckdb
import polars as pl
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage.score import Outcome
from bench.linkage.tasks import Task
from reconcile import memory

SEED = 1
THRESHOLD = 0.5
"""Match probability from which a pair counts as decided: more likely one person than not."""
MEMORY = "8GB"
U_PAIRS = 1e6
"""Splink's default; on the deaths of 20,000 persons ten times as many gave the same precision and recall and took several times as long."""


def _level(condition: str, label: str) -> cll.CustomLevel:
    return cll.CustomLevel(condition, label)


def _number() -> cl.CustomComparison:
    levels = [
        cll.NullLevel("citizen_id"),
        cll.ExactMatchLevel("citizen_id"),
        _level("left(citizen_id_l, 15) = left(citizen_id_r, 15)", "first 15 digits"),
        cll.LevenshteinLevel("citizen_id", 1),
        _level("left(citizen_id_l, 14) = left(citizen_id_r, 14)", "place and day"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, "citizen_id")


ONE_CHARACTER = "length(name_key_l) > 2 AND length(name_key_l) = length(name_key_r) AND levenshtein(name_key_l, name_key_r) <= 3"
"""DuckDB counts bytes: a Chinese character has three."""
PREFIX = "starts_with(name_key_l, name_key_r) OR starts_with(name_key_r, name_key_l)"
FORMER = (
    "list_contains(string_split(former_names_key_l, '|'), name_key_r) OR list_contains(string_split(former_names_key_r, '|'), name_key_l)"
)


def _name() -> cl.CustomComparison:
    levels = [
        cll.NullLevel("name_key"),
        cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
        _level(FORMER, "former name"),
        cll.ExactMatchLevel("name_sound", term_frequency_adjustments=True),
        _level(PREFIX, "one name begins with the other"),
        _level(ONE_CHARACTER, "one character differs"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, "name")


def _kin(who: str) -> cl.CustomComparison:
    number, name = f"{who}_id", f"{who}_name_key"
    levels = [
        _level(f"({number}_l IS NULL OR {number}_r IS NULL) AND ({name}_l IS NULL OR {name}_r IS NULL)", "not stated").configure(
            is_null_level=True
        ),
        cll.ExactMatchLevel(number),
        cll.ExactMatchLevel(name, term_frequency_adjustments=True),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, who)


def _address() -> cl.CustomComparison:
    levels = [
        cll.NullLevel("address_key"),
        cll.ExactMatchLevel("address_key", term_frequency_adjustments=True),
        cll.JaroWinklerLevel("address_key", 0.95),
        cll.ExactMatchLevel("area_code"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, "address")


def _birth() -> Any:  # noqa: ANN401 - Splink types its templates loosely
    return cl.DateOfBirthComparison("birth_date", input_is_string=False)


TAIL = "left(citizen_id, 15)"
SETTINGS: dict[str, dict[str, Any]] = {
    "register": {
        "comparisons": [_number(), _name(), _birth(), cl.ExactMatch("sex"), _kin("father"), _kin("mother"), _kin("spouse"), _address()],
        "rules": [
            block_on("citizen_id"),
            block_on("name_key", "birth_date"),
            block_on("name_sound", "birth_date"),
            block_on("year(birth_date)", "mother_id"),
            block_on("year(birth_date)", "father_id"),
            block_on("spouse_id", "sex"),
            block_on("birth_date", "mother_name_key"),
            block_on("birth_date", "father_name_key"),
            block_on("name_sound", "mother_id"),
            block_on("name_sound", "mother_name_key"),
            block_on("name_sound", "father_name_key"),
            block_on("name_sound", "spouse_name_key"),
            block_on("name_key", "address_key"),
            block_on(TAIL, "name_key"),
            block_on(TAIL, "birth_date", "sex", "mother_name_key"),
        ],
        "sure": [block_on("citizen_id", "name_key"), block_on("name_key", "birth_date", "mother_name_key")],
        "training": [block_on("name_key", "birth_date"), block_on("citizen_id")],
    },
    "deaths": {
        "comparisons": [_number(), _name(), _birth(), cl.ExactMatch("sex"), _address()],
        "rules": [
            block_on("citizen_id"),
            block_on("name_key", "birth_date"),
            block_on("name_sound", "birth_date"),
            block_on(TAIL, "name_key"),
            block_on(TAIL, "birth_date", "sex"),
            block_on("name_key", "address_key"),
            block_on("name_sound", "area_code", "year(birth_date)"),
            block_on("birth_date", "area_code", "sex"),
        ],
        "sure": [block_on("citizen_id", "name_key"), block_on("name_key", "birth_date", "address_key")],
        "training": [block_on("citizen_id"), block_on("name_key", "birth_date")],
    },
    "febrl": {
        "comparisons": [
            cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="full_name"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("suburb", [0.9]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("state"),
        ],
        "rules": [
            block_on("soc_sec_id"),
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("given_name", "postcode"),
            block_on("surname", "postcode"),
            block_on("given_name", "suburb"),
            block_on("surname", "suburb"),
            block_on("least(given_name, surname)", "greatest(given_name, surname)"),
            block_on("address_1"),
            block_on("left(soc_sec_id, 4)"),
            block_on("right(soc_sec_id, 4)"),
        ],
        "sure": [block_on("soc_sec_id", "given_name"), block_on("given_name", "surname", "date_of_birth")],
        "training": [block_on("date_of_birth"), block_on("given_name", "surname"), block_on("soc_sec_id")],
    },
    "rldata": {
        "comparisons": [
            cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="full_name"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        ],
        "rules": [
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("given_name", "left(date_of_birth, 4)"),
            block_on("surname", "left(date_of_birth, 4)"),
            block_on("given_name", "right(date_of_birth, 4)"),
            block_on("surname", "right(date_of_birth, 4)"),
        ],
        "sure": [
            block_on("given_name", "surname", "left(date_of_birth, 4)"),
            block_on("given_name", "date_of_birth"),
            block_on("surname", "date_of_birth"),
        ],
        "training": [block_on("date_of_birth"), block_on("given_name", "surname")],
    },
}


def run(task: Task) -> Outcome:
    """Train and predict; the time starts with the records in a table and ends with every candidate pair scored."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    chosen = SETTINGS[task.kind]
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "preserve_insertion_order": False})
    api = DuckDBAPI(connection)
    sides = ["left", "right"] if task.is_link else ["left"]
    memory.reset_peak()
    started = time.perf_counter()
    tables = [api.register(_columns(task.records(side)).to_arrow(), dataset_display_name=f"{side}_records") for side in sides]
    settings = SettingsCreator(
        link_type="link_only" if task.is_link else "dedupe_only",
        unique_id_column_name="record_key",
        comparisons=chosen["comparisons"],
        blocking_rules_to_generate_predictions=chosen["rules"],
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match(chosen["sure"], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=SEED)
    for rule in chosen["training"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    predicted = linker.inference.predict()
    decided = connection.execute(f"SELECT count(*) FROM {predicted.physical_name} WHERE match_probability >= {THRESHOLD}").fetchone()
    seconds, peak = time.perf_counter() - started, memory.peak_mb()
    pairs = connection.execute(f"""
        SELECT record_key_l AS left_key, record_key_r AS right_key, match_weight AS score, match_probability AS probability,
            match_probability >= {THRESHOLD} AS decided
        FROM {predicted.physical_name}""").pl()
    if decided is None or pairs["decided"].sum() != decided[0]:
        raise RuntimeError("pairs were lost between Splink and the benchmark")
    return Outcome(pairs, pairs.select("left_key", "right_key"), seconds, peak)


def _columns(records: pl.DataFrame) -> pl.DataFrame:
    """The records; names joined to one column where Splink's template asks for it."""
    if "given_name" not in records.columns:
        return records
    return records.with_columns(full_name=pl.concat_str("given_name", "surname", separator=" "))
