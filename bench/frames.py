"""Where a night holds frames or Python objects that grow with the register: the largest one of each function, in bytes a registration.

``python -m bench.frames --populations 20000 50000`` runs a first night on each sample with a profiler that weighs what functions return.
What is read in portions looks as if it grew until a portion is full: 200,000 rows (standardise), 500,000 pairs (compare), 100,000
records (fillers), 200,000 addresses (prepare).
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections import defaultdict
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import numpy as np
import polars as pl
from cyclopts import App, Parameter

from bench.page import table
from reconcile import operate
from reconcile.sample import AS_OF, write

SOURCE = str(Path(operate.__file__).parent)
CARRIERS = (f"{SOURCE}/store.py", f"{SOURCE}/engine/")
"""Who only hands a result on: it is counted where it goes."""
_WEIGHED = 200
"""Elements of a Python object that are weighed for all of them."""

Sizes = dict[str, int]
app = App(help=__doc__)


def weight(found: Any) -> int:  # noqa: ANN401 - whatever a function returns
    """Bytes of a frame, a series, an array, or a list, a set or a dictionary of plain values; 0 of anything else."""
    if isinstance(found, np.ndarray):
        return found.nbytes
    if isinstance(found, (pl.DataFrame, pl.Series)):
        return int(found.estimated_size())
    if not isinstance(found, (list, set, frozenset, dict)) or len(found) < _WEIGHED:
        return 0
    first = list(islice(found.items() if isinstance(found, dict) else found, _WEIGHED))
    each = sum(sum(map(sys.getsizeof, one)) if isinstance(one, tuple) else sys.getsizeof(one) for one in first) / len(first)
    return int(sys.getsizeof(found) + each * len(found))


def _place(frame: FrameType | None) -> str | None:
    """The function of the program that got a result, which another one of it, or a library, returned."""
    while frame is not None and frame.f_code.co_filename.startswith(CARRIERS):
        frame = frame.f_back
    if frame is None or not frame.f_code.co_filename.startswith(SOURCE):
        return None
    code = frame.f_code
    return f"{Path(code.co_filename).relative_to(SOURCE)}:{code.co_qualname}"


def held(population: int) -> Sizes:
    """Function → bytes of the largest result it held in a first night."""
    largest: Sizes = defaultdict(int)

    def look(frame: FrameType, event: str, result: Any) -> None:  # noqa: ANN401
        if event != "return" or result is None:
            return
        if size := weight(result):
            for place in filter(None, {_place(frame), _place(frame.f_back)}):
                largest[place] = max(largest[place], size)

    with tempfile.TemporaryDirectory(prefix="frames-") as name:
        folder = Path(name)
        write(folder / "inbox", population, 1)
        settings = operate.settings_of(home=folder / "home", inbox=folder / "inbox", as_of=AS_OF)
        threading.setprofile(look)
        sys.setprofile(look)
        try:
            operate.run(settings, lambda _progress: None)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
    return largest


@app.default
def main(*, populations: Annotated[list[int], Parameter(consume_multiple=True)] = [20_000, 50_000], least: float = 1) -> None:  # noqa: B006 - read only
    """Print what takes at least so many bytes a registration in the largest of the nights, largest first."""
    sizes = {population: held(population) for population in sorted(populations)}
    last = max(sizes)
    names = sorted((name for name in sizes[last] if sizes[last][name] >= least * last), key=lambda name: -sizes[last][name])
    lines = [[name, *(f"{sizes[population].get(name, 0) / population:,.1f}" for population in sizes)] for name in names]
    print(table(["function", *(f"{population:,}" for population in sizes)], lines))


if __name__ == "__main__":
    app()
