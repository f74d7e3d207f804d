"""Warehouses of other versions: what is missing is added, the rest is refused, and a refused file keeps its bytes."""

import datetime as dt
import re
import shutil

import homes
import pytest

from reconcile import query, schema
from reconcile.contract.table import VARCHAR, Table, TableColumn
from reconcile.contract.warehouse import TABLES
from reconcile.errors import WarehouseError
from reconcile.settings import Settings
from reconcile.store import Store


def opened(home):
    return Store(Settings(home=home, as_of=dt.date(2026, 11, 23)))


@pytest.fixture(scope="module")
def new_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("new") / "home"
    with opened(home) as store:
        store.execute("INSERT INTO ops.run (run_id, status) VALUES ('20261122-01', 'running'), ('20261121-01', 'done')")
        store.execute("INSERT INTO ops.stage (run_id, stage) VALUES ('20261122-01', 'link'), ('20261121-01', 'link')")
        store.execute("INSERT INTO ops.standardised (extract, fingerprint) VALUES ('station', 'made')")
        store.execute("INSERT INTO find.history (finding_id, change) VALUES ('D1', 'open')")
        store.execute("INSERT INTO raw.station (station_code, _line) VALUES ('990101500001', 2)")
    return home


@pytest.fixture
def home(new_home, tmp_path):
    return shutil.copytree(new_home, tmp_path / "home")


def columns(store, table):
    return store.execute(
        "SELECT column_name FROM duckdb_columns() WHERE concat(schema_name, '.', table_name) = $name ORDER BY column_index", name=table
    ).fetchall()


def test_a_home_that_has_everything_is_left_alone(home):
    before = homes.digest(home)
    with opened(home):
        pass
    assert homes.digest(home) == before


@pytest.mark.parametrize("table", ["find.history", "find.finding", "raw.station", "link.person"])
def test_a_column_that_is_missing_is_added_where_it_is_declared(home, table):
    declared = [column.name for column in TABLES[table].columns]
    gone = next(column.name for column in TABLES[table].columns[1:] if not column.is_key)
    homes.change(home, f"CREATE TABLE kept_rows AS SELECT * EXCLUDE ({gone}) FROM {table}", f"DROP TABLE {table}")
    key = f", PRIMARY KEY ({', '.join(TABLES[table].key)})" if TABLES[table].key else ""
    listed = ", ".join(column.ddl for column in TABLES[table].columns if column.name != gone)
    homes.change(home, f"CREATE TABLE {table} ({listed}{key})", f"INSERT INTO {table} SELECT * FROM kept_rows", "DROP TABLE kept_rows")
    before = homes.rows(home, f"SELECT * FROM {table}")
    with opened(home) as store:
        assert [name for (name,) in columns(store, table)] == declared
        assert store.execute(f"SELECT * EXCLUDE ({gone}) FROM {table}").fetchall() == before
        assert store.execute(f"SELECT DISTINCT {gone} FROM {table}").fetchall() == [(None,)] * bool(before)
        assert not [row for row in store.run_file("ops/undescribed").fetchall() if f"{row[0]}.{row[1]}" == table]


def test_rows_from_before_a_column_get_its_default(home):
    homes.change(home, "ALTER TABLE ops.reject DROP COLUMN stage", "INSERT INTO ops.reject (load_id) VALUES (1)")
    with opened(home) as store:
        assert store.execute("SELECT load_id, stage FROM ops.reject").fetchall() == [(1, "ingest")]


def test_a_table_that_a_night_makes_is_made_anew_and_nothing_counts_as_finished(home):
    homes.change(home, "DROP TABLE std.station", "DROP TABLE find.review")
    with opened(home) as store:
        assert store.value("SELECT count(*) FROM std.station") == 0
        assert store.value("SELECT count(*) FROM find.review") == 0
        assert store.value("SELECT count(*) FROM ops.standardised") == 0
        assert store.execute("SELECT run_id FROM ops.stage").fetchall() == [("20261121-01",)]


def test_a_view_that_is_gone_is_made_anew(home):
    homes.change(home, "DROP VIEW ops.answer")
    with opened(home) as store:
        assert store.value("SELECT count(*) FROM ops.answer") == 0


REFUSED = {
    "another type": (["ALTER TABLE find.evidence ALTER weight TYPE VARCHAR"], ["find.evidence", "weight", "VARCHAR", "DOUBLE"]),
    "another type of a derived table": (["ALTER TABLE link.person ALTER person_id TYPE BIGINT"], ["link.person", "person_id", "BIGINT"]),
    "a column by another name": (["ALTER TABLE ops.judgement RENAME outcome TO answer"], ["ops.judgement", "answer"]),
    "a column too many": (["ALTER TABLE std.station ADD COLUMN telephone VARCHAR"], ["std.station", "telephone"]),
    "no key": (
        ["CREATE TABLE ops.runs AS FROM ops.run", "DROP TABLE ops.run", "ALTER TABLE ops.runs RENAME TO run"],
        ["ops.run", "key", "run_id"],
    ),
    "no judgements": (["DROP TABLE ops.judgement"], ["ops.judgement", "missing"]),
    "no history": (["DROP TABLE find.history"], ["find.history", "missing"]),
    "no deliveries": (["DROP TABLE raw.police_resident"], ["raw.police_resident", "missing"]),
    "a newer version": (["UPDATE ops.schema_version SET version = 99"], ["99", f"has {max(schema.steps())}"]),
    "no version": (["DELETE FROM ops.schema_version"], ["ops.schema_version"]),
    "no table of versions": (["DROP TABLE ops.schema_version"], ["ops.schema_version"]),
    "four problems": (
        ["DROP TABLE find.subject", "DROP TABLE find.stated", "DROP TABLE find.route", "DROP TABLE find.renumbered"],
        ["find.renumbered", "and 1 more"],
    ),
}


@pytest.mark.parametrize(("statements", "names"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_added_is_refused_in_one_message_and_the_file_keeps_its_bytes(home, statements, names):
    homes.change(home, *statements)
    before = homes.digest(home)
    with pytest.raises(WarehouseError) as refused:
        opened(home)
    message = str(refused.value)
    assert message.startswith(f"{home / 'warehouse.duckdb'}: ")
    assert "\n" not in message
    assert all(name in message for name in names), message
    assert homes.digest(home) == before
    assert not (home / "tmp").exists()


@pytest.mark.parametrize("statement", ["DROP TABLE find.history", "ALTER TABLE find.history ALTER as_of TYPE VARCHAR"])
def test_a_home_of_an_older_version_that_does_not_fit_is_unchanged_too(tmp_path, statement):
    home = homes.unpack(1, tmp_path / "home")
    homes.change(home, statement)
    before = homes.digest(home)
    with pytest.raises(WarehouseError, match=r"find\.history"):
        opened(home)
    assert homes.digest(home) == before


def test_a_step_that_does_not_fit_is_named(tmp_path):
    home = homes.unpack(1, tmp_path / "home")
    homes.change(home, "ALTER TABLE ops.schema_version ADD COLUMN kept VARCHAR")
    before = homes.digest(home)
    with pytest.raises(WarehouseError, match="0002_tables_that_must_not_be_lost"):
        opened(home)
    assert homes.digest(home) == before


def test_steps_are_numbered_without_a_gap():
    assert list(schema.steps()) == list(range(2, 2 + len(query.names("migrations"))))
    assert all(re.fullmatch(r"migrations/\d{4}_[a-z_]+", name) for name in schema.steps().values())


def test_a_column_without_a_sentence_is_no_column():
    with pytest.raises(ValueError, match="quaint"):
        TableColumn("quaint", VARCHAR)
    assert TableColumn("as_of", VARCHAR).note == "Business date of the night."


def test_a_table_gives_its_polars_schema():
    table = Table("ops.pair", "Two.", (TableColumn("left_key", VARCHAR), TableColumn("as_of", VARCHAR)))
    assert list(table.polars(without=("left_key",))) == ["as_of"]
    assert list(table.polars("as_of", "left_key")) == ["as_of", "left_key"]
