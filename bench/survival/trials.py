"""One try after the other: a command is disturbed, looked at, repeated, and held against the undisturbed one."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.survival import state
from bench.survival.faults import KINDS, Faults, limit_files
from bench.survival.scene import SECOND, Act, answer_of, ended, forked, now
from reconcile import publication
from reconcile.home import Home

MOST_IN_A_ROW = 5
_NIGHTS = ("night", "publication")
"""A night that is seen and killed then is repeated as another run of it."""
_NO_PAGE = "reconcile report writes it again"
_GIVE_UP = 300
"""Seconds after which a command hangs."""


@dataclass(slots=True)
class Tally:
    """What was done, and what was wrong about it."""

    counts: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    def say(self, what: str) -> None:
        """Note something that should not be."""
        print("WRONG", what, flush=True)
        self.wrong.append(what)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a command does when nothing happens: seconds, what it leaves, the publications that may be seen, people's files."""

    seconds: float
    state: dict[str, str]
    good: list[tuple[str, dict[str, str]]]
    precious: set[str]

    @classmethod
    def run(cls, act: Act, place: Path) -> Undisturbed:
        """Run it once on a copy."""
        act.copy(place)
        before = seen(place)
        precious = state.precious(place)
        began = now()
        code = ended(act.start(place))
        seconds = now() - began
        if code:
            raise AssertionError(f"{act.name}: {code}: {(place / 'told.txt').read_text()}")
        return cls(seconds, answer_of(lambda: state.of(place), place), [before, seen(place)], precious)


@dataclass(frozen=True, slots=True)
class Trial:
    """One command that is disturbed on copies of its home."""

    act: Act
    place: Path
    usual: Undisturbed
    tally: Tally

    @classmethod
    def of(cls, act: Act, tally: Tally) -> Trial:
        """Run it undisturbed first."""
        place = act.base.parent.parent / "tried"
        usual = Undisturbed.run(act, place)
        print(f"{act.name}: {usual.seconds:.1f} s undisturbed", flush=True)
        return cls(act, place, usual, tally)

    def killed(self, most: int, chosen: random.Random) -> int:
        """Kill it up to so many times in a row, then repeat it; returns how often it was killed."""
        self.act.copy(self.place)
        # What takes long goes on where it was: an early kill leaves more to the next.
        reach = self.usual.seconds * (0.6 if self.act.name == "night" else 1.0)
        moments: list[float] = []
        is_done = False
        for _ in range(most):
            moment = round(chosen.uniform(0, reach), 3)
            code = killed_after(self.act.start(self.place), moment)
            if code != -signal.SIGKILL:
                is_done = self._settled(code, f"killed after {moments}, then left alone")
                break
            moments.append(moment)
            self.tally.counts[self.act.name] += 1
            self._look(f"killed after {moments}")
            if self._is_seen():  # what is run from here on is another run
                break
        self._repeat(f"killed after {moments}", is_done=is_done)
        return len(moments)

    def disturbed(self, how: str, install: Callable[[], object]) -> None:
        """Run it with something installed in its process, then repeat it."""
        self.act.copy(self.place)
        code = within(self.act.start(self.place, install))
        self.tally.counts[self.act.name] += 1
        self._look(how)
        self._repeat(how, is_done=self._settled(code, how))

    def operations(self) -> list[str]:
        """Its file operations in order, each with the place that asked for it."""
        self.act.copy(self.place)
        counted, path = Faults(self.place), self.place.with_name("operations.txt")
        ended(self.act.start(self.place, lambda: counted.install(path)))
        return path.read_text().splitlines()

    def _look(self, how: str) -> None:
        for problem in state.broken(self.place, self.usual.good, self.usual.precious):
            self.tally.say(f"{self.act.name}, {how}: {problem}")

    def _settled(self, code: int, how: str) -> bool:
        """Whether it did everything before it ended by itself; an error has to be told in words."""
        told = (self.place / "told.txt").read_text()
        if code not in (0, 1, 2, 3, 5) or "Traceback" in told or "unexpected" in told:
            self.tally.say(f"{self.act.name}, {how}: {code}: {told[-700:]}")
        return code == 0

    def _is_seen(self) -> bool:
        """Whether readers are shown its night already."""
        return self.act.name in _NIGHTS and seen(self.place) == self.usual.good[1]

    def _repeat(self, how: str, *, is_done: bool) -> None:
        """Repeat it without disturbance unless it was done, and compare; where its night is seen already, that is what must be equal."""
        is_seen = self._is_seen()
        if is_seen and not is_done:
            self._compare(f"{how}, seen", only=("published ", "worklists/", "receipts/", "answers/"))
        if not is_done:
            (self.place / "told.txt").unlink(missing_ok=True)
            code = within(self.act.start(self.place))
            if code and code not in self.act.also_done:
                self.tally.say(f"{self.act.name}, {how}: repeated: {code}: {(self.place / 'told.txt').read_text()[-700:]}")
                return
        if is_done or not is_seen:
            self._compare(f"{how}{'' if is_done else ', repeated'}")

    def _compare(self, how: str, only: tuple[str, ...] = ("",)) -> None:
        usual, found = self.usual.state, answer_of(lambda: state.of(self.place), self.place)
        keys = sorted(key for key in usual.keys() | found.keys() if key.startswith(only))
        unlike = {key: (usual.get(key), found.get(key)) for key in keys if usual.get(key) != found.get(key)}
        told = " ".join((self.place / "told.txt").read_text().split())  # a terminal breaks lines
        if _NO_PAGE in told:  # a night is not lost for a picture, and counts that it has none
            unlike = {
                key: value
                for key, value in unlike.items()
                if not key.startswith(("reports/", "warehouse ops.metric", "published ops.metric"))
            }
        if unlike:
            self.tally.say(f"{self.act.name}, {how}: {dict(list(unlike.items())[:6])}")


def kills(act: Act, times: int, chosen: random.Random, tally: Tally) -> None:
    """Kill a command so many times at random moments."""
    trial, done = Trial.of(act, tally), 0
    while done < times:
        done += trial.killed(min(MOST_IN_A_ROW, times - done), chosen)
    print(f"{act.name}: {done} kills, {len(tally.wrong)} wrong so far", flush=True)


def faults(act: Act, each: int, sizes: int, chosen: random.Random, tally: Tally) -> None:
    """Let file operations of a command fail, one a try, so many of each place that asks; limit the size of its files."""
    trial = Trial.of(act, tally)
    sites: dict[str, list[int]] = {}
    for at, site in enumerate(trial.operations(), start=1):
        sites.setdefault(site, []).append(at)
    for number, (site, places) in enumerate(sites.items(), start=1):
        for at in chosen.sample(places, min(each, len(places))):
            kind = chosen.choice(KINDS)
            trial.disturbed(f"{site}, operation {at}, {errno.errorcode[kind]}", Faults(trial.place, at, kind).install)
        print(f"{act.name}: {number} of {len(sites)} places, {len(tally.wrong)} wrong so far", flush=True)
    largest = max(path.stat().st_size for path in act.base.rglob("*") if path.is_file())
    for size in (chosen.randrange(int(1.3 * largest)) for _ in range(sizes)):
        trial.disturbed(f"files up to {size}", lambda size=size: limit_files(size))
    print(
        f"{act.name}: {tally.counts[act.name]} file operations of {len(sites)} places and sizes, {len(tally.wrong)} wrong so far",
        flush=True,
    )


def together(acts: dict[str, Act], other: str, tries: int, chosen: random.Random, tally: Tally) -> None:
    """Start a night and something else, one a moment after the other; both end well."""
    night = acts["night"]
    place = night.base.parent.parent / "tried"
    usual = Undisturbed.run(night, place)
    for number in range(tries):
        night.copy(place)
        later = chosen.uniform(0, usual.seconds)
        first, second = (_start(what, acts, place, chosen) for what in (("night", other) if number % 3 else (other, "night")))
        pids = [first()]
        time.sleep(later if number % 3 else later / 20)
        pids.append(second())
        codes = [within(pid) for pid in pids]
        tally.counts[f"night and {other}"] += 1
        if any(codes):
            told = (place / "told.txt").read_text()[-500:]
            tally.say(f"night and {other}, {later:.2f} s apart, {'night' if number % 3 else other} first: {codes}: {told}")
        runs = answer_of(lambda: _runs(place), place)
        if any(status != "done" for _, status in runs):
            tally.say(f"night and {other}: {runs}")
        if other == "feedback" and not _answers(usual.state) < _answers(answer_of(lambda: state.of(place), place)):
            tally.say("night and feedback: answers are missing")
        print(f"night and {other}: {number + 1} of {tries}, {len(tally.wrong)} wrong so far", flush=True)


def _start(what: str, acts: dict[str, Act], place: Path, chosen: random.Random) -> Any:  # noqa: ANN401 - a function without arguments
    if what != "reader":
        return lambda: acts[what].start(place)
    held = chosen.uniform(0.1, 3)
    return lambda: forked(lambda: _read(place, held), place / "told.txt")


def _read(place: Path, seconds: float) -> int:
    """Have the warehouse open in another program, once that is possible."""
    import duckdb  # noqa: PLC0415 - in the process of the reader

    until = now() + _GIVE_UP
    while now() < until:
        try:
            with duckdb.connect(str(place / "home" / "warehouse.duckdb"), read_only=True):
                time.sleep(seconds)
        except duckdb.Error:
            time.sleep(0.05)
            continue
        return 0
    return 1


def killed_after(pid: int, seconds: float) -> int:
    """Kill a process and all it started after a time; minus 9, or how it ended before."""
    until = now() + seconds
    while (left := until - now()) > 0:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        time.sleep(min(left, 0.01))
    with suppress(ProcessLookupError):  # so early that it leads no group yet
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    return ended(pid)


def within(pid: int) -> int:
    """Wait for a process, which is killed when it hangs."""
    return killed_after(pid, _GIVE_UP)


def seen(place: Path) -> tuple[str, dict[str, str]]:
    """Run and lists that readers are shown; neither before the first publication."""
    shown = publication.read(Home(place / "home").current)
    return (shown.run_id if shown else "", state.lists(place))


def _runs(place: Path) -> list[Any]:
    import duckdb  # noqa: PLC0415

    copy = place / "looked_at.duckdb"
    shutil.copyfile(place / "home" / "warehouse.duckdb", copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        return connection.execute(f"SELECT run_id, status FROM ops.run WHERE as_of = DATE '{SECOND}'").fetchall()


def _answers(found: dict[str, str]) -> int:
    return int(found["warehouse ops.judgement"].strip("(").partition(",")[0])
