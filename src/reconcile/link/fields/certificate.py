"""The number of a certificate: the same or not."""

from __future__ import annotations

import polars as pl

from reconcile.link.fields.level import Field, Meaning
from reconcile.link.fields.plain import level, of_column

EQUAL = level(Meaning.AGREES, "the same certificate", 0.6, 1e-7, birth=0.0001, family=0.001, namesakes=1e-06)
DIFFERENT = level(Meaning.CONTRADICTS, "two certificates", 0.02, 0.6, birth=0.6, family=0.6, namesakes=0.6)
MISSING = level(Meaning.UNKNOWN, "a certificate number is missing", 0.38, 0.4)


def _level(field: Field, frame: pl.DataFrame) -> pl.Series:
    return of_column(frame, field.reads[0])


FIELD = Field("certificate", "certificate_no", ("certificate_no",), (EQUAL, DIFFERENT, MISSING), _level, is_anchor=True)
