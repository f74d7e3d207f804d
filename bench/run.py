"""Times a night on an invented prefecture of any size, stage by stage, against what DuckDB alone needs to load the files.

``python bench/run.py --population 4200000`` makes the files once (bench/data), runs ``reconcile run`` on an empty home
(bench/home), writes ``bench/results/<name>.json`` and the table of ``bench/README.md``.
"""

from __future__ import annotations

import codecs
import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from cyclopts import App

from reconcile import __version__
from reconcile.evaluate import evaluate
from reconcile.home import Home
from reconcile.sample import write
from reconcile.store import Reader

BENCH = Path(__file__).parent
AS_OF = "2026-11-21"
STAGES = "SELECT stage, seconds, peak_mb FROM ops.stage ORDER BY finished_at"
LOADS = "SELECT file, encoding, delimiter, bytes FROM ops.load ORDER BY bytes DESC, file"
MARK = "<!-- results -->"

app = App(help=__doc__)


@app.default
def bench(*, population: int = 4_200_000, seed: int = 1, name: str = "") -> None:
    """Make the files where they are missing, run the night, measure the floor, write the results."""
    data, home = BENCH / "data" / f"{population}-{seed}", BENCH / "home"
    making = make(data, population, seed)
    shutil.rmtree(home, ignore_errors=True)
    seconds, peak_mb = night(data, home)
    with Reader(Home(home)) as reader:
        stages, loads = reader.frame(STAGES).to_dicts(), reader.frame(LOADS)
    result = {
        "population": population,
        "machine": {"cores": os.cpu_count(), "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)},
        "versions": {"reconcile": __version__, "python": platform.python_version(), "duckdb": duckdb.__version__, "polars": pl.__version__},
        "input_mb": round(int(loads["bytes"].sum()) / 2**20),
        "sample_seconds": making,
        "floor_seconds": round(floor(data, loads), 1),
        "total_seconds": round(seconds, 1),
        "peak_mb": round(max(peak_mb, *(row["peak_mb"] for row in stages))),  # a stage resets the system's mark
        "stages": {row["stage"]: {"seconds": round(row["seconds"], 1), "peak_mb": round(row["peak_mb"])} for row in stages},
        "figures": {row["finding_type"]: {key: row[key] for key in ("recall", "precision")} for row in figures(home, data)},
    }
    target = BENCH / "results" / f"{name or population}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    readme()
    print(target.read_text(encoding="utf-8"))


def make(data: Path, population: int, seed: int) -> float | None:
    """Make the files unless they are there; a directory that is not complete is made again. Seconds, or None when reused."""
    if (data / ".complete").exists():
        return None
    shutil.rmtree(data, ignore_errors=True)
    started = time.perf_counter()
    write(data, population, seed)
    (data / ".complete").touch()
    return round(time.perf_counter() - started, 1)


def night(data: Path, home: Path) -> tuple[float, float]:
    """Run ``reconcile run`` in a process of its own: seconds from start to end, peak memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "reconcile", "run", "--inbox", data, "--home", home, "--as-of", AS_OF])
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the night ended with exit code {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, used.ru_maxrss / 1024


def floor(data: Path, loads: pl.DataFrame) -> float:
    """Seconds DuckDB alone needs to load the delimited and Parquet files as text; GB18030 is decoded before, unmeasured."""
    work = BENCH / "data" / "floor"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    files = [
        (decoded(data / file, encoding, work), delimiter) for file, encoding, delimiter, _ in loads.rows() if not file.endswith(".xlsx")
    ]
    with duckdb.connect(str(work / "floor.duckdb")) as database:
        started = time.perf_counter()
        for number, (path, delimiter) in enumerate(files):
            if path.suffix == ".parquet":
                database.execute(f"CREATE TABLE t{number} AS SELECT * FROM read_parquet($path)", {"path": str(path)})
            else:
                reading = "read_csv($path, delim = $delimiter, quote = chr(34), header = true, all_varchar = true, strict_mode = false)"
                database.execute(f"CREATE TABLE t{number} AS SELECT * FROM {reading}", {"path": str(path), "delimiter": delimiter})
        database.execute("CHECKPOINT")
        seconds = time.perf_counter() - started
    shutil.rmtree(work)
    return seconds


def decoded(path: Path, encoding: str, work: Path) -> Path:
    """The file itself where it is UTF-8, else a copy that is."""
    if path.suffix == ".parquet" or encoding.lower().startswith("utf-8"):
        return path
    target = work / path.name.removesuffix(".gz")
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115 - closed below
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    with opened as source, target.open("w", encoding="utf-8", newline="") as out:
        while block := source.read(2**22):
            out.write(decoder.decode(block))
    return target


def figures(home: Path, data: Path) -> list[dict[str, Any]]:
    """Recall and precision by type, against the truth of the sample."""
    return evaluate(Home(home), data / "truth.csv").types.to_dicts()


def readme() -> None:
    """Write the table of all results behind the mark in bench/README.md."""
    results = [
        (path.stem, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((BENCH / "results").glob("*.json"))
        if path.stem not in ("linkage", "changed")
    ]
    results.sort(key=lambda item: item[1]["population"])
    stages = list(dict.fromkeys(stage for _, result in results for stage in result["stages"]))
    head = [
        "run",
        "registrations",
        "input MB",
        "cores",
        *(f"{stage} s" for stage in stages),
        "total s",
        "peak MB",
        "floor s",
        "total / floor",
    ]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name, result in results:
        spent = [str(result["stages"].get(stage, {}).get("seconds", "")) for stage in stages]
        ratio = f"{result['total_seconds'] / result['floor_seconds']:.1f}"
        sizes = [f"{result['population']:,}", str(result["input_mb"]), str(result["machine"]["cores"])]
        lines.append([name, *sizes, *spent, str(result["total_seconds"]), f"{result['peak_mb']:,}", str(result["floor_seconds"]), ratio])
    page = BENCH / "README.md"
    text = page.read_text(encoding="utf-8").split(MARK)[0]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    page.write_text(f"{text}{MARK}\n\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    app()
