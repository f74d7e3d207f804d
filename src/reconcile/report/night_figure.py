"""What a figure of the page about a night is: words, table or picture, and the query that makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from reconcile import query
from reconcile.asked import Readable
from reconcile.report import night_words as words
from reconcile.report.night_words import Said
from reconcile.settings import Settings

if TYPE_CHECKING:
    from reconcile.report.charts import AnyChart

FEW = 3
"""Answers a type needs before its share is drawn."""


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: what it is, how it is shown, and the query that makes it.

    Attributes:
        id: anchor on the page.
        title: heading.
        note: how to read it.
        query: file below ``sql/`` without the ending; empty where it has none.
        states: classes (good, bad) with a sentence each.
        picture: SVG.
        heads: heads of the table.
        rows: its rows, texts or words in both languages.
        missing: why there is nothing to show.
        definition: what the columns of the query are.
        sql: the query as anybody can run it.

    """

    id: str
    title: Said
    note: Said
    query: str = ""
    states: list[tuple[str, Said]] = field(default_factory=list[tuple[str, Said]])
    picture: str = ""
    heads: list[Said] = field(default_factory=list[Said])
    rows: list[list[str | Said]] = field(default_factory=list[list[str | Said]])
    missing: Said | None = None
    definition: Said | None = None
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sections ask: the night, its settings and the words for types."""

    reader: Readable
    settings: Settings

    def rows(self, name: str) -> pl.DataFrame:
        """Result of ``sql/page/<name>.sql`` for the night."""
        return self.reader.frame(query.sql(f"page/{name}"), as_of=self.settings.as_of)


NOT_YET = Said("本库尚无这项统计；空白不是零。", "These statistics are not in this database yet; an empty figure is not zero.")


def picture(chart: AnyChart, title: Said) -> str:
    """A chart as SVG with labels in both languages."""
    from reconcile.report import night_charts

    return night_charts.bilingual(chart, words.dictionary(), f"{title.zh} · {title.en}")


def signed(value: int) -> str:
    """A change, with its sign; none has no sign."""
    return f"{value:+,}" if value else "0"


TITLES = {
    "well": Said("是否正常", "Is all well?"),
    "changes": Said("与昨日、上月相比", "What changed since yesterday and in a month"),
    "types": Said("各类问题", "Questions by type"),
    "trend": Said("走势", "Trend over nights"),
    "counties": Said("各县待核查问题", "Open questions by county"),
    "urban": Said("户籍人口城镇化率", "Share of registered people in towns"),
    "balance": Said("人口变动平衡", "Balance of the population"),
    "ageing": Said("待核查问题的时长", "For how long questions are open"),
    "confirmed": Said("核实为属实的比例", "How often the questions were right"),
    "long_names": Said("长姓名", "Long names"),
    "timeliness": Said("登记及时性", "Timeliness of registration"),
}
