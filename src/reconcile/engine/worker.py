"""What a worker of the server runs: a function of the program, over the rows it holds. It has to be the very program of the driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from reconcile import made_from
from reconcile.errors import EngineError

Function = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Work:
    """A function of frames as Spark calls it, with Arrow batches.

    Attributes:
        function: what is to be done; the frames it gives hold numbers.
        given: types in which it is given its columns.
        program: digest of the program that sends it.

    """

    function: Function
    given: pl.Schema
    program: str

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:  # Arrow's batches, which have no types
        """Put each batch through the function.

        Raises:
            EngineError: when the worker has another program: its levels may be others.

        """
        if made_from.program() != self.program:
            msg = "this worker has another version of the program."
            raise EngineError(msg)
        for batch in batches:
            frame = pl.DataFrame(pl.from_arrow(batch)).cast({**self.given})
            yield from self.function(frame).to_arrow().to_batches()


def unchanged(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame as it is: asks whether a worker can be given work at all."""
    return frame
