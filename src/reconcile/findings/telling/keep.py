"""Which registration of a duplicate could be kept: a suggestion with its rule, for a person to decide (``settings.keep_rule``).

Practice differs between places, and what is kept moves people between town and country in the statistics: no rule
looks at that, and the default names none.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.findings.records import among
from reconcile.store import Store


@dataclass(frozen=True, slots=True)
class KeepRule:
    """One way to prefer a registration.

    Attributes:
        said: the rule as the clerk reads it.
        column: date of the registration that decides.
        is_newest: whether the newest date wins; without a date a registration never does.
        deed: what happened on that date.

    """

    said: str
    column: str
    is_newest: bool
    deed: str


KEEP_RULES = {
    "earlier_registered": KeepRule("保留登记较早的一条", "registered_on", is_newest=False, deed="登记"),
    "newer_id_card": KeepRule("保留身份证签发较新的一条", "id_card_issued_on", is_newest=True, deed="签发身份证"),
}
"""Values of the setting ``keep_rule`` beside ``human``."""


def suggest(store: Store, findings: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Add to the suggestion of each duplicate what the rule of the settings says; nothing where people decide alone.

    ``findings`` has finding_id, finding_type and suggestion; ``members`` finding_id, record_type, record_key and is_subject.
    """
    rule = KEEP_RULES.get(store.settings.keep_rule)
    if rule is None:
        return findings
    asked = findings.filter(pl.col("finding_type") == "duplicate_registration").select("finding_id")
    wanted = members.filter("is_subject", pl.col("record_type") == "police_resident").join(asked, on="finding_id")
    select = f"SELECT registration_id AS record_key, {rule.column} AS decides_on FROM std.police_resident AS record"
    dated = wanted.join(among(store, select, "record.registration_id", wanted), on="record_key")
    advised = dated.group_by("finding_id").agg(sentence=_sentence(rule))
    joined = findings.join(advised, on="finding_id", how="left", maintain_order="left")
    return joined.with_columns(suggestion=pl.concat_str("suggestion", "sentence", ignore_nulls=True)).drop("sentence")


def _sentence(rule: KeepRule) -> pl.Expr:
    """What one duplicate's clerk reads; where two registrations stand equal, or an earlier one may hide, that the rule cannot tell."""
    date = pl.col("decides_on")
    best = date.max() if rule.is_newest else date.min()
    is_clear = (date == best).sum() == 1 if rule.is_newest else ((date == best).sum() == 1) & (date.null_count() == 0)
    winner = pl.col("record_key").filter(date == best).min()
    named = pl.format(
        "可先考虑人员编号{}（{}{}）；仅为建议，保留哪一条由核实人决定。", winner, best.dt.strftime("%Y年%-m月%-d日"), pl.lit(rule.deed)
    )
    return pl.concat_str(
        pl.lit(f"本市（州）设定的规则是{rule.said}："), pl.when(is_clear).then(named).otherwise(pl.lit("分不出先后，由核实人决定。"))
    )
