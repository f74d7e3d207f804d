"""``python -m bench.fuzz --files 1000 --seed 1``: spoiled files for every reader; each is read or refused in words, and no row is lost."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from cyclopts import App

from bench.fuzz.readers import tried

app = App(name="python -m bench.fuzz", help=__doc__)


@app.default
def fuzz(*, files: int = 1000, seed: int = 1) -> None:
    """Try so many files and say what became of them; exit code 1 where one broke a reader or lost a row."""
    with tempfile.TemporaryDirectory() as folder:
        result = tried(Path(folder), files, seed)
    print(json.dumps({"files": files, "seed": seed, "became": dict(sorted(result.became.items())), "wrong": len(result.wrong)}))
    for each in result.wrong:
        print(each)
    sys.exit(bool(result.wrong))


if __name__ == "__main__":
    app()
