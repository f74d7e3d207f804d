"""What stands beside a finding: field by field, the register's value, the other record's, and how far they agree.

Which fields a record has, and how they are shown and compared, derives from the contract; levels and weights are
those of the linkage where it compared the two records, and a plain comparison where it did not.
"""

from __future__ import annotations

import polars as pl

from reconcile.asked import Readable
from reconcile.contract.columns import COLUMNS, Kind
from reconcile.contract.tables import EXTRACTS, ROLES, Extract
from reconcile.contract.warehouse import find
from reconcile.findings.raising.rules import Rule
from reconcile.findings.records import among
from reconcile.link import fields
from reconcile.link.fields import plain, sex

FIELDS = tuple(role.name for role in ROLES.values() if role.is_beside)
"""What is compared, in the order people read it: each extract's columns under the names of their roles."""

_DAYS = {column: None for role in ("registered_on", "event_on") for extract in EXTRACTS.values() if (column := extract.column_of(role))}
STATED = (*(field for field in FIELDS if field != "address_text"), *_DAYS)
"""What a change of makes a dismissed finding a question again."""

NUMBER_FIELDS = ("citizen_id", "birth_date", "sex")
"""The same where a registration is compared with its own number."""

RECORD = "record"
"""Field of ``find.stated`` that only says that a record is there."""

_COLUMN_OF = {field.name: field.column for field in fields.FIELDS}
"""Field of the linkage → the column it stands beside."""

_VALUES = {"record_type": pl.String, "record_key": pl.String, "field": pl.String, "value": pl.String, "compared": pl.String}
_LEVELS = {"left_type": pl.String, "left_key": pl.String, "right_type": pl.String, "right_key": pl.String, "field": pl.String}
_LEVEL = {**_LEVELS, "level": pl.String, "weight": pl.Float64}
EVIDENCE = find.EVIDENCE.polars()
"""Columns of ``find.evidence``; the record is the other one, the register's side is the finding's first subject."""


def of_records(store: Readable, members: pl.DataFrame) -> pl.DataFrame:
    """Compare the first subject of each finding with each of its other records.

    ``members`` has finding_id, record_type, record_key and is_lead.
    """
    key = ["finding_id", "record_type", "record_key"]
    lead = members.filter("is_lead").select("finding_id", lead_type="record_type", lead_key="record_key")
    pairs = members.filter(~pl.col("is_lead")).select(key).join(lead, on="finding_id")
    values = values_of(store, members.select("record_type", "record_key").unique())
    register = values.rename(
        {"record_type": "lead_type", "record_key": "lead_key", "value": "register_value", "compared": "register_compared"}
    )
    fields = pl.DataFrame({"field": FIELDS})
    rows = (
        pairs.join(fields, how="cross")
        .join(register, on=["lead_type", "lead_key", "field"], how="left")
        .join(values.rename({"value": "source_value"}), on=["record_type", "record_key", "field"], how="left")
        .filter(pl.any_horizontal(pl.col("register_value", "source_value").is_not_null()))
        .join(
            _levels(store, pairs).rename(
                {"left_type": "lead_type", "left_key": "lead_key", "right_type": "record_type", "right_key": "record_key"}
            ),
            on=["lead_type", "lead_key", "record_type", "record_key", "field"],
            how="left",
        )
    )
    rows = rows.with_columns(_registered_death("register_value", "source_value"), _registered_death("register_compared", "compared"))
    register_side, source_side = pl.col("register_compared"), pl.col("compared")
    plainly = plain.agreement(register_side, source_side, register_side.is_null() | source_side.is_null())
    return rows.with_columns(agreement=pl.coalesce("level", plainly)).select(*EVIDENCE)


def _registered_death(register: str, source: str) -> pl.Expr:
    """The register has no date of death: what the police registered as an event stands beside that of another source."""
    is_police = pl.col("record_type") == "police_death"
    police = pl.col(source).filter(is_police).max().over("finding_id", "field")
    known = pl.when(pl.col("field") == "death_date", ~is_police).then(police)
    return pl.coalesce(register, known).alias(register)


def stated(store: Readable, rules: list[Rule], members: pl.DataFrame) -> pl.DataFrame:
    """What each record of the findings says, field by field in compared form (columns of ``find.stated``), and that it is there."""
    by_number = [rule.finding_type for rule in rules if rule.compare == "number"]
    member = members.select("finding_id", "finding_type", "record_type", "record_key")
    value = pl.coalesce("compared", pl.col("value").str.strip_chars().str.to_uppercase())
    values = values_of(store, member.select("record_type", "record_key").unique(), STATED).with_columns(value=value)
    is_asked = pl.col("field").is_in(NUMBER_FIELDS) | ~pl.col("finding_type").is_in(by_number)
    values_stated = member.join(values, on=["record_type", "record_key"]).filter(is_asked, pl.col("value").fill_null("") != "")
    columns = ["finding_id", "record_type", "record_key", "field", "value"]
    there = member.with_columns(field=pl.lit(RECORD), value=pl.lit(""))
    return pl.concat([there.select(columns), values_stated.select(columns)]).unique().sort(columns)


def of_numbers(store: Readable, members: pl.DataFrame) -> pl.DataFrame:
    """Compare what a registration states with what its own number says: birth date and sex."""
    wanted = members.filter("is_lead").select("finding_id", "record_type", "record_key")
    rows = wanted.join(_resident(store, wanted), on="record_key")
    number = pl.col("citizen_id")
    numeric_sex = number.str.slice(16, 1).str.to_integer(strict=False, dtype=pl.Int8) % 2
    by_field = {
        "citizen_id": (pl.coalesce("citizen_id_raw", "citizen_id"), pl.lit(None, pl.String), pl.col("citizen_id_state")),
        "birth_date": (pl.col("birth_date").cast(pl.String), number.str.replace(r"^.{6}(.{4})(..)(..).*$", "$1-$2-$3"), None),
        "sex": (pl.col("sex"), pl.when(numeric_sex == 1).then(pl.lit("1")).when(numeric_sex == 0).then(pl.lit("2")), None),
    }
    parts = [
        rows.with_columns(field=pl.lit(field), register_value=register, source_value=source, weight=pl.lit(None, pl.Float64)).with_columns(
            agreement=state if state is not None else _plain_agreement()
        )
        for field, (register, source, state) in by_field.items()
    ]
    frame = pl.concat([part.select(*EVIDENCE) for part in parts])
    return _show_sex(frame, "register_value", "source_value").filter(
        pl.any_horizontal(pl.col("register_value", "source_value").is_not_null())
    )


def collect(store: Readable, rules: list[Rule], members: pl.DataFrame) -> pl.DataFrame:
    """Evidence of all findings, sorted; ``members`` also has finding_type."""
    by_number = [rule.finding_type for rule in rules if rule.compare == "number"]
    is_number = pl.col("finding_type").is_in(by_number)
    frame = pl.concat([of_records(store, members.filter(~is_number)), of_numbers(store, members.filter(is_number))])
    order = pl.col("field").replace_strict(list(FIELDS), list(range(len(FIELDS))))
    return frame.sort("finding_id", "record_type", "record_key", order)


def _plain_agreement() -> pl.Expr:
    register, source = pl.col("register_value"), pl.col("source_value")
    unstated = (pl.col("field") == "sex") & register.is_in(sex.UNSTATED)
    return plain.agreement(register, source, register.is_null() | source.is_null() | unstated)


def _show_sex(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    labels = COLUMNS["sex"].codes.known if COLUMNS["sex"].codes else {}
    shown = [
        pl.when(pl.col("field") == "sex").then(pl.col(column).replace(labels)).otherwise(pl.col(column)).alias(column) for column in columns
    ]
    return frame.with_columns(shown)


def _resident(store: Readable, wanted: pl.DataFrame) -> pl.DataFrame:
    columns = "registration_id AS record_key, citizen_id, citizen_id_raw, citizen_id_state, birth_date, sex"
    return among(store, f"SELECT {columns} FROM std.police_resident AS record", "record.registration_id", wanted)


def values_of(store: Readable, records: pl.DataFrame, fields: tuple[str, ...] = FIELDS) -> pl.DataFrame:
    """Shown and compared value of each field of the records, one row each: text."""
    parts = [
        _extract_values(store, EXTRACTS[str(record_type)], wanted, fields)
        for (record_type,), wanted in records.partition_by("record_type", as_dict=True).items()
        if record_type in EXTRACTS
    ]
    return _show_sex(pl.concat([pl.DataFrame(schema=_VALUES), *parts]), "value")


def _extract_values(store: Readable, extract: type[Extract], wanted: pl.DataFrame, fields: tuple[str, ...]) -> pl.DataFrame:
    (key,) = extract.key
    rows = among(store, f"SELECT * FROM std.{extract.name} AS record", f"record.{key}", wanted)
    parts = [pl.DataFrame(schema=_VALUES)]
    for field in fields:
        name = extract.column_of(field)
        if name is None:
            continue
        shown, compared = _expressions(name, extract.fields[name].column.kind)
        part = rows.select(
            record_type=pl.lit(extract.name),
            record_key=pl.col(key),
            field=pl.lit(field),
            value=shown.cast(pl.String),
            compared=compared,
        )
        parts.append(part)
    return pl.concat(parts)


def _expressions(name: str, kind: Kind) -> tuple[pl.Expr, pl.Expr]:
    """How a column is shown, and what of it is compared."""
    column = pl.col(name)
    match kind:
        case Kind.CITIZEN_ID:
            return pl.coalesce(f"{name}_raw", name), column
        case Kind.NAME | Kind.KIN_NAME | Kind.NAMES | Kind.ADDRESS:
            return column, pl.col(f"{name}_key")
        case Kind.CODE:
            return column, pl.when(~column.is_in(sex.UNSTATED) | (pl.lit(name) != "sex")).then(column)
        case _:
            return column, column.cast(pl.String)


def _levels(store: Readable, pairs: pl.DataFrame) -> pl.DataFrame:
    """Levels and weights of the linkage for these pairs, whichever record stands left there."""
    tables = store.frame(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'link' AND suffix(table_name, '_pair') ORDER BY 1"
    )
    keys = pairs["lead_key"].unique().to_list()
    parts = [_table_levels(store, str(table), keys) for table in tables["table_name"]]
    found = pl.concat([pl.DataFrame(schema=_LEVEL), *parts])
    turned = {"left_type": "right_type", "left_key": "right_key", "right_type": "left_type", "right_key": "left_key"}
    both = pl.concat([found, found.rename(turned).select(*_LEVEL)])
    return both.unique(list(_LEVELS), keep="first", maintain_order=True)


def _table_levels(store: Readable, table: str, keys: list[str]) -> pl.DataFrame:
    wide = store.frame(
        f"SELECT * FROM link.{table} WHERE left_key IN (SELECT unnest(CAST($keys AS VARCHAR[]))) "
        "OR right_key IN (SELECT unnest(CAST($keys AS VARCHAR[]))) ORDER BY ALL",
        keys=keys,
    )
    fields = [column.removesuffix("_level") for column in wide.columns if column.endswith("_level")]
    parts = [
        wide.select(
            "left_type",
            "left_key",
            "right_type",
            "right_key",
            field=pl.lit(_COLUMN_OF.get(field, field)),
            level=pl.col(f"{field}_level"),
            weight=pl.col(f"{field}_weight"),
        )
        for field in fields
    ]
    return pl.concat([pl.DataFrame(schema=_LEVEL), *parts])
