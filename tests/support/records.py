"""The row that tests start from, one an extract and one for a finding: a test states only what matters to it.

Values are texts as the contract writes them (ISO dates, ``false``); no row has a key. Who needs other types or other people derives.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

EAST, WEST = "990101500001", "990102500002"
"""Two stations, of the counties 990101 and 990102."""

FOUND_ON = dt.date(2026, 11, 21)

ROWS: dict[str, dict[str, str]] = {
    "police_resident": {
        "name": "张一",
        "sex": "1",
        "birth_date": "1990-01-01",
        "household_no": "1",
        "station_code": "990101510000",
        "registered_on": "1990-02-01",
    },
    "police_move_in": {
        "name": "张一",
        "station_code": "990102510000",
        "origin_code": "990101",
        "moved_in_on": "2026-05-10",
        "reversed": "false",
    },
    "police_move_out": {
        "name": "张一",
        "station_code": "990101510000",
        "destination_code": "990102",
        "moved_out_on": "2026-05-01",
        "reversed": "false",
    },
    "police_birth": {
        "name": "张小一",
        "sex": "1",
        "birth_date": "2026-03-01",
        "station_code": "990101510000",
        "registered_on": "2026-03-20",
        "registration_kind": "birth",
        "reversed": "false",
    },
    "health_birth": {
        "sex": "1",
        "birth_date": "2026-03-01",
        "birth_order": "1",
        "mother_name": "李二",
        "issued_on": "2026-03-05",
        "voided": "false",
    },
    "police_death": {
        "name": "张一",
        "station_code": "990101510000",
        "death_date": "2026-05-03",
        "registered_on": "2026-05-20",
        "reversed": "false",
    },
    "relocation_roll": {"name": "张一", "relocated_on": "2026-03-01", "resettlement_station_code": "990102510000"},
    "health_death": {"name": "张一", "death_date": "2026-05-03", "reported_on": "2026-05-10", "voided": "false"},
    "civil_cremation": {"name": "张一", "death_date": "2026-05-03", "cremated_on": "2026-05-05"},
    "station": {"station_code": "990101510000", "station_name": "甲县派出所", "county_code": "990101", "county_name": "甲县"},
    "verification_result": {"finding_id": "D1", "outcome": "属实", "verified_on": "2026-11-20"},
}


def of(extract: str, columns: str = "", **differing: Any) -> dict[str, Any]:
    """The row of an extract, or some of its columns, but for what differs."""
    row = ROWS[extract]
    return {column: row[column] for column in columns.split() or row} | differing


def finding(finding_id: str, finding_type: str, **differing: Any) -> dict[str, Any]:
    """An open finding of the police at the first station, but for what differs."""
    return {
        "finding_id": finding_id,
        "finding_type": finding_type,
        "variant": "one",
        "status": "open",
        "agency": "police",
        "station_code": EAST,
        "first_seen_on": FOUND_ON,
    } | differing
