"""Rows that were delivered before, word for word, stay as they were standardised: only where they came from is another place.

What a row of ``std`` says follows from the text of its row alone, from the program, and from what the profile of its load says of codes.
So a row whose text stood in the loads that ``std`` was made from is the same row again, but for its place. Everything else is standardised
as if it had never been seen: rows that are new, rows whose value or key was refused, since a reject names file and line, and rows that
stand twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.contract.tables import Extract
from reconcile.store import Store

_CODES = """
WITH local AS (
    SELECT
        load.load_id,
        string_agg(concat_ws(' ', code.column_name, code.local, code.canonical), ',' ORDER BY code.column_name, code.local) AS said
    FROM (SELECT unnest($loads) AS load_id) AS load
    LEFT JOIN ref.profile_code AS code ON load.load_id = code.load_id
    GROUP BY load.load_id
)
SELECT count(DISTINCT coalesce(said, '')) FROM local
"""
_PLACES = "SELECT count(*) - count(DISTINCT (_load_id, _line)) FROM raw.{extract} WHERE list_contains($loads, _load_id)"
_TEXT = """
SELECT {key}, hash({text}) AS content, min(_load_id) AS load_id, min(_line) AS line, min(_file) AS file
FROM raw.{extract} WHERE list_contains({loads}, _load_id)
GROUP BY {key}, content HAVING count(*) = 1
"""


def keep(store: Store, extract: type[Extract], before: Sequence[int], tonight: Sequence[int]) -> int | None:
    """Leave in ``std.<extract>`` the rows that tonight's loads hold word for word, under the places they have there.

    Makes ``same_row``: load_id and line of the rows of ``raw`` that need no standardising. ``ops.kept_row`` gets them too, since they are
    rows that need no masking either.

    Args:
        store: the warehouse, in a transaction.
        extract: what is standardised.
        before: loads that ``std`` was made from, by this program.
        tonight: loads that it is to be made from.

    Returns:
        Number of rows kept; None, and nothing done, where a load is gone, the profiles of the loads read codes otherwise, or two rows of a
        load have one place.

    """
    store.execute("DELETE FROM ops.kept_row WHERE extract = $extract", extract=extract.name)
    if not before:
        return None
    loads = sorted({*before, *tonight})
    there = store.frame(f"SELECT DISTINCT _load_id FROM raw.{extract.name}")["_load_id"]
    if not set(before) <= set(there) or store.value(_CODES, loads=loads) > 1:
        return None
    if store.value(_PLACES.format(extract=extract.name), loads=loads):
        return None
    _find(store, extract, before, tonight)
    place = "same_row.before_id = row._load_id AND same_row.before_line = row._line"
    store.execute(
        f"""
        DELETE FROM std.{extract.name} AS row WHERE NOT EXISTS (SELECT 1 FROM same_row WHERE {place});
        UPDATE std.{extract.name} AS row SET _file = same_row.file, _line = same_row.line, _load_id = same_row.load_id
        FROM same_row WHERE {place} AND same_row.before_id <> same_row.load_id;
        INSERT INTO ops.kept_row BY NAME SELECT $extract AS extract, same_row.* EXCLUDE (file) FROM same_row""",
        extract=extract.name,
    )
    return int(store.value("SELECT count(*) FROM same_row"))


def _find(store: Store, extract: type[Extract], before: Sequence[int], tonight: Sequence[int]) -> None:
    parts = {"key": ", ".join(extract.key), "text": ", ".join(f'"{name}"' for name in extract.fields), "extract": extract.name}
    on_key = " AND ".join(f"earlier.{column} = now.{column}" for column in extract.key)
    store.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE same_row AS
        WITH earlier AS ({_TEXT.format(**parts, loads="$before")}), now AS ({_TEXT.format(**parts, loads="$tonight")}),
        refused AS (SELECT DISTINCT load_id, line FROM ops.reject WHERE extract = $extract)
        SELECT earlier.load_id AS before_id, earlier.line AS before_line, now.load_id, now.line, now.file
        FROM earlier
        INNER JOIN now ON {on_key} AND earlier.content = now.content
        INNER JOIN std.{extract.name} AS row ON earlier.load_id = row._load_id AND earlier.line = row._line
        LEFT JOIN refused ON earlier.load_id = refused.load_id AND earlier.line = refused.line
        WHERE refused.line IS NULL""",
        before=list(before),
        tonight=list(tonight),
        extract=extract.name,
    )
