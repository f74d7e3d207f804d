"""One plain Chinese sentence per finding, put together from the rule's template for all findings at once."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.raising.rules import PLACEHOLDERS, Rule
from reconcile.findings.telling.evidence import FIELDS
from reconcile.ladder import first_that_holds
from reconcile.link import fields
from reconcile.link.fields import plain
from reconcile.link.fields.level import OTHER, SAME

DIFFERS = 2
"""Grade of fields that differ."""
NO_NUMBER = "对方记录无公民身份号码"
UNSAID_FIELDS = ("death_cert_no", "death_date", "former_names", "father_id", "mother_id", "spouse_id")
"""Fields that the sentence says otherwise: the date by its own placeholder, kin by their names."""

_CHINESE_COUNTS = dict(zip(map(str, range(2, 11)), "两三四五六七八九十", strict=True))
"""As a sentence counts; more than ten are written as digits."""

_PART = re.compile(r"\{(\w+)\}")


def add(findings: pl.DataFrame, members: pl.DataFrame, evidence: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Add the columns ``reason`` and ``about`` to findings.

    ``findings`` has finding_id, finding_type, variant and the fact columns of the rules.
    """
    frame = (
        findings.join(_counts(members), on="finding_id", how="left", maintain_order="left")
        .join(_comparison(evidence, _templates(findings, rules)), on="finding_id", how="left", maintain_order="left")
        .with_columns(pl.col("comparison").fill_null("没有其他可比对的项目"), pl.col("differing").fill_null("其他项目"))
    )
    said = {"reason": {rule.finding_type: rule.reasons for rule in rules}, "about": {rule.finding_type: rule.about for rule in rules}}
    columns = {column: first_that_holds(_sentences(templates, frame.schema), None) for column, templates in said.items()}
    return frame.with_columns(**columns).drop(PLACEHOLDERS)


def _sentences(templates: dict[str, dict[str, str]], schema: pl.Schema) -> list[tuple[pl.Expr, pl.Expr]]:
    """Condition and sentence of every variant of every type that has a template."""
    return [
        ((pl.col("finding_type") == finding_type) & (pl.col("variant") == variant), _filled(template, schema))
        for finding_type, variants in templates.items()
        for variant, template in variants.items()
    ]


def _filled(template: str, schema: pl.Schema) -> pl.Expr:
    """Put column values into a template; ``split`` leaves texts at even places and names at odd ones."""
    parts = _PART.split(template)
    return pl.concat_str([_as_text(part, schema) if place % 2 else pl.lit(part) for place, part in enumerate(parts)], ignore_nulls=True)


def _as_text(name: str, schema: pl.Schema) -> pl.Expr:
    column = pl.col(name)
    return column.dt.strftime("%Y年%-m月%-d日") if schema[name] == pl.Date else column.cast(pl.String)


def _counts(members: pl.DataFrame) -> pl.DataFrame:
    names = {name: extract.chinese for name, extract in EXTRACTS.items()}
    other = pl.col("record_type").filter(~pl.col("is_lead")).unique().sort().replace(names)
    number = pl.col("is_subject").sum().cast(pl.String).replace(_CHINESE_COUNTS)
    return members.group_by("finding_id").agg(count=number, sources=other.str.join("、"))


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
    """Which fields agree, in what they are alike, or differ; over several other records the least agreement counts."""
    labels = {field: column.chinese for field, column in COLUMNS.items()}
    named = (
        evidence.filter(~pl.col("field").is_in(UNSAID_FIELDS))
        .with_columns(label=pl.col("field").replace(labels))
        .join(templates, on="finding_id", maintain_order="left")
        .filter(~pl.col("template").str.contains(pl.col("label"), literal=True))
    )
    grade, words = pl.col("grade"), pl.col("words")
    least = words.filter(grade == grade.max()).unique(maintain_order=True)
    graded = (
        named.join(told(), on=["field", "agreement"], how="inner", maintain_order="left")
        .group_by("finding_id", "label", maintain_order=True)
        .agg(grade=grade.max(), words=pl.when((least == OTHER).any()).then(pl.lit(OTHER)).otherwise(least.str.join("或")))
    )
    label, is_plain = pl.col("label"), words == OTHER
    same, other, differing = (label.filter(which).str.join("、") for which in (grade == 0, is_plain, grade == DIFFERS))
    in_own_words = (grade == 1, (grade == DIFFERS) & ~is_plain)
    alike, otherwise = ((label + words).filter(which).str.join("，").replace("", None) for which in in_own_words)
    clauses = graded.group_by("finding_id", maintain_order=True).agg(
        same=_ended(same, SAME), alike=alike, other=_ended(other, OTHER), otherwise=otherwise, differing=differing.replace("", None)
    )
    parts = ("same", "alike", "other", "otherwise", "unnumbered")
    return (
        clauses.join(_unnumbered(named), on="finding_id", how="full", coalesce=True, maintain_order="left_right")
        .with_columns(comparison=pl.concat_str(parts, separator="，", ignore_nulls=True))
        .select("finding_id", "comparison", "differing")
    )


@cache
def told() -> pl.DataFrame:
    """Words and grade (0 the same, 1 alike, 2 differing) of every agreement that a clerk is told: field, agreement, words, grade."""
    levels = {(field.column, level.name): level for field in fields.FIELDS for level in field.levels}
    # Where the linkage compared nothing the evidence compares plainly; what a field's own levels say goes before.
    levels = {(field, level.name): level for field in FIELDS for level in plain.LEVELS} | levels
    rows = [(*key, level.words, _grade(level.words)) for key, level in levels.items() if level.is_told]
    return pl.DataFrame(rows, schema={"field": pl.String, "agreement": pl.String, "words": pl.String, "grade": pl.Int8}, orient="row")


def _grade(words: str) -> int:
    if words.startswith(OTHER):
        return DIFFERS
    return 0 if words == SAME else 1


def _ended(names: pl.Expr, end: str) -> pl.Expr:
    return pl.when(names != "").then(pl.concat_str([names, pl.lit(end)]))


def _unnumbered(evidence: pl.DataFrame) -> pl.DataFrame:
    """Findings in which no other record bears a number: what ties them is weaker, and the clerk must know."""
    bearing = [name for name, extract in EXTRACTS.items() if "citizen_id" in extract.fields]
    number = (
        evidence.filter(pl.col("field") == "citizen_id", pl.col("record_type").is_in(bearing))
        .group_by("finding_id")
        .agg(pl.col("source_value").is_null().all())
    )
    return number.filter("source_value").select("finding_id", unnumbered=pl.lit(NO_NUMBER)).sort("finding_id")
