"""The charts of the linkage page, from counts and weights: no function here ever sees a value of a person."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

import altair as alt
import polars as pl
import vl_convert

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart | alt.HConcatChart

FOR, AGAINST, NEUTRAL, LIGHT = "#2f6f9f", "#b5533c", "#8a8a8a", "#c9d8e4"
WIDTH = 250
"""Width of a chart in pixels; two stand beside each other."""
SMALL, TINY = 205, 105
"""The same where three or five stand beside each other."""
STEP = 13
"""Height of a bar in pixels."""
_ROOM = {"left": 50, "top": 5, "right": 30, "bottom": 5}
"""Around a chart: its labels are measured in one font and shown in whatever the reader has, which may be a fourth wider."""
_LOOK: dict[str, object] = {
    "padding": _ROOM,
    "view": {"stroke": None, "continuousWidth": 300, "continuousHeight": 300},
    "axis": {"grid": False, "labelFontSize": 11, "titleFontSize": 11, "labelLimit": 260},
    "title": {"fontSize": 12, "anchor": "start"},
}
_APART = 45
"""Between charts, for the same reason."""
MOST_DRIFT = 10
"""Fields shown that moved most."""
_SEEN = 0.001
STEADY, DRIFTED = 0.1, 0.25
"""Population stability index below which a field is as it was, and above which it is another one (the usual reading of the index)."""


def drawn(chart: Callable[[], AnyChart]) -> Future[str]:
    """A chart as SVG text: a picture without script, which nothing has to be loaded for. It is made and drawn while the caller goes on."""
    return _drawing().submit(lambda: svg(chart()))


def svg(chart: AnyChart) -> str:
    """Draw a chart.

    Altair's own way (``save``) copies the data of a chart for each line of its look, and checks it against a schema each time.
    """
    return vl_convert.vegalite_to_svg(chart.to_dict(validate=False) | {"config": _LOOK})


@cache
def _drawing() -> ThreadPoolExecutor:
    """One thread: what draws is one, and leaves Python alone meanwhile."""
    return ThreadPoolExecutor(1, "drawing")


def scores(table: pl.DataFrame, floors: dict[str, float]) -> AnyChart:
    """Histogram of match weights per job; ``table`` is ``stats.score``, ``floors`` the least probability of a listed pair per job."""
    return _side_by_side([_score(job, part, floors[job]) for job, part in _by_job(table) if job in floors], columns=3)


def _score(job: str, table: pl.DataFrame, floor: float) -> AnyChart:
    rows = pl.concat(
        [
            table.select("bits_from", pl.lit("listed as one person").alias("pairs are"), pairs="matches"),
            table.select("bits_from", pl.lit("all others").alias("pairs are"), pairs=pl.col("pairs") - pl.col("matches")),
        ]
    ).with_columns(bits_to=pl.col("bits_from") + 1, none=pl.lit(0))
    bars = (
        alt.Chart(rows.filter(pl.col("pairs") > 0), width=SMALL, height=110, title=job)
        .mark_bar(opacity=0.75)
        .encode(
            alt.X("bits_from:Q", title="bits (match weight)"),
            alt.X2("bits_to:Q"),
            alt.Y2("none:Q"),
            alt.Y("pairs:Q", stack=None, scale=alt.Scale(type="symlog"), title="pairs", axis=alt.Axis(tickCount=4, format="~s")),
            alt.Color(
                "pairs are:N",
                scale=alt.Scale(domain=["all others", "listed as one person"], range=[AGAINST, FOR]),
                legend=alt.Legend(orient="top", title=None),
            ),
        )
    )
    line = alt.Chart(pl.DataFrame({"bits": [math.log2(floor / (1 - floor))]})).mark_rule(strokeDash=[4, 3]).encode(alt.X("bits:Q"))
    return bars + line


def weights(model: pl.DataFrame) -> AnyChart:
    """Weight of every level of one job, and its share among one person and any two; ``model`` is its part of ``link.model``, no prior."""
    rows = model.drop("share", strict=False).with_columns(
        order=pl.int_range(pl.len()),
        label=pl.col("level").str.replace_all("_", " ").str.replace(":", ", "),
        speaks=pl.when(pl.col("weight") >= 0).then(pl.lit("for")).otherwise(pl.lit("against")),
    )
    height = alt.Step(STEP)
    fields = model["field"].unique(maintain_order=True).to_list()
    bars = (
        alt.Chart(rows, width=WIDTH, height=height)
        .mark_bar()
        .encode(
            alt.Y("label:N", sort=alt.SortField("order"), title=None),
            alt.X("weight:Q", title="weight in bits"),
            alt.Color("speaks:N", scale=alt.Scale(domain=["for", "against"], range=[FOR, AGAINST]), legend=None),
        )
        .facet(row=alt.Row("field:N", title=None, sort=fields, header=_heading()), spacing=6)
        .resolve_scale(y="independent")
    )
    shares = rows.unpivot(
        ["person", "strangers"], index=["field", "label", "order"], variable_name="share of", value_name="share"
    ).with_columns(pl.col("share of").replace({"person": "one person (m)", "strangers": "any two (u)"}), pl.col("share").clip(1e-9, 1))
    dots = (
        alt.Chart(shares, width=WIDTH, height=height)
        .mark_point(filled=True, size=38, opacity=0.9)
        .encode(
            alt.Y("label:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labels=False, ticks=False)),
            alt.X(
                "share:Q",
                scale=alt.Scale(type="log", domain=[1e-9, 1]),
                title="share of the level among pairs of",
                axis=alt.Axis(format="~e", tickCount=5),
            ),
            alt.Color("share of:N", scale=alt.Scale(range=[FOR, AGAINST]), legend=alt.Legend(orient="bottom", title=None)),
        )
        .facet(row=alt.Row("field:N", title=None, sort=fields, header=_heading()), spacing=6)
        .resolve_scale(y="independent")
    )
    return alt.hconcat(bars, dots).resolve_scale(color="independent")


def calibration(table: pl.DataFrame) -> AnyChart:
    """Observed against expected share of pairs an explanation is true of, a curve each; ``table`` is ``stats.calibration``."""
    diagonal = (
        alt.Chart(pl.DataFrame({"x": [0, 1], "y": [0, 1]})).mark_line(color=NEUTRAL, strokeDash=[4, 3]).encode(alt.X("x:Q"), alt.Y("y:Q"))
    )

    ticks = alt.Axis(values=[0, 0.5, 1])

    def one(job: str, part: pl.DataFrame) -> AnyChart:
        dots = (
            alt.Chart(part, width=TINY, height=TINY, title=job)
            .mark_circle(opacity=0.8)
            .encode(
                alt.Color("explanation:N", sort=None, title=None),
                alt.X("expected:Q", title="probability said", scale=alt.Scale(domain=[0, 1]), axis=ticks),
                alt.Y("observed:Q", title="share true", scale=alt.Scale(domain=[0, 1]), axis=ticks),
                alt.Size("pairs:Q", scale=alt.Scale(type="log", range=[25, 300]), legend=None),
            )
        )
        return diagonal + dots

    return _side_by_side([one(job, part) for job, part in _by_job(table)], columns=5)


def drift(table: pl.DataFrame) -> AnyChart:
    """Population stability index of the fields that moved most; ``table`` is ``stats.drift``."""
    rows = table.select(pl.concat_str("job", "field", separator=", ").alias("field"), "psi").unique(maintain_order=True).drop_nulls()
    most = rows.sort("psi", descending=True, maintain_order=True).head(MOST_DRIFT)
    bars = (
        alt.Chart(most, width=2 * WIDTH, height=alt.Step(STEP))
        .mark_bar(color=FOR)
        .encode(alt.Y("field:N", title=None, sort=None), alt.X("psi:Q", title="stability index"))
    )
    return bars + alt.Chart(pl.DataFrame({"psi": [STEADY, DRIFTED]})).mark_rule(strokeDash=[4, 3], color=AGAINST).encode(alt.X("psi:Q"))


def has_drifted(table: pl.DataFrame) -> bool:
    """Whether any field has moved so far that its bar could be seen."""
    return table.filter(pl.col("psi") >= _SEEN).height > 0


def blocking(table: pl.DataFrame) -> AnyChart:
    """Matches each pass finds, and those it alone finds; ``table`` is ``stats.blocking``."""

    def one(job: str, part: pl.DataFrame) -> AnyChart:
        name = alt.Y("pass:N", title=None, sort=None)
        base = alt.Chart(part, width=WIDTH, height=alt.Step(STEP), title=job)
        found = base.mark_bar(color=LIGHT).encode(
            name, alt.X("matches:Q", title="matches found; dark: by no other pass", axis=alt.Axis(tickCount=5))
        )
        alone = base.mark_bar(color=FOR).encode(name, alt.X("matches_alone:Q"))
        number = base.transform_filter("datum.matches_alone > 0").mark_text(align="left", dx=3, fontSize=10, color=FOR)
        return found + alone + number.encode(name, alt.X("matches_alone:Q"), alt.Text("matches_alone:Q", format=","))

    return _side_by_side([one(job, part) for job, part in _by_job(table.filter(pl.col("pass") != "all"))])


def waterfall(steps: pl.DataFrame, title: str) -> AnyChart:
    """How the weights of one pattern add up; ``steps`` has field, level and weight, the prior first."""
    rows = steps.with_columns(
        end=pl.col("weight").cum_sum(),
        label=pl.concat_str(pl.col("field"), pl.col("level").replace({"": None}), separator=": ", ignore_nulls=True).str.replace_all(
            "_", " "
        ),
        speaks=pl.when(pl.col("weight") >= 0).then(pl.lit("for")).otherwise(pl.lit("against")),
    ).with_columns(start=pl.col("end") - pl.col("weight"), shown=_tenths("weight"))
    sums = pl.DataFrame({"label": ["sum"], "start": [0.0], "end": [float(rows["end"][-1])], "speaks": ["sum"]})
    sums = sums.with_columns(shown=_tenths("end"))
    rows = pl.concat([rows.select(sums.columns), sums]).with_columns(high=pl.max_horizontal("start", "end"))
    name = alt.Y("label:N", title=None, sort=None)
    color = alt.Color("speaks:N", scale=alt.Scale(domain=["for", "against", "sum"], range=[FOR, AGAINST, NEUTRAL]), legend=None)
    base = alt.Chart(rows, width=WIDTH - 30, height=alt.Step(STEP + 2), title=title)
    bars = base.mark_bar().encode(name, alt.X("start:Q", title="bits"), alt.X2("end:Q"), color)
    zero = alt.Chart(pl.DataFrame({"start": [0]})).mark_rule(color=NEUTRAL).encode(alt.X("start:Q"))
    return zero + bars + base.mark_text(align="left", dx=4, fontSize=10).encode(name, alt.X("high:Q"), alt.Text("shown:N"))


def waterfalls(patterns: list[tuple[str, pl.DataFrame]]) -> AnyChart:
    """Several of them; each with its title."""
    return _side_by_side([waterfall(steps, title) for title, steps in patterns])


def _tenths(column: str) -> pl.Expr:
    """A figure with one decimal, and no minus before zero."""
    return (pl.col(column).round(1) + 0.0).cast(pl.String)


def _by_job(table: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    return [(str(job), part) for (job,), part in table.partition_by("job", as_dict=True, maintain_order=True).items()]


def _side_by_side(charts: list[AnyChart], columns: int = 2) -> AnyChart:
    return alt.concat(*charts, columns=columns, spacing={"row": 20, "column": _APART}).resolve_scale(
        color="independent", size="independent"
    )


def _heading() -> alt.Header:
    return alt.Header(labelAngle=0, labelAlign="left", labelOrient="top", labelFontWeight="bold", labelPadding=1)
