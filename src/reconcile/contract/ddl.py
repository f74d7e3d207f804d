"""Schemas, tables and comments that derive from the contract: ``raw.*``, ``std.*`` and ``ref.code``."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.contract.codes import CODE_SETS
from reconcile.contract.tables import EXTRACTS, Extract

PROVENANCE = (
    ("_file", "VARCHAR", "File the row came in."),
    ("_line", "BIGINT", "Line the record starts on; header = 1; in XLSX the row of the sheet."),
    ("_load_id", "BIGINT", "Load that brought it, key of ops.load."),
)
SCHEMAS = ("raw", "std", "link", "find", "stats", "ops", "ref")


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def raw_columns(extract: type[Extract]) -> list[tuple[str, str, str]]:
    """Columns of ``raw.<extract>``: the fields as text, then where they came from."""
    return [(name, "VARCHAR", field.column.sentence) for name, field in extract.fields.items()] + list(PROVENANCE)


def std_columns(extract: type[Extract]) -> list[tuple[str, str, str]]:
    """Columns of ``std.<extract>``: the fields typed and normalised, then where they came from."""
    return extract.std_columns() + list(PROVENANCE)


def _create(table: str, columns: list[tuple[str, str, str]], sentence: str) -> Iterator[str]:
    listed = ", ".join(f'"{name}" {sql_type}' for name, sql_type, _ in columns)
    yield f"CREATE TABLE IF NOT EXISTS {table} ({listed})"
    yield f"COMMENT ON TABLE {table} IS {quoted(sentence)}"
    for name, _, note in columns:
        yield f'COMMENT ON COLUMN {table}."{name}" IS {quoted(note)}'


def warehouse() -> Iterator[str]:
    """Statements that create what is missing and say what each table and column is."""
    for schema in SCHEMAS:
        yield f"CREATE SCHEMA IF NOT EXISTS {schema}"
    for extract in EXTRACTS.values():
        yield from _create(f"raw.{extract.name}", raw_columns(extract), f"{extract.sentence()} Text as delivered.")
        yield from _create(f"std.{extract.name}", std_columns(extract), f"{extract.sentence()} Typed, normalised, current.")
    code = [
        ("code_set", "VARCHAR", "Name of the code set."),
        ("code", "VARCHAR", "Canonical code."),
        ("label", "VARCHAR", "Chinese label."),
    ]
    yield from _create("ref.code", code, "Codes of the contract and their Chinese labels.")
    yield "DELETE FROM ref.code"
    rows = ", ".join(
        f"({quoted(code_set.name)}, {quoted(code)}, {quoted(label)})" for code_set in CODE_SETS for code, label in code_set.known.items()
    )
    yield f"INSERT INTO ref.code VALUES {rows}"
