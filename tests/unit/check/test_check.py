"""An inbox as offices fill it, checked twice: the second time with the drafts that the first one wrote."""

import tomllib
from pathlib import Path

import polars as pl
import pytest
import records

from reconcile import operate
from reconcile.check import together, told
from reconcile.contract.tables import EXTRACTS
from reconcile.ingest import header
from reconcile.ingest.profile import Profile
from reconcile.standardise.table import judged, standardised

FILES = Path(__file__).parents[2] / "files"
TRIAL = {
    # the three deliveries of a trial: whole in the words of an office
    "死亡数据.csv": "死亡证号,姓名,公民身份证号,性别,死亡时间,报告时间\nD1,张三丰,990104194103050018,男,2026年1月1日15时,2026-01-02\n",
    "常口_20261121.csv": (
        "人员编号,姓名,性别,出生日期,户编号,派出所编码,公民身份证号,居村委会,登记时间,注销原因\n"
        "R1,王伟,1,19900101,H1,990101000001,990104194103050018,990101001001,2020-01-01,\n"
    ),
    "迁入2026-11-21.txt": "业务流水号;人员编号;姓名;户编号;派出所编码;迁入时间\nM1;R1;王伟;H1;990101000001;2026-11-01\n",
}
OTHERS = {
    "health_death_20261121_1.csv": "表一\n\n死亡证明编码,姓名,死亡日期,报告日期,填表说明,民族\nD2,李四娘,20260101,20260102,x,y\n",
    "health_death_20261121_2.csv": "death_cert_no,name,death_date,reported_on,voided\n" + "D3,李四娘,2026-13-01,20260102,甲\n" * 30,
    "health_death_20261121_3.csv": (
        'death_cert_no,name,death_date,reported_on\nD4,"李四娘,1,2\n"a"b,1,2,3\n,,,\nD5,李四娘,20260101,20271231\n'
    ),
    "civil_cremation_20261121.csv": "张三丰,990104194103050018,1990\n",
    "notes.csv": "a,b\n1,2\n",
    "health_birth_20269921.csv": "x\n",
    "health_death_20261121_4.csv": "death_cert_no,name,death_date,reported_on\n"
    + "".join(f"D{day},李四娘,2026-01-0{day} 16:00:00,2026-01-10\n" for day in (6, 7, 8)),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    inbox = tmp_path_factory.mktemp("check") / "inbox"
    inbox.mkdir()
    for name, text in (TRIAL | OTHERS).items():
        (inbox / name).write_text(text, encoding="gb18030")
    (inbox / "死亡20261121.xls").write_bytes((FILES / "xlwt.xls").read_bytes())
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    first, second = operate.check_inbox(inbox), operate.check_inbox(inbox)
    assert {path: path.read_bytes() for path in inbox.iterdir() if path.is_file()} == before
    return first, second


def test_the_sample_as_sent_shows_drafts_at_work(tmp_path):
    inbox = FILES.parents[1] / "sample_data" / "as_sent"
    first, second = (operate.check_inbox(inbox, drafts=tmp_path) for _ in range(2))
    assert [file.file for file in first.files if file.problem] == [
        "城东所20261121.zip/常口.csv",
        "死亡登记导出20261121.xls",
        "迁入2026年11月21日.dbf",
    ]
    assert (first.exit_code, second.exit_code, len(list(tmp_path.iterdir()))) == (3, 0, 3)
    assert [(file.rows, file.rejected) for file in second.files] == [(8, 0), (4, 0), (4, 0), (3, 0)]


def of(checked, file):
    return next(found for found in checked.files if found.file == file)


def test_the_drafts_make_the_second_check_clean(checked):
    first, second = checked
    for file in [*TRIAL, "死亡20261121.xls", "health_death_20261121_1.csv"]:
        assert (bool(of(first, file).problem), of(first, file).is_new_draft) == (True, True)
        assert (of(second, file).problem, of(second, file).rejected, of(second, file).rows > 0) == ("", 0, True)
    assert (first.exit_code, second.exit_code) == (3, 3)  # other files stay what they are


def test_a_draft_says_what_a_person_would_have_to_write(checked):
    drafts = {file.file: tomllib.loads(file.draft.read_text(encoding="utf-8")) for file in checked[0].files if file.draft}
    titled = drafts["health_death_20261121_1.csv"]
    assert titled["pattern"] == "health_death_*_1.csv"
    assert (titled["header_row"], titled["columns"], titled["ignore"]) == (3, {"死亡证明编码": "death_cert_no"}, ["填表说明"])
    move = drafts["迁入2026-11-21.txt"]
    assert (move["pattern"], move["extract"], move["delimiter"]) == ("迁入*.txt", "police_move_in", ";")
    assert "delivered_on" in drafts["死亡数据.csv"]
    assert all(Profile.model_validate(draft) for draft in drafts.values())
    assert len({of(checked[0], file).draft.name for file in drafts}) == len(drafts)


def test_a_draft_that_is_there_is_left_as_somebody_may_have_edited_it(checked):
    assert [file.file for file in checked[1].files if file.is_new_draft] == []


def test_files_are_read_together_as_each_by_itself():
    odd = {"birth_date": "1990年5月", "name": "王·伟", "citizen_id": "99010119900101123x", "voided": "甲", "age": "74岁"}
    raws = []
    for name in ("police_resident", "health_death", "health_birth", "health_death"):
        row = dict.fromkeys(EXTRACTS[name].fields) | {"_line": 1, "_file": "a", "_load_id": 1}
        rows = [row | records.of(name), row | {column: odd[column] for column in odd if column in row}, row]
        raws.append(
            (EXTRACTS[name], pl.DataFrame(rows, infer_schema_length=None, schema_overrides=dict.fromkeys(EXTRACTS[name].fields, pl.String)))
        )
    for (extract, raw), read in zip(raws, together.read(raws), strict=True):
        alone, beside = standardised(raw, extract), judged(raw, extract, read)
        assert beside.rows.equals(alone.rows)
        assert beside.rejects.equals(alone.rejects)
        assert beside.rejects.height


def test_everything_wrong_is_said_at_once(checked):
    first, _ = checked
    shown = "\n".join(told.lines(first))
    assert "notes.csv\n  ! matches no extract and no profile, and few of its headings are known" in shown
    assert "! health_birth_20269921.csv: 20269921 is no date" in shown
    assert "no heading of civil_cremation is known" in of(first, "civil_cremation_20261121.csv").problem
    broken = of(first, "health_death_20261121_2.csv")
    assert (broken.rejected, broken.brakes[0]) == (1.0, "100% of its rows would be rejected")
    assert [(reason.column, reason.rule, reason.cells) for reason in broken.reasons] == [
        ("death_date", "date_impossible", 30),
        ("voided", "code_unknown", 30),
    ]
    assert broken.unread[0].examples == (("甲", 30),)
    assert '# "甲" = ""  # 30 cells' in broken.draft.read_text(encoding="utf-8")
    spoiled = of(first, "health_death_20261121_3.csv")
    assert {(reason.rule, reason.lines) for reason in spoiled.reasons} >= {("quote", (2, 3))}
    assert [(one.column, one.late) for one in spoiled.dates] == [("death_date", 0), ("reported_on", 1)]


def test_days_that_were_written_by_universal_time_are_the_days_of_a_night(checked):
    file = of(checked[0], "health_death_20261121_4.csv")
    (dates,) = [one for one in file.dates if one.column == "death_date"]
    assert (str(dates.first), str(dates.last)) == ("2026-01-07", "2026-01-09")
    assert file.notes == ["death_date: every clock is midnight in China by universal time; that day is read"]


def test_nobody_is_named(checked):
    drafts = [path.read_text(encoding="utf-8") for path in checked[0].drafts.glob("*.toml")]
    shown = "\n".join([*told.lines(checked[0]), *told.lines(checked[1]), *drafts])
    assert not [value for value in ("张三丰", "李四娘", "王伟", "990104194103050018") if value in shown]


@pytest.mark.parametrize(
    ("extract", "heading", "column"),
    [
        ("health_death", "死亡证号", "death_cert_no"),
        ("police_resident", "派出所编码", "station_code"),
        ("police_resident", "公民身份证号", "citizen_id"),
        ("police_birth", "登记时间", "registered_on"),
        ("police_resident", "注销原因", "cancel_kind"),
        ("civil_cremation", "死亡时间", "death_date"),
        ("health_death", "报告时间", "reported_on"),
        ("police_move_in", "迁入时间", "moved_in_on"),
        ("police_move_in", "户编号", "household_no"),
        ("police_resident", "居村委会", "community_code"),
    ],
)
def test_headings_of_the_trial_are_known(extract, heading, column):
    assert header.column_of(EXTRACTS[extract], heading, {}) == column


@pytest.mark.parametrize(
    ("heading", "taken", "near"),
    [
        ("死亡证明编码", (), "death_cert_no"),
        ("逝者姓名", (), "name"),
        ("逝者姓名", ("name",), None),
        ("备用栏", (), None),
    ],
)
def test_the_nearest_known_heading(heading, taken, near):
    found = header.nearest(EXTRACTS["health_death"], heading, taken)
    assert (found[0] if found else None) == near
