"""One plain Chinese sentence per finding, put together from the rule's template for all findings at once."""

from __future__ import annotations

import re

import polars as pl

from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.raising.rules import PLACEHOLDERS, Rule

AGREEING = ("equal", "equal_unproven", "folded", "number", "name")
"""Agreements that read 一致; kin agree by number or by name."""
CONTRADICTING = ("different", "different_unproven", "generation", "same_year", "age_off")
UNSAID = ("missing", "area", "age_fits")
"""Agreements that tell a clerk nothing."""
ALIKE = {
    "swap": "月日颠倒",
    "lunar": "疑为农历、公历之差",
    "one_digit": "疑为录错一位数字或年份",
    "default": "一方为默认日期",
    "age_fits": "与死亡年龄相符",
    "equal_age_off": "一致，但与死亡年龄不符",
    "wildcard": "有无法识别的字，其余一致",
    "former": "与曾用名一致",
    "family": "为同一译名的不同写法",
    "segments": "各段次序不同或缺末段",
    "cut": "一方被截断",
    "sound": "同音不同字",
    "shape": "字形相近",
    "one_char": "差一个字",
    "tail": "前15位一致，末尾受损",
    "one_edit": "只差一位",
}
"""Levels between the same and another, as a clerk says them; those without words are 相近."""
NO_NUMBER = "对方记录无公民身份号码"
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
    """Which fields agree, in what they are alike, or differ; over several other records the least agreement counts."""
    labels = {field: column.chinese for field, column in COLUMNS.items()}
    agreement = pl.col("agreement")
    grade = pl.when(agreement.is_in(AGREEING)).then(0).when(agreement.is_in(CONTRADICTING)).then(2).otherwise(1)
    alike = agreement.replace_strict(ALIKE, default="相近", return_dtype=pl.String)
    # Two registrations at two addresses are the rule, and every source words an address its own way: only likeness is said.
    is_said = ~agreement.is_in(UNSAID) & ~((pl.col("field") == "address_text") & agreement.is_in(CONTRADICTING))
    named = (
        evidence.filter(~pl.col("field").is_in(UNSAID_FIELDS))
        .with_columns(label=pl.col("field").replace(labels), is_said=is_said)
        .join(templates, on="finding_id", maintain_order="left")
        .filter(~pl.col("template").str.contains(pl.col("label"), literal=True))
    )
    graded = (
        named.filter("is_said")
        .group_by("finding_id", "label", maintain_order=True)
        .agg(grade=grade.max(), alike=alike.filter(grade == 1).unique(maintain_order=True).str.join("或"))
    )
    same, differing = (pl.col("label").filter(pl.col("grade") == value).str.join("、") for value in (0, 2))
    likeness = (pl.col("label") + pl.col("alike")).filter(pl.col("grade") == 1).str.join("，").replace("", None)
    said = graded.group_by("finding_id", maintain_order=True).agg(
        same=_ended(same, "一致"), likeness=likeness, different=_ended(differing, "不一致"), differing=differing.replace("", None)
    )
    parts = ("same", "likeness", "different", "unnumbered")
    return (
        said.join(_unnumbered(named), on="finding_id", how="full", coalesce=True, maintain_order="left_right")
        .with_columns(comparison=pl.concat_str(parts, separator="，", ignore_nulls=True))
        .select("finding_id", "comparison", "differing")
    )


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
