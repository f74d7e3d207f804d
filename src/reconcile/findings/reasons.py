"""One plain Chinese sentence per finding, put together from the rule's template for all findings at once."""

from __future__ import annotations

import re

import polars as pl

from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.rules import Rule

PLACEHOLDERS = ("count", "sources", "comparison", "differing")
"""What every template may name beside the fact columns of its rule: number of subjects, the other records by name, which
fields agree and differ, and those that differ alone. A field that the template names itself is not said again."""

AGREEING = ("equal", "equal_unproven", "folded", "number", "name")
"""Agreements that read 一致; kin agree by number or by name."""
CONTRADICTING = ("different", "different_unproven", "generation", "same_year", "age_off")
UNSAID = ("missing", "area", "age_fits")
"""Agreements that tell a clerk nothing; every other level reads 相近."""
UNSAID_FIELDS = ("death_cert_no", "death_date", "former_names", "father_id", "mother_id", "spouse_id")
"""Fields that the sentence says otherwise: the date by its own placeholder, kin by their names."""

_PART = re.compile(r"\{(\w+)\}")


def add(findings: pl.DataFrame, members: pl.DataFrame, evidence: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Add the column ``reason`` to findings.

    ``findings`` has finding_id, finding_type, variant and the fact columns of the rules.
    """
    frame = (
        findings.join(_counts(members), on="finding_id", how="left", maintain_order="left")
        .join(_comparison(evidence, _templates(findings, rules)), on="finding_id", how="left", maintain_order="left")
        .with_columns(pl.col("comparison").fill_null("没有其他可比对的项目"), pl.col("differing").fill_null("其他项目"))
    )
    sentence = pl.lit(None, pl.String)
    for rule in rules:
        for variant, template in rule.reasons.items():
            chosen = (pl.col("finding_type") == rule.finding_type) & (pl.col("variant") == variant)
            sentence = pl.when(chosen).then(_filled(template, frame.schema)).otherwise(sentence)
    return frame.with_columns(reason=sentence).drop(PLACEHOLDERS)


def _filled(template: str, schema: pl.Schema) -> pl.Expr:
    """Put column values into a template; ``split`` leaves texts at even places and names at odd ones."""
    parts = _PART.split(template)
    return pl.concat_str([_shown(part, schema) if place % 2 else pl.lit(part) for place, part in enumerate(parts)], ignore_nulls=True)


def _shown(name: str, schema: pl.Schema) -> pl.Expr:
    column = pl.col(name)
    return column.dt.strftime("%Y年%-m月%-d日") if schema[name] == pl.Date else column.cast(pl.String)


def _counts(members: pl.DataFrame) -> pl.DataFrame:
    names = {name: extract.chinese for name, extract in EXTRACTS.items()}
    other = pl.col("record_type").filter(~pl.col("is_lead")).unique().sort().replace(names)
    return members.group_by("finding_id").agg(count=pl.col("is_subject").sum(), sources=other.str.join("、"))


def _templates(findings: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Template of each finding: finding_id, template."""
    declared = [(rule.finding_type, variant, template) for rule in rules for variant, template in rule.reasons.items()]
    frame = pl.DataFrame(declared, schema=dict.fromkeys(("finding_type", "variant", "template"), pl.String), orient="row")
    return (
        findings.select("finding_id", "finding_type", "variant")
        .join(frame, on=["finding_type", "variant"])
        .select("finding_id", "template")
    )


def _comparison(evidence: pl.DataFrame, templates: pl.DataFrame) -> pl.DataFrame:
    """Which fields agree, are alike or differ; over several other records the least agreement counts."""
    labels = {field: column.chinese for field, column in COLUMNS.items()}
    agreement = pl.col("agreement")
    grade = pl.when(agreement.is_in(AGREEING)).then(0).when(agreement.is_in(CONTRADICTING)).then(2).otherwise(1)
    # Two registrations at two addresses are the rule, and every source words an address its own way: only likeness is said.
    is_said = ~agreement.is_in(UNSAID) & ~((pl.col("field") == "address_text") & agreement.is_in(CONTRADICTING))
    graded = (
        evidence.filter(~pl.col("field").is_in(UNSAID_FIELDS), is_said)
        .with_columns(label=pl.col("field").replace(labels))
        .join(templates, on="finding_id", maintain_order="left")
        .filter(~pl.col("template").str.contains(pl.col("label"), literal=True))
        .group_by("finding_id", "label", maintain_order=True)
        .agg(grade=grade.max())
    )
    names = [pl.col("label").filter(pl.col("grade") == value).str.join("、") for value in (0, 1, 2)]
    said = [
        pl.when(some != "").then(pl.concat_str([some, pl.lit(end)])) for some, end in zip(names, ("一致", "相近", "不一致"), strict=True)
    ]
    return graded.group_by("finding_id", maintain_order=True).agg(
        comparison=pl.concat_str(said, separator="，", ignore_nulls=True), differing=pl.when(names[2] != "").then(names[2])
    )
