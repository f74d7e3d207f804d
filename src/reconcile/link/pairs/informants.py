"""Who reports a death gives the own number at times: it then points at the living, and must not speak against the dead."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Compute, Readable
from reconcile.link.fields import number
from reconcile.link.fields.level import Meaning
from reconcile.link.jobs import DEATH, Job
from reconcile.link.pairs.patterns import lent, with_pattern

_AGAINST = [level.name for level in number.FIELD.levels if level.meaning is Meaning.CONTRADICTS or level is number.DIFFERENT_UNPROVEN]


def set_aside(asked: Compute, job: Job, decided: pl.DataFrame) -> None:
    """Take the number away where it points only at people the record contradicts, so that it does not speak against the right one."""
    places = {level.name: place for place, level in enumerate(number.FIELD.levels)}
    against = ", ".join(str(places[name]) for name in _AGAINST)
    outcomes = decided.select("decision").with_row_index("pattern_no")
    with lent(asked, job, decided, outcome=outcomes):
        asked.keep(
            "informed",
            f"""
            SELECT compared.left_no FROM {with_pattern(job)}
            INNER JOIN outcome ON pattern.pattern_no = outcome.pattern_no
            GROUP BY compared.left_no
            HAVING bool_or(outcome.decision = 'conflict')
                AND NOT bool_or(outcome.decision = 'match' AND compared.number_level = {places[number.EQUAL.name]})""",
        )
    asked.keep(
        "compared",
        f"""
        SELECT compared.* REPLACE (
            CAST(CASE WHEN informed.left_no IS NOT NULL AND compared.number_level IN ({against}) THEN {places[number.MISSING.name]}
                ELSE compared.number_level END AS SMALLINT) AS number_level)
        FROM compared LEFT JOIN informed ON compared.left_no = informed.left_no""",
    )
    asked.drop("informed")


def without_number(levels: pl.DataFrame, informed: pl.Expr) -> pl.DataFrame:
    """Compared pairs in which the number of an ``informed`` record, known to be somebody else's, no longer speaks against anybody."""
    against = pl.col("number_level").cast(pl.String).is_in(_AGAINST) & informed
    missing = pl.lit(number.MISSING.name, levels.schema["number_level"])
    return levels.with_columns(number_level=pl.when(against).then(missing).otherwise("number_level"))


def is_informed(reader: Readable, death_type: str, death_key: str) -> bool:
    """Whether the night took the number of a death record for somebody else's, as ``set_aside`` does."""
    found = reader.frame(
        f"""
        SELECT
            count(CASE WHEN decision = 'conflict' THEN 1 END) AS others,
            count(CASE WHEN decision = 'match' AND number_level = $own THEN 1 END) AS own
        FROM {DEATH.table} WHERE left_type = $death_type AND left_key = $death_key""",
        own=number.EQUAL.name,
        death_type=death_type,
        death_key=death_key,
    )
    return bool(found["others"].item()) and not found["own"].item()
