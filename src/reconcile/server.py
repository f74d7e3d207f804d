"""Where another engine is, and what it needs to know: settings of a Spark Connect server."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from reconcile.sources import Group

ADDRESS = r"^sc://(?P<host>\[[^\]]+\]|[^\[\]:/;\s]+)(:(?P<port>\d+))?(/;use_ssl=true)?$"
"""``sc://HOST:PORT``. A token stands in SPARK_CONNECT_AUTHENTICATE_TOKEN, not in an address that is written down."""


class Spark(Group):
    """What a night on a Spark Connect server needs beside its address."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_SPARK_", extra="forbid")

    exchange: Path | None = Field(default=None, description="Directory that every worker sees too; <home>/tmp when empty.")
    configuration: dict[str, str] = Field(default={}, description="Spark's own settings for the session: memory, partitions.")
