"""Figures of the page about a night that are about the population: counties, towns, balance, names, timeliness."""

from __future__ import annotations

import csv
from importlib import resources
from typing import Any

import polars as pl

from reconcile.home import Home
from reconcile.report import area, night_map
from reconcile.report import night_words as words
from reconcile.report.night_figure import NOT_YET, TITLES, Asked, Section, picture, signed
from reconcile.report.night_words import Said
from reconcile.statistics.suppress import hidden

_SHARES = ("share", "rise", "target", "beyond_target")


def counties(asked: Asked) -> Section:
    """Open questions of each county for 10,000 registrations, as a map and a table."""
    table = hidden(asked.rows("counties"), "open", totals=[[]], below=asked.settings.statistics.small_number).with_columns(
        pl.when(~pl.col("is_hidden")).then("per_10000").alias("per_10000")
    )
    note = Said(
        "每万户籍人口的待核查问题数；方块为各县大致位置，颜色越深越多。",
        "Open questions for 10,000 registrations; a tile is a county in its rough place, darker is more.",
    )
    if table.is_empty():
        return Section(
            "counties", TITLES["counties"], note, "page/counties", missing=Said("没有派出所名录。", "There is no list of stations.")
        )
    shown = pl.col("per_10000").map_elements(lambda value: f"{value:.1f}", return_dtype=pl.String).fill_null("—")
    tiles = table.select("county_code", "county_name", value="per_10000", shown=shown)
    drawn = _map(tiles, asked.settings.home, f"{note.zh} {note.en}")
    rows: list[list[str | Said]] = [
        [
            row["county_name"],
            f"{row['open']:,}",
            f"{row['registrations']:,}",
            "—" if row["per_10000"] is None else f"{row['per_10000']:.1f}",
        ]
        for row in table.iter_rows(named=True)
    ]
    heads = [Said("县", "county"), Said("待核查", "open"), Said("户籍人口", "registrations"), Said("每万人", "per 10,000")]
    elsewhere = int(asked.rows("types")["open"].sum()) - int(asked.rows("counties")["open"].sum())
    rest = Said(
        f"另有 {elsewhere:,} 个问题尚不知归哪个派出所，不在各县之内。", f"{elsewhere:,} more belong to a station that nobody knows yet."
    )
    return Section(
        "counties", TITLES["counties"], note, "page/counties", picture=drawn, heads=heads, rows=rows, missing=rest if elsewhere else None
    )


def balance(asked: Asked) -> Section:
    """How the registered population came from that of 1 January to that of now."""
    from reconcile.report import night_charts

    table = asked.rows("balance")
    official = {row["part"]: row["persons"] for row in table.filter(kind="official").iter_rows(named=True)}
    since = f"{table['period_from'][0]} – {table['period_to'][0]}" if table.height else ""
    note = Said(
        f"{area.whole(asked.settings.prefecture_name)}，{since}。差额中已由登记或待核查问题说明的部分单独列出。",
        f"The prefecture, {since}. Of the residual, what the register or open questions explain stands apart.",
    )
    if official.get("before") is None or official.get("after") is None:
        reason = Said(
            "年初人口无法确定，不能平衡；空白不是零。",
            "The population on 1 January cannot be told, so nothing is balanced; an empty figure is not zero.",
        )
        return Section("balance", TITLES["balance"], note, "page/balance", missing=reason)
    residual = dict(table.filter(pl.col("kind") != "official").group_by("kind").agg(pl.col("persons").sum()).iter_rows())
    moves = [(part, int(official.get(part) or 0)) for part in ("births", "deaths", "moves_in", "moves_out")]
    moves += [(kind, int(residual.get(kind) or 0)) for kind in ("known", "open", "unexplained")]
    steps = _steps(int(official["before"]), moves, int(official["after"]))
    rows: list[list[str | Said]] = [[words.BALANCE[part], signed(value)] for part, value in moves]
    stocks: list[list[str | Said]] = [[words.BALANCE[part], f"{int(official[part]):,}"] for part in ("before", "after")]
    rows = [stocks[0], *rows, stocks[1]]
    heads = [Said("项目", "item"), Said("人数", "persons")]
    drawn = picture(night_charts.waterfall(steps), TITLES["balance"])
    return Section("balance", TITLES["balance"], note, "page/balance", picture=drawn, heads=heads, rows=rows)


def _steps(before: int, moves: list[tuple[str, int]], after: int) -> pl.DataFrame:
    """Bars of the waterfall: where each begins and ends, the stocks first and last."""
    steps = [("before", 0, before, "存量", f"{before:,}")]
    level = before
    for part, value in moves:
        steps.append((part, min(level, level + value), max(level, level + value), "增加" if value >= 0 else "减少", signed(value)))
        level += value
    steps.append(("after", 0, after, "存量", f"{after:,}"))
    frame = pl.DataFrame(steps, schema=["part", "low", "high", "kind", "shown"], orient="row")
    return frame.with_columns(
        label=pl.col("part").replace_strict({part: said.zh for part, said in words.BALANCE.items()}), low=pl.col("low").cast(pl.Float64)
    )


def long_names(asked: Asked) -> Section:
    """Whether people with long names are asked about more often than others."""
    few = asked.settings.statistics.small_number
    rows: list[list[str | Said]] = [
        [
            Said("五字以上（不计间隔号）", "five characters or more, separators not counted") if row["is_long"] else Said("其他", "others"),
            f"{row['registrations']:,}",
            f"{row['asked_about']:,}" if row["asked_about"] >= few else "—",
            f"{row['per_10000']:.0f}" if row["asked_about"] >= few else "—",
        ]
        for row in asked.rows("long_names").iter_rows(named=True)
    ]
    heads = [Said("姓名", "name"), Said("户籍人口", "registrations"), Said("被核查", "asked about"), Said("每万人", "per 10,000")]
    note = Said("两行应当接近；差距大说明长姓名被误判。", "The two lines should be alike; a gap says that long names are misread.")
    return Section("long_names", TITLES["long_names"], note, "page/long_names", heads=heads, rows=rows)


def urban(asked: Asked) -> Section:
    """Share of registered people in towns, against its target."""
    table = asked.rows("urban")
    note = Said(
        "户籍城镇人口占户籍人口的百分比，与年度目标对照；方块中为比例，颜色越深比例越高（各县都有目标时，为比目标高出越多）。",
        "Registered people in towns, percent. The darker a tile, the higher the share; beyond the target, where every county has one.",
    )
    known = table.filter(pl.col("share").is_not_null() & (pl.col("county_code") != "all"))
    rows: list[list[str | Said]] = [
        [
            Said(area.whole(asked.settings.prefecture_name), "prefecture") if row["county_code"] == "all" else row["county_name"],
            *(_points(row[name]) for name in _SHARES),
        ]
        for row in table.iter_rows(named=True)
    ]
    heads = [
        Said("县", "county"),
        Said("比例 %", "share %"),
        Said("比上年末（百分点）", "rise, points"),
        Said("目标 %", "target %"),
        Said("与目标之差（百分点）", "beyond target, points"),
    ]
    reasons = sorted({reason for name in ("missing", "missing_target") for reason in table[name].drop_nulls()})
    without = (
        Said(
            "—：" + "、".join(words.REASONS[reason].zh for reason in reasons),
            "—: " + "; ".join(words.REASONS[reason].en for reason in reasons),
        )
        if reasons
        else None
    )
    drawn = ""
    if known.height:
        value = pl.coalesce("beyond_target", "share") if known["beyond_target"].null_count() == 0 else pl.col("share")
        shown = pl.col("share").map_elements(lambda share: f"{share:.2f}%", return_dtype=pl.String)
        tiles = known.select("county_code", "county_name", value=value, shown=shown)
        drawn = _map(tiles, asked.settings.home, f"{note.zh} {note.en}")
    return Section(
        "urban",
        TITLES["urban"],
        note,
        "page/urban",
        picture=drawn,
        heads=heads,
        rows=rows if known.height else [],
        missing=without or (None if known.height else NOT_YET),
    )


def _points(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def timeliness(asked: Asked) -> Section:
    """Share of births, deaths and moves that were registered in time, and after how many days half of them were."""
    table = asked.rows("timeliness")
    note = Said(
        "按登记月份：按时登记的比例（中位天数）；事件太少的月份不显示。",
        "By month of registration: share in time (median days); months with few events are not shown.",
    )
    if table.is_empty():
        missing = Said("近半年没有登记出生、死亡或迁移。", "No birth, death or move was registered in half a year.")
        return Section("timeliness", TITLES["timeliness"], note, "page/timeliness", missing=missing)
    shown = hidden(table, "registered", totals=[], below=asked.settings.statistics.small_number)
    cells = {(row["month"], row["event"]): _in_time(row) for row in shown.iter_rows(named=True)}
    months = dict.fromkeys(table["month"])
    rows: list[list[str | Said]] = [[f"{month:%Y-%m}", *(cells.get((month, event), "—") for event in words.EVENTS)] for month in months]
    heads = [Said("月份", "month"), *words.EVENTS.values()]
    return Section("timeliness", TITLES["timeliness"], note, "page/timeliness", heads=heads, rows=rows)


def _in_time(row: dict[str, Any]) -> str:
    if row["is_hidden"] or row["share_in_time"] is None:
        return "—"
    return f"{row['share_in_time']:.0%} ({row['median_days']:.0f})"


def _map(table: pl.DataFrame, home: Home, unit: str) -> str:
    from reconcile.report import night_charts

    outlines = night_map.shapes(home, table["county_code"])
    return night_map.drawn(table, outlines, unit) if outlines else night_charts.tiles(table, places(home), unit)


def places(home: Home) -> dict[str, tuple[int, int]]:
    """County → column and row of its tile: ``<home>/county_tiles.csv`` where the operator has one, else the program's."""
    own = home.county_tiles
    text = (
        own.read_text(encoding="utf-8-sig")
        if own.is_file()
        else resources.files(__package__ or "").joinpath("tiles.csv").read_text("utf-8")
    )
    return {row["county_code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(text.splitlines())}
