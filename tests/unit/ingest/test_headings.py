"""Every column is accounted for: known, refused by name, ignored by a profile, or the file stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inbox_night import DEATH, RESIDENT

from reconcile.contract.columns import REFUSED_HEADINGS
from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header

FILE = "health_death_20261121.csv"
PLACE = Place("f.csv", 1)
RESIDENT_CLASS = EXTRACTS["police_resident"]


@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS)
def test_no_heading_of_an_extract_means_two_columns(extract):
    spellings = {(header.normal(text), name) for name, item in extract.fields.items() for text in (name, *item.column.headings)}
    assert len(spellings) == len({text for text, _ in spellings})
    for name, item in extract.fields.items():
        assert {header.column_of(extract, text, {}) for text in (name, *item.column.headings)} == {name}


@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS)
def test_no_known_heading_is_refused(extract):
    assert not [text for name, item in extract.fields.items() for text in (name, *item.column.headings) if header.is_refused(extract, text)]


@pytest.mark.parametrize(
    "heading",
    ["姓名", " 姓 名 ", "*姓名", "姓名(必填)", "姓名（必填）", "姓名\n【说明】", "xm", "ＸＭ", "NAME", "姓名：", "\ufeff姓名"],
)
def test_headings_are_known_in_spite_of_their_dress(heading):
    assert header.column_of(RESIDENT_CLASS, heading, {}) == "name"


@pytest.mark.parametrize("heading", ["姓名拼音", "XM2", "户主姓名", ""])
def test_near_misses_are_not_known(heading):
    assert header.column_of(RESIDENT_CLASS, heading, {}) is None


def test_brackets_that_belong_to_a_heading_stay():
    assert header.column_of(RESIDENT_CLASS, "居（村）委会代码*", {}) == "community_code"
    assert header.column_of(EXTRACTS["police_move_in"], "迁移(流动)原因(必填)", {}) == "move_reason"


REFUSED = [text for texts in REFUSED_HEADINGS.values() for text in texts]


@pytest.mark.parametrize("heading", [*REFUSED, "直接死因(ICD-10)", "联系人电话", "民 族"])
def test_refused_headings_are_refused_in_any_dress(heading):
    assert header.is_refused(RESIDENT_CLASS, f"*{heading}（选填）")


@given(st.text(max_size=12))
def test_folding_a_heading_twice_changes_nothing(heading):
    assert header.normal(header.normal(heading)) == header.normal(heading)


def test_refused_columns_are_dropped_and_listed(night):
    night.put(FILE, "民族,死亡证明编号,姓名,死亡日期,报告日期,联系电话\n族甲,D1,王伟,20260101,20260102,139\n")
    counts = night.run()
    assert night.deaths() == [("D1", "王伟", 2)]
    assert night.rows(f"SELECT refused_columns FROM ops.load WHERE file = '{FILE}'") == [("民族, 联系电话",)]
    assert counts["refused_columns"] == 2


def test_a_row_put_aside_keeps_nothing_of_a_file_with_refused_columns(night):
    rows = '族甲,D1,王伟,20260101\n族乙,D2,"李娜,20260101,20260102\n'.encode() + b"\xff\xe6,D3,a,20260101,20260102\n"
    night.put(FILE, "民族,死亡证明编号,姓名,死亡日期,报告日期\n".encode() + rows)
    night.run()
    kept = [reject[1:] for reject in night.rejects()]
    assert [item[:2] for item in kept] == [(2, "columns"), (3, "quote"), (4, "encoding")]
    assert kept[0][3] == "<not kept: the file has columns that must not be stored> 4 fields"
    assert {item[3] for item in kept[1:]} == {"<not kept: the file has columns that must not be stored>"}


def test_an_unknown_column_stops_the_file_and_is_named(night):
    night.put(FILE, DEATH.strip() + ",来源系统,批次号123456789\nD1,王伟,20260101,20260102,a,b\n")
    with pytest.raises(InputRefusedError, match=rf"{FILE}:1, column 来源系统, 批次号…: unknown to health_death\. Name each in a profile"):
        night.run()


def test_a_missing_required_column_stops_the_file_and_is_named(night):
    night.put(FILE, "death_cert_no,name,reported_on\nD1,王伟,20260101\n")
    with pytest.raises(InputRefusedError, match=rf"{FILE}:1, column death_date \(死亡日期\): required by health_death and missing"):
        night.run()


def test_the_same_column_twice_stops_the_file():
    with pytest.raises(InputRefusedError, match=r"f\.csv:1, column 证件号码: a second column that reads as citizen_id"):
        header.audit(RESIDENT_CLASS, ["公民身份号码", "证件号码"], PLACE, {}, ())


def test_a_file_without_headings_shows_nothing_of_its_first_row(night):
    night.put(FILE, "D1,王伟,20260101,20260102\nD2,李娜,20260101,20260102\n")
    with pytest.raises(InputRefusedError, match="no heading of health_death is known") as refusal:
        night.run()
    assert "王伟" not in str(refusal.value)
    assert "20260101" not in str(refusal.value)


def test_headings_below_a_title_are_pointed_out(night):
    night.put(FILE, "死亡名单,,,\n填报单位：,,,\n" + DEATH + "D1,王伟,20260101,20260102\n")
    with pytest.raises(InputRefusedError, match=r"headings seem to be in line 3\. Write a profile with header_row = 3"):
        night.run()


def test_an_empty_column_without_heading_is_let_through(night):
    night.put(FILE, DEATH.strip() + ",,\nD1,王伟,20260101,20260102,,\n")
    night.run()
    assert night.deaths() == [("D1", "王伟", 2)]


def test_a_filled_column_without_heading_stops_the_file(night):
    night.put(FILE, DEATH.strip() + ",,\nD1,王伟,20260101,20260102,,\nD2,王伟,20260101,20260102,,5\n")
    with pytest.raises(InputRefusedError, match=rf"{FILE}:3: a value in a column without heading"):
        night.run()


def test_optional_columns_may_be_missing_and_stand_in_any_order(night):
    night.put("police_resident_20261102.csv", RESIDENT.replace("人员编号,姓名", "姓名,RYBH") + "王伟,R1,1,19900101,H1,990101000001\n")
    night.run()
    assert night.rows("SELECT registration_id, name, citizen_id FROM raw.police_resident") == [("R1", "王伟", None)]


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["姓名", "王小明", "李明"], "heading 2, heading 3: unknown to"),
        (["姓名", "王小明", "李明", "", "民族"], "heading 2, heading 3: unknown to"),
        (["姓名", "批次"], "批次: unknown to"),
        (["姓名", "XM", "王小明", "李明", "张明"], "heading 2: a second column"),
    ],
)
def test_headings_are_quoted_only_when_half_of_them_are_known(headings, told):
    with pytest.raises(InputRefusedError) as refusal:
        header.audit(RESIDENT_CLASS, headings, PLACE, {}, ())
    assert str(refusal.value).startswith(f"f.csv:1, column {told}")
