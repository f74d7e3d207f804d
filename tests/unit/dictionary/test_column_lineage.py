"""What tables are made from is read from their SQL, and told in events that the specification of OpenLineage allows."""

import json
import re
import uuid

import jsonschema
import pytest

from reconcile import described, lineage, openlineage, query
from reconcile.contract.warehouse import TABLES

KNOWN = {
    "find.finding": {"finding_id": "VARCHAR", "tier": "VARCHAR", "due_on": "DATE"},
    "std.station": {"station_code": "VARCHAR", "station_name": "VARCHAR"},
    "find.open_finding": {"number": "VARCHAR", "name": "VARCHAR", "is_late": "BOOLEAN"},
}
_STRING = {"type": "string"}
_FACET = {
    "type": "object",
    "required": ["_producer", "_schemaURL"],
    "properties": {
        "_producer": {"type": "string", "pattern": r"^\w+:"},
        "_schemaURL": {"type": "string", "pattern": r"^https://openlineage\.io/spec/"},
    },
}
_DATASET = {
    "type": "object",
    "required": ["namespace", "name"],
    "properties": {"namespace": _STRING, "name": _STRING, "facets": {"type": "object", "additionalProperties": _FACET}},
}
_FIELD = {
    "type": "object",
    "required": ["namespace", "name", "field"],
    "properties": {"namespace": _STRING, "name": _STRING, "field": _STRING},
}
RUN_EVENT = {
    "type": "object",
    "required": ["run", "job", "eventTime", "producer", "schemaURL"],
    "properties": {
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "eventTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"},
        "run": {
            "type": "object",
            "required": ["runId"],
            "properties": {"runId": _STRING, "facets": {"type": "object", "additionalProperties": _FACET}},
        },
        "job": {"type": "object", "required": ["namespace", "name"], "properties": {"namespace": _STRING, "name": _STRING}},
        "inputs": {"type": "array", "items": _DATASET},
        "outputs": {"type": "array", "items": _DATASET},
        "producer": {"type": "string", "pattern": r"^\w+:"},
        "schemaURL": {"type": "string", "pattern": r"^https://openlineage\.io/spec/.*RunEvent$"},
    },
}
"""What the specification says of a run event, in our words; formats as patterns, since validators take formats for comments."""
COLUMN_LINEAGE = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["inputFields"],
                "properties": {"inputFields": {"type": "array", "items": _FIELD}},
            },
        }
    },
}


@pytest.fixture(scope="module")
def events():
    when = "2026-11-22T01:00:00+08:00", "2026-11-22T01:05:00.5+00:00"
    text = openlineage.render("20261121-01", "2026-11-21", *when, described.columns())
    return [json.loads(line) for line in text.splitlines()]


def test_columns_are_followed_through_steps_stars_and_temporary_tables():
    made = lineage.of(
        """
        CREATE OR REPLACE TEMP TABLE late AS SELECT finding_id, due_on < $as_of AS is_late FROM find.finding;
        CREATE OR REPLACE VIEW find.open_finding AS
        WITH named AS (SELECT station_name AS name, station_code FROM std.station),
        both AS (SELECT late.*, named.name FROM late LEFT JOIN named ON late.finding_id = named.station_code)
        SELECT finding_id AS number, upper(name) AS name, is_late FROM both
        """,
        KNOWN,
        "some/file",
    )
    assert made["find.open_finding"] == lineage.Made(
        "some/file",
        ["find.finding", "std.station"],
        {"number": ["find.finding.finding_id"], "name": ["std.station.station_name"], "is_late": ["find.finding.due_on"]},
    )


def test_an_insert_goes_by_the_columns_it_names_else_by_place():
    named = lineage.of("INSERT INTO find.finding (tier, finding_id) SELECT station_name, station_code FROM std.station", KNOWN)
    assert named["find.finding"].columns == {"tier": ["std.station.station_name"], "finding_id": ["std.station.station_code"]}
    placed = lineage.of("INSERT INTO find.finding SELECT station_name, station_code, NULL FROM std.station", KNOWN)
    assert placed["find.finding"].columns == {
        "finding_id": ["std.station.station_name"],
        "tier": ["std.station.station_code"],
        "due_on": [],
    }


def test_what_is_kept_is_of_tables_and_columns_that_are_there():
    there = described.columns()
    for name, made in lineage.kept().items():
        for one in made:
            assert query.sql(one.file)
            assert set(one.columns) <= set(there[name])
            # Rows that a stage lends to a statement have no schema; what has one is a table or a view.
            assert {table for table in one.tables if table not in there} == set()
            assert all(
                source.rpartition(".")[2] in there[source.rpartition(".")[0]] for sources in one.columns.values() for source in sources
            )


def test_a_figure_of_the_statistics_leads_back_to_what_was_delivered():
    assert "finding.finding_type" in str(lineage.kept()["stats.night"][0].columns["finding_type"])
    (population,) = lineage.kept()["stats.population"]
    assert population.columns["sex"] == ["scope.resident.sex"]
    (form,) = lineage.kept()["stats.form_57"]
    assert "scope.stay" in form.tables or "scope.resident" in form.tables


def test_events_are_as_the_specification_says(events):
    for event in events:
        jsonschema.validate(event, RUN_EVENT)
        uuid.UUID(event["run"]["runId"])
        for output in event["outputs"]:
            jsonschema.validate(output["facets"]["columnLineage"], COLUMN_LINEAGE)


def test_a_night_begins_and_ends_once_and_its_jobs_are_its_children(events):
    assert [(event["eventType"], event["job"]["name"]) for event in (events[0], events[-1])] == [("START", "night"), ("COMPLETE", "night")]
    night = events[0]["run"]["runId"]
    assert night == events[-1]["run"]["runId"]
    for event in events[1:-1]:
        assert event["run"]["facets"]["parent"]["run"]["runId"] == night
        assert event["run"]["runId"] != night
        assert bool(event["inputs"]) == (event["eventType"] == "COMPLETE")


def test_the_same_run_has_the_same_id_and_another_one_another(events):
    again, other = (next(openlineage.events(run, "2026-11-21", "t", "t", {}))["run"]["runId"] for run in ("20261121-01", "20261121-02"))
    assert again == events[0]["run"]["runId"] != other


def test_events_name_tables_and_nobody(good_night, events):
    file = good_night.home.current / openlineage.FILE
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(written) == len(events)
    outputs = {output["name"] for event in written for output in event["outputs"]}
    assert {"find.open_finding", "find.trace", "link.person", "stats.night"} <= outputs
    assert outputs <= set(described.columns()) | set(TABLES)
    assert not re.search(r"[一-鿿]|\d{17}[\dX]", file.read_text(encoding="utf-8"))
