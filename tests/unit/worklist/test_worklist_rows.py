"""What stands on a row: whose it is, where it is walked to, what it is about, what its clerk can do."""

from __future__ import annotations

import csv

from worklist_case import EAST, WEST

from reconcile import worklist
from reconcile.settings import Settings
from reconcile.store import Store


def read(settings: Settings, recipient: str) -> list[dict[str, str]]:
    (file,) = (settings.home.staged_worklists / recipient).glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_rows_of_one_type_stand_in_the_order_of_a_walk(store: Store, settings: Settings) -> None:
    """By village or street and household; a finding with two rows keeps them together, where the first one lives."""
    store.execute("UPDATE find.finding SET finding_type = 'number_invalid' WHERE status IN ('open', 'reopened') AND tier <> 'D'")
    for key, (village, household) in {"R1": ("乙村", "2"), "R3": ("乙村", "1"), "R5": (None, "1"), "R6": ("甲村", "9")}.items():
        update = "UPDATE std.police_resident SET address_text_key = $key, household_no = $household WHERE registration_id = $key"
        store.execute(update, key=key, household=household)
        store.execute("INSERT INTO link.address (address_key, address_village) VALUES ($key, $village)", key=key, village=village)
    store.execute("UPDATE std.police_resident SET community_code = '990101500001001' WHERE registration_id = 'R5'")
    worklist.run(store, settings)
    rows = [(row["人员编号"], row["村（居）委会"]) for row in read(settings, EAST)]
    assert rows == [
        ("R5", "990101500001001"), ("R3", "乙村"), ("R3", "乙村"), ("R6", "甲村"), ("R1", "乙村"), ("R6", "甲村"), ("R6", "甲村"),
    ]  # fmt: skip


def test_an_event_says_whose_registration_it_is(store: Store, settings: Settings) -> None:
    store.execute("UPDATE std.police_death SET registration_id = 'R1'")
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, "health") if row["编号"] == "W000000111")
    assert row["人员编号"] == "R1"


def test_what_a_finding_is_about_and_the_strongest_reasons_are_told(store: Store, settings: Settings) -> None:
    store.execute("UPDATE find.finding SET about = '死亡日期 2026年8月1日，身份证签发日期 2026年9月1日' WHERE finding_id = 'X000000022'")
    for key, field, level, weight in (
        ("D100", "sex", "equal", 1.0),
        ("D100", "name", "equal", 12.5),
        ("D100", "address_text", "different", -3.0),
        ("C200", "citizen_id", "one_edit", 7.0),
        ("C200", "name", "equal", 11.0),
    ):
        store.execute(
            "INSERT INTO find.evidence (finding_id, record_type, record_key, field, register_value, agreement, weight) "
            "VALUES ('X000000022', $kind, $key, $field, '值', $level, $weight)",
            kind="health_death" if key == "D100" else "civil_cremation", key=key, field=field, level=level, weight=weight,
        )  # fmt: skip
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "X000000022")
    assert row["不一致项"].startswith("死亡日期 2026年8月1日，身份证签发日期 2026年9月1日；")
    assert row["判断依据"].endswith("主要依据：姓名一致、公民身份号码只差一位。")
    store.execute("UPDATE find.finding SET finding_type = 'shared_number' WHERE finding_id = 'X000000022'")
    worklist.run(store, settings)
    assert not [row for row in read(settings, EAST) if "主要依据" in row["判断依据"]], "what is said to be two persons' speaks not for one"


def test_the_clerk_of_each_end_is_told_what_he_can_do(store: Store, settings: Settings) -> None:
    store.execute("UPDATE find.finding SET finding_type = 'move_in_origin_active' WHERE finding_id = 'D000000011'")
    store.execute("UPDATE find.subject SET role = CASE record_key WHEN 'R1' THEN 'origin' ELSE 'registration' END")
    worklist.run(store, settings)
    (origin,) = (row for row in read(settings, EAST) if row["编号"] == "D000000011")
    (destination,) = read(settings, WEST)
    assert origin["建议核查"] == "请核实。"
    assert "告知迁出地派出所" in destination["建议核查"]


def test_a_finding_leads_to_file_and_line_of_every_record_it_rests_on(store: Store) -> None:
    number = "X000000022"
    for kind, key, table, column in (
        ("health_death", "D100", "health_death", "death_cert_no"),
        ("police_resident", "R3", "police_resident", "registration_id"),
    ):
        store.execute(f"UPDATE std.{table} SET _file = $file, _line = 7, _load_id = 1 WHERE {column} = $key", file=f"{kind}.csv", key=key)
        store.execute(
            "INSERT INTO find.stated (finding_id, record_type, record_key, field) VALUES ($n, $kind, $key, 'record')",
            n=number,
            kind=kind,
            key=key,
        )
    rows = store.frame("SELECT role, record_key, file, line FROM find.trace WHERE finding_id = $n ORDER BY record_key", n=number).rows()
    assert [(key, file, line) for _, key, file, line in rows] == [("D100", "health_death.csv", 7), ("R3", "police_resident.csv", 7)]
    assert rows[0][0] == "evidence"


def test_open_findings_are_what_stations_are_asked(store: Store) -> None:
    found = store.frame("SELECT finding_id, station_name, records FROM find.open_finding")
    asked = store.frame("SELECT finding_id FROM find.finding WHERE status IN ('open', 'reopened') AND tier <> 'D'")
    assert sorted(found["finding_id"]) == sorted(asked["finding_id"])
    assert ("S000000033", "东城派出所", 2) in found.rows()
