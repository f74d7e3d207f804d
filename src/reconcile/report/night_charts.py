"""The charts of the page about a night: counts, no person. Labels are Chinese; ``bilingual`` adds the English ones."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

import altair as alt
import polars as pl

from reconcile.report import charts
from reconcile.report.charts import AGAINST, FOR, LIGHT, NEUTRAL, STEP, AnyChart

_WIDTH = 560
_FRAME = re.compile(r"width=\"([\d.]+)\" (height=\"[\d.]+\") viewBox=\"0 0 [\d.]+ ([\d.]+)\"")
_TEXT = re.compile(r"(<text [^>]*)>([^<]+)</text>")
_CLIP = re.compile(r"(?<=[\"#])clip[0-9]+(?=[\")])")
"""Name of a clip path, which vl-convert counts on from chart to chart of a process."""
STEPS = ("#eef4f9", "#c9dcea", "#94bbd6", "#3d789f", "#24557c")
"""Colours of the map, the lightest for the smallest fifth."""
ON_STEP = ("#222222", "#222222", "#222222", "#ffffff", "#ffffff")
"""Colour of the text on each of them."""
_LATIN, _HAN = 6.2, 11.0
"""Width of a character of a label, about."""
_TILE, _GUTTER = 116, 6


def trend(table: pl.DataFrame) -> AnyChart:
    """Open and overdue questions of all types night by night; ``table`` has as_of, open and overdue."""
    rows = table.rename({"open": "待核查", "overdue": "逾期"}).unpivot(
        ["待核查", "逾期"], index="as_of", variable_name="what", value_name="n"
    )
    every = alt.TimeIntervalStep(interval="day", step=max(1, table.height // 8))
    return (
        alt.Chart(rows, width=_WIDTH, height=150)
        .mark_line(point=True)
        .encode(
            alt.X("as_of:T", title=None, axis=alt.Axis(format="%m-%d", tickCount=every)),
            alt.Y("n:Q", title="问题数"),
            alt.Color(
                "what:N", scale=alt.Scale(domain=["待核查", "逾期"], range=[FOR, AGAINST]), legend=alt.Legend(title=None, orient="top")
            ),
        )
    )


def ageing(table: pl.DataFrame) -> AnyChart:
    """Open questions by age; ``table`` has band, in words, and findings."""
    name = alt.Y("band:N", sort=None, title=None)
    base = alt.Chart(table, width=_WIDTH - 110, height=alt.Step(2 * STEP))
    bars = base.mark_bar(color=FOR).encode(name, alt.X("findings:Q", title="问题数", axis=alt.Axis(tickMinStep=1)))
    return bars + base.mark_text(align="left", dx=4, fontSize=11).encode(name, alt.X("findings:Q"), alt.Text("findings:Q", format=","))


def confirmed(table: pl.DataFrame) -> AnyChart:
    """Share of the answered questions that were right, by type, with its interval; ``table`` has label, share, low and high."""
    base = alt.Chart(table, width=_WIDTH - 150, height=alt.Step(STEP + 3))
    name = alt.Y("label:N", sort=None, title=None)
    scale = alt.Scale(domain=[0, 1])
    line = base.mark_rule(color=NEUTRAL, strokeWidth=2).encode(
        name, alt.X("low:Q", scale=scale, title="属实比例", axis=alt.Axis(format="%")), alt.X2("high:Q")
    )
    return line + base.mark_point(filled=True, color=FOR, size=55, opacity=1).encode(name, alt.X("share:Q", scale=scale))


def waterfall(steps: pl.DataFrame) -> AnyChart:
    """How the population came from that of 1 January to that of now; ``steps`` has label, low, high, kind and shown.

    The axis begins near the smallest stock: movements of a year are a hundredth of it.
    """
    ends = [float(end) for end in [*steps.filter(pl.col("kind") != "存量")["low"], *steps["high"]]]
    room = max((max(ends) - min(ends)) * 0.25, 1)
    domain = [max(0.0, min(ends) - room), max(ends) + room]
    rows = steps.with_columns(pl.when(kind="存量").then(pl.lit(domain[0])).otherwise("low").alias("low"))
    base = alt.Chart(rows, width=_WIDTH - 150, height=alt.Step(2 * STEP))
    name = alt.Y("label:N", sort=None, title=None)
    bars = base.mark_bar(clip=True).encode(
        name,
        alt.X("low:Q", scale=alt.Scale(domain=domain, zero=False), title="人数", axis=alt.Axis(format=",.0f", tickCount=5)),
        alt.X2("high:Q"),
        alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["存量", "增加", "减少"], range=[LIGHT, FOR, AGAINST]),
            legend=alt.Legend(title=None, orient="top"),
        ),
    )
    return bars + base.mark_text(align="left", dx=4, fontSize=11).encode(name, alt.X("high:Q"), alt.Text("shown:N"))


def tiles(table: pl.DataFrame, places: Mapping[str, tuple[int, int]], unit: str) -> str:
    """A map of tiles as SVG: a county a square in its rough place, darker where the figure is larger.

    Args:
        table: county_code, county_name, value (empty where it is not known) and shown, the value as text.
        places: county → column and row; one that is not there stands in a row of its own below.
        unit: what the figures are, for those who cannot see the picture.

    """
    below = max((row for _, row in places.values()), default=0) + 1
    unplaced = iter(range(1, table.height + 1))
    at = {code: places[code] if code in places else (next(unplaced), below) for code in table["county_code"]}
    first_column, first_row = (min(place[axis] for place in at.values()) for axis in (0, 1))
    parts: list[str] = []
    for row, fill, ink in coloured(table):
        column, line = at[row["county_code"]]
        left, top = (column - first_column) * (_TILE + _GUTTER), (line - first_row) * (_TILE + _GUTTER)
        middle = left + _TILE / 2
        parts.append(
            f'<g><rect x="{left}" y="{top}" width="{_TILE}" height="{_TILE}" rx="6" fill="{fill}" stroke="#8a8a8a"/>'
            f'<text x="{middle}" y="{top + 50}" fill="{ink}" text-anchor="middle" font-size="18">{escape(str(row["county_name"]))}</text>'
            f'<text x="{middle}" y="{top + 78}" fill="{ink}" text-anchor="middle" font-size="20" font-weight="bold">'
            f"{escape(row['shown'])}</text></g>"
        )
    width = (max(column for column, _ in at.values()) - first_column + 1) * (_TILE + _GUTTER)
    height = (max(line for _, line in at.values()) - first_row + 1) * (_TILE + _GUTTER)
    return (
        f'<svg class="map" viewBox="-2 -2 {width} {height}" width="{width}" role="img" aria-label="{escape(unit)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def coloured(table: pl.DataFrame) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Rows of a map with the colour of their area and that of the text on it; white where the value is not known."""
    known = sorted(float(value) for value in table["value"].drop_nulls())
    for row in table.iter_rows(named=True):
        step = _step(row["value"], known)
        area, text = ("#ffffff", "#222222") if step is None else (STEPS[step], ON_STEP[step])
        yield row, area, text


def _step(value: float | None, known: list[float]) -> int | None:
    """Fifth of the known values that a value lies in; None where it is not known."""
    if value is None:
        return None
    if known[0] == known[-1]:
        return 0
    return min(int((value - known[0]) / (known[-1] - known[0]) * len(STEPS)), len(STEPS) - 1)


def bilingual(chart: AnyChart, words: Mapping[str, str], title: str) -> str:
    """A chart as SVG in which every Chinese label stands twice, once for each language; the page shows one of them.

    The chart is laid out for the Chinese labels; on the left it gets the room that longer English ones need. Drawn again it is the same
    text, however many charts were drawn before it.
    """
    longer = [0.0]

    def both(found: re.Match[str]) -> str:
        text = unescape(found[2])
        if text not in words:
            return found[0]
        if 'text-anchor="end"' in found[1]:
            longer.append(len(words[text]) * _LATIN - len(text) * _HAN)
        zh, en = f'{found[1]} class="zh">{found[2]}</text>', f'{found[1]} class="en">{escape(words[text])}</text>'
        return zh + en

    drawn = _TEXT.sub(both, charts.drawn(lambda: chart).result())
    clips = {name: f"clip-{zlib.crc32(title.encode()):x}-{number}" for number, name in enumerate(dict.fromkeys(_CLIP.findall(drawn)))}
    drawn = _CLIP.sub(lambda found: clips[found[0]], drawn)
    more = max(longer)

    def framed(found: re.Match[str]) -> str:
        width = float(found[1]) + more
        return f'width="{width:g}" {found[2]} viewBox="{-more:g} 0 {width:g} {found[3]}"'

    drawn = _FRAME.sub(framed, drawn, count=1)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)
