"""A session with a Spark Connect server, or one message that says why there is none."""

from __future__ import annotations

import logging
import platform
import re
import socket
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager

import polars as pl
import pyspark
from grpc import RpcError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from reconcile import made_from
from reconcile.engine.worker import Work, unchanged
from reconcile.errors import EngineError
from reconcile.server import ADDRESS

PORT = 15002
"""Of Spark Connect, where an address names none."""
PATIENCE = 10.0
"""Seconds that a server may take to accept a connection."""

_ASKED = 64
"""Rows over which workers are asked whether they can be given work: more than most clusters have places for."""
_PYTHON = "Python " + ".".join(platform.python_version_tuple()[:2])

CONFIGURED = {
    # With this rule of its optimiser Spark 4.2 makes an invalid plan of death_date_conflict, a window over two joins of one CTE united.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.RemoveRedundantAliases",
    # Rows given to a function at a time: each level is found by some fifty small queries, whatever the number of rows.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
}
"""Of every session; [spark] in the settings may say otherwise."""


def connect(address: str, configuration: Mapping[str, str]) -> SparkSession:
    """Open a session.

    Args:
        address: ``sc://HOST:PORT``.
        configuration: of Spark, for this session.

    Raises:
        EngineError: when no server answers there, it is of another version than the client, or its workers lack this program.

    """
    found = re.match(ADDRESS, address)
    host, port = (found["host"].strip("[]"), int(found["port"] or PORT)) if found else ("", 0)
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except OSError as error:
        raise EngineError(
            f"{address}: no server answers ({type(error).__name__}). Start Spark Connect there, or name another one."
        ) from None
    # The client takes a program without a file (python -c, a worker of pytest-xdist) for its own doctests, and ends it.
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)
    logging.getLogger(
        "SQLQueryContextLogger"
    ).disabled = True  # of the client: writes what a server says, with values of persons, to stderr
    with told(address, "is no Spark Connect server, or one that does not let this account in"):
        session = SparkSession.builder.remote(address).create()
        version = session.version
    try:
        agree(address, version, pyspark.__version__)
        see_workers(session, address, made_from.program())
    except EngineError:
        session.stop()
        raise
    with told(address, "does not take the settings of [spark]"):
        for name, value in {**CONFIGURED, **configuration}.items():
            session.conf.set(name, value)
    return session


def agree(address: str, server: str, client: str) -> None:
    """Hold that server and client are of one version.

    Raises:
        EngineError: when they are not.

    """
    if server.split(".")[:2] != client.split(".")[:2]:
        raise EngineError(f"{address}: the server is Spark {server}, the client {client}. Install pyspark-client=={server}.")


def see_workers(session: SparkSession, address: str, program: str) -> None:
    """See that workers can be given work of a program.

    Raises:
        EngineError: when one cannot.

    """
    work = Work(unchanged, pl.Schema({"id": pl.Int64}), program)
    with told(address, f"a worker cannot run this program; install this very version of reconcile for its {_PYTHON}"):
        session.range(_ASKED).mapInArrow(work, "id BIGINT").toArrow()


@contextmanager
def told(address: str, what: str) -> Generator[None]:
    """Raise what a server says as an error that keeps its kind alone: its text may quote a value of a person."""
    try:
        yield
    except PySparkException as error:
        raise EngineError(f"{address}: {what} ({error.getCondition() or type(error).__name__}).") from None
    except RpcError as error:
        raise EngineError(f"{address}: {what} ({type(error).__name__}).") from None
