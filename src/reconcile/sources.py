"""Where a setting is from: the environment before ``settings.toml`` before the default, and how one that is wrong is told."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from reconcile.errors import printable

FILE, DEFAULT = "settings.toml", "default"
PREFIX = "RECONCILE_"


class Group(BaseSettings):
    """Settings that belong together, a table of ``settings.toml``: what the table says is what pydantic initialises it with."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, as for a setting without a group."""
        return env_settings, init_settings


def variable(model: type[BaseSettings], name: str) -> str:
    """Name of a setting in the environment."""
    return f"{model.model_config.get('env_prefix', '')}{name}".upper()


def source(model: type[BaseSettings], name: str, toml: Mapping[str, object]) -> str:
    """Where the value of a setting is from; ``toml`` is the table of the file that holds the settings of the model."""
    named = variable(model, name)
    if named in _environment():
        return named
    return FILE if name in toml else DEFAULT


def told(error: ValidationError, models: Mapping[str, type[BaseSettings]]) -> str:
    """What is wrong with settings, name by name and without any value; ``models`` are the groups by name, ``""`` the rest.

    An error of a group that was read from the environment alone bears the name of its class, and none of the group.
    """
    groups = {model.__name__: name for name, model in models.items()}
    said: list[str] = []
    for mistake in error.errors(include_input=False, include_url=False):
        path = [part for part in (groups.get(error.title, ""), *map(str, mistake["loc"])) if part]
        model = models.get(path[0] if len(path) > 1 else "", models[""])
        said.append(f"{_name(model, path)}: {_problem(mistake['type'], mistake['msg'], path, model.model_fields)}")
    return printable("; ".join(said))


def _name(model: type[BaseSettings], path: list[str]) -> str:
    """A setting as it was named: by its variable where it is in the environment, which comes first."""
    named = variable(model, path[-1]) if path else ""
    return named if named in _environment() else ".".join(path)


def _problem(kind: str, message: str, path: list[str], known: Mapping[str, object]) -> str:
    if kind != "extra_forbidden":
        return message.removeprefix("Value error, ")
    near = difflib.get_close_matches(path[-1], known, 1)
    return f"no setting has this name{f'; {near[0]} perhaps' if near else ''}"


def _environment() -> set[str]:
    return {name.upper() for name in os.environ}
