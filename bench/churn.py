"""A register that people keep changing: corrected, spoiled, moved, removed, copied and new registrations."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

CHANGES = {"address": 35, "slip": 15, "number": 5, "restore": 20, "remove": 10, "copy": 5, "new": 10}
"""Kinds of change, methods of ``Register``, and how often each of a hundred is."""


def delivered(database: Path) -> pl.DataFrame:
    """The register as it was delivered, by the warehouse or a publication: text under the contract's names, each registration once."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("SELECT * FROM raw.police_resident ORDER BY registration_id").pl()
    return rows.select(pl.exclude("^_.*$").fill_null("")).unique("registration_id", maintain_order=True, keep="last")


class Register:
    """The police register as delivered: rows of text, changed from night to night."""

    def __init__(self, rows: pl.DataFrame, seed: int) -> None:
        """Keep the rows as they were first."""
        self.names = rows.columns
        self.rows: dict[str, dict[str, str]] = {row["registration_id"]: row for row in rows.iter_rows(named=True)}
        self.good = {key: dict(row) for key, row in self.rows.items()}
        self.spoiled: list[str] = []
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self.made = 0

    def churn(self, share: float) -> Counter[str]:
        """Change a share of the registrations, each in one way."""
        done: Counter[str] = Counter()
        kinds, weights = zip(*CHANGES.items(), strict=True)
        for key in self.random.sample(sorted(self.rows), round(share * len(self.rows))):
            kind = self.random.choices(kinds, weights)[0]
            if getattr(self, kind)(key):
                done[kind] += 1
        return done

    def address(self, key: str) -> bool:
        """Somebody moves house: no evidence of anything."""
        self.rows[key]["address_text"] += self.random.choice("甲乙丙丁")
        return True

    def slip(self, key: str) -> bool:
        """A clerk mistypes the name or the birth date."""
        row = self.rows[key]
        if self.random.random() < 0.5 and len(row["name"]) > 1:  # noqa: PLR2004 - half and half
            row["name"] = row["name"][:-1] + self.random.choice("伟芳娜敏静丽强磊军洋")
        else:
            row["birth_date"] = row["birth_date"][:-1] + str(self.random.randint(1, 8))
        self.spoiled.append(key)
        return True

    def number(self, key: str) -> bool:
        """A clerk mistypes the number."""
        number = self.rows[key]["citizen_id"]
        if len(number) != 18:  # noqa: PLR2004 - digits of a number
            return False
        place = self.random.randint(6, 16)
        self.rows[key]["citizen_id"] = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        self.spoiled.append(key)
        return True

    def restore(self, key: str) -> bool:
        """What was mistyped is put right, of any registration."""
        del key
        while self.spoiled:
            spoiled = self.spoiled.pop(self.random.randrange(len(self.spoiled)))
            if spoiled in self.rows:
                self.rows[spoiled] = dict(self.good[spoiled])
                return True
        return False

    def remove(self, key: str) -> bool:
        """A registration is cancelled, or leaves the register without a word."""
        if self.random.random() < 0.5:  # noqa: PLR2004 - half and half
            del self.rows[key]
        else:
            self.rows[key] |= {"cancel_kind": "moved_out", "cancelled_on": "20261101"}
        return True

    def copy(self, key: str) -> bool:
        """A person is registered once more elsewhere."""
        return self._add(self.rows[key] | {"household_no": f"9{self.made:08}", "address_text": "新街1号"})

    def new(self, key: str) -> bool:
        """Somebody is registered who was nowhere before, without a number yet."""
        name = self.rows[key]["name"][:1] + self.random.choice("一二三四五六七八九") + self.random.choice("东南西北中春夏秋冬")
        born = {"birth_date": f"2026{self.random.randint(1, 10):02}{self.random.randint(1, 28):02}", "registered_on": "20261115"}
        persons = dict.fromkeys(("citizen_id", "father_id", "mother_id", "spouse_id", "spouse_name", "father_name", "mother_name"), "")
        return self._add(self.rows[key] | persons | born | {"name": name, "relation_to_head": "20", "id_card_issued_on": ""})

    def _add(self, row: dict[str, str]) -> bool:
        self.made += 1
        key = f"RN{self.made:08}"
        self.rows[key] = {**row, "registration_id": key}
        self.good[key] = dict(self.rows[key])
        return True

    def correct(self, records: Iterable[str]) -> None:
        """Do what a station does that corrects: the last registration of a finding is cancelled."""
        keys = sorted(record.partition(":")[2] for record in records if record.startswith("police_resident:"))
        if keys and keys[-1] in self.rows:
            self.rows[keys[-1]] |= {"cancel_kind": "other", "cancelled_on": "20261101"}

    def deliver(self, inbox: Path, on: dt.date) -> None:
        """Write the register of a day in the place of the one before."""
        for old in inbox.glob("police_resident_*"):
            old.unlink()
        pl.DataFrame([self.rows[key] for key in sorted(self.rows)], schema=dict.fromkeys(self.names, pl.String)).write_csv(
            inbox / f"police_resident_{on:%Y%m%d}.csv"
        )

    def content(self, record: str) -> str:
        """What a record says that can be evidence; other extracts stay as they are."""
        kind, _, key = record.partition(":")
        if kind != "police_resident":
            return "delivered once"
        row = self.rows.get(key, {})
        return json.dumps({name: value for name, value in row.items() if name != "address_text"}, ensure_ascii=False, sort_keys=True)
