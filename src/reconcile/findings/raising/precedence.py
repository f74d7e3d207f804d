"""One problem, one finding: which of two types speaks when both describe the same fact (CONTRACT §2)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.contract.meanings import LISTED_TIERS

_RECORD = ["record_type", "record_key"]
_BIRTH_DATE = ("birth_date", "birth_date_and_sex")


@dataclass(frozen=True, slots=True)
class Precedence:
    """Two types of which only the first is raised.

    Attributes:
        first: the type that stays.
        silenced: the type that is not raised beside it.
        reason: why the two are one fact, or why one answer settles both.
        first_variants: variants of the first type that matter; all when empty.
        silenced_variants: variants that are silenced; all when empty.

    """

    first: str
    silenced: str
    reason: str
    first_variants: tuple[str, ...] = ()
    silenced_variants: tuple[str, ...] = ()


PRECEDENCES = (
    Precedence("activity_after_death", "death_not_cancelled", "who acts after the date is perhaps alive: nobody is to be struck off"),
    Precedence("death_not_cancelled", "relocated_not_settled", "whether the person lives is asked before where the person is registered"),
    Precedence("death_not_cancelled", "implausible_age", "the death answers the question about the age"),
    Precedence("number_conflict", "implausible_age", "the age follows from the birth date that is in doubt", _BIRTH_DATE),
    Precedence(
        "number_conflict", "kinship_conflict", "the distance follows from the birth date that is in doubt", _BIRTH_DATE, ("parent_age",)
    ),
    Precedence("duplicate_registration", "household_head_invalid", "the two heads are one person registered twice", (), ("several_heads",)),
    Precedence("death_evidence_conflict", "death_of_unregistered_person", "the record's number is wrong: with the right one it may match"),
)
"""Applied in this order, so that a finding that is itself silenced silences no other."""


def apply(problems: pl.DataFrame, members: pl.DataFrame, dismissed: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out findings that a stronger one describes too.

    That is so when the stronger one names every registration the weaker one is about, or, where that one names none,
    each of its subjects.

    Args:
        problems: finding_id, finding_type, variant, tier.
        members: finding_id, record_type, record_key, is_subject.
        dismissed: ids of findings that a person called no error: they answer nothing else, and silence nothing.

    Returns:
        The two frames without the findings that are silenced.

    """
    about = _about(members)
    named = members.select("finding_id", *_RECORD)
    for pair in PRECEDENCES:
        speaks = (
            (pl.col("finding_type") == pair.first) & pl.col("tier").is_in(LISTED_TIERS) & ~pl.col("finding_id").is_in(dismissed.implode())
        )
        stronger = problems.filter(speaks & _of(pair.first_variants)).select("finding_id")
        weaker = problems.filter((pl.col("finding_type") == pair.silenced) & _of(pair.silenced_variants)).select("finding_id")
        covered = _covered(about.join(weaker, on="finding_id", how="semi"), named.join(stronger, on="finding_id", how="semi"))
        problems = problems.join(covered, on="finding_id", how="anti", maintain_order="left")
    return problems, members.join(problems, on="finding_id", how="semi", maintain_order="left")


def _of(variants: tuple[str, ...]) -> pl.Expr:
    return pl.col("variant").is_in(variants) if variants else pl.lit(value=True)


def _about(members: pl.DataFrame) -> pl.DataFrame:
    """Records a finding is about, with their number: its registrations, shown ones included; else its subjects."""
    is_registration = pl.col("record_type") == "police_resident"
    chosen = pl.when(is_registration.any().over("finding_id")).then(is_registration).otherwise("is_subject")
    return members.filter(chosen).select("finding_id", *_RECORD, size=pl.len().over("finding_id"))


def _covered(weaker: pl.DataFrame, stronger: pl.DataFrame) -> pl.DataFrame:
    """Ids of the weaker findings of which one stronger finding names every record."""
    shared = weaker.join(stronger.rename({"finding_id": "stronger_id"}), on=_RECORD)
    counted = shared.group_by("finding_id", "stronger_id", "size").agg(found=pl.len())
    return counted.filter(pl.col("found") == pl.col("size")).select("finding_id").unique()
