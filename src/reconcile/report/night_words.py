"""Words of the page about a night, Chinese → English; what the catalogue of findings or the contract names is taken from there."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.contract.tables import EXTRACTS
from reconcile.findings.raising import rules


class Said(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str


CHANGES = {
    "gained": Said("新出现或再次出现", "came or came again"),
    "lost": Said("不再发现", "no longer found"),
    "tier": Said("可信等级变化", "another tier"),
    "station": Said("改由别所核查", "another station"),
    "status": Said("有了答复或再次提出", "answered, or asked again"),
}
EVENTS = {
    "birth": Said("出生", "births"),
    "death": Said("死亡", "deaths"),
    "move": Said("迁移", "moves"),
}
BANDS = {
    "0-7": Said("7 天以内", "up to 7 days"),
    "8-30": Said("8–30 天", "8–30 days"),
    "31-60": Said("31–60 天", "31–60 days"),
    "61-90": Said("61–90 天", "61–90 days"),
    "91+": Said("90 天以上", "over 90 days"),
}
BALANCE = {
    "before": Said("年初人口", "1 January"),
    "births": Said("出生", "births"),
    "deaths": Said("死亡", "deaths"),
    "moves_in": Said("迁入", "moves in"),
    "moves_out": Said("迁出", "moves out"),
    "after": Said("现有人口", "now"),
    "known": Said("差额：登记已说明", "known"),
    "open": Said("差额：待核查的问题", "open questions"),
    "unexplained": Said("差额：未能说明", "unexplained"),
}
REASONS = {
    "not_delivered": Said("从未报送这类事件", "no event of this kind was ever delivered"),
    "events_begin_later": Said("报送的事件晚于期初", "the events delivered begin after the period does"),
    "no_year_before": Said("无法确定上年末人口", "the population of the year before cannot be told"),
    "no_urban_code": Said("没有城乡分类代码", "there is no urban code"),
    "no_move_reason": Said("没有迁移原因", "no move has a reason"),
    "no_target": Said("没有目标", "there is no target"),
    "in_another_column": Said("已并入其他栏", "it is counted in another column"),
    "nothing_to_divide_by": Said("分母为 0", "the number below the line is 0"),
    "no_earlier_night": Said("没有更早的一夜可比", "there is no earlier night to compare with"),
    "small_number": Said("数字太小，不显示", "too small to be shown"),
}
"""Why a figure is empty; the same values as ``contract.warehouse.stats_population``."""
AXES = {
    "待核查": "open",
    "逾期": "overdue",
    "问题数": "questions",
    "日期": "night",
    "人数": "persons",
    "属实比例": "share confirmed",
    "增加": "more",
    "减少": "fewer",
    "存量": "stock",
}


def types() -> dict[str, Said]:
    """What clerks and developers call each type of finding."""
    return {rule.finding_type: Said(rule.chinese, rule.finding_type.replace("_", " ")) for rule in rules.discover()}


def extracts() -> dict[str, Said]:
    """The same of extracts."""
    return {name: Said(extract.chinese, name.replace("_", " ")) for name, extract in EXTRACTS.items()}


def dictionary() -> dict[str, str]:
    """Chinese → English of every word that stands in a chart."""
    said = [*types().values(), *BANDS.values(), *BALANCE.values()]
    return AXES | dict(said)
