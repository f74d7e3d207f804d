"""One worklist as XLSX: text cells, drop-downs for the answers, printable on A4.

The sheet is not protected: WPS and LibreOffice refuse to sort, filter or widen columns of a protected sheet, and what
comes back is checked against the finding's number anyway.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reconcile.worklist import layout
from reconcile.worklist.audience import Audience
from reconcile.worklist.columns import SHEET_COLUMNS, VERIFIED_BY, VERIFIED_ON, SheetColumn

_FONT_NAME = "宋体"
_FONT = {"font_name": "Verdana", "font_size": 8}
"""The default of the book, in which nothing is written: column widths count its digits. Its digits, and those of the font that takes its
place on Linux, are as wide as what LibreOffice writes beside Chinese; counted in 宋体 the columns would be a quarter wider there.

The book gets a copy: xlsxwriter changes what it is given, and the second file would differ from the first.
"""
_HEADER_FILL, _ANSWER_HEADER_FILL, _ANSWER_FILL, _RULE = "#2F4B6E", "#8A6D1F", "#FFF8E1", "#BFC7D1"
_BASE: dict[str, Any] = {
    "font_name": _FONT_NAME,
    "font_size": layout.FONT_SIZE,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": _RULE,
}
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
"""Text stays text; no temporary files, since they would hold persons' data outside the home directory."""
_HEADINGS, _FIRST = 1, 2
"""Rows of the sheet, from 0: below the title the headings, then the list."""
_A4 = 9
_SIDE, _TOP, _BOTTOM = 0.2, 0.25, 0.4
"""Margins in inches."""
GUIDE = "填写说明"
"""The sheet that says how to fill the list in."""
_TEXT = 49
"""Number of the built-in text format @."""

_GUIDE_WIDTHS = (14, 140)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a list: its title, the night, and what it holds, as ``共 3 行（新增 3）``."""

    title: str
    as_of: dt.date
    contents: str


def write(rows: pl.DataFrame, path: Path, heading: Heading, audience: Audience) -> None:
    """Write rows with the columns of ``SHEET_COLUMNS`` below a title line and the headings; same rows, same bytes."""
    with Workbook(str(path), _OPTIONS | {"default_format_properties": dict(_FONT)}) as book:
        created = dt.datetime.combine(heading.as_of, dt.time())
        book.set_properties({"title": heading.title, "created": created})
        sheet = book.add_worksheet("核查清单")
        for index, column in enumerate(SHEET_COLUMNS):
            _column(book, sheet, index, column, rows[column.heading].to_list())
        for index, height in enumerate(layout.heights(rows), start=_FIRST):
            sheet.set_row(index, height)
        _validate(sheet, rows.height, heading.as_of, audience)
        _lay_out(book, sheet, rows.height, heading)
        _guide(book, audience, layout.suggestions(rows))


def _column(book: Workbook, sheet: Worksheet, index: int, column: SheetColumn, values: list[str]) -> None:
    header = _BASE | {"bold": True, "font_color": "white", "valign": "vcenter", "align": "center"}
    header["bg_color"] = _ANSWER_HEADER_FILL if column.is_answer else _HEADER_FILL
    sheet.set_column_pixels(index, index, round(column.width * 96 / 72))
    sheet.write_string(_HEADINGS, index, column.heading, book.add_format(header))
    cell = _cell(book, column)
    for row, value in enumerate(values, start=_FIRST):
        if not value:
            sheet.write_blank(row, index, None, cell)
        elif column.is_date:
            sheet.write_datetime(row, index, dt.datetime.fromisoformat(value), cell)
        else:
            sheet.write_string(row, index, value, cell)


def _cell(book: Workbook, column: SheetColumn) -> Format:
    look = _BASE | {"num_format": "mm-dd" if column.is_date else _TEXT}
    if column.is_answer:
        look["bg_color"] = _ANSWER_FILL
    if column.is_centred:
        look["align"] = "center"
    if column.is_one_line:
        look |= {"text_wrap": False, "shrink": True}
    return book.add_format(look)


def _validate(sheet: Worksheet, height: int, as_of: dt.date, audience: Audience) -> None:
    choices = audience.choices()
    for index, column in enumerate(SHEET_COLUMNS):
        if not column.is_answer:
            continue
        hint = audience.officer if column.heading == VERIFIED_BY else column.hint
        rule: dict[str, Any] = {"validate": "any", "input_title": column.heading, "input_message": hint}
        if column.heading in choices:
            rule |= _choice(choices[column.heading])
        elif column.heading == VERIFIED_ON:
            rule |= _date(as_of)
        sheet.data_validation(_FIRST, index, _HEADINGS + height, index, rule)


def _choice(labels: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "list", "source": list(labels), "error_title": "请重新选择", "error_message": f"请选择：{'、'.join(labels)}。"}


def _date(as_of: dt.date) -> dict[str, Any]:
    """A warning only: somebody may have looked into the case before the list came."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": as_of,
        "maximum": as_of + dt.timedelta(days=366),
        "error_type": "warning",
        "error_title": "请核对日期",
        "error_message": f"核实日期一般在 {as_of} 之后，形如 2026-11-25。",
    }


def _lay_out(book: Workbook, sheet: Worksheet, height: int, heading: Heading) -> None:
    """Title, filter and print; the title flows over empty cells, since merged ones would come back as a merged heading."""
    bottom = _HEADINGS + height
    printed = sum(column.is_printed for column in SHEET_COLUMNS)
    title = f"{heading.title}　{heading.as_of}　{heading.contents}"
    sheet.write_string(0, 0, title, book.add_format({"font_name": "宋体", "font_size": 11, "bold": True, "valign": "vcenter"}))
    sheet.set_row(0, 16)
    sheet.set_row(_HEADINGS, 24)
    sheet.freeze_panes(_FIRST, 1)
    sheet.autofilter(_HEADINGS, 0, bottom, len(SHEET_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.set_print_scale(100)
    sheet.repeat_rows(0, _HEADINGS)
    sheet.print_area(0, 0, bottom, printed - 1)
    sheet.set_footer("&L&8 内部资料，注意保密&C&8 第 &P 页，共 &N 页&R&8 请核实，不作为直接注销依据", {"margin": 0.15})


def _guide(book: Workbook, audience: Audience, suggestions: list[tuple[str, str]]) -> None:
    """How to fill the list in, and below it what to check for each type that the list has; on one page."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, _GUIDE_WIDTHS[0], book.add_format(_BASE | {"bold": True}))
    sheet.set_column(1, 1, _GUIDE_WIDTHS[1], book.add_format(_BASE))
    for row, (label, sentence) in enumerate([*audience.guide, *suggestions]):
        # Nearly every character of a sentence is Chinese and takes two half widths.
        sheet.set_row(row, math.ceil(2 * len(sentence) / (_GUIDE_WIDTHS[1] * 0.9)) * layout.LINE_HEIGHT + 3)
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, sentence)
