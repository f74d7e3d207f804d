"""What lies where in a home: the one place that spells the names of its files and directories."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from reconcile.errors import UsageError


class Night(NamedTuple):
    """One run of a night, as ``ops.run`` has it; ``status`` is running, done, braked or failed."""

    run_id: str
    as_of: dt.date
    status: str


class Home:
    """One home directory. Nothing is made by naming it; a setting of this type is given as a path."""

    def __init__(self, root: Path) -> None:
        """Take the directory; it need not be there yet."""
        self.root = root

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Home], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic that a home is written as a path."""
        from_path = core_schema.no_info_after_validator_function(cls, handler.generate_schema(Path))
        as_text = core_schema.to_string_ser_schema()
        return core_schema.union_schema([core_schema.is_instance_schema(cls), from_path], serialization=as_text)

    def __fspath__(self) -> str:
        """The directory, for what takes a path."""
        return os.fspath(self.root)

    def __str__(self) -> str:
        """The directory, as an operator wrote it."""
        return str(self.root)

    def __repr__(self) -> str:
        """The directory."""
        return f"Home({self.root!r})"

    def __eq__(self, other: object) -> bool:
        """Equal where the directories are."""
        return isinstance(other, Home) and self.root == other.root

    def __hash__(self) -> int:
        """Equal homes are one key."""
        return hash(self.root)

    @property
    def settings_file(self) -> Path:
        """What an operator set for every night."""
        return self.root / "settings.toml"

    @property
    def warehouse(self) -> Path:
        """The writer's database."""
        return self.root / "warehouse.duckdb"

    @property
    def warehouse_log(self) -> Path:
        """What DuckDB has committed and not yet put into the warehouse; not there when nobody writes."""
        return self.root / "warehouse.duckdb.wal"

    @property
    def warehouse_state(self) -> Path:
        """How far the warehouse has come; see ``committed``."""
        return self.root / "warehouse.state"

    @property
    def writer_lock(self) -> Path:
        """Held by who writes to the home; see ``lock``."""
        return self.root / "writer.lock"

    @property
    def schedule_lock(self) -> Path:
        """Held by the one process that waits for the schedule of this home."""
        return self.root / "schedule.lock"

    @property
    def told(self) -> Path:
        """Events an operator was or is to be told of, one file each."""
        return self.root / "told"

    @property
    def replaced(self) -> Path:
        """Warehouses that a restore took away, one folder each."""
        return self.root / "replaced"

    @property
    def restoring(self) -> Path:
        """There while a backup is being put back; see ``restore``."""
        return self.root / "restoring"

    @property
    def last_backup(self) -> Path:
        """When and where to the home was backed up last; see ``backup``."""
        return self.root / "backup.json"

    @property
    def scratch(self) -> Path:
        """Files of the running night; holds personal data, emptied when the run ends."""
        return self.root / "tmp"

    @property
    def spill(self) -> Path:
        """What DuckDB puts on disk for lack of memory."""
        return self.scratch / "spill"

    @property
    def comparison(self) -> Path:
        """Copies that two models are compared on; holds personal data, gone when the comparison ends."""
        return self.root / "compare"

    @property
    def published(self) -> Path:
        """Readers' databases: a directory a publication, named by its run."""
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The last publication: a link to its directory, and the one thing that is switched when a night is published."""
        return self.published / "current"

    @property
    def latest(self) -> Path:
        """The database of the last good night: a link through ``current``."""
        return self.published / "latest.duckdb"

    @property
    def latest_masked(self) -> Path:
        """The same tables and views for those who may not see persons; not there where the settings say so."""
        return self.published / "latest_masked.duckdb"

    def publication(self, run_id: str) -> Path:
        """The database of a good run, in a directory of its own.

        Every one is named alike: DuckDB names an opened database after its file, and queries may use that name.
        """
        return self.published / run_id / self.latest.name

    def published_runs(self) -> list[str]:
        """Good runs whose databases are kept, the newest last."""
        return sorted(path.parent.name for path in self.published.glob(f"[0-9]*/{self.latest.name}"))

    @property
    def worklists(self) -> Path:
        """Worklists by night and station."""
        return self.root / "worklists"

    @property
    def staged_worklists(self) -> Path:
        """Worklists of the running night, moved to ``lists_of`` when it is published."""
        return self.worklists / ".staged"

    def lists_of(self, run_id: str) -> Path:
        """Where the worklists of a run lie; people reach them through ``worklists_of``."""
        return self.worklists / ".runs" / run_id

    def worklists_of(self, as_of: dt.date) -> Path:
        """Worklists of a published night, one folder a recipient: a link, for the newest night through ``current``."""
        return self.worklists / str(as_of)

    @property
    def returns(self) -> Path:
        """Where returned worklists are put for the flow that takes them in."""
        return self.root / "returns"

    @property
    def unreadable_returns(self) -> Path:
        """Where those that cannot be read at all are moved to, in the folders they lay in."""
        return self.returns / "unreadable"

    @property
    def answers(self) -> Path:
        """Copies of all returned worklists that were taken in, in order: what a restored warehouse is told again."""
        return self.root / "answers"

    @property
    def receipts(self) -> Path:
        """What stations are told about the worklists they returned, one folder a recipient."""
        return self.root / "receipts"

    @property
    def logs(self) -> Path:
        """What happened in each night, one file a night; names nobody."""
        return self.root / "logs"

    def log_of(self, as_of: dt.date) -> Path:
        """The log of a night, all its runs."""
        return self.logs / f"night_{as_of}.log"

    @property
    def reports(self) -> Path:
        """Pages and lists about nights."""
        return self.root / "reports"

    def night_page(self, as_of: dt.date) -> Path:
        """The page about a night for everybody."""
        return self.reports / f"night_{as_of}.html"

    def bulletin(self, as_of: dt.date, ending: str) -> Path:
        """The bulletin by county up to a night: the workbook (``xlsx``) and the page of text (``html``)."""
        return self.reports / f"bulletin_{as_of}.{ending}"

    @property
    def county_tiles(self) -> Path:
        """Where the counties stand on the map of that page, where the operator says so."""
        return self.root / "county_tiles.csv"

    @property
    def county_shapes(self) -> Path:
        """Their outlines, where the operator has them."""
        return self.root / "counties.geojson"

    def linkage_page(self, as_of: dt.date) -> Path:
        """The page about the linkage of a night."""
        return self.reports / f"linkage_{as_of}.html"

    def review_list(self, as_of: dt.date) -> Path:
        """Answers that contradict each other, as of a night; not there when none do."""
        return self.reports / f"review_{as_of}.csv"

    def delivery_report(self, extract: str, delivered_on: str, ending: str) -> Path:
        """The page (``html``) for the office that delivered an extract on a day, and the list of its rows (``csv``)."""
        return self.reports / f"delivery_{extract}_{delivered_on}.{ending}"

    @property
    def models(self) -> Path:
        """Trained match models, one file a version."""
        return self.root / "models"

    def model(self, version: str) -> Path:
        """The file of a match model."""
        return self.models / f"{version}.json"

    def model_versions(self) -> list[str]:
        """Versions of the match models, the newest last."""
        return sorted(path.stem for path in self.models.glob("*.json"))

    @property
    def finding_key(self) -> Path:
        """Key of the finding numbers."""
        return self.root / "keys" / "finding.key"

    @property
    def prefect(self) -> Path:
        """What Prefect keeps: its own database, logs and profiles."""
        return self.root / "prefect"


def make_directory(path: Path) -> None:
    """Make a directory that only its owner may enter, where it is not there yet.

    Raises:
        UsageError: when the path is a file or lies below one, or has a character that DuckDB does not take in a path.

    """
    if "?" in str(path):
        msg = f"{path}: has a question mark, and DuckDB takes what follows one for options of a database. Choose another name."
        raise UsageError(msg)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as error:
        msg = f"{path}: is a file, or lies below one. Name the directory that holds the warehouse, or a new one."
        raise UsageError(msg) from error


def below(folder: Path) -> list[Path]:
    """Everything below a directory in order, links not followed; nothing where there is none.

    Raises:
        OSError: when a directory cannot be read. ``glob`` and ``os.walk`` would pass over it, and what is in it would be left out silently.

    """

    def stop(error: OSError) -> None:
        raise error

    walked = os.walk(folder, onerror=stop) if folder.is_dir() else ()
    return sorted(Path(here) / name for here, folders, names in walked for name in [*folders, *names])
