"""Whether somebody would hear of a night that goes wrong."""

import datetime as dt
import json

import pytest

from reconcile.doctor import Level, nights
from reconcile.doctor.examined import Examined
from reconcile.settings import Settings


@pytest.mark.parametrize(
    ("ways", "told", "expected", "said"),
    [
        ({}, [["mail"]], Level.WARNING, "nobody is told"),
        ({"command": ["true"]}, [], Level.OK, "command: all told"),
        ({"command": ["true"]}, [["command"], ["command", "mail"]], Level.OK, "command: all told"),
        ({"command": ["true"]}, [["command"], []], Level.RED, "command: 1 not told"),
        ({"command": ["true"], "webhook": "http://127.0.0.1/"}, [["command"]], Level.WARNING, "webhook: 1 not told, command: all told"),
    ],
)
def test_who_is_to_be_told_hears_of_it(tmp_path, ways, told, expected, said):
    (tmp_path / "told").mkdir()
    for number, by in enumerate(told):
        (tmp_path / "told" / f"{number}.json").write_text(json.dumps({"subject": "", "text": "", "told": by}))
    with Examined(Settings(home=tmp_path, as_of=dt.date.min, tell=ways)) as examined:
        line = nights.telling(examined)
    assert (line.level, line.seen[: len(said)]) == (expected, said)
