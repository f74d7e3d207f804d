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

from reconcile.contract.codes import CodeSet
from reconcile.worklist import layout
from reconcile.worklist.columns import SHEET_COLUMNS, VERIFIED_ON, SheetColumn

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
_TEXT = 49
"""Number of the built-in text format @."""

_GUIDE_WIDTHS = (14, 80)
_GUIDE = (
    ("用途", "本清单由公安、卫健、民政三方数据比对产生，是请核实的线索，不是结论，不得仅凭本清单注销、合并或更改户口登记。"),
    (
        "不一致",
        "逐项列出本登记（本记录）与对方记录各自的内容，中间以“／”隔开，不表示应当改成哪一个；号码与项目不符的，分别列出登记和号码所示内容。",
    ),
    (
        "办理状态",
        "新增：首次列入本清单；未办结：此前已列入；重新提出：曾有结论，因情况变化再次提出；逾期：已过截止日期。",
    ),
    ("截止日期", "从首次列入清单之日起算；表头写明的待后续下发的条目，列入清单后才开始计算期限。"),
    (
        "打印",
        "打印后可在方框内打勾；电脑上从下拉列表选择，替换方框。排列顺序：问题类型、村（居）委会、户号，便于走访。",
    ),
    ("右侧各列", "判断依据、建议核查、办理状态等只在屏幕上显示，可按列筛选。"),
    ("村（居）委会", "住址写明的村、社区；没有的写街路；都没有的写村（居）委会代码。"),
    (
        "填写",
        "每个编号填写一行即可：核实结果、核实方式从下拉列表选择，核实日期形如 2026-11-25（也可写 11月25日），核实人填警号或工号。",
    ),
    ("属实", "问题确实存在，尚未纠正。"),
    ("已纠正", "问题确实存在，已按规定办理更正。"),
    ("不属实", "经核实不存在该问题；以后不再列出，除非证据有变化。"),
    ("非本所管辖", "应由其他派出所核实，请在备注中写明哪个派出所，可写全称、简称或代码，如“转城东所”；外县的须加县名，如“转云岭城东所”。"),
    ("无法核实", "暂时查不清，请在备注中写明原因。"),
    (
        "交回",
        "请勿改动编号、表头和第一行标题；文件可以改名，凭标题和编号识别。可直接交回本文件；另存为 CSV 交回的没有标题，请保留文件名。",
    ),
    ("保密", "内含公民个人信息，仅供本单位核查使用，用后按规定保管或销毁。"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a list: its title, the night, and what it holds, as ``共 3 行（新增 3）``."""

    title: str
    as_of: dt.date
    contents: str


def write(rows: pl.DataFrame, path: Path, heading: Heading) -> None:
    """Write rows with the columns of ``SHEET_COLUMNS`` below a title line and the headings; same rows, same bytes."""
    with Workbook(str(path), _OPTIONS | {"default_format_properties": dict(_FONT)}) as book:
        created = dt.datetime.combine(heading.as_of, dt.time())
        book.set_properties({"title": heading.title, "created": created})
        sheet = book.add_worksheet("核查清单")
        for index, column in enumerate(SHEET_COLUMNS):
            _column(book, sheet, index, column, rows[column.heading].to_list())
        for index, height in enumerate(layout.heights(rows), start=_FIRST):
            sheet.set_row(index, height)
        _validate(sheet, rows.height, heading.as_of)
        _lay_out(book, sheet, rows.height, heading)
        _guide(book)


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
    return book.add_format(look)


def _validate(sheet: Worksheet, height: int, as_of: dt.date) -> None:
    for index, column in enumerate(SHEET_COLUMNS):
        if not column.is_answer:
            continue
        rule: dict[str, Any] = {"validate": "any", "input_title": column.heading, "input_message": column.hint}
        if column.choices:
            rule |= _choice(column.choices)
        elif column.heading == VERIFIED_ON:
            rule |= _date(as_of)
        sheet.data_validation(_FIRST, index, _HEADINGS + height, index, rule)


def _choice(choices: CodeSet) -> dict[str, Any]:
    labels = list(choices.known.values())
    return {"validate": "list", "source": labels, "error_title": "请重新选择", "error_message": f"请选择：{'、'.join(labels)}。"}


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


def _guide(book: Workbook) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, _GUIDE_WIDTHS[0], book.add_format(_BASE | {"bold": True}))
    sheet.set_column(1, 1, _GUIDE_WIDTHS[1], book.add_format(_BASE))
    for row, (label, sentence) in enumerate(_GUIDE):
        # Nearly every character of a sentence is Chinese and takes two half widths.
        sheet.set_row(row, math.ceil(2 * len(sentence) / (_GUIDE_WIDTHS[1] * 0.8)) * layout.LINE_HEIGHT + 3)
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, sentence)
