"""How a name sounds, as a key: every Han character becomes one that stands for its syllable without tone (DOMAIN §4.4)."""

from __future__ import annotations

from functools import cache

import polars as pl
from pypinyin import lazy_pinyin

from reconcile.standardise.names import HAN_RANGES

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "朴": "piao", "任": "ren", "乐": "yue", "区": "ou", "盖": "ge",
    "员": "yun", "召": "shao", "覃": "qin", "种": "chong", "冼": "xian", "洗": "xian", "缪": "miao", "句": "gou", "黑": "he", "折": "she",
    "翟": "zhai", "秘": "bi", "繁": "po", "郇": "xun", "祭": "zhai", "薄": "bo", "柏": "bai", "卜": "bu", "重": "chong", "隗": "wei",
    "燕": "yan", "宁": "ning", "华": "hua", "尉": "wei", "逄": "pang", "幺": "yao", "撒": "sa", "晁": "chao", "钭": "tou", "牟": "mu",
}  # fmt: skip
"""Reading of a character as a surname where it differs from, or is safer than, pypinyin's default."""

COMPOUND_SURNAMES = {"万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu"}
"""Surnames of two characters that read otherwise than their characters."""

_LONGEST = 4
"""Longer names have no Han surname in front (DOMAIN §4.3)."""


@cache
def _standing_for() -> tuple[dict[str, str], dict[str, str]]:
    """Syllable → first character that has it; character → that character."""
    han = [chr(code) for start, end in HAN_RANGES[:2] for code in range(start, end)]
    # GB 2312 has the common characters first, so that what stands for a syllable is one that people can read.
    han.sort(key=lambda char: (char.encode("gb2312", "ignore") or b"\xff", char))
    representative: dict[str, str] = {}
    table: dict[str, str] = {}
    for char, syllable in zip(han, lazy_pinyin(han), strict=True):
        if syllable != char:
            table[char] = representative.setdefault(syllable, char)
    return representative, table


def name_sound_key(key: pl.Expr) -> pl.Expr:
    """Sound of a ``name_key``: one character per character, equal where the syllables are equal; what has no syllable stays."""
    representative, table = _standing_for()
    surnames = table | {char: representative[syllable] for char, syllable in SURNAMES.items()}
    compounds = {name: "".join(representative[part] for part in reading.split()) for name, reading in COMPOUND_SURNAMES.items()}
    plain = key.str.replace_many(table)
    surname = key.str.slice(0, 1).str.replace_many(surnames) + plain.str.slice(1)
    compound = key.str.slice(0, 2).replace_strict(compounds, default=None, return_dtype=pl.String) + plain.str.slice(2)
    return pl.when(key.str.len_chars() > _LONGEST).then(plain).otherwise(pl.coalesce(compound, surname))
