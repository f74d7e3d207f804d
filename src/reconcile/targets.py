"""Targets of a prefecture, ``<inbox>/targets.toml``: what the plan asks for, as data beside the deliveries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from reconcile.errors import InputRefusedError, Place

FILE = "targets.toml"
_WHOLE = 100
PREFECTURE = "all"

_REMEDY = "Correct it, or take the file away: figures without a target are then empty."
_COUNTY = re.compile(r"\d{6}")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Targets:
    """What a plan asks for; empty where it says nothing.

    Attributes:
        shares: (county or ``all``, year) → share of registered people in towns at the end of the year, percent.
        steps: county → percentage points a year.
        housed: (county, year) → persons housed by the relocation programme until the cut-off day, as issued.

    """

    shares: dict[tuple[str, int], Decimal] = field(default_factory=dict[tuple[str, int], Decimal])
    steps: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    housed: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def rows(self) -> list[tuple[str, str, int | None, float]]:
        """County, what, year (none where it holds for all) and value of each target."""
        shares = [(county, "share", year, float(value)) for (county, year), value in self.shares.items()]
        steps = [(county, "step", None, float(value)) for county, value in self.steps.items()]
        housed = [(county, "housed", year, float(value)) for (county, year), value in self.housed.items()]
        return sorted(shares + steps + housed, key=lambda row: (row[0], row[1], row[2] or 0))


class _File:
    """One file while it is read; what is wrong with it is refused with its line and key."""

    def __init__(self, text: str, counties: Collection[str]) -> None:
        self.text = text
        self.counties = counties

    def refuse(self, problem: str, *keys: str) -> InputRefusedError:
        return InputRefusedError(Place(FILE, self._line(keys), ".".join(keys) or None), problem, _REMEDY)

    def _line(self, keys: tuple[str, ...]) -> int | None:
        """Line of a key: the last one of the path that stands at the beginning of a line below the table of the others."""
        inside: tuple[str, ...] = ()
        best: tuple[int, int] | None = None
        for number, line in enumerate(self.text.splitlines(), start=1):
            table = re.match(r"\s*\[([^\]]+)\]", line)
            assigned = re.match(r"\s*([^=#\[]+?)\s*=", line)
            if table:
                inside = _path(table[1])
            found = inside if table else inside + _path(assigned[1]) if assigned else ()
            deep = len(found) if found and keys[: len(found)] == found else 0
            if deep and (best is None or deep > best[0]):
                best = (deep, number)
        return best[1] if best else None

    def table(self, value: object, *keys: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refuse("a table is expected", *keys)
        return value

    def county(self, code: str, *keys: str) -> str:
        if not _COUNTY.fullmatch(code) or code not in self.counties:
            raise self.refuse("no county of the station table has this code", *keys)
        return code

    def year(self, text: str, *keys: str) -> int:
        if not _YEAR.fullmatch(text):
            raise self.refuse("a year is expected", *keys)
        return int(text)

    def percent(self, value: object, *keys: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 <= float(value) <= _WHOLE:
            raise self.refuse("a number from 0 to 100 is expected", *keys)
        return Decimal(str(value))

    def count(self, value: object, *keys: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse("a number of persons is expected", *keys)
        return value


def _path(text: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def read(inbox: Path | None, counties: Collection[str]) -> Targets:
    """Targets of an inbox; none where it has no such file.

    Args:
        inbox: where deliveries arrive.
        counties: codes of the counties in scope.

    Raises:
        InputRefusedError: when the file is not TOML, names a county that is not in scope, a key that is none, or a value that cannot be.

    """
    path = inbox / FILE if inbox else None
    if path is None or not path.is_file():
        return Targets()
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefusedError(Place(FILE), f"not a TOML file ({error})", _REMEDY) from error
    return _parse(_File(text, counties), said)


def _parse(file: _File, said: dict[str, Any]) -> Targets:
    targets = Targets()
    for key, value in said.items():
        if key == "prefecture":
            for year, share in file.table(value, key).items():
                targets.shares[PREFECTURE, file.year(year, key, year)] = file.percent(share, key, year)
        elif key == "county":
            for code, wanted in file.table(value, key).items():
                _county(file, targets, file.county(code, key, code), file.table(wanted, key, code))
        else:
            raise file.refuse("unknown key; known are prefecture and county", key)
    return targets


def _county(file: _File, targets: Targets, code: str, wanted: dict[str, Any]) -> None:
    for key, value in wanted.items():
        place = ("county", code, key)
        if key == "step":
            targets.steps[code] = file.percent(value, *place)
        elif key == "share":
            for year, share in file.table(value, *place).items():
                targets.shares[code, file.year(year, *place, year)] = file.percent(share, *place, year)
        elif key == "housed":
            for year, persons in file.table(value, *place).items():
                targets.housed[code, file.year(year, *place, year)] = file.count(persons, *place, year)
        else:
            raise file.refuse("unknown key; known are step, share and housed", *place)
