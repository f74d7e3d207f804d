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
        width: of the XLSX column, in digits of its font; a Chinese character takes two.
        hint: what a clerk sees when the cell is selected; only columns that a station fills have one.
        choices: closed list of answers.
        is_number: digits that Excel would convert when a CSV is opened.
        is_list: several things separated by ``；``, each on a line of its own in the XLSX.
        is_centred: short values that read better in the middle.
        is_printed: whether paper needs it; columns that are not stand last.

    """

    heading: str
    width: float
    hint: str = ""
    choices: CodeSet | None = None
    is_number: bool = False
    is_list: bool = False
    is_centred: bool = False
    is_printed: bool = True

    @property
    def is_answer(self) -> bool:
        """Whether the station fills it."""
        return bool(self.hint)


def _contract(name: str, width: float, *, hint: str = "", choices: CodeSet | None = None, number: bool = False) -> ListColumn:
    return ListColumn(COLUMNS[name].chinese, width, hint, choices, is_number=number, is_centred=True)


VERIFIED_ON = COLUMNS["verified_on"].chinese

LIST_COLUMNS = (
    _contract("finding_id", 12.3, number=True),
    ListColumn("办理状态", 5, is_centred=True),
    ListColumn("问题类型", 6.5, is_centred=True),
    _contract("registration_id", 11.5, number=True),
    _contract("name", 6.5),
    _contract("citizen_id", 18.7, number=True),
    ListColumn("登记信息", 17, is_list=True),
    ListColumn("对方记录", 18.5, is_list=True),
    ListColumn("不一致项", 15, is_list=True),
    ListColumn("判断依据", 16.5),
    ListColumn("建议核查", 13),
    ListColumn("截止日期", 10.5, is_centred=True),
    _contract("outcome", 5.5, hint="请从下拉列表中选择", choices=OUTCOME),
    _contract("method", 5.5, hint="请从下拉列表中选择", choices=METHOD),
    _contract("verified_on", 10.5, hint="例如 2026-11-25"),
    _contract("verified_by", 6.5, hint="填写警号或工号"),
    _contract("note", 5.2, hint="需要说明的情况"),
    ListColumn("优先级", 8, is_centred=True, is_printed=False),
)
"""In the order of the list; returned worklists are read by these headings. Widths are such that an A4 page across keeps 8 points."""

HEADINGS = tuple(column.heading for column in LIST_COLUMNS)
