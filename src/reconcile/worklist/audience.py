"""Who reads a list: a police station, or an office of health or civil affairs; what it can answer, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.contract.codes import METHOD, OUTCOME
from reconcile.contract.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class Audience:
    """One kind of reader.

    Attributes:
        title: what its list is called.
        outcomes: how it can answer, the words of the contract or others that mean the same.
        methods: in what ways it can have checked.
        officer: what it writes as 核实人.
        guide: label and sentence of each line of the sheet 填写说明.

    """

    title: str
    outcomes: tuple[str, ...]
    methods: tuple[str, ...]
    officer: str
    guide: tuple[tuple[str, str], ...]

    def choices(self) -> dict[str, tuple[str, ...]]:
        """Closed list of each column that has one, by heading."""
        return {COLUMNS["outcome"].chinese: self.outcomes, COLUMNS["method"].chinese: self.methods}


_NOT_THEIRS = "非本部门职责"
"""What 非本所管辖 is for an office that is no police station; the contract's code set reads it as that."""

_USE = ("用途", "本清单由公安、卫健、民政三方数据比对产生，是请核实的线索，不是结论，不得仅凭本清单注销、合并或更改户口登记。")
_BESIDE = (
    (
        "不一致",
        "逐项列出本登记（本记录）与对方记录各自的内容，中间以“／”隔开，不表示应当改成哪一个；号码与项目不符的，分别列出登记和号码所示内容。",
    ),
    ("办理状态", "新增：首次列入本清单；未办结：此前已列入；重新提出：曾有结论，因情况变化再次提出；逾期：已过截止日期。"),
    ("截止日期", "从首次列入清单之日起算；表头写明的待后续下发的条目，列入清单后才开始计算期限。"),
    ("右侧各列", "判断依据、建议核查、办理状态等只在屏幕上显示，可按列筛选；各类问题的建议也列在本页下方。"),
)
_MEANINGS = (
    ("属实", "问题确实存在，尚未纠正。"),
    ("已纠正", "问题确实存在，已按规定办理更正。"),
    ("不属实", "经核实不存在该问题；以后不再列出，除非证据有变化。"),
    ("无法核实", "暂时查不清，请在备注中写明原因。"),
)
_RETURN = (
    (
        "交回",
        "请勿改动编号、表头和第一行标题；文件可以改名，凭标题和编号识别。可直接交回本文件；另存为 CSV 交回的没有标题，请保留文件名。",
    ),
    ("保密", "内含公民个人信息，仅供本单位核查使用，用后按规定保管或销毁。"),
)
_FILL_IN = "每个编号填写一行即可：核实结果、核实方式从下拉列表选择，核实日期形如 2026-11-25（也可写 11月25日），"

STATION = Audience(
    "户籍登记核查清单",
    tuple(OUTCOME.known.values()),
    tuple(METHOD.known.values()),
    "填写警号或工号",
    (
        _USE,
        *_BESIDE,
        ("打印", "打印后可在方框内打勾；电脑上从下拉列表选择，替换方框。排列顺序：问题类型、村（居）委会、户号，便于走访。"),
        ("村（居）委会", "住址写明的村、社区；没有的写街路；都没有的写村（居）委会代码。"),
        ("填写", f"{_FILL_IN}核实人填警号或工号。"),
        *_MEANINGS,
        (
            "非本所管辖",
            "应由其他派出所核实，请在备注中写明哪个派出所，可写全称、简称或代码，如“转城东所”；外县的须加县名，如“转云岭城东所”。",
        ),
        *_RETURN,
    ),
)

OFFICE = Audience(
    "记录核查清单",
    tuple(_NOT_THEIRS if code == "wrong_station" else label for code, label in OUTCOME.known.items()),
    tuple(METHOD.known[code] for code in ("document", "online_check", "phone")),
    "填写经办人工号，可不填",
    (
        _USE,
        *_BESIDE,
        ("打印", "打印后可在方框内打勾；电脑上从下拉列表选择，替换方框。"),
        ("核查范围", "只请核对本部门的记录、存根和原始材料，不需要走访本人或家属。"),
        ("填写", f"{_FILL_IN}核实人可不填。"),
        *_MEANINGS,
        (_NOT_THEIRS, "应由公安派出所或其他部门核实，请在备注中写明。"),
        *_RETURN,
    ),
)
