"""What a night made from what, as OpenLineage events: a line of JSON each, in a file beside the publication. Names tables, nobody's data.

Source of the format: the specification at openlineage.io/spec, OpenLineage 2-0-2, facets as their ``_schemaURL`` says.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from typing import Any

from reconcile import __version__, lineage
from reconcile.contract import published
from reconcile.lineage import Made
from reconcile.store import Store

Event = dict[str, Any]
FILE = "lineage.jsonl"
_PRODUCER = f"urn:reconcile:{__version__}"
_SPEC = "https://openlineage.io/spec"
_EVENT = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
_NAMESPACE = "duckdb://reconcile"
_RUNS = uuid.UUID("5f1c7a7e-2f43-4f0e-9a53-0c2f6f0f6d11")
"""Namespace of run ids: the same run of the same job has the same id wherever it is told of."""


def written(store: Store) -> str:
    """The events of the night that a store writes, which is whole now."""
    now = dt.datetime.now(dt.UTC).isoformat()
    begun = store.value("SELECT started_at FROM ops.run WHERE run_id = $run_id", run_id=store.run_id)
    return render(store.run_id, str(store.settings.as_of), begun.astimezone(dt.UTC).isoformat() if begun else now, now)


def render(run_id: str, as_of: str, started: str, ended: str) -> str:
    """The events of a night: its beginning and its end, and between them one for each table that a file of SQL made.

    Args:
        run_id: of the night.
        as_of: its business date.
        started: when it began, ISO 8601 with an offset.
        ended: when the tables were whole.

    """
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events(run_id, as_of, started, ended))


def events(run_id: str, as_of: str, started: str, ended: str) -> Iterator[Event]:
    """The same as objects."""
    night = {"nominalTime": _facet("1-0-1/NominalTimeRunFacet", nominalStartTime=f"{as_of}T00:00:00+08:00")}
    yield _event("START", started, run_id, "night", night)
    parent = {
        "parent": _facet("1-0-1/ParentRunFacet", run={"runId": _run(run_id, "night")}, job={"namespace": _NAMESPACE, "name": "night"})
    }
    for table, made in lineage.kept().items():
        for one in made:
            inputs = [_dataset(name) for name in one.tables]
            yield _event("COMPLETE", ended, run_id, f"sql/{one.file}.sql", parent) | {"inputs": inputs, "outputs": [_output(table, one)]}
    yield _event("COMPLETE", ended, run_id, "night", night)


def _event(kind: str, when: str, run_id: str, job: str, facets: Event) -> Event:
    return {
        "eventType": kind,
        "eventTime": when,
        "run": {"runId": _run(run_id, job), "facets": facets},
        "job": {"namespace": _NAMESPACE, "name": job},
        "inputs": [],
        "outputs": [],
        "producer": _PRODUCER,
        "schemaURL": _EVENT,
    }


def _run(run_id: str, job: str) -> str:
    return str(uuid.uuid5(_RUNS, f"{run_id} {job}"))


def _dataset(name: str) -> Event:
    return {"namespace": _NAMESPACE, "name": name}


def _output(table: str, made: Made) -> Event:
    fields = {
        column: {"inputFields": [_dataset(name.rpartition(".")[0]) | {"field": name.rpartition(".")[2]} for name in sources]}
        for column, sources in made.columns.items()
    }
    facets = {
        "columnLineage": _facet("1-0-1/ColumnLineageDatasetFacet", fields=fields),
        "version": _facet("1-0-0/DatasetVersionDatasetFacet", datasetVersion=published.VERSION),
    }
    return _dataset(table) | {"facets": facets}


def _facet(name: str, **content: object) -> Event:
    kind = name.partition("/")[2]
    return {"_producer": _PRODUCER, "_schemaURL": f"{_SPEC}/facets/{name}.json#/$defs/{kind}"} | content
