"""What is old goes, what counts stays: each kind with a case on either side of its day."""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path

import polars as pl
import pytest
from warehouses import furnished

from reconcile import purge
from reconcile.contract import masks
from reconcile.contract.warehouse import TABLES
from reconcile.errors import StorageError, UsageError
from reconcile.feedback import kept
from reconcile.settings import Retention, Settings
from reconcile.store import Store

NIGHT = dt.date(2026, 11, 21)
OLD, YOUNG = NIGHT - dt.timedelta(days=31), NIGHT - dt.timedelta(days=30)
CONTENT = {"old": b"old list", "young": b"young list"}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def store(tmp_path):
    settings = Settings(home=furnished(tmp_path / "home"), as_of=NIGHT, threads=1, inbox=tmp_path / "inbox")
    with Store(settings, "20261121-01") as made:
        yield made


def run(store, **days):
    return purge.run(store, store.settings.model_copy(update={"retention": Retention(**days)}))


def load(store, number, extract, on, content=b"", *, part=None):
    row = {"load_id": number, "extract": extract, "delivered_on": on, "sha256": sha256(content), "part": part, "superseded": False}
    store.insert("ops.load", pl.DataFrame([row], schema_overrides={"part": pl.String}))


def death(store, number, key):
    for layer in ("raw", "std"):
        store.execute(f"INSERT INTO {layer}.police_death (event_id, _load_id) VALUES ($key, $load)", key=key, load=number)


def answer(store, finding, *records):
    store.execute(
        "INSERT INTO ops.judgement (finding_id, outcome, note, verified_by) VALUES ($finding, 'not_an_error', '张三丰', '001234')",
        finding=finding,
    )
    for kind, key in records:
        store.execute(
            "INSERT INTO find.subject (finding_id, record_type, record_key) VALUES ($finding, $kind, $key)",
            finding=finding,
            kind=kind,
            key=key,
        )
        store.execute("INSERT INTO find.stated (finding_id, record_key, value) VALUES ($finding, $key, '张三丰')", finding=finding, key=key)


def test_rows_of_old_events_go_and_snapshots_and_younger_ones_stay(store):
    load(store, 1, "police_death", OLD)
    load(store, 2, "police_death", YOUNG)
    load(store, 3, "police_resident", OLD)
    death(store, 1, "E1")
    death(store, 2, "E2")
    store.execute("INSERT INTO raw.police_resident (registration_id, _load_id) VALUES ('R1', 3)")
    store.execute("INSERT INTO ops.reject (load_id, line, raw_row) VALUES (1, 5, '张三丰'), (2, 5, '李四'), (3, 5, '王五')")
    assert run(store, raw_days=30) == {"rows": 1, "rejected_rows": 2, "answers_without_a_person": 0}
    assert store.frame("SELECT event_id FROM raw.police_death").rows() == [("E2",)]
    assert store.frame("SELECT event_id FROM std.police_death").rows() == [("E2",)]
    assert store.value("SELECT count(*) FROM raw.police_resident") == 1
    assert store.frame("SELECT load_id, raw_row FROM ops.reject ORDER BY load_id").rows() == [(1, None), (2, "李四"), (3, None)]
    assert store.value("SELECT count(*) FROM ops.load") == 3


def test_an_answer_about_nobody_who_is_left_keeps_number_and_outcome_only(store):
    load(store, 1, "police_death", OLD)
    death(store, 1, "E1")
    store.execute("INSERT INTO std.police_resident (registration_id) VALUES ('R2')")
    answer(store, "GONE", ("police_death", "E1"), ("police_resident", "R1"))
    answer(store, "THERE", ("police_death", "E1"), ("police_resident", "R2"))
    store.execute("INSERT INTO ops.judged_pair (finding_id, left_key, right_key) VALUES ('GONE', 'R1', 'R9'), ('THERE', 'R2', 'R9')")
    assert run(store, raw_days=30)["answers_without_a_person"] == 1
    judged = store.frame("SELECT finding_id, outcome, note, verified_by FROM ops.judgement ORDER BY finding_id").rows()
    assert judged == [("GONE", "not_an_error", None, None), ("THERE", "not_an_error", "张三丰", "001234")]
    pairs = store.frame("SELECT left_key, right_key FROM ops.judged_pair ORDER BY finding_id").rows()
    assert pairs[1] == ("R2", "R9")
    assert [len(key) for key in pairs[0]] == [16, 16]
    assert set(store.frame("SELECT finding_id FROM find.stated")["finding_id"]) == {"THERE"}
    assert run(store, raw_days=30)["answers_without_a_person"] == 0


PERSONAL = {
    table.name: [column.name for column in table.columns if masks.privacy(table.name, column.name, column.type) in ("name", "sensitive")]
    for table in TABLES.values()
    if table.name.startswith(("find.", "ops.")) and "finding_id" in {column.name for column in table.columns}
}
"""Tables about findings, and the columns of each that may say something of a person; deliveries go by their age alone."""


def test_nothing_of_a_person_is_left_of_such_an_answer_in_any_table(store):
    for table, columns in PERSONAL.items():
        for finding in ("GONE", "THERE"):
            row = pl.DataFrame([{"finding_id": finding} | dict.fromkeys(columns, "张三丰")])
            store.insert(table, row)
    store.execute("UPDATE ops.judgement SET verified_by = '001234'; DELETE FROM find.subject")
    store.execute("INSERT INTO std.police_resident (registration_id) VALUES ('R2')")
    store.execute("INSERT INTO find.subject (finding_id, record_type, record_key) VALUES ('THERE', 'police_resident', 'R2')")
    assert {"reason", "about"} <= set(PERSONAL["find.finding"])
    assert run(store, raw_days=30)["answers_without_a_person"] == 1
    left = {
        f"{finding} {table}.{column}"
        for table, columns in PERSONAL.items()
        for column in columns
        for (finding,) in store.execute(f"SELECT finding_id FROM {table} WHERE {column} = '张三丰'").fetchall()
    }
    assert left == {f"THERE {table}.{column}" for table, columns in PERSONAL.items() for column in columns}
    assert store.frame("SELECT finding_id FROM ops.judgement WHERE verified_by IS NOT NULL").rows() == [("THERE",)]


def test_loaded_deliveries_go_when_they_are_old_and_the_inbox_is_named(store):
    inbox = store.settings.inbox
    inbox.mkdir()
    for name, content in (*CONTENT.items(), ("never loaded", b"never")):
        (inbox / name).write_bytes(content)
    load(store, 1, "police_death", OLD, CONTENT["old"])
    load(store, 2, "police_death", YOUNG, CONTENT["young"])
    assert run(store, deliveries_days=30) == {"deliveries": 1}
    assert {path.name for path in inbox.iterdir()} == {"young", "never loaded"}


def test_old_returned_lists_go_with_their_copies_and_receipts(store):
    home = store.settings.home
    for number, (name, on) in enumerate((("old", OLD), ("young", YOUNG)), start=1):
        home.returns.mkdir(exist_ok=True)
        (home.returns / name).write_bytes(CONTENT[name])
        kept.keep(home, home.returns / name, sha256(CONTENT[name]), name)
        load(store, number, "verification_result", on, CONTENT[name], part="returned")
        receipt = home.receipts / "990101501000" / f"receipt_{name}_{number}.csv"
        receipt.parent.mkdir(parents=True, exist_ok=True)
        receipt.touch()
    gone = run(store, lists_days=30)
    assert (gone["returned_lists"], gone["receipts"]) == (1, 1)
    left = {path.name for folder in (home.returns, home.answers, home.receipts) for path in folder.rglob("*") if path.is_file()}
    assert left == {"young", "receipt_young_2.csv"}


def test_a_folder_that_cannot_be_read_is_not_passed_over(store, monkeypatch):
    answers = store.settings.home.returns / "by post"
    answers.mkdir(parents=True)
    scandir = os.scandir

    def refusing(path):
        if Path(path) == answers:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(PermissionError):
        run(store, lists_days=30)


def test_old_lists_go_and_what_people_put_there_stays(store):
    home = store.settings.home
    for on in (OLD, YOUNG):
        folder = home.worklists_of(on)
        for name in ("untouched.csv", "filled.csv"):
            (folder / "9901").mkdir(parents=True, exist_ok=True)
            (folder / "9901" / name).write_text("as written")
        names = ["9901/untouched.csv", "9901/filled.csv"]
        pl.DataFrame({"file": names, "sha256": [sha256(b"as written")] * 2}).write_csv(folder / "manifest.csv")
        (folder / "9901" / "filled.csv").write_text("an answer")
    gone = run(store, lists_days=30)
    assert (gone["lists"], gone["files_of_people_left"]) == (1, 1)
    assert not (home.worklists_of(OLD) / "9901" / "untouched.csv").exists()
    assert (home.worklists_of(OLD) / "9901" / "filled.csv").read_text() == "an answer"
    assert (home.worklists_of(YOUNG) / "9901" / "untouched.csv").exists()


def test_the_lists_that_readers_see_stay_however_old_they_are(store):
    home = store.settings.home
    placed = home.lists_of("20261021-01")
    placed.mkdir(parents=True)
    (placed / "list.csv").write_text("as written")
    pl.DataFrame({"file": ["list.csv"], "sha256": [sha256(b"as written")]}).write_csv(placed / "manifest.csv")
    shown = home.published / "20261021-01" / "worklists" / str(OLD)
    shown.parent.mkdir(parents=True)
    shown.symlink_to(placed)
    home.current.symlink_to("20261021-01")
    home.worklists_of(OLD).symlink_to(home.current / "worklists" / str(OLD))
    assert run(store, lists_days=30)["lists"] == 0
    assert (home.worklists_of(OLD) / "list.csv").read_text() == "as written"


def test_pages_about_old_nights_go_and_what_is_no_page_stays(store):
    reports = store.settings.home.reports
    reports.mkdir()
    for name in (f"night_{OLD}.html", f"delivery_police_death_{OLD}.csv", f"night_{YOUNG}.html", f"notes {OLD}.txt"):
        (reports / name).touch()
    assert run(store, lists_days=30)["reports"] == 2
    assert sorted(path.name for path in reports.iterdir()) == [f"night_{YOUNG}.html", f"notes {OLD}.txt"]


@pytest.fixture
def publications(store):
    """Three of them, of which readers see the oldest."""
    home = store.settings.home
    for run_id, on in (("20261001-01", OLD), ("20261002-01", OLD), ("20261022-01", YOUNG)):
        folder = home.publication(run_id).parent
        folder.mkdir(parents=True)
        home.publication(run_id).touch()
        about = {"run_id": run_id, "as_of": str(on), "bytes": 0, "sha256": ""}
        (folder / "publication.json").write_text(json.dumps(about))
    home.current.symlink_to("20261001-01")
    return home


def test_old_publications_go_but_never_the_current_one(store, publications):
    assert run(store, publications_days=30) == {"publications": 1}
    assert publications.published_runs() == ["20261001-01", "20261022-01"]


@pytest.mark.parametrize("about", ["", "{}", None], ids=["empty", "of another form", "unreadable"])
def test_a_publication_that_does_not_say_how_old_it_is_is_no_young_one(store, publications, about):
    path = publications.publication("20261002-01").with_name("publication.json")
    path.unlink()
    path.mkdir() if about is None else path.write_text(about)
    with pytest.raises(StorageError, match=r"20261002-01/publication\.json: .* nobody can tell how old this publication is"):
        run(store, publications_days=30)
    assert len(publications.published_runs()) == 3


def test_what_went_is_in_the_audit_in_counts(store):
    run(store, publications_days=30, raw_days=30)
    outcome = json.loads(store.value("SELECT outcome FROM ops.audit WHERE command = 'purge'"))
    assert outcome == {"rows": 0, "rejected_rows": 0, "answers_without_a_person": 0, "publications": 0}


def test_without_any_setting_nothing_is_deleted(store):
    with pytest.raises(UsageError, match=r"\[retention\]"):
        run(store)


@pytest.mark.parametrize("folder", ["reports", "worklists"])
def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(store, monkeypatch, folder):
    wrong = getattr(store.settings.home, folder)
    wrong.mkdir(exist_ok=True)
    (wrong / f"night_{OLD}.html").touch()
    listed = Path.iterdir

    def refused(path):
        if path == wrong:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(PermissionError):
        run(store, lists_days=30)
