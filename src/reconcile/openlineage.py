"""What a night made from what, as OpenLineage events: a line of JSON each, in a file beside the publication. Names tables, nobody's data.

Source of the format: the specification at openlineage.io/spec, OpenLineage 2-0-2, facets as their ``_schemaURL`` says.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from reconcile import __version__, lineage, query
from reconcile.contract import published
from reconcile.lineage import Made
from reconcile.store import Store

Event = dict[str, Any]
Columns = dict[str, dict[str, str]]
"""Table or view with its schema → column → DuckDB type."""
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
    columns: Columns = {}
    for schema, table, _, column, kind, _ in store.frame(query.sql("inspect/tables")).iter_rows():
        columns.setdefault(f"{schema}.{table}", {})[column] = kind
    return render(store.run_id, str(store.settings.as_of), begun.astimezone(dt.UTC).isoformat() if begun else now, now, columns)


def render(run_id: str, as_of: str, started: str, ended: str, columns: Columns) -> str:
    """The events of a night: its beginning and its end, and between them two for each file of SQL that makes tables.

    Args:
        run_id: of the night.
        as_of: its business date.
        started: when it began, ISO 8601 with an offset; it stands for the beginning of every file, whose own nobody notes.
        ended: when the tables were whole; the same of every file's end.
        columns: of every table and view, with their types.

    """
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events(run_id, as_of, started, ended, columns))


def events(run_id: str, as_of: str, started: str, ended: str, columns: Columns) -> Iterator[Event]:
    """The same as objects.

    Of each run there is one START and one COMPLETE, as the specification demands; a file that makes several tables is one run with
    several outputs.
    """
    night = {"nominalTime": _facet("1-0-1/NominalTimeRunFacet", nominalStartTime=f"{as_of}T00:00:00+08:00")}
    parent = {
        "parent": _facet("1-1-0/ParentRunFacet", run={"runId": _run(run_id, "night")}, job={"namespace": _NAMESPACE, "name": "night"})
    }
    yield _event("START", started, run_id, "night", night)
    for file, made in _files().items():
        inputs = sorted({table for one in made.values() for table in one.tables})
        yield _event("START", started, run_id, f"sql/{file}.sql", parent)
        yield _event("COMPLETE", ended, run_id, f"sql/{file}.sql", parent) | {
            "inputs": [_dataset(name) | {"facets": {"schema": _schema(columns[name])}} for name in inputs if name in columns],
            "outputs": [_output(run_id, table, one, columns[table]) for table, one in made.items() if table in columns],
        }
    yield _event("COMPLETE", ended, run_id, "night", night)


def _files() -> dict[str, dict[str, Made]]:
    """File of SQL → the tables it makes, each with what it is made from."""
    files: dict[str, dict[str, Made]] = {}
    for table, made in lineage.kept().items():
        for one in made:
            of_file = files.setdefault(one.file, {})
            of_file[table] = _together(of_file[table], one) if table in of_file else one
    return dict(sorted(files.items()))


def _together(first: Made, second: Made) -> Made:
    """What a table is made from that two statements of a file fill."""
    columns = {
        column: sorted({*first.columns.get(column, []), *second.columns.get(column, [])})
        for column in dict.fromkeys([*first.columns, *second.columns])
    }
    return Made(first.file, sorted({*first.tables, *second.tables}), columns)


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


def _output(run_id: str, table: str, made: Made, columns: Mapping[str, str]) -> Event:
    """A table as a file of this night made it. The version of a dataset changes whenever it is written, that of the contract does not."""
    fields = {
        column: {"inputFields": [_dataset(name.rpartition(".")[0]) | {"field": name.rpartition(".")[2]} for name in sources]}
        for column, sources in made.columns.items()
    }
    facets = {
        "schema": _schema(columns),
        "columnLineage": _facet("1-2-0/ColumnLineageDatasetFacet", fields=fields),
        "version": _facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=run_id),
        "tags": _facet("1-0-0/TagsDatasetFacet", tags=[{"key": "contract", "value": published.VERSION, "source": "reconcile"}]),
    }
    return _dataset(table) | {"facets": facets}


def _schema(columns: Mapping[str, str]) -> Event:
    """Columns and types, without which receivers show no lineage of columns."""
    return _facet("1-2-0/SchemaDatasetFacet", fields=[{"name": name, "type": kind} for name, kind in columns.items()])


def _facet(name: str, **content: object) -> Event:
    kind = name.partition("/")[2]
    return {"_producer": _PRODUCER, "_schemaURL": f"{_SPEC}/facets/{name}.json#/$defs/{kind}"} | content
