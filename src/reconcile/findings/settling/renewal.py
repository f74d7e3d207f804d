"""What tonight's findings show, written over what they showed before; those that are resolved keep what was last seen."""

from __future__ import annotations

import polars as pl

from reconcile.store import Store


def renew(store: Store, members: pl.DataFrame, evidence: pl.DataFrame, stated: pl.DataFrame) -> None:
    """Write subjects, evidence and statements of the findings that ``members`` names, and where each finding was sent on."""
    store.execute("CREATE OR REPLACE TEMP TABLE found (finding_id VARCHAR)")
    store.insert("found", members.select("finding_id").unique())
    dated = _dated(store, stated)
    store.run_file("life/renew")
    store.insert("find.subject", members.filter("is_subject").select("finding_id", "role", "record_type", "record_key", "station_code"))
    store.insert("find.evidence", evidence)
    store.insert("find.stated", dated)
    store.run_file("life/route")


def _dated(store: Store, stated: pl.DataFrame) -> pl.DataFrame:
    """Add ``since``, the first night each statement was made; what vanished and comes back is new."""
    before = store.frame("SELECT *, TRUE AS is_known FROM find.stated")
    with_days = stated.join(before, on=stated.columns, how="left", maintain_order="left", nulls_equal=True)
    since = pl.when("is_known").then("since").otherwise(pl.lit(store.settings.as_of))
    return with_days.with_columns(since=since).drop("is_known")
