"""Times a night on an invented prefecture of any size, stage by stage, against what DuckDB alone needs to load the files.

``python -m bench.run --population 4200000`` makes the files once (bench/data), runs ``reconcile run`` on an empty home
(bench/home), writes ``bench/results/<name>.json`` and the table of ``bench/README.md``.
"""

from __future__ import annotations

import codecs
import gzip
import json
import shutil
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from cyclopts import App

from bench import page
from bench.spent import PROGRAM, Spent, machine, spent
from reconcile.evaluate import evaluate
from reconcile.home import Home
from reconcile.store import Reader

BENCH = Path(__file__).parent
AS_OF = "2026-11-21"
STAGES = "SELECT stage, seconds, peak_mb FROM ops.stage ORDER BY finished_at"
LOADS = "SELECT file, encoding, delimiter, bytes FROM ops.load ORDER BY bytes DESC, file"

app = App(help=__doc__)


@app.default
def bench(*, population: int = 4_200_000, seed: int = 1, name: str = "") -> None:
    """Make the files where they are missing, run the night, measure the floor, write the results."""
    data, home = BENCH / "data" / f"{population}-{seed}", BENCH / "home"
    making, night = make(data, population, seed), first_night(data, home)
    with Reader(Home(home)) as reader:
        floor_seconds = round(floor(data, reader.frame(LOADS)), 1)
    result = {"population": population, **machine(), "sample_seconds": making.seconds, "floor_seconds": floor_seconds, **night}
    target = BENCH / "results" / f"{name or population}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    readme()
    print(target.read_text(encoding="utf-8"))


def make(data: Path, population: int, seed: int, world: str = "plain") -> Spent:
    """Make the files unless they are there, and say what that took; a directory that is not complete is made again."""
    done = data / ".made.json"
    if not done.exists():
        shutil.rmtree(data, ignore_errors=True)
        took = spent([*PROGRAM, "sample", "--out", data, "--population", str(population), "--seed", str(seed), "--world", world])
        done.write_text(json.dumps(took._asdict()), encoding="utf-8")
    return Spent(**json.loads(done.read_text(encoding="utf-8")))


def first_night(data: Path, home: Path) -> dict[str, Any]:
    """Run ``reconcile run`` on an empty home: what it took, the stages, and how right it is by the truth of the sample."""
    shutil.rmtree(home, ignore_errors=True)
    took = spent([*PROGRAM, "run", "--inbox", data, "--home", home, "--as-of", AS_OF], watched=home)
    with Reader(Home(home)) as reader:
        stages, loads = reader.frame(STAGES).to_dicts(), reader.frame(LOADS)
    judged = evaluate(Home(home), data / "truth.csv")
    return {
        "input_mb": round(int(loads["bytes"].sum()) / 2**20),
        "total_seconds": took.seconds,
        "processor_seconds": took.processor,
        "peak_mb": round(max(took.peak_mb, *(row["peak_mb"] for row in stages))),  # a stage resets the system's mark
        "most_disk_mb": round(took.disk_mb),
        "stages": {row["stage"]: {"seconds": round(row["seconds"], 1), "peak_mb": round(row["peak_mb"])} for row in stages},
        "figures": {row["finding_type"]: {key: row[key] for key in ("recall", "precision")} for row in judged.types.to_dicts()},
        "living_as_dead": judged.living_as_dead,
    }


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


def readme() -> None:
    """Write the table of all results between its marks in bench/README.md."""
    results = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted((BENCH / "results").glob("*.json"))]
    results = [(name, result) for name, result in results if "floor_seconds" in result]
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
    lines: list[list[str]] = []
    for name, result in results:
        spent = [str(result["stages"].get(stage, {}).get("seconds", "")) for stage in stages]
        ratio = f"{result['total_seconds'] / result['floor_seconds']:.1f}"
        sizes = [f"{result['population']:,}", str(result["input_mb"]), str(result["machine"]["cores"])]
        lines.append([name, *sizes, *spent, str(result["total_seconds"]), f"{result['peak_mb']:,}", str(result["floor_seconds"]), ratio])
    page.put("results", page.table(head, lines))


if __name__ == "__main__":
    app()
