"""DBF tables, as dBASE, FoxPro and the programs after them write them: records of fixed width, read column by column.

A heading has ten bytes, so that 公民身份号码 arrives as 公民身份号; a text that does not fit is cut, in the middle of a character too.
Source of the layout: dBASE III to FoxPro 2.6, Visual FoxPro; dBASE 7 has another one and is refused.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header, memo
from reconcile.ingest.delivered import Head, Relation
from reconcile.ingest.discover import Delivery
from reconcile.ingest.memo import Memo

_HEAD, _DESCRIPTOR = 32, 32
_NAME_BYTES = 10
_VERSIONS = frozenset(b"\x02\x03\x30\x31\x32\x43\x63\x83\x8b\x8e\xcb\xe5\xf5\xfb")
_TEXT, _DAY, _FLAG, _MOMENT, _MEMO = b"CNFV", b"D", b"L", b"T", b"M"
_NUMBERS = {(b"I", 4): ("<i4", 1), (b"+", 4): ("<i4", 1), (b"B", 8): ("<f8", 1), (b"Y", 8): ("<i8", 10_000)}
"""Kind and width of columns of binary numbers: how they are written, and how many make one. A B of ten bytes is a block of dBASE."""
_VARYING = (b"V", b"Q")
_NULLABLE = 2
_ELSEWHERE = (b"M", b"G", b"P")
"""Kinds of columns whose values stand in another file: texts, objects, pictures."""
_MILLISECONDS = 86_400_000
_JULIAN_1970 = 2_440_588
_SAMPLE = 1 << 20

codecs.register_error("reconcile.cut", lambda error: ("\ufffd", error.end if isinstance(error, UnicodeDecodeError) else 0))


@dataclass(frozen=True, slots=True)
class _Field:
    """One column: its name in bytes, its kind as one letter, and where its cells stand in a record.

    Visual FoxPro says in single bits of a record, here counted from its first byte, that a cell is empty, or that a text is shorter than
    its column and has its length in the last byte.
    """

    name: bytes
    kind: bytes
    start: int
    width: int
    is_null: int | None = None
    is_short: int | None = None


class DbfReader:
    """DBF tables; record *n* is line *n* + 1, deleted ones counted and passed over."""

    def __init__(self, delivery: Delivery) -> None:
        """Read the table.

        Raises:
            InputRefusedError: when the file is none, is cut off, or of a version with another layout.

        """
        self._delivery = delivery
        self._place = Place(delivery.file)
        content = delivery.path.read_bytes()
        if len(content) < _HEAD or content[0] not in _VERSIONS:
            raise self._unreadable("no readable DBF table")
        records, length, width = (int.from_bytes(content[at : at + size], "little") for at, size in ((4, 4), (8, 2), (10, 2)))
        if len(content) < length + records * width or not width:
            raise self._unreadable(f"the table is cut off: {records} records are announced")
        self._fields = _fields(content[_HEAD:length])
        if sum(field.width for field in self._fields) > width - 1:
            raise self._unreadable("no readable DBF table")
        self._cells = np.frombuffer(content, np.uint8, records * width, length).reshape(records, width)
        beside = memo.beside(delivery.path)
        self._memo = Memo(beside, content[0], self._place) if beside else None
        self._encoding = self._guessed(content[29], delivery.profile.encoding if delivery.profile else None)

    def _unreadable(self, problem: str) -> InputRefusedError:
        return InputRefusedError(self._place, problem, "Ask for the file again, or for CSV or XLSX.")

    def _guessed(self, driver: int, wished: str | None) -> str:
        """The encoding that leaves fewest characters unread: many programs write no code page, or another one."""
        named = self._delivery.path.with_suffix(".cpg")
        said = named.read_text("latin-1").strip().lower() if named.is_file() else ""
        if wished or "utf" in said or "65001" in said:
            return wished or "utf-8"
        if driver in (0x4D, 0x7A):  # code page 936
            return "gb18030"
        texts = [self._cells[:_SAMPLE, field.start : field.start + field.width].tobytes()[:_SAMPLE] for field in self._fields]
        sample = b" ".join([*(field.name for field in self._fields), *texts, self._memo.sample if self._memo else b""])
        return min(("utf-8", "gb18030"), key=lambda encoding: sample.decode(encoding, "reconcile.cut").count("\ufffd"))

    def head(self) -> Head:
        """Headings, those that were cut off whole again where one column alone begins so."""
        return Head(tuple(self._heading(field.name) for field in self._fields), 1, 1, self._encoding)

    def _heading(self, name: bytes) -> str:
        extract, mapped = self._delivery.extract, self._delivery.profile.columns if self._delivery.profile else {}
        shown = name.decode(self._encoding, "ignore")
        if len(name) < _NAME_BYTES - 1 or header.column_of(extract, shown, mapped):
            return shown
        kept = header.normal(shown)
        begun = {column: heading for heading, column in header.known(extract).items() if heading.startswith(kept)}
        return next(iter(begun.values())) if len(begun) == 1 else shown

    def candidates(self) -> list[Head]:
        """Its headings are never anywhere else."""
        return [self.head()]

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows as text.

        Raises:
            InputRefusedError: when a column that is needed has its texts in a file (memo) that is not there or is cut off, or is of a kind
                that is no text.

        """
        del careful, padded
        columns = [pl.Series("_line", np.arange(2, len(self._cells) + 2, dtype=np.int64))]
        columns += [self._texts(field, head.headings[number]).alias(f"c{number}") for number, field in enumerate(self._fields)]
        standing = pl.Series(self._cells[:, 0] != ord("*"))
        return Relation("_delivered", pl.DataFrame(columns).filter(standing))

    def _texts(self, field: _Field, heading: str) -> pl.Series:
        cells = np.ascontiguousarray(self._cells[:, field.start : field.start + field.width])
        if not len(cells):
            return pl.Series([], dtype=pl.String)
        if field.is_short is not None:
            places = np.arange(field.width)
            lengths = np.where(self._bit(field.is_short), cells[:, -1], field.width)
            cells = np.where(places < lengths[:, None], cells, ord(" ")).astype(np.uint8)
        texts = self._read(field, heading, cells)
        if field.is_null is None:
            return texts
        return pl.select(pl.when(~pl.Series(self._bit(field.is_null))).then(texts)).to_series()

    def _bit(self, number: int) -> np.ndarray:
        return (self._cells[:, number // 8] >> (number % 8) & 1).astype(bool)

    def _read(self, field: _Field, heading: str, cells: np.ndarray) -> pl.Series:
        if (field.kind, field.width) in _NUMBERS:
            kind, parts = _NUMBERS[field.kind, field.width]
            return _numbers(pl.Series(cells.view(kind).ravel()) / parts)
        if field.kind in _MOMENT and field.width == 8:  # noqa: PLR2004 - bytes of a day and a clock
            return _moments(cells.view("<i4"))
        if field.kind in (*_chars(_TEXT), *_chars(_DAY), *_chars(_FLAG)):
            return self._decoded(cells, is_flag=field.kind in _chars(_FLAG))
        mapped = self._delivery.profile.columns if self._delivery.profile else {}
        if header.column_of(self._delivery.extract, heading, mapped):
            if field.kind == _MEMO and self._memo is not None:
                return self._told(cells, self._memo)
            is_elsewhere = field.kind in _ELSEWHERE
            kind = "memo" if is_elsewhere else f"type {field.kind.decode('latin-1')}"
            problem = f"a column of {kind}, whose texts do not stand in the table"
            others = f"{self._delivery.path.stem}{memo.ENDINGS[0]} or {memo.ENDINGS[1]}"
            remedy = (
                f"Ask for the file beside it too ({others}), in one ZIP, or for CSV." if field.kind == _MEMO else "Ask for it as text (C)."
            )
            raise InputRefusedError(Place(self._delivery.file, 1, heading), problem, remedy)
        return pl.Series([None] * len(cells), dtype=pl.String)

    def _told(self, cells: np.ndarray, texts: Memo) -> pl.Series:
        """Texts of a memo, each block read once."""
        if cells.shape[1] == 4:  # noqa: PLR2004 - bytes of the number of a block
            blocks = pl.Series(cells.view("<u4").ravel())
        else:
            blocks = self._decoded(cells, is_flag=False).cast(pl.UInt32, strict=False)
        found = pl.DataFrame({"block": blocks.drop_nulls().unique()})
        read = [texts.text(block) for block in found["block"]]
        told = [self._unbroken(text) if text is not None else None for text in read]
        found = found.with_columns(pl.Series("text", told, dtype=pl.String).str.replace_all(r"[\r\n\x00]+", " ").str.strip_chars())
        rows = pl.DataFrame({"block": blocks}).join(found, on="block", how="left", maintain_order="left")
        return rows.select(pl.when(pl.col("text") != "").then("text")).to_series()

    def _unbroken(self, text: bytes) -> str:
        """A text without the ends of line, 8D 0A, that a program put in for its screen: they are no characters of either encoding."""
        told = text.decode(self._encoding, "reconcile.cut")
        return told.replace("\ufffd\n", "") if b"\x8d\n" in text else told

    def _decoded(self, cells: np.ndarray, *, is_flag: bool) -> pl.Series:
        """Cells as texts; half a character at the end is one unknown glyph, never part of the next cell."""
        ended = np.full((len(cells), cells.shape[1] + 1), ord("\n"), np.uint8)
        ended[:, :-1] = np.where((cells == ord("\n")) | (cells == ord("\r")) | (cells == 0), ord(" "), cells)
        text = ended.tobytes().decode(self._encoding, "reconcile.cut")
        texts = pl.Series([text.removesuffix("\n")]).str.split("\n").explode().str.strip_chars()
        empty = ("", "?") if is_flag else ("",)
        return pl.select(pl.when(~texts.is_in(empty)).then(texts)).to_series()


def _chars(kinds: bytes) -> tuple[bytes, ...]:
    return tuple(bytes([kind]) for kind in kinds)


def _fields(descriptors: bytes) -> list[_Field]:
    """Columns; the one that holds bits about the others is none."""
    fields: list[_Field] = []
    start, bits, first_bit = 1, 0, None
    for at in range(0, len(descriptors) - _DESCRIPTOR + 1, _DESCRIPTOR):
        one = descriptors[at : at + _DESCRIPTOR]
        if one[0] == 0x0D:  # noqa: PLR2004 - ends the list
            break
        name, kind, low, high = one[:11].split(b"\0")[0].strip(), one[11:12], one[16], one[17]
        width = low + 256 * high if kind == b"C" else low  # a long text has its width in two bytes
        if kind == b"0":
            first_bit = 8 * start
        else:
            varies, may_be_null = kind in _VARYING, bool(one[18] & _NULLABLE)
            null, short = (bits + varies if may_be_null else None), (bits if varies else None)
            fields.append(_Field(name, kind, start, width, null, short))
            bits += varies + may_be_null
        start += width
    if first_bit is None:
        return [replace(field, is_null=None, is_short=None) for field in fields]
    return [
        replace(field, **{what: first_bit + bit for what in ("is_null", "is_short") if (bit := getattr(field, what)) is not None})
        for field in fields
    ]


def _numbers(values: pl.Series) -> pl.Series:
    """Numbers as text; whole ones without a point."""
    is_whole = (values == values.floor()) & (values.abs() < 2**53)
    return pl.select(
        pl.when(is_whole).then(values.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(values.cast(pl.String))
    ).to_series()


def _moments(pairs: np.ndarray) -> pl.Series:
    """Days of the Julian calendar and milliseconds, as text; a day of zero is none."""
    days, clock = (pl.Series(pairs[:, place].astype(np.int64)) for place in (0, 1))
    moment = ((days - _JULIAN_1970) * _MILLISECONDS + clock).cast(pl.Datetime("ms")).dt.round("1s").dt.to_string("%Y-%m-%d %H:%M:%S")
    return pl.select(pl.when(days > 0).then(moment)).to_series()
