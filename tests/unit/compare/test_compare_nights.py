"""Two nights of a small home, with one change of each kind between them."""

import datetime as dt
import shutil

import polars as pl
import pytest
from cases import create_link_tables, insert
from command import command

from reconcile import consult
from reconcile.errors import UsageError, WarehouseError
from reconcile.home import Home, make_directory
from reconcile.settings import Settings
from reconcile.store import Store

NUMBER = "990101199001010019"
FIRST, SECOND = "20261120-01", "20261121-02"


def finding(finding_id, finding_type="number_invalid", tier="A", station="990101510000", status="open"):
    return {"finding_id": finding_id, "finding_type": finding_type, "tier": tier, "station_code": station, "status": status}


def subject(finding_id, key, record_type="police_resident"):
    return {"finding_id": finding_id, "record_type": record_type, "record_key": key}


def pair(left, right, decision, tier=None, *, left_type="police_resident"):
    job = {"police_resident": "registration", "health_death": "death"}[left_type]
    row = {"left_type": left_type, "left_key": left, "right_type": "police_resident", "right_key": right}
    return f"link.{job}_pair", row | {"decision": decision, "tier": tier}


def person(**persons):
    return [("link.person", {"registration_id": registration, "person_id": one}) for registration, one in persons.items()]


def publish(home, run_id, findings=(), subjects=(), rows=()):
    as_of = dt.date(int(run_id[:4]), int(run_id[4:6]), int(run_id[6:8]))
    with Store(Settings(home=home, as_of=as_of), run_id) as store:
        create_link_tables(store)
        for table in ("find.finding", "find.subject", "link.person", "link.registration_pair", "link.death_pair"):
            store.execute(f"DELETE FROM {table}")
        insert(store, "find.finding", list(findings))
        insert(store, "find.subject", list(subjects))
        for table, row in rows:
            insert(store, table, [{name: value or "" for name, value in row.items()}])
        store.run_file("ops/begin_run", run_id=run_id, program="test")
        store.run_file("ops/finish_run", run_id=run_id, status="done", message=None)
        make_directory(home.published)
        store.copy_to(home.publication(run_id))
        store.copy_to(home.latest)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("compared") / "home")
    keys = ("SAME", "LOST", "TIER", "MOVED", "TOLD", "GONE")
    publish(
        home,
        FIRST,
        [
            *(finding(key) for key in keys[:5]),
            finding("GONE", status="resolved"),
            finding("DEAD", "death_of_unregistered_person"),
        ],
        [*(subject(key, f"of {key}") for key in keys), subject("DEAD", NUMBER, "health_death")],
        [
            *person(R1="R1", R2="R2", R3="R3", R4="R3", R5="R5", R6="R6", OLD="OLD"),
            pair("R3", "R4", "match", "C"),
            pair("R5", "R6", "non_match"),
            pair("R1", "R6", "match", "C"),
            pair("D1", "R1", "match", "C", left_type="health_death"),
        ],
    )
    publish(
        home,
        SECOND,
        [
            finding("SAME"),
            finding("GAINED"),
            finding("TIER", tier="C"),
            finding("MOVED", station="990102510000"),
            finding("TOLD", status="confirmed"),
            finding("LOST", status="resolved"),
            finding("GONE"),
        ],
        [*(subject(key, f"of {key}") for key in (*keys, "GAINED")), subject("TIER", "another")],
        [
            *person(R1="R1", R2="R1", R3="R3", R4="R4~2", R5="R5", R6="R6", NEW="R5"),
            pair("R3", "R4", "non_match"),
            pair("R1", "R2", "match", "B"),
            pair("R1", "R6", "match", "D"),
            pair("NEW", "R4", "non_match"),
            pair("D1", "R1", "match", "C", left_type="health_death"),
        ],
    )
    return home


@pytest.fixture(scope="module")
def comparison(home):
    return consult.compare_nights(home, "2026-11-20", SECOND)


def rows(comparison, kind):
    return comparison.changes.filter(pl.col("kind") == kind).drop("kind").rows()


def test_findings_that_came_went_and_moved(comparison):
    kind, home, other = "number_invalid", "990101510000", "990102510000"
    assert rows(comparison, "finding") == [
        ("death_of_unregistered_person", "lost", "DEAD", "health_death:(number)", "A", None),
        (kind, "gained", "GAINED", "police_resident:of GAINED", None, "A"),
        (kind, "gained", "GONE", "police_resident:of GONE", None, "A"),
        (kind, "lost", "LOST", "police_resident:of LOST", "A", None),
        (kind, "station", "MOVED", "police_resident:of MOVED", home, other),
        (kind, "status", "TOLD", "police_resident:of TOLD", "open", "confirmed"),
        (kind, "tier", "TIER", "police_resident:another police_resident:of TIER", "A", "C"),
    ]
    assert comparison.findings.rows() == [("death_of_unregistered_person", 1, 0, 0, 1, 0, 0, 0), (kind, 5, 6, 2, 1, 1, 1, 1)]


def test_persons_of_registrations_that_both_nights_know(comparison):
    """A new registration of a known person merges nobody, and one that left splits nobody."""
    assert rows(comparison, "person") == [
        ("registration", "merged", "R1", "police_resident:R1 police_resident:R2", "R1 R2", "R1"),
        ("registration", "split", "R3", "police_resident:R3 police_resident:R4", "R3", "R3 R4~2"),
    ]
    assert comparison.persons.rows() == [(6, 5, 1, 1)]


def test_pairs_that_were_decided_otherwise(comparison):
    """What was not stored decides like a non_match, so that it is a change only where the other night says more."""
    assert rows(comparison, "pair") == [
        ("registration", "decision", None, "police_resident:R1 police_resident:R6", "match C", "match D"),
        ("registration", "decision", None, "police_resident:R3 police_resident:R4", "match C", "non_match"),
        ("registration", "decision", None, "police_resident:R1 police_resident:R2", "unknown", "match B"),
    ]
    assert comparison.pairs.rows() == [
        ("registration", "match C", "match D", 1),
        ("registration", "match C", "non_match", 1),
        ("registration", "unknown", "match B", 1),
    ]


def test_the_other_way_round_everything_is_turned(home, comparison):
    turned = consult.compare_nights(home, SECOND, FIRST)
    opposite = {"gained": "lost", "lost": "gained", "merged": "split", "split": "merged"}
    keys = ["kind", "about", "change", "records", "before", "after"]
    expected = comparison.changes.with_columns(pl.col("change").replace(opposite), before="after", after="before")
    # The id of a person that was several is that of the other side.
    assert turned.changes.select(keys).sort(keys).equals(expected.select(keys).sort(keys))


def test_the_command_prints_counts_and_writes_every_change(home, tmp_path, capsys):
    assert command("compare", FIRST, SECOND, "--home", home, "--out", tmp_path / "changes.csv") == 0
    printed = capsys.readouterr().out
    assert "Pairs decided otherwise" in printed
    written = pl.read_csv(tmp_path / "changes.csv", infer_schema=False)
    assert written.columns == ["kind", "about", "change", "id", "records", "before", "after"]
    assert written.height == 12
    assert NUMBER not in printed + (tmp_path / "changes.csv").read_text(encoding="utf-8")


def test_equal_nights_differ_in_nothing(home, capsys):
    again = home.publication("20261121-01")
    make_directory(again.parent)
    again.write_bytes(home.publication(SECOND).read_bytes())
    try:
        assert command("compare", "20261121-01", SECOND, "--home", home) == 0
    finally:
        shutil.rmtree(again.parent)
    assert "Nothing changed." in capsys.readouterr().out


@pytest.mark.parametrize("night", ["2026-11-19", "20261121-01", "", "latest"])
def test_a_night_that_is_not_there_is_answered_with_those_that_are(home, night):
    with pytest.raises(UsageError, match=rf"no such night is published\. There are {FIRST}, {SECOND};"):
        consult.compare_nights(home, night, SECOND)


def test_one_night_is_not_compared_with_itself(home):
    with pytest.raises(UsageError, match="are one night"):
        consult.compare_nights(home, "2026-11-21", SECOND)


def test_a_night_of_a_program_with_other_tables_is_refused(home, tmp_path):
    older = home.publication("20261101-01")
    with Store(Settings(home=tmp_path / "older", as_of=dt.date(2026, 11, 1))) as store:
        store.copy_to(older)
    try:
        with pytest.raises(WarehouseError, match="Compare nights of one version"):
            consult.compare_nights(home, "20261101-01", SECOND)
    finally:
        shutil.rmtree(older.parent)


def test_a_file_that_cannot_be_written_is_the_callers_mistake(home, tmp_path, capsys):
    assert command("compare", FIRST, SECOND, "--home", home, "--out", tmp_path / "nowhere" / "changes.csv") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_models_are_asked_for_by_a_flag(home, capsys):
    assert command("compare", "--models", "0001-aaaaaaaa", "0002-bbbbbbbb", "--home", home) == 2
    assert "model 0001-aaaaaaaa: no such version" in capsys.readouterr().err
