"""The sex: the same or not; codes for unknown say nothing."""

from __future__ import annotations

import polars as pl

from reconcile.link.fields.level import Field, Meaning
from reconcile.link.fields.plain import level, of_column

UNSTATED = ("", "0", "9")

EQUAL = level(Meaning.AGREES, "the sex is the same", 0.985, 0.49, birth=0.62, family=0.5, namesakes=0.93)
DIFFERENT = level(Meaning.CONTRADICTS, "the sex differs", 0.005, 0.49, birth=0.37, family=0.49, namesakes=0.06)
MISSING = level(Meaning.UNKNOWN, "the sex is not stated", 0.01, 0.02)


def _level(field: Field, frame: pl.DataFrame) -> pl.Series:
    return of_column(frame, field.reads[0], UNSTATED)


FIELD = Field("sex", "sex", ("sex",), (EQUAL, DIFFERENT, MISSING), _level)
