"""What becomes of a spoiled file: deliveries, archives, manifests, profiles, settings, returned lists.

A file is read, or refused with one of the project's errors and a documented exit code. Of what is read, every row is loaded or is a
reject: held against what was loaded, and where the file was written here against what was written.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from bench.fuzz import mutate
from bench.fuzz.mutate import Spoiled
from reconcile import feedback, ingest
from reconcile.contract.tables import EXTRACTS
from reconcile.errors import ReconcileError
from reconcile.home import Home
from reconcile.settings import Settings, settings_of
from reconcile.standardise.table import standardised
from reconcile.store import Store
from reconcile.worklist.columns import HEADINGS as LISTED

ON = dt.date(2026, 11, 21)
DEATH = EXTRACTS["health_death"]
EXIT_CODES = {2, 3, 4}
_ROOT = Path(__file__).parents[2]
SEEDS = sorted(path for path in (_ROOT / "tests" / "files").iterdir() if path.suffix != ".md")
"""Files of real programs, which are damaged too."""
_PROFILE = """pattern = "health_death_*"
extract = "health_death"
header_row = 1
encoding = "utf-8"
ignore = ["星座"]
[columns]
"死亡证明编号" = "death_cert_no"
[codes.sex]
A = "1"
"""
_SETTINGS = """due_days = 30
threads = 2
keep_publications = 3
[brakes]
reject_share = 0.3
[schedule]
night = "30 1 * * *"
[retention]
raw_days = 400
"""


@dataclass(slots=True)
class Result:
    """How files ended, by kind, and what was wrong."""

    became: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])


class Bench:
    """A home with the two mandatory extracts, an inbox for one file at a time; nothing of a try stays."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Load what a night cannot do without."""
        self.folder, self.random, self.result = folder, random.Random(seed), Result()  # noqa: S311 - reproducible, not secret
        inbox = self._inbox()
        (inbox / "station_20261101.csv").write_text("station_code,station_name,county_code,county_name\n990101000001,甲所,990101,甲县\n")
        (inbox / "police_resident_20261101.csv").write_text(
            "人员编号,姓名,性别,出生日期,户号,派出所代码\nR1,王伟,1,19900101,H1,990101000001\n"
        )
        self.settings = Settings(home=Home(folder / "home"), inbox=inbox, as_of=ON, threads=1)
        self.store = Store(self.settings, "fuzz")
        ingest.run(self.store, self.settings)

    def close(self) -> None:
        """Let the home go."""
        self.store.__exit__(None, None, None)

    def delivery(self) -> None:
        """A table written wrongly, or a file of a real program damaged."""
        spoiled = self._table() if self.random.random() < 0.5 else self._damaged()  # noqa: PLR2004 - half and half
        self._load(spoiled, {})

    def manifest(self) -> None:
        """A good delivery, and a damaged manifest about it."""
        how, content = mutate.damaged(b"file,rows,sha256\nhealth_death_20261121.csv,12,\n", self.random)
        self._load(self._good(), {"manifest_20261121.csv": content}, f"manifest {how}")

    def profile(self) -> None:
        """A good delivery, and a damaged profile for it."""
        how, content = mutate.damaged(_PROFILE.encode(), self.random)
        self._load(self._good(), {"profiles/a.toml": content}, f"profile {how}")

    def setting(self) -> None:
        """A damaged settings.toml; a list of rules or a lock may not be made of it."""
        how, content = mutate.damaged(_SETTINGS.encode(), self.random)
        home = Home(self.folder / "other")
        home.root.mkdir(exist_ok=True)
        home.settings_file.write_bytes(content)
        self._judge(f"settings.toml {how}", lambda: settings_of(home=home, as_of=ON) and None)

    def returned(self) -> None:
        """A worklist that came back spoiled."""
        rows = [[f"X{number:010}", *[""] * (len(LISTED) - 1)] for number in range(5)]
        table: mutate.Table = [list(LISTED), *rows]
        for row in table[1:]:
            row[LISTED.index("核实结果")], row[LISTED.index("核实日期")] = "属实", "2026-11-20"
        is_whole = self.random.random() < 0.5  # noqa: PLR2004 - half and half
        how = mutate.spoil_table(table, self.random) if is_whole else ""
        written, content, ending = self.random.choice([mutate.as_text, mutate.as_workbook])(table, self.random)
        if not is_whole:
            how, content = mutate.damaged(content, self.random)
        path = self.folder / f"worklist_990101000001_2026-11-21{ending}"
        path.write_bytes(content)

        def take() -> None:
            (receipt,) = feedback.take_in(self.store, [path])
            if not receipt.path.is_file():
                raise AssertionError("no receipt")

        with self._undone():
            self._judge(f"returned{ending}: {written}; {how}", take)

    def _table(self) -> Spoiled:
        table = mutate.table(self.random)
        how = "; ".join(mutate.spoil_table(table, self.random) for _ in range(self.random.choice([1, 1, 2])))
        rows = mutate.rows_of(table)
        written, content, ending = self.random.choice(mutate.WRITERS)(table, self.random)
        countable = ending in (".csv", ".csv.gz") and written.startswith(("utf-8", "gb18030", "utf-16,"))
        return Spoiled(f"{written}; {how}", f"health_death_20261121{ending}", content, rows if countable else None)

    def _damaged(self) -> Spoiled:
        if self.random.random() < 0.6:  # noqa: PLR2004 - more than half
            seed = self.random.choice(SEEDS)
            how, content = mutate.damaged(seed.read_bytes(), self.random)
            return Spoiled(f"{seed.name} {how}", f"health_death_20261121{seed.suffix}", content)
        written, content, ending = self.random.choice(mutate.WRITERS)(mutate.table(self.random), self.random)
        how, content = mutate.damaged(content, self.random)
        return Spoiled(f"{written}; {how}", f"health_death_20261121{ending}", content)

    def _good(self) -> Spoiled:
        table = mutate.table(self.random)
        content = "".join(",".join(map(str, row)) + "\n" for row in table).encode()
        return Spoiled("", "health_death_20261121.csv", content, len(table) - 1)

    def _load(self, spoiled: Spoiled, beside: dict[str, bytes], how: str = "") -> None:
        inbox = self._inbox()
        for name, content in {spoiled.name: spoiled.content, **beside}.items():
            (inbox / name).parent.mkdir(exist_ok=True)
            (inbox / name).write_bytes(content)
        with self._undone():
            self._judge(f"{spoiled.name} {how}{spoiled.how}", lambda: self._ingest(spoiled))
        shutil.rmtree(self.settings.home.scratch, ignore_errors=True)
        self.settings.home.scratch.mkdir(mode=0o700)

    def _ingest(self, spoiled: Spoiled) -> None:
        ingest.run(self.store, self.settings)
        loads = self.store.frame("SELECT load_id, rows FROM ops.load WHERE file LIKE '%health_death%' OR file LIKE '%死亡%'").rows()
        for load_id, rows in loads:
            raw = self.store.frame("SELECT * FROM raw.health_death WHERE _load_id = $load", load=load_id)
            refused = "SELECT count(*) FROM ops.reject WHERE load_id = $load AND severity = 'row'"
            rejects = int(self.store.value(refused, load=load_id))
            if raw.height + rejects != rows:
                raise AssertionError(f"{rows} rows are told, {raw.height} loaded, {rejects} rejected")
            if spoiled.rows is not None and rows != spoiled.rows:
                raise AssertionError(f"{spoiled.rows} rows were written, {rows} found")
            read = standardised(raw, DEATH)
            left_out = read.rejects.filter(pl.col("severity") == "row")["line"].n_unique()
            if read.rows.height + left_out != raw.height:
                raise AssertionError(f"{raw.height} rows, {read.rows.height} standardised, {left_out} rejected")

    def _judge(self, how: str, action: Callable[[], None]) -> None:
        kind = how.partition(" ")[0].partition(".")[2].partition(":")[0] or how.partition(" ")[0]
        try:
            action()
        except ReconcileError as error:
            text = str(error)
            self.result.became[f"{kind}: exit code {error.exit_code}"] += 1
            if error.exit_code not in EXIT_CODES or len(text) > 3000 or not text.replace("\n", "").isprintable():  # noqa: PLR2004
                self.result.wrong.append(f"{how}: exit code {error.exit_code}: {text[:300]!r}")
        except AssertionError as error:
            self.result.wrong.append(f"{how}: {error}")
        except BaseException as error:  # a reader's panic is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            places = traceback.extract_tb(error.__traceback__)[-3:]
            at = " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))
            self.result.wrong.append(f"{how}: {type(error).__name__} at {at}: {str(error)[:200]!r}")
        else:
            self.result.became[f"{kind}: read"] += 1

    @contextmanager
    def _undone(self) -> Iterator[None]:
        """Nothing of the block stays in the warehouse."""
        try:
            with self.store.transaction():
                yield
                raise _Undo  # noqa: TRY301 - the transaction is to be undone
        except _Undo:
            return

    def _inbox(self) -> Path:
        inbox = self.folder / "inbox"
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir(parents=True)
        return inbox


class _Undo(Exception):  # noqa: N818 - never leaves this module
    """Undoes what was loaded only to see whether it can be."""


def tried(folder: Path, files: int, seed: int) -> Result:
    """Try so many spoiled files; half of them are deliveries."""
    bench = Bench(folder, seed)
    kinds = [bench.delivery] * 6 + [bench.manifest, bench.profile, bench.setting, bench.returned]
    try:
        for number in range(files):
            bench.random.seed(f"{seed} {number}")
            kinds[number % len(kinds)]()
    finally:
        bench.close()
    return bench.result
