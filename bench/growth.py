"""How a first night grows with the register: seconds, memory and disk, population by population.

``python -m bench.growth`` makes a prefecture of each size in a process of its own, runs a first night on it in another, and removes both.
Results are kept by population in ``bench/results/growth.json``: what is there is not measured again, so a run that was broken off goes on.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Annotated, Any

import altair as alt
import polars as pl
from cyclopts import App, Parameter

from bench import page
from bench.run import BENCH, first_night, make
from bench.spent import disk_mb, machine

POPULATIONS = (1_000_000, 4_200_000, 10_000_000, 20_000_000, 42_000_000)
RESULTS = BENCH / "results" / "growth.json"
CHART = "results/growth.svg"
LINEAR = 4_200_000
"""What a registration costs in a night of so many is what *linear* means; without it, in the largest night below it."""

Row = dict[str, Any]
app = App(help=__doc__)


@app.default
def growth(
    *,
    populations: Annotated[list[int], Parameter(consume_multiple=True)] = list(POPULATIONS),  # noqa: B006 - read only
    seed: int = 1,
    folder: Path = BENCH / "data",
    again: bool = False,
) -> None:
    """Measure what is not measured yet, smallest first; write the results, the table and the chart after each.

    Args:
        populations: registrations of the prefectures.
        seed: of the samples.
        folder: where a prefecture and its home lie while they are measured; the largest takes some 60 GB.
        again: measure all of them, whatever is kept.

    """
    rows = {int(population): row for population, row in _kept().items()}
    for population in sorted(populations):
        if again or population not in rows:
            rows[population] = measured(population, seed, folder)
            kept = {str(key): rows[key] for key in sorted(rows)}
            RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        write(list(_kept().values()))
    print(table([rows[population] for population in sorted(rows)]))


def _kept() -> dict[str, Row]:
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def measured(population: int, seed: int, folder: Path) -> Row:
    """Make a prefecture and run a night on it; a prefecture that is there from a run that was broken off is taken."""
    data, home = folder / f"{population}-{seed}", folder / f"{population}-{seed}-home"
    sample = make(data, population, seed)
    row = {"population": population, **machine(), "sample": sample._asdict(), **first_night(data, home)}
    row |= {"inbox_disk_mb": round(disk_mb(data)), "home_disk_mb": round(disk_mb(home))}
    shutil.rmtree(home)
    shutil.rmtree(data)
    return row


def linear(rows: list[Row]) -> float:
    """Seconds a registration costs where growth is counted from."""
    below = [row for row in rows if row["population"] <= LINEAR] or rows
    row = max(below, key=lambda row: row["population"])
    return row["total_seconds"] / row["population"]


def table(rows: list[Row]) -> str:
    """One line a population."""
    stages = list(dict.fromkeys(stage for row in rows for stage in row["stages"]))
    head = ["registrations", "cores", "input MB", *(f"{stage} s" for stage in stages), "total s", "of linear", "peak MB",
            "most disk MB", "home MB", "sample s", "sample peak MB"]  # fmt: skip
    lines: list[list[str]] = []
    for row in rows:
        spent = [f"{row['stages'][stage]['seconds']:,.1f}" if stage in row["stages"] else "" for stage in stages]
        of_linear = row["total_seconds"] / row["population"] / linear(rows)
        measures = (row["peak_mb"], row["most_disk_mb"], row["home_disk_mb"], row["sample"]["seconds"], row["sample"]["peak_mb"])
        size = [f"{row['population']:,}", str(row["machine"]["cores"]), f"{row['input_mb']:,}"]
        lines.append([*size, *spent, f"{row['total_seconds']:,.1f}", f"{of_linear:.2f}", *(f"{measure:,.0f}" for measure in measures)])
    return page.table(head, lines, words=0)


def write(rows: list[Row]) -> None:
    """Write the table and the chart."""
    chart(rows).save(BENCH / CHART)
    page.put("growth", f"{table(rows)}\n\n![Seconds, memory and disk of a first night by registrations]({CHART})")


def chart(rows: list[Row]) -> alt.HConcatChart:
    """Seconds with the line that linear growth would be; memory; disk: logarithmic axes throughout."""
    frame = pl.DataFrame(
        {
            "registrations": [row["population"] for row in rows],
            "seconds": [row["total_seconds"] for row in rows],
            "linear": [linear(rows) * row["population"] for row in rows],
            "peak MB": [row["peak_mb"] for row in rows],
            "most MB on the disk": [row["most_disk_mb"] for row in rows],
        }
    )
    x = alt.X("registrations:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"))
    base = alt.Chart(frame).encode(x=x).properties(width=210, height=180)
    panels = [
        base.mark_line(color="#1b6e53", point={"color": "#1b6e53"}).encode(
            y=alt.Y(f"{name}:Q", title=title, scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"))
        )
        for name, title in (("seconds", "seconds (dashed: linear)"), ("peak MB", "peak MB"), ("most MB on the disk", "most MB on the disk"))
    ]
    straight = base.mark_line(color="#888888", strokeDash=[4, 4]).encode(y=alt.Y("linear:Q", title="seconds (dashed: linear)"))
    return alt.hconcat(straight + panels[0], *panels[1:])


if __name__ == "__main__":
    app()
