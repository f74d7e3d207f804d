"""What says that nothing is stated, in one list for every column: each group of words with the kinds of columns it is missing in.

A value is brought to its bare form before it is compared: width folded, upper case, only letters and digits. So ``（不详）``, ``不 详``,
``<NULL>`` and ``"n/a"`` need no entries of their own. A subject in front (父亲不详, 地址未提供), a repetition (无无) and two words in
a row (无/不详) are read too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reconcile.contract.columns import Kind


@dataclass(frozen=True, slots=True)
class Unstated:
    """Words that state nothing, and where.

    Attributes:
        words: bare forms, separated by blanks.
        kinds: kinds of columns in which they are missing; elsewhere each of them is a value like any other.

    """

    words: str
    kinds: frozenset[Kind]


GONE = "已故 已亡 已逝 已死 亡 亡故 故 去世 已去世 逝世 已逝世 过世 已过世 病故 死亡 已死亡 已身故 失踪 失联"
"""What became of a person: in the place of a relative's name, or a remark behind a name."""

EVERYWHERE = frozenset(Kind)
_NAMES = frozenset({Kind.NAME, Kind.KIN_NAME, Kind.NAMES})
_NUMBERS = frozenset({Kind.CITIZEN_ID, Kind.CERTIFICATE})
_DECODED = frozenset({Kind.CODE, Kind.BOOLEAN})

GROUPS = (
    # An office says that it does not know, or not yet.
    Unstated(
        "无 没有 不详 不祥 不明 不清 不清楚 不知 不知道 不知情 未知 未说明 未填 未填写 未填报 未采集 未登记 未录入 未录 未提供 未取得 未核实 未查到 未查明 未掌握 "
        "未报 未上报 未注明 未标明 待补 待补充 待补录 待补填 待查 待查明 待核 待核实 待核查 待确认 待定 待完善 待采集 待录入 待登记 暂无 暂缺 暂不详 暂未提供 暂未采集 暂无数据 "
        "暂无信息 无数据 无记录 无信息 无资料 无此项 无此信息 无内容 无法提供 无法采集 无法核实 无法获取 无法确定 缺 缺失 缺项 空 空白 空值 空缺 略 保密 拒答 拒绝提供 拒绝回答 "
        "不适用 不提供 不愿提供 不便提供 不掌握 情况不明 查无 查无此人",
        EVERYWHERE,
    ),
    # A program exports an empty field.
    Unstated(
        "NULL NONE NIL NAN NA NAT UNKNOWN UNKNOW UNKOWN UNDEFINED UNSPECIFIED EMPTY BLANK MISSING NOTAVAILABLE NOTAPPLICABLE NODATA NOTSTATED DBNULL "
        "SYSTEMDBNULL OBJECTOBJECT TBD TBC",
        EVERYWHERE,
    ),
    # The line above, or another field, is meant: which, nobody knows after a sort. In a code or a flag it would be a guess.
    Unstated("同上 同前 如上 同左 如前 见上 见备注 见附件 详见备注", EVERYWHERE - _DECODED),
    # Nobody's name.
    Unstated(
        "无名 无姓名 佚名 姓名不详 无名尸 无名尸体 无名男尸 无名女尸 无名男性 无名女性 身份不明 身份不详 未取名 未起名 未命名 没取名 待取名 待起名 待命名 未定 未取 未名 "
        "某 某某 某某某 XX XXX XXXX 男婴 女婴 婴儿 新生儿 弃婴 男 女",
        _NAMES,
    ),
    # What became of a relative, or that there is none, in the place of a name.
    Unstated(
        f"{GONE} 出走 离家出走 外出 改嫁 未婚 已婚 离婚 离异 已离婚 丧偶 单身 单亲 孤儿 未婚生育 "
        "非婚生 无配偶 无父 无母 无父母 无父亲 无母亲 父亡 母亡 父已故 母已故 父亲已故 母亲已故 父亲去世 母亲去世 本人 户主 父 母 父亲 母亲 爸爸 妈妈 生父 生母 养父 养母 继父 继母 "
        "配偶 丈夫 妻子 夫 妻 爱人 监护人 福利院 儿童福利院",
        frozenset({Kind.KIN_NAME}),
    ),
    Unstated("未改名 未更名 未变更 未曾改名 无曾用名", frozenset({Kind.NAMES})),
    # The filler of a neighbouring column, when one word is copied through a row.
    Unstated("集体户 集体户口 集体 公共集体户 公共户 空挂 空挂户 挂靠户 无名氏", _NAMES | {Kind.ADDRESS}),
    # Words in the place of an address that hold for half a county.
    Unstated(
        "无地址 无住址 无门牌 无门牌号 无固定住址 无固定住所 无固定地址 居无定所 四处流浪 流浪 无户籍 无户口 黑户 本地 外地 本县 本市 本区 "
        "本村 本乡 本镇 本省 本辖区 本院 外省 外县 外市 外乡 境外 国外 省外 市外 县外 农村 城镇 城市 乡下 家里 家中 在家 户籍地 户籍所在地 户籍地址 现住址 现住地 居住地 住址 地址 同户籍 同户籍地 "
        "同户籍地址 同户口 同户口地址 同户口所在地 同现住址 同住址 同住所 同居住地 同户主 同父 同母 同父亲 同母亲 同父母 同一地址 与户籍地址相同 与户籍地一致 与户籍地址一致 与现住址相同 与现住址一致",
        frozenset({Kind.ADDRESS}),
    ),
    # In the place of a number.
    Unstated(
        "无证 无证件 无身份证 无身份证号 无身份证号码 无号 无号码 无证号 无编号 无证明 未办 未办理 未办证 未办身份证 未领证 未领取 办理中 正在办理 遗失 丢失 已丢失 已遗失 身份证丢失 身份证遗失 "
        "未带 未带证 未上户 未落户 未入户 未报户 未报户口 无户口 黑户 婴儿 新生儿 未签发 未开具 未开 未出具",
        _NUMBERS,
    ),
    Unstated("未死亡 未注销 未签发 未发证 未办理 未迁入 未迁出 至今 现在 长期 永久", frozenset({Kind.DATE, Kind.BIRTH_DATE})),
)
"""Every word that can stand for nothing, once."""

SUBJECTS = (
    "姓名 名字 曾用名 父亲姓名 母亲姓名 配偶姓名 父亲 母亲 父母 父 母 生父 生母 配偶 丈夫 妻子 地址 住址 户籍地址 户籍地 详细地址 家庭住址 现住址 户籍 门牌 门牌号 身份 身份证 身份证号 身份证号码 "
    "证件 证件号 证件号码 证号 证明编号 编号 号码 日期 时间 出生日期 出生年月 死亡日期 死亡时间 具体日期 具体时间 年龄 性别 原因 类别 信息 情况 资料 数据 具体"
)
"""What is not stated may stand in front of a word of the first group."""

DOUBLE_SURNAMES = "欧阳|上官|皇甫|令狐|诸葛|司马|司徒|慕容|尉迟|公孙|长孙|宇文|夏侯|东方|南宫|端木|轩辕|独孤|呼延|申屠"
"""Surnames of two characters. A relative called 王氏 or 欧阳氏 shares that with a village; 刘王氏 is a name that people bore."""

FILLER_DATES = ("1900-01-01", "1899-12-31", "1899-12-30", "1904-01-01", "2099-12-31")
"""Days that programs and people write for no day, where a person may have been born on none of them (1970-01-01 is a birthday of many)."""


def words(kind: Kind) -> list[str]:
    """Bare forms that are missing in columns of a kind, in the order of the groups."""
    return list(dict.fromkeys(word for group in GROUPS if kind in group.kinds for word in group.words.split()))


@cache
def pattern(kind: Kind) -> str:
    """Regular expression that a whole bare form matches when it states nothing in columns of a kind."""
    spoken = "|".join(_longest_first(word for word in words(kind) if not word.isascii()))
    written = "|".join(_longest_first(word for word in words(kind) if word.isascii()))
    subjects, unknown = ("|".join(_longest_first(text.split())) for text in (SUBJECTS, GROUPS[0].words))
    forms = [f"(?:{spoken})+", written, f"(?:{subjects})(?:{unknown})+"]
    forms += [f"(?:.|{DOUBLE_SURNAMES})氏"] if kind is Kind.KIN_NAME else []
    forms += [".某{1,2}"] if kind in _NAMES else []
    return "^(?:" + "|".join(forms) + ")$"


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


SIGNS = {
    Kind.BOOLEAN: r"^[\s\p{Pd}\p{Pc}.。．…·,，、;；:：~～]+$",
    Kind.CODE: r"^[\s\p{Pd}\p{Pc}.。．…·,，、;；:：~～/／\\＼|｜]+$",
}
"""Signs without a letter or digit that state nothing where a lone sign may be a value.

In a flag a stroke, a tick or a cross may be somebody's yes, and a question mark in a code is a character that got lost: unreadable, not missing.
"""

ANY_SIGNS = r"^[^\p{L}\p{N}]+$"
"""The same for every other kind."""

PROGRAM_ERRORS = r"^(?:#[A-Z_/]{2,}[0-9]*[!?]?|#[A-Z]+/[0A-Z]![ ]*|ERR:[0-9]{3}|\\+N)$"
"""Errors of spreadsheets (#N/A, #VALUE!, #DIV/0!, Err:502) and the null of PostgreSQL, MySQL and Hive files, after folding to upper case."""
