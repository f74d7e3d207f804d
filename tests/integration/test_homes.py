"""A home that an earlier version made opens, and the next night goes on from what it knew."""

import datetime as dt

import homes
import pytest
from installation import Installation

from reconcile import schema
from reconcile.contract.warehouse import TABLES
from reconcile.link.jobs import JOBS

NEXT = dt.date(2026, 11, 23)
KEPT = {
    "history": "SELECT finding_id, as_of, run_id, change, detail FROM find.history WHERE as_of < DATE '2026-11-23' ORDER BY ALL",
    "judgements": "SELECT * EXCLUDE (run_id) FROM ops.judgement ORDER BY ALL",
    "judged pairs": "SELECT * FROM ops.judged_pair ORDER BY ALL",
    "finding ids": "SELECT finding_id, finding_type, first_seen_on FROM find.finding ORDER BY ALL",
    "measures": "SELECT * FROM stats.night WHERE as_of < DATE '2026-11-23' AND 'all' NOT IN (finding_type, station_code) ORDER BY ALL",
}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """What the old home knew, and the same home after the next night."""
    folder = tmp_path_factory.mktemp("older")
    (folder / "inbox").mkdir()
    made = Installation(folder / "inbox", homes.unpack(1, folder / "home"))
    before = {name: homes.rows(made.home, query) for name, query in KEPT.items()}
    assert made.run(NEXT) == 0
    return made, before


@pytest.mark.parametrize("name", KEPT)
def test_the_next_night_keeps(nights, name):
    made, before = nights
    after = homes.rows(made.home, KEPT[name])
    assert len(before[name]) > (1 if name == "judged pairs" else 10)
    assert set(before[name]) <= set(after)


def test_it_has_the_declared_tables_and_no_other(nights):
    made, _ = nights
    there = {name for (name,) in homes.rows(made.home, "SELECT concat(schema_name, '.', table_name) FROM duckdb_tables()")}
    assert there == set(TABLES) | {job.table for job in JOBS}


def test_it_says_which_version_it_is_of(nights):
    made, _ = nights
    assert homes.rows(made.home, "SELECT version FROM ops.schema_version") == [(max(schema.steps()),)]


def test_figures_of_before_have_a_subject(nights):
    made, _ = nights
    registers = homes.rows(
        made.home,
        "SELECT metric.run_id, metric.value > 1000 FROM ops.metric AS metric WHERE metric.stage = 'publish' AND metric.name = 'rows' "
        "AND metric.subject = 'police_resident' ORDER BY metric.run_id",
    )
    assert registers == [("20261121-01", True), ("20261122-01", True), ("20261123-01", True)]


def test_answers_given_to_the_older_version_still_count(nights):
    made, _ = nights
    status = homes.rows(
        made.home,
        "SELECT judgement.outcome, finding.status FROM ops.judgement AS judgement "
        "INNER JOIN find.finding AS finding ON judgement.finding_id = finding.finding_id "
        "WHERE judgement.outcome IN ('not_an_error', 'undetermined') GROUP BY ALL ORDER BY ALL",
    )
    assert status == [("not_an_error", "dismissed"), ("undetermined", "undetermined")]


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE ops.schema_version SET version = 99", "99"),
        ("DROP TABLE find.history", "find.history"),
        ("ALTER TABLE link.person ALTER person_id TYPE BLOB", "person_id"),
    ],
)
def test_a_home_that_does_not_fit_stops_the_night_with_exit_5(after_a_good_night, capsys, statement, names):
    homes.change(after_a_good_night.home, statement)
    before, published = homes.digest(after_a_good_night.home), after_a_good_night.published()
    assert after_a_good_night.run(NEXT) == 5
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert names in message
    assert homes.digest(after_a_good_night.home) == before
    assert after_a_good_night.published() == published
