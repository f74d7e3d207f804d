"""Night after night on an invented register that people keep changing, with stations that answer: what becomes of every finding.

``python -m bench.nights --population 20000 --nights 30 --seed 1`` writes a sample, runs one night on it, then the others: before
each, a twentieth of the registrations is corrected, spoiled, moved, removed or new, and a third of the open questions comes back
answered, in the lists the stations got. After each night every finding is held against what should have become of it (``oracle``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from cyclopts import App

from bench.churn import Register, delivered
from bench.oracle import FIRST, Found, Oracle, history_wrong, identity_wrong, judgements_wrong, look
from reconcile import operate
from reconcile.home import Home
from reconcile.sample import write

OUTCOMES = {"confirmed": 25, "corrected": 30, "not_an_error": 25, "undetermined": 10, "wrong_station": 10}
SAID = {"confirmed": "属实", "corrected": "已纠正", "not_an_error": "不属实", "undetermined": "无法核实", "wrong_station": "非本所管辖"}
REALLY = 0.7
"""Share of the corrections that were really made."""

app = App(help=__doc__)


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
        asked = [finding_id for finding_id in rows["编号"].str.strip_chars().unique().sort() if finding_id in night]
        outcomes = {finding_id: truth(finding_id, seed) for finding_id in asked if chosen(finding_id, str(on), seed) < share}
        words = {finding_id: SAID[outcome] for finding_id, outcome in outcomes.items()}
        written = number.replace_strict(words, default="", return_dtype=pl.String)
        filled = rows.with_columns(written.alias("核实结果"), pl.when(written != "").then(pl.lit(f"{on:%Y/%m/%d}")).alias("核实日期"))
        text = filled.fill_null("").write_csv()
        target = folder / path.name
        target.write_bytes(text.encode("gb18030" if chosen(path.name, str(on), seed) < 0.5 else "utf-8-sig"))  # noqa: PLR2004 - half and half
        if outcomes:
            yield target, outcomes


class Simulation:
    """Nights one after the other; ``wrong`` is everything that should not have happened."""

    def __init__(self, folder: Path, population: int, seed: int, *, churn: float = 0.05, share: float = 0.33) -> None:
        """Write the sample and run the first night; ``churn`` of the rows change and ``share`` of the questions is answered each night."""
        self.inbox, self.home, self.seed, self.churn, self.share = folder / "inbox", folder / "home", seed, churn, share
        write(self.inbox, population, seed)
        # Who answers what goes by the finding number, so the same key asks the same questions again.
        home = Home(self.home)
        home.finding_key.parent.mkdir(parents=True)
        home.finding_key.write_text(f"simulation {seed}", encoding="utf-8")
        self.on, self.oracle, self.changed = FIRST, Oracle(), Counter[str]()
        _night(self.inbox, self.home, self.on)
        self.register = Register(delivered(Home(self.home).latest), seed)
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
        for path, outcomes in answers(self.home, self.found, self.on, self.share, self.seed):
            once, again = operate.take_in(Home(self.home), [path, path])
            if once.refused or once.accepted + once.repeated < len(outcomes) or again.accepted:
                wrong.append(f"{self.on} {path.name}: {once} {again}")
            for number, outcome in outcomes.items():
                self.oracle.answered(number, outcome, self.on)
                if outcome == "corrected" and chosen(number, "really", self.seed) < REALLY:
                    self.register.correct(self.found[number].subjects)
        return wrong

    def counts(self) -> dict[str, Any]:
        """What happened, in counts."""
        status = Counter(found.status for found in self.found.values())
        answered = len(self.oracle.accepted)
        return {"changed": dict(self.changed), "answers": answered, "status": dict(status), "seen": dict(self.oracle.counts)}


def _night(inbox: Path, home: Path, on: dt.date) -> None:
    operate.run(operate.settings_of(home=home, inbox=inbox, as_of=on, force=True, by="bench", reason="as planted"), lambda _progress: None)


@app.default
def main(*, population: int = 20_000, nights: int = 30, seed: int = 1) -> None:
    """Simulate, print the counts of each night and of all, and fail when anything was wrong."""
    with tempfile.TemporaryDirectory(prefix="nights-") as folder:
        simulation = Simulation(Path(folder), population, seed)
        for _ in range(nights - 1):
            started = time.perf_counter()
            wrong = simulation.night()
            figures = f"findings {len(simulation.found):,}  answers {len(simulation.oracle.accepted):,}  wrong {len(wrong)}"
            print(f"{simulation.on}  {figures}  {time.perf_counter() - started:.0f} s", *wrong, sep="\n  ", flush=True)
    print(json.dumps(simulation.counts(), ensure_ascii=False, indent=2))
    if simulation.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    app()
