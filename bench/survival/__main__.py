"""Commands that are killed, whose files fail, that meet each other: afterwards everything is as if nothing had happened.

``python -m bench.survival kills --times 1000``, ``faults`` and ``together --tries 100`` work on copies of one small home. After each
kill no half publication is seen and no file of a person is gone; the repetition ends well, and what it leaves equals what an
undisturbed run leaves: every row, answer, list and receipt.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bench.survival import trials
from bench.survival.scene import Scene, warm
from bench.survival.trials import Tally

SHARES = {"feedback": 0.24, "backup": 0.18, "restore": 0.12, "make again": 0.06, "purge": 0.08, "publication": 0.22, "night": 0.10}
"""How many of a hundred kills each command gets."""
PAIRS = ("night", "feedback", "reader", "backup")

app = App(name="python -m bench.survival", help=__doc__)
Only = Annotated[tuple[str, ...], Parameter(help="These commands only.", negative=())]
Seed = Annotated[int, Parameter(help="Same seed, same moments.")]
Folder = Annotated[Path | None, Parameter(help="Directory to work in; a temporary one when left out.")]


def scene(folder: Path | None, names: Collection[str]) -> Scene:
    """The homes to run commands on; on a disk in memory where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 - a directory of its own is made in it
    root = folder or Path(tempfile.mkdtemp(prefix="survival_", dir=memory if memory.is_dir() else None))
    root.mkdir(exist_ok=True)
    warm()
    made = Scene(root / "scene")
    made.make(*names)
    return made


@app.command
def kills(*, times: int = 1000, seed: Seed = 1, only: Only = (), folder: Folder = None) -> None:
    """Kill each command at random moments, up to five times in a row, and repeat it."""
    shares = {name: share for name, share in SHARES.items() if not only or name in only}
    made, tally = scene(folder, shares), Tally()
    chosen = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for name, share in shares.items():
        trials.kills(made.acts[name], round(times * share / sum(shares.values())), chosen, tally)
    _report("kills", tally)


@app.command
def faults(*, each: int = 3, sizes: int = 12, seed: Seed = 1, only: Only = (), folder: Folder = None) -> None:
    """Let file operations of each command fail in turn, so many of each place, and every file be limited in size; then repeat it."""
    names = only or tuple(SHARES)
    made, tally = scene(folder, names), Tally()
    chosen = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for name in names:
        trials.faults(made.acts[name], each, sizes, chosen, tally)
    _report("faults", tally)


@app.command
def together(*, tries: int = 100, seed: Seed = 1, only: Only = (), folder: Folder = None) -> None:
    """Run a night and another command at once."""
    pairs = only or PAIRS
    made, tally = scene(folder, {"night", *pairs} - {"reader"}), Tally()
    chosen = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for other in pairs:
        trials.together(made.acts, other, tries // len(pairs), chosen, tally)
    _report("together", tally)


def _report(what: str, tally: Tally) -> None:
    counts: Counter[str] = tally.counts
    print(json.dumps({"tried": what, "counts": dict(counts), "wrong": len(tally.wrong)}, ensure_ascii=False))
    for each in tally.wrong:
        print(each)
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    app()
