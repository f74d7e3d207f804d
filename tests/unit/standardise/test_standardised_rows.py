from __future__ import annotations

import datetime as dt
import json

from reconcile.contract.tables import EXTRACTS

REJECTS = "SELECT column_name, rule, severity FROM ops.reject ORDER BY ALL"


def test_a_full_row_is_typed_and_normalised(warehouse):
    warehouse.deliver(
        "police_resident",
        {
            "name": " 張　偉",
            "sex": "男",
            "birth_date": "1949年12月31日",
            "citizen_id": "'110105491231002",
            "former_names": "张三，李四",
            "relation_to_head": "2",
            "address_text": "第三组",
            "cancel_kind": "正常",
        },
    )
    warehouse.run()
    assert warehouse.rows(
        "SELECT name, name_key, sex, birth_date, citizen_id, citizen_id_state, citizen_id_raw, former_names, former_names_key,"
        " relation_to_head, address_text_key, cancel_kind, father_id_state, _file, _line, _load_id FROM std.police_resident"
    ) == [
        (
            "張　偉", "张伟", "1", dt.date(1949, 12, 31), "11010519491231002X", "upgraded", "'110105491231002", "张三，李四", "张三|李四",
            "02", "3组", None, "missing", "police_resident.csv", 2, 1,
        )
    ]  # fmt: skip
    assert warehouse.rows(REJECTS) == []


def test_every_extract_can_be_standardised_when_empty(warehouse):
    assert set(warehouse.run().values()) == {0}
    assert {warehouse.rows(f"SELECT count(*) FROM std.{extract}")[0] for extract in EXTRACTS} == {(0,)}


def test_a_broken_required_value_rejects_the_row(warehouse):
    cases = [
        ("registration_id", "", "required"),
        ("name", None, "required"),
        ("name", " \u3000", "required"),
        ("sex", "5", "code_unknown"),
        ("sex", "无", "required"),
        ("birth_date", "2018-02-30", "date_impossible"),
        ("birth_date", None, "required"),
        ("household_no", "无", "required"),
        ("station_code", "9901015", "area_form"),
    ]
    broken = [{"registration_id": f"B{number}"} | {column: text} for number, (column, text, _) in enumerate(cases)]
    warehouse.deliver("police_resident", *broken, {"registration_id": "R2"})
    warehouse.run()
    assert warehouse.rows("SELECT registration_id FROM std.police_resident") == [("R2",)]
    found = warehouse.rows("SELECT column_name, rule, severity FROM ops.reject ORDER BY line")
    assert found == [(column, rule, "row") for column, _, rule in cases]


def test_a_broken_optional_value_becomes_null_and_is_listed(warehouse):
    broken = {"registered_on": "201801", "cancel_kind": "?", "community_code": "1"}
    warehouse.deliver("police_resident", broken)
    warehouse.run()
    assert warehouse.rows("SELECT registered_on, cancel_kind, community_code FROM std.police_resident") == [(None, None, None)]
    assert warehouse.rows(REJECTS) == [
        ("cancel_kind", "code_unknown", "value"),
        ("community_code", "area_form", "value"),
        ("registered_on", "date_partial", "value"),
    ]


def test_a_damaged_number_is_a_state_and_no_reject(warehouse):
    warehouse.deliver("police_resident", {"citizen_id": "99010119900101123"})
    warehouse.run()
    assert warehouse.rows("SELECT citizen_id, citizen_id_state FROM std.police_resident") == [(None, "malformed")]
    assert warehouse.rows(REJECTS) == []


def test_a_reject_says_where_and_keeps_the_row_as_delivered(warehouse):
    warehouse.deliver("police_resident", {}, {"registration_id": "R2", "name": " 某某", "sex": "5", "birth_date": "x"})
    warehouse.run()
    rejects = warehouse.rows("SELECT load_id, extract, file, line, stage, raw_row FROM ops.reject ORDER BY column_name")
    assert [reject[:5] for reject in rejects] == [(1, "police_resident", "police_resident.csv", 3, "standardise")] * 2
    raw_row = json.loads(str(rejects[0][5]))
    assert (raw_row["name"], raw_row["sex"], raw_row["father_id"]) == (" 某某", "5", None)
    assert "_line" not in raw_row


def test_the_number_of_another_document_is_no_damaged_number(warehouse):
    cases = [
        ("护照", "1234567", "placeholder"),
        ("3", "99012345", "other_document"),
        ("9", "99012345", "other_document"),
        ("1", "99012345", "malformed"),
        (None, "99012345", "malformed"),
        ("3", "11010519491231002X", "valid"),
        ("3", "110105194912310026", "checksum"),
    ]
    rows = [{"death_cert_no": f"D{number}", "id_type": kind, "citizen_id": text} for number, (kind, text, _) in enumerate(cases)]
    warehouse.deliver("health_death", *rows)
    warehouse.run()
    assert warehouse.rows("SELECT citizen_id_state FROM std.health_death ORDER BY death_cert_no") == [(state,) for _, _, state in cases]


def test_local_codes_are_those_of_the_load(warehouse):
    warehouse.deliver("police_resident", {"sex": "2"}, {"registration_id": "R2", "sex": "甲"})
    warehouse.deliver("police_resident", {"registration_id": "R3", "sex": "2"}, {"registration_id": "R4", "sex": "甲"})
    warehouse.execute("INSERT INTO ref.profile_code VALUES (1, 'sex', '2', '1'), (1, 'sex', '甲', '2'), (1, 'outcome', '2', '1')")
    warehouse.run()
    assert warehouse.rows("SELECT registration_id, sex FROM std.police_resident ORDER BY ALL") == [("R1", "1"), ("R2", "2"), ("R3", "2")]
    assert warehouse.rows("SELECT load_id, line, json_extract_string(raw_row, 'sex') FROM ops.reject") == [(2, 3, "甲")]


def test_an_empty_flag_reads_as_false_and_a_broken_one_as_unknown(warehouse):
    warehouse.deliver("police_death", {}, {"event_id": "E2", "reversed": "是"}, {"event_id": "E3", "reversed": "?"})
    warehouse.run()
    assert warehouse.rows("SELECT event_id, reversed FROM std.police_death ORDER BY ALL") == [("E1", False), ("E2", True), ("E3", None)]
    assert warehouse.rows(REJECTS) == [("reversed", "code_unknown", "value")]


def test_counts(warehouse):
    warehouse.deliver(
        "police_resident", {}, {}, {"registration_id": "R2", "sex": "5", "cancel_kind": "?"}, {"name": "李四", "birth_date": "20000101"}
    )
    counts = warehouse.run()
    assert {name: count for name, count in counts.items() if name[1] == "police_resident"} == {
        ("delivered", "police_resident"): 4,
        ("rows", "police_resident"): 1,
        ("rejected_rows", "police_resident"): 1,
        ("rejected_values", "police_resident"): 1,
        ("superseded", "police_resident"): 1,
        ("key_collisions", "police_resident"): 1,
    }


def test_nothing_is_done_again_until_a_load_comes(warehouse):
    warehouse.deliver("police_resident", {"sex": "5"})
    warehouse.execute("INSERT INTO ops.reject (load_id, extract, rule) VALUES (1, 'police_resident', 'columns')")
    assert warehouse.run()
    assert warehouse.run() == {}
    assert warehouse.run(full=True)["delivered", "police_resident"] == 1
    assert warehouse.rows("SELECT rule, stage FROM ops.reject ORDER BY ALL") == [("code_unknown", "standardise"), ("columns", "ingest")]
    warehouse.deliver("police_resident", {"registration_id": "R2"})
    assert {extract for _, extract in warehouse.run()} == {"police_resident"}
    assert warehouse.rows("SELECT registration_id FROM std.police_resident") == [("R2",)]


def test_a_snapshot_that_left_raw_leaves_std(warehouse):
    warehouse.deliver("station", {})
    warehouse.run()
    warehouse.execute("DELETE FROM raw.station")
    warehouse.deliver("station", {"station_code": "990101510001"})
    warehouse.run()
    assert warehouse.rows("SELECT station_code FROM std.station") == [("990101510001",)]


def test_a_person_whose_birthday_is_not_known_is_a_person(warehouse):
    births = ["1980年5月", "1980", "1900-01-01", "1980-05-17", "1980-13-01", "不详"]
    warehouse.deliver("police_resident", *({"registration_id": f"R{number}", "birth_date": text} for number, text in enumerate(births)))
    warehouse.run()
    assert warehouse.rows("SELECT registration_id, birth_date, birth_date_partial FROM std.police_resident ORDER BY ALL") == [
        ("R0", None, "1980-05"),
        ("R1", None, "1980"),
        ("R2", None, None),
        ("R3", dt.date(1980, 5, 17), None),
    ]
    assert warehouse.rows("SELECT line, rule, severity FROM ops.reject ORDER BY line") == [
        (2, "date_partial", "value"),
        (3, "date_partial", "value"),
        (4, "date_default", "value"),
        (6, "date_impossible", "row"),
        (7, "required", "row"),
    ]
