"""One extract: raw text in, typed rows and rejects out. Everything derives from the fields of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from reconcile.contract.codes import CodeSet
from reconcile.contract.columns import STD_SUFFIXES, Column, Kind
from reconcile.contract.tables import Extract, Field
from reconcile.contract.warehouse.extracts import PROVENANCE
from reconcile.standardise import addresses, codes, dates, names, numbers
from reconcile.standardise import text as plain

STAGE = "standardise"
"""Value of ``ops.reject.stage`` for the rejects made here."""

REQUIRED = "required"
"""Rule of a required value that is empty."""

Reader = Callable[[pl.LazyFrame, Column], pl.LazyFrame]
"""Adds ``value``, what ``STD_SUFFIXES`` asks for, and where values can be broken ``rule`` to a frame with ``text``."""

_REPEATING = {Kind.DATE, Kind.BIRTH_DATE, Kind.CODE, Kind.BOOLEAN, Kind.AREA, Kind.INTEGER}
"""Kinds with few distinct values: each is read once per frame."""

_PROVENANCE = [column.name for column in PROVENANCE]


@dataclass(frozen=True, slots=True)
class Standardised:
    """A frame of rows after standardising.

    Attributes:
        rows: columns of ``std.<extract>``.
        rejects: columns of ``ops.reject``, one row per broken value.

    """

    rows: pl.DataFrame
    rejects: pl.DataFrame


def codes_of(column: Column) -> CodeSet:
    """Code set of a column of codes or flags."""
    if column.codes is None:
        msg = f"column {column.name}: kind {column.kind} without a code set"
        raise TypeError(msg)
    return column.codes


READERS: dict[Kind, Reader] = {
    Kind.TEXT: lambda values, _: codes.read_text(values),
    Kind.CERTIFICATE: lambda values, _: codes.read_certificate(values),
    Kind.CITIZEN_ID: lambda values, _: numbers.read(values),
    Kind.NAME: lambda values, _: names.read(values),
    Kind.KIN_NAME: lambda values, _: names.read(values, Kind.KIN_NAME),
    Kind.NAMES: lambda values, _: names.read_several(values),
    Kind.ADDRESS: lambda values, _: addresses.read(values),
    Kind.AREA: lambda values, column: codes.read_area(values, column.digits),
    Kind.DATE: lambda values, _: dates.read(values),
    Kind.BIRTH_DATE: lambda values, _: dates.read(values, Kind.BIRTH_DATE),
    Kind.INTEGER: lambda values, _: codes.read_integer(values),
    Kind.BOOLEAN: lambda values, column: codes.read_boolean(values, codes_of(column)),
    Kind.CODE: lambda values, column: codes.read_code(values, codes_of(column)),
}


def column_plan(raw: pl.LazyFrame, column: Column) -> pl.LazyFrame:
    """Plan of one column: its std columns under their names, and ``<name>!`` with the broken rule where the kind has rules."""
    values = raw.select(pl.col(column.name).alias("text"))
    reader = READERS[column.kind]
    if column.kind in _REPEATING:
        read = values.join(reader(values.unique(), column), on="text", how="left", nulls_equal=True, maintain_order="left")
    else:
        read = reader(values, column)
    made = [pl.col(suffix.lstrip("_") or "value").alias(column.name + suffix) for suffix, _, _ in STD_SUFFIXES[column.kind]]
    return read.select(*made, *([pl.col("rule").alias(f"{column.name}!")] if column.kind in _REPEATING else []))


def keys(raw: pl.DataFrame, extract: type[Extract], local: pl.DataFrame) -> pl.DataFrame:
    """Key of each row, as ``standardised`` reads it, and its place; of ``raw`` no other columns are read."""
    given = with_local_codes(raw, extract, local.filter(pl.col("column_name").is_in(extract.key)))
    read = pl.collect_all([column_plan(given.lazy(), extract.fields[name].column).select(name) for name in extract.key])
    return pl.concat([*read, raw.select("_load_id", "_line")], how="horizontal")


def with_local_codes(raw: pl.DataFrame, extract: type[Extract], local: pl.DataFrame) -> pl.DataFrame:
    """Replace codes that the profile of a row's load declares; everything else stays as delivered."""
    for (name,), spellings in local.group_by("column_name", maintain_order=True):
        if name not in extract.fields:
            continue
        meanings = spellings.select(pl.col("load_id").alias("_load_id"), pl.col("local").alias("_local"), "canonical")
        found = raw.select("_load_id", plain.folded(pl.col(str(name))).alias("_local")).join(
            meanings, on=["_load_id", "_local"], how="left", maintain_order="left"
        )
        raw = raw.with_columns(pl.coalesce(found["canonical"], pl.col(str(name))).alias(str(name)))
    return raw


def with_zone(raw: pl.DataFrame, moved: Mapping[str, Mapping[int, str]]) -> pl.DataFrame:
    """Say of the clocks of some columns of some loads of which zone they are."""
    load = pl.col("_load_id")
    stated = [
        pl.when(load.is_in(list(loads)) & (pl.col(name).str.strip_chars() != ""))
        .then(pl.col(name).str.strip_chars() + load.replace_strict(loads, default="", return_dtype=pl.String))
        .otherwise(pl.col(name)).alias(name)
        for name, loads in moved.items()
    ]  # fmt: skip
    return raw.with_columns(stated)


def _without_other_documents(rows: pl.DataFrame, extract: type[Extract]) -> pl.DataFrame:
    """A passport's number that has not the form of a citizen number is no damaged citizen number."""
    if "id_type" not in extract.fields or "citizen_id" not in extract.fields:
        return rows
    foreign = pl.col("id_type").is_in(numbers.OTHER_ID_TYPES) & pl.col("citizen_id_state").is_in(["malformed", "scientific"])
    state = pl.when(foreign).then(pl.lit("other_document")).otherwise("citizen_id_state")
    return rows.with_columns(state.alias("citizen_id_state"))


def raw_rows(raw: pl.DataFrame, extract: type[Extract]) -> pl.Expr:
    """The fields of a raw row as one JSON text."""
    return pl.struct(name for name in extract.fields if name in raw.columns).struct.json_encode()


def rejects(raw: pl.DataFrame, extract: type[Extract], column: str | None, rule: pl.Expr, severity: pl.Expr) -> pl.DataFrame:
    """Rows of ``ops.reject`` for raw rows with one rule each."""
    return raw.select(
        pl.col("_load_id").alias("load_id"),
        pl.lit(extract.name).alias("extract"),
        pl.col("_file").alias("file"),
        pl.col("_line").alias("line"),
        pl.lit(column, pl.String).alias("column_name"),
        rule.alias("rule"),
        severity.alias("severity"),
        raw_rows(raw, extract).alias("raw_row"),
        pl.lit(STAGE).alias("stage"),
    )


def _broken(read: pl.DataFrame, field: Field) -> pl.Series | None:
    """Rule that each value breaks, null where none; None when all are fine."""
    name = field.column.name
    rules = read[f"{name}!"] if f"{name}!" in read.columns else None
    if field.required and read[name].null_count():
        empty = pl.select(pl.when(read[name].is_null()).then(pl.lit(REQUIRED))).to_series()
        rules = empty if rules is None else pl.select(pl.coalesce(rules, empty)).to_series()
    return rules if rules is not None and rules.null_count() < len(rules) else None


def _column_rejects(raw: pl.DataFrame, read: pl.DataFrame, extract: type[Extract]) -> Iterator[pl.DataFrame]:
    for name, field in extract.fields.items():
        found = _broken(read, field)
        if found is not None:
            rows = raw.with_columns(found.alias("_rule")).filter(pl.col("_rule").is_not_null())
            is_row = pl.lit(field.required) & ~pl.col("_rule").is_in(_excused(field))
            yield rejects(rows, extract, name, pl.col("_rule"), pl.when(is_row).then(pl.lit("row")).otherwise(pl.lit("value")))


def _excused(field: Field) -> tuple[str, ...]:
    """Rules that leave a required value empty without taking the row: a person whose birthday nobody knows is a person."""
    return dates.UNSTATED_DAY if field.column.kind is Kind.BIRTH_DATE else ()


def _filled(name: str, field: Field) -> pl.Expr:
    """Whether a required value is there, or excused."""
    excused = _excused(field)
    return (
        (pl.col(name).is_not_null() | pl.col(f"{name}!").is_in(excused).fill_null(value=False)) if excused else pl.col(name).is_not_null()
    )


def standardised(
    raw: pl.DataFrame, extract: type[Extract], local: pl.DataFrame | None = None, moved: Mapping[str, Mapping[int, str]] | None = None
) -> Standardised:
    """Standardise rows of ``raw.<extract>``; ``local`` holds rows of ``ref.profile_code``, ``moved`` is what ``clocks.moved`` found.

    A broken or missing required value rejects the row; a broken optional value becomes null and is listed
    (CONTRACT §2, reading 13).
    """
    given = raw if local is None or local.is_empty() else with_local_codes(raw, extract, local)
    given = with_zone(given, moved) if moved else given
    plans = [column_plan(given.lazy(), field.column) for field in extract.fields.values()]
    return judged(raw, extract, pl.concat(pl.collect_all(plans), how="horizontal"))


def judged(raw: pl.DataFrame, extract: type[Extract], read: pl.DataFrame) -> Standardised:
    """Sort rows whose columns are read, as ``column_plan`` says, into those that stand and what is rejected."""
    broken = pl.concat([rejects(raw.clear(), extract, None, pl.lit("", pl.String), pl.lit("")), *_column_rejects(raw, read, extract)])
    whole = pl.all_horizontal(_filled(name, field) for name, field in extract.fields.items() if field.required)
    columns = [name for name, _, _ in extract.std_columns()]
    rows = read.filter(whole).select(*columns).with_columns(raw.select(_PROVENANCE).filter(read.select(whole).to_series()))
    return Standardised(_without_other_documents(rows, extract), broken)
