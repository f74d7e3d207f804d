"""Figures of the page about a night that are about questions: sources, changes, types, trend, age, answers."""

from __future__ import annotations

import polars as pl

from reconcile.report import night_words as words
from reconcile.report.night_figure import FEW, TITLES, Asked, Section, picture, signed
from reconcile.report.night_words import Said

STALE = 35
"""Days after which a source is called old here; what a night does about it says ``reconcile doctor``."""
_Z = 1.96


def well(asked: Asked) -> Section:
    """Whether the sources are fresh, a brake was overruled, and what waits."""
    sources = asked.rows("sources")
    overruled = int(asked.rows("decided")["overruled"].item())
    old = sources.filter(pl.col("days") > STALE)
    waiting = int(asked.rows("types")["waiting"].sum())
    names = words.extracts()
    states = [
        (
            "bad",
            Said(f"{old.height} 个数据源超过 {STALE} 天没有新数据", f"{old.height} sources have delivered nothing for over {STALE} days"),
        )
        if old.height
        else ("good", Said("各数据源均有近期数据", "all sources have delivered lately")),
        ("bad", Said(f"刹车被人工放行 {overruled} 次", f"a person overruled a brake, {overruled} times"))
        if overruled
        else ("good", Said("没有触发或放行刹车", "no brake stopped the night")),
        ("good", Said(f"{waiting:,} 个问题等待列入清单", f"{waiting:,} questions wait for room on a list")),
    ]
    rows: list[list[str | Said]] = [
        [
            names.get(row["extract"], Said(row["extract"], row["extract"])),
            f"{row['newest'] or '—'}",
            f"{row['days'] if row['days'] is not None else '—'}",
            f"{row['rows']:,}",
            f"{row['rejected']:,}",
        ]
        for row in sources.iter_rows(named=True)
    ]
    heads = [
        Said("数据", "extract"),
        Said("最近一次", "newest"),
        Said("天数", "days"),
        Said("行数", "rows"),
        Said("未能使用", "not usable"),
    ]
    note = Said("数据是否新鲜，夜间运行是否被放行，还有什么在等待。", "Are the sources fresh, was a brake overruled, what waits?")
    return Section("well", TITLES["well"], note, "page/sources", states, heads=heads, rows=rows)


def changes(asked: Asked) -> Section:
    """How findings changed since the night before, and in a month."""
    found = {row["change"]: row for row in asked.rows("changes").iter_rows(named=True)}
    rows: list[list[str | Said]] = [
        [said, f"{found[change]['tonight'] if change in found else 0:,}", f"{found[change]['month'] if change in found else 0:,}"]
        for change, said in words.CHANGES.items()
    ]
    heads = [Said("变化", "change"), Said("与上一夜相比", "since the night before"), Said("近 30 天", "in 30 days")]
    note = Said("每一次变化各算一次。", "Every change counts once.")
    return Section("changes", TITLES["changes"], note, "page/changes", heads=heads, rows=rows)


def types(asked: Asked) -> Section:
    """Open, new, overdue and answered questions of each type."""
    names = words.types()
    rows: list[list[str | Said]] = [
        [
            names.get(row["finding_type"], Said(row["finding_type"], row["finding_type"])),
            f"{row['open']:,}",
            "—" if row["before"] is None else signed(row["open"] - row["before"]),
            *(f"{row[name]:,}" for name in ("new", "overdue", "answered")),
        ]
        for row in asked.rows("types").iter_rows(named=True)
    ]
    heads = [
        Said("类型", "type"),
        Said("待核查", "open"),
        Said("增减", "change"),
        Said("新增", "new"),
        Said("逾期", "overdue"),
        Said("已答复", "answered"),
    ]
    missing = None if rows else Said("没有发现问题。", "Nothing was found.")
    note = Said(
        "待核查：列入清单、等待答复的问题；新增还包括只供分析的线索。",
        "Open: what stations and agencies are asked. New ones include leads that only analysts see.",
    )
    return Section("types", TITLES["types"], note, "page/types", heads=heads, rows=rows, missing=missing)


def trend(asked: Asked) -> Section:
    """Open and overdue questions of the last ninety nights."""
    from reconcile.report import night_charts

    nights = asked.rows("trend").group_by("as_of").agg(pl.col("open", "overdue").sum()).sort("as_of")
    note = Said("全部类型合计，近 90 天。", "All types together, the last ninety days.")
    if nights.height < 2:  # noqa: PLR2004 - a line has two ends
        return Section(
            "trend",
            TITLES["trend"],
            note,
            "page/trend",
            missing=Said("只有一夜，还没有走势。", "There is one night only, so no trend yet."),
        )
    return Section("trend", TITLES["trend"], note, "page/trend", picture=picture(night_charts.trend(nights), TITLES["trend"]))


def ageing(asked: Asked) -> Section:
    """Open questions by how long they are open."""
    from reconcile.report import night_charts

    table = asked.rows("ageing")
    note = Said("自首次发现之日起。", "Since the night that first saw them.")
    if table.is_empty():
        return Section("ageing", TITLES["ageing"], note, "page/ageing", missing=Said("没有待核查的问题。", "No question is open."))
    found = dict(table.iter_rows())
    shown = pl.DataFrame({"band": [said.zh for said in words.BANDS.values()], "findings": [found.get(band, 0) for band in words.BANDS]})
    return Section("ageing", TITLES["ageing"], note, "page/ageing", picture=picture(night_charts.ageing(shown), TITLES["ageing"]))


def wilson(right: pl.Expr, total: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Ends of the 95 % interval of a share (Wilson 1927), which stays within 0 and 1 and is honest for few answers."""
    share = right / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z / (1 + _Z**2 / total) * (share * (1 - share) / total + _Z**2 / (4 * total**2)).sqrt()
    return middle - half, middle + half


def confirmed(asked: Asked) -> Section:
    """Share of the answered questions that were right, by type."""
    from reconcile.report import night_charts

    total = pl.col("confirmed") + pl.col("refuted")
    low, high = wilson(pl.col("confirmed"), total)
    names = {name: said.zh for name, said in words.types().items()}
    table = asked.rows("confirmed").filter(total >= FEW)
    note = Said(
        f"派出所已核实的问题中属实的比例及 95% 区间；少于 {FEW} 个答复的类型不显示。",
        f"Of the answered questions, with the 95 % interval; a type with fewer than {FEW} answers is not shown.",
    )
    if table.is_empty():
        return Section(
            "confirmed", TITLES["confirmed"], note, "page/confirmed", missing=Said("答复还太少。", "There are too few answers yet.")
        )
    shown = table.select(label=pl.col("finding_type").replace(names), share=pl.col("confirmed") / total, low=low, high=high, answers=total)
    drawn = picture(night_charts.confirmed(shown), TITLES["confirmed"])
    return Section("confirmed", TITLES["confirmed"], note, "page/confirmed", picture=drawn)
