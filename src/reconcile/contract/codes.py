"""Code sets of the contract: what is known, what is fixable, what is deliberately read as empty.

The three parts of a set are disjoint; a value in none of them is a broken value (CONTRACT §2, reading 13).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CodeSet:
    """One closed list of codes.

    Attributes:
        name: name of the set in ``ref.code``.
        source: standard or document that defines it.
        known: canonical code → Chinese label.
        fixable: other spellings met in deliveries → canonical code; the label of every known code is one of them.
        ignored: words of this set alone that become null without a reject; words of every column are in ``contract/unstated.py``.

    Raises:
        ValueError: when the three parts overlap, or a fixable value leads to an unknown code.

    """

    name: str
    source: str
    known: dict[str, str]
    fixable: dict[str, str] = field(default_factory=dict[str, str])
    ignored: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check the set when it is declared, so that a mistake shows where it was written."""
        for spelling, code in self.fixable.items():
            if code not in self.known:
                msg = f"code set {self.name}: {spelling!r} leads to unknown code {code!r}"
                raise ValueError(msg)
        overlap = (self.known.keys() & self.fixable.keys()) | (self.ignored & (self.known.keys() | self.fixable.keys()))
        if overlap:
            msg = f"code set {self.name}: {sorted(overlap)} stand in more than one part"
            raise ValueError(msg)

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling → canonical code."""
        by_label = {label: code for code, label in self.known.items()}
        return by_label | {code: code for code in self.known} | self.fixable


SEX = CodeSet(
    name="sex",
    source="GB/T 2261.1",
    known={"0": "未知", "1": "男", "2": "女", "9": "未说明"},
    fixable={"男性": "1", "女性": "2", "M": "1", "F": "2", "m": "1", "f": "2", "01": "1", "02": "2", "00": "0"},
)

HOUSEHOLD_KIND = CodeSet(
    name="household_kind",
    source="CONTRACT §1",
    known={"1": "家庭户", "2": "集体户"},
    fixable={"家庭": "1", "集体": "2", "01": "1", "02": "2"},
)

_RELATIONS = (
    "01 本人|02 户主|10 配偶|11 夫|12 妻|20 子|21 独生子|22 长子|23 次子|24 三子|25 四子|26 五子|27 养子或继子|28 女婿|29 其他儿子|"
    "30 女|31 独生女|32 长女|33 次女|34 三女|35 四女|36 五女|37 养女或继女|38 儿媳|39 其他女儿|40 孙辈|41 孙子|42 孙女|43 外孙子|"
    "44 外孙女|45 孙媳妇或外孙媳妇|46 孙女婿或外孙女婿|47 曾孙子或曾外孙子|48 曾孙女或曾外孙女|49 其他孙辈|50 父母|51 父亲|52 母亲|53 公公|54 婆婆|"
    "55 岳父|56 岳母|57 继父或养父|58 继母或养母|59 其他父母关系|60 祖辈|61 祖父|62 祖母|63 外祖父|64 外祖母|65 配偶的祖父母|66 配偶的外祖父母|"
    "67 曾祖父|68 曾祖母|69 其他祖辈|70 兄弟姐妹|71 兄|72 嫂|73 弟|74 弟媳|75 姐姐|76 姐夫|77 妹妹|78 妹夫|79 其他兄弟姐妹|80 其他|"
    "81 伯父|82 伯母|83 叔父|84 婶母|85 舅父|86 舅母|87 姨父|88 姨母|89 姑父|90 姑母|91 堂兄弟姐妹|92 表兄弟姐妹|93 侄子|94 侄女|"
    "95 外甥|96 外甥女|97 其他亲属|98 保姆|99 非亲属"
)

RELATION_TO_HEAD = CodeSet(
    name="relation_to_head",
    source="GB/T 4761-2008",
    known={item[:2]: item[3:] for item in _RELATIONS.split("|")},
    # Excel drops the leading zero of a code typed as a number.
    fixable={
        "1": "01",
        "2": "02",
        "之夫": "11",
        "之妻": "12",
        "丈夫": "11",
        "妻子": "12",
        "儿子": "20",
        "女儿": "30",
        "父": "51",
        "母": "52",
    },
)

URBAN_RURAL = CodeSet(
    name="urban_rural_code",
    source="NBS urban-rural classification (国函〔2008〕60号)",
    known={
        "111": "主城区",
        "112": "城乡结合区",
        "121": "镇中心区",
        "122": "镇乡结合区",
        "123": "特殊区域",
        "210": "乡中心区",
        "220": "村庄",
    },
)

REGISTRATION_KIND = CodeSet(
    name="registration_kind",
    source="CONTRACT §1",
    known={
        "birth": "出生登记",
        "late_birth": "补报出生",
        "move_in": "迁入",
        "restored": "恢复户口",
        "naturalised": "入籍",
        "adoption": "收养",
        "other": "其他",
    },
    fixable={"出生": "birth", "补录出生": "late_birth", "恢复": "restored", "收养登记": "adoption"},
)

CANCEL_KIND = CodeSet(
    name="cancel_kind",
    source="CONTRACT §1 (after GA/T 2000.25)",
    known={
        "death": "死亡",
        "declared_dead": "宣告死亡",
        "moved_out": "迁出",
        "duplicate": "重复户口",
        "military": "服现役",
        "emigrated": "出国(境)定居",
        "fictitious": "虚假户口",
        "other": "其他",
    },
    fixable={"死亡注销": "death", "迁出注销": "moved_out", "重复户口注销": "duplicate", "参军": "military", "虚假户口注销": "fictitious"},
    ignored=frozenset({"未注销", "正常"}),
)

ID_TYPE = CodeSet(
    name="id_type",
    source="CONTRACT §1",
    known={"1": "居民身份证", "2": "居民户口簿", "3": "护照", "9": "其他"},
    fixable={"身份证": "1", "户口簿": "2", "01": "1", "02": "2", "03": "3", "09": "9", "99": "9"},
)

ISSUE_KIND = CodeSet(
    name="issue_kind",
    source="CONTRACT §1",
    known={"first": "首次签发", "replacement": "换发", "reissue": "补发"},
)

MOVE_REASON = CodeSet(
    name="move_reason",
    source="columns of 公业58表",
    known={
        "enrolment": "大中专院校招生",
        "hired": "录(聘)用",
        "work_trade": "务工经商",
        "invest": "投资(创业)",
        "house": "购(租)房",
        "kin": "投靠亲属",
        "relocation": "移民搬迁",
        "village_rebuild": "城中村改造",
        "code_change": "城乡属性调整",
        "other": "其他",
    },
    fixable={"招生": "enrolment", "录用": "hired", "聘用": "hired", "购房": "house", "投靠": "kin", "搬迁": "relocation"},
)

OUTCOME = CodeSet(
    name="outcome",
    source="CONTRACT §1",
    known={
        "confirmed": "属实",
        "corrected": "已纠正",
        "not_an_error": "不属实",
        "wrong_station": "非本所管辖",
        "undetermined": "无法核实",
    },
    fixable={
        **dict.fromkeys(("是", "对", "情况属实", "确属实", "确实", "经核属实", "核实属实", "经核实属实", "问题属实"), "confirmed"),
        **dict.fromkeys(("已更正", "已改正", "已经纠正", "已经更正"), "corrected"),
        **dict.fromkeys(
            ("否", "不是", "不对", "情况不属实", "非属实", "经核不属实", "经核实不属实", "问题不属实", "无此问题"), "not_an_error"
        ),
        **dict.fromkeys(
            ("非本所", "不属本所管辖", "不归本所管辖", "非本辖区", "非我所管辖", "非我所", "不是本所管辖", "非本部门职责", "非本单位职责"),
            "wrong_station",
        ),
        **dict.fromkeys(("无法查实", "无法查清", "查不清", "核实不了", "暂时无法核实", "暂无法核实", "不能核实"), "undetermined"),
    },
)

METHOD = CodeSet(
    name="method",
    source="CONTRACT §1",
    known={
        "document": "查阅档案",
        "online_check": "网上核验",
        "household_visit": "入户核对",
        "photo_comparison": "人像比对",
        "phone": "电话核实",
    },
    fixable={
        **dict.fromkeys(("档案", "查档", "查档案", "查阅", "调阅档案", "查看档案", "档案查阅"), "document"),
        **dict.fromkeys(("网上", "网上核实", "网核", "网上核查", "系统核验", "系统查询", "网上查询", "联网核查"), "online_check"),
        **dict.fromkeys(
            ("入户", "上门", "入户核实", "入户走访", "上门核实", "上门核对", "走访", "入户调查", "入户核查"), "household_visit"
        ),
        **dict.fromkeys(("人像", "人脸比对", "照片比对", "人像核验", "相片比对"), "photo_comparison"),
        **dict.fromkeys(("电话", "打电话", "电话核对", "电话联系", "电话询问", "电话核查"), "phone"),
    },
)

_FLAGS = {
    "1": "true True TRUE T t Y y YES Yes yes √ V v 作废 已作废 冲销 已冲销 注销 已注销 冲正 已冲正 撤销 已撤销 无效 失效 已失效",
    "0": "false False FALSE F f N n NO No no 正常 有效 未作废 未冲销 未注销 未冲正 未撤销 未失效",
}
"""Words for both flags of the contract; a stroke or a question mark may be somebody's yes and stays unread."""

BOOLEAN = CodeSet(
    name="boolean",
    source="CONTRACT §1",
    known={"1": "是", "0": "否"},
    fixable={text: code for code, texts in _FLAGS.items() for text in texts.split()},
)

CODE_SETS = (
    SEX,
    HOUSEHOLD_KIND,
    RELATION_TO_HEAD,
    URBAN_RURAL,
    REGISTRATION_KIND,
    CANCEL_KIND,
    ID_TYPE,
    ISSUE_KIND,
    MOVE_REASON,
    OUTCOME,
    METHOD,
    BOOLEAN,
)
"""All sets, in the order of the data dictionary; each becomes rows of ``ref.code``."""
