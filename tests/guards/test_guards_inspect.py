"""The queries a data engineer starts from run as they are, on what a night published."""

import re

import duckdb
import pytest

from reconcile import query
from reconcile.store import Reader

NAMES = query.names("inspect")


def test_there_are_eleven():
    assert len(NAMES) == 11


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_the_columns_it_declares_and_finds_something(good_night, name):
    sentence, columns = query.header(name)
    assert "?" in sentence
    with Reader(good_night.home) as reader:
        frame = reader.file(name)
    assert tuple(frame.columns) == columns
    assert frame.height > 0


@pytest.mark.parametrize("name", NAMES)
def test_it_needs_no_parameter_and_ends_as_a_shell_expects(name):
    (statement,) = query.statements(query.sql(name))
    assert not statement.named_parameters
    assert query.sql(name).endswith(";\n")


@pytest.mark.parametrize("name", NAMES)
def test_persons_data_are_announced(good_night, name):
    """Names of the register occur in no result, except where the first lines say so."""
    with Reader(good_night.home) as reader:
        names = set(reader.frame("SELECT DISTINCT name FROM std.police_resident WHERE length(name) > 1")["name"])
        shown = {str(cell) for row in reader.file(name).iter_rows() for cell in row}
    announced = re.search("personal data", query.header(name)[0]) is not None
    assert bool(names & shown) is announced


def test_a_publication_can_be_exported_and_imported(good_night, tmp_path):
    """DuckDB writes views in the order of their names, so none may read one that is named later."""
    with duckdb.connect(str(good_night.home.latest), read_only=True) as published:
        published.execute(f"EXPORT DATABASE '{tmp_path / 'exported'}'")
        views = published.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    with duckdb.connect() as fresh:
        fresh.execute(f"IMPORT DATABASE '{tmp_path / 'exported'}'")
        assert fresh.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall() == views
        assert ("scope", "resident") in views
        assert fresh.execute("SELECT count(*) > 0 FROM scope.resident").fetchone() == (True,)
