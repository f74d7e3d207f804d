"""How Prefect behaves here; the package prepares it before ``prefect`` is imported, which reads the environment once."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

import httpx

from reconcile.errors import UsageError
from reconcile.home import Home, make_directory

ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",  # results could name persons; the warehouse is where they belong
}
DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",  # no server to set up before the first night
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # its first start makes its database
    # Seconds. A connection that was closed while a stage ran is an error to Prefect, after which it waits two seconds or more.
    "PREFECT_SERVER_API_KEEPALIVE_TIMEOUT": "3600",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
SERVER = "http://127.0.0.1:4200/api"
"""Where ``python -m flows server`` answers unless told otherwise."""
PAGE = ("PREFECT_UI_API_URL", "PREFECT_SERVER_UI_API_URL")
"""Both names that Prefect knows for the address its page asks."""
LOCAL = "127.0.0.1,localhost"


def prepare(home: Home | None = None) -> None:
    """Turn telemetry off, keep Prefect's files in ``<home>/prefect``, and reach the local server past any proxy.

    Raises:
        UsageError: when the home is a file or lies below one.

    """
    os.environ.update(ALWAYS)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if home is not None:
        os.environ.setdefault("PREFECT_HOME", str(home.prefect.resolve()))
        make_directory(Path(os.environ["PREFECT_HOME"]))  # its server does not make the directories above
    for name in ("NO_PROXY", "no_proxy"):
        if LOCAL not in os.environ.get(name, ""):
            os.environ[name] = ",".join(filter(None, (os.environ.get(name), LOCAL)))


def load(modules: Iterable[str]) -> None:
    """Import modules while a temporary server starts, where no other is named: each takes seconds.

    Raises:
        UsageError: when the server does not start.

    """
    from flows import temporary  # noqa: PLC0415 - the module is a program too, which is not to be imported before it runs

    server = temporary.start() if temporary.is_needed() else None
    with kept_for_good():
        for name in modules:
            importlib.import_module(name)
    if server is not None:
        temporary.wait(server)


@contextmanager
def kept_for_good() -> Generator[None]:
    """Spare the garbage collector what is imported inside the block: it stays, and looking through it again and again takes a sixth."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def show_page(host: str, port: int) -> None:
    """Tell the server's page where the server is: Prefect takes what ``PREFECT_API_URL`` says, which may be another server.

    What ``PREFECT_UI_API_URL`` says goes before; it is needed where the page is opened on another machine.
    """
    if port and not any(os.environ.get(name) for name in PAGE):
        local = {"0.0.0.0": "127.0.0.1", "::": "localhost"}.get(host, host)  # noqa: S104 - compared, not listened at
        os.environ[PAGE[0]] = f"http://{f'[{local}]' if ':' in local else local}:{port}/api"


def reach_server() -> None:
    """See that a server answers at ``PREFECT_API_URL``, ``SERVER`` by default, before Prefect tries for minutes and ends in a traceback.

    Raises:
        UsageError: when none does.

    """
    address = os.environ.setdefault("PREFECT_API_URL", SERVER).rstrip("/")
    try:
        httpx.get(f"{address}/health", timeout=10).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        remedy = "Start it with 'python -m flows server --home DIR'; its address ends in /api."
        msg = f"PREFECT_API_URL '{address}': no Prefect server there. {remedy}"
        raise UsageError(msg) from error
