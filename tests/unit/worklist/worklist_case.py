"""A small warehouse made by hand: every way a finding can reach, or not reach, a station."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import records
from records import EAST, WEST

from reconcile.contract.warehouse import TABLES
from reconcile.store import Store

UNKNOWN = "990199500009"
AS_OF = records.FOUND_ON
DUE = dt.date(2026, 12, 21)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def resident(registration_id: str, station_code: str, name: str, number: str | None, birth: str, **more: Any) -> dict[str, Any]:
    row = records.of(
        "police_resident",
        registration_id=registration_id,
        station_code=station_code,
        name=name,
        name_key=name,
        birth_date=day(birth),
        citizen_id=number,
        citizen_id_state="valid" if number else "missing",
        citizen_id_raw=number,
        household_no="0012",
        address_text="东城街1号",
        registered_on=day("2001-05-06"),
        registration_kind="birth",
    )
    return row | more


RESIDENTS = [
    resident("R1", EAST, "张三", "990101195003020014", "1950-03-02"),
    resident("R2", WEST, "张叁", "990102195003020011", "1950-03-02", address_text="西城街2号"),
    resident("R3", EAST, "李四", "990101196001010033", "1960-01-01", household_no="3-1", address_text="=HYPERLINK(0)"),
    resident("R4", UNKNOWN, "王五", "990101197001010053", "1970-01-01"),
    resident("R5", EAST, "赵六", None, "1980-01-01", citizen_id_state="malformed", citizen_id_raw="99010119800101\t", household_no=None),
    resident("R6", EAST, "孙七", "990101196001010033", "1961-02-03", sex="2"),
    resident("R7", EAST, "周八", "990101199001010055", "1990-01-01"),
]

DEATHS = [
    {
        "death_cert_no": "D100",
        "name": "李四",
        "name_key": "李四",
        "sex": "1",
        "birth_date": day("1960-10-01"),
        "citizen_id": "990101196001010033",
        "citizen_id_state": "valid",
        "citizen_id_raw": "990101196001010033",
        "death_date": day("2026-08-01"),
        "reported_on": day("2026-08-09"),
    },
]

CREMATIONS = [
    {
        "cremation_cert_no": "C200",
        "name": "李四",
        "name_key": "李四",
        "sex": "0",
        "birth_date": None,
        "citizen_id": None,
        "citizen_id_state": "missing",
        "death_date": day("2026-08-01"),
        "cremated_on": day("2026-08-03"),
    },
]

STATIONS = [
    {"station_code": EAST, "station_name": "东城派出所", "county_code": EAST[:6], "county_name": "甲县"},
    {"station_code": WEST, "station_name": "西城派出所", "county_code": WEST[:6], "county_name": "乙县"},
]

FINDINGS = [
    ("D000000011", "duplicate_registration", 2, "open", "A", EAST),
    ("X000000022", "death_not_cancelled", 1, "open", "A", EAST),
    ("S000000033", "shared_number", 2, "reopened", "A", EAST),
    ("N000000044", "number_invalid", 4, "open", "A", EAST),
    ("Q000000055", "number_conflict", 4, "open", "A", EAST),
    ("N000000066", "number_invalid", 4, "open", "A", UNKNOWN),
    ("D000000077", "duplicate_registration", 2, "open", "D", EAST),
    ("N000000088", "number_invalid", 4, "dismissed", "A", EAST),
    ("N000000099", "number_invalid", 4, "confirmed", "A", EAST),
    ("E000000100", "death_evidence_conflict", 3, "open", "B", EAST),
    ("W000000111", "cancellation_without_evidence", 5, "open", "B", None),
]

AGENCIES = {"cancellation_without_evidence": "health", "death_evidence_conflict": "police, health"}

SUBJECTS = [
    ("D000000011", "police_resident", "R1", EAST),
    ("D000000011", "police_resident", "R2", WEST),
    ("X000000022", "police_resident", "R3", EAST),
    ("S000000033", "police_resident", "R3", EAST),
    ("S000000033", "police_resident", "R6", EAST),
    ("N000000044", "police_resident", "R5", EAST),
    ("Q000000055", "police_resident", "R6", EAST),
    ("N000000066", "police_resident", "R4", UNKNOWN),
    ("D000000077", "police_resident", "R1", EAST),
    ("D000000077", "police_resident", "R7", EAST),
    ("N000000088", "police_resident", "R7", EAST),
    ("N000000099", "police_resident", "R7", EAST),
    ("E000000100", "police_resident", "R6", EAST),
    ("E000000100", "health_death", "D100", None),
    ("W000000111", "police_death", "P1", EAST),
]

EVIDENCE = [
    ("X000000022", "health_death", "D100", "birth_date", "1960-01-01", "1960-10-01", "different"),
    ("X000000022", "civil_cremation", "C200", "name", "李四", "李四", "equal"),
    ("Q000000055", "police_resident", "R6", "birth_date", "1961-02-03", "1960-01-01", "different"),
    ("Q000000055", "police_resident", "R6", "sex", "女", "男", "different"),
    ("N000000044", "police_resident", "R5", "citizen_id", "99010119800101", None, "malformed"),
]


def std_frame(extract: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows in the columns of ``std.<extract>``; what a row does not say is null."""
    schema = TABLES[f"std.{extract}"].polars()
    return pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)


def finding(row: tuple[str, str, int, str, str, str | None]) -> dict[str, Any]:
    finding_id, finding_type, priority, status, tier, station_code = row
    return records.finding(
        finding_id,
        finding_type,
        tier=tier,
        priority=priority,
        status=status,
        agency=AGENCIES.get(finding_type, "police"),
        station_code=station_code,
        due_on=DUE,
        reason="两条记录疑为同一人。",
        suggestion="请核实。",
    )


def fill(store: Store) -> None:
    """Put the hand-made rows into the warehouse."""
    subject_columns = ["finding_id", "record_type", "record_key", "station_code"]
    evidence_columns = ["finding_id", "record_type", "record_key", "field", "register_value", "source_value", "agreement"]
    police_death = {"event_id": "P1", "name": "吴九", "name_key": "吴九", "death_date": day("2020-01-01"), "station_code": EAST}
    with store.transaction():
        store.replace("std.station", std_frame("station", STATIONS))
        store.replace("std.police_resident", std_frame("police_resident", RESIDENTS))
        store.replace("std.health_death", std_frame("health_death", DEATHS))
        store.replace("std.civil_cremation", std_frame("civil_cremation", CREMATIONS))
        store.replace("std.police_death", std_frame("police_death", [police_death]))
        store.replace("find.finding", pl.DataFrame([finding(row) for row in FINDINGS]))
        store.replace("find.subject", pl.DataFrame(SUBJECTS, schema=subject_columns, orient="row"))
        store.replace("find.evidence", pl.DataFrame(EVIDENCE, schema=evidence_columns, orient="row"))
