"""The files of a night's worklists: a CSV and an XLSX for each recipient, and the manifest of all of them."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile import cells, checksum, pace
from reconcile.contract.meanings import RECIPIENTS
from reconcile.settings import Settings
from reconcile.worklist import layout, sheet, wording
from reconcile.worklist.audience import OFFICE, STATION
from reconcile.worklist.columns import HEADINGS, NUMBERS

_ABOUT = {"health": "死亡、出生", "civil_affairs": "死亡、火化"}
"""What the records of an office are about."""


@dataclass(frozen=True, slots=True)
class WrittenList:
    """One recipient's list as it lies on disk, CSV and XLSX with the same rows.

    ``standing`` counts rows by how they stand, ``waiting`` the findings that are not listed yet.
    """

    recipient: str
    station_name: str
    rows: int
    standing: Counter[str]
    waiting: int
    files: tuple[Path, ...]

    @property
    def is_station(self) -> bool:
        """Whether a police station gets it."""
        return self.recipient not in RECIPIENTS


def write_all(lists: pl.DataFrame, settings: Settings) -> list[WrittenList]:
    """Write each recipient's rows into its own folder and the manifest beside the folders; earlier content goes.

    The staged lists have their name when all of them are written: a night that is killed before has none to publish.
    """
    staged = settings.home.staged_worklists
    root = staged.with_name(f"{staged.name}.new")
    for earlier in (root, staged):
        shutil.rmtree(earlier, ignore_errors=True)
    root.mkdir(parents=True, mode=0o700)
    parts = lists.partition_by("recipient", maintain_order=True)
    pace.expect(len(parts))
    written = [_write(part, root, settings) for part in parts]
    _manifest(root, written).write_csv(root / "manifest.csv", include_bom=True, line_terminator="\r\n", quote_style="always")
    root.rename(staged)
    return written


def _write(part: pl.DataFrame, root: Path, settings: Settings) -> WrittenList:
    recipient = str(part["recipient"][0])
    station_name = RECIPIENTS.get(recipient) or str(part["station_name"][0] or recipient)
    folder = root / recipient
    folder.mkdir(mode=0o700)
    csv_file = folder / f"worklist_{recipient}_{settings.as_of:%Y-%m-%d}.csv"
    xlsx_file = csv_file.with_suffix(".xlsx")
    text = part.select(cells.defused(pl.col(HEADINGS)))
    text.with_columns(_guarded(settings)).write_csv(csv_file, include_bom=True, line_terminator="\r\n", quote_style="always")
    standing = Counter[str](part["standing"].to_list())
    waiting = int(part["waiting"][0])
    reader = OFFICE if recipient in _ABOUT else STATION
    title = f"{station_name} {_ABOUT.get(recipient, '')}{reader.title}"
    heading = sheet.Heading(title, settings.as_of, _contents(standing, waiting))
    sheet.write(layout.laid_out(part.select(HEADINGS), reader).select(cells.defused(pl.all())), xlsx_file, heading, reader)
    pace.advance()
    return WrittenList(recipient, station_name, part.height, standing, waiting, (csv_file, xlsx_file))


def _contents(standing: Counter[str], waiting: int) -> str:
    """How many entries the list has, of which standing, and what is still to come."""
    counts = "，".join(f"{label} {standing[name]}" for name, label in wording.STANDING.items() if standing[name])
    later = f"；另有 {waiting} 条待后续下发" if waiting else ""
    return f"共 {standing.total()} 条（{counts}）{later}"


def _guarded(settings: Settings) -> list[pl.Expr]:
    return [cells.guarded(pl.col(heading), settings.id_guard) for heading in NUMBERS]


def _manifest(root: Path, written: list[WrittenList]) -> pl.DataFrame:
    """One row a file, sorted by file: rows without the headings, findings that wait, sha256 of the bytes."""
    rows = [
        {
            "file": file.relative_to(root).as_posix(),
            "station_code": written_list.recipient if written_list.is_station else "",
            "station_name": written_list.station_name,
            "rows": written_list.rows,
            "waiting": written_list.waiting,
            "sha256": checksum.sha256(file),
        }
        for written_list in written
        for file in written_list.files
    ]
    schema = {
        "file": pl.String,
        "station_code": pl.String,
        "station_name": pl.String,
        "rows": pl.Int64,
        "waiting": pl.Int64,
        "sha256": pl.String,
    }
    return pl.DataFrame(rows, schema=schema).sort("file")
