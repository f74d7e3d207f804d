"""What the driver of a linkage holds in memory and how long it takes, on DuckDB and with another engine, at several sizes of the register.

``python -m bench.engine --sizes 5000 20000 50000`` makes each sample once, standardises it and links it anew, each time in a process of its
own, with a model trained before. The other engine is Sail in a process beside it, or the server that ``--server`` names.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from bench.run import AS_OF, BENCH, make
from reconcile import ingest, link, memory, standardise
from reconcile.home import Home
from reconcile.link import pairing
from reconcile.settings import Settings
from reconcile.store import Store

SAIL = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer(ip="127.0.0.1", port=0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""
HEAD = "| registrations | engine | s | processor s | peak MB | before MB | candidates |\n|---:|---|---:|---:|---:|---:|---:|"

app = App(help=__doc__)


@app.default
def bench(
    *,
    sizes: Annotated[list[int], Parameter(consume_multiple=True)] = [5_000, 20_000, 50_000],  # noqa: B006 - read only
    memory_limit: str = "1GB",
    server: str = "",
) -> None:
    """Measure each size on both engines, and print a table."""
    print(HEAD, flush=True)
    for size in sizes:
        home = standardised(size)
        for name, address in served(server):
            command = [sys.executable, "-m", "bench.engine", "once", home, "--memory-limit", memory_limit]
            told = subprocess.run([*command, *(["--engine", address] if address else [])], check=True, capture_output=True, text=True)
            found = json.loads(told.stdout.splitlines()[-1])
            print(f"| {size:,} | {name} | " + " | ".join(f"{found[key]:,}" for key in found) + " |", flush=True)


def standardised(size: int) -> Path:
    """Home of a sample, standardised and with a trained model."""
    data, home = BENCH / "data" / f"{size}-1", BENCH / "data" / f"engine-{size}"
    made = home / ".complete"
    if not made.exists():
        make(data, size, 1)
        settings = Settings(home=Home(home), inbox=data, as_of=dt.date.fromisoformat(AS_OF))
        with Store(settings) as store:
            ingest.run(store, settings)
            standardise.run(store, settings)
            pairing.learn(store, settings)
        made.touch()
    return home


def served(server: str) -> Generator[tuple[str, str]]:
    """Engines to measure, and where they answer."""
    yield "DuckDB", ""
    if server:
        yield server, server
        return
    with sail() as address:
        yield "Sail", address


@contextmanager
def sail() -> Generator[str]:
    """Sail in a process of its own; its working tables go to a directory that is deleted with it."""
    with tempfile.TemporaryDirectory() as kept:
        named = os.environ | {"SAIL_EXECUTION__CHECKPOINT__PATH": Path(kept).as_uri(), "RUST_LOG": "error"}
        process = subprocess.Popen(
            [sys.executable, "-c", SAIL],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=named,
        )
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            yield f"sc://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()
            process.wait()


@app.command
def once(home: Path, *, memory_limit: str, engine: str = "") -> None:
    """Link a copy of a home, and print what this process took."""
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        copied = Home(shutil.copytree(home, Path(folder) / "home", symlinks=True))
        settings = Settings(home=copied, as_of=dt.date.fromisoformat(AS_OF), engine=engine or None, memory_limit=memory_limit, full=True)
        with Store(settings, "20261121-01") as store:
            before = memory.peak_mb()
            memory.reset_peak()
            started, used = time.perf_counter(), time.process_time()
            counts = link.run(store, settings)
            found: dict[str, Any] = {
                "seconds": round(time.perf_counter() - started, 1),
                "processor": round(time.process_time() - used, 1),
                "peak": round(memory.peak_mb()),
                "before": round(before),
                "candidates": sum(int(value) for key, value in counts.items() if key[0] == "candidates"),
            }
    print(json.dumps(found))


if __name__ == "__main__":
    app()
