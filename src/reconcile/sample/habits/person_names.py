"""How a name comes to be written: separators, characters a program cannot hold, old and odd forms of characters, blanks and cut ends.

Kangxi radicals and compatibility ideographs are derived from Unicode's own decompositions; the radicals of the supplement, which have
none, are those of Unicode's EquivalentUnifiedIdeograph.txt. The spellings of transliterated names are those met side by side in public
notices (DOMAIN §4.3); no rule of the linkage was read for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import polars as pl

from reconcile.sample.habits import Touch, habit, one_of, picked
from reconcile.sample.habits.columns import KIN, NAMES, TOLD_NAMES, joined

SEPARATORS = (
    *("•", ".", "．", "・", "。", "‧", "∙", "⋅", "･", "﹒", "、", "●", "˙", "¨", "¸", "゛", "ˋ", "ㆍ", "丶", "◦", "⸱", "ꞏ", "ᐧ", "᛫", "⦁"),
    *(
        "-",
        "－",
        "—",
        "–",
        "‐",
        "_",
        "*",
        "＊",
        "`",
        "'",
        "’",
        "，",
        ",",
        ":",
        "：",
        ";",
        "/",
        "／",
        "|",
        "~",
        "^",
        "+",
        "=",
        "°",
        "º",
        "○",
    ),
    *(" ", "　", "", "··", " · ", "・・", "｡", "ᆞ", "∘", "⚫", "․", "﹡"),
)
"""What is typed for the middle dot of GB 18030 A1A4, the likeliest first: dots of all scripts, keys near by, nothing at all."""

RARE = r"[䶮㵘喆堃淼犇燚翀珺祎頔垚昇玥]"
_SEPARATED = r"\p{Han}·\p{Han}"


@habit(0.5, NAMES, fits=_SEPARATED)
def separator(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The separator of a transliterated name is another dot, another sign, a blank, or nothing."""
    signs = picked(rng, len(values), SEPARATORS)
    return values.str.replace("·", "\x00", literal=True).to_frame("text").select(_replaced("\x00", signs)).to_series()


def _replaced(mark: str, signs: pl.Series) -> pl.Expr:
    """The text with its first mark replaced, row by row."""
    parts = pl.col("text").str.split(mark)
    return pl.concat_str([parts.list.get(0), pl.lit(signs), parts.list.get(1)]).alias("text")


_REFERENCES: tuple[Callable[[str], str], ...] = (
    lambda character: f"&#{ord(character)};",
    lambda character: f"&#x{ord(character):X};",
    lambda character: "&middot;" if character == "·" else f"&#{ord(character)};",
    lambda character: f"%u{ord(character):04X}",
    lambda character: f"\\u{ord(character):04x}",
    lambda character: f"_x{ord(character):04X}_",
    lambda character: f"&amp;#{ord(character)};",
)
_REFERRED = re.compile(f"{RARE}|·")


@habit(0.25, NAMES, fits=f"{RARE}|{_SEPARATED}")
def character_reference(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    r"""A form in GBK sent the separator or a rare character as a reference: &#19886; &middot; %u4DAE \u4dae _x4DAE_."""
    form = rng.integers(0, len(_REFERENCES), len(values))
    written = [_REFERRED.sub(lambda found, f=f: _REFERENCES[f](found[0]), text) for f, text in zip(form, values, strict=True)]
    return pl.Series(written, dtype=pl.String)


@habit(0.5, NAMES, touch=Touch.LOSS, fits=RARE)
def unknown_glyph(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A rare character is a private one, a box, a question mark, two marks for one character, or a star."""
    signs = picked(rng, len(values), ("□", "?", "\ue000", "\uf8f0", "〓", "■", "??", "*", "�", "？", "\U000f0123"))
    return values.str.replace(RARE, "\x00").to_frame("text").select(_replaced("\x00", signs)).to_series()


def _equivalents() -> dict[str, str]:
    """Character → the radical or compatibility form that looks the same."""
    blocks = (range(0xF900, 0xFAFF), range(0x2F00, 0x2FD6))
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for block in blocks for code in block if unicodedata.name(chr(code), "")}
    supplement = "⻢马 ⻅见 ⻉贝 ⻋车 ⻓长 ⻔门 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻬齐 ⻰龙 ⻄西 ⺠民 ⻘青 ⻝食"
    return {form: sign for form, sign in forms.items() if form != sign} | {pair[1]: pair[0] for pair in supplement.split()}


EQUIVALENTS = _equivalents()
_LOOKS = f"[{''.join(sorted(character for character in EQUIVALENTS if len(character) == 1))}]"


@habit(0.06, NAMES, fits=_LOOKS)
def radical(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A character is the radical or the compatibility form that looks the same, as a PDF gives it."""
    del rng
    return values.str.replace_many(list(EQUIVALENTS), list(EQUIVALENTS.values()))


_SIMPLIFIED = (
    "国华军丽兰龙张陈刘赵杨吴黄孙马红伟强东云凤莲贵荣庆泽涛义学兴忆峰群杰恒晋吕温邓韩冯萧谢许罗郑苏卢钟谭陆贾韦邹闫万钱汤岚维"
    "亚尔买热乌图库长银铭锋锐静娅莹颖琼贤财宝实宁远进飞鹏"
)
_OLD = (
    "國華軍麗蘭龍張陳劉趙楊吳黃孫馬紅偉強東雲鳳蓮貴榮慶澤濤義學興憶峯羣傑恆晉呂溫鄧韓馮蕭謝許羅鄭蘇盧鍾譚陸賈韋鄒閆萬錢湯嵐維"
    "亞爾買熱烏圖庫長銀銘鋒銳靜婭瑩穎瓊賢財寶實寧遠進飛鵬"
)
TRADITIONAL = dict(zip(_SIMPLIFIED, _OLD, strict=True))
_SIMPLE = f"[{''.join(TRADITIONAL)}]"


@habit(0.05, NAMES, fits=_SIMPLE)
def traditional(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The name in traditional characters, or in a variant form."""
    del rng
    return values.str.replace_many(list(TRADITIONAL), list(TRADITIONAL.values()))


SPELLINGS = (
    "阿布都 阿卜杜 阿不都 阿布杜", "买买提 麦麦提 买合买提", "吐尔逊 图尔荪 吐尔孙", "依明 伊明 依敏", "卡德尔 卡地尔 卡迪尔",
    "玉素甫 玉苏甫 尤素甫", "古丽 古力", "热合曼 热赫曼", "尼亚孜 尼牙孜", "阿迪力 阿地力", "肉孜 如孜", "库尔班 库尔邦",
    "塔依尔 塔伊尔", "亚森 牙森", "牙生 亚生", "木拉提 穆拉提", "依布拉音 伊布拉音", "托合提 托乎提", "乌斯曼 吾斯曼",
    "萨迪克 萨地克", "玛依拉 玛伊拉", "阿依 阿伊", "努尔 奴尔", "艾合买提 艾合麦提", "吾布力 吾卜力", "江 姜", "力 里",
)  # fmt: skip
"""Spellings of one syllable or name of Uyghur personal names, the one of this generator's word lists first."""

_SPELT = [family.split() for family in SPELLINGS]


@habit(0.25, joined(TOLD_NAMES, KIN), fits=rf"(?:{'|'.join(family[0] for family in _SPELT)}).*·|·.*(?:{'|'.join(f[0] for f in _SPELT)})")
def spelling(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A transliterated name in another spelling of one of its syllables."""
    written: list[str] = []
    for text in values:
        family = next(family for family in _SPELT if family[0] in text)
        written.append(text.replace(family[0], str(rng.choice(family[1:])), 1))
    return pl.Series(written, dtype=pl.String)


@habit(0.08, NAMES, fits=r"^\p{Han}{2,4}$")
def blanks(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Blanks before, behind or between the characters of a name, of one width or another."""
    rest = pl.col("text").str.slice(1)
    return one_of(
        values,
        rng,
        lambda text: text + "　",
        lambda text: " " + text,
        lambda text: text.str.slice(0, 1) + " " + rest,
        lambda text: text.str.slice(0, 1) + "　" + rest,
        lambda text: text + "\t",
        lambda text: text.str.slice(0, 1) + "  " + rest,
    )


_DEATHS = {"health_death": ("name",), "civil_cremation": ("name",), "police_death": ("name",)}


@habit(0.02, _DEATHS, fits=r"^\p{Han}{2,4}$")
def remark(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A remark stands behind the name of someone who died: （已故）, (亡)."""
    return values + picked(rng, len(values), ("（已故）", "(亡)", "（死亡）", "(已死亡)"))


@habit(0.15, {**TOLD_NAMES, **KIN}, touch=Touch.LOSS, fits=r"^.{7,}$")
def field_limit(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """A long name is cut at a field's limit of eight, ten or twelve bytes."""
    return one_of(values, rng, lambda text: text.str.slice(0, 4), lambda text: text.str.slice(0, 5), lambda text: text.str.slice(0, 6))
