"""The pairs of names of name_pairs.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_suffix(".md")


@dataclass(frozen=True, slots=True)
class NamePair:
    """One row: two names as recorded, the former name of the right one, and what is expected."""

    strength: str
    left: str | None
    right: str | None
    level: str
    former: str | None


def name_pairs() -> list[NamePair]:
    """Every row of the file in its order; ``\\u`` and ``\\U`` escapes stand for characters no font has."""
    rows = [line for line in FILE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (must|may|not) ", line)]
    return [NamePair(*_cells(row)) for row in rows]


def _cells(row: str) -> list[str]:
    strength, left, right, level, former = (cell.removeprefix(" ").removesuffix(" ") for cell in row.strip("|").split("|"))
    return [strength, *(_text(name) for name in (left, right)), level, _text(former)]  # type: ignore[list-item]


def _text(cell: str) -> str | None:
    points = re.sub(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))", lambda found: chr(int(found[1] or found[2], 16)), cell)
    return points or None
