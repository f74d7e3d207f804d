"""One tool on one task: ``python -m bench.linkage.child TOOL TASK OUT`` writes pairs.parquet, candidates.parquet and run.json into OUT."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from cyclopts import App

from bench.linkage.tasks import tasks

TOOLS = {
    "reconcile": "bench.linkage.with_reconcile",
    "splink": "bench.linkage.with_splink",
    "recordlinkage": "bench.linkage.with_recordlinkage",
}
"""Tool → module with ``run(task) -> Outcome``; only that module is imported."""

app = App()


@app.default
def child(tool: str, task: str, out: Path) -> None:
    """Run a tool on a task and write what it decided."""
    population = int(task.rpartition("_")[2]) if "_" in task else 0
    chosen = next(one for one in tasks([population]) if one.name == task)
    run = importlib.import_module(TOOLS[tool]).run
    outcome = run(chosen)
    out.mkdir(parents=True, exist_ok=True)
    outcome.pairs.write_parquet(out / "pairs.parquet")
    outcome.candidates.write_parquet(out / "candidates.parquet")
    (out / "run.json").write_text(json.dumps({"seconds": outcome.seconds, "peak_mb": outcome.peak_mb}), encoding="utf-8")


if __name__ == "__main__":
    app()
