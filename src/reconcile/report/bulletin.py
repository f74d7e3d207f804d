"""The bulletin of a month or quarter (信息简报), county by county and of all together: a workbook with charts and a page of text, Chinese.

Counts only, and of every sum in it, that of a county's types too, none or at least two members are withheld.
"""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from reconcile.home import make_directory
from reconcile.report import area, bulletin_book, night_words, private
from reconcile.report.bulletin_words import MEASURES, WITHHELD, County
from reconcile.settings import Settings
from reconcile.statistics.members import members, whole
from reconcile.statistics.suppress import withheld
from reconcile.store import Reader

_FORM = {2: "people", 3: "urban", 11: "births", 14: "deaths", 17: "moves_in", 18: "moves_in", 19: "moves_out", 20: "moves_out"}
"""Column of 公业57 → figure."""
_ALL = "all"
"""County code of all counties together, as in ``stats``."""
_NAMED = {"cells": "figure", "types": "finding_type"}
"""Table → column that says what its rows count."""
_QUESTIONS = ("open", "overdue", "new", "resolved")
_MOST = 3
"""Types that the text names."""


def write(reader: Reader, settings: Settings, since: dt.date) -> tuple[Path, Path]:
    """Write the workbook and the page of text of the last night, and return where they are.

    Args:
        reader: the publication.
        settings: of its night.
        since: first day of the period; changes and answers are counted from it.

    """
    counties = read(reader, settings, since)
    make_directory(settings.home.reports)
    book, page = (settings.home.bulletin(settings.as_of, ending) for ending in ("xlsx", "html"))
    private.write_bytes(book, bulletin_book.workbook(counties, since, settings.as_of))
    private.write_text(page, text(counties, since, settings.as_of))
    return book, page


def read(reader: Reader, settings: Settings, since: dt.date) -> list[County]:
    """Figures of every county and, as the last, of all together; small numbers withheld."""
    form = reader.file("bulletin/people")
    types = reader.file("bulletin/types", as_of=settings.as_of, since=since)
    answers = reader.file("bulletin/answers", since=since)
    towns = {row["county_code"]: (row["share"], row["target"]) for row in reader.file("page/urban").iter_rows(named=True)}
    tables = {
        "cells": _with_all(_cells(form, types, answers), _NAMED["cells"]),
        "types": _with_all(types.select("county_code", "finding_type", value="open"), _NAMED["types"]),
    }
    shown, _ = withheld(tables, _sums(tables), settings.statistics.small_number)
    names = dict(form.select("county_code", "county_name").unique(maintain_order=True).iter_rows())
    names |= {_ALL: settings.prefecture_name or area.whole(None)}
    cells, of_types = (shown[table] for table in tables)
    return [
        _county(name, cells.filter(county_code=code), of_types.filter(county_code=code), towns.get(code, (None, None)))
        for code, name in names.items()
    ]


def _with_all(table: pl.DataFrame, what: str) -> pl.DataFrame:
    """Rows with those of all counties together, which are unknown where that of one is; numbered in a fixed order.

    Of two equal counts the first is withheld: another order another time would tell both.
    """
    known = pl.col("value").null_count() == 0
    total = table.group_by(what, maintain_order=True).agg(
        pl.lit(_ALL).alias("county_code"),
        pl.when(known).then(pl.col("value").sum()).alias("value"),
        *([pl.col("missing").drop_nulls().first()] if "missing" in table.columns else []),
    )
    rows = pl.concat([table, total], how="diagonal").sort(what, "county_code").with_columns(pl.col("value").cast(pl.Int64))
    return rows.with_row_index("_row").with_columns(pl.col("_row").cast(pl.Int64))


def _sums(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """What adds up: the counties to all of them, in each figure and each type, and the types of a place to its open questions."""
    is_all = whole(is_whole=pl.col("county_code") == _ALL)
    opened = tables["cells"].filter(figure="open")
    return pl.concat(
        [
            *(members(frame, name, "value", _NAMED[name], name=name, factor=is_all) for name, frame in tables.items()),
            members(opened, "cells", "value", "county_code", name="open", factor=-1),
            members(tables["types"], "types", "value", "county_code", name="open"),
        ]
    )


def _cells(form: pl.DataFrame, types: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """One row a county and figure: value, and why there is none."""
    people = form.with_columns(figure=pl.col("column_no").replace_strict(_FORM)).group_by("county_code", "figure", maintain_order=True)
    summed = people.agg(
        value=pl.when(pl.col("persons").null_count() == 0).then(pl.col("persons").sum()), missing=pl.col("missing").drop_nulls().first()
    )
    questions = types.group_by("county_code").agg(pl.col(_QUESTIONS).sum()).unpivot(_QUESTIONS, index="county_code", variable_name="figure")
    answered = answers.unpivot(["answered", "confirmed", "refuted"], index="county_code", variable_name="figure")
    return pl.concat([summed, questions, answered], how="diagonal_relaxed")


def _county(name: str, cells: pl.DataFrame, types: pl.DataFrame, share: tuple[float | None, float | None]) -> County:
    rows = {row["figure"]: row for row in cells.iter_rows(named=True)}
    is_told = {rows[figure]["value"] is not None for figure in ("people", "urban") if figure in rows} == {True}
    chinese = {name: said.zh for name, said in night_words.types().items()}
    listed = types.filter(pl.col("value") > 0).sort(["value", "finding_type"], descending=[True, False])
    return County(
        name,
        {figure: _text(rows.get(figure)) for figure in MEASURES},
        # What has no row at all did not happen: a number, so that a chart and a sum have it.
        {figure: rows.get(figure, {"value": 0})["value"] for figure in MEASURES if figure not in rows or rows[figure]["value"] is not None},
        share if is_told else (None, share[1]),  # a share of the people would tell how many
        {chinese.get(str(row["finding_type"]), str(row["finding_type"])): row["value"] for row in listed.iter_rows(named=True)},
    )


def _text(row: dict[str, Any] | None) -> str:
    if row is None:
        return "0"
    if row["missing"] == "small_number":
        return WITHHELD
    if row["value"] is None:
        return f"（暂缺：{night_words.REASONS[row['missing']].zh}）"
    return f"{row['value']:,}"


def text(counties: list[County], since: dt.date, until: dt.date) -> str:
    """The page of text: a section for all together and one a county, each on a sheet of its own when it is printed."""
    style = (
        'body { font: 16px/1.9 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; color: #222222; '
        "max-width: 760px; margin: 24px auto; padding: 0 16px; } h1 { font-size: 22px; text-align: center; } h2 { font-size: 17px; } "
        "@page { size: A4; margin: 22mm; } @media print { section + section { break-before: page; } }"
    )
    title = f"人口信息简报 {since} 至 {until}"
    sections = "\n".join(_section(county, since, until) for county in (counties[-1], *counties[:-1]))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head>\n<body>\n<main>\n{sections}\n</main>\n</body></html>\n"
    )


def _section(county: County, since: dt.date, until: dt.date) -> str:
    said = county.figures
    share, target = county.share
    towns = "（暂缺）" if share is None else f"{share:.2f}%" + ("" if target is None else f"，年度目标{target:.2f}%")
    most = "、".join(f"{name}（{number:,}）" for name, number in list(county.types.items())[:_MOST])
    paragraphs = [
        (
            "一、基本情况",
            (
                f"户籍人口{said['people']}人，其中城镇{said['urban']}人，户籍人口城镇化率{towns}。"
                f"本年登记出生{said['births']}人，死亡{said['deaths']}人，迁入{said['moves_in']}人，迁出{said['moves_out']}人。"
            ),
        ),
        (
            "二、核查情况",
            (
                f"目前待核查问题{said['open']}个，其中逾期{said['overdue']}个；本期新发现{said['new']}个，不再发现{said['resolved']}个。"
                f"本期收到答复{said['answered']}个，其中属实{said['confirmed']}个，不属实{said['refuted']}个。"
            ),
        ),
        ("三、突出问题", f"待核查较多的是：{most}。" if most else "没有可以公布的突出问题。"),
        ("四、说明", "问题由系统比对提出，由人核实，不等于差错；过少的数量不公布；尚不知归哪个派出所的问题不计入。"),
    ]
    body = "".join(f"<h2>{head}</h2><p>{escape(sentence)}</p>" for head, sentence in paragraphs)
    return f"<section><h1>{escape(county.name)}人口信息简报</h1><p>{since} 至 {until}</p>{body}</section>"
