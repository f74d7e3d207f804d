"""Night after night on an invented register that people keep changing, with stations that answer: what becomes of every finding.

``python bench/nights.py --population 20000 --nights 30 --seed 1`` writes a sample, runs one night on it, then the others: before
each, a twentieth of the registrations is corrected, spoiled, moved, removed or new, and a third of the open questions comes back
answered, in the lists the stations got. After each night every finding is held against what should have become of it, worked out
here once more in plain Python from the files and the answers alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from cyclopts import App

from bench.churn import Register
from reconcile import operate
from reconcile.home import Home
from reconcile.sample import write
from reconcile.store import Reader

FIRST = dt.date(2026, 11, 21)
OUTCOMES = {"confirmed": 25, "corrected": 30, "not_an_error": 25, "undetermined": 10, "wrong_station": 10}
SAID = {"confirmed": "属实", "corrected": "已纠正", "not_an_error": "不属实", "undetermined": "无法核实", "wrong_station": "非本所管辖"}
LISTED = """
SELECT f.finding_id, f.finding_type, f.status, f.station_code, f.agency, f.tier, f.variant, f.due_on, f.first_seen_on
FROM find.finding AS f ORDER BY f.finding_id
"""
RECORDS = """
SELECT finding_id, record_type || ':' || record_key AS record, 1 AS is_subject FROM find.subject
UNION ALL
SELECT DISTINCT finding_id, record_type || ':' || record_key, 0 FROM find.evidence
ORDER BY ALL
"""
REALLY = 0.7
"""Share of the corrections that were really made."""

app = App(help=__doc__)


@dataclass
class Known:
    """What the oracle knows of one finding."""

    status: str
    subjects: frozenset[str]
    reopened_on: dt.date | None = None
    answers: list[tuple[dt.date, str]] = field(default_factory=list[tuple[dt.date, str]])
    dismissed_with: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def answer(self) -> tuple[dt.date, str] | None:
        """The newest answer that is one."""
        said = [(on, number) for number, (on, outcome) in enumerate(self.answers) if outcome != "wrong_station"]
        return self.answers[max(said)[1]] if said else None


class Oracle:
    """What should have become of every finding, from the contract's states: told what happened, asked what may be."""

    def __init__(self) -> None:
        """Nothing is known before the first night."""
        self.known: dict[str, Known] = {}
        self.accepted: list[tuple[str, str, dt.date]] = []
        self.counts: Counter[str] = Counter()

    def answered(self, number: str, outcome: str, on: dt.date, records: frozenset[str], register: Register) -> None:
        """Take note of an answer that was accepted."""
        one = self.known[number]
        one.answers.append((on, outcome))
        self.accepted.append((number, outcome, on))
        if outcome == "not_an_error":
            one.dismissed_with = {record: register.content(record) for record in records}

    def expected(self, number: str, found: Found, on: dt.date, register: Register) -> set[str]:
        """States that are right for a finding tonight; found again when it has subjects tonight."""
        one = self.known.get(number)
        if not found.is_found or one is None:
            return {"open"} if found.is_found else {"resolved"}
        said = one.answer
        if said and said[1] == "not_an_error":
            news = any(one.dismissed_with.get(record) != register.content(record) for record in found.records)
            return {"dismissed", "reopened"} if news else {"dismissed"}
        grew = one.status in ("confirmed", "undetermined") and found.subjects - one.subjects
        if one.status == "resolved" or grew:
            return {"reopened"}
        if said is None or (one.reopened_on and said[0] < one.reopened_on):
            return {"reopened"} if one.reopened_on else {"open"}
        delivered = on if any(record.startswith("police_resident:") for record in found.subjects) else FIRST
        if said[1] == "corrected":
            return {"reopened"} if delivered > said[0] else {"confirmed"}
        return {said[1]}

    def settle(self, night: dict[str, Found], on: dt.date, register: Register) -> list[str]:
        """Compare a night with what should be, and go on from it; returns what is wrong, by finding number and state."""
        wrong: list[str] = []
        for number, found in sorted(night.items()):
            right = self.expected(number, found, on, register)
            if found.status not in right:
                one = self.known.get(number)
                before = f"{one.status} {one.answer}" if one else "unknown"
                wrong.append(f"{on} {number} {found.finding_type}: {found.status}, not {'/'.join(sorted(right))}; before {before}")
            self._go_on(number, found, on)
        lost = sorted(set(self.known) - set(night))
        return wrong + [f"{on} {number}: is gone" for number in lost]

    def _go_on(self, number: str, found: Found, on: dt.date) -> None:
        one = self.known.setdefault(number, Known("new", found.subjects))
        if found.status == "reopened" and one.status != "reopened":
            one.reopened_on = on
            self.counts[f"reopened from {one.status}"] += 1
        self.counts[f"nights {found.status}"] += 1
        one.status = found.status
        one.subjects = found.subjects if found.is_found else one.subjects


@dataclass(frozen=True)
class Found:
    """One finding as a night left it."""

    finding_type: str
    status: str
    station: str | None
    agency: str
    tier: str
    variant: str
    subjects: frozenset[str]
    records: frozenset[str]

    @property
    def is_found(self) -> bool:
        """Whether the rules raised it."""
        return self.status != "resolved"


def look(home: Path) -> dict[str, Found]:
    """Every finding of the publication."""
    with Reader(Home(home)) as reader:
        rows, records = reader.frame(LISTED), reader.frame(RECORDS)
    subjects, all_records = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for number, record, is_subject in records.iter_rows():
        all_records[number].add(record)
        if is_subject:
            subjects[number].add(record)
    return {
        row["finding_id"]: Found(
            row["finding_type"],
            row["status"],
            row["station_code"],
            row["agency"],
            row["tier"],
            row["variant"],
            frozenset(subjects[row["finding_id"]]),
            frozenset(all_records[row["finding_id"]]),
        )
        for row in rows.iter_rows(named=True)
    }


def chosen(number: str, what: str, seed: int) -> float:
    """A share that belongs to a finding number: which answer is the true one does not depend on the night."""
    return int(hashlib.sha256(f"{seed} {what} {number}".encode()).hexdigest()[:8], 16) / 2**32


def truth(number: str, seed: int) -> str:
    """The answer a clerk gives who knows."""
    place, total = chosen(number, "truth", seed) * 100, 0
    for outcome, weight in OUTCOMES.items():
        total += weight
        if place < total:
            return outcome
    raise AssertionError


def answers(home: Path, night: dict[str, Found], on: dt.date, share: float, seed: int) -> Iterator[tuple[Path, dict[str, str]]]:
    """Fill a share of the lists of a night; a list and what it answers. Lists come back as GB18030 or UTF-8."""
    folder = home / "returned" / str(on)
    folder.mkdir(parents=True)
    for path in sorted((home / "worklists" / str(on)).glob("9*/*.csv")):
        rows = pl.read_csv(path, infer_schema=False)
        number = pl.col("编号").str.strip_chars()
        said = {one: truth(one, seed) for one in rows["编号"].str.strip_chars().unique().sort() if chosen(one, str(on), seed) < share}
        said = {one: outcome for one, outcome in said.items() if one in night}
        told = number.replace_strict({one: SAID[outcome] for one, outcome in said.items()}, default="", return_dtype=pl.String)
        filled = rows.with_columns(told.alias("核实结果"), pl.when(told != "").then(pl.lit(f"{on:%Y/%m/%d}")).alias("核实日期"))
        text = filled.fill_null("").write_csv()
        target = folder / path.name
        target.write_bytes(text.encode("gb18030" if chosen(path.name, str(on), seed) < 0.5 else "utf-8-sig"))  # noqa: PLR2004 - half and half
        if said:
            yield target, said


def history_wrong(home: Path, on: dt.date, before: dict[str, Found], after: dict[str, Found]) -> list[str]:
    """Rows of history that the difference of two nights does not explain, and differences without a row."""
    expected: Counter[tuple[str, str]] = Counter()
    for number, found in after.items():
        one = before.get(number)
        if one is None or one.status != found.status:
            expected[number, found.status] += 1
        if one is not None:
            for name in ("tier", "variant"):
                expected[number, name] += getattr(one, name) != getattr(found, name)
            expected[number, "station_code"] += one.station != found.station
            expected[number, "subjects"] += one.subjects != found.subjects
    with Reader(Home(home)) as reader:
        rows = reader.frame("SELECT finding_id, change FROM find.history WHERE as_of = $on", on=on).rows()
    told = Counter((number, change) for number, change in rows if change not in ("evidence", "absorbed", "split"))
    wrong = (+expected - told) + (told - +expected)
    return [f"{on} {number}: {told[number, change]} rows for {expected[number, change]} changes of {change}" for number, change in wrong]


def identity_wrong(on: dt.date, before: dict[str, Found], after: dict[str, Found]) -> list[str]:
    """Questions about the same records that changed their number, or have two."""
    wrong: list[str] = []
    numbers: dict[tuple[str, frozenset[str]], str] = {}
    for number, found in after.items():
        if found.is_found and numbers.setdefault((found.finding_type, found.subjects), number) != number:
            wrong.append(f"{on} {number}: the same question as {numbers[found.finding_type, found.subjects]}")
    for number, found in before.items():
        again = numbers.get((found.finding_type, found.subjects))
        if found.is_found and again not in (None, number):
            wrong.append(f"{on} {number}: goes on as {again}")
    return wrong


def judgements_wrong(home: Path, accepted: list[tuple[str, str, dt.date]]) -> list[str]:
    """Answers that were accepted and are not there any more, or more often than given."""
    with Reader(Home(home)) as reader:
        there = Counter(reader.frame("SELECT finding_id, outcome, verified_on FROM ops.judgement").iter_rows())
    given = Counter(accepted)
    return [f"{one}: accepted {given[one]} times, there {there[one]} times" for one in given | there if given[one] != there[one]]


class Simulation:
    """Nights one after the other; ``wrong`` is everything that should not have happened."""

    def __init__(self, folder: Path, population: int, seed: int, *, churn: float = 0.05, share: float = 0.33) -> None:
        """Write the sample and run the first night; ``churn`` of the rows change and ``share`` of the questions is answered each night."""
        self.inbox, self.home, self.seed, self.churn, self.share = folder / "inbox", folder / "home", seed, churn, share
        write(self.inbox, population, seed)
        self.on, self.oracle, self.changed = FIRST, Oracle(), Counter[str]()
        _night(self.inbox, self.home, self.on)
        self.register = Register(_delivered(self.home), seed)
        (self.inbox / f"manifest_{FIRST:%Y%m%d}.csv").unlink()
        self.found = look(self.home)
        self.wrong = self.oracle.settle(self.found, FIRST, self.register) + history_wrong(self.home, FIRST, {}, self.found)

    def night(self) -> list[str]:
        """Answers come back, the register changes, a night runs; returns what is wrong about it."""
        wrong, before = self._answer(), self.found
        self.on += dt.timedelta(days=1)
        self.changed += self.register.churn(self.churn)
        self.register.deliver(self.inbox, self.on)
        _night(self.inbox, self.home, self.on)
        self.found = look(self.home)
        wrong += self.oracle.settle(self.found, self.on, self.register)
        wrong += history_wrong(self.home, self.on, before, self.found) + identity_wrong(self.on, before, self.found)
        wrong += judgements_wrong(self.home, self.oracle.accepted)
        self.wrong += wrong
        return wrong

    def _answer(self) -> list[str]:
        """Return the lists of a night twice; answers that are refused, or counted twice, are wrong."""
        wrong: list[str] = []
        for path, said in answers(self.home, self.found, self.on, self.share, self.seed):
            once, again = operate.take_in(Home(self.home), [path, path])
            if once.refused or once.accepted + once.repeated < len(said) or again.accepted:
                wrong.append(f"{self.on} {path.name}: {once} {again}")
            for number, outcome in said.items():
                self.oracle.answered(number, outcome, self.on, self.found[number].records, self.register)
                if outcome == "corrected" and chosen(number, "really", self.seed) < REALLY:
                    self.register.correct(self.found[number].subjects)
        return wrong

    def counts(self) -> dict[str, Any]:
        """What happened, in counts."""
        status = Counter(found.status for found in self.found.values())
        answered = len(self.oracle.accepted)
        return {"changed": dict(self.changed), "answers": answered, "status": dict(status), "seen": dict(self.oracle.counts)}


def _night(inbox: Path, home: Path, on: dt.date) -> None:
    operate.run(operate.settings_of(home=home, inbox=inbox, as_of=on, force=True), lambda _progress: None)


def _delivered(home: Path) -> pl.DataFrame:
    """The register as text under the contract's names, from what the first night loaded."""
    with Reader(Home(home)) as reader:
        rows = reader.frame("SELECT * FROM raw.police_resident ORDER BY registration_id")
    return rows.select(pl.exclude("^_.*$").fill_null("")).unique("registration_id", maintain_order=True, keep="last")


@app.default
def main(*, population: int = 20_000, nights: int = 30, seed: int = 1) -> None:
    """Simulate, print the counts of each night and of all, and fail when anything was wrong."""
    with tempfile.TemporaryDirectory(prefix="nights-") as folder:
        simulation = Simulation(Path(folder), population, seed)
        for _ in range(nights - 1):
            started = time.perf_counter()
            wrong = simulation.night()
            told = f"findings {len(simulation.found):,}  answers {len(simulation.oracle.accepted):,}  wrong {len(wrong)}"
            print(f"{simulation.on}  {told}  {time.perf_counter() - started:.0f} s", *wrong, sep="\n  ", flush=True)
    print(json.dumps(simulation.counts(), ensure_ascii=False, indent=2))
    if simulation.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    app()
