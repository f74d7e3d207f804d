"""The columns of a worklist, declared once: those of the CSV, and how the XLSX lays them out for paper and screen."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.contract.columns import COLUMNS

NUMBERS = tuple(COLUMNS[name].chinese for name in ("finding_id", "registration_id", "citizen_id"))
"""Columns of digits that Excel would convert when a CSV is opened."""

HEADINGS = (
    *("编号", "办理状态", "问题类型", "人员编号", "姓名", "公民身份号码", "登记信息", "对方记录", "不一致项", "判断依据", "建议核查"),
    *("截止日期", "核实结果", "核实方式", "核实日期", "核实人", "备注", "优先级", "村（居）委会"),
)
"""Of the CSV, in its order; new ones are added at the end. Returned worklists are read by these headings."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the XLSX.

    Attributes:
        heading: as in the CSV; the column of the two records side by side is the sheet's own.
        width: in points, as it prints.
        hint: what a clerk sees when the cell is selected; only columns that a station fills have one.
        is_centred: short values that read better in the middle.
        is_date: a real date; month and day are shown, and the year where the cell is edited.
        is_one_line: a number that must not be cut nor broken: in a font with wider digits it is shown smaller.
        is_printed: whether it is on paper; columns that are not stand last.

    """

    heading: str
    width: float
    hint: str = ""
    is_centred: bool = False
    is_date: bool = False
    is_one_line: bool = False
    is_printed: bool = True

    @property
    def is_answer(self) -> bool:
        """Whether the station fills it."""
        return bool(self.hint)


RECORDS = "登记与对方记录（不一致：本方／对方）"
"""The row's record, the other records below it, and what differs or else why the row is there: in one cell, so that a page holds more."""

DUE_ON = "截止日期"
OUTCOME, VERIFIED_ON, VERIFIED_BY = (COLUMNS[name].chinese for name in ("outcome", "verified_on", "verified_by"))

SHEET_COLUMNS = (
    SheetColumn("编号", 73, is_centred=True, is_one_line=True),
    SheetColumn("问题类型", 37, is_centred=True),
    SheetColumn("村（居）委会", 37, is_centred=True),
    SheetColumn("姓名", 30, is_centred=True),
    SheetColumn(RECORDS, 317),
    SheetColumn(DUE_ON, 30, is_centred=True, is_date=True),
    SheetColumn(OUTCOME, 80, hint="请从下拉列表中选择，替换方框"),
    SheetColumn("核实方式", 37, hint="请从下拉列表中选择", is_centred=True),
    SheetColumn(VERIFIED_ON, 38, hint="例如 2026-11-25", is_centred=True, is_date=True),
    SheetColumn(VERIFIED_BY, 30, hint="填写警号或工号", is_centred=True),
    SheetColumn("备注", 104, hint="需要说明的情况"),
    SheetColumn("办理状态", 45, is_centred=True, is_printed=False),
    SheetColumn("人员编号", 70, is_centred=True, is_printed=False),
    SheetColumn("公民身份号码", 100, is_centred=True, is_printed=False),
    SheetColumn("判断依据", 200, is_printed=False),
    SheetColumn("建议核查", 200, is_printed=False),
    SheetColumn("优先级", 40, is_centred=True, is_printed=False),
)
"""In the order of the sheet. 备注 has 35 mm; an A4 page across has 813 points between its margins."""
