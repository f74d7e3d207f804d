"""Bytes of a delivered text file → UTF-8, in blocks, whatever encoding and compression it came in.

The order of trial is: byte order mark, strict UTF-8, GB18030 (which reads GBK and GB2312 too; Python's ``gb2312`` is
never used, it turns the separator of long names into another character). A file that is UTF-8 up to a fault stays
UTF-8: one cut character must not turn the rest into something else. Bytes that cannot be decoded become ``MARK``.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from reconcile.errors import InputRefusedError, Place

MARK = b"\xed\xb3\xbf"
"""Stands for undecodable bytes; never part of valid UTF-8, so no delivered text can contain it."""

BLOCK = 4 << 20
HEAD = 256 << 10
_WIDE_ENOUGH = 8
"""So many three-byte characters before the first fault are no accident: in GBK text each has a chance below 1 %."""

codecs.register_error("reconcile.mark", lambda error: ("\udcff", cast("UnicodeDecodeError", error).end))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are read; ``clean`` when they are known to be valid UTF-8."""

    name: str
    clean: bool = False


def detect(path: Path) -> Encoding:
    """Encoding of a text file.

    Raises:
        InputRefusedError: when a ``.gz`` is cut off or damaged.

    """
    with _opened(path) as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    name = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    wide = _wide_before_fault(path)
    if wide is None:
        return Encoding(name, clean=True)
    return Encoding(name) if name == "utf-8-sig" or wide >= _WIDE_ENOUGH else Encoding("gb18030")


def _wide_before_fault(path: Path) -> int | None:
    """Number of three-byte characters (two-byte ones count half) before the first byte that is not UTF-8; None without fault."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    wide = 0
    with _opened(path) as file:
        while block := file.read(BLOCK):
            try:
                wide += (len(block) - len(decoder.decode(block))) // 2
            except UnicodeDecodeError as error:
                valid = error.object[: error.start]
                return wide + (len(valid) - len(valid.decode("utf-8"))) // 2
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return wide
    return None


def blocks(path: Path, encoding: Encoding, size: int = BLOCK) -> Iterator[bytes]:
    """Text of a file as UTF-8 without byte order mark; a block may end anywhere between two characters or, if clean, within one.

    Raises:
        InputRefusedError: when a ``.gz`` is cut off or damaged, or the file is not in this encoding at all.

    """
    decoder = codecs.getincrementaldecoder(encoding.name)("reconcile.mark")
    with _opened(path) as file, _readable(path, encoding):
        if encoding.clean:
            file.seek(len(codecs.BOM_UTF8) if encoding.name == "utf-8-sig" else 0)
        while block := file.read(size):
            yield block if encoding.clean else decoder.decode(block).encode("utf-8", "surrogatepass")
        if not encoding.clean and (rest := decoder.decode(b"", final=True)):
            yield rest.encode("utf-8", "surrogatepass")


@contextmanager
def _readable(path: Path, encoding: Encoding) -> Generator[None]:
    """Name the file whose first bytes say that it is in another encoding: UTF-16 without its mark."""
    try:
        yield
    except UnicodeError as error:
        raise InputRefusedError(
            Place(path.name), f"is not {encoding.name}", "Correct the encoding in its profile, or leave it out."
        ) from error


def head(path: Path, encoding: Encoding) -> str:
    """Beginning of a file, long enough for its headings."""
    return next(blocks(path, encoding, HEAD), b"").decode("utf-8", "replace")


@contextmanager
def _opened(path: Path) -> Generator[BinaryIO]:
    """Open a file for reading, decompressed on the fly; what is stored is bounded by disk space only."""
    packed = path.name.lower().endswith(".gz")
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            yield cast("BinaryIO", file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputRefusedError(Place(path.name), "the compressed file is cut off or damaged", "Ask for the file again.") from error
