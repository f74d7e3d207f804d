"""Which hidden numbers equations give away, by Gauss's elimination in whole numbers, and what has to be hidden beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import gcd

Row = dict[int, int]
"""An equation: cell → its factor, never 0. What the products add up to is known."""


class System:
    """Equations between cells of which some are hidden, reduced so that each has a hidden cell that no other has: its pivot.

    A hidden cell can be computed where it is the pivot of an equation that has no other hidden cell, and nowhere else: whatever equations
    are added, in whatever multiples, all their pivots remain. Equations without a hidden cell have no pivot: they count as soon as one of
    theirs is hidden.
    """

    def __init__(self, equations: Iterable[Row], hidden: Iterable[int]) -> None:
        """Reduce the equations, the ones with the fewest hidden cells first."""
        self.hidden = set(hidden)
        self._rows = list(equations)
        self._pivot: dict[int, int] = {}
        self._having: defaultdict[int, set[int]] = defaultdict(set)
        for number, row in enumerate(self._rows):
            for cell in row:
                self._having[cell].add(number)
        for number in sorted(range(len(self._rows)), key=lambda one: len(self.hidden & self._rows[one].keys())):
            cells = self.hidden & self._rows[number].keys()
            if cells:
                self._reduce(number, min(cells, key=lambda cell: (len(self._having[cell]), cell)))

    def told(self) -> set[int]:
        """Hidden cells that can be computed."""
        return {pivot for number, pivot in self._pivot.items() if self._is_told(number)}

    def close(self, protected: set[int], order: Mapping[int, float]) -> None:
        """Hide cells until none of those that have to be protected can be computed.

        Args:
            protected: hidden cells that nobody may compute.
            order: of the cells that would do the one with the smallest number goes.

        """
        waiting = sorted(number for number in self._pivot if self._is_told(number))
        while waiting:
            number = waiting.pop()
            if self._pivot[number] not in protected or not self._is_told(number):
                continue
            others = self._rows[number].keys() - self.hidden
            if others:  # none where what was taken for an equation is none
                waiting += [number, *self._hide(min(others, key=lambda cell: (order[cell], cell)))]

    def hide(self, cells: Iterable[int]) -> None:
        """Hide more cells."""
        for cell in sorted(set(cells) - self.hidden):
            self._hide(cell)

    def _is_told(self, number: int) -> bool:
        return len(self.hidden & self._rows[number].keys()) == 1

    def _hide(self, cell: int) -> list[int]:
        """Hide a cell; numbers of the equations that may tell one now."""
        self.hidden.add(cell)
        free = self._having[cell] - self._pivot.keys()
        if not free:
            return []
        number = min(free, key=lambda one: (len(self._rows[one]), one))
        return [number, *(other for other in self._reduce(number, cell) if other in self._pivot)]

    def _reduce(self, number: int, pivot: int) -> list[int]:
        """Make a cell the pivot of an equation: take it out of all others; their numbers."""
        self._pivot[number] = pivot
        row = self._rows[number]
        changed = sorted(self._having[pivot] - {number})
        for other in changed:
            before = self._rows[other]
            after = _without(before, row, pivot)
            for cell in before.keys() - after.keys():
                self._having[cell].discard(other)
            for cell in after.keys() - before.keys():
                self._having[cell].add(other)
            self._rows[other] = after
        return changed


def _without(row: Row, taken: Row, pivot: int) -> Row:
    """A multiple of the equation less one of the other, so that the pivot is gone; the factors in lowest terms."""
    times, less = taken[pivot], row[pivot]
    made = {cell: factor * times for cell, factor in row.items()} if times != 1 else dict(row)
    for cell, factor in taken.items():
        left = made.get(cell, 0) - factor * less
        if left:
            made[cell] = left
        else:
            del made[cell]
    divisor = gcd(*made.values())
    return {cell: factor // divisor for cell, factor in made.items()} if divisor > 1 else made
