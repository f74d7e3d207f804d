"""Files of figures: found, not listed; header, SELECT and declared table fit."""

import pytest
from warehouses import furnished

from reconcile import query
from reconcile.contract.warehouse import TABLES
from reconcile.errors import UsageError
from reconcile.settings import Settings
from reconcile.statistics import figures
from reconcile.store import Store

HEADER = """/*
what = "Persons."
unit = "persons"
source = "police_resident"
reading = "Active ones."
since = "2026-11"
*/
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("figures") / "home")
    with Store(Settings(home=home, as_of="2026-11-21", threads=1)) as store:
        for name in query.names(figures.PREPARED):
            store.run_file(name)
        yield store


@pytest.mark.parametrize("one", figures.discover(), ids=lambda one: one.name)
def test_the_select_gives_the_columns_of_the_declared_table(prepared, one):
    values = dict.fromkeys(one.parameters, 1)
    given = prepared.frame(f"SELECT * FROM ({one.select}) LIMIT 0", **values).columns
    assert given == [column.name for column in TABLES[one.table].columns]


def test_each_comes_after_those_it_reads():
    names = [one.name for one in figures.discover()]
    assert all(names.index(other) < names.index(one.name) for one in figures.discover() for other in one.reads if other in names)


def test_a_table_that_a_prepared_view_reads_comes_first():
    assert "movement" in next(one for one in figures.discover() if one.name == "form_57").reads


def test_every_prepared_table_is_dropped_again(prepared):
    tables = "SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary"
    views = "SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal"
    assert set(prepared.execute(f"{tables} UNION ALL {views}").fetchall()) == {(kind, made) for _, kind, made in figures.prepared()}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT 1", "does not begin with its declaration"),
        (HEADER.replace("unit", "units") + "SELECT 1", "units"),
        (HEADER.replace("2026-11", "November") + "SELECT 1", "since"),
        (HEADER + "SELECT 1; SELECT 2", "2 statements"),
        (HEADER + "SELECT $due_days", "names ['due_days']"),
        (HEADER.replace('"Persons."', "Persons") + "SELECT 1", "Invalid value"),
    ],
)
def test_a_file_that_declares_nothing_is_refused_by_name(text, problem):
    with pytest.raises(UsageError) as raised:
        figures.parse("population", text)
    assert "sql/statistics/population.sql" in str(raised.value)
    assert problem in str(raised.value)


def test_a_file_without_a_table_is_refused():
    with pytest.raises(UsageError, match=r"no table stats\.heights is declared"):
        figures.parse("heights", HEADER + "SELECT 1")
