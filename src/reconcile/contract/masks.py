"""What the masked publication shows of each column: one rule for each privacy class and kind, the rest by the name of the column.

A text column that nothing here knows is left out: who adds one says whether it may be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from reconcile.contract.columns import COLUMNS, STD_SUFFIXES, Column, Kind, Personal
from reconcile.contract.tables import EXTRACTS
from reconcile.contract.unstated import DOUBLE_SURNAMES


class Mask(StrEnum):
    """What is shown instead of a value; an empty one stays empty."""

    KEEP = "the value"
    LAST_FOUR = "the last four characters of a number"
    SURNAME = "the surname and 某; of a name of several segments the first character"
    YEAR = "the year; as a date its first day"
    MONTH = "the month, as its first day; of a text the year"
    COUNTY = "the county of the address, by its code"
    ALIAS = "the same 16 characters wherever the key stands, made with the key of the finding numbers"
    OUT = "nothing"


_COMPOUND = f"{DOUBLE_SURNAMES}|歐陽|司馬|諸葛"
_YEAR = "'^\\s*(1[89]|20)\\d\\d(\\D.*|\\d{4}(\\D.*)?)?$'"
_SQL: dict[Mask, str] = {
    Mask.KEEP: "@",
    Mask.LAST_FOUR: "CASE WHEN length(@) >= 15 THEN '…' || right(@, 4) WHEN @ <> '' THEN '…' END",
    Mask.SURNAME: f"CASE WHEN @ <> '' THEN CASE WHEN regexp_matches(@, '^({_COMPOUND}).') THEN left(@, 2) ELSE left(@, 1) END || '某' END",
    Mask.YEAR: f"CASE WHEN regexp_matches(@, {_YEAR}) THEN left(trim(@), 4) WHEN @ <> '' THEN '…' END",
    Mask.COUNTY: "CASE WHEN @ <> '' THEN '…' END",
    Mask.ALIAS: "CASE WHEN @ <> '' THEN left(sha256($salt || @), 16) END",
    Mask.OUT: "NULL",
}
_SQL[Mask.MONTH] = _SQL[Mask.YEAR]
_OF_DATES = {Mask.YEAR: "date_trunc('year', @)", Mask.MONTH: "date_trunc('month', @)"}

BY_CLASS: Mapping[Personal, Mapping[Kind, Mask]] = {
    Personal.NONE: {Kind.CERTIFICATE: Mask.ALIAS},
    Personal.PSEUDONYM: {Kind.CERTIFICATE: Mask.ALIAS},
    Personal.IDENTIFIER: {Kind.CITIZEN_ID: Mask.LAST_FOUR, Kind.CERTIFICATE: Mask.ALIAS},
    Personal.NAME: {Kind.NAME: Mask.SURNAME, Kind.KIN_NAME: Mask.SURNAME, Kind.NAMES: Mask.SURNAME},
    Personal.QUASI: {Kind.BIRTH_DATE: Mask.YEAR, Kind.DATE: Mask.YEAR, Kind.ADDRESS: Mask.COUNTY},
    Personal.SENSITIVE: {Kind.DATE: Mask.MONTH, Kind.CERTIFICATE: Mask.ALIAS, Kind.TEXT: Mask.OUT},
}
"""Privacy class → kind → what is shown; codes and whole numbers, and keys that only the register can resolve, are shown."""

_CLASS_OF: dict[Mask, Personal] = {
    Mask.KEEP: Personal.NONE,
    Mask.LAST_FOUR: Personal.IDENTIFIER,
    Mask.SURNAME: Personal.NAME,
    Mask.YEAR: Personal.QUASI,
    Mask.MONTH: Personal.SENSITIVE,
    Mask.COUNTY: Personal.QUASI,
    Mask.ALIAS: Personal.PSEUDONYM,
    Mask.OUT: Personal.SENSITIVE,
}
"""Privacy class of a column that is not of the vocabulary, by what is shown of it."""

_AREA_OF = {
    "address_text": "station_code",
    "registered_address_text": "registered_address_code",
    "mother_address_text": "mother_address_code",
    "origin_text": "origin_code",
    "destination_text": "destination_code",
}
"""Address → column of the same row whose first six digits are its county."""

_TYPE_OF = {"record_key": "record_type", "left_key": "left_type", "right_key": "right_type"}
_SHOWN_KEYS = sorted(
    extract.name
    for extract in EXTRACTS.values()
    if all(extract.fields[column].column.kind is not Kind.CERTIFICATE for column in extract.key)
)
"""Extracts whose keys are no certificate numbers."""

_BY_NAME: dict[str, Mask] = {
    "activity_on": Mask.MONTH,
    "birth_date_partial": Mask.YEAR,
    **dict.fromkeys(("cremation_key", "death_id", "health_key", "in_force_no"), Mask.ALIAS),
    "name_sound": Mask.SURNAME,
    **dict.fromkeys(
        ("about", "decided_by", "detail", "raw_row", "reason", "register_value", "source_value", "suggestion", "value"), Mask.OUT
    ),
    **{f"address_{part}": Mask.OUT for part in ("key", "town", "village", "street", "group", "house")},
    **{f"home_{part}": Mask.OUT for part in ("village", "group", "house")},
}
_NAMES = (
    "_file account address_county after agency area_code agreement base_id before canonical change code code_set column_name command contract decision delimiter digest encoding "
    "explanation extract field file finding_id finding_type fingerprint from_station how ignored_columns job kept key_check kind label "
    "learned_from left_key left_type level local made made_before meaning message move_in_id move_out_id origin_id outcome other_id other_key part pass passes person_id "
    "program recipient record_type refused_columns right_key right_type role rows rule run_id scope seal sentence settings severity sha256 stage status "
    "subject table_name tier to_column to_station to_table variant verdict version veto why words"
)
_OF_STATISTICS = (
    "age_band check_name event from_county lacks_before lacks_births lacks_deaths lacks_moves_in lacks_moves_out lacks_stock measure missing "
    "missing_target movement origin_urban_rural place reading score to_county urban_rural"
)
_SHOWN = frozenset(f"{_NAMES} {_OF_STATISTICS}".split())
_HISTORY = (
    "CASE WHEN change IN ('open', 'reopened', 'confirmed', 'dismissed', 'undetermined', 'resolved', 'tier', 'station_code') THEN detail END"
)
"""A status, two tiers or two stations, which ``find.change`` reads; of other changes the detail may hold keys."""
_OF_TABLES = {
    ("link.name", "name_key"): Mask.OUT,  # else a view that looks up a name would find all of that surname
    ("ops.metric", "name"): Mask.KEEP,
}


def known(table: str, column: str) -> Mask | None:
    """What is shown of a text or date column; None where nobody has said."""
    if (table, column) in _OF_TABLES:
        return _OF_TABLES[table, column]
    if column in _BY_NAME:
        return _BY_NAME[column]
    declared = _declared(column)
    if declared is not None:
        return BY_CLASS[declared.personal].get(declared.kind, Mask.KEEP)
    if column in _TYPE_OF and column not in _SHOWN:
        return Mask.ALIAS
    return Mask.KEEP if column in _SHOWN or column.endswith(("_level", "_state")) else None


def shown(table: str, columns: Mapping[str, str]) -> str:
    """SQL for what the masked publication shows of a row: name → type of the columns of its table, in order."""
    return ", ".join(expression(table, name, sql_type, columns) for name, sql_type in columns.items())


def expression(table: str, column: str, sql_type: str, there: Collection[str]) -> str:
    """SQL for what the masked publication shows of a column; ``there`` are the columns of its table. Names ``$salt`` where it makes tokens."""
    quoted = f'"{column}"'
    if sql_type not in ("VARCHAR", "DATE") or column.endswith("_state"):
        return quoted
    if (table, column) == ("find.history", "detail"):
        return _HISTORY
    if column in _TYPE_OF and _TYPE_OF[column] in there:
        shown = ", ".join(f"'{name}'" for name in _SHOWN_KEYS)
        return f"CASE WHEN {_TYPE_OF[column]} IN ({shown}) THEN {quoted} ELSE {_SQL[Mask.ALIAS].replace('@', quoted)} END"
    mask = known(table, column) or (Mask.OUT if sql_type == "VARCHAR" else Mask.KEEP)
    if sql_type == "DATE":
        return f"CAST({_OF_DATES.get(mask, '@').replace('@', quoted)} AS DATE)"
    area = _AREA_OF.get(column.removesuffix("_key"))
    if mask is Mask.COUNTY and area in there:
        return f"CASE WHEN {quoted} <> '' THEN coalesce(left({area}, 6), '…') END"
    return _SQL[mask].replace("@", quoted)


def _declared(column: str) -> Column | None:
    """The column of the vocabulary that a column of ``std`` or ``raw`` comes from."""
    if column in COLUMNS:
        return COLUMNS[column]
    suffixes = sorted({suffix for columns in STD_SUFFIXES.values() for suffix, _, _ in columns if suffix}, key=len, reverse=True)
    names = (column.removesuffix(suffix) for suffix in suffixes if column.endswith(suffix))
    return next((COLUMNS[name] for name in names if name in COLUMNS), None)


def privacy(table: str, column: str, sql_type: str) -> str:
    """Privacy class of a column: that of the vocabulary, else what its mask says; a figure or a flag is not personal."""
    declared = _declared(column)
    if declared is not None:
        return declared.personal.name.lower()
    if sql_type not in ("VARCHAR", "DATE") or column.endswith("_state"):
        return Personal.NONE.name.lower()
    mask = known(table, column) or (Mask.OUT if sql_type == "VARCHAR" else Mask.KEEP)
    if mask is Mask.KEEP and column in _TYPE_OF:
        return Personal.PSEUDONYM.name.lower()
    return _CLASS_OF[mask].name.lower()
