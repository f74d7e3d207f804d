"""What habits must leave: every case of the truth and every person keeps enough for a careful person to decide by.

A figure means something only where the files still hold the answer. So a habit that leaves nothing to read (``Touch.LOSS``) spares

- the value that *is* the finding (``LIVES_BY``): a certificate's number that two events share, a birth date that differs;
- of every person either the number or all else: half of the people (and all whose records lack or mistake a number already) may lose
  numbers and keep names, birth dates and addresses; of the other half it is the other way round;
- of two registrations with unequal numbers the relative that both name: only the father's name may go, and only where both name the mother.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import polars as pl

from reconcile.sample.names import Bools
from reconcile.sample.world import KEYS, World

_PERSON = "citizen_id name sex birth_date"
LIVES_BY = {
    "activity_after_death": "mother_id father_id",
    "birth_certificate_reused": f"{_PERSON} birth_cert_no mother_name mother_id father_name",
    "birth_not_registered": "child_name mother_name mother_id father_name father_id mother_address_text",
    "birth_without_certificate": f"{_PERSON} birth_cert_no mother_name mother_id father_name",
    "death_evidence_conflict": f"{_PERSON} death_cert_no",
    "death_of_unregistered_person": f"{_PERSON} registered_address_text",
    "detail_conflict": f"{_PERSON} child_name father_name mother_name",
    "kinship_conflict": "father_id mother_id spouse_id",
    "move_date_conflict": f"{_PERSON} permit_no certificate_no",
    "move_in_unmatched": f"{_PERSON} permit_no certificate_no",
    "move_out_not_landed": f"{_PERSON} permit_no certificate_no",
    "number_conflict": _PERSON,
    "number_invalid": _PERSON,
    "relocated_not_settled": _PERSON,
    "shared_number": f"{_PERSON} father_name mother_name address_text",
}
"""Finding type → columns that are the finding: nobody's habit makes them unreadable."""

_KIN = frozenset({"father_name", "mother_name", "spouse_name"})
_NUMBER = frozenset({"citizen_id"})
_TELLING = ("health_death", "civil_cremation", "police_death", "police_move_in", "police_move_out", "relocation_roll")
_HALVES = 2_654_435_761
"""Knuth's multiplicative hash: which half a person belongs to has nothing to do with where he was drawn."""


class Keep:
    """Which cells may become unreadable."""

    def __init__(self, world: World) -> None:
        """Look at the truth and the clean records."""
        self._world = world

    @cached_property
    def _finding(self) -> dict[str, set[str]]:
        """Column → keys of the records whose value in it is a finding."""
        kept: dict[str, set[str]] = {}
        for finding_type, _, _, record_key in self._world.truth:
            for column in LIVES_BY.get(finding_type, "").split():
                kept.setdefault(column, set()).add(record_key)
        return kept

    @cached_property
    def _twice(self) -> pl.DataFrame:
        """Registrations of persons who have two with unequal numbers: registration_id, _pid, mothers (whether all name one mother)."""
        listed = {key for kind, _, _, key in self._world.truth if kind == "duplicate_registration"}
        rows = self._world.table("police_resident", "_pid").filter(pl.col("registration_id").is_in(list(listed)))
        several = pl.col("citizen_id").fill_null("").n_unique().over("_pid") > 1
        named = (pl.col("mother_name").n_unique() == 1).over("_pid") & (pl.col("mother_name").null_count() == 0).over("_pid")
        return rows.filter(several).select("registration_id", "_pid", mothers=named)

    @cached_property
    def _unnumbered(self) -> pl.Series:
        """Persons some record of whom lacks the number, or has another one than the register."""
        world = self._world
        own = pl.DataFrame({"_pid": np.arange(world.people.size), "own": world.people.citizen_id})
        told = [world.table(extract, "_pid").select("_pid", "citizen_id") for extract in (*_TELLING, "police_resident")]
        differs = pl.col("citizen_id").is_null() | (pl.col("citizen_id") != pl.col("own"))
        pids = pl.concat(told).drop_nulls("_pid").join(own, on="_pid", how="left").filter(differs.fill_null(value=True))["_pid"]
        return pl.concat([pids, self._twice["_pid"]]).unique()

    def losable(self, column: str, keys: pl.Series, pids: pl.Series) -> Bools:
        """Rows whose cell in the column may become unreadable, given the keys and the persons of the rows."""
        frame = pl.DataFrame({"key": keys, "pid": pids})
        by_number = pl.col("pid").is_null() | pl.col("pid").is_in(self._unnumbered.implode()) | self._half()
        if column in _KIN:
            twice = self._twice
            bare = twice if column != "father_name" else twice.filter(~pl.col("mothers"))
            free = ~pl.col("key").is_in(bare["registration_id"].implode())
        else:
            free = by_number if column in _NUMBER else ~by_number
        kept = pl.Series(sorted(self._finding.get(column, set())), dtype=pl.String)
        return frame.select((free & ~pl.col("key").is_in(kept.implode())).alias("free")).to_series().to_numpy()

    def _half(self) -> pl.Expr:
        return (pl.col("pid").cast(pl.Int64) + self._world.seed) * _HALVES // 65_536 % 2 == 0


def keys_and_persons(table: pl.DataFrame, extract: str) -> tuple[pl.Series, pl.Series]:
    """Keys and persons of the rows of a table made with its hidden ``_pid``."""
    return table[KEYS[extract]], table["_pid"]
