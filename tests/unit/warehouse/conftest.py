"""A small home that tests damage, and programs of other processes that get in its way."""

import datetime as dt
import subprocess
import sys
from contextlib import contextmanager

import pytest
from warehouses import furnished

from reconcile.settings import Settings
from reconcile.store import Store

NIGHT = dt.date(2026, 11, 21)


@pytest.fixture
def settings(tmp_path):
    made = Settings(home=furnished(tmp_path / "home"), as_of=NIGHT, lock_wait=0)
    with Store(made) as store, store.transaction():
        store.execute("INSERT INTO ops.judgement (finding_id) VALUES ('first')")
    return made


@pytest.fixture
def other_process(settings):
    """Runs a program beside this one; it is let on by the end of the block, and has said one line when that begins."""

    @contextmanager
    def start(program):
        command = [sys.executable, "-c", program, str(settings.home)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            process.said = process.stdout.readline().strip()
            yield process
            process.stdin.close()

    return start
