"""Runs every tool on every task, one process after the other; writes bench/results/linkage.json, the chart and tables of the README.

``python -m bench.linkage --sizes 200000 --only splink`` restricts it; results of what is not run again stay as they are.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import polars as pl
from cyclopts import App, Parameter

from bench.linkage import page, score
from bench.linkage.child import TOOLS
from bench.linkage.tasks import WORLDS, Task, prepare, tasks

RESULTS = Path(__file__).parents[1] / "results" / "linkage.json"
SIZES = (200_000, 1_000_000)
VERSIONS = ("reconcile", "splink", "recordlinkage", "duckdb", "polars", "pandas", "rapidfuzz", "scikit-learn")

app = App(help=__doc__)


@app.default
def linkage(
    *,
    sizes: Annotated[list[int], Parameter(consume_multiple=True)] = list(SIZES),  # noqa: B006 - read only
    worlds: Annotated[list[str], Parameter(consume_multiple=True)] = list(WORLDS),  # noqa: B006
    only: Annotated[list[str], Parameter(consume_multiple=True)] = list(TOOLS),  # noqa: B006
    public: bool = True,
) -> None:
    """Measure, and write the results.

    Args:
        sizes: populations of the sample register.
        worlds: worlds of the sample, plain or hard.
        only: tools to run.
        public: also run the public data sets.

    """
    rows = {(row["task"], row["tool"]): row for row in _before()}
    for task in tasks(sizes, worlds):
        if task.population or public:
            prepare(task)
            rows |= {(task.name, tool): measured(task, tool) for tool in only}
            _write(rows.values())
    page.write(_before())


def _before() -> list[dict[str, Any]]:
    return json.loads(RESULTS.read_text(encoding="utf-8"))["rows"] if RESULTS.exists() else []


def measured(task: Task, tool: str) -> dict[str, Any]:
    """Run one tool on one task in a process of its own, and score it; what it could not do is a row with ``failed``."""
    row: dict[str, Any] = {"task": task.name, "tool": tool}
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.linkage.child", tool, task.name, folder]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            print(f"{task.name}  {tool}  failed: {last[0]}")
            return row | {"failed": last[0][:200]}
        row |= json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
        pairs, candidates = (pl.read_parquet(Path(folder) / f"{name}.parquet") for name in ("pairs", "candidates"))
    row |= score.figures(task, pairs, candidates)
    print(
        f"{task.name}  {tool}  F1 {row['f1']:.4f}  best {row['best_f1']:.4f}  {row['seconds']:.1f} s  {row['peak_mb']:,.0f} MB", flush=True
    )
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}


def _write(rows: Iterable[dict[str, Any]]) -> None:
    machine = {"cores": os.cpu_count(), "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)}
    versions = {"python": platform.python_version()} | {name: version(name) for name in VERSIONS}
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in sorted(rows, key=page.place))
    head = json.dumps({"machine": machine, "versions": versions}, ensure_ascii=False)
    RESULTS.write_text(f'{head[:-1]}, "rows": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    app()
