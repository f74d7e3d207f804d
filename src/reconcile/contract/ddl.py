"""Schemas, tables and comments that derive from the contract: ``raw.*``, ``std.*`` and ``ref.code``."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.contract.codes import CODE_SETS
from reconcile.contract.columns import COLUMNS, STD_SUFFIXES
from reconcile.contract.tables import EXTRACTS, ROLES, Extract

PROVENANCE = (
    ("_file", "VARCHAR", "File the row came in."),
    ("_line", "BIGINT", "Line the record starts on; header = 1; in XLSX the row of the sheet."),
    ("_load_id", "BIGINT", "Load that brought it, key of ops.load."),
)
SCHEMAS = ("raw", "std", "link", "find", "stats", "ops", "ref", "scope")


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def raw_columns(extract: type[Extract]) -> list[tuple[str, str, str]]:
    """Columns of ``raw.<extract>``: the fields as text, then where they came from."""
    return [(name, "VARCHAR", field.column.sentence) for name, field in extract.fields.items()] + list(PROVENANCE)


def std_columns(extract: type[Extract]) -> list[tuple[str, str, str]]:
    """Columns of ``std.<extract>``: the fields typed and normalised, then where they came from."""
    return extract.std_columns() + list(PROVENANCE)


def as_role(extract: type[Extract], role: str, suffix: str = "") -> str:
    """What an extract puts into a column of ``std`` that is named like a role, or like a column of the vocabulary: ``column AS role``."""
    kind = ROLES[role].kind if role in ROLES else COLUMNS[role].kind
    sql_type = next(sql_type for known, sql_type, _ in STD_SUFFIXES[kind] if known == suffix)
    column = extract.column_of(role)
    return f"{f'{column}{suffix}' if column else f'CAST(NULL AS {sql_type})'} AS {role}{suffix}"


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
