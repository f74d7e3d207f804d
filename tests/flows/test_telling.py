"""Prefect's hooks tell what its runs ended as, of the night they were of."""

import datetime as dt
import json
import sys
from uuid import uuid4

import pytest

from reconcile.errors import BrakeError

START = dt.datetime(2026, 11, 20, 17, 30, tzinfo=dt.UTC)
"""Half past one of the 21st in China."""


@pytest.fixture
def heard(tmp_path, monkeypatch):
    file = tmp_path / "heard.txt"
    file.touch()
    program = f"import sys; open({str(file)!r}, 'a', encoding='utf-8').write(sys.stdin.buffer.read().decode())"
    monkeypatch.setenv("RECONCILE_TELL_COMMAND", json.dumps([sys.executable, "-c", program]))
    return file


def run(tmp_path, **parameters):
    from prefect.client.schemas.objects import FlowRun  # noqa: PLC0415 - after Prefect's home is set

    given = {"home": str(tmp_path / "home"), "inbox": str(tmp_path)} | parameters
    return FlowRun(flow_id=uuid4(), parameters=given, expected_start_time=START)


def test_each_end_of_a_night_is_told_once(nightly, heard, tmp_path):
    from prefect.states import Crashed, Failed  # noqa: PLC0415 - after Prefect's home is set

    flow = nightly.nightly
    for hook, state in ((flow.on_failure_hooks, Failed(data=BrakeError("too few"))), (flow.on_crashed_hooks, Crashed())):
        for _retry in range(2):
            hook[0](flow, run(tmp_path), state)
    hook[0](flow=flow, flow_run=run(tmp_path, as_of="2026-11-19"), state=state)  # as the process calls it that waits for the schedule
    subjects = [line for line in heard.read_text().splitlines() if line.startswith("reconcile: ")]
    assert subjects == [
        "reconcile: the night of 2026-11-21 was stopped by a brake: a person has to decide",
        "reconcile: the night of 2026-11-21 was killed before its end",
        "reconcile: the night of 2026-11-19 was killed before its end",
    ]


def test_a_skipped_night_is_nothing_to_tell(nightly, heard, tmp_path, monkeypatch):
    from flows import resuming, telling  # noqa: PLC0415 - after Prefect's home is set

    told = []
    monkeypatch.setattr(telling.tell, "published", told.append)
    nightly.nightly.on_completion_hooks[0](nightly.nightly, run(tmp_path), resuming.skipped("published"))
    assert told == []
