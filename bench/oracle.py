"""What should have become of every finding, worked out once more in plain Python from the files and the answers alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.churn import Register
from reconcile.home import Home
from reconcile.store import Reader

FIRST = dt.date(2026, 11, 21)
"""The first night; the whole register is delivered for it."""
LISTED = """
SELECT finding_id, finding_type, status, station_code, agency, tier, variant, due_on, first_seen_on
FROM find.finding ORDER BY finding_id
"""
RECORDS = """
SELECT finding_id, record_type || ':' || record_key AS record, 1 AS is_subject FROM find.subject
UNION ALL
SELECT DISTINCT finding_id, record_type || ':' || record_key, 0 FROM find.evidence
ORDER BY ALL
"""


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


@dataclass
class Known:
    """What the oracle knows of one finding."""

    status: str
    subjects: frozenset[str]
    reopened_on: dt.date | None = None
    answers: list[tuple[dt.date, str]] = field(default_factory=list[tuple[dt.date, str]])
    shown: dict[str, str] = field(default_factory=dict[str, str])
    shown_before: dict[str, str] = field(default_factory=dict[str, str])
    """Record → what it said, of the newest night and of the one before; an answer speaks of what was shown before its day."""
    answered_with: tuple[dict[str, str], ...] = ({},)
    """What was shown when the newest answer came: before its day, and on it, of which nobody can tell whether it lay on the desk."""

    @property
    def answer(self) -> tuple[dt.date, str] | None:
        """The newest answer that is one."""
        counting = [(on, place) for place, (on, outcome) in enumerate(self.answers) if outcome != "wrong_station"]
        return self.answers[max(counting)[1]] if counting else None


class Oracle:
    """What should have become of every finding, from the contract's states: told what happened, asked what may be."""

    def __init__(self) -> None:
        """Nothing is known before the first night."""
        self.known: dict[str, Known] = {}
        self.accepted: list[tuple[str, str, dt.date]] = []
        self.counts: Counter[str] = Counter()

    def answered(self, number: str, outcome: str, on: dt.date) -> None:
        """Take note of an answer that was accepted."""
        asked = self.known[number]
        asked.answers.append((on, outcome))
        self.accepted.append((number, outcome, on))
        if outcome != "wrong_station":
            asked.answered_with = (asked.shown_before or asked.shown, asked.shown)

    def expected(self, number: str, found: Found, on: dt.date, register: Register) -> set[str]:
        """States that are right for a finding tonight; found again when it has subjects tonight."""
        known = self.known.get(number)
        if not found.is_found or known is None:
            return {"open"} if found.is_found else {"resolved"}
        answer = known.answer
        if answer and answer[1] == "not_an_error":
            news = any(shown.get(record) != register.content(record) for record in found.records for shown in known.answered_with)
            return {"dismissed", "reopened"} if news else {"dismissed"}
        grew = known.status in ("confirmed", "undetermined") and found.subjects - known.subjects
        if known.status == "resolved" or grew:
            return {"reopened"}
        is_older = answer is None or (known.reopened_on and answer[0] < known.reopened_on)
        if answer is None or is_older or found.subjects - known.answered_with[0].keys():
            return {"reopened"} if known.reopened_on else {"open"}
        delivered = on if any(record.startswith("police_resident:") for record in found.subjects) else FIRST
        corrected = "reopened" if delivered > answer[0] else "confirmed"
        return {corrected if answer[1] == "corrected" else answer[1]}

    def settle(self, night: dict[str, Found], on: dt.date, register: Register) -> list[str]:
        """Compare a night with what should be, and go on from it; returns what is wrong, by finding number and state."""
        wrong: list[str] = []
        for number, found in sorted(night.items()):
            right = self.expected(number, found, on, register)
            if found.status not in right:
                known = self.known.get(number)
                before = f"{known.status} {known.answer}" if known else "unknown"
                wrong.append(f"{on} {number} {found.finding_type}: {found.status}, not {'/'.join(sorted(right))}; before {before}")
            self._go_on(number, found, on, register)
        lost = sorted(set(self.known) - set(night))
        return wrong + [f"{on} {number}: is gone" for number in lost]

    def _go_on(self, number: str, found: Found, on: dt.date, register: Register) -> None:
        known = self.known.setdefault(number, Known("new", found.subjects))
        if found.status == "reopened" and known.status != "reopened":
            known.reopened_on = on
            self.counts[f"reopened from {known.status}"] += 1
        self.counts[f"nights {found.status}"] += 1
        known.status = found.status
        known.shown_before, known.shown = known.shown, {record: register.content(record) for record in found.records}
        known.subjects = found.subjects if found.is_found else known.subjects


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


def history_wrong(home: Path, on: dt.date, before: dict[str, Found], after: dict[str, Found]) -> list[str]:
    """Rows of history that the difference of two nights does not explain, and differences without a row."""
    expected: Counter[tuple[str, str]] = Counter()
    for number, found in after.items():
        former = before.get(number)
        if former is None or former.status != found.status:
            expected[number, found.status] += 1
        if former is not None:
            for name in ("tier", "variant"):
                expected[number, name] += getattr(former, name) != getattr(found, name)
            expected[number, "station_code"] += former.station != found.station
            expected[number, "subjects"] += former.subjects != found.subjects
    with Reader(Home(home)) as reader:
        rows = reader.frame("SELECT finding_id, change FROM find.history WHERE as_of = $on", on=on).rows()
    recorded = Counter((number, change) for number, change in rows if change not in ("evidence", "absorbed", "split"))
    wrong = (+expected - recorded) + (recorded - +expected)
    return [
        f"{on} {number}: {recorded[number, change]} rows for {expected[number, change]} changes of {change}" for number, change in wrong
    ]


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
    differing = [answer for answer in given | there if given[answer] != there[answer]]
    return [f"{answer}: accepted {given[answer]} times, there {there[answer]} times" for answer in differing]
