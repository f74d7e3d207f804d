"""Spoiled files: tables written wrongly on purpose, and bytes of good files damaged; every one comes out of a seed."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter

Table = list[list[Any]]
"""Headings, then rows."""

HEADINGS = ("死亡证明编号", "姓名", "性别", "出生日期", "公民身份号码", "死亡日期", "报告日期", "年龄", "户籍地址")
ODD_CELLS = (
    "", " ", "　", "\x00", "\x07", "\u200b", "NULL", "#N/A", "-", "=1+1", "@x", "😀", "\ufffd", "䶮", "a" * 40_000, "9" * 400, "1e308",
    "-1", "12:00", "2026-02-30", "99999-01-01", "0000-00-00", '"', "''", "a\nb", "a\r\nb", "a,b;c\td|e", "合计", "\ufeff", "%s{}\\", "١٢",
    "２０２６年１月１日", "18990101", "true", "0x1F", "1,234", "\u2028", "\x1a", "\x0c",
)  # fmt: skip
ODD_HEADINGS = (
    "",
    " ",
    "姓名",
    "星座",
    "a" * 5_000,
    "\x00",
    "\n",
    '"',
    "=姓名",
    "死亡证明 编号",
    "列1",
    "_line",
    "c0",
    "select",
    "😀",
    "民族",
)
ODD_VALUES = (None, True, -1.5, 1e300, float("nan"), dt.time(23, 59, 59), dt.date(1900, 1, 1), 45_000, 10**17, "=SUM(1)")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "latin-1", "cp1252", "utf-7", "hz")
MORE_IN_A_ZIP = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")


class Spoiled(NamedTuple):
    """A file that is wrong in a known way.

    Attributes:
        how: what was done to it, for who repeats it.
        name: name of the file.
        content: its bytes.
        rows: rows of data it holds, those that are wrong too; None where nobody can say.

    """

    how: str
    name: str
    content: bytes
    rows: int | None = None


def table(chosen: random.Random, rows: int = 12) -> Table:
    """Invented deaths."""
    made: Table = [list(HEADINGS)]
    for number in range(rows):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=chosen.randrange(300))
        name = chosen.choice("王李张欧") + chosen.choice("伟芳娜敏")
        made.append(
            [f"S{number:05}", name, chosen.choice("12"), "1941-03-05", "", str(day), str(day), str(chosen.randrange(100)), "云岭县"]
        )
    return made


def spoil_table(given: Table, chosen: random.Random) -> str:
    """Do something to headings, cells or rows that a table survives as a table; returns what."""
    at, row = chosen.randrange(len(given[0])), chosen.randrange(1, len(given))
    heading, cell = chosen.choice(ODD_HEADINGS), chosen.choice(ODD_CELLS)
    what, spoiled = chosen.choice(
        (
            (f"heading {at} {heading[:20]!r}", [[*given[0][:at], heading, *given[0][at + 1 :]], *given[1:]]),
            (f"column {at} twice", [[*line[:at], line[at], *line[at:]] for line in given]),
            (f"no column {at}", [[*line[:at], *line[at + 1 :]] for line in given]),
            (f"a column more {heading[:20]!r}", [[*line, heading if line is given[0] else "x"] for line in given]),
            (f"cells {cell[:20]!r} in column {at}", [given[0], *([*line[:at], cell, *line[at + 1 :]] for line in given[1:])]),
            (f"an odd row {row}", [*given[:row], [chosen.choice(ODD_CELLS) for _ in given[0]], *given[row:]]),
            ("all rows twice", [*given, *given[1:]]),
            (f"headings again in row {row}", [*given[:row], given[0], *given[row:]]),
            ("empty rows", [given[0], *[[""] * len(given[0])] * 3, *given[1:]]),
        )
    )
    given[:] = [list(line) for line in spoiled]
    return what


def rows_of(given: Table) -> int | None:
    """How many rows hold something; None where a cell is of blanks that programs think differently of."""
    cells = [cell for row in given[1:] for cell in row if isinstance(cell, str)]
    if any(cell and not cell.strip(" \t\r\n　\x00\u200b\ufeff\x07\x1a\x0c\u2028") for cell in cells):
        return None
    return sum(any(cell not in ("", None) for cell in row) for row in given[1:])


def as_text(given: Table, chosen: random.Random) -> tuple[str, bytes, str]:
    """A text file: how it was written, its bytes and the ending of its name."""
    encoding, delimiter = chosen.choice(ENCODINGS), chosen.choice([",", ",", "\t", ";", "|"])
    quoting = chosen.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=chosen.choice(["\r\n", "\n"])).writerows(given)
    content = out.getvalue().encode(encoding, "replace")
    packed = chosen.random() < 0.15  # noqa: PLR2004 - some
    return f"{encoding}, {delimiter!r}", gzip.compress(content) if packed else content, ".csv.gz" if packed else ".csv"


def as_workbook(given: Table, chosen: random.Random) -> tuple[str, bytes, str]:
    """An XLSX whose cells are of all kinds."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, "default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet(chosen.choice(["Sheet1", "死亡", "a'b"]))
        down = chosen.choice([0, 0, 0, 1, 3])
        for number, row in enumerate(given):
            for place, cell in enumerate(row):
                value = chosen.choice(ODD_VALUES) if number and chosen.random() < 0.1 else cell  # noqa: PLR2004 - a tenth
                if isinstance(value, str) and len(value) > 32_000:  # noqa: PLR2004 - no cell takes more
                    value = value[:32_000]
                sheet.write(number + down, place, value)
        if chosen.random() < 0.2:  # noqa: PLR2004 - some
            book.add_worksheet("另一张").write_row(0, 0, chosen.choice([["说明"], list(HEADINGS)[:3]]))
    return f"headings in row {down + 1}", out.getvalue(), ".xlsx"


def as_parquet(given: Table, chosen: random.Random) -> tuple[str, bytes, str]:
    """A Parquet file; one column may be of a type that is no text."""
    names = list(dict.fromkeys(str(name) for name in given[0]))
    frame = pl.DataFrame([row[: len(names)] for row in given[1:]], schema=dict.fromkeys(names, pl.String), orient="row", strict=False)
    kind = chosen.choice([pl.String, pl.Binary, pl.List(pl.String), pl.Float64, pl.Boolean, pl.Datetime, pl.Categorical, pl.Null])
    at = chosen.choice(names)
    if kind in (pl.Float64, pl.Boolean, pl.Datetime, pl.Null):
        frame = frame.with_columns(pl.lit(None, kind).alias(at))
    elif isinstance(kind, pl.List):
        frame = frame.with_columns(pl.concat_list(pl.col(at)))
    else:
        frame = frame.with_columns(pl.col(at).cast(kind))
    out = io.BytesIO()
    frame.write_parquet(out, compression=chosen.choice(["zstd", "snappy", "gzip", "uncompressed"]))
    return f"column {at[:20]!r} of type {kind}", out.getvalue(), ".parquet"


def as_dbf(given: Table, chosen: random.Random) -> tuple[str, bytes, str]:
    """A DBF table."""
    encoding, width = chosen.choice(["gb18030", "utf-8"]), 30
    fields = b"".join(
        str(name).encode(encoding, "replace")[:10].ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15) for name in given[0]
    )
    records = b"".join(b" " + b"".join(str(cell).encode(encoding, "replace")[:width].ljust(width) for cell in row) for row in given[1:])
    head = struct.pack("<B3BIHH20x", 3, 126, 11, 21, len(given) - 1, 33 + len(fields), 1 + width * len(given[0]))
    return encoding, head + fields + b"\r" + records + b"\x1a", ".dbf"


def as_zip(given: Table, chosen: random.Random) -> tuple[str, bytes, str]:
    """A ZIP with one table in it."""
    how, content, ending = chosen.choice([as_text, as_workbook])(given, chosen)
    inside = chosen.choice(["health_death_20261121", "死亡20261121", "../health_death_20261121", "a/b/health_death_20261121"]) + ending
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chosen.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA])) as packed:
        for number in range(chosen.choice([1, 1, 2])):
            packed.writestr(f"{number}/{inside}" if number else inside, content)
    return f"{inside}, {how}", out.getvalue(), ".zip"


WRITERS: tuple[Callable[[Table, random.Random], tuple[str, bytes, str]], ...] = (as_text, as_workbook, as_parquet, as_dbf, as_zip)


def damaged(content: bytes, chosen: random.Random) -> tuple[str, bytes]:
    """Bytes flipped, cut, doubled, moved, in another encoding; members of an archive changed under a right checksum; sizes that lie."""
    if not content:
        return "nothing", content
    size, length = len(content), chosen.choice([1, 4, 64, 1000])
    at, early, late = chosen.randrange(size), chosen.randrange(min(size, 64)), size - 1 - chosen.randrange(min(size, 64))
    lie, encoding = chosen.choice([b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"]), chosen.choice(ENCODINGS)
    return chosen.choice(
        (
            ("bytes flipped", _flipped(content, chosen)),
            (f"cut at {at}", content[:at]),
            ("twice", content * 2),
            (f"{length} random bytes at {at}", content[:at] + chosen.randbytes(length) + content[at:]),
            (f"{length} bytes gone at {at}", content[:at] + content[at + length :]),
            (f"{length} zeros at {at}", content[:at] + bytes(min(length, size - at)) + content[at + length :]),
            (f"begins at {at}", content[at:]),
            (f"in {encoding}", content.decode("utf-8", "replace").encode(encoding, "replace")),
            (f"a size that lies at {early}", content[:early] + lie + content[early + 4 :]),
            (f"a size that lies at {late}", content[:late] + lie + content[late + 4 :]),
            _inside(content, chosen),
        )
    )


def _flipped(content: bytes, chosen: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(chosen.choice([1, 3, 20])):
        out[chosen.randrange(len(out))] = chosen.randrange(256)
    return bytes(out)


def _inside(content: bytes, chosen: random.Random) -> tuple[str, bytes]:
    """A member of an archive damaged, dropped or doubled and packed again; other files only with a head that is none of theirs."""
    if not content.startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(content)):
        return "another head", chosen.choice(
            [*MORE_IN_A_ZIP, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\x1f\x8b", b"\x03"]
        ) + content[4:]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        names = given.namelist()
        victim, kind = chosen.choice(names), chosen.choice(["damaged", "dropped", "empty"])
        for name in names:
            if name != victim:
                packed.writestr(name, given.read(name))
            elif kind != "dropped":
                packed.writestr(name, b"" if kind == "empty" else damaged(given.read(name), chosen)[1])
    return f"{victim} {kind}", out.getvalue()
