"""The summary of the last good night, for the terminal and for Prefect's artifact: deliveries, findings, worklists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.table import Table

from reconcile.errors import UsageError
from reconcile.findings.raising import rules
from reconcile.home import Home
from reconcile.link.model import measure
from reconcile.report import layout
from reconcile.store import Reader, last_night

_STATIONS = 10
"""Stations whose measures are shown; all of them are in ``stats.night``."""

_HEADS = {
    "reopened": "re-\nopened",
    "resolved": "re-\nsolved",
    "dismissed": "dis-\nmissed",
    "overdue": "over-\ndue",
    "waiting": "wait-\ning",
    "closed": "clo-\nsed",
    "answered": "ans-\nwered",
    "median_days": "me-\ndian\ndays",
    "confirmed_share": "con-\nfirmed",
    "dismissed_share": "dis-\nmissed",
}
"""Headings broken so that a table fits a terminal of 80 columns."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one night.

    Attributes:
        run_id: the run.
        as_of: its business date.
        loads: one row per extract: newest delivery, files, rows, rejects.
        findings: one row per type, with its Chinese name: what is found, what changed this night.
        worklists: one row per count of the worklist stage.
        notes: what an operator should not overlook.
        warnings: one row per thing of the linkage that an operator should look at.
        paths: what an operator looks for → where it is.

    """

    run_id: str
    as_of: dt.date
    loads: pl.DataFrame
    findings: pl.DataFrame
    worklists: pl.DataFrame
    notes: list[str]
    warnings: pl.DataFrame
    paths: dict[str, Path]


def read(home: Home, day: dt.date | None = None) -> Summary:
    """Read the last publication of a home directory; of an earlier night as much of it as is kept: what it found and listed.

    Raises:
        UsageError: when nothing was published yet, or that night was not.

    """
    with Reader(home) as reader:
        run_id, as_of, is_last = _night(reader, day)
        loads = reader.file("report/night_loads")
        warnings = reader.file("report/night_warnings", drifted=measure.DRIFTED, least_pairs=measure.LEAST_PAIRS)
        return Summary(
            run_id,
            as_of,
            loads if is_last else loads.clear(),
            _with_chinese(reader.file("report/night_findings", as_of=as_of)),
            reader.file("report/night_worklists", run_id=run_id),
            _notes(reader, run_id) if is_last else [],
            warnings if is_last else warnings.clear(),
            {what: path for what, path in _paths(home, as_of).items() if is_last or path.exists()},
        )


def _paths(home: Home, as_of: dt.date) -> dict[str, Path]:
    """Where what a night leaves is; of an earlier one it may have been purged."""
    return {
        "worklists": home.worklists_of(as_of),
        "warehouse": home.latest,
        "page": home.night_page(as_of),
        "linkage": home.linkage_page(as_of),
    }


def _night(reader: Reader, day: dt.date | None) -> tuple[str, dt.date, bool]:
    """Run and date of a published night, and whether it is the last one."""
    last = last_night(reader)
    if day is None or day == last.as_of:
        return last.run_id, last.as_of, True
    done = reader.frame("SELECT max(run_id) FROM ops.run WHERE as_of = $day AND status = 'done'", day=day).item()
    if done is None:
        msg = f"--as-of {day}: no night of that day was published. reconcile report --since shows all of them."
        raise UsageError(msg)
    return str(done), day, False


def _notes(reader: Reader, run_id: str) -> list[str]:
    """Sentences about nights that looked at the same records again, and about answers that contradict each other."""
    newest, is_new = reader.file("report/newest_delivery", run_id=run_id).row(0)
    entries = reader.frame("SELECT count(*) FROM find.review").item()
    is_quiet = {
        f"No new delivery since {newest}: the night looked at the same records again, with its own date and the answers taken in.": is_new,
        f"{entries:,} answers contradict each other or the records; they wait for a person in reports/ (review list).": not entries,
    }
    return [sentence for sentence, quiet in is_quiet.items() if not quiet]


def tables(home: Home, day: dt.date | None = None) -> list[Table]:
    """The summary of the last or of another night as tables for a terminal, the last one saying where everything is."""
    summary = read(home, day)
    paths = Table.grid(padding=(0, 2))
    for what, path in summary.paths.items():
        paths.add_row(what, str(path))
    notes = Table.grid()
    for note in ("", *summary.notes):
        notes.add_row(note)
    return [
        *(layout.table(title, frame, _HEADS) for title, frame in _sections(summary).items()),
        *([notes] if summary.notes else []),
        paths,
    ]


def measures(home: Home, day: dt.date | None = None) -> list[Table]:
    """Measures of the last or of another night as tables: by type, of the stations with most open, and what the shares mean.

    Raises:
        UsageError: when nothing was published yet, or that night was not.

    """
    with Reader(home) as reader:
        _, as_of, _ = _night(reader, day)
        by_type = reader.file("report/measures_type", as_of=as_of)
        by_station = _named(reader.file("report/measures_station", as_of=as_of, stations=_STATIONS))
    shares = Table.grid()
    shares.add_row("confirmed: share of confirmed and corrected in these and not_an_error")
    shares.add_row("dismissed: share of not_an_error in all answers, undetermined and wrong_station included")
    return [
        layout.table("Questions on lists, and answers so far, by type", _percent(by_type), _HEADS),
        layout.table("Where most questions are open", _percent(by_station), _HEADS),
        shares,
    ]


def markdown(home: Home) -> str:
    """The summary as Markdown: counts per extract and finding type, no place and no person."""
    summary = read(home)
    parts = [f"## {title}\n\n{_markdown_table(frame)}" for title, frame in _sections(summary).items()]
    return "\n\n".join([f"# Night {summary.run_id}, as of {summary.as_of}", *summary.notes, *parts]) + "\n"


def nights(frame: pl.DataFrame) -> list[Table]:
    """Nights as a table for a terminal, and below it why each that was not published was not."""
    reasons = layout.facts({str(as_of): message for as_of, message in frame.select("as_of", "message").rows()})
    return [layout.table("Nights", frame.drop("message"), _HEADS), *([Table.grid(), reasons] if reasons.row_count else [])]


def _named(stations: pl.DataFrame) -> pl.DataFrame:
    """Put the name of a station below its code."""
    cell = pl.concat_str("station_code", "station_name", separator="\n", ignore_nulls=True)
    return stations.with_columns(station_code=cell).drop("station_name").rename({"station_code": "station"})


def _sections(summary: Summary) -> dict[str, pl.DataFrame]:
    sections = {"Deliveries": summary.loads, "Findings": summary.findings, "Worklists": summary.worklists, "Warnings": summary.warnings}
    return {title: frame for title, frame in sections.items() if frame.height or title == "Findings"}


def _with_chinese(findings: pl.DataFrame) -> pl.DataFrame:
    """Put the Chinese name beside the type."""
    chinese = {rule.finding_type: rule.chinese for rule in rules.discover()}
    named = pl.col("finding_type").replace_strict(chinese, default="", return_dtype=pl.String).alias("中文")
    return findings.select("finding_type", named, pl.exclude("finding_type"))


def _percent(frame: pl.DataFrame) -> pl.DataFrame:
    """Shares as whole percents: 1 of 3 is 33 %; a share nobody has measured stays empty."""
    share = pl.col("confirmed_share", "dismissed_share")
    whole = (share * 100).round().cast(pl.Int64)
    return frame.with_columns(whole.cast(pl.String) + " %")


def _markdown_table(frame: pl.DataFrame) -> str:
    ruler = ["---:" if dtype.is_numeric() else "---" for dtype in frame.dtypes]
    lines = [tuple(name.replace("_", " ") for name in frame.columns), tuple(ruler), *layout.texts(frame)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
