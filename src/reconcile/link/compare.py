"""Comparison: pairs of records become levels per field, computed on distinct pairs of values."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from reconcile.contract.meanings import PROVEN_STATES
from reconcile.link import dates, names
from reconcile.link.spec import FREQUENCIES, Comparison, Job
from reconcile.store import Store

BATCH = 500_000
"""Pairs compared at a time: bounds memory at some 300 MB."""
DAMAGED = ("excel_tail", "float_damage")
ALIKE_ADDRESS = 85
"""Similarity of two folded addresses (0 to 100) from which they are nearly the same."""
PREFIX = 15
"""Digits of a number that survive a spreadsheet."""
WHOLE_PART = 3
"""Least characters of a parent's name that, found in the child's, say that the child's name holds it."""
PLACE_AND_DAY = 14
ORDER = 4
"""Order number and check character, in which the numbers of twins differ."""


def run(store: Store, job: Job) -> pl.DataFrame:
    """Levels of every pair of the temporary table ``candidate``.

    Returns left_no, right_no, passes, ``<field>_frequency`` of fields weighed by frequency and ``<field>_level`` per comparison,
    ordered by the two record numbers.
    """
    # The records of the candidates are picked out first: a temporary table has no statistics, and the planner would hash the register.
    counted = ("name_key", "birth_date") if job.weighed_by_frequency else ()
    columns = ", ".join(dict.fromkeys(("record_no", *counted, *job.reads())))
    store.execute(f"""
        CREATE OR REPLACE TEMP TABLE candidate_record AS
        SELECT {columns} FROM numbered_record
        WHERE record_no IN (SELECT left_no FROM candidate UNION SELECT right_no FROM candidate)""")
    query = values_sql(job, "candidate_record")
    reader = store.execute(query).to_arrow_reader(BATCH)
    parts = [levels(job, pl.DataFrame(pl.from_arrow(batch))) for batch in reader]
    if not parts:
        parts.append(levels(job, store.frame(query + " LIMIT 0")))
    store.execute("DROP TABLE candidate_record")
    return pl.concat(parts).sort("left_no", "right_no")


def values_sql(job: Job, records: str = "numbered_record") -> str:
    """Query of the values that the comparisons of a job read, for every candidate: ``l_`` and ``r_`` columns."""
    columns = [f"{side}.{column} AS {side}_{column}" for column in job.reads() for side in ("l", "r")]
    counts = [
        f"coalesce({_BEARERS[one.kind].format(field=one.field)}, 0) AS {one.field}_bearers" for one in job.comparisons if one.by_frequency
    ]
    joins = [_BEARER_JOINS[one.kind].format(field=one.field) for one in job.comparisons if one.by_frequency]
    return f"""
        SELECT c.left_no, c.right_no, c.passes, {", ".join(counts + columns)}
        FROM candidate AS c
        INNER JOIN {records} AS l ON c.left_no = l.record_no
        INNER JOIN {records} AS r ON c.right_no = r.record_no
        {" ".join(joins)}"""


_BEARERS = {"name": "greatest(nl.bearers, nr.bearers)", "kin": "{field}_name.bearers"}
_BEARER_JOINS = {
    # Who has no birth date is counted in the whole register, where the name is more common: the weaker evidence of the two.
    "name": """
        LEFT JOIN link.name_frequency AS nl ON l.name_key = nl.name_key AND nl.decade IS NOT DISTINCT FROM year(l.birth_date) // 10 * 10
        LEFT JOIN link.name_frequency AS nr ON r.name_key = nr.name_key AND nr.decade IS NOT DISTINCT FROM year(r.birth_date) // 10 * 10""",
    "kin": "LEFT JOIN link.name_frequency AS {field}_name ON l.{field}_name_key = {field}_name.name_key AND {field}_name.decade IS NULL",
}
"""Bearers of a name are counted among those born in its decade, of a relative's name in the whole register."""


def levels(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    """Levels of a frame of values as ``values_sql`` gives them."""
    fields = [
        KINDS[comparison.kind](comparison, frame).cast(level_type(comparison)).alias(f"{comparison.field}_level")
        for comparison in job.comparisons
    ]
    frequencies = [frequency(f"{one.field}_bearers").alias(f"{one.field}_frequency") for one in job.comparisons if one.by_frequency]
    return frame.select("left_no", "right_no", "passes", *frequencies).with_columns(fields)


def level_type(comparison: Comparison) -> pl.Enum:
    """Type of ``<field>_level``: its levels in their order; one byte a value."""
    return pl.Enum([level.name for level in comparison.levels])


def frequency(bearers: str = "bearers") -> pl.Expr:
    """Frequency level of a name by the column of its bearers."""
    level = pl.lit(FREQUENCIES[-1][0])
    for name, most in reversed(FREQUENCIES[:-1]):
        level = pl.when(pl.col(bearers) <= most).then(pl.lit(name)).otherwise(level)
    return level.cast(pl.Enum([name for name, _ in FREQUENCIES]))


def _number(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    left, right = pl.col("l_citizen_id"), pl.col("r_citizen_id")
    proven = {side: pl.col(f"{side}_citizen_id_state").is_in(PROVEN_STATES) for side in ("l", "r")}
    damaged = pl.any_horizontal(pl.col(f"{side}_citizen_id_state").is_in(DAMAGED) for side in ("l", "r"))
    own = {side: _fits_row(side) for side in ("l", "r")}
    edit = _one_edit(frame)
    level = (
        pl.when(left.is_null() | right.is_null())
        .then(pl.lit("missing"))
        .when((left == right) & proven["l"] & proven["r"])
        .then(pl.lit("equal"))
        # Two numbers that end in 000 are equal because both lost their tail, as those of two people would.
        .when(damaged & (left.str.head(PREFIX) == right.str.head(PREFIX)))
        .then(pl.lit("tail"))
        .when(left == right)
        .then(pl.lit("equal_unproven"))
        .when(pl.lit(edit) & (left.str.tail(ORDER) == right.str.tail(ORDER)))
        .then(pl.lit("one_edit"))
        .when(pl.lit(edit))
        .then(pl.lit("one_edit_end"))
        .when(proven["l"] & proven["r"] & (left.str.head(PLACE_AND_DAY) == right.str.head(PLACE_AND_DAY)))
        .then(pl.lit("place_day"))
        .when(proven["l"] & proven["r"] & own["l"] & own["r"])
        .then(pl.lit("different"))
        .otherwise(pl.lit("different_unproven"))
    )
    return frame.select(level.alias("level")).to_series()


def _fits_row(side: str) -> pl.Expr:
    """Whether the birth date in the number is that of its row, as far as the row has one."""
    embedded = pl.col(f"{side}_citizen_id").str.slice(6, 8)
    return (embedded == pl.col(f"{side}_birth_date").dt.to_string("%Y%m%d")).fill_null(value=True)


def _one_edit(frame: pl.DataFrame) -> pl.Series:
    """Whether two numbers are one replaced digit or one exchange apart; two valid numbers never are (MOD 11-2 detects both)."""
    left, right = pl.col("l_citizen_id"), pl.col("r_citizen_id")
    unproven = ~pl.all_horizontal(pl.col(f"{side}_citizen_id_state").is_in(PROVEN_STATES) for side in ("l", "r"))
    chosen = frame.select(l="l_citizen_id", r="r_citizen_id", chosen=(unproven & (left != right)).fill_null(value=False))
    pairs = chosen.filter("chosen").select("l", "r").unique(maintain_order=True)
    edits = process.cpdist(pairs["l"].to_list(), pairs["r"].to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    near = pairs.with_columns(near=pl.Series(edits == 1, dtype=pl.Boolean))
    joined = chosen.join(near, on=["l", "r"], how="left", maintain_order="left")
    return joined["near"].fill_null(value=False) & joined["chosen"]


def _name(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    return names.levels(frame)


def _birth_date(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    return dates.birth_levels(frame)


def _death_date(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    return dates.death_levels(frame)


def _equality(frame: pl.DataFrame, column: str, absent: list[str]) -> pl.Series:
    left, right = pl.col(f"l_{column}"), pl.col(f"r_{column}")
    known = ~(left.fill_null("").is_in(absent) | right.fill_null("").is_in(absent))
    level = pl.when(~known).then(pl.lit("missing")).when(left == right).then(pl.lit("equal")).otherwise(pl.lit("different"))
    return frame.select(level.alias("level")).to_series()


def _sex(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    return _equality(frame, "sex", ["", "0", "9"])


def _certificate(comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    return _equality(frame, comparison.reads[0], [""])


def _kin(comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    """A relative by number, else by name; the same number with another name still is the same relative."""
    number, name, own_name = comparison.reads
    values = frame.select(f"{side}_{column}" for side in ("l", "r") for column in (number, name, own_name))
    kin = {f"{side}_{column}": f"{side}_{name}" for side in ("l", "r") for column in ("name", "name_key")}
    pairs = values.select(**kin, l_former_names_key=pl.lit(None, pl.String), r_former_names_key=pl.lit(None, pl.String))
    by_name = pl.lit(names.levels(pairs).replace_strict(_KIN_BY_NAME, default="similar"))
    left, right = pl.col(f"l_{number}"), pl.col(f"r_{number}")
    both = left.is_not_null() & right.is_not_null()
    # 艾尼's child 阿布都·艾尼: the child's name already agreed, the father's adds nothing, unless it goes on with the grandfather's.
    implied = pl.any_horizontal(
        names.spelled(f"{side}_{own_name}").str.contains(_nearly_whole(names.spelled(f"{side}_{name}")), literal=True)
        for side in ("l", "r")
    )
    # A name that looks alike is not enough against two numbers: aunts and sisters-in-law share all but a character.
    level = (
        pl.when(left == right)
        .then(pl.lit("number"))
        .when(both & by_name.eq("name"))
        .then(pl.lit("namesake"))
        .when(both & by_name.is_in(["similar", "missing"]))
        .then(pl.lit("different"))
        .when(by_name.is_in(["name", "similar"]) & implied)
        .then(pl.lit("missing"))
        .otherwise(by_name)
    )
    return values.select(level.alias("level")).to_series()


def _nearly_whole(name: pl.Expr) -> pl.Expr:
    """A name without its last character, which transliterations drop and forms cut, as long as enough is left."""
    return name.str.head(pl.max_horizontal(name.str.len_chars().cast(pl.Int64) - 1, pl.lit(WHOLE_PART)))


_KIN_BY_NAME = {"equal": "name", "folded": "name", "wildcard": "name", "different": "different", "missing": "missing"}


def _address(_comparison: Comparison, frame: pl.DataFrame) -> pl.Series:
    left, right = pl.col("l_address_key"), pl.col("r_address_key")
    same_area = pl.col("l_area_code") == pl.col("r_area_code")
    level = (
        pl.when(left == right)
        .then(pl.lit("equal"))
        .when(pl.lit(_alike_addresses(frame)))
        .then(pl.lit("similar"))
        .when(same_area)
        .then(pl.lit("area"))
        .when(same_area.is_null() & (left.is_null() | right.is_null()))
        .then(pl.lit("missing"))
        .otherwise(pl.lit("different"))
    )
    return frame.select(level.alias("level")).to_series()


def _alike_addresses(frame: pl.DataFrame) -> pl.Series:
    """Whether two addresses are nearly the same; house numbers must agree as far as both have them, since neighbours are not kin."""
    pairs = frame.select(l="l_address_key", r="r_address_key")
    chosen = pairs.filter(pl.col("l") != pl.col("r")).unique(maintain_order=True)
    score = process.cpdist(chosen["l"].to_list(), chosen["r"].to_list(), scorer=fuzz.ratio, score_cutoff=ALIKE_ADDRESS, workers=-1)
    contained = pl.col("l").str.ends_with(pl.col("r")) | pl.col("r").str.ends_with(pl.col("l"))
    digits = {side: pl.col(side).str.extract_all(r"\d+") for side in ("l", "r")}
    near = chosen.with_columns(near=(pl.Series(score, dtype=pl.Float64) > 0) & (digits["l"] == digits["r"]) | contained)
    return pairs.join(near, on=["l", "r"], how="left", maintain_order="left")["near"].fill_null(value=False)


KINDS: dict[str, Callable[[Comparison, pl.DataFrame], pl.Series]] = {
    "number": _number,
    "name": _name,
    "birth_date": _birth_date,
    "death_date": _death_date,
    "sex": _sex,
    "certificate": _certificate,
    "kin": _kin,
    "address": _address,
}
"""Kind of comparison → function of the comparison and a frame of values; a benchmark on other columns adds its own."""
