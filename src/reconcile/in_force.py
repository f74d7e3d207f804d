"""What is set for the nights of a home, and where: in the environment, in ``settings.toml``, or nowhere."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import SecretStr
from pydantic_settings import BaseSettings, TomlConfigSettingsSource

from reconcile import sources
from reconcile.errors import UsageError
from reconcile.settings import GROUPS, Settings

_OF_A_RUN = ("home", "as_of", "inbox", "full", "force", "by", "reason")
"""Said on the command line of each run."""

_OF_THE_UNITS = ("backups",)
"""Read by the units in ``deploy/`` themselves."""


class InForce(NamedTuple):
    """One setting as it holds for the next night, and where its value is from."""

    name: str
    value: str
    source: str


def in_force(settings: Settings) -> list[InForce]:
    """Every setting that holds for all nights of a home, in the order of their declaration; a secret is only said to be set.

    Raises:
        UsageError: when the home is not there: what is shown would be of none.

    """
    if not settings.home.root.is_dir():
        raise UsageError(f"{settings.home}: no such directory. Name the home of the nights.")
    toml = TomlConfigSettingsSource(Settings, settings.home.settings_file)()
    found: list[InForce] = []
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if name in _OF_A_RUN:
            continue
        if isinstance(value, BaseSettings):
            found += [
                InForce(f"{name}.{inner}", _shown(getattr(value, inner)), sources.source(type(value), inner, toml.get(name, {})))
                for inner in type(value).model_fields
            ]
        else:
            found.append(InForce(name, _shown(value), sources.source(Settings, name, toml)))
    return found


def meant_for_nothing(options: Iterable[str]) -> list[str]:
    """Variables of the environment that begin as ours do and set nothing, each with the one that was meant, perhaps.

    Args:
        options: names of command-line options that may come from the environment too.

    """
    known = {sources.variable(model, name) for model in GROUPS.values() for name in model.model_fields}
    known |= {f"{sources.PREFIX}{name}".upper() for name in (*GROUPS, *options, *_OF_THE_UNITS)}
    said: list[str] = []
    for name in sorted(one.upper() for one in os.environ if one.upper().startswith(sources.PREFIX)):
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            said.append(f"{name}: sets nothing{f'; {near[0]} perhaps' if near else ''}")
    return said


def _shown(value: object) -> str:
    return "(set)" if isinstance(value, SecretStr) else "-" if value in (None, (), {}) else str(value)
