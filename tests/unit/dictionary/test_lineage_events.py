"""Events of a night against the published specification: the classes that the OpenLineage project generates from its JSON schema."""

import json
from collections import defaultdict

import pytest
from openlineage.client.generated import base
from openlineage.client.generated.column_lineage_dataset import ColumnLineageDatasetFacet, Fields, InputField
from openlineage.client.generated.dataset_version_dataset import DatasetVersionDatasetFacet
from openlineage.client.generated.nominal_time_run import NominalTimeRunFacet
from openlineage.client.generated.parent_run import Job, ParentRunFacet, Run
from openlineage.client.generated.schema_dataset import SchemaDatasetFacet, SchemaDatasetFacetFields
from openlineage.client.generated.tags_dataset import TagsDatasetFacet, TagsDatasetFacetFields
from openlineage.client.serde import Serde

from reconcile import lineage, openlineage

COLUMNS = {
    "find.finding": {"finding_id": "VARCHAR", "due_on": "DATE"},
    "find.open_finding": {"number": "VARCHAR", "is_late": "BOOLEAN"},
    "find.late": {"number": "VARCHAR"},
}
MADE = {
    "find.open_finding": [lineage.Made("find/open", ["find.finding"], {"number": ["find.finding.finding_id"], "is_late": []})],
    "find.late": [
        lineage.Made("find/open", ["find.finding"], {"number": ["find.finding.finding_id"]}),
        lineage.Made("find/open", ["find.open_finding"], {"number": ["find.open_finding.number"]}),
    ],
}


def parent(given):
    return ParentRunFacet(run=Run(**given["run"]), job=Job(**given["job"]))


def column_lineage(given):
    fields = {name: Fields(inputFields=[InputField(**one) for one in field["inputFields"]]) for name, field in given["fields"].items()}
    return ColumnLineageDatasetFacet(fields=fields)


FACETS = {
    "nominalTime": lambda given: NominalTimeRunFacet(**given),
    "parent": parent,
    "schema": lambda given: SchemaDatasetFacet(fields=[SchemaDatasetFacetFields(**one) for one in given["fields"]]),
    "columnLineage": column_lineage,
    "version": lambda given: DatasetVersionDatasetFacet(**given),
    "tags": lambda given: TagsDatasetFacet(tags=[TagsDatasetFacetFields(**one) for one in given["tags"]]),
}


def facets(given):
    """Facets as their classes; what a class does not know it refuses."""
    made = {}
    for name, facet in given.items():
        made[name] = FACETS[name]({key: value for key, value in facet.items() if not key.startswith("_")})
        made[name]._producer = facet["_producer"]
    return made


def dataset(kind, given):
    return kind(given["namespace"], given["name"], facets=facets(given.get("facets", {})))


def rebuilt(event):
    """An event made anew from classes of the specification, as a client would send it."""
    run = base.Run(event["run"]["runId"], facets(event["run"]["facets"]))
    made = base.RunEvent(
        eventTime=event["eventTime"],
        producer=event["producer"],
        run=run,
        job=base.Job(**event["job"]),
        eventType=base.EventType(event["eventType"]),
        inputs=[dataset(base.InputDataset, one) for one in event["inputs"]],
        outputs=[dataset(base.OutputDataset, one) for one in event["outputs"]],
    )
    return Serde.to_dict(made)


def without_empty(value):
    """What the client sends: empty lists and objects are left out."""
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := without_empty(one)) not in ({}, [], None)}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def written(good_night):
    lines = (good_night.home.current / openlineage.FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def told(made, monkeypatch):
    monkeypatch.setattr(lineage, "kept", lambda: made)
    return list(openlineage.events("20261121-01", "2026-11-21", "2026-11-22T01:00:00+08:00", "2026-11-22T01:05:00+08:00", COLUMNS))


def test_events_of_a_night_are_what_the_client_of_openlineage_would_send(written):
    assert len(written) > 60
    for event in written:
        assert without_empty(event) == without_empty(rebuilt(event))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda event: event["run"].update(runId="20261121-01"),
        lambda event: event.update(eventTime="2026-11-22"),
        lambda event: event.update(eventType="END"),
        lambda event: event["outputs"][0]["facets"]["columnLineage"]["fields"]["number"]["inputFields"][0].pop("field"),
        lambda event: event["outputs"][0]["facets"]["version"].update(version="1"),
    ],
)
def test_what_the_specification_does_not_know_would_be_seen(monkeypatch, spoil):
    event = told(MADE, monkeypatch)[2]
    assert without_empty(event) == without_empty(rebuilt(event))
    spoil(event)
    with pytest.raises((TypeError, ValueError)):
        rebuilt(event)


def test_every_run_begins_once_and_ends_once(written):
    kinds = defaultdict(list)
    for event in written:
        kinds[event["run"]["runId"]].append(event["eventType"])
    assert set(map(tuple, kinds.values())) == {("START", "COMPLETE")}


def test_a_file_that_makes_two_tables_is_one_run_and_a_table_made_by_two_statements_one_output(monkeypatch):
    _, begun, ended, _ = told(MADE, monkeypatch)
    assert begun["job"] == ended["job"] == {"namespace": "duckdb://reconcile", "name": "sql/find/open.sql"}
    assert [one["name"] for one in ended["inputs"]] == ["find.finding", "find.open_finding"]
    assert [one["name"] for one in ended["outputs"]] == ["find.open_finding", "find.late"]
    fields = ended["outputs"][1]["facets"]["columnLineage"]["fields"]
    assert [(one["name"], one["field"]) for one in fields["number"]["inputFields"]] == [
        ("find.finding", "finding_id"),
        ("find.open_finding", "number"),
    ]


def test_columns_that_lineage_names_are_columns_of_the_schema_beside_it(written):
    columns = {
        one["name"]: {field["name"] for field in one["facets"]["schema"]["fields"]}
        for event in written
        for one in event["inputs"] + event["outputs"]
    }
    for event in written:
        for output in event["outputs"]:
            for name, field in output["facets"]["columnLineage"]["fields"].items():
                assert name in columns[output["name"]]
                assert {one["field"] for one in field["inputFields"] if one["field"] not in columns[one["name"]]} == set()


def test_a_dataset_has_the_version_of_its_night_and_says_the_contract_it_keeps(monkeypatch):
    facet = told(MADE, monkeypatch)[2]["outputs"][0]["facets"]
    assert facet["version"]["datasetVersion"] == "20261121-01"
    assert [(tag["key"], tag["source"]) for tag in facet["tags"]["tags"]] == [("contract", "reconcile")]
    assert facet["schema"]["fields"] == [{"name": "number", "type": "VARCHAR"}, {"name": "is_late", "type": "BOOLEAN"}]
