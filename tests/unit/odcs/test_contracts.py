"""The contracts of the published schemas say what is there, and their version rises by rule."""

import copy

import pytest
from warehouses import furnished

from reconcile import described, documents, odcs
from reconcile.contract import keys, published
from reconcile.contract.table import VARCHAR, Table, TableColumn
from reconcile.contract.warehouse import TABLES
from reconcile.errors import ReconcileError
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Reader, Store


@pytest.fixture(scope="module")
def now():
    return odcs.contracts()


def columns_of(contracts):
    return [
        (schema, table["name"], one)
        for schema, contract in contracts.items()
        for table in contract["schema"]
        for one in table["properties"]
    ]


def one_table(version="1.0.0", **columns):
    properties = [{"name": name, "physicalType": kind} for name, kind in columns.items()]
    return {"find": {"version": version, "schema": [{"name": "finding", "physicalType": "table", "properties": properties}]}}


def listed(values):
    contract = one_table(tier="VARCHAR")
    contract["find"]["schema"][0]["properties"][0]["quality"] = [{"arguments": {"validValues": values}}]
    return contract


def keyed(*names):
    contract = one_table(tier="VARCHAR", why="VARCHAR")
    for column in contract["find"]["schema"][0]["properties"]:
        column["primaryKey"] = column["name"] in names
    return contract


@pytest.mark.parametrize(
    ("released", "after", "version"),
    [
        (one_table(tier="VARCHAR"), one_table(tier="VARCHAR"), "1.0.0"),
        (one_table(tier="VARCHAR"), one_table(tier="VARCHAR", why="VARCHAR"), "1.1.0"),
        (one_table(tier="VARCHAR", why="VARCHAR"), one_table(tier="VARCHAR"), "2.0.0"),
        (one_table(tier="VARCHAR"), one_table(tier="INTEGER"), "2.0.0"),
        (one_table(tier="VARCHAR"), one_table(level="VARCHAR"), "2.0.0"),
        (one_table("3.4.0", tier="VARCHAR"), one_table("3.4.0", tier="VARCHAR", why="VARCHAR"), "3.5.0"),
        (listed(["A"]), listed(["A", "B"]), "1.1.0"),
        (listed(["A", "B"]), listed(["A"]), "2.0.0"),
        (keyed("tier"), keyed("tier", "why"), "2.0.0"),
        (keyed(), keyed("tier"), "1.1.0"),
    ],
)
def test_what_goes_or_changes_raises_the_first_number_what_comes_the_second(released, after, version):
    assert odcs.risen(released, after) == version


def test_sentences_are_no_promise(now):
    other = copy.deepcopy(now)
    other["find"]["schema"][0]["description"] = "otherwise"
    assert odcs.gone(now, other) == odcs.come(now, other) == []


def test_every_table_and_column_of_a_published_schema_is_promised(now):
    promised = {(schema, table, column["name"], column["physicalType"]) for schema, table, column in columns_of(now)}
    assert promised == {(row.schema, row.table, row.column, row.type) for row in described.rows() if row.schema != "raw"}


def test_references_of_a_contract_lead_to_a_column_of_a_contract(now):
    there = {(schema, table, column["name"]) for schema, table, column in columns_of(now)}
    led = [(schema, one["to"]) for schema, _, column in columns_of(now) for one in column.get("relationships", [])]
    for schema, target in led:
        if "#" in target:
            file, _, path = target.partition("#")
            _, table, _, column = path.split("/")
            assert (file.removesuffix(odcs.ENDING), table, column) in there
        else:
            assert (schema, *target.split(".")) in there
    assert ("find", "finding.finding_id") in led
    assert ("find", "ops.odcs.yaml#schema/run/properties/run_id") in led


def test_columns_that_name_persons_say_so(now):
    classes = {f"{schema}.{table}.{column['name']}": column["classification"] for schema, table, column in columns_of(now)}
    assert classes["std.police_resident.name"] == "name"
    assert classes["std.police_resident.citizen_id"] == "identifier"
    assert classes["find.evidence.source_value"] == "sensitive"
    assert classes["find.subject.record_key"] == "pseudonym"
    assert classes["find.finding.tier"] == classes["ops.metric.value"] == "none"


def test_a_version_that_did_not_rise_is_refused(tmp_path, now):
    released = tmp_path / "contract" / odcs.RELEASED
    released.mkdir(parents=True)
    more = copy.deepcopy(now)
    more["find"]["schema"].append({"name": "of_old", "physicalType": "table", "properties": []})
    for schema, contract in more.items():
        (released / f"{schema}{odcs.ENDING}").write_text(odcs.render(contract), encoding="utf-8")
    major = int(published.VERSION.split(".")[0])
    with pytest.raises(ReconcileError, match=rf"by rule it is {major + 1}\.0\.0: find.of_old was a table and went"):
        documents.write(tmp_path, check=True)


def test_the_version_stands_in_the_database(tmp_path):
    with Store(Settings(home=Home(furnished(tmp_path / "home")), as_of="2026-11-21")) as store:
        assert store.value("SELECT version FROM ref.contract") == published.VERSION


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.identity], ids=lambda table: table.name)
def test_no_two_rows_of_a_good_night_share_a_key_and_none_is_empty(good_night, table):
    names = ", ".join(f'"{name}"' for name in table.identity)
    empty = " OR ".join(f'"{name}" IS NULL' for name in table.identity)
    with Reader(good_night.home) as reader:
        twice = reader.frame(f"SELECT {names} FROM {table.name} GROUP BY ALL HAVING count(*) > 1 OR {empty}")
    assert twice.height == 0


@pytest.mark.parametrize(
    "reference", [one for table in TABLES.values() for one in keys.references(table)], ids=lambda one: f"{one.table}.{one.column}"
)
def test_every_reference_of_a_good_night_leads_to_a_row(good_night, reference):
    here, there = f'here."{reference.column}"', f'there."{reference.to_column}"'
    joined = f"FROM {reference.table} AS here LEFT JOIN {reference.to_table} AS there ON {here} = {there}"
    query = f"SELECT count(*) AS lost {joined} WHERE CAST({here} AS VARCHAR) <> '' AND {there} IS NULL"
    with Reader(good_night.home) as reader:
        assert reader.frame(query)["lost"].item() == 0


def test_keys_and_references_are_a_table_that_tools_can_read(tmp_path):
    with Store(Settings(home=Home(furnished(tmp_path / "home")), as_of="2026-11-21")) as store:
        rows = store.frame("SELECT * FROM ref.key WHERE table_name = 'find.subject' ORDER BY kind DESC, place, column_name").rows()
    assert rows == [
        ("find.subject", "finding_id", "primary", 1, None, None, False),
        ("find.subject", "record_type", "primary", 2, None, None, False),
        ("find.subject", "record_key", "primary", 3, None, None, False),
        ("find.subject", "finding_id", "foreign", 1, "find.finding", "finding_id", False),
        ("find.subject", "station_code", "foreign", 1, "std.station", "station_code", False),
    ]


def test_a_reference_stands_once_for_all_tables_and_delivered_columns_have_none():
    columns = (TableColumn("registration_id", VARCHAR), TableColumn("finding_id", VARCHAR))
    assert [one.column for one in keys.references(Table("link.some", "", columns))] == ["registration_id", "finding_id"]
    assert list(keys.references(Table("std.some", "", columns))) == []
    assert [one.column for one in keys.references(Table("find.finding", "", columns))] == ["registration_id"]
