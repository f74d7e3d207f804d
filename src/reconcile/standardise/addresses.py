"""Addresses: shown as delivered; folded for matching."""

from __future__ import annotations

from functools import cache

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.contract.unstated import pattern
from reconcile.standardise import text as plain
from reconcile.standardise.names import character_folding, plain_characters
from reconcile.standardise.references import decoded

_NOT_ADDRESS = r"[^\p{L}\p{M}\p{N}]+"
_UNITS = "号栋幢座楼层室组单户"
"""What a house number stands before; a numeral elsewhere (五里村, 三都县) is a name and stays."""
_HIGHEST = 199
_TEN = 10
_BLOCKS = {"幢": "栋", "座": "栋"}
_NUMBERED = r"第+(\d+)"
_TO_FOLD = f"第[0-9]|[幢座]|[一二三四五六七八九十百][{_UNITS}]"
_AREA = r"\p{Han}{1,12}?(?:省|自治区|特别行政区|自治州|地区|自治县|自治旗|[市州盟县区旗]|镇|乡|街道办事处|街道|办事处|苏木)"
_NO_AREA = r"(?:小|社|园|校|院|厂|营|景|库|片|家属|生活|宿舍|住宅|安置|别墅|新村|公寓)区$"
_ENDS_LIKE_AREA = "[省区州市县旗盟镇乡处道木]$"
_NO_PLACE = rf"^(?:中国)?(?:{_AREA})+$"
"""Counties and towns only: thousands live there, so that two such addresses are no sign of one home."""

PARTS = ("county", "town", "village", "street", "group", "house")
_UPPER = r"(?:[\p{Han}&&[^县区旗镇乡村街路]]{2,8}?|新乡|萍乡|宁乡|桐乡|景德镇)"
"""Name of an area; a town's or a village's sign ends it, or 城关镇新市村 would be a city. Five cities carry such a sign."""
_PARSED = (
    rf"^(?P<above>(?:{_UPPER}(?:省|自治区|自治州|地区|[盟州市]))*)"
    r"(?P<county>\p{Han}[\p{Han}&&[^镇乡村街路]]{0,6}?(?:自治县|[县市区旗]+))?"
    r"(?P<town>\p{Han}{1,8}?(?:镇|乡|街道办事处|街道|苏木))?"
    r"(?P<village>\p{Han}{1,10}?(?:村民委员会|居民委员会|[村居]委会|社\u{E000}|嘎查|[村屯寨]+))?"
    r"(?P<street>\p{Han}{1,10}?(?:大道|[路街巷弄]))?(?:(?P<group>[0-9]+)(?:村民小组|[组社队]))?(?P<house>.*)$"
)
ESTATE = r"^([^\d]{2,})"
"""What stands before the numbers of a house: the name of an estate, 幸福小区 in 幸福小区2栋."""
_COMMITTEE = r"(?:村民委员会|居民委员会|[村居]委会)$"
_LAST_AREA = r"^(?:.*(?:省|自治区|自治州|地区|[盟州市]))?(\p{Han}{2,8}?[县市区旗州])$"
_HIDDEN = {"社区": "社\ue000", "小区": "小\ue000"}
"""Their 区 is no county's."""
_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> list[str]:
    """Ways to write 1 to 199 in words: 105 → 一百零五, 一百〇五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, _TEN)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    ones_text = _DIGITS[ones] if ones else ""
    if not tens:
        return [head + zero + ones_text for zero in ("零", "〇")] if head and ones else [head + ones_text]
    tens_texts = [f"{_DIGITS[tens]}十"] if head or tens > 1 else ["十", "一十"]
    return [head + tens_text + ones_text for tens_text in tens_texts]


@cache
def _house_numbers() -> dict[str, str]:
    words = {word + unit: f"{number}{unit}" for number in range(1, _HIGHEST + 1) for word in _chinese(number) for unit in _UNITS}
    return dict(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


def _folded(text: pl.Expr) -> pl.Expr:
    """Simplified, no blanks or punctuation, 第三组 and 3组 alike, 幢 and 座 as 栋."""
    upper = decoded(plain.bare(text).str.normalize("NFKC")).str.to_uppercase().str.normalize("NFKC")
    key = upper.str.replace_many(character_folding()).str.replace_all(_NOT_ADDRESS, "")
    return key.str.replace_many(_house_numbers(), leftmost=True).str.replace_all(_NUMBERED, "${1}").str.replace_many(_BLOCKS)


def read_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    """Like ``read``, every value by every rule."""
    read = values.with_columns(plain.bare(pl.col("text")).alias("value")).with_columns(_folded(pl.col("value")).alias("key"))
    key = pl.col("key")
    nowhere = key.str.contains(_ENDS_LIKE_AREA) & key.str.contains(_NO_PLACE) & ~key.str.contains(_NO_AREA)
    # A numeral alone, and signs alone, are no address.
    empty = plain.says_nothing(pl.col("value"), Kind.ADDRESS) | ~key.str.contains(r"\p{L}")
    return read.with_columns(pl.when(~nowhere & ~empty).then(key).alias("key"))


def read(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (as delivered, guards off) and ``key``.

    The key is folded for matching; it is null when the text names no place, or none below the town.
    """
    text = pl.col("text")
    odd = text.str.contains(f"{_TO_FOLD}|{_ENDS_LIKE_AREA}|^[0-9]+$") | text.str.contains(pattern(Kind.ADDRESS))
    fits = text.str.contains(f"^[{plain_characters()}]+$") & ~odd
    return plain.quick_or_careful(values, fits, {"value": text, "key": text}, read_carefully)


def parts(key: pl.Expr) -> pl.Expr:
    """Parts of an address key as a struct of ``PARTS``, each null where the text leaves it out.

    ``county`` is the lowest area above the town, ``village`` a village or community without the word for its committee, ``group`` a
    number, ``house`` the rest. Where a province, county or town is left out, what follows stands at its own part.
    """
    found = key.str.replace_many(_HIDDEN).str.extract_groups(_PARSED)
    part = {name: found.struct.field(name).str.replace_all("\ue000", "区", literal=True) for name in PARTS}
    part["county"] = pl.coalesce(part["county"], found.struct.field("above").str.extract(_LAST_AREA))
    part["village"] = part["village"].str.replace(_COMMITTEE, "村").str.replace("村村$", "村")
    part["house"] = pl.when(part["house"] != "").then(part["house"])
    return pl.struct([value.alias(name) for name, value in part.items()])


def homes() -> dict[str, pl.Expr]:
    """Of a frame of ``PARTS``, each home in one text: as far as the village (or street, or estate), the group, the house.

    Null where the address stops above. Two texts of one house give one home, unless one leaves out the group.
    """
    # A word without any number names no place.
    estate = pl.when(pl.col("house").str.contains(r"\d")).then(pl.col("house").str.extract(ESTATE, 1))
    numbers = pl.col("house").str.extract_all(r"\d+").list.join("-")
    village = pl.concat_str("village", "street", estate, ignore_nulls=True)
    village = pl.when(village != "").then(village)
    group = pl.concat_str(village, "group", separator="/")
    house = pl.concat_str(pl.coalesce(group, village), pl.when(numbers != "").then(numbers), separator="/")
    return {"home_village": village, "home_group": group, "home_house": house}
