"""A page for the office that delivered: what of its files could not be used, why, in which lines, and what has become better.

The page names no person and may be sent on; the CSV beside it holds the rows as delivered and is for the owner of the data alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from reconcile import cells
from reconcile.asked import Readable
from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.figures import Counts
from reconcile.home import Home
from reconcile.query import sql
from reconcile.report.delivery_words import LOST, REASONS
from reconcile.standardise import unread
from reconcile.standardise.unread import UnreadColumn

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_LINES = 12
"""Lines that are named for one reason in one file; the CSV has them all."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one extract brought on one day.

    Attributes:
        extract: its class.
        delivered_on: the day, as text.
        files: a row per file: ``load_id``, ``file``, ``rows``, ``encoding``, columns not kept.
        rejects: a row per row or value that could not be used.
        unread: columns of codes that could not be read.
        before: figures of the delivery before: ``as_of``, ``name``, ``subject``, ``value``.

    """

    extract: type[Extract]
    delivered_on: str
    files: pl.DataFrame
    rejects: pl.DataFrame
    unread: list[UnreadColumn]
    before: pl.DataFrame

    @property
    def rows(self) -> int:
        """Rows delivered."""
        return int(self.files["rows"].sum())

    @property
    def lost_rows(self) -> int:
        """Rows that are not used."""
        return self.rejects.filter(severity="row").select("load_id", "line").n_unique()

    def reasons(self) -> pl.DataFrame:
        """Rejects by column, rule and severity, most first, each with the count of the delivery before."""
        counted = self.rejects.group_by("column_name", "rule", "severity").len("cells")
        earlier = self.before.filter(name="delivery_rejects").select("subject", earlier=pl.col("value").cast(pl.Int64))
        subject = pl.concat_str(pl.lit(self.extract.name), pl.col("column_name").fill_null("-"), "rule", "severity", separator=" ")
        joined = counted.with_columns(subject=subject).join(earlier, on="subject", how="left")
        return joined.sort("severity", "cells", "column_name", "rule", descending=[False, True, False, False], nulls_last=True)

    def counts(self) -> Counts:
        """Figures that the next delivery is held against."""
        counts: Counts = {("delivery_rows", self.extract.name): self.rows, ("delivery_lost_rows", self.extract.name): self.lost_rows}
        for subject, count in self.reasons().select("subject", "cells").iter_rows():
            counts["delivery_rejects", str(subject)] = count
        return counts


def texts(asked: Readable, home: Home, run_id: str, *, only_missing: bool = False) -> dict[Path, Callable[[], str | None]]:
    """Where page and list of every delivery of a night will stand, and what gives their texts; no list without rejects."""
    found: dict[Path, Callable[[], str | None]] = {}
    for extract, delivered_on, files in _delivered(asked, run_id):
        page, listed = (home.delivery_report(extract, delivered_on, ending) for ending in ("html", "csv"))
        if not (only_missing and page.exists()):
            read = cache(partial(_read, asked, run_id, extract, delivered_on, files))
            found[listed] = partial(_text, read, _list)
            found[page] = partial(_text, read, partial(render, listed=listed.name))
    return found


def _text(read: Callable[[], Delivery], made: Callable[[Delivery], str | None]) -> str | None:
    return made(read())


def figures(asked: Readable, run_id: str) -> Counts:
    """What the next deliveries are held against."""
    counts: Counts = {}
    for named in _delivered(asked, run_id):
        counts |= _read(asked, run_id, *named).counts()
    return counts


def _delivered(asked: Readable, run_id: str) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Extract, day and files of each delivery of a night."""
    loads = asked.frame(sql("report/delivery_loads"), run_id=run_id)
    for (extract, delivered_on), files in loads.group_by("extract", "delivered_on", maintain_order=True):
        yield str(extract), str(delivered_on), files


def _read(asked: Readable, run_id: str, extract: str, delivered_on: str, files: pl.DataFrame) -> Delivery:
    table = EXTRACTS[extract]
    rejects = asked.frame(sql("report/delivery_rejects"), load_ids=files["load_id"].to_list())
    before = asked.frame(sql("report/delivery_before"), extract=table.name, run_id=run_id)
    return Delivery(table, delivered_on, files, rejects, list(_unread(asked, table, files, rejects)), before)


def _unread(asked: Readable, extract: type[Extract], files: pl.DataFrame, rejects: pl.DataFrame) -> Iterator[UnreadColumn]:
    names = dict(files.select("load_id", "file").iter_rows())
    coded = rejects.filter(rule="code_unknown").select("load_id", "column_name").unique().sort("load_id", "column_name")
    for load_id, column in coded.iter_rows():
        yield unread.of_load(asked, load_id, names[load_id], extract, column)


def _list(delivery: Delivery) -> str | None:
    """Every reject with its row as delivered, safe to open in a spreadsheet program; None without any."""
    if delivery.rejects.is_empty():
        return None
    row = cells.guarded(cells.defused(cells.cleaned(pl.col("raw_row").fill_null(""))), "tab")
    shown = delivery.rejects.select(
        pl.col("file").alias("文件"),
        pl.col("line").alias("行号"),
        _heading().alias("项目"),
        _worded(0).alias("问题"),
        pl.col("severity").replace_strict(LOST, default="").alias("影响"),
        _worded(1).alias("建议"),
        row.alias("原始内容"),
    )
    return "\ufeff" + shown.write_csv(line_terminator="\r\n", quote_style="always")


def _heading() -> pl.Expr:
    chinese = {name: column.chinese for name, column in COLUMNS.items()}
    return pl.col("column_name").replace_strict(chinese, default="整行", return_dtype=pl.String).fill_null("整行")


def _worded(part: int) -> pl.Expr:
    words = {rule: reason[part] for rule, reason in REASONS.items()}
    return pl.col("rule").replace_strict(words, default=pl.col("rule"), return_dtype=pl.String)


def render(delivery: Delivery, listed: str) -> str:
    """HTML of the page; ``listed`` is the name of the file with the rows."""
    reasons = delivery.reasons().with_columns(heading=_heading(), words=_worded(0), advice=_worded(1))
    return _template().render(
        title=f"{delivery.extract.chinese}数据接收情况",
        extract=delivery.extract.name,
        delivered_on=delivery.delivered_on,
        rows=delivery.rows,
        lost=delivery.lost_rows,
        values=delivery.rejects.filter(severity="value").height,
        before=_before(delivery),
        files=[_file(delivery, row) for row in delivery.files.iter_rows(named=True)],
        reasons=[row | {"lost": LOST[row["severity"]], "lines": _lines(delivery, row)} for row in reasons.iter_rows(named=True)],
        gone=_gone(delivery),
        unread=[(one.file, one.heading, one.unread, one.filled, one.share, one.examples) for one in delivery.unread],
        listed=listed if delivery.rejects.height else "",
    )


@cache
def _template() -> Template:
    from jinja2 import Environment

    source = resources.files(__package__ or "").joinpath("delivery.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _file(delivery: Delivery, row: dict[str, object]) -> dict[str, object]:
    own = delivery.rejects.filter(load_id=row["load_id"])
    return row | {"lost": own.filter(severity="row")["line"].n_unique(), "values": own.filter(severity="value").height}


def _before(delivery: Delivery) -> dict[str, object] | None:
    """Day of the delivery before and the share of its cells and rows that could not be used, beside today's."""
    figures = delivery.before.filter(name="delivery_rows")
    if figures.is_empty() or not delivery.rows or not figures["value"][0]:
        return None
    earlier = float(delivery.before.filter(name="delivery_rejects")["value"].sum()) / float(figures["value"][0])
    return {"as_of": figures["as_of"][0], "share": earlier, "now": delivery.rejects.height / delivery.rows}


def _gone(delivery: Delivery) -> list[tuple[str, str, int]]:
    """Reasons of the delivery before that did not occur again: heading, words, how often then."""
    now = set(delivery.reasons()["subject"])
    earlier = delivery.before.filter(pl.col("name") == "delivery_rejects", ~pl.col("subject").is_in(sorted(now)))
    parted = [(*subject.split(" ")[1:3], int(value)) for subject, value in earlier.select("subject", "value").iter_rows()]
    return [
        (COLUMNS[column].chinese if column in COLUMNS else "整行", REASONS[rule][0] if rule in REASONS else rule, cells)
        for column, rule, cells in parted
    ]


def _lines(delivery: Delivery, reason: dict[str, object]) -> list[tuple[str, str]]:
    """The first lines of a reason in each file."""
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(reason[name])) for name in ("column_name", "rule", "severity"))
    found = delivery.rejects.filter(same).group_by("file", maintain_order=True).agg("line")
    return [(file, _numbers(lines)) for file, lines in found.iter_rows()]


def _numbers(lines: Sequence[int]) -> str:
    shown = "、".join(map(str, lines[:_MOST_LINES]))
    return f"第 {shown} 行" + (f"等 {len(lines):,} 处" if len(lines) > _MOST_LINES else "")
