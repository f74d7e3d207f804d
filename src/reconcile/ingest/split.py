"""Records of a text file, each numbered with the line it starts on.

A record is one line, or several when a quoted field holds line breaks. Whole blocks are handled by C code; Python
looks only at lines whose quotes do not add up. Such a line is either complete (5" in a plain field), the start of a
record that goes on, or spoiled; a spoiled one never takes its neighbours with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

from reconcile.errors import InputRefusedError, Place
from reconcile.ingest.decode import MARK

_QUOTE = b'"'
_LOOK_AHEAD = 200
"""Lines one quoted field may reach over; beyond it the quote is taken for a stray one."""

_LONGEST = 16 << 20
_MOST_SPOILED = 100_000
_MOST_RAGGED = 100_000
"""DuckDB holds every ragged line in memory, once for each missing column, before any limit of its own counts."""


class _Shape(Enum):
    COMPLETE = auto()
    OPEN = auto()
    MALFORMED = auto()


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A line that cannot be read as a record: where, why, and as delivered."""

    line: int
    rule: str
    text: str


@dataclass(slots=True)
class Splitter:
    """State of one pass over a file; ``spoiled``, ``records`` and ``line`` can be read after it.

    Attributes:
        file: name for messages.
        delimiter: one byte between fields.
        width: number of columns of the heading line.
        after: last line of the headings; records begin behind it.
        careful: look at every line with a quote, not only at odd ones.

    """

    file: str
    delimiter: bytes
    width: int
    after: int
    careful: bool = False
    line: int = 1
    records: int = 0
    spoiled: list[Spoiled] = field(default_factory=list[Spoiled])
    _ragged: int = 0
    _rest: bytes = b""
    _doubtful: bool = False
    _quoted: bool = False

    def split(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Records as ``<line><delimiter><record>``, each ended by a line feed.

        Raises:
            InputRefusedError: when there are no lines to speak of, or too many of them are spoiled or ragged.

        """
        for block in blocks:
            yield self._feed(self._rest + block, last=False)
        yield self._feed(self._rest, last=True)

    def _feed(self, data: bytes, *, last: bool) -> bytes:
        cut = len(data) if last else _last_break(data)
        if len(data) - cut > _LONGEST:
            raise InputRefusedError(Place(self.file, self.line), "a line of more than 16 MB", "This is no text table; check the file.")
        self._doubtful, self._quoted = _unreadable(data), _QUOTE in data
        ended = data[:cut].splitlines(keepends=True)
        done, records = self._records(ended, last=last)
        self._rest = b"".join(ended[done:]) + data[cut:]
        self.line += done
        self.records += len(records)
        if len(self.spoiled) > _MOST_SPOILED:
            raise InputRefusedError(Place(self.file), f"over {_MOST_SPOILED} unreadable lines", "Check the encoding and the delimiter.")
        if self._ragged > _MOST_RAGGED:
            problem = f"more than {_MOST_RAGGED:,} lines do not have the number of columns of the header"
            raise InputRefusedError(Place(self.file), problem, "Check the headings and the delimiter, or ask for the file again.")
        return b"".join(records)

    def _records(self, lines: Sequence[bytes], *, last: bool) -> tuple[int, list[bytes]]:
        """How many lines are dealt with, and the records in them."""
        start = max(0, self.after + 1 - self.line)
        records: list[bytes] = []
        for suspect in self._suspects(lines):
            if suspect < start:
                continue
            shape, _ = self._shape(lines[suspect])
            if shape is _Shape.COMPLETE:
                continue
            records += self._numbered(lines[start:suspect], start)
            taken = self._joined(lines, suspect) if shape is _Shape.OPEN else 0
            if taken is None and not last:
                return suspect, records
            if taken:
                records += self._numbered([b"".join(lines[suspect : suspect + taken])], suspect)
            else:
                self._spoil(suspect, "quote", lines[suspect])
            start = suspect + (taken or 1)
        return len(lines), records + self._numbered(lines[start:], start)

    def _suspects(self, lines: Sequence[bytes]) -> Iterable[int]:
        if not self._quoted:
            return ()
        if self.careful:
            return [index for index, line in enumerate(lines) if _QUOTE in line]
        return [index for index, line in enumerate(lines) if line.count(_QUOTE) & 1]

    def _numbered(self, texts: Sequence[bytes], offset: int) -> list[bytes]:
        """Records with their numbers; empty lines are passed over, undecodable ones put aside."""
        odd = [text for text in texts if text.count(self.delimiter) != self.width - 1]
        self._ragged += sum(map(self._is_ragged, odd))
        numbered = enumerate(texts, self.line + offset)
        if self._doubtful:
            numbered = self._readable(numbered)
        return [b"%d%b%b\n" % (number, self.delimiter, text.rstrip(b"\r\n")) for number, text in numbered if not text.isspace()]

    def _is_ragged(self, text: bytes) -> bool:
        """Whether a record surely has too few or too many fields; delimiters in quotes and empty surplus fields are no fault."""
        if text.count(self.delimiter) < self.width - 1:
            return not text.isspace()
        return _QUOTE not in text and text.rstrip(b"\r\n" + self.delimiter).count(self.delimiter) >= self.width

    def _readable(self, numbered: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        for number, text in numbered:
            if _unreadable(text):
                self._spoil(number - self.line, "encoding", text)
            else:
                yield number, text

    def _spoil(self, index: int, rule: str, text: bytes) -> None:
        shown = text.rstrip(b"\r\n").replace(MARK, "�".encode()).replace(b"\0", "�".encode()).decode("utf-8", "replace")
        self.spoiled.append(Spoiled(self.line + index, rule, shown))

    def _joined(self, lines: Sequence[bytes], start: int) -> int | None:
        """Number of lines of the record that starts here; 0 when it never closes well, None when more lines are needed to know."""
        record = lines[start]
        for index in range(start + 1, min(len(lines), start + _LOOK_AHEAD)):
            record += lines[index]
            if _QUOTE not in lines[index]:
                continue
            shape, width = self._shape(record)
            if shape is _Shape.COMPLETE:
                return index + 1 - start if width == self.width else 0
            if shape is _Shape.MALFORMED:
                return 0
        return None if len(lines) < start + _LOOK_AHEAD else 0

    def _shape(self, record: bytes) -> tuple[_Shape, int]:
        """Whether a text is a whole record, and its number of fields."""
        text = record.rstrip(b"\r\n")
        pattern = _field(self.delimiter)
        position = width = 0
        while found := pattern.match(text, position):
            width += 1
            position = found.end()
            if position == len(text):
                return _Shape.COMPLETE, width
            if text[position : position + 1] != self.delimiter:
                return _Shape.MALFORMED, width
            position += 1
        return _Shape.OPEN, width


@cache
def _field(delimiter: bytes) -> re.Pattern[bytes]:
    """One field as DuckDB reads it: quoted (blanks around the quotes allowed), or plain up to the delimiter; no match = an open quote."""
    return re.compile(rb' *"(?:[^"]++|"")*+" *|(?! *")[^\r\n%b]*+' % re.escape(delimiter))


def _last_break(data: bytes) -> int:
    """End of the last complete line; a carriage return at the very end may be half of a line break."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1


def _unreadable(text: bytes) -> bool:
    return MARK in text or b"\0" in text
