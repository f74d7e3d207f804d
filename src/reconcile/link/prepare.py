"""What every job reads: the levels for queries, names with their sounds, numbered records without fillers, judged pairs."""

from __future__ import annotations

import polars as pl

from reconcile.figures import Counts
from reconcile.link import fields, fillers, record
from reconcile.link.fields.level import FREQUENCIES
from reconcile.standardise.sounds import name_sound_key
from reconcile.store import Store

WORKING_TABLES = ("judged_registration", "numbered_record", "candidate")


def run(store: Store) -> Counts:
    """Make the tables that the jobs read; ``release`` drops those that are of no use afterwards."""
    record.declare(store)
    store.replace("link.level", fields.table())
    store.run_file("link/birth_certificate")
    _name_records(store)
    store.run_file("link/record")
    store.run_file("link/judged")
    return fillers.find_and_blank(store)


def release(store: Store) -> None:
    """Drop the working tables of the jobs."""
    for table in WORKING_TABLES:
        store.execute(f"DROP TABLE {table}")


def _name_records(store: Store) -> None:
    """Bring ``link.name`` up to date; only names not met before are sounded."""
    store.execute(f"CREATE OR REPLACE TEMP VIEW stated_name AS {record.stated_names()}")
    store.run_file("link/name", rare_bearers=FREQUENCIES[0][1])
    names = store.frame("SELECT name_key, name_sound, bearers FROM link_known_name ORDER BY name_key")
    store.execute("DROP TABLE link_known_name; DROP VIEW stated_name")
    new = names.filter(pl.col("name_sound").is_null())
    if new.height:
        new = new.with_columns(name_sound=name_sound_key(pl.col("name_key")))
    store.replace("link.name", pl.concat([names.filter(pl.col("name_sound").is_not_null()), new]))
