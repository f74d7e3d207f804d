"""A whole night on the committed sample: files in, findings, worklists and the readers' database out."""

import csv
import datetime as dt
import hashlib

import pytest
from command import command

from reconcile import query
from reconcile.evaluate import evaluate
from reconcile.figures import FIGURES
from reconcile.store import Reader

MORROW = dt.date(2026, 11, 22)
BUILT = {"duplicate_registration", "shared_number", "death_not_cancelled", "death_evidence_conflict", "number_invalid", "number_conflict"}
CREMATIONS = "cremation_cert_no,name,death_date,cremated_on\n"


@pytest.fixture(scope="module")
def measured(good_night):
    return evaluate(good_night.home, good_night.inbox / "truth.csv")


def rows(home, text):
    with Reader(home) as reader:
        return reader.frame(text).rows()


def test_every_type_of_the_first_issue_is_raised(good_night):
    raised = {finding_type for (finding_type,) in rows(good_night.home, "SELECT DISTINCT finding_type FROM find.finding")}
    assert not BUILT - raised


@pytest.mark.parametrize("finding_type", sorted(BUILT))
def test_findings_are_those_that_were_planted(measured, finding_type):
    (figures,) = [row for row in measured.types.to_dicts() if row["finding_type"] == finding_type]
    assert figures["recall"] >= 0.95
    assert figures["precision"] >= 0.98


@pytest.mark.parametrize("kind", ["twins", "twin_of_dead", "informant_number", "namesakes_same_day"])
def test_no_decoy_is_fallen_for(measured, kind):
    (decoy,) = [row for row in measured.decoys.to_dicts() if row["kind"] == kind]
    assert decoy["groups"] > 0
    assert decoy["flagged"] == 0


def test_the_run_says_what_it_did(good_night):
    assert rows(good_night.home, "SELECT run_id, status FROM ops.run") == [("20261121-01", "done")]
    stages = [name for (name,) in rows(good_night.home, "SELECT stage FROM ops.stage ORDER BY finished_at")]
    assert stages == ["ingest", "standardise", "feedback", "link", "findings", "worklist"]


def test_every_figure_of_the_night_is_declared_with_what_it_is_about(good_night):
    declared = {(figure.stage, figure.name, bool(figure.subject)) for figure in FIGURES}
    counted = set(rows(good_night.home, "SELECT DISTINCT stage, name, subject IS NOT NULL FROM ops.metric"))
    assert len(counted) > 30
    assert not counted - declared


def test_a_station_or_agency_gets_only_its_own_rows_and_every_file_is_in_the_manifest(good_night):
    night = good_night.home.root / "worklists" / "2026-11-21"
    lists = sorted(night.rglob("worklist_*.csv"))
    assert lists
    manifest = (night / "manifest.csv").read_text(encoding="utf-8-sig")
    own = (
        "SELECT finding_id FROM find.subject WHERE station_code = $code"
        " UNION SELECT finding_id FROM find.finding WHERE station_code = $code OR ($code <> 'police' AND strpos(agency, $code) > 0)"
        " OR (station_code IS NULL AND $code = 'unrouted')"
    )
    for path in lists:
        code = path.parent.name
        assert path.name == f"worklist_{code}_2026-11-21.csv"
        assert hashlib.sha256(path.read_bytes()).hexdigest() in manifest
        with Reader(good_night.home) as reader, path.open(encoding="utf-8-sig", newline="") as file:
            assert {line["编号"] for line in csv.DictReader(file)} <= set(reader.frame(own, code=code)["finding_id"])


def test_the_published_database_says_what_every_table_is(good_night):
    tables = "SELECT schema_name, table_name FROM duckdb_tables() WHERE comment IS NULL"
    views = "SELECT schema_name, view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    assert rows(good_night.home, f"{tables} UNION ALL {views}") == []


def test_the_published_database_says_what_every_column_is(good_night):
    assert rows(good_night.home, query.sql("ops/undescribed")) == []
    described = "SELECT min(length(comment)), count(*) FROM duckdb_columns() WHERE schema_name IN ('link', 'find', 'stats', 'ops', 'ref')"
    ((shortest, columns),) = rows(good_night.home, described)
    assert shortest > 3
    assert columns > 300


def test_the_same_night_again_changes_no_worklist(after_a_good_night, good_night):
    after_a_good_night.inbox = good_night.inbox
    before = after_a_good_night.worklists()
    assert after_a_good_night.run() == 0
    assert after_a_good_night.worklists() == before
    assert rows(after_a_good_night.home, "SELECT count(*) FROM find.history WHERE run_id = '20261121-02'") == [(0,)]


def test_worklists_written_again_are_the_same(after_a_good_night):
    before = after_a_good_night.worklists()
    assert command("worklist", "--home", after_a_good_night.home) == 0
    assert after_a_good_night.worklists() == before


def test_the_next_night_keeps_findings_and_a_bad_row_stops_nothing(after_a_good_night):
    good, bad = "HH20261122,王火化,2026-11-20,2026-11-21\n", "HH20261123,王火化,不详,2026-11-21\n"
    (after_a_good_night.inbox / "civil_cremation_20261122.csv").write_text(CREMATIONS + good + bad, encoding="utf-8")
    before = set(rows(after_a_good_night.home, "SELECT finding_id, finding_type, first_seen_on FROM find.finding"))
    assert after_a_good_night.run(MORROW) == 0
    after = set(rows(after_a_good_night.home, "SELECT finding_id, finding_type, first_seen_on FROM find.finding"))
    assert before <= after
    rejected = "SELECT line, column_name, severity FROM ops.reject WHERE file = 'civil_cremation_20261122.csv'"
    assert rows(after_a_good_night.home, rejected) == [(3, "death_date", "row")]


def test_explain_shows_the_records_of_a_finding(good_night, capsys):
    ((finding_id, key),) = rows(good_night.home, "SELECT finding_id, record_key FROM find.subject ORDER BY 1, 2 LIMIT 1")
    assert command("explain", finding_id.lower(), "--home", good_night.home) == 0
    shown = capsys.readouterr().out
    assert finding_id in shown
    assert key in shown


def test_progress_and_summary_name_no_person(good_night, capsys):
    assert command("report", "--home", good_night.home) == 0
    assert command("evaluate", "--home", good_night.home, "--truth", good_night.inbox / "truth.csv") == 0
    shown = capsys.readouterr().out
    names = {name for (name,) in rows(good_night.home, "SELECT DISTINCT name FROM std.police_resident WHERE length(name) > 1")}
    assert not {name for name in names if name in shown}


def test_the_inbox_is_left_as_it_was(good_night):
    claimed = {
        line["file"]: line["sha256"] for line in csv.DictReader((good_night.inbox / "manifest_20261121.csv").open(encoding="utf-8-sig"))
    }
    assert claimed
    for name, sha256 in claimed.items():
        assert hashlib.sha256((good_night.inbox / name).read_bytes()).hexdigest() == sha256
