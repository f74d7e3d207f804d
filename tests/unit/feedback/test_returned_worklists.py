"""Lists as Excel, WPS, LibreOffice and people leave them: read, checked row by row, answered by a receipt."""

from __future__ import annotations

import csv
import datetime as dt

import polars as pl
import pytest
from return_desk import CONFLICT, DEATH, DUPLICATE, EAST, INVALID, WEST, answer, told

from reconcile import feedback, identity
from reconcile.worklist.columns import HEADINGS


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gbk", "\t"), ("utf-16", "\t"), ("utf-8-sig", "\t")]
)
def test_every_encoding_and_delimiter_is_read(desk, encoding, delimiter):
    (receipt,) = desk.take(desk.csv([answer(INVALID), answer(DUPLICATE, "", "")], encoding=encoding, delimiter=delimiter))
    assert desk.judgements("finding_id, outcome, verified_on, station_code") == [(INVALID, "confirmed", dt.date(2026, 11, 24), EAST)]
    assert (receipt.accepted, receipt.refused, receipt.unanswered) == (1, 0, 1)


@pytest.mark.parametrize(
    "on", ["2026-11-24", "2026/11/24", "2026年11月24日", "20261124", "2026.11.24", "46350", '="2026-11-24"', "2026-11-24\t", "'2026-11-24"]
)
def test_a_date_may_be_written_in_any_full_form(desk, on):
    desk.take(desk.csv([answer(INVALID, on=on)]))
    assert desk.judgements("verified_on") == [(dt.date(2026, 11, 24),)]


@pytest.mark.parametrize("outcome", ["不属实", "not_an_error", " 不属实 ", "'不属实"])
def test_an_outcome_may_be_label_or_code(desk, outcome):
    desk.take(desk.csv([answer(INVALID, outcome)]))
    assert desk.judgements() == [(INVALID, "not_an_error")]


def test_a_workbook_with_a_merged_title_and_date_cells_is_read(desk):
    rows = [answer(INVALID, on=dt.date(2026, 11, 24), 备注="已电话核实"), answer(DEATH, on="2026-11-25")]
    (receipt,) = desk.take(desk.xlsx(rows))
    assert desk.judgements("finding_id, verified_on, note") == sorted(
        [(INVALID, dt.date(2026, 11, 24), "已电话核实"), (DEATH, dt.date(2026, 11, 25), None)]
    )
    assert [line for line, _, _ in told(receipt)] == ["3", "4"]


def test_columns_in_another_order_title_lines_and_new_columns_do_not_matter(desk):
    headings = ["经办", *reversed(HEADINGS)]
    desk.take(desk.csv([answer(INVALID, 经办="我")], above=["东城派出所" + "," * 20, "2026年11月"], headings=headings))
    assert desk.judgements() == [(INVALID, "confirmed")]


def test_headings_merged_over_two_lines_are_found(desk):
    upper = ["编号", "姓名", "核实情况", "", ""]
    lower = ["", "", "核实结果", "核实方式", "核实日期"]
    path = desk.path(f"worklist_{EAST}_2026-11-21.csv")
    path.write_text("\n".join(map(",".join, (["清单"], upper, lower, [INVALID, "张三", "属实", "电话核实", "2026-11-24"]))), encoding="gbk")
    desk.take(path)
    assert desk.judgements("finding_id, outcome, method") == [(INVALID, "confirmed", "phone")]


def test_rows_that_excel_ends_early_are_whole_rows(desk):
    path = desk.path(f"worklist_{EAST}_2026-11-21.csv")
    path.write_text(f"编号,核实结果,核实日期,核实方式,核实人,备注\n{INVALID},属实,2026-11-24\n{DEATH},属实,2026-11-24,,,\n", encoding="gbk")
    desk.take(path)
    assert len(desk.judgements()) == 2


def test_sent_twice_is_no_second_judgement_and_the_receipt_says_so(desk):
    first = desk.csv([answer(INVALID)])
    desk.take(first)
    (again,) = desk.take(first)
    (copied,) = desk.take(desk.xlsx([answer(INVALID)]))
    assert len(desk.judgements()) == 1
    for receipt in (again, copied):
        assert (receipt.accepted, receipt.repeated, receipt.is_usable) == (0, 1, True)
        assert [row[2] for row in told(receipt)] == ["已收到过"]


def test_the_same_content_under_another_name_is_no_second_answer_and_no_receipt_is_overwritten(desk):
    (first,) = desk.take(desk.csv([answer(DUPLICATE)]))
    (renamed,) = desk.take(desk.csv([answer(DUPLICATE)], name=f"worklist_{WEST}_2026-11-21.csv"))
    (again,) = desk.take(desk.csv([answer(DUPLICATE)]))
    assert desk.judgements("finding_id, station_code") == [(DUPLICATE, EAST)]
    assert len({first.path, renamed.path, again.path}) == 3
    assert [row[2] for row in told(first)] == ["采用"]


def test_another_answer_later_is_one_more_judgement(desk):
    desk.take(desk.csv([answer(INVALID)]))
    desk.take(desk.csv([answer(INVALID, "不属实", "2026-11-25")]))
    assert [outcome for _, outcome in desk.judgements()] == ["confirmed", "not_an_error"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (answer(INVALID[:-1] + ("0" if INVALID[-1] != "0" else "1")), "finding_check"),
        (answer("张三"), "finding_check"),
        (answer(""), "required"),
        (answer(INVALID, "看过了"), "code_unknown"),
        (answer(INVALID, "=CONCAT(A1)"), "code_unknown"),
        (answer(INVALID, on=""), "required"),
        (answer(INVALID, on="9月24日"), "date_form"),
        (answer(INVALID, on="2026-11"), "date_partial"),
        (answer(INVALID, on="2025-11-24"), "verified_too_early"),
        (answer(INVALID, on="2027-11-24"), "verified_too_late"),
        (answer(CONFLICT), "other_station"),
        (answer(INVALID, ""), "required"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason_and_takes_no_other_with_it(desk, row, rule):
    (receipt,) = desk.take(desk.csv([row, answer(DUPLICATE)]))
    assert desk.judgements() == [(DUPLICATE, "confirmed")]
    assert desk.rules() == [(2, rule)]
    assert [(line, result) for line, _, result in told(receipt)] == [("2", "退回"), ("3", "采用")]


def test_a_list_of_another_installation_is_refused_row_by_row(desk):
    unknown = identity.finding_id(b"elsewhere", "N", "number_invalid", ["police_resident:R1"])
    (receipt,) = desk.take(desk.csv([answer(unknown)]))
    assert desk.rules() == [(2, "finding_unknown")]
    assert not receipt.is_usable


def test_a_column_says_which_station_answers_where_the_file_name_does_not(desk):
    row = answer(CONFLICT, 派出所代码=WEST)
    headings = [*HEADINGS, "派出所代码"]
    desk.take(desk.csv([row], headings=headings))
    assert desk.rules() == [(2, "station_differs")]
    desk.take(desk.csv([row], headings=headings, name="list.csv"))
    assert desk.judgements() == [], "the same bytes stay what their first name made them"
    desk.take(desk.csv([answer(CONFLICT, 派出所代码=WEST, 备注="再次答复")], headings=headings, name="list.csv"))
    assert desk.judgements("finding_id, station_code") == [(CONFLICT, WEST)]


def test_an_agency_answers_what_is_its_own_to_correct(desk):
    (receipt,) = desk.take(desk.csv([answer(DEATH), answer(INVALID)], name="worklist_health_2026-11-21.csv"))
    assert desk.judgements() == [(DEATH, "confirmed")]
    assert desk.rules() == [(3, "other_agency")]
    assert receipt.path.parent.name == "health"


def test_a_station_that_was_asked_before_the_person_moved_on_may_answer(desk):
    history = {"finding_id": CONFLICT, "change": "station_code", "detail": f"{EAST} → {WEST}"}
    desk.store.execute("INSERT INTO find.history (finding_id, change, detail) VALUES ($finding_id, $change, $detail)", **history)
    desk.take(desk.csv([answer(CONFLICT)]))
    assert len(desk.judgements()) == 1


def test_two_rows_of_one_finding_agree_or_are_both_refused(desk):
    desk.take(desk.csv([answer(INVALID), answer(INVALID)]))
    assert len(desk.judgements()) == 1
    (receipt,) = desk.take(desk.csv([answer(DUPLICATE), answer(DUPLICATE, "不属实")]))
    assert len(desk.judgements()) == 1
    assert (receipt.accepted, receipt.refused) == (0, 2)


def test_a_method_that_nobody_knows_is_left_out_and_said(desk):
    (receipt,) = desk.take(desk.csv([answer(INVALID, 核实方式="猜的")]))
    assert desk.judgements("outcome, method") == [("confirmed", None)]
    assert "核实方式不在可选范围内，应为查阅档案、网上核验、入户核对、人像比对、电话核实之一，未采用该项" in receipt.path.read_text(
        encoding="utf-8-sig"
    )


def test_lines_that_cannot_be_decoded_or_are_ragged_are_refused_alone(desk):
    path = desk.csv([answer(INVALID), answer(DUPLICATE), answer(DEATH)], encoding="utf-8")
    lines = path.read_bytes().split(b"\r\n")
    lines[2] = lines[2].replace("张三".encode(), "张三".encode("gbk"))
    lines[3] += b",,extra"
    path.write_bytes(b"\r\n".join(lines))
    (receipt,) = desk.take(path)
    assert desk.judgements() == [(INVALID, "confirmed")]
    assert [(line, result) for line, _, result in told(receipt)] == [("2", "采用"), ("3", "退回"), ("4", "退回")]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0" + bytes(600), "你好,再见\n1,2\n".encode(), "编号,姓名\nN1,张三\n".encode()])
def test_a_file_that_is_no_list_gets_a_receipt_and_stops_no_other(desk, content):
    path = desk.path("a.csv")
    path.write_bytes(content)
    bad, good = desk.take(path, desk.csv([answer(INVALID)]))
    assert not bad.is_usable
    assert bad.problem
    assert told(bad) == [("", "", "退回")]
    assert good.is_usable


def test_a_receipt_and_a_message_name_no_person(desk):
    rows = [answer("990101199001010019"), answer(INVALID, "张三死了"), answer(DUPLICATE, 备注="张三之父李四")]
    (receipt,) = desk.take(desk.csv(rows))
    said = receipt.path.read_text(encoding="utf-8-sig") + receipt.problem
    assert not [word for word in ("张三", "李四", "990101199001010019") if word in said]


def test_files_of_the_return_folder_are_taken_in_once(desk):
    assert feedback.waiting(desk.store, desk.settings) == []
    desk.settings.home.returns.mkdir(parents=True)
    desk.csv([answer(INVALID)]).rename(desk.settings.home.returns / f"worklist_{EAST}_2026-11-21.csv")
    (desk.settings.home.returns / "~$list.xlsx").write_bytes(b"lock")
    (path,) = feedback.waiting(desk.store, desk.settings)
    desk.take(path)
    assert feedback.waiting(desk.store, desk.settings) == []


def test_what_was_answered_is_remembered_as_it_stood(desk):
    desk.take(desk.csv([answer(DUPLICATE, "不属实")]))
    pairs = "SELECT left_key, right_key, verdict FROM ops.judged_pair"
    assert desk.store.frame(pairs).rows() == [("R3", "R4", "different")]
    kept = desk.store.frame("SELECT record_key, field, value FROM find.judged_evidence ORDER BY ALL").rows()
    assert kept == [("R4", "name", "张")]
    desk.take(desk.csv([answer(DUPLICATE, "属实", "2026-11-25")]))
    assert desk.store.frame(f"{pairs} ORDER BY verified_on DESC, load_id DESC LIMIT 1").rows() == [("R3", "R4", "same")]


def reopened(desk, on="2026-11-26"):
    rows = pl.DataFrame([{"finding_id": INVALID, "change": "reopened", "as_of": dt.date.fromisoformat(on)}])
    desk.store.insert("find.history", rows)


def test_an_answer_from_before_the_question_was_asked_again_is_refused(desk):
    reopened(desk)
    desk.take(desk.csv([answer(INVALID, "不属实", "2026-11-25"), answer(DUPLICATE)]))
    assert desk.judgements() == [(DUPLICATE, "confirmed")]
    assert desk.rules() == [(2, "verified_before_reopened")]
    desk.take(desk.csv([answer(INVALID, "不属实", "2026-11-26")]))
    assert (INVALID, "not_an_error") in desk.judgements()


def test_what_was_accepted_once_is_never_refused_later(desk):
    path = desk.csv([answer(INVALID)])
    desk.take(path)
    reopened(desk)
    (again,) = desk.take(path)
    assert (again.repeated, again.refused) == (1, 0)
    assert desk.rules() == []


def test_two_answers_in_one_list_disagree_whatever_day_stands_beside_them(desk):
    (receipt,) = desk.take(desk.csv([answer(INVALID), answer(INVALID, "不属实", "2026-11-25")]))
    assert (receipt.accepted, receipt.refused) == (0, 2)
    assert desk.judgements() == []


def test_a_receipt_counts_rows_as_the_sheet_does_and_says_what_was_understood(desk):
    rows = [
        answer(INVALID, 登记信息="男\n住址：某街"),
        answer(DUPLICATE, "", "", 登记信息="一\n二\n三"),
        answer(DEATH, "corrected", "2026/11/25"),
    ]
    (receipt,) = desk.take(desk.csv(rows))
    with receipt.path.open(encoding="utf-8-sig", newline="") as file:
        told = [(row["表格行号"], row["登记为"]) for row in csv.DictReader(file)]
    assert told == [("2", "属实，2026-11-24"), ("4", "已纠正，2026-11-25")]


def test_a_list_without_an_answer_gets_a_receipt_that_says_so(desk):
    (receipt,) = desk.take(desk.csv([answer(INVALID, "", "")]))
    assert (receipt.unanswered, receipt.is_usable) == (1, False)
    assert "没有填写任何答复" in receipt.path.read_text(encoding="utf-8-sig")


def test_a_file_whose_receipt_could_not_be_written_waits(desk, monkeypatch):
    monkeypatch.setattr("reconcile.feedback.receipt.write", lambda *_given: (_ for _ in ()).throw(OSError()))
    with pytest.raises(OSError):  # noqa: PT011 - any
        desk.take(desk.csv([answer(INVALID)]))
    assert desk.judgements() == []
