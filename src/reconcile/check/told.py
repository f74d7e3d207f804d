"""A check in lines for a terminal; ``!`` marks what stops a night or leaves a file out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reconcile.check.looked import Looked

if TYPE_CHECKING:
    from reconcile.check import Checked

_MOST_REASONS = 6


def lines(checked: Checked) -> Iterator[str]:
    """Every file, then what was refused before files were read, then what to do."""
    for file in checked.files:
        yield from _file(file)
    yield from (f"! {error}" for error in checked.refused)
    bad = sum(bool(file.problem) for file in checked.files)
    yield ""
    yield f"{len(checked.files)} files: {len(checked.files) - bad} would be read, {bad} would not"
    if checked.used:
        yield f"Read with drafts, which are not in force yet: {', '.join(checked.used)}"
    written = sorted({str(file.draft) for file in checked.files if file.draft and file.is_new_draft})
    if written or checked.used:
        yield f"Drafts lie in {checked.drafts}. Read them, then move them to the folder profiles of the inbox to put them in force."


def _file(file: Looked) -> Iterator[str]:
    yield file.file
    if file.problem:
        yield f"  ! {file.problem}"
        if file.head:
            yield f"    headings: {len(file.head.headings)}"
    elif file.extract and file.head and file.audit:
        yield f"  {_identity(file)}"
        yield f"  {_rows(file)}"
        yield from (f"  {note}" for note in file.notes)
        yield from _reasons(file)
        yield from _dates(file)
        yield from (f"  codes unread: {column}" for column in file.unread)
        yield from (f"  ! brake: {sentence}" for sentence in file.brakes)
    if file.draft:
        yield f"  draft: {file.draft}{'' if file.is_new_draft else ' (there already, left as it is)'}"


def _identity(file: Looked) -> str:
    assert file.extract  # noqa: S101 - the caller asks for files that were read
    assert file.head  # noqa: S101
    assert file.audit  # noqa: S101
    encoding = f", {file.head.encoding}" if file.head.encoding else ""
    profile = f", profile {file.profile.pattern}" if file.profile else ""
    dropped = [
        f"{word} {', '.join(names)}" for word, names in (("never stored:", file.audit.refused), ("ignored:", file.audit.ignored)) if names
    ]
    known = f"{len(file.audit.columns)} of {len(file.extract.fields)} columns"
    return "; ".join([f"{file.extract.name} {file.extract.chinese}{encoding}{profile}", known, *dropped])


def _rows(file: Looked) -> str:
    which = "all" if file.is_all else "the first"
    sampled = "" if file.sampled == file.rows else f", the values of {file.sampled:,} of them"
    return f"looked at {which} {file.rows:,} rows{sampled}; {file.rejected:.1%} would be rejected"


def _reasons(file: Looked) -> Iterator[str]:
    for reason in file.reasons[:_MOST_REASONS]:
        lost = "row rejected" if reason.severity == "row" else "value left out"
        first = ", ".join(map(str, reason.lines))
        more = " …" if reason.cells > len(reason.lines) else ""
        yield f"  {lost}: {reason.column or 'line'} {reason.rule}, {reason.cells:,} of them, line {first}{more}"
    if len(file.reasons) > _MOST_REASONS:
        yield f"  and {len(file.reasons) - _MOST_REASONS} other reasons"


def _dates(file: Looked) -> Iterator[str]:
    spans = [f"{one.column} {one.first} to {one.last}" for one in file.dates]
    if spans:
        yield f"  dates: {', '.join(spans)}"
    for one in file.dates:
        if one.late:
            yield f"  dates after the delivery: {one.column}, {one.late:,}"
