"""Prefect with a home of its own; it must be set before Prefect is imported."""

import logging
import os

import pytest

from flows import environment


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("PREFECT_"):
                patch.delenv(name)
        patch.setenv("PREFECT_HOME", str(home))
        environment.prepare()
        yield home
        for handler in logging.getLogger("prefect.flow_runs").handlers:
            handler.flush()
        from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415 - after Prefect's home is set

        SubprocessASGIServer().stop()


@pytest.fixture(scope="session")
def nightly(prefect_home):
    from flows import nightly  # noqa: PLC0415 - after Prefect's home is set

    return nightly
