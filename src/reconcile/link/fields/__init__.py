"""The fields that linkage compares, one file each: its levels in order, what each means and says, and how it is found."""

from __future__ import annotations

import polars as pl

from reconcile.link.fields import address, birth_date, certificate, childhood, death_date, kin, name, number, sex
from reconcile.link.fields.level import Field

FIELDS: tuple[Field, ...] = (
    number.FIELD,
    name.FIELD,
    birth_date.FIELD,
    sex.FIELD,
    kin.FATHER,
    kin.MOTHER,
    kin.SPOUSE,
    address.FIELD,
    childhood.FIELD,
    death_date.FIELD,
    certificate.FIELD,
)


def table() -> pl.DataFrame:
    """Rows of ``link.level``: every level of every field, the strongest first, for queries to ask."""
    rows = [
        {
            "field": field.name,
            "place": place,
            "level": level.name,
            "meaning": str(level.meaning),
            "sentence": level.sentence,
            "words": level.words,
            "differs": level.differs,
            "is_filler": level.is_filler,
        }
        for field in FIELDS
        for place, level in enumerate(field.levels, 1)
    ]
    return pl.DataFrame(rows, schema_overrides={"place": pl.Int32})
