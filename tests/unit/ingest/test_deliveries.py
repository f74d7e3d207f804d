"""Which files are loaded, what replaces what, and that a refused file changes nothing."""

import hashlib
import os

import pytest
from inbox_night import DEATH, RESIDENT, RESIDENT_ROW, STATION

from reconcile.errors import InputRefusedError, UsageError
from reconcile.ingest import discover

D1, D2 = "D1,王伟,20260101,20260102\n", "D2,李娜,20260103,20260104\n"
LOADS = "SELECT load_id, file, superseded FROM ops.load ORDER BY load_id"
STANDING = "_load_id NOT IN (SELECT load_id FROM ops.load WHERE superseded)"
"""Rows of superseded loads go when the next stage has taken over what is the same."""
RESIDENTS = f"SELECT registration_id, _file FROM raw.police_resident WHERE {STANDING} ORDER BY ALL"


def contents(night):
    tables = ["raw.police_resident", "raw.station", "raw.health_death", "ops.reject", "ref.profile_code"]
    tables.append("(SELECT * EXCLUDE (run_id) FROM ops.load)")
    return [night.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]


def test_the_same_file_again_has_no_effect(night):
    night.put("health_death_20261121.csv", DEATH + D1 + "D2,ragged\n")
    assert night.run()["files"] == 3
    before = contents(night)
    assert night.run()["files"] == 0
    assert contents(night) == before


def test_a_run_that_is_tried_again_tells_what_it_loaded_in_all_its_tries(night):
    night.put("health_death_20261101.csv", "死亡证明编号,姓名,死亡日期,报告日期,民族\nS1,王伟,20261001,20261005,汉\n合计,,,,\n")
    first = night.run(run_id="killed")
    assert [first[name] for name in ("files", "rows", "rejects", "refused_columns")] == [3, 4, 1, 1]
    assert night.run(run_id="killed") == first


def test_a_full_run_repeats_the_load_and_keeps_its_number(night):
    night.put("health_death_20261121.csv", DEATH + D1 + "D2,ragged\n")
    night.run()
    before = contents(night)
    assert night.run(full=True)["files"] == 3
    assert contents(night) == before


def test_a_delivery_whose_name_is_in_another_encoding_is_refused_by_the_name_that_was_meant(night):
    """As unzip leaves a name that a program in China wrote; what fits no extract may be called anything."""
    for name in ("火化台账20261121.csv", "说明.txt~"):
        (night.inbox / os.fsdecode(name.encode("gb18030"))).write_bytes(b"a\n")
    with pytest.raises(InputRefusedError, match=r"^火化台账20261121\.csv: its name is no text in UTF-8\. Rename it"):
        night.run()


def test_a_file_sent_again_with_other_content_is_loaded_beside_the_first(night):
    night.put("health_death_20261121.csv", DEATH + D1)
    night.run()
    night.put("health_death_20261121.csv", DEATH + D1.replace("王伟", "王炜") + D2)
    night.run()
    assert night.deaths() == [("D1", "王伟", 2), ("D1", "王炜", 2), ("D2", "李娜", 3)]
    assert night.rows(LOADS)[2:] == [(3, "health_death_20261121.csv", False), (4, "health_death_20261121.csv", False)]


def test_a_file_sent_a_third_time_as_the_first_is_loaded_last(night):
    for name in ("王伟", "王炜", "王伟"):
        night.put("health_death_20261121.csv", DEATH + D1.replace("王伟", name))
        night.run()
    assert [name for _, name, _ in night.deaths()] == ["王伟", "王炜", "王伟"]


def test_several_parts_are_loaded_in_order(night):
    night.put("health_death_20261121_b.csv", DEATH + D2)
    night.put("health_death_20261121_a.csv", DEATH + D1)
    night.run()
    assert night.deaths() == [("D1", "王伟", 2), ("D2", "李娜", 2)]
    assert night.rows("SELECT load_id, part FROM ops.load WHERE extract = 'health_death' ORDER BY 1") == [(3, "a"), (4, "b")]


def test_a_newer_snapshot_replaces_every_part_of_the_older(night):
    night.put("police_resident_20261101_2.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R2") + "R9\n")
    night.run()
    assert len(night.rows(RESIDENTS)) == 2
    assert len(night.rejects()) == 1
    night.put("police_resident_20261110_1.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R3"))
    night.put("police_resident_20261110_2.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R4"))
    night.run()
    assert night.rows(RESIDENTS) == [("R3", "police_resident_20261110_1.csv"), ("R4", "police_resident_20261110_2.csv")]
    assert [superseded for _, file, superseded in night.rows(LOADS) if "resident" in file] == [True, True, False, False]
    night.standardise()
    assert night.rejects() == []
    assert night.rows("SELECT count(*) FROM raw.police_resident") == [(2,)]


def test_of_several_snapshots_only_the_newest_is_loaded(night):
    night.put("police_resident_20261110.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R3"))
    assert night.run()["files"] == 2
    assert night.rows(RESIDENTS) == [("R3", "police_resident_20261110.csv")]


def test_a_late_part_joins_its_snapshot_and_an_older_snapshot_does_not(night):
    night.run()
    night.put("police_resident_20261101_2.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R2"))
    night.put("police_resident_20261031.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R0"))
    assert night.run()["files"] == 1
    assert [key for key, _ in night.rows(RESIDENTS)] == ["R1", "R2"]


def test_a_snapshot_sent_again_replaces_itself(night):
    night.run()
    night.put("police_resident_20261101.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R5"))
    night.run()
    assert [key for key, _ in night.rows(RESIDENTS)] == ["R5"]


def test_a_delivery_after_as_of_waits(night):
    night.put("health_death_20261122.csv", DEATH + D1)
    night.put("police_resident_20261122.csv", RESIDENT)
    counts = night.run("2026-11-21")
    assert (counts["files"], counts["waiting_files"]) == (2, 2)
    assert night.deaths() == []
    assert night.run("2026-11-22")["files"] == 2
    assert night.rows(RESIDENTS) == []


def test_as_of_before_what_the_warehouse_holds_is_refused(night):
    night.run()
    with pytest.raises(UsageError, match="as_of 2026-10-31: the warehouse holds a delivery of 2026-11-01"):
        night.run("2026-10-31")


def test_as_of_before_every_delivery_names_their_dates(night):
    with pytest.raises(InputRefusedError, match=r"no delivery on or before 2026-10-31\. There are deliveries of 2026-11-01"):
        night.run("2026-10-31")


def test_an_inbox_that_is_not_there(night):
    with pytest.raises(UsageError, match="no such directory"):
        discover.look(night.inbox / "nowhere", [], night.home, 0)
    with pytest.raises(UsageError, match="no such directory"):
        discover.look(None, [], night.home, 0)


def test_an_inbox_with_nothing_in_it(night):
    for path in night.inbox.iterdir():
        path.unlink()
    with pytest.raises(InputRefusedError, match="no delivery found"):
        night.run()


def test_a_mandatory_extract_that_never_came(night):
    (night.inbox / "police_resident_20261101.csv").unlink()
    with pytest.raises(InputRefusedError, match=r"no delivery of police_resident \(常住人口登记\) on or before 2026-11-21"):
        night.run()
    assert night.rows(LOADS) == []


def test_an_empty_inbox_is_fine_once_everything_was_loaded(night):
    night.run()
    for path in night.inbox.iterdir():
        path.unlink()
    assert night.run()["files"] == 0


@pytest.mark.parametrize("bad", ["", "\n\n", "wrong,headings\n1,2\n", DEATH.strip() + ",unknown\n"])
def test_a_refused_file_leaves_the_warehouse_as_it_was(night, bad):
    night.put("health_death_20261120.csv", DEATH + D1)
    night.run()
    before = contents(night)
    night.put("police_resident_20261121.csv", RESIDENT + RESIDENT_ROW.replace("R1", "R7"))
    night.put("health_death_20261121.csv", DEATH + D2)
    night.put("health_death_20261121_z.csv", bad)
    with pytest.raises(InputRefusedError, match=r"health_death_20261121_z\.csv"):
        night.run()
    assert contents(night) == before
    assert not list((night.home / "tmp").glob("*"))


def test_files_that_nobody_expects_are_counted_and_named(night, caplog):
    for file in ("export.csv", "police_20261121.csv", "old.xls"):
        night.put(file, "x")
    for file in ("truth.csv", "decoys.csv", "persons.csv", "README.md", ".hidden.csv", "notes.pdf"):
        night.put(file, "x")
    assert night.run()["unmatched_files"] == 3
    assert [message.split(":")[0] for message in caplog.messages] == ["export.csv", "old.xls", "police_20261121.csv"]


def test_a_link_that_leads_out_of_the_inbox_is_named_and_not_followed(night, tmp_path, caplog):
    outside = tmp_path / "health_death_20261121.csv"
    outside.write_text(DEATH + D1)
    (night.inbox / outside.name).symlink_to(outside)
    (night.inbox / "export.csv").symlink_to(tmp_path / "gone.csv")
    (night.inbox / "notes.pdf").symlink_to(tmp_path / "gone.pdf")
    (night.inbox / "health_death_20261120.csv").symlink_to(night.put("later/real.csv", DEATH + D2))
    assert night.run()["unmatched_files"] == 2
    assert [message.split(":")[0] for message in caplog.messages] == ["export.csv", outside.name]
    assert night.deaths() == [("D2", "李娜", 2)]


def test_a_date_that_is_none_is_refused(night):
    night.put("health_death_20261341.csv", DEATH)
    with pytest.raises(InputRefusedError, match=r"health_death_20261341\.csv: 20261341 is no date"):
        night.run()


def manifest(night, *lines):
    night.put("manifest_20261121.csv", "\ufefffile,rows,sha256\r\n" + "".join(f"{line}\r\n" for line in lines))


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_manifest_that_holds(night):
    delivered = DEATH + D1 + "D2,ragged\n\n" + D2
    night.put("health_death_20261121.csv", delivered)
    manifest(night, f"health_death_20261121.csv,3,{digest(delivered).upper()}", f"station_20261101.csv,,{digest(STATION)}")
    night.run()
    manifest(night, f"health_death_20261121.csv,3,{digest(delivered)}")
    assert night.run()["files"] == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("health_death_20261121.csv,2,", r"manifest_20261121\.csv:2: health_death_20261121\.csv has 1 rows, 2 are listed"),
        (f"health_death_20261121.csv,1,{'0' * 64}", "health_death_20261121.csv has another sha256 than listed"),
        ("health_death_20261122.csv,1,", "health_death_20261122.csv is listed but not there"),
        ("health_death_20261121.csv,many,", "manifest_20261121.csv:2, column rows: not a number"),
    ],
)
def test_a_manifest_that_does_not_hold(night, line, message):
    night.put("health_death_20261121.csv", DEATH + D1)
    manifest(night, line)
    with pytest.raises(InputRefusedError, match=message):
        night.run()
    assert night.rows(LOADS) == []


def test_a_manifest_with_other_headings_is_refused(night):
    night.put("manifest_20261121.csv", "name,count\na,1\n")
    with pytest.raises(InputRefusedError, match="unknown headings"):
        night.run()
