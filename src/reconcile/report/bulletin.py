"""The bulletin of a month or quarter (信息简报), county by county: a workbook with charts and a page of text, Chinese. Counts only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from xlsxwriter import Workbook

from reconcile.home import make_directory
from reconcile.report import night_words, private
from reconcile.settings import Settings
from reconcile.statistics.suppress import hidden
from reconcile.store import Reader

WITHHELD = "（数量过少，不公布）"
MEASURES = {
    "people": "户籍人口",
    "urban": "城镇人口",
    "births": "本年出生",
    "deaths": "本年死亡",
    "moves_in": "本年迁入",
    "moves_out": "本年迁出",
    "open": "待核查问题",
    "overdue": "其中逾期",
    "new": "本期新发现",
    "resolved": "本期不再发现",
    "answered": "本期答复",
    "confirmed": "其中属实",
    "refuted": "其中不属实",
}
"""Figures of a county, in the order of the workbook."""
_FORM = {2: "people", 3: "urban", 11: "births", 14: "deaths", 17: "moves_in", 18: "moves_in", 19: "moves_out", 20: "moves_out"}
"""Column of 公业57 → figure."""
_QUESTIONS = ("open", "overdue", "new", "resolved")
_MOST = 3
"""Types that the text names."""
_ROW = 20
"""Height of a row in points: Chinese characters of the standard size are cut by the height that spreadsheets begin with."""


@dataclass(frozen=True, slots=True)
class County:
    """What is said of one county.

    Attributes:
        name: of the county.
        figures: figure → text: the number, or why there is none.
        numbers: figure → number, where it is shown.
        share: people in towns, percent, and its target.
        types: Chinese name of a type → open questions, the largest first; those that are withheld are left out.

    """

    name: str
    figures: dict[str, str]
    numbers: dict[str, int]
    share: tuple[float | None, float | None]
    types: dict[str, int]


def write(reader: Reader, settings: Settings, since: dt.date) -> tuple[Path, Path]:
    """Write the workbook and the page of text of the last night, and return where they are.

    Args:
        reader: the publication.
        settings: of its night.
        since: first day of the period; changes and answers are counted from it.

    """
    counties = read(reader, settings, since)
    make_directory(settings.home.reports)
    book, page = (settings.home.bulletin(settings.as_of, ending) for ending in ("xlsx", "html"))
    private.write_bytes(book, workbook(counties, since, settings.as_of))
    private.write_text(page, text(counties, since, settings.as_of))
    return book, page


def read(reader: Reader, settings: Settings, since: dt.date) -> list[County]:
    """Figures of every county, small numbers withheld."""
    few = settings.statistics.small_number
    form = reader.file("bulletin/people")
    types = reader.file("bulletin/types", as_of=settings.as_of, since=since)
    answers = reader.file("bulletin/answers", since=since)
    towns = {row["county_code"]: (row["share"], row["target"]) for row in reader.file("page/urban").iter_rows(named=True)}
    cells = hidden(_cells(form, types, answers), "value", totals=[], below=few)
    of_types = hidden(types.select("county_code", "finding_type", "open"), "open", totals=[["county_code"], ["finding_type"]], below=few)
    names = dict(form.select("county_code", "county_name").unique(maintain_order=True).iter_rows())
    return [
        _county(name, cells.filter(county_code=code), of_types.filter(county_code=code), towns.get(code, (None, None)))
        for code, name in names.items()
    ]


def _cells(form: pl.DataFrame, types: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """One row a county and figure: value, and why there is none."""
    people = form.with_columns(figure=pl.col("column_no").replace_strict(_FORM)).group_by("county_code", "figure", maintain_order=True)
    summed = people.agg(
        value=pl.when(pl.col("persons").null_count() == 0).then(pl.col("persons").sum()), missing=pl.col("missing").drop_nulls().first()
    )
    questions = types.group_by("county_code").agg(pl.col(_QUESTIONS).sum()).unpivot(_QUESTIONS, index="county_code", variable_name="figure")
    answered = answers.unpivot(["answered", "confirmed", "refuted"], index="county_code", variable_name="figure")
    return pl.concat([summed, questions, answered], how="diagonal_relaxed")


def _county(name: str, cells: pl.DataFrame, types: pl.DataFrame, share: tuple[float | None, float | None]) -> County:
    rows = {row["figure"]: row for row in cells.iter_rows(named=True)}
    chinese = {name: said.zh for name, said in night_words.types().items()}
    listed = types.filter(pl.col("open") > 0).sort(["open", "finding_type"], descending=[True, False])
    return County(
        name,
        {figure: _text(rows.get(figure)) for figure in MEASURES},
        # What has no row at all did not happen: a number, so that a chart and a sum have it.
        {figure: rows.get(figure, {"value": 0})["value"] for figure in MEASURES if figure not in rows or rows[figure]["value"] is not None},
        share,
        {chinese.get(str(row["finding_type"]), str(row["finding_type"])): row["open"] for row in listed.iter_rows(named=True)},
    )


def _text(row: dict[str, Any] | None) -> str:
    if row is None:
        return "0"
    if row["is_hidden"]:
        return WITHHELD
    if row["value"] is None:
        return f"（暂缺：{night_words.REASONS[row['missing']].zh}）"
    return f"{row['value']:,}"


def text(counties: list[County], since: dt.date, until: dt.date) -> str:
    """The page of text: a section a county, each on a sheet of its own when it is printed."""
    style = (
        'body { font: 16px/1.9 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; color: #222222; '
        "max-width: 760px; margin: 24px auto; padding: 0 16px; } h1 { font-size: 22px; text-align: center; } h2 { font-size: 17px; } "
        "@page { size: A4; margin: 22mm; } @media print { section + section { break-before: page; } }"
    )
    title = f"人口信息简报 {since} 至 {until}"
    sections = "\n".join(_section(county, since, until) for county in counties)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>\n'
        f"<body>\n{sections}\n</body></html>\n"
    )


def _section(county: County, since: dt.date, until: dt.date) -> str:
    said = county.figures
    share, target = county.share
    towns = "（暂缺）" if share is None else f"{share:.2f}%" + ("" if target is None else f"，年度目标{target:.2f}%")
    most = "、".join(f"{name}（{number:,}）" for name, number in list(county.types.items())[:_MOST])
    paragraphs = [
        (
            "一、基本情况",
            (
                f"户籍人口{said['people']}人，其中城镇{said['urban']}人，户籍人口城镇化率{towns}。"
                f"本年登记出生{said['births']}人，死亡{said['deaths']}人，迁入{said['moves_in']}人，迁出{said['moves_out']}人。"
            ),
        ),
        (
            "二、核查情况",
            (
                f"目前待核查问题{said['open']}个，其中逾期{said['overdue']}个；本期新发现{said['new']}个，不再发现{said['resolved']}个。"
                f"本期收到答复{said['answered']}个，其中属实{said['confirmed']}个，不属实{said['refuted']}个。"
            ),
        ),
        ("三、突出问题", f"待核查较多的是：{most}。" if most else "没有可以公布的突出问题。"),
        ("四、说明", "问题由系统比对提出，由人核实，不等于差错；过少的数量不公布。"),
    ]
    body = "".join(f"<h2>{head}</h2><p>{escape(sentence)}</p>" for head, sentence in paragraphs)
    return f"<section><h1>{escape(county.name)}人口信息简报</h1><p>{since} 至 {until}</p>{body}</section>"


def workbook(counties: list[County], since: dt.date, until: dt.date) -> bytes:
    """The workbook: a sheet for all counties with two charts, and a sheet for each with its types."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DFE9F2", "border": 1, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"border": 1, "num_format": "#,##0"})
        title = book.add_format({"bold": True, "font_size": 14})
        formats = {"head": head, "cell": cell, "title": title}
        _overview(book, counties, f"人口信息简报 {since} 至 {until}", formats)
        for number, county in enumerate(counties, start=1):
            _sheet(book, county, number, formats)
    return made.getvalue()


def _overview(book: Any, counties: list[County], heading: str, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet("全部县")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_default_row(_ROW)
    sheet.write(0, 0, heading, formats["title"])
    for column, name in enumerate(["县", *MEASURES.values()]):
        sheet.write(2, column, name, formats["head"])
    for line, county in enumerate(counties, start=3):
        sheet.write(line, 0, county.name, formats["cell"])
        for column, figure in enumerate(MEASURES, start=1):
            sheet.write(line, column, county.numbers.get(figure, county.figures[figure]), formats["cell"])
    sheet.set_column(0, len(MEASURES), 11)
    last, below = 2 + len(counties), 5 + len(counties)
    places = list(MEASURES)
    for left, name, figures in ((0, "待核查问题", ("open", "overdue")), (7, "本年人口变动", ("births", "deaths", "moves_in", "moves_out"))):
        chart = book.add_chart({"type": "column"})
        for figure in figures:
            column = places.index(figure) + 1
            chart.add_series(
                {"name": MEASURES[figure], "categories": ["全部县", 3, 0, last, 0], "values": ["全部县", 3, column, last, column]}
            )
        chart.set_title({"name": name})
        sheet.insert_chart(below, left, chart)


def _sheet(book: Any, county: County, number: int, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    name = f"{number}"
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_default_row(_ROW)
    sheet.write(0, 0, f"{county.name}人口信息简报", formats["title"])
    for line, (figure, label) in enumerate(MEASURES.items(), start=2):
        sheet.write(line, 0, label, formats["head"])
        sheet.write(line, 1, county.numbers.get(figure, county.figures[figure]), formats["cell"])
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 22)
    first = 3 + len(MEASURES) + 1
    sheet.write_row(first - 1, 0, ["类型", "待核查"], formats["head"])
    for line, (label, value) in enumerate(county.types.items(), start=first):
        sheet.write(line, 0, label, formats["cell"])
        sheet.write(line, 1, value, formats["cell"])
    if county.types:
        last = first + len(county.types) - 1
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"name": "待核查", "categories": [name, first, 0, last, 0], "values": [name, first, 1, last, 1]})
        chart.set_title({"name": "待核查问题"})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(1, 3, chart, {"y_scale": 1.6})
