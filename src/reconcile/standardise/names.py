"""Names: shown as delivered; folded only for matching, so that ways of writing one name meet (DOMAIN §4).

A name is never re-spelt for the person. The key is coarser than the name on purpose: 昇 and 升 are two legal characters that
may name two people, and still fold together, because a key only ever lowers a mismatch and never proves a person.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.contract.unstated import GONE, pattern
from reconcile.standardise import text as plain
from reconcile.standardise.reference import gbk_private, radicals
from reconcile.standardise.references import UNKNOWN, decoded

DOT = "·"
"""Separator of the parts of a transliterated name, as the rules write it."""
HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2EBF0), (0x30000, 0x323B0))
"""Blocks of unified Han characters, end excluded."""

_VARIANTS = dict(
    zip(
        "髙戶郞靑淸硏頴鉄嵗峯暎喩栁珎甯寗冨徳恵緖飬隣锺馀钜○◯",
        "高户郎青清研颖铁岁峰映喻柳珍宁宁富德惠绪养邻钟余巨〇〇",
        strict=True,
    ),
)
"""Variants met in registers that OpenCC leaves alone or leads elsewhere; 锺, 馀 and 钜 are the forms that the table of standard
characters of 2013 gave back to names; a circle is typed for 〇."""

_UNKNOWN_GLYPHS = (
    r"[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}\u{FFFC}\u{FFFD}?*×□■▢▣▤▥▦▧▨▩▭▯◻◼☐⬚⬛⬜〓⯑\u{2E80}-\u{2FDF}\u{31C0}-\u{31EF}\u{2FF0}-\u{2FFF}]"
)
"""Private points, signs for a glyph that is missing, and radicals that stand for no character."""
_TWO_FOR_ONE = r"\?\?|□□|\u{FFFD}\u{FFFD}|\u{25A1}\u{25A1}|▯▯|〓〓"
"""A character beyond U+FFFF is two units in many programs, and two signs when it gets lost; a mask (**) hides one each."""
_REMARK = r"[(\[{<【〔〈《「][^()\[\]{}<>【】〔〕〈〉《》「」]*[)\]}>】〕〉》」]"
_REMARKS = f"[0-9A-Z.、, ]*|{GONE.replace(' ', '|')}|户主|本人|男|女|大|小|复印件|外籍|空挂|双胞胎.*|曾用名.*|原名.*|又名.*|别名.*|小名.*"
_NO_COMPONENTS = rf"[(\[{{<【〔〈《「](?:{_REMARKS})[)\]}}>】〕〉》」]"
"""Remarks beside a name; any other text in brackets spells a character by its parts, (石羡), which is unreadable at this place."""
_DESCRIBED = (r"[⿾⿿][^\u{2FF0}-\u{2FFF}㇯]", r"[⿰⿱⿴-⿽㇯][^\u{2FF0}-\u{2FFF}㇯]{2}", r"[⿲⿳][^\u{2FF0}-\u{2FFF}㇯]{3}")
"""Ideographic description, innermost first; what it leaves is read again, so three rounds read all that people write."""

_HAN = r"\p{Han}\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{20000}-\u{3FFFD}"
"""Unified characters by block, since the tables of a library are older than the newest blocks."""
_RAISED = r"[ªº\u{1D52}\u{2070}\u{2080}]"
"""Raised letters and noughts typed for a dot; NFKC would make letters of them."""
_CIRCLED = r"(\p{Han}{2})[○◯〇◦](\p{Han}{2})"
"""A circle between two long parts is a dot; elsewhere it is 〇."""
_NOT_NAME = rf"[^\p{{L}}\p{{M}}\p{{N}}□{_HAN}]+"
_NOT_NAMES = rf"[^\p{{L}}\p{{M}}\p{{N}}□|{_HAN}]+"
_LOOSE_MARKS = rf"(^|[^\p{{L}}\p{{M}}]|[{_HAN}])\p{{M}}+"
"""Marks above nothing or above a Han character: an accent typed for a dot (NFKC takes ¨ apart), or the choice of a glyph's variant."""
_OTHER_LETTERS = (
    rf"[[\p{{L}}\p{{M}}]--[{_HAN}々〻A-Z\u{{C0}}-\u{{1BF}}\u{{1C4}}-\u{{24F}}\u{{1E00}}-\u{{1EFF}}\p{{Cyrillic}}\p{{Greek}}\p{{Arabic}}\p{{Tibetan}}\p{{Mongolian}}"
    r"\p{Yi}\u{AC00}-\u{D7A3}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Tai_Le}\p{New_Tai_Lue}\p{Tai_Tham}\p{Devanagari}\p{Miao}]]"
    r"|[ーｰヽヾゝゞ\u{3099}\u{309A}丶]"
)
"""Beside Han characters, letters of scripts that nobody here is named in (ㆍ, ᐧ, ꞏ), modifier letters and 丶 are dots and dashes."""
_SIGNS_ONLY = r"^[^\p{L}\p{N}]+$"
_SPLIT = r"[，、,;；|]"


@cache
def character_folding() -> dict[str, str]:
    """Character → character that stands for it in keys: private points, variants, traditional forms; folding twice changes nothing."""
    import opencc

    han = "".join(chr(code) for start, end in HAN_RANGES for code in range(start, end))
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    step = {old: new for old, new in zip(han, simplified, strict=True) if old != new} | _VARIANTS | gbk_private() | radicals()
    folding: dict[str, str] = {}
    for char in step:
        goal = char
        for _ in range(4):  # chains are short: private → traditional → simplified
            goal = unicodedata.normalize("NFKC", step.get(goal, goal))
        if goal != char:
            folding[char] = goal
    return folding


def _keyed(text: pl.Expr, dropped: str, by: str = "") -> pl.Expr:
    read = decoded(plain.bare(text).str.replace_all(_RAISED, "·").str.normalize("NFKC")).str.replace_all(_CIRCLED, "$1$2")
    known = read.str.to_uppercase().str.normalize("NFKC").str.replace_many(character_folding())
    for described in _DESCRIBED * 3:
        known = known.str.replace_all(described, UNKNOWN)
    wild = known.str.replace_all(_NO_COMPONENTS, "").str.replace_all(_REMARK, UNKNOWN).str.replace_all(_TWO_FOR_ONE, UNKNOWN)
    wild = wild.str.replace_all(_UNKNOWN_GLYPHS, UNKNOWN).str.replace_all(_LOOSE_MARKS, "$1")
    return wild.str.replace_all(dropped, by)


def _without_look_alikes(key: pl.Expr, by: str = "") -> pl.Expr:
    cleared = key.str.replace_all(_OTHER_LETTERS, by)
    return pl.when(key.str.contains(f"[{_HAN}--丶]")).then(cleared).otherwise(key)


def read_carefully(values: pl.LazyFrame, kind: Kind = Kind.NAME, dropped: str = _NOT_NAME) -> pl.LazyFrame:
    """Like ``read``, every value by every rule."""
    values = values.with_columns(plain.bare(pl.col("text")).alias("value"))
    values = values.with_columns(_keyed(pl.col("value"), dropped).alias("key"), plain.says_nothing(pl.col("value"), kind).alias("_nothing"))
    values = values.with_columns(_without_look_alikes(pl.col("key")).alias("key"))
    # A number alone names nobody; signs alone do when they stand for glyphs. Radicals are signs to Unicode: ⽆ is still 无.
    named = (
        pl.col("key").str.contains(r"[\p{L}□]|[\u{20000}-\u{3FFFD}]")
        & ~pl.col("key").str.contains(pattern(kind))
        & (~pl.col("_nothing") | pl.col("value").str.contains(_SIGNS_ONLY))
    )
    return values.with_columns(pl.when(named).then("key").alias("key")).drop("_nothing")


def segmented(name: pl.Expr) -> pl.Expr:
    """Folded name of one recorded, with a dot where it had a separator of any look."""
    bare = name.str.replace_all(r"\s", "")
    return _without_look_alikes(_keyed(bare, _NOT_NAME, DOT), DOT).str.replace_all(f"{DOT}+", DOT).str.strip_chars(DOT)


@cache
def plain_characters() -> str:
    """Inside of a regular-expression class: ASCII letters, digits and common Han characters that fold to themselves."""
    kept = "".join(char for char in map(chr, range(*HAN_RANGES[1])) if char not in character_folding() and char != "丶")
    return "A-Z0-9" + kept


def read(values: pl.LazyFrame, kind: Kind = Kind.NAME) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (as delivered, guards off) and ``key``.

    The key is the folded form for matching: no separators or blanks, upper case, simplified, unknown glyphs as ``□``; null when the
    text names nobody.
    """
    text = pl.col("text")
    fits = text.str.contains(f"^[{plain_characters()}]+$") & ~text.str.contains(pattern(kind)) & ~text.str.contains("^[0-9]+$")
    return plain.quick_or_careful(values, fits, {"value": text, "key": text}, lambda rest: read_carefully(rest, kind))


def _read_several_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    split = pl.col("text").str.replace_all(_SPLIT, "|")
    read = read_carefully(values.with_columns(split.alias("text"), pl.col("text").alias("_whole")), Kind.NAMES, _NOT_NAMES)
    each = pl.col("key").str.split("|")
    key = each.list.eval(pl.element().filter((pl.element() != "") & ~pl.element().str.contains(pattern(Kind.NAMES)))).list.join("|")
    return read.with_columns(
        plain.bare(pl.col("_whole")).alias("value"), pl.when(key != "").then(key).alias("key"), pl.col("_whole").alias("text")
    ).drop("_whole")


def read_several(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text`` of former names, split at commas and semicolons; adds ``value`` and ``key``, keys joined by ``|``."""
    # A single plain name could be quick too, but the column is all but empty.
    return plain.quick_or_careful(values, pl.lit(value=False), {}, _read_several_carefully)


def name_key(text: pl.Expr) -> pl.Expr:
    """Key of a name as an expression, as ``read`` makes it."""
    return text.map_batches(lambda texts: read(pl.LazyFrame({"text": texts})).collect()["key"], return_dtype=pl.String)


def former_names_key(text: pl.Expr) -> pl.Expr:
    """Key of former names as an expression, as ``read_several`` makes it."""
    return text.map_batches(lambda texts: read_several(pl.LazyFrame({"text": texts})).collect()["key"], return_dtype=pl.String)


def parts(name: pl.Expr) -> pl.Expr:
    """Keys of the parts of a name as recorded, split at every sign that separates: ``买买提˙艾力`` → [买买提, 艾力]."""
    read = _keyed(plain.without_blanks(name), r"[|]").str.replace_all(f"{_OTHER_LETTERS}|{_NOT_NAME}", "|").str.replace_all(r"\|+", "|")
    return read.str.strip_chars("|").str.split("|")
