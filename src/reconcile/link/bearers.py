"""How many registrations bear a value: a value is as strong as it is rare, whoever wrote it and whatever it says.

Words that stand for unknown are taken out before; a word that no list has falls out here, because many bear it.
"""

from __future__ import annotations

from reconcile.asked import Compute
from reconcile.link.fields.level import FREQUENCIES

SCOPES = {
    "name": "name_key",
    "formerly": "former_names_key",
    "father": "father_name_key",
    "mother": "mother_name_key",
    "spouse": "spouse_name_key",
    "home_village": "home_village",
    "home_group": "home_group",
    "home_house": "home_house",
}
"""What is counted → the column of ``link.record`` that holds it. Names are counted by decade of birth as well."""
BY_DECADE = ("name",)
_DECADE = "CAST(year({}birth_date) // 10 * 10 AS INTEGER)"


def count(asked: Compute) -> None:
    """Fill ``link.value_frequency`` with the values that are not rare, and ``link.value_spread``; one pass over the register a scope."""
    asked.execute("DELETE FROM link.value_frequency; DELETE FROM link.value_spread")
    for scope, column in SCOPES.items():
        if scope in BY_DECADE:
            _count(asked, scope, column, _DECADE.format(""), "birth_date IS NOT NULL")
            _spread(asked, scope)
        _count(asked, scope, column, "CAST(NULL AS INTEGER)", "TRUE")
        if scope not in BY_DECADE:
            _spread(asked, scope)
    asked.drop("counted_value")


def beside(records: str) -> str:
    """Query of the records of a table with ``<scope>_bearers`` of each scope: 0 where the value is rare or missing."""
    counts = ", ".join(f"coalesce({scope}.bearers, 0) AS {scope}_bearers" for scope in SCOPES)
    joins = " ".join(_join(scope, column) for scope, column in SCOPES.items())
    # Only keys and counts go through the joins: a row of all that is compared would be copied by each of them.
    return f"""
        WITH borne AS (SELECT record.record_no, {counts} FROM {records} AS record {joins})
        SELECT record.*, borne.* EXCLUDE (record_no) FROM {records} AS record INNER JOIN borne ON record.record_no = borne.record_no"""


def _join(scope: str, column: str) -> str:
    decade = f"IS NOT DISTINCT FROM {_DECADE.format('record.')}" if scope in BY_DECADE else "IS NULL"
    return f"""
        LEFT JOIN link.value_frequency AS {scope}
            ON {scope}.scope = '{scope}' AND record.{column} = {scope}.value AND {scope}.decade {decade}"""


def _count(asked: Compute, scope: str, column: str, decade: str, where: str) -> None:
    asked.keep(
        "counted_value",
        f"""
        SELECT {column} AS value, {decade} AS decade, count(*) AS bearers FROM numbered_record
        WHERE record_type = 'police_resident' AND {column} IS NOT NULL AND {where}
        GROUP BY {column}, {decade}""",
    )
    asked.execute(
        """
        INSERT INTO link.value_frequency
        SELECT $scope AS scope, value, decade, bearers FROM counted_value WHERE bearers > $rare_bearers ORDER BY value, decade""",
        scope=scope,
        rare_bearers=FREQUENCIES[0][1],
    )


def _spread(asked: Compute, scope: str) -> None:
    asked.execute(
        """
        INSERT INTO link.value_spread
        SELECT $scope AS scope, decade, bearers, count(*) AS how_many FROM counted_value
        GROUP BY decade, bearers ORDER BY decade, bearers""",
        scope=scope,
    )
