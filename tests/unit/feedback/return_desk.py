"""A warehouse with four findings that two stations were asked about, and a desk to return lists to."""

from __future__ import annotations

import csv
import datetime as dt

import polars as pl
import records
from records import EAST, WEST
from warehouses import furnished
from xlsxwriter import Workbook

from reconcile import feedback, identity
from reconcile.settings import Settings
from reconcile.worklist.columns import HEADINGS

NIGHT = records.FOUND_ON
SUBJECTS = {
    "number_invalid": [("R1", EAST)],
    "number_conflict": [("R2", WEST)],
    "duplicate_registration": [("R3", EAST), ("R4", WEST)],
    "death_evidence_conflict": [("R5", EAST)],
}
NUMBERS = {
    kind: identity.finding_id(b"unit", letter, kind, [f"police_resident:{key}" for key, _ in SUBJECTS[kind]])
    for kind, letter in zip(SUBJECTS, "NQDE", strict=True)
}
INVALID, CONFLICT, DUPLICATE, DEATH = NUMBERS.values()


def fill(store):
    agency = {"death_evidence_conflict": "police, health"}
    for kind, number in NUMBERS.items():
        finding = records.finding(number, kind, agency=agency.get(kind, "police"), station_code=SUBJECTS[kind][0][1])
        store.insert("find.finding", pl.DataFrame([finding]))
        subjects = [
            {"finding_id": number, "record_type": "police_resident", "record_key": key, "station_code": code}
            for key, code in SUBJECTS[kind]
        ]
        store.insert("find.subject", pl.DataFrame(subjects))
    stated = {"finding_id": DUPLICATE, "record_type": "police_resident", "record_key": "R4", "field": "name", "value": "张"}
    store.insert("find.stated", pl.DataFrame([stated]))


class Desk:
    """Where lists come back."""

    def __init__(self, home, folder):
        self.home, self.folder = furnished(home), folder
        self.settings = Settings(home=home, as_of=NIGHT)
        self.store = None

    def path(self, name):
        self.folder.mkdir(exist_ok=True)
        return self.folder / name

    def take(self, *paths):
        return feedback.take_in(self.store, paths)

    def csv(self, rows, *, name=f"worklist_{EAST}_2026-11-21.csv", encoding="utf-8-sig", delimiter=",", above=(), headings=HEADINGS):
        path = self.path(name)
        with path.open("w", encoding=encoding, newline="") as file:
            file.writelines(f"{line}\r\n" for line in above)
            writer = csv.DictWriter(file, headings, restval="", delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        return path

    def xlsx(self, rows, name=f"worklist_{EAST}_2026-11-21.xlsx"):
        path = self.path(name)
        with Workbook(str(path)) as book:
            sheet = book.add_worksheet("核查清单")
            sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "核查清单")
            sheet.write_row(1, 0, HEADINGS)
            day = book.add_format({"num_format": "yyyy/m/d"})
            for number, row in enumerate(rows, 2):
                for heading, value in row.items():
                    put = sheet.write_datetime if isinstance(value, dt.date) else sheet.write_string
                    put(number, HEADINGS.index(heading), value, *([day] if isinstance(value, dt.date) else []))
        return path

    def judgements(self, columns="finding_id, outcome"):
        return self.store.frame(f"SELECT {columns} FROM ops.judgement ORDER BY ALL").rows()

    def rules(self):
        return self.store.frame("SELECT line, rule FROM ops.reject ORDER BY ALL").rows()


def answer(number, outcome="属实", on="2026-11-24", **more):
    return {"编号": number, "姓名": "张三", "核实结果": outcome, "核实日期": on} | more


def told(receipt):
    with receipt.path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["表格行号"], row["编号"], row["处理结果"]) for row in csv.DictReader(file)]
