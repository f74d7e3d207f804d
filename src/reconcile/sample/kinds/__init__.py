"""Kinds of cases beyond those of the first sample: each function of these rooms plants one kind and its truth.

A kind is one function with ``@kind``; its name is the function's, its sentence the docstring's first line. Kinds are found, not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from reconcile.sample.world import World

FROM = 10_000
"""A plain prefecture smaller than this holds none of these kinds: the committed sample stays what people know."""

WILDNESS = 2
"""How many times as often a kind occurs in the hard world."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case.

    Attributes:
        name: what it is called in documents and, where it is a decoy, in ``decoys.csv``.
        sentence: what the records look like.
        rate: cases as a share of the population of a plain world.
        adds: registrations that a case adds to the register.
        hard_only: whether a plain world has none.
        plant: plants so many cases.

    """

    name: str
    sentence: str
    rate: float
    adds: int
    hard_only: bool
    plant: Callable[[World, int], None]

    def count(self, population: int, *, hard: bool) -> int:
        """Cases in a world of this size."""
        if not hard and (self.hard_only or population < FROM):
            return 0
        return max(2, round(self.rate * population * (WILDNESS if hard else 1)))


KINDS: dict[str, Kind] = {}


def kind(rate: float, *, adds: int = 0, hard_only: bool = False) -> Callable[[Callable[[World, int], None]], Kind]:
    """Declare a function as a kind."""

    def declare(plant: Callable[[World, int], None]) -> Kind:
        name = plant.__name__
        KINDS[name] = Kind(name, (plant.__doc__ or "").splitlines()[0], rate, adds, hard_only, plant)
        return KINDS[name]

    return declare


def discover() -> Iterator[Kind]:
    """Every kind of every room of this package, by room and place in it."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        import_module(f"{__name__}.{module.name}")
    yield from KINDS.values()


def registrations(population: int, *, hard: bool) -> int:
    """Registrations that all kinds together add."""
    return sum(kind.adds * kind.count(population, hard=hard) for kind in discover())


def plant(world: World) -> None:
    """Plant every kind as often as the world wants it."""
    for one in discover():
        if count := one.count(world.population, hard=world.hard):
            one.plant(world, count)
