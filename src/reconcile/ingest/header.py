"""Headings: which column of the contract each is, which are refused by name, and when a file has to stop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from reconcile.contract.columns import REFUSED_HEADINGS, REFUSED_PARTS
from reconcile.contract.tables import Extract
from reconcile.errors import InputRefusedError, Place

_NOISE = re.compile(r"[\s\u200b-\u200d\ufeff*★※☆]+")
_NEAR = 0.4
"""Headings less alike than that have nothing to do with each other."""
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")


def normal(heading: str) -> str:
    """Heading folded for comparison: width, blanks, line breaks, stars, final colon and letter case do not count."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", heading).casefold())
    return unicodedata.normalize("NFKC", folded).rstrip(":")


def bare(heading: str) -> str:
    """``normal`` without notes in brackets such as (必填)."""
    return _NOTE.sub("", normal(heading))


@cache
def known(extract: type[Extract]) -> dict[str, str]:
    """Every accepted heading of an extract, folded → canonical column."""
    return {normal(heading): name for name, item in extract.fields.items() for heading in (name, *item.column.headings)}


_SHOWN = 20
"""Headings that a message names."""
_REFUSED = frozenset(normal(heading) for headings in REFUSED_HEADINGS.values() for heading in headings)


def column_of(extract: type[Extract], heading: str, mapped: Mapping[str, str]) -> str | None:
    """Canonical column of a heading, or None; ``mapped`` are a profile's headings, which come first."""
    local = {normal(key): column for key, column in mapped.items()}
    names = known(extract)
    return next((found for key in (normal(heading), bare(heading)) if (found := local.get(key) or names.get(key))), None)


def is_refused(extract: type[Extract], heading: str) -> bool:
    """Whether the contract drops a heading by name; a known heading never is."""
    if column_of(extract, heading, {}):
        return False
    folded = normal(heading)
    return bool({folded, bare(heading)} & _REFUSED) or any(part in folded for part in REFUSED_PARTS)


@dataclass(slots=True)
class Audit:
    """What becomes of each column of a file.

    Attributes:
        columns: canonical column → position in the file, counted from 0, in the order of the file.
        refused: headings dropped because the contract refuses them.
        ignored: headings dropped because the profile says so.
        unnamed: positions without a heading; they must be empty in every row.

    """

    columns: dict[str, int] = field(default_factory=dict[str, int])
    refused: list[str] = field(default_factory=list[str])
    ignored: list[str] = field(default_factory=list[str])
    unnamed: list[int] = field(default_factory=list[int])

    @property
    def drops(self) -> bool:
        """Whether rows as delivered hold something that must not be stored."""
        return bool(self.refused or self.ignored)


def score(extract: type[Extract], headings: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How many different columns of the extract a line of headings names."""
    return len({column for heading in headings if (column := column_of(extract, heading, mapped))})


def unknown(extract: type[Extract], headings: Sequence[str], mapped: Mapping[str, str], ignore: Collection[str]) -> list[str]:
    """Headings that neither the contract nor a profile accounts for."""
    ignored = {folded for heading in ignore for folded in (normal(heading), bare(heading))}
    return [
        heading
        for heading in headings
        if normal(heading)
        and normal(heading) not in ignored
        and not column_of(extract, heading, mapped)
        and not is_refused(extract, heading)
    ]


def nearest(extract: type[Extract], heading: str, taken: Collection[str]) -> tuple[str, float] | None:
    """The column whose headings are most like an unknown one, of those not taken, and how alike they are (0 to 1); None where none is."""
    likeness: dict[str, float] = {}
    for known_heading, column in known(extract).items():
        if column not in taken:
            likeness[column] = max(likeness.get(column, 0.0), fuzz.ratio(bare(heading), known_heading) / 100)
    best = sorted(likeness.items(), key=lambda item: -item[1])[:2]
    return best[0] if best and best[0][1] >= _NEAR and (len(best) == 1 or best[0][1] > best[1][1]) else None


def audit(extract: type[Extract], headings: Sequence[str], place: Place, mapped: Mapping[str, str], ignore: Sequence[str]) -> Audit:
    """Account for every column of a file; ``mapped`` and ``ignore`` come from its profile.

    Raises:
        InputRefusedError: when a column is unknown, stands twice, or a required one is missing.

    """
    result = Audit()
    unknown: list[int] = []
    ignored = {folded for heading in ignore for folded in (normal(heading), bare(heading))}
    shown = _heading_labels(extract, headings, mapped, ignored)
    for position, heading in enumerate(headings):
        column = column_of(extract, heading, mapped)
        if not normal(heading):
            result.unnamed.append(position)
        elif normal(heading) in ignored:
            result.ignored.append(heading)
        elif column is not None:
            _place_column(result, column, position, shown[position], place)
        elif is_refused(extract, heading):
            result.refused.append(heading)
        else:
            unknown.append(position)
    _complain(extract, result, [shown[position] for position in unknown], place)
    return result


def _place_column(result: Audit, column: str, position: int, shown: str, place: Place) -> None:
    if column in result.columns:
        raise InputRefusedError(
            Place(place.file, place.line, shown),
            f"a second column that reads as {column}",
            "Ask for one of them, or name the other under ignore in a profile.",
        )
    result.columns[column] = position


def _complain(extract: type[Extract], result: Audit, unknown: Sequence[str], place: Place) -> None:
    missing = [name for name, item in extract.fields.items() if item.required and name not in result.columns]
    if not result.columns:
        # Not one heading is known: the line may be a person's row, so nothing of it is shown.
        raise InputRefusedError(
            place,
            f"no heading of {extract.name} is known",
            "Check that the file has headings; a profile can name their line (header_row), delimiter, encoding and columns.",
        )
    if unknown:
        returned = "A filled worklist is no delivery: take it in with reconcile feedback. " if "finding_id" in extract.fields else ""
        raise InputRefusedError(
            Place(place.file, place.line, _listed(unknown)),
            f"unknown to {extract.name}",
            f"{returned}Name each in a profile, under columns if it is a column of the contract, else under ignore.",
        )
    if missing:
        names = ", ".join(f"{name} ({extract.fields[name].column.chinese})" for name in missing)
        raise InputRefusedError(
            Place(place.file, place.line, names),
            f"required by {extract.name} and missing",
            "Ask the sender for it, or map its heading under columns in a profile.",
        )


def _listed(shown: Sequence[str]) -> str:
    """The first of them, and how many more there are: a message is one line that people read."""
    more = f" and {len(shown) - _SHOWN:,} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


def _heading_labels(extract: type[Extract], headings: Sequence[str], mapped: Mapping[str, str], ignored: Collection[str]) -> list[str]:
    """What a message calls each heading: its place, unless at least half of them are known, since a person's row may stand there.

    Headings without text or refused by name speak neither for nor against; digits that could be a person's number are left out.
    """
    named = [heading for heading in headings if normal(heading) and not is_refused(extract, heading)]
    known_ones = sum(bool(normal(heading) in ignored or column_of(extract, heading, mapped)) for heading in named)
    if 2 * known_ones < len(named):
        return [f"heading {position}" for position in range(1, len(headings) + 1)]
    return [re.sub(r"\d{6,}", "…", " ".join(heading.split()))[:40] for heading in headings]
