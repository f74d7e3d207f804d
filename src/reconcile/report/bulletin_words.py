"""What the bulletin says of a county, and in which words and units: the page of text and the workbook say the same."""

from __future__ import annotations

from dataclasses import dataclass

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
PERSONS = ("people", "urban", "births", "deaths", "moves_in", "moves_out")
"""Those that count persons; the others count questions."""
SHARES = {"share": "户籍人口城镇化率", "target": "年度目标"}
"""What stands beside the figures, in percent."""


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


def unit(figure: str) -> str:
    """What a figure counts."""
    return "人" if figure in PERSONS else "%" if figure in SHARES else "个"
