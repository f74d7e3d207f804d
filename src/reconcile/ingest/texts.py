"""Text files: CSV and its relatives, compressed or not."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from reconcile.contract.ddl import path_literal, quoted
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import decode, header
from reconcile.ingest.delivered import HINT_LINES, Head, Relation, suggest
from reconcile.ingest.discover import Delivery
from reconcile.ingest.split import Splitter

DELIMITERS = (",", "\t", "|", "^", "\x01")

_NAMED_DELIMITER = re.compile(r"""["']?sep=(\t|[^\w\s"'])["']?\s*""", re.IGNORECASE)
"""A first line by which Excel is told the delimiter; it is not shown there, and no row."""
_BINARY = 0.01
"""More than this share of NUL characters is no text; a single one spoils its own line only."""


class TextReader:
    """Text files: CSV and its relatives, compressed or not."""

    def __init__(self, delivery: Delivery, scratch: Path, most_bytes: int | None = None) -> None:
        """Find out the encoding; of a file longer than ``most_bytes`` only the beginning becomes rows."""
        self._most_bytes = most_bytes
        self._is_whole = True
        self._delivery = delivery
        self._target = scratch / "delivered.csv"
        wished = delivery.profile.encoding if delivery.profile else None
        found = decode.detect(delivery.path)
        self._encoding = decode.Encoding(wished) if wished and wished not in found.name else found

    def head(self) -> Head:
        """Headings of the first line that is not empty, or of the profile's ``header_row``."""
        profile = self._delivery.profile
        lines = self._lines()
        wished = profile.header_row if profile else None
        named = _named_delimiter(lines)
        first = (
            wished - 1 if wished else next((no for no, line in enumerate(lines) if line.strip() and not (named and no == 0)), len(lines))
        )
        if first >= len(lines):
            raise InputRefusedError(Place(self._delivery.file), "no heading line", "Ask for the file again, with headings.")
        heads = [_text_head(lines, first, delimiter, self._encoding.name) for delimiter in self._delimiters(named)]
        best = max(heads, key=self._score)
        if any("\0" in heading for heading in best.headings):
            raise self._binary()
        if self._score(best) == 0 and not wished:
            suggest(self._delivery, [(later.first_line, self._score(later)) for later in self.candidates()])
        return best

    def _binary(self) -> InputRefusedError:
        return InputRefusedError(Place(self._delivery.file, 1), "binary data or unknown encoding", "Ask for UTF-8 or GB18030.")

    def candidates(self) -> list[Head]:
        """Every line that may hold the headings, read with every delimiter."""
        lines = self._lines()
        named = _named_delimiter(lines)
        numbers = [number for number in range(1 if named else 0, min(len(lines), HINT_LINES)) if lines[number].strip()]
        return [_text_head(lines, number, mark, self._encoding.name) for number in numbers for mark in self._delimiters(named)]

    def _lines(self) -> list[str]:
        text = decode.head(self._delivery.path, self._encoding)
        if text.count("\0") > max(1, len(text) * _BINARY):
            raise self._binary()
        return list(itertools.islice(io.StringIO(text, newline=""), 1000))

    def _delimiters(self, named: str | None) -> tuple[str, ...]:
        """What may part the cells: what a profile says, else what the file says, else any of the usual ones."""
        profile = self._delivery.profile
        chosen = (profile.delimiter if profile else None) or named
        return (chosen,) if chosen else DELIMITERS

    def _score(self, head: Head) -> int:
        return header.score(self._delivery.extract, head.headings, self._delivery.profile.columns if self._delivery.profile else {})

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows as DuckDB reads them from a UTF-8 copy whose first field is the line number."""
        delimiter = head.delimiter or ","
        splitter = Splitter(self._delivery.file, delimiter.encode(), len(head.headings), head.last_line, careful)
        with self._target.open("wb") as target:
            target.writelines(splitter.split(self._blocks()))
        fields = ", ".join(["'_line': 'BIGINT'", *(f"'c{number}': 'VARCHAR'" for number in range(len(head.headings)))])
        layout = f"header = false, delim = {quoted(delimiter)}, quote = '\"', escape = '\"', new_line = '\\n', columns = {{{fields}}}"
        strictness = f"auto_detect = false, store_rejects = true, strict_mode = true, parallel = {not (careful or padded)}"
        filled = f"null_padding = {padded}, compression = 'none'"
        sql = f"read_csv({path_literal(self._target)}, {layout}, {strictness}, {filled})"
        return Relation(sql, records=splitter.records, spoiled=splitter.spoiled, is_whole=self._is_whole)

    def _blocks(self) -> Iterator[bytes]:
        read = 0
        for block in decode.blocks(self._delivery.path, self._encoding):
            read += len(block)
            if self._most_bytes and read > self._most_bytes:
                yield block[: block.rfind(b"\n") + 1]
                self._is_whole = False
                return
            yield block


def _named_delimiter(lines: list[str]) -> str | None:
    found = _NAMED_DELIMITER.fullmatch(lines[0]) if lines else None
    return found[1] if found else None


def _text_head(lines: list[str], first: int, delimiter: str, encoding: str) -> Head:
    rows = csv.reader(lines[first:], delimiter=delimiter, strict=False)
    cells = next(rows, [])
    return Head(tuple(cells), first + 1, first + rows.line_num, encoding, delimiter)
