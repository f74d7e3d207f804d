"""How the rows of a list stand on a sheet of paper: two records and what differs in one cell, a tick list, heights from the text."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reconcile.worklist.audience import Audience
from reconcile.worklist.columns import OUTCOME, RECORDS, SHEET_COLUMNS, SheetColumn

FONT_SIZE = 8
LINE_HEIGHT = 11.7
"""Points a line of 8-point text takes in the fonts that LibreOffice has for Chinese; 宋体 needs one less."""
_MOST_LINES = 34
"""Excel has no higher row than 409 points."""
_WIDE, _NARROW, _HYPHEN, _BLANK = 8.0, 5.1, 3.7, 2.6
"""Points of a Chinese character, of a digit or Latin letter, of a hyphen, and of a blank, of the widest of the usual fonts."""
_INSIDE = 0.97
"""Share of a column's width that text has, and LibreOffice gives it."""
_UNBROKEN = 1.04
"""What text of several lines takes more than its length, since numbers and dates are not broken."""

_SHORT = {
    "：死亡证明编号 ": " ",
    "：出生医学证明编号 ": " ",
    "：火化证明编号 ": " ",
    "：人员编号 ": " ",
    "：业务流水号 ": " ",
    "：搬迁花名册编号 ": " ",
    **{f"公安{kind}": kind for kind in ("常住人口登记", "出生登记", "死亡登记", "迁入登记", "迁出登记")},
    "县公安局": "县",
    "分局": "",
    "日期：": " ",
    "户号：": "户号 ",
    "住址：": "",
    "：本登记 ": " ",
    "：本记录 ": " ",
    "，对方 ": "／",
    "公民身份号码": "号码",
    "出生日期": "生日",
    "父亲姓名、母亲姓名": "父母姓名",
    "死亡医学证明": "死亡证明",
    "出生医学证明": "出生证明",
}
"""What is understood without saying on paper, the longer ones first."""
_UNNEEDED = r"，[^，；]*，[0-9]{4}-[0-9]{2}-[0-9]{2}出生|，报告日期：[0-9-]+"
"""A name and a day of birth that are not the same stand among what differs."""
_OWN = (
    (r"；户号：([^；]*)；住址：([^；]*)", "；${2}；户号 ${1}"),  # a long number does not begin a line
    (r"登记（(.*?)(登记)?）", "${1}登记"),  # 2001-05-06迁入登记
)
"""What is turned round or drawn together on paper."""
_MARKED = ("逾期", "重新提出")


def ticks(outcomes: Sequence[str]) -> str:
    """Five outcomes as a tick list for the pen. On the screen an answer takes its place; left as it is, it is no answer."""
    first, second, third, longest, last = outcomes
    return "\n".join(" ".join(f"□{label}" for label in line) for line in ([first, second], [third, last], [longest]))


def laid_out(rows: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Rows with the columns of ``SHEET_COLUMNS`` from rows with those of ``HEADINGS``, all text."""
    answers = pl.lit(ticks(audience.outcomes)).alias(OUTCOME)
    return rows.with_columns(_records().alias(RECORDS), answers).select(column.heading for column in SHEET_COLUMNS)


def suggestions(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Each type that the list has with what to check, in the order of the list; a note about one row left out."""
    told = rows.select("问题类型", pl.col("建议核查").str.replace("（本编号.*$", "")).unique(maintain_order=True)
    return [(str(label), str(sentence)) for label, sentence in told.iter_rows()]


def _records() -> pl.Expr:
    standing = pl.when(pl.col("办理状态").is_in(_MARKED)).then("【" + pl.col("办理状态") + "】")
    own = pl.concat_str(
        standing,
        _filled("公民身份号码"),
        _filled("人员编号"),
        _short("登记信息", *_OWN),
        separator=" ",
        ignore_nulls=True,
    )
    others = "对方：" + _short("对方记录", (_UNNEEDED, "")).str.replace_all("；", "\n对方：")
    # Where another record or a difference says it, why the row is there stands on the screen.
    unsaid = pl.when(_filled("对方记录").is_null()).then(_short("判断依据"))
    differing = pl.coalesce("不一致：" + _short("不一致项"), unsaid)
    return pl.concat_str(own, others, differing, separator="\n", ignore_nulls=True)


def _filled(heading: str) -> pl.Expr:
    return pl.col(heading).replace("", None)


def _short(heading: str, *changes: tuple[str, str]) -> pl.Expr:
    text = _filled(heading)
    for pattern, written in changes:
        text = text.str.replace_all(pattern, written)
    return text.str.replace_many(_SHORT)


def heights(rows: pl.DataFrame) -> list[float]:
    """Points each row takes: the lines of its fullest cell."""
    lines = pl.max_horizontal(*map(_cell_lines, SHEET_COLUMNS), 1).clip(1, _MOST_LINES)
    return rows.select(lines * LINE_HEIGHT + 2).to_series().to_list()


def _cell_lines(column: SheetColumn) -> pl.Expr:
    """Lines a cell takes at most; a Chinese character is three bytes and one wide character."""
    if not column.is_printed:
        return pl.lit(1.0)
    line = pl.element()
    wide = (line.str.len_bytes() - line.str.len_chars()) / 2
    blanks, hyphens = (line.str.count_matches(sign, literal=True) for sign in " -")
    points = wide * _WIDE + blanks * _BLANK + hyphens * _HYPHEN + (line.str.len_chars() - wide - blanks - hyphens) * _NARROW
    share = points / (column.width * _INSIDE - 2)
    shown = pl.col(column.heading).cast(pl.String) if not column.is_date else pl.lit("")
    return shown.str.split("\n").list.eval(pl.when(share <= 1).then(1.0).otherwise((share * _UNBROKEN).ceil())).list.sum()
