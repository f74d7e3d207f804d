"""What every job reads: levels for queries, names with their sounds, addresses by their parts, numbered records, judged pairs."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link import bearers, fields, fillers, record
from reconcile.link.fields.spellings import may_be_spelled, sound_key
from reconcile.link.pairs import answers
from reconcile.standardise.addresses import PARTS, homes, parts
from reconcile.standardise.sounds import name_sound_key
from reconcile.store import Store

ROWS = 200_000
"""Addresses taken apart at once: some 60 MB."""
NAMES = 500_000
"""Names looked at at once."""


def run(store: Store, asked: Compute) -> Counts:
    """Make the tables that the jobs read; ``release`` drops those that are of no use afterwards. The views of ``record`` are there."""
    store.replace("link.level", fields.table())
    store.run_file("link/birth_certificate")
    _name_records(store)
    _place_records(store)
    record.number(asked)
    store.run_file("link/judged")
    counts = fillers.find_and_blank(store, asked)
    bearers.count(asked)
    answers.keep(asked)
    return counts


def release(store: Store, asked: Compute) -> None:
    """Drop the working tables of the jobs."""
    store.drop("judged_registration")
    asked.drop("numbered_record", "judged_pair", "candidate", "compared")


def _name_records(store: Store) -> None:
    """Bring ``link.name`` up to date: a name met before keeps its sound, unless its spellings may be known better now."""
    store.execute(f"CREATE OR REPLACE TEMP VIEW stated_name AS {record.stated_names()}")
    store.run_file("link/name")
    known = store.set_aside("known_name", "SELECT name_key, name_sound, bearers, is_separated FROM link_known_name ORDER BY name_key")
    store.execute("DROP TABLE link_known_name; DROP VIEW stated_name; DELETE FROM link.name")
    store.insert_frames("link.name", map(_sounded, store.frames(known, NAMES)))


def _sounded(names: pl.DataFrame) -> pl.DataFrame:
    """Names with their sounds, as ``link.name`` has them."""
    key, is_separated = pl.col("name_key"), pl.col("is_separated")
    of_spellings = may_be_spelled(key, is_separated)
    known, new = (names.filter(~of_spellings, pl.col("name_sound").is_null() == is_new) for is_new in (False, True))
    sounded = [
        new.with_columns(name_sound=name_sound_key(key)),
        names.filter(of_spellings).with_columns(name_sound=sound_key(key, is_separated)),
    ]
    return pl.concat([known, *sounded]).drop("is_separated")


def _place_records(store: Store) -> None:
    """Bring ``link.address`` up to date; only addresses not met before are taken apart."""
    store.execute(f"CREATE OR REPLACE TEMP VIEW stated_address AS {record.stated_addresses()}")
    store.run_file("link/address")
    new = store.set_aside("new_address", "SELECT address_key FROM new_address ORDER BY address_key")
    store.execute("DROP TABLE new_address; DROP VIEW stated_address")
    store.insert_frames("link.address", map(_taken_apart, store.frames(new, ROWS)))


def _taken_apart(addresses: pl.DataFrame) -> pl.DataFrame:
    """Folded addresses with their parts, as ``link.address`` has them."""
    apart = addresses.select("address_key", parts(pl.col("address_key")).alias("part")).unnest("part").with_columns(**homes())
    return apart.rename({part: f"address_{part}" for part in PARTS})
