"""The columns of a worklist, declared once: heading, width, and whether the station fills it."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.contract.codes import METHOD, OUTCOME, CodeSet
from reconcile.contract.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a worklist.

    Attributes:
        heading: Chinese heading, the contract's where the contract has the column.
        width: of the XLSX column, in characters of half width.
        hint: what a clerk sees when the cell is selected; only columns that a station fills have one.
        choices: closed list of answers.
        is_number: digits that Excel would convert when a CSV is opened.
        is_list: several things separated by ``；``, each on a line of its own in the XLSX.
        is_centred: short values that read better in the middle.

    """

    heading: str
    width: float
    hint: str = ""
    choices: CodeSet | None = None
    is_number: bool = False
    is_list: bool = False
    is_centred: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether the station fills it."""
        return bool(self.hint)


def _contract(name: str, width: float, *, hint: str = "", choices: CodeSet | None = None, number: bool = False) -> ListColumn:
    return ListColumn(COLUMNS[name].chinese, width, hint, choices, is_number=number, is_centred=True)


VERIFIED_ON = COLUMNS["verified_on"].chinese

LIST_COLUMNS = (
    _contract("finding_id", 11.5, number=True),
    ListColumn("问题类型", 7.5, is_centred=True),
    ListColumn("优先级", 4, is_centred=True),
    _contract("registration_id", 10, number=True),
    _contract("name", 6.5),
    _contract("citizen_id", 16.5, number=True),
    _contract("household_no", 10, number=True),
    ListColumn("登记信息", 15, is_list=True),
    ListColumn("对方来源", 7.5, is_list=True),
    ListColumn("对方信息", 13.5, is_list=True),
    ListColumn("不一致项", 16.5, is_list=True),
    ListColumn("判断依据", 15.5),
    ListColumn("建议核查", 14),
    ListColumn("截止日期", 9.5, is_centred=True),
    ListColumn("另一派出所", 9, is_list=True),
    _contract("outcome", 7.5, hint="请从下拉列表中选择", choices=OUTCOME),
    _contract("method", 7.5, hint="请从下拉列表中选择", choices=METHOD),
    _contract("verified_on", 9.5, hint="例如 2026-11-25"),
    _contract("verified_by", 6.5, hint="填写警号"),
    _contract("note", 9, hint="需要说明的情况"),
)
"""In the order of the list; returned worklists are read by these headings."""

HEADINGS = tuple(column.heading for column in LIST_COLUMNS)
