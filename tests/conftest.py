"""One good night on the committed sample, shared by all tests that need one; who changes it works on a copy."""

import gc
import os
import shutil
from concurrent.futures import Future

import pytest
from hypothesis import settings
from installation import SAMPLE, Installation

# How long an example takes says something about the machine, nothing about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With ``--dist loadfile`` the files of the flows go to one worker, which starts Prefect's server once; each other file to any."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - not where tests run in one process

    class Folders(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return "tests/flows" if nodeid.startswith("tests/flows/") else super()._split_scope(nodeid)

    return Folders(config, log)


def pytest_collection_finish():
    """What is imported by now stays: the collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILE_THREADS", "1")  # two workers share two processors
        patch.setenv("RECONCILE_LOCK_WAIT", "0")
        patch.setenv("RECONCILE_MASKED_PUBLICATION", "false")  # a second for each night; the tests about it ask for it
        yield


_NO_PICTURE: Future[str] = Future()
_NO_PICTURE.set_result('<svg xmlns="http://www.w3.org/2000/svg"/>')


@pytest.fixture
def pictures():
    """Charts are drawn: for tests of what the pages show."""


@pytest.fixture(autouse=True)
def _no_pictures(request):
    """A quarter of a small night goes into drawing: the charts of the linkage are left out of nights whose pages nobody looks at."""
    with pytest.MonkeyPatch.context() as patch:  # the patches of the test itself are undone before what it opened is closed
        if "pictures" not in request.fixturenames:
            patch.setattr("reconcile.report.charts.drawn", lambda _: _NO_PICTURE)
        yield


@pytest.fixture(scope="session")
def good_night(tmp_path_factory):
    """A home after a night, at a path that is a pattern to whoever reads files by patterns."""
    made = Installation(SAMPLE, tmp_path_factory.mktemp("night") / "home[1]")
    assert made.run() == 0
    return made


@pytest.fixture(scope="session")
def spark_server(tmp_path_factory):
    """Address of a Spark Connect server: the one that is named (``make test-spark``), or Sail, which needs no JVM."""
    named = os.environ.get("RECONCILE_TEST_ENGINE")
    if named:
        yield named
        return
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - most sessions ask no engine

    os.environ["SAIL_EXECUTION__CHECKPOINT__PATH"] = tmp_path_factory.mktemp("sail").as_uri()  # where it keeps working tables
    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    yield f"sc://127.0.0.1:{server.listening_address[1]}"
    server.stop()


@pytest.fixture
def after_a_good_night(good_night, tmp_path):
    """A copy of that home, and an inbox of its own that is still empty."""
    shutil.copytree(good_night.home, tmp_path / "home[1]", symlinks=True)
    (tmp_path / "inbox").mkdir()
    return Installation(tmp_path / "inbox", tmp_path / "home[1]")
