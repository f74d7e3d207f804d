"""What libraries do with a damaged file, which is to be refused in words: they raise whatever they met, and those in Rust may panic."""

from __future__ import annotations

import errno
import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager

import fastexcel

from reconcile.errors import InputRefusedError, Place

_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, LookupError, OverflowError, ValueError,
    RuntimeError, NotImplementedError,  # encrypted, packed in a way that nobody here reads
)  # fmt: skip
_WORKBOOK = (
    fastexcel.FastExcelError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
)
_STDERR = 2


def is_of_archive(error: BaseException) -> bool:
    """Whether an error says that a ZIP is damaged: zipfile also seeks where the archive says, before the file's beginning."""
    return isinstance(error, _ARCHIVE) or (isinstance(error, OSError) and error.errno == errno.EINVAL)


@contextmanager
def refused(place: Place, problem: str, remedy: str) -> Generator[None]:
    """Refuse the workbook that is read in the block where a library stumbles over it.

    A panic of Rust is told on stderr, past Python, as a bug of the library with a hint for programmers; that is left out.

    Raises:
        InputRefusedError: instead of what the library raised.

    """
    try:
        with _without_panic():
            yield
    except InputRefusedError:
        raise
    except BaseException as error:
        if isinstance(error, _WORKBOOK) or _is_panic(error) or (isinstance(error, OSError) and error.errno == errno.EINVAL):
            raise InputRefusedError(place, problem, remedy) from None
        raise


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"  # each library in Rust has a class of its own, below BaseException


@contextmanager
def _without_panic() -> Generator[None]:
    """Keep back what is written to stderr, and pass it on unless the block ends in a panic."""
    before = os.dup(_STDERR)
    has_panicked = False
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        except BaseException as error:
            has_panicked = _is_panic(error)
            raise
        finally:
            os.dup2(before, _STDERR)
            held.seek(0)
            if not has_panicked:
                os.write(before, held.read())
            os.close(before)
