"""The bulletin of a month or quarter (信息简报), county by county and of all together: a workbook with charts and a page of text, Chinese.

Counts only, and of every sum in it, that of a county's types too, none or at least two members are withheld.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from xlsxwriter import Workbook

from reconcile.home import make_directory
from reconcile.report import area, night_words, private
from reconcile.settings import Settings
from reconcile.statistics.members import members, whole
from reconcile.statistics.suppress import withheld
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
_ALL = "all"
"""County code of all counties together, as in ``stats``."""
_NAMED = {"cells": "figure", "types": "finding_type"}
"""Table → column that says what its rows count."""
_QUESTIONS = ("open", "overdue", "new", "resolved")
_MOST = 3
"""Types that the text names."""
_NO_SHEET, _SHEET_NAME = re.compile(r"[\[\]:*?/\\']"), 28
"""Signs that no sheet's name may have, and how long it may be, with room for a number."""
_ROW = 20
"""Height of a row in points: Chinese characters of the standard size are cut by the height that spreadsheets begin with."""


@dataclass(frozen=True, slots=True)
class County:
    """What is said of one county, or of all together.

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
    """Figures of every county and, as the last, of all together; small numbers withheld."""
    form = reader.file("bulletin/people")
    types = reader.file("bulletin/types", as_of=settings.as_of, since=since)
    answers = reader.file("bulletin/answers", since=since)
    towns = {row["county_code"]: (row["share"], row["target"]) for row in reader.file("page/urban").iter_rows(named=True)}
    tables = {
        "cells": _with_all(_cells(form, types, answers), _NAMED["cells"]),
        "types": _with_all(types.select("county_code", "finding_type", value="open"), _NAMED["types"]),
    }
    shown, _ = withheld(tables, _sums(tables), settings.statistics.small_number)
    names = dict(form.select("county_code", "county_name").unique(maintain_order=True).iter_rows())
    names |= {_ALL: settings.prefecture_name or area.whole(None)}
    cells, of_types = (shown[table] for table in tables)
    return [
        _county(name, cells.filter(county_code=code), of_types.filter(county_code=code), towns.get(code, (None, None)))
        for code, name in names.items()
    ]


def _with_all(table: pl.DataFrame, what: str) -> pl.DataFrame:
    """Rows with those of all counties together, which are unknown where that of one is; numbered in a fixed order.

    Of two equal counts the first is withheld: another order another time would tell both.
    """
    known = pl.col("value").null_count() == 0
    total = table.group_by(what, maintain_order=True).agg(
        pl.lit(_ALL).alias("county_code"),
        pl.when(known).then(pl.col("value").sum()).alias("value"),
        *([pl.col("missing").drop_nulls().first()] if "missing" in table.columns else []),
    )
    rows = pl.concat([table, total], how="diagonal").sort(what, "county_code").with_columns(pl.col("value").cast(pl.Int64))
    return rows.with_row_index("_row").with_columns(pl.col("_row").cast(pl.Int64))


def _sums(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """What adds up: the counties to all of them, in each figure and each type, and the types of a place to its open questions."""
    is_all = whole(is_whole=pl.col("county_code") == _ALL)
    opened = tables["cells"].filter(figure="open")
    return pl.concat(
        [
            *(members(frame, name, "value", _NAMED[name], name=name, factor=is_all) for name, frame in tables.items()),
            members(opened, "cells", "value", "county_code", name="open", factor=-1),
            members(tables["types"], "types", "value", "county_code", name="open"),
        ]
    )


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
    is_told = {rows[figure]["value"] is not None for figure in ("people", "urban") if figure in rows} == {True}
    chinese = {name: said.zh for name, said in night_words.types().items()}
    listed = types.filter(pl.col("value") > 0).sort(["value", "finding_type"], descending=[True, False])
    return County(
        name,
        {figure: _text(rows.get(figure)) for figure in MEASURES},
        # What has no row at all did not happen: a number, so that a chart and a sum have it.
        {figure: rows.get(figure, {"value": 0})["value"] for figure in MEASURES if figure not in rows or rows[figure]["value"] is not None},
        share if is_told else (None, share[1]),  # a share of the people would tell how many
        {chinese.get(str(row["finding_type"]), str(row["finding_type"])): row["value"] for row in listed.iter_rows(named=True)},
    )


def _text(row: dict[str, Any] | None) -> str:
    if row is None:
        return "0"
    if row["missing"] == "small_number":
        return WITHHELD
    if row["value"] is None:
        return f"（暂缺：{night_words.REASONS[row['missing']].zh}）"
    return f"{row['value']:,}"


def text(counties: list[County], since: dt.date, until: dt.date) -> str:
    """The page of text: a section for all together and one a county, each on a sheet of its own when it is printed."""
    style = (
        'body { font: 16px/1.9 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; color: #222222; '
        "max-width: 760px; margin: 24px auto; padding: 0 16px; } h1 { font-size: 22px; text-align: center; } h2 { font-size: 17px; } "
        "@page { size: A4; margin: 22mm; } @media print { section + section { break-before: page; } }"
    )
    title = f"人口信息简报 {since} 至 {until}"
    sections = "\n".join(_section(county, since, until) for county in (counties[-1], *counties[:-1]))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head>\n<body>\n<main>\n{sections}\n</main>\n</body></html>\n"
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
        ("四、说明", "问题由系统比对提出，由人核实，不等于差错；过少的数量不公布；尚不知归哪个派出所的问题不计入。"),
    ]
    body = "".join(f"<h2>{head}</h2><p>{escape(sentence)}</p>" for head, sentence in paragraphs)
    return f"<section><h1>{escape(county.name)}人口信息简报</h1><p>{since} 至 {until}</p>{body}</section>"


def workbook(counties: list[County], since: dt.date, until: dt.date) -> bytes:
    """The workbook: a sheet for all counties with two charts, the last of them all together, and a sheet for each with its types."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DFE9F2", "border": 1, "text_wrap": True, "valign": "vcenter"})
        cell = book.add_format({"border": 1, "num_format": "#,##0", "text_wrap": True, "valign": "vcenter"})
        total = book.add_format({"border": 1, "num_format": "#,##0", "text_wrap": True, "valign": "vcenter", "bold": True})
        title = book.add_format({"bold": True, "font_size": 14})
        formats = {"head": head, "cell": cell, "total": total, "title": title}
        overview, *names = _sheet_names([area.whole(counties[-1].name), *(county.name for county in counties[:-1])])
        _overview(book, overview, counties, f"{counties[-1].name}人口信息简报 {since} 至 {until}", formats)
        for name, county in zip(names, counties[:-1], strict=True):
            _sheet(book, name, county, formats)
    return made.getvalue()


def _sheet_names(names: list[str]) -> list[str]:
    """Names as a workbook takes them: short, without signs that mean something there, each once."""
    taken: list[str] = []
    for name in names:
        short = _NO_SHEET.sub("", name)[:_SHEET_NAME] or "县"
        taken.append(next(one for one in (short, *(f"{short} {number}" for number in range(2, len(names) + 2))) if one not in taken))
    return taken


def _overview(book: Any, name: str, counties: list[County], heading: str, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_default_row(_ROW)
    sheet.write(0, 0, heading, formats["title"])
    for column, label in enumerate(["县（市、区）", *MEASURES.values()]):
        sheet.write(2, column, label, formats["head"])
    for line, county in enumerate(counties, start=3):
        style = formats["total"] if county is counties[-1] else formats["cell"]
        sheet.write(line, 0, name if county is counties[-1] else county.name, style)
        for column, figure in enumerate(MEASURES, start=1):
            sheet.write(line, column, county.numbers.get(figure, county.figures[figure]), style)
    sheet.set_column(0, len(MEASURES), 11)
    last, below = 1 + len(counties), 5 + len(counties)
    places = list(MEASURES)
    for left, said, figures in ((0, "待核查问题", ("open", "overdue")), (7, "本年人口变动", ("births", "deaths", "moves_in", "moves_out"))):
        chart = book.add_chart({"type": "column"})
        for figure in figures:
            column = places.index(figure) + 1
            chart.add_series({"name": MEASURES[figure], "categories": [name, 3, 0, last, 0], "values": [name, 3, column, last, column]})
        chart.set_title({"name": said})
        sheet.insert_chart(below, left, chart)


def _sheet(book: Any, name: str, county: County, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
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
