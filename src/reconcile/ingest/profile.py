"""Profiles: small TOML files in ``<inbox>/profiles`` that say how a delivery differs from the contract."""

from __future__ import annotations

import datetime as dt
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.errors import InputRefusedError, Place, refuse
from reconcile.ingest import header


class Profile(BaseModel):
    """How files of one pattern are read; everything left out is as the contract has it.

    Raises:
        pydantic.ValidationError: when a key is unknown or a value contradicts the contract.

    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str = Field(min_length=1, description="Glob on the file name, letter case matters: 常口导出*.xlsx.")
    extract: str = Field(description="Extract the files belong to.")
    delivered_on: dt.date | None = Field(None, description="Delivery date where the file name bears none.")
    header_row: int | None = Field(None, ge=1, description="Line (sheet row) of the headings; lines above it are titles.")
    delimiter: Literal[",", "\t", ";", "|", "^", "~", "\x01"] | None = None
    encoding: Literal["utf-8", "gb18030", "utf-16"] | None = Field(None, description="GBK and GB2312 are read as gb18030.")
    sheet: str | None = Field(None, description="Sheet of a workbook; the first when left out.")
    columns: dict[str, str] = Field(default_factory=dict, description="Heading as delivered → canonical column.")
    ignore: tuple[str, ...] = Field((), description="Headings that are known to be of no use.")
    codes: dict[str, dict[str, str]] = Field(default_factory=dict, description="Column → local code → canonical code.")

    @property
    def table(self) -> type[Extract]:
        """The extract's class."""
        return EXTRACTS[self.extract]

    def matches(self, file: str) -> bool:
        """Whether a file of this name is read by this profile."""
        return fnmatchcase(file, self.pattern)

    @model_validator(mode="after")
    def _fits_the_contract(self) -> Self:
        if self.extract not in EXTRACTS:
            raise ValueError(f"extract {self.extract!r} is not one of {', '.join(EXTRACTS)}")
        for heading, column in self.columns.items():
            if column not in self.table.fields:
                raise ValueError(f"columns.{heading}: {self.extract} has no column {column!r}")
            if header.is_refused(self.table, heading):
                raise ValueError(f"columns.{heading}: this heading is refused by the contract and cannot be mapped")
        for column, codes in self.codes.items():
            field = self.table.fields.get(column)
            if field is None or field.column.codes is None:
                raise ValueError(f"codes.{column}: {self.extract} has no coded column of that name")
            unknown = sorted(set(codes.values()) - field.column.codes.known.keys())
            if unknown:
                raise ValueError(f"codes.{column}: {', '.join(unknown)} is not among {', '.join(field.column.codes.known)}")
        return self


def read(inbox: Path) -> list[Profile]:
    """Profiles of an inbox in the order of their file names.

    Raises:
        InputRefusedError: when one is not TOML, has an unknown key, or contradicts the contract.

    """
    profiles, refused = read_folder(inbox / "profiles", inbox)
    refuse(refused)
    return profiles


def read_folder(folder: Path, inbox: Path) -> tuple[list[Profile], list[InputRefusedError]]:
    """Profiles of a folder in the order of their file names, and what is wrong with the others."""
    profiles: list[Profile] = []
    refused: list[InputRefusedError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            profiles.append(_read(path, inbox))
        except InputRefusedError as error:
            refused.append(error)
    return profiles, refused


def _read(path: Path, inbox: Path) -> Profile:
    shown_path = str(path.relative_to(inbox)) if path.is_relative_to(inbox) else path.name
    try:
        return Profile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefusedError(Place(shown_path), f"not a TOML file ({error})", "Correct the profile.") from error
    except ValidationError as error:
        problems = "; ".join(_sentence(tuple(map(str, found["loc"])), found["type"], found["msg"]) for found in error.errors())
        raise InputRefusedError(Place(shown_path), problems, f"Known keys: {', '.join(Profile.model_fields)}.") from error


def _sentence(path: tuple[str, ...], kind: str, message: str) -> str:
    text = "unknown key" if kind == "extra_forbidden" else message.removeprefix("Value error, ")
    return f"{'.'.join(path)}: {text}" if path else text
