"""Number formats of spreadsheet programs, as far as they add to a value or take from it: S00001 for 1, 1990年5月 for a day.

A cell holds 1 and its format ``"S"00000`` shows S00001, which is what everybody reads who has the sheet before him. Read here are whole
numbers and texts; what a format only makes prettier (1,234 or 1.00) is no other value.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<gap>_.|\*.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式) | (?P<clock>AM/PM|A/P|上午/下午) | (?P<other>E[+-]|[.%/])
    | (?P<place>[0\#?]) | (?P<at>@) | (?P<date>[ymdhsegba]+) | (?P<comma>,) | (?P<end>;) | (?P<bare>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|=|<|>)(-?[0-9.]+)$")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_WHOLE = re.compile(r"[0-9]{1,15}")
_OUTER_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_FOR_TEXTS, _FOR_ZERO = 4, 3
"""Number of the section of a format that is for texts, and the least number of sections of which the third is for nought."""

BUILT_IN = {"17": "mmm-yy"} | dict.fromkeys(("27", "36", "50", "52", "57"), 'yyyy"年"m"月"')
"""Numbers of formats that need no declaration in a workbook and leave the day out; those from 27 on as Chinese programs have them."""


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def literal(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "literal")


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    groups: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["end"]:
            groups.append([])
        else:
            groups[-1].append((found.lastgroup or "", found[found.lastgroup or 0]))
    return tuple(_section(group) for group in groups)


def _section(tokens: list[tuple[str, str]]) -> _Section:
    kept: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for kind, text in tokens:
        if kind in ("quoted", "escaped", "bare"):
            kept.append(("literal", text))
        elif kind == "bracket":
            if found := _CONDITION.match(text):
                condition = found[1], float(found[2])
            elif re.fullmatch(r"[hms]+", text, re.IGNORECASE):
                kept.append(("clock", text))
        elif kind != "gap":
            kept.append((kind, text))
    return _Section(tuple(kept), condition)


def shown_text(code: str, text: str) -> str | None:
    """What a format makes of a text cell (``"S"@`` of 00001: S00001); None where it leaves the text as it is."""
    sections = _sections(code)
    chosen = sections[_FOR_TEXTS - 1] if len(sections) >= _FOR_TEXTS else next((one for one in sections if one.has("at")), None)
    if chosen is None or not chosen.has("at") or not chosen.literal().strip():
        return None
    return "".join(text if kind == "at" else word for kind, word in chosen.tokens).strip()


def shown_number(code: str, number: str) -> str | None:
    """What a format makes of a whole number (``"S"00000`` of 1: S00001, ``0;;`` of 0: nothing); None where it is as good as the number."""
    if not _WHOLE.fullmatch(number):
        return None
    sections = [one for one in _sections(code)[: _FOR_TEXTS - 1] if not one.has("at")]
    if not any(one.tokens for one in sections):
        return None  # hides whatever is in the column
    chosen = _for_number(sections, int(number))
    if chosen is None or chosen.has("date", "clock", "other"):
        return None
    shown = _filled(chosen, number)
    # A sign of a currency adds nothing, and a stroke is how accountants write nought.
    return None if shown is None or (shown and _OUTER_SIGNS.sub("", shown) in ("", number)) else shown


def _for_number(sections: list[_Section], number: int) -> _Section | None:
    if any(one.condition for one in sections):
        met = (one for one in sections if one.condition is None or _COMPARE[one.condition[0]](number, one.condition[1]))
        return next(met, None)
    return sections[2] if number == 0 and len(sections) >= _FOR_ZERO else sections[0]


def _filled(section: _Section, number: str) -> str | None:
    """The number in the places of a section, from the right; the first place takes all digits that are left."""
    kinds = [kind for kind, _ in section.tokens]
    places = [position for position, kind in enumerate(kinds) if kind == "place"]
    if not places:
        return "".join(number if kind == "general" else text for kind, text in section.tokens).strip()
    if "comma" in kinds[places[-1] :]:
        return None  # counts in thousands
    digits = number.lstrip("0")
    written = {position: text for position, (kind, text) in enumerate(section.tokens) if kind == "literal"}
    for position in reversed(places):
        cut = 0 if position == places[0] else max(0, len(digits) - 1)
        written[position] = digits[cut:] or ("0" if section.tokens[position][1] == "0" else "")
        digits = digits[:cut]
    return "".join(written.get(position, "") for position in range(len(kinds))).strip()


def adds(code: str) -> bool:
    """Whether a format makes another value of some number or text."""
    return any(shown_number(code, number) is not None for number in ("0", "1", "2")) or shown_text(code, "王") is not None


@cache
def known_part(code: str) -> str:
    """``%Y-%m`` or ``%Y`` for a format of dates that leaves out the day, or month and day; else nothing.

    Who types 1990年5月 gets 1990-05-01 in such a format: the day is the program's.
    """
    first = _sections(code)[0]
    letters = "".join(text for kind, text in first.tokens if kind == "date").lower()
    if not set("ye") & set(letters) or set("dhsab") & set(letters) or first.has("clock"):
        return ""
    return "%Y-%m" if "m" in letters else "%Y"
