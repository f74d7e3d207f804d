"""Values that stand for unknown: what more records carry than can be of one person, or a twentieth of all, tells nobody from anybody.

1900-01-01 in half the birth dates, one address everywhere, a number typed to get past a form: taken for missing, and said so. Nothing
then agrees on them, blocks of them do not arise, and no rule finds a witness in them. What is merely common is weighed instead
(``bearers``).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from reconcile.asked import Compute, Readable
from reconcile.figures import Counts
from reconcile.link.record import HOMES, PLACES, RARE_COLUMNS, RECORD_TYPES
from reconcile.store import Store

SHARE = 0.05
LEAST_RECORDS = 1000
"""In fewer records a value of a twentieth is no surprise."""
DATE_SHARE, DATE_TIMES = 0.01, 20
"""A birth date of a hundredth of all records that is so many times as frequent as the others is what a form filled in."""
MOST = {"citizen_id": 12, "spouse_id": 12, "certificate_no": 12, "father_id": 50, "mother_id": 50}
"""More records of one kind than one person can stand on: registrations left behind, weddings, children, each with duplicates."""
SAMPLE = 100_000
"""Records looked at: every n-th, so that the same register gives the same answer."""


def find_and_blank(store: Store, asked: Compute) -> Counts:
    """Find fillers in ``numbered_record``, write them to ``link.filler`` and take them for missing; return what could not be used.

    A column that hardly a record fills is named too, since linkage then rests on the others.
    """
    store.execute("DELETE FROM link.filler")
    found = pl.concat([*_borne_by_too_many(asked), *_frequent(asked)])
    if found.is_empty():  # spares the register a copy of its records
        return {}
    table = found.unique(("record_type", "column_name", "value"), keep="first", maintain_order=True)
    store.insert("link.filler", table)
    asked.keep("numbered_record", blanked(asked))
    return {
        ("unusable_values", f"{record_type} {column}"): values
        for record_type, column, values in table.group_by("record_type", "column_name", maintain_order=True).len().rows()
    }


def _borne_by_too_many(asked: Compute) -> Iterator[pl.DataFrame]:
    """Numbers of persons, relatives and certificates that more records carry than one person can."""
    for column, most in MOST.items():
        found = asked.frame(
            f"""
            WITH stated AS (SELECT record_type, count(*) AS records FROM numbered_record GROUP BY record_type),
            borne AS (
                SELECT record_type, {column} AS value, count(*) AS times FROM numbered_record
                WHERE {column} IS NOT NULL
                GROUP BY record_type, {column} HAVING count(*) > $most)
            SELECT borne.record_type, $column AS column_name, borne.value, borne.times, stated.records
            FROM borne INNER JOIN stated ON borne.record_type = stated.record_type
            ORDER BY borne.record_type, borne.value""",
            column=column,
            most=most,
        )
        yield found.select("record_type", "column_name", "value", share=(pl.col("times") / pl.col("records")).round(6))


def _frequent(asked: Compute) -> Iterator[pl.DataFrame]:
    """Values of any column that stand on a large share of the records of one kind."""
    for record_type in RECORD_TYPES:
        records = asked.frame("SELECT count(*) AS records FROM numbered_record WHERE record_type = $kind", kind=record_type).item()
        if records < LEAST_RECORDS:
            continue
        listed = ", ".join(f"CAST({column} AS VARCHAR) AS {column}" for column in RARE_COLUMNS)
        sample = asked.frame(
            f"SELECT {listed} FROM numbered_record WHERE record_type = $kind AND record_no % $step = 0",
            kind=record_type,
            step=max(1, records // SAMPLE),
        )
        for column in RARE_COLUMNS:
            counted = sample[column].drop_nulls().value_counts(name="times")
            often = pl.col("times") > SHARE * sample.height
            if column == "birth_date":
                often |= (pl.col("times") > DATE_SHARE * sample.height) & (pl.col("times") > DATE_TIMES * pl.col("times").mean())
            share = (pl.col("times") / sample.height).round(6)
            yield (
                counted.filter(often)
                .sort(column)
                .select(pl.lit(record_type).alias("record_type"), pl.lit(column).alias("column_name"), value=column, share=share)
            )


def blanked(reader: Readable) -> str:
    """Query of ``numbered_record`` in which what ``link.filler`` lists is missing."""
    columns = reader.frame("SELECT DISTINCT column_name FROM link.filler ORDER BY column_name")["column_name"].to_list()
    if not columns:
        return "SELECT * FROM numbered_record"
    joins = "".join(
        f"""
            LEFT JOIN link.filler AS of_{column}
                ON of_{column}.column_name = '{column}'
                AND record.record_type = of_{column}.record_type AND CAST(record.{column} AS VARCHAR) = of_{column}.value"""
        for column in columns
    )
    freed = ", ".join(f"CASE WHEN of_{column}.value IS NULL THEN record.{column} END AS {column}" for column in columns)
    placed = ", ".join(f"CASE WHEN address_key IS NOT NULL THEN {column} END AS {column}" for column in (*PLACES, *HOMES))
    return f"""
        WITH freed AS (SELECT record.* REPLACE ({freed}) FROM numbered_record AS record{joins})
        SELECT * REPLACE (
            {placed},
            CASE WHEN name_key IS NOT NULL OR name_sound IS NULL THEN name END AS name,
            CASE WHEN name_key IS NOT NULL THEN name_sound END AS name_sound)
        FROM freed"""
