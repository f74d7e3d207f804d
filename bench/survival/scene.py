"""What is killed and disturbed: a small home that has had a night, and the commands that are run on copies of it.

Every command runs in a process forked from one that has imported everything, so that a try costs what the work costs. The parent
itself asks DuckDB and Polars for nothing: a process with threads must not be forked.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reconcile import operate, pipeline, preserve, program, sample, terminal
from reconcile.home import Home
from reconcile.report import linkage

FIRST = dt.date(2026, 11, 21)
SECOND = FIRST + dt.timedelta(days=2)
NOTE = "a note of the clerk.txt"
_ONE_IN = 5
"""Of the register every household with a planted case stays, and one in so many of the others."""
_ANSWER = {"核实结果": "不属实", "核实方式": "入户核对", "核实日期": "2026-11-22", "核实人": "001234"}
_SETTINGS = """# Of a place so small that nearly everybody is a case.
threads = 1
masked_publication = false
lock_wait = 120
keep_publications = 2
[brakes]
finding_share = 1.0
[retention]
raw_days = 1
publications_days = 1
lists_days = 1
"""


@dataclass(frozen=True, slots=True)
class Act:
    """One command that may be killed at any time, and the home it is run on.

    Attributes:
        name: what is run.
        base: the directory a try gets a copy of; the home in it is called ``home``.
        run: the use case, called with the copy.
        also_done: exit codes of a repetition that mean that the try before had done everything.

    """

    name: str
    base: Path
    run: Callable[[Path], object]
    also_done: tuple[int, ...] = ()

    def copy(self, target: Path) -> Path:
        """A fresh copy of what it is run on."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.base, target, symlinks=True)
        return target

    def start(self, place: Path, before: Callable[[], object] | None = None) -> int:
        """Start it on a copy, and return the number of its process; ``before`` is called within it first."""
        return forked(lambda: program.exit_code(lambda: self.run(place)), place / "told.txt", before)


def forked(action: Callable[[], int], told: Path, before: Callable[[], object] | None = None) -> int:
    """Run something in a process of its own, what it prints goes to a file; returns its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 99
    try:
        os.setsid()  # what it starts itself is killed with it
        out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream in (1, 2):
            os.dup2(out, stream)
        if before:
            before()
        code = action()
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    """Wait for a process; its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def answer_of(question: Callable[[], Any], place: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """What a question answers in a process of its own."""
    path = place.with_name(f"{place.name}.answer.json")
    path.unlink(missing_ok=True)

    def tell() -> int:
        path.write_text(json.dumps(question(), ensure_ascii=False))
        return 0

    if ended(forked(tell, place.with_name(f"{place.name}.told.txt"))):
        raise AssertionError(place.with_name(f"{place.name}.told.txt").read_text()[-2000:])
    return json.loads(path.read_text())


@dataclass(slots=True)
class Scene:
    """The homes that commands are tried on, made once in a directory."""

    root: Path
    acts: dict[str, Act] = field(default_factory=dict[str, Act])

    def make(self, *names: str) -> None:
        """Write an inbox, run a night and answer its lists; bring copies to the state in which each of the commands begins."""
        linkage.begun = lambda *_: lambda: "not drawn"  # a picture takes longer than everything else
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True, mode=0o700)
        night = self._base("night")
        answer_of(lambda: _deliver(night / "inbox"), night)
        (night / "home").mkdir(mode=0o700)
        (night / "home" / "settings.toml").write_text(_SETTINGS)
        _done(night, _night(FIRST))
        _answer(night)
        _done(night, _feedback(0))
        makers: dict[str, Callable[[], Act]] = {
            "night": lambda: Act("night", night, _night(SECOND)),
            "publication": lambda: Act("publication", self._ready(night), _night(SECOND)),
            "feedback": lambda: Act("feedback", night, _feedback(1, 2)),
            "backup": lambda: Act("backup", night, _backup, also_done=(2,)),
            "purge": lambda: Act("purge", self._with_two_nights(night), lambda place: preserve.clear_out(Home(place / "home"))),
            "restore": lambda: Act("restore", self._destroyed(night), _restore, also_done=(2,)),
            "make again": lambda: Act(
                "make again", self._lost(night), lambda place: preserve.make_again(Home(place / "home")), also_done=(2,)
            ),
        }
        self.acts |= {name: makers[name]() for name in names}

    def _ready(self, night: Path) -> Path:
        ready = self._base("ready", night)
        code = ended(forked(lambda: _until_publication(ready), ready / "told.txt"))
        if code != 9:  # noqa: PLR2004 - how it ends itself
            raise AssertionError((ready / "told.txt").read_text())
        return ready

    def _with_two_nights(self, night: Path) -> Path:
        purge = self._base("purge", night)
        _done(purge, _night(SECOND))
        return purge

    def _destroyed(self, night: Path) -> Path:
        empty = self._base("empty", night)
        _done(empty, lambda place: preserve.back_up(Home(place / "home"), place / "safe"))
        (empty / "home").rename(empty / "old")
        return empty

    def _lost(self, night: Path) -> Path:
        lost = self._base("lost", night)
        _done(lost, _feedback(1))
        (lost / "home" / "warehouse.duckdb").unlink()
        return lost

    def _base(self, name: str, source: Path | None = None) -> Path:
        base = self.root / "bases" / name
        if source:
            shutil.copytree(source, base, symlinks=True)
        else:
            base.mkdir(parents=True)
        return base


def _done(place: Path, run: Callable[[Path], object]) -> None:
    code = ended(Act("", place, run).start(place))
    if code:
        raise AssertionError(f"{code}: {(place / 'told.txt').read_text()}")
    (place / "told.txt").unlink()


def _night(as_of: dt.date) -> Callable[[Path], object]:
    def run(place: Path) -> str:
        return operate.run(operate.settings_of(inbox=place / "inbox", home=place / "home", as_of=as_of), terminal.show_progress)

    return run


def _feedback(*numbers: int) -> Callable[[Path], object]:
    return lambda place: operate.take_in(Home(place / "home"), [place / "returned" / f"{number}.csv" for number in numbers])


def _backup(place: Path) -> object:
    return preserve.back_up(Home(place / "home"), place / "again", place / "keys")


def _restore(place: Path) -> object:
    return preserve.restore_backup(Home(place / "home"), place / "safe", old=Home(place / "old"))


def _until_publication(place: Path) -> int:
    """A night that is killed when all but its last stage is done."""
    os.umask(0o077)
    settings = operate.settings_of(inbox=place / "inbox", home=place / "home", as_of=SECOND)
    with pipeline.night(settings) as run_id:
        for stage in pipeline.STAGES[:-1]:
            pipeline.run_stage(stage, settings, run_id)
        os._exit(9)


def _deliver(inbox: Path) -> None:
    """The smallest sample, thinned, and a second delivery of its register."""
    sample.write(inbox, 2000, 1)
    cases = {row["record_key"] for name in ("truth.csv", "decoys.csv") for row in _rows(inbox / name, "utf-8-sig")}
    for path in inbox.glob("manifest_*.csv"):
        path.unlink()
    kept: list[dict[str, str]] = []
    for path, encoding in ((inbox / f"police_resident_{FIRST:%Y%m%d}_{part}.csv", code) for part, code in ((1, "gb18030"), (2, "gb18030"))):
        rows = _rows(path, encoding)
        key = next(iter(rows[0]))
        households = {row["户号"] for row in rows if row[key] in cases}
        kept = [row for row in rows if row["户号"] in households or zlib.crc32(row["户号"].encode()) % _ONE_IN == 0]
        _write(path, kept, encoding)
    last = list(kept[0])[-1]
    changed = [row | {last: ""} for row in kept[3:]]
    _write(inbox / f"police_resident_{SECOND:%Y%m%d}_2.csv", changed, "utf-8-sig")
    shutil.copy(inbox / f"police_resident_{FIRST:%Y%m%d}_1.csv", inbox / f"police_resident_{SECOND:%Y%m%d}_1.csv")


def _answer(place: Path) -> None:
    """Three lists as stations send them back, and a note that somebody put beside a list."""
    lists = sorted((place / "home" / "worklists" / str(FIRST)).glob("9*/*.csv"))[:3]
    (place / "returned").mkdir()
    for number, path in enumerate(lists):
        rows = [row | (_ANSWER if at < 5 else {}) for at, row in enumerate(_rows(path, "utf-8-sig"))]  # noqa: PLR2004 - some of them
        _write(place / "returned" / f"{number}.csv", rows, "utf-8-sig")
    (lists[0].parent / NOTE).write_text("note")


def _rows(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def warm() -> None:
    """Import what commands import late; no thread may start here."""
    import jinja2  # noqa: F401, PLC0415
    import recordlinkage  # noqa: F401, PLC0415


def now() -> float:
    """Seconds by a clock that never goes back."""
    return time.monotonic()
