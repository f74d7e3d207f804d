"""Profile drafts: what a person would have to write for a file, as far as its headings say, and what is left to decide as comments."""

from __future__ import annotations

import datetime as dt
import glob
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reconcile.check.looked import Looked
from reconcile.contract.tables import EXTRACTS, Extract, VerificationResult
from reconcile.errors import InputRefusedError
from reconcile.ingest import guess, header
from reconcile.ingest.discover import DATE_IN_NAME
from reconcile.ingest.guess import Guess

SURE = 0.75
"""So alike an unknown heading and a known one are for the draft to map it; a person reads the draft before it is in force."""
_SHOWN_CODES = 8


def file_name(file: str) -> str:
    """Name of the draft for a file: of its name without its date, so that the next delivery has the same."""
    words = re.findall(r"[\w-]+", DATE_IN_NAME.sub("", file.split(".", maxsplit=1)[0]))
    return ("_".join(words).strip("_-") or "file") + file[len(file.split(".", maxsplit=1)[0]) :].lower() + ".toml"


def read(text: str) -> dict[str, Any]:
    """A draft as a profile is read."""
    return tomllib.loads(text)


def of(file: Looked, scratch: Path) -> str | None:
    """Draft of a profile for a file; None where its headings do not say what it is."""
    assert file.path is not None  # noqa: S101 - the caller asks for files only
    extracts = [file.extract] if file.extract else list(EXTRACTS.values())
    try:
        found = guess.of(file.path, scratch, extracts, 1 if file.extract else guess.LEAST)
    except InputRefusedError:
        return None
    if found is None or (found.extract is VerificationResult and not file.extract):
        return None
    said = [*_place(found), *_columns(found), *_codes(file)]
    if file.extract and not said:
        return None  # what is wrong with it, no profile mends
    return "\n".join([*_identity(file.file, found, file.path), *said]) + "\n"


def _identity(name: str, found: Guess, path: Path) -> Iterator[str]:
    yield f"# Draft for {name}: read it, correct it, and move it to the folder profiles of the inbox to put it in force."
    # Characters of the name stand for themselves; the date of this delivery for that of any.
    parts = [glob.escape(part) for part in DATE_IN_NAME.sub("\0", path.name).split("\0")]
    yield f"pattern = {_text('*'.join(parts))}"
    yield f"extract = {_text(found.extract.name)}  # {found.extract.chinese}"
    if not DATE_IN_NAME.search(name):
        day = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date()
        yield f"delivered_on = {day}  # the name bears no date; this is the day the file was saved: correct it"


def _place(found: Guess) -> Iterator[str]:
    if found.head.first_line > 1:
        yield f"header_row = {found.head.first_line}"
    if found.head.delimiter in guess.DRAFTED_DELIMITERS:
        yield f"delimiter = {_text(found.head.delimiter or '')}"
    if found.sheet and found.head.first_line > 1:
        yield f"# sheet = {_text(found.sheet)}  # where this sheet alone is meant"


def _columns(found: Guess) -> Iterator[str]:
    extract, headings = found.extract, found.head.headings
    taken = {column for heading in headings if (column := header.column_of(extract, heading, {}))}
    ignored: list[str] = []
    mapped: list[str] = []
    for heading in header.unknown(extract, headings, {}, ()):
        near = header.nearest(extract, heading, taken)
        if near and near[1] >= SURE:
            taken.add(near[0])
            mapped.append(f"{_text(heading)} = {_text(near[0])}  # like {extract.fields[near[0]].column.chinese}; is it that?")
        else:
            ignored.append(f"    {_text(heading)},{f'  # nearest: {_named(extract, near[0])}' if near else ''}")
    if ignored:
        yield "ignore = [  # not read; what is a column of the contract belongs under [columns]"
        yield from ignored
        yield "]"
    missing = [_named(extract, name) for name, field in extract.fields.items() if field.required and name not in taken]
    if missing:
        yield f"# Missing and required: {', '.join(missing)}. Map a heading to each under [columns], or ask the sender."
    if mapped:
        yield from ("", "[columns]", *mapped)


def _codes(file: Looked) -> Iterator[str]:
    """Columns of codes nobody can read, with the texts that look like codes; what they mean, only the office knows."""
    for column in file.unread:
        assert file.extract is not None  # noqa: S101 - values were read
        codes = file.extract.fields[column.column].column.codes
        known = ", ".join(f"{code} {sentence}" for code, sentence in codes.known.items()) if codes else ""
        yield from ("", f"[codes.{column.column}]  # {column.heading}; canonical codes: {known}")
        for text, cells in column.examples[:_SHOWN_CODES]:
            yield f'# {_text(text)} = ""  # {cells:,} cells'


def _named(extract: type[Extract], column: str) -> str:
    return f"{column} ({extract.fields[column].column.chinese})"


def _text(value: str) -> str:
    """A TOML string."""
    return json.dumps(value, ensure_ascii=False)
