"""What an XLS says beside its values: cells whose number format adds to them, merged cells, hidden rows and noughts.

Source of the records: [MS-XLS], Excel Binary File Format; Excel 5 and 95 have the same ones with shorter texts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reconcile.ingest import compound, formats
from reconcile.ingest.marks import Formatted, Marks, Merged

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _FORMAT, _STYLE = 0x0085, 0x041E, 0x00E0
_NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_TEXTS = (0x00FD, 0x0204, 0x00D6)
_MERGED, _ROW, _WINDOW = 0x00E5, 0x0208, 0x023E
_EXCEL_97 = 0x0600
_IS_HIDDEN, _SHOWS_NOUGHTS = 0x20, 0x10
_RESULT_IS_NO_NUMBER = b"\xff\xff"
_TEXT_RESULT, _EMPTY_RESULT = 0, 3
_UNVALUED = "formulas have no value; if they were never calculated, open it in a spreadsheet program and save it"


@dataclass(slots=True)
class Records:
    """Records of a workbook, and what those of the whole of it say."""

    content: bytes
    sheets: list[int] = field(default_factory=list[int])
    styles: dict[int, str] = field(default_factory=dict[int, str])

    def marks(self, sheet: int) -> Marks:
        """What a sheet, by its place among all, says beside its values."""
        marks, has_unvalued = Marks(), False
        for kind, record in _of_one(self.content, self.sheets[sheet]) if sheet < len(self.sheets) else ():
            if kind == _ROW:
                marks.hidden_rows += bool(struct.unpack_from("<H", record, 12)[0] & _IS_HIDDEN)
            elif kind == _WINDOW:
                marks.hides_noughts = not struct.unpack_from("<H", record)[0] & _SHOWS_NOUGHTS
            elif kind == _MERGED:
                marks.merged += [Merged(*one) for one in struct.iter_unpack("<4H", record[2 : 2 + len(record[2:]) // 8 * 8])]
            else:
                has_unvalued |= kind == _FORMULA and record[12:14] == _RESULT_IS_NO_NUMBER and record[6] == _EMPTY_RESULT
                if self.styles:
                    marks.formatted += self._formatted(kind, record)
        marks.notes += [_UNVALUED] * has_unvalued
        return marks

    def _formatted(self, kind: int, record: bytes) -> Iterator[Formatted]:
        """Cells of a record whose format may add to their values."""
        row, column = struct.unpack_from("<HH", record)
        if kind == _SHORT_NUMBERS:
            for number in range((len(record) - 6) // 6):
                if code := self.styles.get(struct.unpack_from("<H", record, 4 + 6 * number)[0]):
                    yield Formatted(column + number, row, code, is_text=False)
        elif code := self.styles.get(struct.unpack_from("<H", record, 4)[0]):
            is_text = kind in _TEXTS or (kind == _FORMULA and record[12:14] == _RESULT_IS_NO_NUMBER and record[6] == _TEXT_RESULT)
            yield Formatted(column, row, code, is_text)


_OF_A_SHEET = frozenset({_NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _FORMULA, *_TEXTS, _MERGED, _ROW, _WINDOW})


def records(content: bytes) -> Records:
    """Records of an XLS; of one that is damaged in a way the reader of its values bears, none."""
    try:
        return _records(compound.stream(content, "Workbook", "Book"))
    except (struct.error, IndexError, MemoryError):
        return Records(b"")


def _records(content: bytes) -> Records:
    found = Records(content)
    codes = {int(number): code for number, code in formats.BUILT_IN.items()}
    styles: list[int] = []
    is_wide = struct.unpack_from("<H", content, 4)[0] == _EXCEL_97 if content else False
    for kind, record in _of_one(content, 0, (_SHEET, _FORMAT, _STYLE)):
        if kind == _SHEET:
            found.sheets.append(struct.unpack_from("<I", record)[0])
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record[2:], is_wide=is_wide)
        else:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    used = ((number, codes.get(code, "")) for number, code in enumerate(styles))
    found.styles = {number: code for number, code in used if formats.adds(code) or formats.known_part(code)}
    return found


def _of_one(content: bytes, start: int, wanted: frozenset[int] | tuple[int, ...] = _OF_A_SHEET) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the wanted records of the workbook or a sheet; those of charts within it are passed over."""
    depth, at = 0, start
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1 and kind in wanted:
            yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length


def _text(record: bytes, *, is_wide: bool) -> str:
    """A text with its length before it; Excel 5 and 95 write bytes of a code page, which are Chinese here."""
    if not is_wide:
        return record[1 : 1 + record[0]].decode("gb18030", "replace")
    length, two_bytes = struct.unpack_from("<H", record)[0], record[2] & 1
    return record[3 : 3 + length * 2].decode("utf-16-le", "replace") if two_bytes else record[3 : 3 + length].decode("latin-1")
