"""The eleven extracts, one class each; readers, DDL, checks, headers and the data dictionary derive from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reconcile.contract.columns import COLUMNS, STD_SUFFIXES, Column, Kind


class Mode(StrEnum):
    """How a later delivery meets what is already loaded."""

    SNAPSHOT = "snapshot"
    APPEND = "append"


@dataclass(frozen=True, slots=True)
class Role:
    """A part that a column plays, under one name in every extract; a column of that name plays it unless the extract names another.

    Attributes:
        name: name of the role.
        kind: kind of the columns that play it.
        linked: columns of ``link.record`` and the suffix of the column in ``std`` that fills each; none where linkage does not read it.
        is_beside: whether it stands beside a finding, compared with the register's.
        is_rare: whether few records share a value, so that one that many carry stands for unknown.

    """

    name: str
    kind: Kind
    linked: tuple[tuple[str, str], ...] = ()
    is_beside: bool = False
    is_rare: bool = False

    def std_types(self) -> dict[str, str]:
        """Suffix → DuckDB type of the columns that it is in ``std``."""
        return {suffix: sql_type for suffix, sql_type, _ in STD_SUFFIXES[self.kind]}


def _role(name: str, *suffixes: str, kind: Kind | None = None, linked_as: str = "", beside: bool = False, rare: bool = False) -> Role:
    linked = tuple((f"{linked_as or name}{suffix}", suffix) for suffix in suffixes)
    return Role(name, kind or COLUMNS[name].kind, linked, beside, rare)


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        _role("name", "", "_key", beside=True, rare=True),
        _role("former_names", "_key", beside=True, rare=True),
        _role("citizen_id", "", "_state", beside=True, rare=True),
        _role("sex", "", beside=True),
        _role("birth_date", "", "_partial", beside=True, rare=True),
        _role("father_name", "_key", beside=True, rare=True),
        _role("father_id", "", beside=True, rare=True),
        _role("mother_name", "_key", beside=True, rare=True),
        _role("mother_id", "", beside=True, rare=True),
        _role("spouse_name", "_key", beside=True, rare=True),
        _role("spouse_id", "", beside=True, rare=True),
        _role("address_text", "_key", linked_as="address", beside=True, rare=True),
        _role("death_date", "", beside=True),
        _role("death_cert_no", "", linked_as="certificate_no", beside=True, rare=True),
        _role("area_code", "", kind=Kind.AREA),
        _role("age", ""),
        _role("station_code"),
        _role("registered_on"),
        _role("reported_on"),
        _role("event_on", kind=Kind.DATE),
        _role("void", kind=Kind.BOOLEAN),
    )
}
"""Name → role, in the order people read them. ``event_on`` is the day it happened, ``void`` says that a row takes no part."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the vocabulary as it stands in one extract."""

    column: Column
    required: bool


def _declare(names: str, *, required: bool) -> tuple[Field, ...]:
    return tuple(Field(COLUMNS[name], required) for name in names.split())


def _played(roles: str, fields: dict[str, Field]) -> dict[str, str]:
    return {ROLES[role].name: fields[column].column.name for role, column in (part.split("=") for part in roles.split())}


class Extract:
    """One kind of delivery.

    A subclass states ``agency``, ``mode``, ``key``, ``required`` and ``optional`` (names of the vocabulary, in the
    order of the contract); ``fields`` follows. ``roles`` names, as ``role=column``, the columns that play a role of another name
    (``played``). Defining the subclass registers it.

    Raises:
        KeyError: when a subclass names a column that the vocabulary does not have, a role that is none, or in a role a column that
            it does not have.

    """

    name: ClassVar[str]
    agency: ClassVar[str]
    chinese: ClassVar[str]
    mode: ClassVar[Mode]
    key: ClassVar[tuple[str, ...]]
    required: ClassVar[str]
    optional: ClassVar[str] = ""
    roles: ClassVar[str] = ""
    is_mandatory: ClassVar[bool] = False
    fields: ClassVar[dict[str, Field]]
    played: ClassVar[dict[str, str]]
    registry: ClassVar[dict[str, type[Extract]]] = {}

    def __init_subclass__(cls, name: str) -> None:
        """Derive ``fields`` and register the extract under its name."""
        cls.name = name
        declared = _declare(cls.required, required=True) + _declare(cls.optional, required=False)
        cls.fields = {field.column.name: field for field in declared}
        cls.played = _played(cls.roles, cls.fields)
        Extract.registry[name] = cls

    @classmethod
    def sentence(cls) -> str:
        """First line of the docstring: what the extract is."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    @classmethod
    def column_of(cls, role: str) -> str | None:
        """Column that plays a role; of what is no role the column of that name; None where the extract has none."""
        column = cls.played.get(role, role)
        return column if column in cls.fields else None

    @classmethod
    def told_by(cls) -> tuple[str, ...]:
        """Columns that say whom a row is about: name and birth date, and the mother's name where the person may have none yet."""
        name = cls.column_of("name")
        is_named = name is not None and cls.fields[name].required
        roles = ("name", "birth_date") if is_named else ("name", "mother_name", "birth_date")
        return tuple(column for column in map(cls.column_of, roles) if column)

    @classmethod
    def std_columns(cls) -> list[tuple[str, str, str]]:
        """Columns of ``std.<extract>`` derived from the fields: name, DuckDB type, sentence."""
        columns: list[tuple[str, str, str]] = []
        for field in cls.fields.values():
            columns += [
                (name, sql_type, " ".join(filter(None, (field.column.sentence, note))))
                for name, sql_type, note in field.column.std_columns()
            ]
        return columns


class PoliceResident(Extract, name="police_resident"):
    """The police resident register: every registration, active or cancelled."""

    agency, chinese, mode, key = "police", "常住人口登记", Mode.SNAPSHOT, ("registration_id",)
    is_mandatory = True
    required = "registration_id name sex birth_date household_no station_code"
    optional = (
        "citizen_id former_names household_kind relation_to_head community_code address_text urban_rural_code "
        "father_name father_id mother_name mother_id spouse_name spouse_id registered_on registration_kind "
        "id_card_issued_on cancel_kind cancelled_on"
    )
    roles = "area_code=station_code"


class PoliceBirth(Extract, name="police_birth"):
    """Births registered by the police."""

    agency, chinese, mode, key = "police", "出生登记", Mode.APPEND, ("event_id",)
    required = "event_id name sex birth_date station_code registered_on"
    optional = (
        "registration_id citizen_id household_no father_name father_id mother_name mother_id registration_kind birth_cert_no reversed"
    )
    roles = "area_code=station_code event_on=registered_on void=reversed"


class PoliceDeath(Extract, name="police_death"):
    """Registrations cancelled by the police for death."""

    agency, chinese, mode, key = "police", "死亡注销", Mode.APPEND, ("event_id",)
    required = "event_id name death_date station_code registered_on"
    optional = "registration_id citizen_id sex birth_date death_cert_no reversed"
    roles = "event_on=registered_on void=reversed"


class PoliceMoveIn(Extract, name="police_move_in"):
    """Moves into a household in scope."""

    agency, chinese, mode, key = "police", "迁入登记", Mode.APPEND, ("event_id",)
    required = "event_id name moved_in_on station_code"
    optional = (
        "registration_id citizen_id sex birth_date household_no urban_rural_code origin_code origin_text permit_no certificate_no "
        "move_reason reversed"
    )
    roles = "event_on=moved_in_on void=reversed"


class PoliceMoveOut(Extract, name="police_move_out"):
    """Moves out of a household in scope."""

    agency, chinese, mode, key = "police", "迁出登记", Mode.APPEND, ("event_id",)
    required = "event_id name moved_out_on station_code"
    optional = (
        "registration_id citizen_id sex birth_date household_no urban_rural_code destination_code destination_text permit_no "
        "certificate_no move_reason reversed"
    )
    roles = "event_on=moved_out_on void=reversed"


class HealthBirth(Extract, name="health_birth"):
    """Birth certificates issued by hospitals."""

    agency, chinese, mode, key = "health", "出生医学证明", Mode.APPEND, ("birth_cert_no",)
    required = "birth_cert_no sex birth_date mother_name issued_on"
    optional = (
        "child_name birth_order mother_id mother_address_code mother_address_text father_name father_id issue_kind replaces_cert_no voided"
    )
    roles = "name=child_name address_text=mother_address_text area_code=mother_address_code event_on=issued_on void=voided"


class HealthDeath(Extract, name="health_death"):
    """Death certificates reported by health institutions."""

    agency, chinese, mode, key = "health", "死亡医学证明", Mode.APPEND, ("death_cert_no",)
    required = "death_cert_no name death_date reported_on"
    optional = "citizen_id id_type sex birth_date age registered_address_code registered_address_text voided"
    roles = "address_text=registered_address_text area_code=registered_address_code void=voided"


class CivilCremation(Extract, name="civil_cremation"):
    """Cremations recorded by funeral parlours."""

    agency, chinese, mode, key = "civil_affairs", "火化登记", Mode.APPEND, ("cremation_cert_no",)
    required = "cremation_cert_no name death_date cremated_on"
    optional = "citizen_id sex birth_date age death_cert_no parlour_code registered_address_code registered_address_text"
    roles = "address_text=registered_address_text area_code=registered_address_code event_on=cremated_on"


class RelocationRoll(Extract, name="relocation_roll"):
    """Persons rehoused by the relocation programme."""

    agency, chinese, mode, key = "resettlement", "搬迁花名册", Mode.SNAPSHOT, ("roll_no",)
    required = "roll_no name relocated_on resettlement_station_code"
    optional = "citizen_id sex birth_date"
    roles = "station_code=resettlement_station_code event_on=relocated_on"


class Station(Extract, name="station"):
    """Police stations in scope; their counties are the scope of the work."""

    agency, chinese, mode, key = "reference", "派出所", Mode.SNAPSHOT, ("station_code",)
    is_mandatory = True
    required = "station_code station_name county_code county_name"


class VerificationResult(Extract, name="verification_result"):
    """Answers of the stations: returned worklists."""

    agency, chinese, mode, key = "police", "核实结果", Mode.APPEND, ("finding_id", "verified_on")
    required = "finding_id outcome verified_on"
    optional = "station_code method verified_by note"


EXTRACTS: dict[str, type[Extract]] = Extract.registry
"""Name → extract, in the order of the contract."""
