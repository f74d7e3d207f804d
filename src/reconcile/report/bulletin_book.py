"""The bulletin as a workbook: a sheet for all counties and one for each, with charts that spreadsheets draw themselves, for A4."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from reconcile.report import area
from reconcile.report.bulletin_words import MEASURES, SHARES, County, unit

Format = Any
"""Of xlsxwriter, which has no types; so are its sheets, charts and books."""

_NO_SHEET, _SHEET_NAME = re.compile(r"[\[\]:*?/\\']"), 28
"""Signs that no sheet's name may have, and how long it may be, with room for a number."""
_ROW = 20
"""Height of a row in points: Chinese characters of the standard size are cut by the height that spreadsheets begin with."""
_WIDTH = 11
"""Of a column of figures, in Latin characters; a Chinese one takes two."""
_A4, _HEAD = 9, 2
_COLOURS = ("#1F5C8B", "#E0A030", "#6F9FBF", "#8A4B2A")
"""Dark and light by turns, so that a grey print tells them apart."""
_CHART = {"width": 434, "height": 300}
"""Pixels: three beside each other are as wide as the table."""
_CHANGES = ("births", "deaths", "moves_in", "moves_out")


def workbook(counties: list[County], since: dt.date, until: dt.date) -> bytes:
    """The workbook: a sheet for all counties with three charts, the last of them all together, and a sheet for each with its types."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(book)
        overview, *names = _sheet_names([area.whole(counties[-1].name), *(county.name for county in counties[:-1])])
        _overview(book, overview, counties, (since, until), formats)
        for name, county in zip(names, counties[:-1], strict=True):
            _sheet(book, name, county, (since, until), formats)
    return made.getvalue()


def _formats(book: Format) -> dict[str, Format]:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "head": book.add_format({**cell, "bold": True, "bg_color": "#DFE9F2", "align": "center"}),
        "name": book.add_format({**cell, "bg_color": "#F3F6F9"}),
        "cell": book.add_format({**cell, "num_format": "#,##0", "align": "right"}),
        "share": book.add_format({**cell, "num_format": "0.00", "align": "right"}),
        "total_name": book.add_format({**cell, "bg_color": "#F3F6F9", "bold": True}),
        "total": book.add_format({**cell, "num_format": "#,##0", "align": "right", "bold": True}),
        "total_share": book.add_format({**cell, "num_format": "0.00", "align": "right", "bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"}),
        "note": book.add_format({"font_color": "#555555", "valign": "vcenter"}),
    }


def _sheet_names(names: list[str]) -> list[str]:
    """Names as a workbook takes them: short, without signs that mean something there, each once."""
    taken: list[str] = []
    for name in names:
        short = _NO_SHEET.sub("", name)[:_SHEET_NAME] or "县"
        taken.append(next(one for one in (short, *(f"{short} {number}" for number in range(2, len(names) + 2))) if one not in taken))
    return taken


def _values(county: County) -> dict[str, float | str | None]:
    """What stands in the cells of a county: a number, or why there is none; no target is an empty cell."""
    share, target = county.share
    figures: dict[str, float | str | None] = {figure: county.numbers.get(figure, county.figures[figure]) for figure in MEASURES}
    return figures | {"share": "（暂缺）" if share is None else share, "target": target}


def _head(figure: str) -> str:
    return f"{(MEASURES | SHARES)[figure]}（{unit(figure)}）"


def _notes(since: dt.date, until: dt.date) -> list[str]:
    return [
        f"说明：人口按公业57表口径，截至{until}；本年指{until.year}年1月1日至{until}，本期指{since}至{until}。",
        "城镇化率为城镇人口占户籍人口的比重，城镇按城乡分类代码（1开头）划分。",
        "问题由系统比对提出，由人核实，不等于差错；尚不知归哪个派出所的问题不计入。",
        "数量过少的不公布，图中不显示；类型之和小于待核查问题数的，其余类型数量过少。",
    ]


def _page(book: Format, name: str, heading: str, columns: int, formats: dict[str, Format]) -> Format:
    """A sheet of A4, one page wide, with its heading and the number of the page."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_default_row(_ROW)
    sheet.set_row(0, 26)
    sheet.write(0, 0, heading, formats["title"])
    sheet.set_footer(f"&L{heading.replace('&', '&&')}&R第 &P 页，共 &N 页")
    sheet.set_column(0, 0, 22 if columns == 1 else _WIDTH + 1)
    sheet.set_column(1, columns, 22 if columns == 1 else _WIDTH)
    return sheet


def _lines(values: list[float | str | None], width: int) -> int:
    """Lines that the longest text of a row takes in cells of a width; spreadsheets do not grow a row whose height is given."""
    texts = [value for value in values if isinstance(value, str)]
    return max((-(-sum(1 if sign.isascii() else 2 for sign in text) // (width - 1)) for text in texts), default=1)


def _overview(book: Format, name: str, counties: list[County], period: tuple[dt.date, dt.date], formats: dict[str, Format]) -> None:
    columns = [*MEASURES, *SHARES]
    heading = f"{counties[-1].name}人口信息简报 {period[0]} 至 {period[1]}"
    sheet = _page(book, name, heading, len(columns), formats)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.freeze_panes(_HEAD + 1, 1)
    heads = [_head(figure).replace("（", "\n（") for figure in columns]
    sheet.set_row(_HEAD, _ROW * (1 + _lines([(MEASURES | SHARES)[figure] for figure in columns], _WIDTH)))
    sheet.write_row(_HEAD, 0, ["县（市、区）", *heads], formats["head"])
    for line, county in enumerate(counties, start=_HEAD + 1):
        is_total, values = county is counties[-1], _values(county)
        sheet.set_row(line, _ROW * _lines([county.name, *values.values()], _WIDTH))
        sheet.write(line, 0, name if is_total else county.name, formats["total_name" if is_total else "name"])
        for column, figure in enumerate(columns, start=1):
            style = ("total_" if is_total else "") + "share" if figure in SHARES else "total" if is_total else "cell"
            sheet.write(line, column, values[figure], formats[style])
    last, below = _HEAD + len(counties) - 1, _HEAD + len(counties) + 2
    is_aimed = any(county.share[1] is not None for county in counties[:-1])
    drawn = {
        "待核查问题": ("open", "overdue"),
        "本年人口变动": _CHANGES,
        "户籍人口城镇化率": ("share", "target") if is_aimed else ("share",),
    }
    for place, (said, figures) in enumerate(drawn.items()):
        places = {figure: (columns.index(figure) + 1, (MEASURES | SHARES)[figure]) for figure in figures}
        chart = _columns_chart(book, name, (_HEAD + 1, last), said, places)
        sheet.insert_chart(below, 0, chart, {"x_offset": 2 + place * (_CHART["width"] + 6)})
    foot = below + _CHART["height"] * 3 // 4 // _ROW + 2
    for line, note in enumerate(_notes(*period), start=foot):
        sheet.write(line, 0, note, formats["note"])
    sheet.print_area(0, 0, foot + 3, len(columns))


def _columns_chart(book: Format, sheet: str, lines: tuple[int, int], said: str, places: dict[str, tuple[int, str]]) -> Format:
    """A chart of figures by county, each in its column of the sheet; a target is a mark above its column."""
    chart = book.add_chart({"type": "column"})
    marks = book.add_chart({"type": "line"}) if "target" in places else None
    counts = unit(next(iter(places)))
    for colour, (figure, (column, label)) in zip(_COLOURS, places.items(), strict=False):
        series = {
            "name": label,
            "categories": [sheet, lines[0], 0, lines[1], 0],
            "values": [sheet, lines[0], column, lines[1], column],
        }
        if figure == "target" and marks:
            mark = {"type": "diamond", "size": 9, "fill": {"color": colour}, "border": {"color": colour}}
            marks.add_series(series | {"line": {"none": True}, "marker": mark})
        else:
            chart.add_series(series | {"fill": {"color": colour}})
    if marks:
        chart.combine(marks)
    chart.set_title({"name": f"{said}（{counts}）", "name_font": {"size": 13}})
    chart.set_y_axis({"min": 0, "num_format": "0" if counts == "%" else "#,##0", "name": counts, "name_font": {"rotation": 0}})
    chart.set_x_axis({"num_font": {"size": 10}})
    chart.set_legend({"none": True} if len(places) == 1 else {"position": "bottom"})
    chart.set_size(_CHART)
    return chart


def _sheet(book: Format, name: str, county: County, period: tuple[dt.date, dt.date], formats: dict[str, Format]) -> None:
    sheet = _page(book, name, f"{county.name}人口信息简报 {period[0]} 至 {period[1]}", 1, formats)
    sheet.fit_to_pages(1, 1)
    for line, (figure, value) in enumerate(_values(county).items(), start=_HEAD):
        sheet.write(line, 0, _head(figure), formats["name"])
        sheet.write(line, 1, value, formats["share" if figure in SHARES else "cell"])
        sheet.set_row(line, _ROW * _lines([value], 22))
    first = _HEAD + len(MEASURES) + len(SHARES) + 2
    sheet.write_row(first - 1, 0, ["类型", "待核查（个）"], formats["head"])
    for line, (label, value) in enumerate(county.types.items(), start=first):
        sheet.write(line, 0, label, formats["name"])
        sheet.write(line, 1, value, formats["cell"])
    foot = first + len(county.types) + 1
    for line, note in enumerate(_notes(*period), start=foot):
        sheet.write(line, 0, note, formats["note"])
    if county.types:
        last = first + len(county.types) - 1
        chart = book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "待核查",
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "fill": {"color": _COLOURS[0]},
                "data_labels": {"value": True, "num_format": "#,##0"},
                "gap": 60,
            }
        )
        chart.set_title({"name": "待核查问题，按类型（个）", "name_font": {"size": 13}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
        chart.set_size({"width": 440, "height": max(240, 90 + 24 * len(county.types))})
        sheet.insert_chart(_HEAD, 3, chart)
    sheet.print_area(0, 0, foot + 3, 9)
