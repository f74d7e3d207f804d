"""One page for a night, ``reports/night_<as_of>.html``: is all well, what changed, what is open and where. Names nobody, loads nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import resources

import duckdb
import polars as pl

from reconcile import query
from reconcile.asked import Readable
from reconcile.report import night_findings, night_people
from reconcile.report.night_figure import TITLES, Asked, Section
from reconcile.report.night_words import Said
from reconcile.settings import Settings

COLOURS = {
    "ink": "#222222",
    "soft": "#595959",
    "paper": "#ffffff",
    "card": "#f3f5f7",
    "link": "#1f5c8a",
    "good": "#23683d",
    "bad": "#a3402a",
}
"""Colours of text on ``paper`` and ``card``; each is told apart from both by anyone (4.5 : 1, tests)."""

SECTIONS: tuple[Callable[[Asked], Section], ...] = (
    night_findings.well,
    night_findings.changes,
    night_findings.types,
    night_findings.trend,
    night_people.counties,
    night_people.urban,
    night_people.balance,
    night_findings.ageing,
    night_findings.confirmed,
    night_people.long_names,
    night_people.timeliness,
)
"""In the order people read them; the name of a function is the anchor of its figure."""


def page(reader: Readable, settings: Settings) -> str:
    """HTML of the page; a figure that cannot be made says why instead."""
    from jinja2 import Environment

    asked = Asked(reader, settings)
    types = asked.rows("types")
    sections = [_shown(make, asked) for make in SECTIONS]
    source = resources.files(__package__ or "").joinpath("night.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    day = settings.as_of
    return template.render(
        as_of=day,
        colours=COLOURS,
        title=Said(f"{day} 人口信息核查情况", f"Population records, night of {day}"),
        sub=Said("本页只有数量，不含任何个人信息。", "Counts only: no person is named here, and nothing is loaded from anywhere."),
        cards=_cards(types),
        sections=[_with_query(section, settings) for section in sections],
        about_query=Said("指标定义与查询语句", "definition and query"),
        linkage=settings.home.linkage_page(day).name,
        linkage_title=Said("比对质量（供统计人员）", "Quality of the linkage, for statisticians"),
        linkage_text=Said("比对模型、阈值与漂移见比对页", "The page about the linkage: model, thresholds, drift"),
        queries_title=Said("指标定义与查询语句", "Definitions and queries"),
        queries_text=Said(
            "每条语句都可以在 DuckDB 中对 published/latest.duckdb 直接运行；表和列的含义见数据字典。",
            "Each runs as it stands in DuckDB on published/latest.duckdb; the data dictionary says what tables and columns mean.",
        ),
        foot=Said("问题由系统提出，由人核实；列出的问题不等于差错。", "A finding is a question to a person, not a fact about one."),
    )


def _cards(types: pl.DataFrame) -> list[dict[str, object]]:
    names = {
        "open": Said("待核查", "open"),
        "new": Said("今日新增（含分析线索）", "new tonight, leads included"),
        "overdue": Said("逾期", "overdue"),
        "waiting": Said("等待列入清单", "waiting for a list"),
        "answered": Said("累计已答复", "answered so far"),
    }
    return [{"name": said, "value": f"{int(types[name].sum()):,}"} for name, said in names.items()]


def _shown(make: Callable[[Asked], Section], asked: Asked) -> Section:
    """A section; one whose table is not there yet says so."""
    try:
        return make(asked)
    except duckdb.CatalogException:
        empty = make.__name__
        reason = Said(
            "本库尚无这项统计。请用当前版本重新运行一夜。", "These statistics are not in this database. Run a night with this version."
        )
        return Section(empty, TITLES[empty], Said("", ""), missing=reason)


def _with_query(section: Section, settings: Settings) -> Section:
    if not section.query:
        return section
    sentence, columns = query.header(section.query)
    text = query.sql(section.query).replace("cast($as_of AS DATE)", f"DATE '{settings.as_of}'")
    zh = f"{section.title.zh}。列：{'、'.join(columns)}"
    return replace(section, definition=Said(zh, f"{sentence} Columns: {', '.join(columns)}"), sql=text)
