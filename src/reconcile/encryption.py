"""DuckDB's own encryption of a database file: AES-256 in GCM, for as long as the settings name a key.

DuckDB reads an encrypted file with what it has built in; to write one it wants the OpenSSL that its extension ``httpfs`` carries.
A wheel of that extension is installed with the program, so that nothing is fetched at run time.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb

from reconcile.contract import ddl
from reconcile.errors import KeyNeededError, UsageError

_HEADER = 24
_MAGIC = slice(8, 12)
_FLAGS = 20
"""Where DuckDB's main header has its name and the flag of an encrypted file."""


def is_encrypted(path: Path) -> bool:
    """Whether a database file says that it is encrypted; one that is not there, or is no database, is not."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    return header[_MAGIC] == b"DUCK" and len(header) == _HEADER and bool(header[_FLAGS] & 1)


def connect(
    path: Path, key: str | None, *, read_only: bool, config: dict[str, str | bool | int | float | list[str]]
) -> duckdb.DuckDBPyConnection:
    """Open a database file under the name of the file, encrypted where there is a key; an older plain one is read as it is.

    Raises:
        UsageError: when the extension is missing that writes encrypted files.
        KeyNeededError: when the key is wrong, or the file is encrypted and there is none.
        duckdb.Error: whatever else is wrong with the file.

    """
    if key is None and is_encrypted(path):
        msg = f"{path}: is encrypted and no key is named. Set RECONCILE_KEY, or key_file under [encryption] in settings.toml."
        raise KeyNeededError(msg)
    if key is None or (read_only and not is_encrypted(path)):
        return duckdb.connect(str(path), read_only=read_only, config=config)
    connection = duckdb.connect(config=config)
    try:
        if not read_only:
            load_writer(connection)
            connection.execute("SET temp_file_encryption = true")
        attach(connection, path, path.stem, key, read_only=read_only)
        connection.execute(f"USE {path.stem}")
    except BaseException:
        connection.close()
        raise
    return connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, key: str | None, *, read_only: bool) -> None:
    """Attach a database file to an open connection.

    Raises:
        KeyNeededError: when the key is wrong.

    """
    options = ["READ_ONLY"] if read_only else []
    if key is not None and (not read_only or is_encrypted(path)):
        options.append(f"ENCRYPTION_KEY {ddl.quoted(key)}")
    try:
        connection.execute(f"ATTACH {ddl.quoted(str(path))} AS {name}{_listed(options)}")
    except duckdb.InvalidInputException as error:
        if "Wrong encryption key" not in str(error):
            raise
        msg = f"{path}: the key is not the one it was encrypted with. Put that one back from where it is kept."
        raise KeyNeededError(msg) from None


def _listed(options: list[str]) -> str:
    return f" ({', '.join(options)})" if options else ""


def load_writer(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the extension that writes encrypted files, from its wheel.

    Raises:
        UsageError: when the wheel is not installed, or is of another version than DuckDB.

    """
    version = duckdb.__version__
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    package = Path(found.origin).parent if found and found.origin else None
    extension = package / "extensions" / f"v{version}" / "httpfs.duckdb_extension" if package else None
    if extension is None or not extension.is_file():
        msg = f"encryption needs the wheel duckdb-extension-httpfs {version}, which fits this DuckDB: pip install 'reconcile[encryption]'."
        raise UsageError(msg)
    connection.execute(f"LOAD {ddl.quoted(str(extension))}")
