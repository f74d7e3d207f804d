"""The README that lies beside the files of a sample."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.sample import habits, kinds
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import World

_FORMS = (
    (
        "police_resident_",
        "GB18030, comma, CRLF",
        "Chinese headings, two parts; line breaks in some addresses; 民族 and 文化程度, which are refused",
    ),
    ("police_birth_", "UTF-8 with BOM, comma, CRLF", "Chinese headings"),
    (
        "police_death_",
        "GB18030, tab, CRLF",
        "headings in pinyin initials; dates with a midnight; two-character names spread over three places",
    ),
    ("police_move_in_", "UTF-8, comma, gzip", "Chinese headings; sex as 男 and 女"),
    ("police_move_out_", "GB18030, `|`, LF", "reasons as words; a small x and full-width digits in numbers"),
    ("health_birth_", "XLSX (CSV beyond 500,000 rows)", "text, number and date cells"),
    (
        "health_death_",
        "UTF-8 last year, GBK this year",
        "ten rows sent twice; guards around numbers; dates typed by hand; 死亡原因, which is refused",
    ),
    (
        "civil_cremation_",
        "GB18030, comma, CRLF",
        "two title rows, its own headings and codes, a total below: read by `profiles/civil_cremation.toml`",
    ),
    ("relocation_roll_", "Parquet", "canonical names, typed dates"),
    ("station_", "UTF-8, comma, LF", "Chinese headings; its counties are the scope"),
)

_TEXT = """# An invented prefecture

Nobody in these files exists. Names, households, addresses and events were drawn at random, and every citizen number starts with 99 or 00,
which no address code ever did; its check character is right, so that the checks have something to check.

Made by `reconcile sample --out DIR --population {population} --seed {seed}{hard}` for the business date {as_of};
the same command writes the same bytes.
What was planted is known by construction: no rule of the pipeline took part.

## Files

| file | rows | form | what is untidy about it |
|---|---|---|---|
{files}

Most files end with three rows that break the contract (no key, an impossible date, no name); each must become a reject.
`manifest_<date>.csv` gives rows and SHA-256 of each file of a delivery.

- `truth.csv`: `finding_type,group_id,record_type,record_key`. Rows of one group are the subjects of one expected finding (CONTRACT §2).
- `decoys.csv`: `kind,group_id,record_type,record_key`. Records that look like a finding and are none of the kind they
  imitate; a record may be a decoy for one type and true for another, such as the informant whose number stands on a death certificate.
- `persons.csv`: `record_type,record_key,person_no`. Whom each registration, health death and cremation is of: the truth of linkage.

## What is true

| finding type | cases |
|---|---|
{truth}

## What only looks so

| kind | cases |
|---|---|
{decoys}
"""

_KINDS = """
## Kinds of cases

| kind | what the records look like |
|---|---|
{kinds}
"""

_HABITS = """
## Habits of offices

Applied when the files are written; the truth is not theirs. A habit that leaves nothing to read (loss) spares what a case lives by
(`keep.py`); *cells* are those rewritten of those it could have met.

| habit | what is written | touches | rate | cells |
|---|---|---|---:|---:|
{habits}
"""


@dataclass(slots=True)
class Account:
    """What was written, over all parts.

    Attributes:
        persons: persons numbered so far.
        truth: finding type → cases.
        decoys: kind → cases.
        kinds: names of the kinds of cases that were planted.
        written: habit → cells rewritten.
        fitting: habit → cells that could have been.

    """

    population: int
    seed: int
    as_of: dt.date
    hard: bool
    persons: int = 0
    truth: Counter[str] = field(default_factory=Counter[str])
    decoys: Counter[str] = field(default_factory=Counter[str])
    kinds: set[str] = field(default_factory=set[str])
    written: Counter[str] = field(default_factory=Counter[str])
    fitting: Counter[str] = field(default_factory=Counter[str])

    def add(self, world: World, spoiler: Spoiler, persons: int) -> None:
        """Count a part in."""
        self.persons += persons
        self.truth += _cases(world.truth)
        self.decoys += _cases(world.decoys)
        self.kinds |= {kind.name for kind in kinds.discover() if kind.count(world.population, hard=world.hard)}
        for counted, cells in ((self.written, spoiler.written), (self.fitting, spoiler.fitting)):
            for (name, _, _), count in cells.items():
                counted[name] += count


def _cases(rows: list[tuple[str, str, str, str]]) -> Counter[str]:
    return Counter(kind for kind, _ in {row[:2] for row in rows})


def _counts(cases: Counter[str]) -> str:
    return "\n".join(f"| {kind} | {cases[kind]} |" for kind in sorted(cases))


def _kinds(account: Account) -> str:
    planted = [kind for kind in kinds.discover() if kind.name in account.kinds]
    return _KINDS.format(kinds="\n".join(f"| {kind.name} | {kind.sentence} |" for kind in planted)) if planted else ""


def _habits(account: Account) -> str:
    written, fitting = account.written, account.fitting
    rows = [
        f"| {one.name} | {one.sentence.replace('|', '&#124;')} | {one.touch} | {one.rate} | {written[one.name]} of {fitting[one.name]} |"
        for one in habits.discover()
        if fitting[one.name]
    ]
    return _HABITS.format(habits="\n".join(rows)) if rows else ""


def readme(account: Account, counts: Mapping[str, int]) -> str:
    """Text of the README: what lies here, in which form, and how much of what was planted."""
    files = [
        f"| `{name}` | {rows} | {form} | {untidy} |"
        for name, rows in sorted(counts.items())
        for prefix, form, untidy in _FORMS
        if name.startswith(prefix)
    ]
    text = _TEXT.format(
        population=account.population,
        seed=account.seed,
        hard=" --world hard" if account.hard else "",
        as_of=account.as_of,
        files="\n".join(files),
        truth=_counts(account.truth),
        decoys=_counts(account.decoys),
    )
    return text + _kinds(account) + _habits(account)
