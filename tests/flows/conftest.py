"""Prefect with a home of its own; it must be set before Prefect is imported."""

import logging
import os
import sys

import pytest

from flows import environment, temporary


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("PREFECT_"):
                patch.delenv(name)
        for name in temporary.SETS:
            patch.setenv(name, "")  # so that it is forgotten afterwards
        patch.setenv("PREFECT_HOME", str(home))
        environment.prepare()
        yield home


@pytest.fixture(scope="session")
def nightly(prefect_home):
    server = temporary.start()
    from flows import nightly  # noqa: PLC0415 - after Prefect's home is set

    temporary.wait(server)
    yield nightly
    for handler in logging.getLogger("prefect.flow_runs").handlers:
        handler.flush()
    if module := sys.modules.get("prefect.server.api.server"):  # Prefect was imported before it could be told of the server
        module.SubprocessASGIServer().stop()
