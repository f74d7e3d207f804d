"""A published night against the files of its contract, as an engineer reads them: what ``datacontract test`` asks, without it."""

import pytest

from reconcile import odcs, query
from reconcile.store import Reader

CONTRACTS = odcs.read(query.SQL_ROOT.parent / "docs" / "contract")


@pytest.fixture(scope="module")
def reader(good_night):
    with Reader(good_night.home) as opened:
        yield opened


def listed(contract):
    """Table, column and values of every closed list."""
    for table in contract["schema"]:
        for column in table["properties"]:
            for rule in column.get("quality", []):
                yield table["physicalName"], column["name"], rule["arguments"]["validValues"]


@pytest.mark.parametrize("schema", CONTRACTS)
def test_every_column_that_is_promised_is_there_with_its_type(reader, schema):
    rows = reader.frame("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = $name", name=schema).rows()
    promised = [
        (table["physicalName"], column["name"], column["physicalType"])
        for table in CONTRACTS[schema]["schema"]
        for column in table["properties"]
    ]
    assert len(promised) > 3
    assert set(promised) == set(rows)


@pytest.mark.parametrize("schema", [name for name, contract in CONTRACTS.items() if any(listed(contract))])
def test_no_value_stands_outside_its_closed_list(reader, schema):
    asked = [
        f"SELECT '{table}.{column}' AS place FROM {schema}.{table} WHERE CAST(\"{column}\" AS VARCHAR) NOT IN ({marks})"
        for table, column, values in listed(CONTRACTS[schema])
        for marks in [", ".join(f"'{value}'" for value in values)]
    ]
    assert reader.frame(f"SELECT DISTINCT place FROM ({' UNION ALL '.join(asked)})").rows() == []


def test_the_contract_says_the_version_that_the_publication_says(reader):
    version = reader.frame("SELECT version FROM ref.contract").item()
    assert {contract["version"] for contract in CONTRACTS.values()} == {version}
