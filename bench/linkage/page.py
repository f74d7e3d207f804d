"""The part of bench/README.md that shows the comparison: tables and one chart, written from the results."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

from bench import page
from bench.linkage import calibration
from bench.linkage.child import TOOLS
from reconcile.link.explanation import Explanation

BENCH = Path(__file__).parents[1]
CHART = "results/linkage.svg"
COLOURS = {"reconcile": "#1b6e53", "splink": "#c2571a", "recordlinkage": "#7570b3"}

STEPS = (0.01, 0.1, 0.5, 0.9, 0.99, 1.0)
"""Ranges of probability in which the page shows the curve of one person."""

CALIBRATION = """Calibration: mean distance of expected and observed share, by explanation, on pairs that no equal number settles and that
get 0.01 or more:"""
EXPECTED = "One person, as this project expects it and as it is:"

Row = dict[str, Any]


def place(row: Row) -> tuple[str, int, int]:
    """Where a row stands: by kind of task, size, tool."""
    kind, _, size = row["task"].rpartition("_")
    kind, size = (kind, int(size)) if kind else (row["task"], 0)
    return kind, size, list(TOOLS).index(row["tool"])


def write(rows: list[Row]) -> None:
    """Write the chart, and the tables between the marks of the README."""
    rows = sorted(rows, key=place)
    chart([row for row in rows if "f1" in row]).save(BENCH / CHART)
    picture = f"![Wrong and missed pairs, and seconds, by data set and tool]({CHART})"
    page.put("linkage", "\n\n".join((overall(rows), names(rows), calibrated(rows), picture, verdict(rows))))


def _four(value: float) -> str:
    return f"{value:.4f}"


def overall(rows: list[Row]) -> str:
    """One line per data set and tool."""
    head = ["data set", "tool", "true pairs", "completeness", "precision", "recall", "F1", "best F1", "seconds", "peak MB"]
    lines = []
    for row in rows:
        if "f1" not in row:
            lines.append([row["task"], row["tool"], *["failed"] + [""] * 7])
            continue
        shares = [_four(row[name]) for name in ("completeness", "precision", "recall", "f1", "best_f1")]
        lines.append([row["task"], row["tool"], f"{row['truth_pairs']:,.0f}", *shares, f"{row['seconds']:.1f}", f"{row['peak_mb']:,.0f}"])
    return page.table(head, lines, words=2)


def calibrated(rows: list[Row]) -> str:
    """Expected calibration error of each tool, of each explanation where it has some, and how this project's one person is met."""
    explanations = [str(name) for name in Explanation]
    rows = [row for row in rows if "reliability" in row]
    head = ["data set", "tool", "pairs", *(name.replace("person", "one person") for name in explanations)]
    lines = [
        [row["task"], row["tool"], f"{row['open_pairs']:,.0f}", *(_error(row["reliability"], name) for name in explanations)]
        for row in rows
    ]
    steps = ["data set", "pairs given", "pairs", "expected", "observed"]
    met = [[row["task"], *step] for row in rows if row["tool"] == "reconcile" for step in _steps(row["reliability"])]
    return "\n\n".join((CALIBRATION, page.table(head, lines, words=2), EXPECTED, page.table(steps, met, words=2)))


def _error(curves: list[Row], explanation: str) -> str:
    """Calibration error of an explanation, empty where the tool has none."""
    is_there = any(row["explanation"] == explanation for row in curves)
    return _four(calibration.error(curves, Explanation(explanation))) if is_there else ""


def _steps(curves: list[Row]) -> list[list[str]]:
    """The curve of one person in a few steps: range, pairs, expected, observed."""
    found: list[list[str]] = []
    for least, most in pairwise(STEPS):
        rows = [row for row in curves if row["explanation"] == str(Explanation.PERSON) and least <= row["from"] < most]
        if pairs := sum(row["pairs"] for row in rows):
            shares = [sum(row[name] * row["pairs"] for row in rows) / pairs for name in ("expected", "observed")]
            found.append([f"{least:g} to {most:g}", f"{pairs:,}", *map(_four, shares)])
    return found


def names(rows: list[Row]) -> str:
    """Names with a separator or of more than four characters beside the rest."""
    head = ["data set", "tool", "true pairs, long", "precision, long", "recall, long", "F1, long", "F1, other names"]
    lines = [
        [
            row["task"],
            row["tool"],
            f"{row['long_truth_pairs']:,.0f}",
            *(_four(row[name]) for name in ("long_precision", "long_recall", "long_f1", "other_f1")),
        ]
        for row in rows
        if "long_f1" in row
    ]
    return f"Pairs with a name that has a separator or more than four characters:\n\n{page.table(head, lines, words=2)}"


def verdict(rows: list[Row]) -> str:
    """Where this project is not the best, in F1 as decided, in best F1 and in seconds; generated, so that it cannot be forgotten."""
    measures = {"f1": ("F1", -1), "best_f1": ("best F1", -1), "seconds": ("seconds", 1), "peak_mb": ("peak memory", 1)}
    lost: list[str] = []
    by_task: dict[str, dict[str, Row]] = {}
    for row in rows:
        if "f1" in row:
            by_task.setdefault(row["task"], {})[row["tool"]] = row
    for task, tools in by_task.items():
        for measure, (title, sign) in measures.items():
            values = {tool: sign * row[measure] for tool, row in tools.items()}
            winner = min(values, key=lambda tool: (values[tool], tool != "reconcile"))
            if "reconcile" in tools and winner != "reconcile":
                lost.append(f"- {task}, {title}: {tools['reconcile'][measure]:,g}, {winner} {tools[winner][measure]:,g}")
    return "Where this project is not the best:\n\n" + ("\n".join(lost) or "- nowhere in this run")


def chart(rows: list[Row]) -> alt.HConcatChart:
    """Error (1 − F1) and seconds, both on logarithmic axes: shorter is better."""
    frame = pl.DataFrame(
        [{"task": row["task"], "tool": row["tool"], "error": max(1 - row["f1"], 1e-4), "seconds": row["seconds"]} for row in rows]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("task:N", title=None, sort=list(dict.fromkeys(frame["task"]))),
        yOffset=alt.YOffset("tool:N", sort=list(COLOURS)),
        color=alt.Color(
            "tool:N", title=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=alt.Legend(orient="top")
        ),
    )
    errors = base.mark_circle(size=70).encode(
        x=alt.X("error:Q", title="1 − F1 as decided (0.0001 or less at the left edge)", scale=alt.Scale(type="log"))
    )
    seconds = base.mark_circle(size=70).encode(
        x=alt.X("seconds:Q", title="seconds, standardised rows to decided pairs", scale=alt.Scale(type="log"))
    )
    step = alt.Step(11)
    return alt.hconcat(errors.properties(width=330, height=step), seconds.properties(width=330, height=step))
