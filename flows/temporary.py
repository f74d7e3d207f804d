"""Prefect's server for the time of one run, where no other is named.

Prefect (3.8.8) would start it when a run begins, and import all of the server into the process of the run before it does: its starter
lies in one module with the server. On a busy machine the worker
that sends events finds it started but not listening yet, gives up after eleven tries and says so in red. Here it is a process of its own
from the first moment, and listens from then on; both import at once what takes seconds.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from flows import environment
from reconcile.errors import UsageError

_NAMING = ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_API_KEY")
"""Variables that name a server, or a file that may."""
SETS = ("PREFECT_API_URL", "PREFECT_UI_URL")
_FILES = ("profiles.toml", "prefect.toml", ".env")
_PATIENCE = 180
"""Seconds; its first start makes its database."""


def is_needed() -> bool:
    """Whether nothing that Prefect reads can name a server; where something may, Prefect decides."""
    folders = Path(os.environ["PREFECT_HOME"]), Path()
    return not any(os.environ.get(name) for name in _NAMING) and not any((folder / name).exists() for folder in folders for name in _FILES)


def start() -> subprocess.Popen[bytes]:
    """Start a server that ends with this process, and let Prefect, which must not be imported yet, ask it.

    It listens from now on: who asks early is answered when it is ready. Prefect's own hooks for the end of the interpreter send what is
    left to be sent before those of ``atexit``.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        port = listening.getsockname()[1]
        command = [sys.executable, "-m", __name__, str(listening.fileno())]
        unlike = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}  # as Prefect's starter has it
        process = subprocess.Popen(command, pass_fds=[listening.fileno()], env=os.environ | unlike)  # noqa: S603 - our own module
    atexit.register(_stop, process)
    os.environ |= dict(zip(SETS, (f"http://127.0.0.1:{port}/api", ""), strict=True))  # there is no page to point at
    return process


def wait(process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers.

    Raises:
        UsageError: when it ended instead, or does not answer.

    """
    try:
        httpx.get(f"{os.environ['PREFECT_API_URL']}/health", timeout=_PATIENCE).raise_for_status()
    except httpx.HTTPError as error:
        ended = "" if process.poll() is None else f" It ended with exit code {process.returncode}."
        msg = f"{os.environ['PREFECT_HOME']}: Prefect's temporary server does not answer.{ended} Without Prefect: reconcile run."
        raise UsageError(msg) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _serve(listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - in the process of the server only

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        log_level="error",
        lifespan="on",
        timeout_keep_alive=int(os.environ["PREFECT_SERVER_API_KEEPALIVE_TIMEOUT"]),
    )
    with environment.kept_for_good():
        config.load()
    uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
