"""Names: shown as delivered; folded only for matching, so that ways of writing one name meet (DOMAIN §4).

A name is never re-spelt for the person. The key is coarser than the name on purpose: 昇 and 升 are two legal characters that
may name two people, and still fold together, because a key only ever lowers a mismatch and never proves a person.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc
import polars as pl

from reconcile.standardise import text as plain
from reconcile.standardise.reference import gbk_private

UNKNOWN = "□"
"""The one sign that every unreadable glyph becomes in a key: position known, character not."""

HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2EBF0), (0x30000, 0x323B0))
"""Blocks of unified Han characters, end excluded."""

NAMELESS = ("无", "不详", "未知", "未说明", "无名", "无名氏", "佚名", "未取名", "未命名", "待取名", "待定", "NULL", "NONE", "NAN")
"""Fillers of a name column; they name nobody, so their key is null."""

_VARIANTS = dict(
    zip(
        "髙戶郞靑淸硏頴鉄嵗峯暎喩栁珎甯寗冨徳恵緖飬隣",
        "高户郎青清研颖铁岁峰映喻柳珍宁宁富德惠绪养邻",
        strict=True,
    ),
)
"""Variants met in registers that OpenCC leaves alone or leads elsewhere."""

_UNKNOWN_GLYPHS = r"[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}\u{FFFD}?*□▢■█〓]"
_COMPONENTS = r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]"
"""A character spelt by its parts, (石羡), or a remark: either way unreadable at this place."""
_NOT_NAME = r"[^\p{L}\p{M}\p{N}□]+|[ᐧꞏ]+"
_NOT_NAMES = r"[^\p{L}\p{M}\p{N}□|]+|[ᐧꞏ]+"
"""All that is no letter, mark or digit goes; two dots count as letters in Unicode and go by name (DOMAIN §4.2)."""
_SPLIT = r"[，、,;；|]"


@cache
def character_folding() -> dict[str, str]:
    """Character → character that stands for it in keys: private points, variants, traditional forms; folding twice changes nothing."""
    han = "".join(chr(code) for start, end in HAN_RANGES for code in range(start, end))
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    step = {old: new for old, new in zip(han, simplified, strict=True) if old != new} | _VARIANTS | gbk_private()
    folding: dict[str, str] = {}
    for char in step:
        goal = char
        for _ in range(4):  # chains are short: private → traditional → simplified
            goal = unicodedata.normalize("NFKC", step.get(goal, goal))
        if goal != char:
            folding[char] = goal
    return folding


def _keyed(text: pl.Expr, dropped: str) -> pl.Expr:
    upper = plain.bare(text).str.normalize("NFKC").str.to_uppercase().str.normalize("NFKC")
    known = upper.str.replace_many(character_folding())
    wild = known.str.replace_all(_COMPONENTS, UNKNOWN).str.replace_all(_UNKNOWN_GLYPHS, UNKNOWN)
    return wild.str.replace_all(dropped, "")


def name_key(text: pl.Expr) -> pl.Expr:
    """Folded form for matching: no separators or blanks, upper case, simplified, unknown glyphs as ``□``; null when it names nobody."""
    key = _keyed(text, _NOT_NAME)
    return pl.when((key != "") & ~key.is_in(NAMELESS)).then(key)


def former_names_key(text: pl.Expr) -> pl.Expr:
    """Keys of several names, split at commas and semicolons, joined by ``|``; null when there is none."""
    keys = _keyed(text.str.replace_all(_SPLIT, "|"), _NOT_NAMES).str.replace_all(r"\|+", "|").str.strip_chars("|")
    return pl.when((keys != "") & ~keys.is_in(NAMELESS)).then(keys)


@cache
def plain_characters() -> str:
    """Inside of a regular-expression class: ASCII letters, digits and common Han characters that fold to themselves."""
    kept = "".join(char for char in map(chr, range(*HAN_RANGES[1])) if char not in character_folding())
    return "A-Z0-9" + kept


def _read_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    return values.with_columns(plain.bare(pl.col("text")).alias("value"), name_key(pl.col("text")).alias("key"))


def read(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (as delivered, guards off) and ``key``."""
    text = pl.col("text")
    fits = text.str.contains(f"^[{plain_characters()}]+$") & ~text.is_in(NAMELESS)
    return plain.quick_or_careful(values, fits, {"value": text, "key": text}, _read_carefully)


def _read_several_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    return values.with_columns(plain.bare(pl.col("text")).alias("value"), former_names_key(pl.col("text")).alias("key"))


def read_several(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text`` of former names; adds ``value`` and ``key``, keys joined by ``|``."""
    # A single plain name could be quick too, but the column is all but empty.
    return plain.quick_or_careful(values, pl.lit(value=False), {}, _read_several_carefully)
