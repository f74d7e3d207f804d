"""Values that stand for unknown: what a twentieth of all records carries tells nobody from anybody, whatever the column is called.

1900-01-01 in half the birth dates, one address everywhere, a number typed to get past a form: taken for missing, and said so. Nothing
then agrees on them, blocks of them do not arise, and no rule finds a witness in them.
"""

from __future__ import annotations

import polars as pl

from reconcile.figures import Counts
from reconcile.link.record import RARE_COLUMNS, RECORD_TYPES
from reconcile.store import Readable, Store

SHARE = 0.05
LEAST_RECORDS = 1000
"""In fewer records a value of a twentieth is no surprise."""
SAMPLE = 100_000
"""Records looked at: every n-th, so that the same register gives the same answer."""


def find_and_blank(store: Store) -> Counts:
    """Find fillers in ``numbered_record``, write them to ``link.filler`` and take them for missing; return what could not be used.

    A column that hardly a record fills is named too, since linkage then rests on the others.
    """
    store.execute("DELETE FROM link.filler")
    counts: Counts = {}
    found: list[pl.DataFrame] = []
    for record_type in RECORD_TYPES:
        records, step = store.execute(
            "SELECT count(*), greatest(1, count(*) // $most) FROM numbered_record WHERE record_type = $record_type",
            record_type=record_type,
            most=SAMPLE,
        ).fetchall()[0]
        if records < LEAST_RECORDS:
            continue
        listed = ", ".join(f"CAST({column} AS VARCHAR) AS {column}" for column in RARE_COLUMNS)
        sample = store.frame(
            f"SELECT {listed} FROM numbered_record WHERE record_type = $record_type AND record_no % $step = 0",
            record_type=record_type,
            step=step,
        )
        for column in RARE_COLUMNS:
            values = sample[column].drop_nulls()
            often = values.value_counts(name="times").filter(pl.col("times") > SHARE * sample.height).sort(column)
            if often.height:
                share = (pl.col("times") / sample.height).round(6)
                found.append(
                    often.select(pl.lit(record_type).alias("record_type"), pl.lit(column).alias("column_name"), value=column, share=share)
                )
                counts["unusable_values", f"{record_type} {column}"] = often.height
    if found:
        store.insert("link.filler", pl.concat(found))
        blank(store)
    return counts


def blank(reader: Readable) -> None:
    """Take what ``link.filler`` lists for missing in ``numbered_record``."""
    listed = reader.frame("SELECT DISTINCT record_type, column_name FROM link.filler ORDER BY record_type, column_name")
    for record_type, column in listed.rows():
        reader.frame(
            f"""
            UPDATE numbered_record SET {column} = NULL
            WHERE record_type = $record_type AND CAST({column} AS VARCHAR) IN (
                SELECT filler.value FROM link.filler AS filler
                WHERE filler.record_type = $record_type AND filler.column_name = $column)""",
            record_type=record_type,
            column=column,
        )
    reader.frame("UPDATE numbered_record SET name = NULL, name_sound = NULL WHERE name_key IS NULL AND name_sound IS NOT NULL")
