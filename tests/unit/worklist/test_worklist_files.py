"""Who gets which rows, and what the files look like byte for byte."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from worklist_case import AS_OF, DUE, EAST, FINDINGS, SUBJECTS, UNKNOWN, WEST

from reconcile import worklist
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.worklist.columns import HEADINGS

GOLDEN = Path(__file__).parents[2] / "golden" / "worklist"
LISTED = {row[0] for row in FINDINGS if row[3] in ("open", "reopened") and row[4] != "D"}


def read(settings: Settings, recipient: str) -> list[dict[str, str]]:
    (file,) = (settings.home.staged_worklists / recipient).glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def recipients(settings: Settings) -> set[str]:
    return {path.name for path in settings.home.staged_worklists.iterdir() if path.is_dir()}


def contents(settings: Settings) -> dict[str, bytes]:
    root = settings.home.staged_worklists
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_every_listed_subject_has_exactly_one_row_on_the_list_of_its_recipient(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    of_health = ("W000000111", "health_death")
    expected = Counter(
        (
            "health" if finding_id in of_health or kind in of_health else station if station in {EAST, WEST} else "unrouted",
            finding_id,
            key if kind == "police_resident" else "",
        )
        for finding_id, kind, key, station in SUBJECTS
        if finding_id in LISTED
    )
    written = Counter((recipient, row["编号"], row["人员编号"]) for recipient in recipients(settings) for row in read(settings, recipient))
    assert written == expected
    assert sum(expected.values()) == 11


@pytest.mark.parametrize(("named", "recipient"), [(WEST, WEST), (None, "unrouted")])
def test_what_a_station_said_is_not_its_own_leaves_its_list(store: Store, settings: Settings, named: str | None, recipient: str) -> None:
    number = "N000000044"
    store.execute("INSERT INTO find.route VALUES ($number, $east, $named)", number=number, east=EAST, named=named)
    store.execute("UPDATE find.finding SET station_code = $named WHERE finding_id = $number", number=number, named=named)
    worklist.run(store, settings)
    assert [where for where in recipients(settings) for row in read(settings, where) if row["编号"] == number] == [recipient]


def test_the_half_of_the_other_station_stays_with_it(store: Store, settings: Settings) -> None:
    number = "D000000011"
    store.execute("INSERT INTO find.route VALUES ($number, $east, $other)", number=number, east=EAST, other=UNKNOWN)
    store.execute("UPDATE find.finding SET station_code = $west WHERE finding_id = $number", number=number, west=WEST)
    worklist.run(store, settings)
    listed = {(where, row["人员编号"]) for where in recipients(settings) for row in read(settings, where) if row["编号"] == number}
    assert listed == {("unrouted", "R1"), (WEST, "R2")}


def test_a_station_nobody_knows_is_named_on_the_unrouted_list(store: Store, settings: Settings) -> None:
    counts = worklist.run(store, settings)
    (row,) = read(settings, "unrouted")
    assert row["人员编号"] == "R4"
    assert f"派出所代码：{UNKNOWN}" in row["登记信息"]
    assert {name: number for name, number in counts.items() if number} == {
        "stations": 2,
        "station_rows": 8,
        "unrouted_rows": 1,
        "agency_rows": 2,
        ("standing_rows", "new"): 9,
        ("standing_rows", "reopened"): 2,
    }


def test_a_subject_without_station_goes_where_its_finding_goes(store: Store, settings: Settings) -> None:
    store.execute("UPDATE find.subject SET station_code = NULL WHERE record_key = 'R5'")
    worklist.run(store, settings)
    assert "R5" in {row["人员编号"] for row in read(settings, EAST)}
    store.execute("UPDATE find.finding SET station_code = NULL WHERE finding_id = 'N000000044'")
    worklist.run(store, settings)
    assert "R5" in {row["人员编号"] for row in read(settings, "unrouted")}


def test_rows_stand_by_type_the_most_urgent_first(store: Store, settings: Settings) -> None:
    store.execute("UPDATE find.finding SET first_seen_on = first_seen_on - INTERVAL 5 DAY WHERE finding_id = 'S000000033'")
    store.execute("UPDATE find.finding SET confidence = CASE finding_id WHEN 'Q000000055' THEN 0.9 ELSE 0.8 END")
    worklist.run(store, settings)
    numbers = [row["编号"] for row in read(settings, EAST)]
    assert numbers == ["X000000022", "D000000011", "S000000033", "S000000033", "E000000100", "Q000000055", "N000000044"]


def test_an_answered_finding_is_quiet_until_it_is_overdue(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    assert "N000000099" not in {row["编号"] for row in read(settings, EAST)}
    on_the_day = settings.model_copy(update={"as_of": DUE})
    store.settings = on_the_day
    worklist.run(store, on_the_day)
    assert "N000000099" not in {row["编号"] for row in read(settings, EAST)}
    store.settings = settings.model_copy(update={"as_of": DUE.replace(day=22)})
    worklist.run(store, store.settings)
    assert "N000000099" in {row["编号"] for row in read(settings, EAST)}


def test_a_station_reads_of_another_stations_record_no_more_than_reference_and_differences(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "D000000011")
    assert row["对方记录"] == "公安常住人口登记（西城派出所）：人员编号 R2，张叁，1950-03-02出生"
    assert row["不一致项"] == "姓名：本登记 张三，对方 张叁；公民身份号码：本登记 990101195003020014，对方 990102195003020011"
    assert "西城街2号" not in "".join(row.values())
    (other,) = read(settings, WEST)
    assert other["不一致项"].startswith("姓名：本登记 张叁，对方 张三")
    assert "西城街2号" in other["登记信息"]


def test_both_rows_of_one_station_say_that_one_answer_is_enough(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    several = [row for row in read(settings, EAST) if "填写其中一行即可" in row["建议核查"]]
    assert [(row["编号"], row["人员编号"]) for row in several] == [("S000000033", "R3"), ("S000000033", "R6")]


def test_what_the_row_contradicts_in_itself_is_a_difference(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "Q000000055")
    assert row["不一致项"] == "出生日期：登记 1961-02-03，号码 1960-01-01；性别：登记 女，号码 男"
    assert row["对方记录"] == ""


def test_an_unstated_sex_and_an_equal_folded_name_are_no_difference(store: Store, settings: Settings) -> None:
    store.execute("UPDATE std.health_death SET name = '李 四', sex = '9', birth_date = '1960-01-01'")
    store.execute("UPDATE std.civil_cremation SET citizen_id = '990101196001010033', citizen_id_state = 'valid'")
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "X000000022")
    assert row["不一致项"] == ""


@pytest.mark.parametrize(
    ("guard", "number", "registration"), [("tab", "{}\t", "0012\t"), ("formula", '="{}"', '="0012"'), ("none", "{}", "0012")]
)
def test_numbers_are_guarded_as_the_setting_says(store: Store, settings: Settings, guard: str, number: str, registration: str) -> None:
    store.execute("UPDATE std.police_resident SET registration_id = '0012' WHERE registration_id = 'R2'")
    store.execute("UPDATE find.subject SET record_key = '0012' WHERE record_key = 'R2'")
    worklist.run(store, settings.model_copy(update={"id_guard": guard}))
    (row,) = read(settings, WEST)
    assert (row["公民身份号码"], row["人员编号"]) == (number.format("990102195003020011"), registration)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1+1", "\r=1+1"])
def test_no_cell_starts_a_formula(store: Store, settings: Settings, name: str) -> None:
    store.execute("UPDATE std.police_resident SET name = $name", name=name)
    worklist.run(store, settings)
    cells = [cell for row in read(settings, EAST) for cell in row.values()]
    assert f"'{name.strip()}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]


def test_a_line_break_in_a_value_does_not_break_the_row(store: Store, settings: Settings) -> None:
    store.execute("UPDATE std.police_resident SET address_text = $address", address='甲街\r\n1号"东"')
    worklist.run(store, settings)
    assert '甲街 1号"东"' in read(settings, WEST)[0]["登记信息"]


def test_same_rows_give_the_same_bytes_and_leftovers_go(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    first = contents(settings)
    (settings.home.staged_worklists / "leftover").mkdir()
    worklist.run(store, settings)
    assert contents(settings) == first


def test_the_manifest_accounts_for_every_file(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    files = contents(settings)
    with (settings.home.staged_worklists / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        manifest = list(csv.DictReader(lines))
    assert [row["file"] for row in manifest] == sorted(set(files) - {"manifest.csv"})
    assert all(row["sha256"] == hashlib.sha256(files[row["file"]]).hexdigest() for row in manifest)
    assert {row["station_code"]: row["rows"] for row in manifest} == {EAST: "7", WEST: "1", "": "1"}


def test_a_night_without_findings_leaves_an_empty_manifest_and_no_folder(store: Store, settings: Settings) -> None:
    store.execute("DELETE FROM find.finding")
    assert set(worklist.run(store, settings).values()) == {0}
    assert list(contents(settings)) == ["manifest.csv"]


def test_the_csv_files_are_those_a_person_has_read(store: Store, settings: Settings) -> None:
    """When a change is meant, read the new file, then copy it to tests/golden/worklist."""
    worklist.run(store, settings)
    written = {Path(name).name: data for name, data in contents(settings).items() if name.endswith(".csv") and "/" in name}
    assert written == {path.name: path.read_bytes() for path in GOLDEN.glob("*.csv")}
    assert len(written) == 4
    heading = written[f"worklist_{EAST}_{AS_OF}.csv"].split(b"\r\n")[0]
    assert heading == b"\xef\xbb\xbf" + ",".join(f'"{name}"' for name in HEADINGS).encode()


def test_evidence_about_a_second_subject_is_not_read_as_its_own_contradiction(store: Store, settings: Settings) -> None:
    store.execute(
        "INSERT INTO find.evidence (finding_id, record_type, record_key, field, register_value, source_value) "
        "VALUES ('D000000011', 'police_resident', 'R2', 'address_text', '东城街1号', '西城街2号')"
    )
    worklist.run(store, settings)
    assert all("东城街1号" not in "".join(row.values()) for row in read(settings, WEST))


def test_an_agency_reads_its_own_record_and_of_the_register_what_differs(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    row = next(row for row in read(settings, "health") if row["编号"] == "E000000100")
    assert (row["姓名"], row["人员编号"]) == ("李四", "")
    assert row["登记信息"].startswith("死亡证明编号 D100；男，1960-10-01出生")
    assert row["对方记录"] == "公安常住人口登记（东城派出所）：人员编号 R6，孙七，1961-02-03出生"
    assert "东城街1号" not in "".join(row.values())


@pytest.mark.parametrize(
    ("agency", "recipients_of_it"),
    [
        ("police", {EAST}),
        ("police, health", {EAST, "health"}),
        ("police, civil_affairs", {EAST}),
        ("police, resettlement", {EAST}),
        ("health", {"health"}),
        ("civil_affairs", {"civil_affairs"}),
    ],
)
def test_each_value_of_agency_reaches_those_it_names(store: Store, settings: Settings, agency: str, recipients_of_it: set[str]) -> None:
    """The finding is about a registration and a health record: civil affairs has no record of its own in it."""
    store.execute("UPDATE find.finding SET agency = $agency WHERE finding_id = 'E000000100'", agency=agency)
    worklist.run(store, settings)
    found = {recipient for recipient in recipients(settings) if "E000000100" in {row["编号"] for row in read(settings, recipient)}}
    assert found == recipients_of_it


def test_another_person_of_the_family_is_named_and_not_compared(store: Store, settings: Settings) -> None:
    store.execute("UPDATE find.finding SET finding_type = 'kinship_conflict' WHERE finding_id IN ('S000000033', 'D000000011')")
    worklist.run(store, settings)
    of_east = {(row["编号"], row["人员编号"]): row for row in read(settings, EAST)}
    beside = of_east["S000000033", "R3"]
    assert beside["对方记录"] == "公安常住人口登记（本所）：人员编号 R6，孙七，户号 0012"
    assert beside["不一致项"] == ""
    assert of_east["D000000011", "R1"]["对方记录"] == "公安常住人口登记（西城派出所）：人员编号 R2，张叁"


def test_a_number_that_only_one_side_has_is_a_difference(store: Store, settings: Settings) -> None:
    store.execute(
        "UPDATE std.police_resident SET citizen_id = NULL, citizen_id_raw = NULL, citizen_id_state = 'missing' WHERE name = '张叁'"
    )
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "D000000011")
    assert "公民身份号码：本登记 990101195003020014，对方 无" in row["不一致项"]


def test_that_two_registrations_were_made_on_two_days_is_no_difference(store: Store, settings: Settings) -> None:
    store.execute("UPDATE std.police_resident SET registered_on = '2011-12-13' WHERE name = '张叁'")
    worklist.run(store, settings)
    (row,) = (row for row in read(settings, EAST) if row["编号"] == "D000000011")
    assert "登记日期" not in row["不一致项"]
