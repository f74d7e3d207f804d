"""``link.record``: every record that takes part in linkage in one form, made from the roles of its extract."""

from __future__ import annotations

from reconcile.asked import Compute
from reconcile.contract.columns import COLUMNS, Kind
from reconcile.contract.ddl import quoted
from reconcile.contract.tables import EXTRACTS, ROLES, Extract, Role
from reconcile.link.fields.spellings import SEPARATED
from reconcile.link.jobs import JOBS
from reconcile.standardise.addresses import PARTS
from reconcile.store import Store

RECORD_TYPES = tuple(sorted({name for job in JOBS for name in (*job.left, *job.right)}))
"""Extracts whose records are compared; other events lead to their registration by its key or number."""

_QUOTING = ("police_resident", "police_birth", "health_birth")
"""Extracts whose birth certificate is that of ``link.quoted_certificate``."""

_NAMELESS = "'.之.{0,2}[子女婴孩儿]$'"
"""A newborn called after the mother, 某之子, has no name yet."""

RARE_COLUMNS = tuple(
    dict.fromkeys(
        column
        for role in ROLES.values()
        if role.is_rare
        for column, suffix in role.linked
        # Of what is folded the folded form.
        if suffix == ("_key" if any(suffix == "_key" for _, suffix in role.linked) else "")
    )
)
"""Columns of ``link.record`` that are worth something because few records share a value."""

PLACES = tuple(f"address_{part}" for part in PARTS)
"""Parts of the address, as in ``link.address``."""
HOMES = ("home_village", "home_group", "home_house")
"""The address as far as the village, the group and the house, behind the area; by these people are counted."""
MINOR_YEARS = 18
"""Who is younger than this is a minor (Civil Code of China, article 17)."""
_DAY = "year({0}birth_date) * 10000 + month({0}birth_date) * 100 + day({0}birth_date)"
_YOUNGEST = f"(SELECT max({_DAY.format('')}) FROM std.police_resident WHERE birth_date <= registered_on)"
"""The register's own today: linkage of an unchanged register does not change with the day of the run."""

PART = 1_000_000
"""Records that one processor numbers at once, unless their whole keys are so much alike."""

_SENTENCE = "Every record that takes part in linkage, in one form; reversed and voided rows are left out."
_COMMENTS = {
    "address_key": "Address, folded for matching, never shown.",
    "area_code": "Area of the address, 6 digits.",
    "birth_date_partial": "What is known of a birth date without a day: YYYY-MM or YYYY.",
    "certificate_no": "Number of the death or birth certificate the record is, or quotes.",
    "is_minor": "Whether the person is under 18 years old when the youngest of the register is born.",
    "home_village": "Area and village, street or estate, by which people are counted.",
    "home_group": "The same with the group.",
    "home_house": "The same with the house.",
    "malformed_id": "A citizen number that has not the form of one, as it was written.",
    "name_sound": "How the name sounds, as in link.name.",
} | dict.fromkeys(PLACES, "Part of the address, as in link.address.")


def declare(store: Store) -> None:
    """Make the view, and the one it builds on."""
    store.run_file("link/quoted_certificate")
    store.execute(view())


def number(asked: Compute) -> None:
    """Make ``numbered_record``: every record of ``link.record`` with its ``record_no``, dense from 1 in the order of types and keys."""
    keys = " UNION ALL ".join(f"SELECT record_type, record_key FROM ({_arm(EXTRACTS[name])}) AS {name}" for name in RECORD_TYPES)
    asked.keep("record_key", keys)
    begin, longest = 1, asked.frame("SELECT coalesce(max(length(record_key)), 0) AS longest FROM record_key").item()
    while begin < longest and _largest_part(asked, begin) > PART:
        begin += 2
    asked.run_file("link/record", begin=begin)


def _largest_part(asked: Compute, begin: int) -> int:
    """Records of the part that most share, where a part begins with the same characters."""
    part = "SELECT count(*) AS records FROM record_key GROUP BY record_type, left(record_key, $begin)"
    return asked.frame(f"SELECT coalesce(max(records), 0) AS records FROM ({part}) AS part", begin=begin).item()


def view() -> str:
    """Statements that make ``link.record`` and say what it is."""
    arms = " UNION ALL ".join(_arm(EXTRACTS[name]) for name in RECORD_TYPES)
    placed = (f"coalesce(stated.area_code, '') || ' ' || placed.{column} AS {column}" for column in HOMES)
    is_minor = f"{_DAY.format('stated.')} > {_YOUNGEST} - {MINOR_YEARS * 10000} AS is_minor"
    columns = ", ".join(("stated.*", is_minor, "known.name_sound", *(f"placed.{column}" for column in PLACES), *placed))
    select = f"""
        SELECT {columns} FROM ({arms}) AS stated
        LEFT JOIN link.name AS known ON stated.name_key = known.name_key
        LEFT JOIN link.address AS placed ON stated.address_key = placed.address_key"""
    comments = (f"COMMENT ON COLUMN link.record.{column} IS {quoted(note)}" for column, note in _COMMENTS.items())
    return "; ".join([f"CREATE OR REPLACE VIEW link.record AS {select}", f"COMMENT ON VIEW link.record IS {quoted(_SENTENCE)}", *comments])


def stated_names() -> str:
    """Query of record_type, folded name and whether it was written with a separator, of every record, also of those that take no part."""
    named = ((name, EXTRACTS[name].column_of("name")) for name in RECORD_TYPES)
    return " UNION ALL ".join(
        f"SELECT {quoted(name)} AS record_type, {column}_key AS name_key, "
        f"coalesce(regexp_matches({column}, {quoted(SEPARATED)}), FALSE) AS is_separated FROM std.{name}"
        for name, column in named
    )


def stated_addresses() -> str:
    """Query of the folded address of every record."""
    stated = ((name, EXTRACTS[name].column_of("address_text")) for name in RECORD_TYPES)
    return " UNION ALL ".join(f"SELECT {column}_key AS address_key FROM std.{name}" for name, column in stated if column)


def _arm(extract: type[Extract]) -> str:
    """Records of one extract."""
    (key,) = extract.key
    columns = {
        column: _value(extract, role, suffix) or f"CAST(NULL AS {role.std_types()[suffix]})"
        for role in ROLES.values()
        for column, suffix in role.linked
    }
    source, void = f"std.{extract.name}", extract.column_of("void")
    standing = f"NOT {void}" if void else "TRUE"
    number = extract.column_of("citizen_id")
    if number is None:
        columns["citizen_id_state"] = "'missing'"
    columns["malformed_id"] = f"CASE WHEN {number}_state = 'malformed' THEN {number}_raw END" if number else "CAST(NULL AS VARCHAR)"
    if extract.name in _QUOTING:
        columns["certificate_no"] = "quoted.certificate_no"
        source += (
            f" LEFT JOIN link.quoted_certificate AS quoted ON quoted.record_type = {quoted(extract.name)} AND quoted.record_key = {key}"
        )
    if extract.name == "health_birth":
        standing = f"quoted.certificate_no = {key}"
    listed = ", ".join(f"{value} AS {column}" for column, value in columns.items())
    return f"SELECT {quoted(extract.name)} AS record_type, {key} AS record_key, {listed} FROM {source} WHERE {standing}"


def _value(extract: type[Extract], role: Role, suffix: str) -> str | None:
    """What an extract puts into a column of the view."""
    column = extract.column_of(role.name)
    if column is None:
        return None
    if role.kind is Kind.AREA and COLUMNS[column].digits != (6,):
        # The code of a station begins with its county.
        return f"left({column}, 6)"
    if column == "child_name" and suffix:
        return f"CASE WHEN NOT regexp_matches({column}{suffix}, {_NAMELESS}) THEN {column}{suffix} END"
    return f"{column}{suffix}"
