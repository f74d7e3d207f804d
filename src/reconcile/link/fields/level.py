"""What a field of two records can say: its levels, each with what it means, its sentence, its words and its declared shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.explanation import Explanation

MISSING = "missing"
"""Name of the level at which one of the two says nothing; every field has it."""
SAME = "一致"
OTHER = "不一致"
"""Words with which a clerk reads that two values are the same, and how those begin that say they are not."""
FREQUENCIES = (("rare", 3), ("uncommon", 30), ("common", 300), ("very_common", None))
"""Name-frequency levels: most registrations that may bear the name."""
FREQUENCY = pl.Enum([name for name, _ in FREQUENCIES])


class Meaning(StrEnum):
    """What a level means for the rules; they ask this unless they have a reason to name the level."""

    AGREES = "agrees"
    TOLERATED = "tolerated"
    """Not the same, and neither a contradiction nor an error."""
    SLIP = "slip"
    """An error in one of the two records, of a kind that is known."""
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"
    """Speaks neither for nor against."""


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement of a field.

    Attributes:
        name: value of ``<field>_level``.
        meaning: what it means for the rules.
        sentence: what it says about the two values, for explanations.
        words: the same as a clerk reads it, behind the name of the field; begins with ``OTHER`` where the two are not the same.
        m: declared share among pairs of one person, before anything is learned.
        u: declared share among any two people.
        birth: declared share among children of one birth; as any two people where it is not declared.
        family: the same among other brothers and sisters, parents and children.
        namesakes: the same among two people who share name and birth date by chance.
        by_frequency: weighed by how many registrations bear the name, of one decade of birth where the person's own name is compared.
        is_told: whether a clerk is told; what is missing tells nothing.
        is_filler: one of the two values only stands for unknown.
        is_indirect: found by another column than the two values, which may both be right.

    Raises:
        ValueError: when it has no sentence or no words, or a share is not positive.

    """

    name: str
    meaning: Meaning
    sentence: str
    words: str
    m: float
    u: float
    birth: float | None = None
    family: float | None = None
    namesakes: float | None = None
    by_frequency: bool = False
    is_told: bool = True
    is_filler: bool = False
    is_indirect: bool = False

    def __post_init__(self) -> None:
        """Check the level when it is declared, so that a mistake shows where it was written."""
        if not self.sentence or not self.words:
            msg = f"level {self.name}: needs a sentence and words"
            raise ValueError(msg)
        if min(self.share(explanation) for explanation in Explanation) <= 0:
            msg = f"level {self.name}: every declared share must be positive"
            raise ValueError(msg)

    def share(self, explanation: Explanation) -> float:
        """Declared share of the level among pairs that an explanation is true of."""
        stated = {
            Explanation.PERSON: self.m,
            Explanation.BIRTH: self.birth,
            Explanation.FAMILY: self.family,
            Explanation.NAMESAKES: self.namesakes,
        }.get(explanation)
        return self.u if stated is None else stated

    @property
    def differs(self) -> bool:
        """Whether the two values are not one, so that one of them has to be wrong if both are of one person."""
        return self.meaning in (Meaning.SLIP, Meaning.CONTRADICTS) and not self.is_indirect


@dataclass(frozen=True, slots=True)
class Bearers:
    """How many registrations bear a value that two records share, by SQL over ``pairs.compare.values_sql``.

    Attributes:
        scope: what is counted, one of ``bearers.SCOPES``.
        count: SQL of the number over ``left_record`` and ``right_record``, which have ``<scope>_bearers`` of each scope: 0 where the
            value is rare.
        of_level: level → scope, of levels that are weighed by another count.

    """

    scope: str
    count: str
    of_level: Mapping[str, str] = field(default_factory=dict[str, str])

    def scope_of(self, level: Level) -> str:
        """What is counted for a level."""
        return self.of_level.get(level.name, self.scope)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of two records: the columns of ``link.record`` it reads, its levels from the strongest to none, and how one is found.

    Attributes:
        name: the field is compared in ``<name>_level``.
        column: column of the contract by which a clerk knows it.
        reads: columns of ``link.record``.
        levels: from the strongest to none.
        find: function of the field and a frame of values (``l_`` and ``r_`` of every column read) that gives the level of each row.
        bearers: where a level is weighed by frequency, whose.
        shared_by: explanations under which an agreeing value is one value and no chance, so that common ones agree no oftener.
        alike_under: explanations under which both records state one value, as those of one person do: offices write it with the same
            habits, so that its levels are met in the proportions learned from one person, as far as they are declared alike.
        beside: columns that explanations lay side by side, the first that both fill; without, the first read.
        stated: column they show where both fill none of these; without, the first read.
        is_anchor: the field alone tells who somebody is. It chooses the training pairs, so they cannot teach it: its m stays declared.

    Raises:
        ValueError: when there is no missing level, or a name stands twice.

    """

    name: str
    column: str
    reads: tuple[str, ...]
    levels: tuple[Level, ...]
    find: Callable[[Field, pl.DataFrame], pl.Series]
    bearers: Bearers | None = None
    shared_by: tuple[Explanation, ...] = (Explanation.PERSON,)
    alike_under: tuple[Explanation, ...] = ()
    beside: tuple[str, ...] = ()
    stated: str = ""
    is_anchor: bool = False

    def __post_init__(self) -> None:
        """Check the list when it is declared, so that a mistake shows where it was written."""
        names = [level.name for level in self.levels]
        if len(set(names)) != len(names) or MISSING not in names:
            msg = f"field {self.name}: levels must differ and include {MISSING!r}"
            raise ValueError(msg)
        if self.bearers is None and any(level.by_frequency for level in self.levels):
            msg = f"field {self.name}: a level is weighed by frequency, say by whose"
            raise ValueError(msg)

    @property
    def type(self) -> pl.Enum:
        """Type of ``<name>_level``: its levels in their order; one byte a value."""
        return pl.Enum([level.name for level in self.levels])

    def level(self, name: str) -> Level:
        """Level of that name."""
        return next(level for level in self.levels if level.name == name)

    def at(self, *meanings: Meaning) -> tuple[Level, ...]:
        """Levels that mean one of these."""
        return tuple(level for level in self.levels if level.meaning in meanings)


def level_of(rules: list[tuple[pl.Expr, Level]], otherwise: Level) -> pl.Expr:
    """Name of the first level whose condition holds."""
    return first_that_holds([(condition, level.name) for condition, level in rules], otherwise.name)


def frequency(bearers: str = "bearers") -> pl.Expr:
    """Frequency level of a name by the column of its bearers."""
    limits = [(pl.col(bearers) <= most, name) for name, most in FREQUENCIES if most is not None]
    return first_that_holds(limits, FREQUENCIES[-1][0]).cast(FREQUENCY)
