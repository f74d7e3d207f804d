"""Columns of dates whose clocks all show one time: whoever wrote them moved the days by some hours or minutes.

Near midnight the day meant is found cell by cell, and only counted here. At 16:00 the column decides: a program in China that writes its
midnights by universal time without saying so (a JavaScript library, a data frame without zones) puts every day on the one before.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.contract.columns import Kind
from reconcile.contract.meanings import ZONE
from reconcile.contract.tables import Extract
from reconcile.figures import Counts
from reconcile.store import Store

FIGURE = "equal_clocks"
"""Figure of this stage: cells of such a column."""

Moved = dict[str, list[int]]
"""Loads per column whose clocks are those of universal time."""

_LEAST_CELLS = 3
_MINUTES = 15
"""So near is near midnight; Shanghai's mean solar time is less than six minutes from that of the zone."""


_EQUAL = r"""
WITH clock AS (
    SELECT
        _load_id,
        column_name,
        try_cast(regexp_extract(cell, '([0-9]{1,2}:[0-9]{2}:[0-9]{2})', 1) AS TIME) AS shown
    FROM (%s)
),

column_of_load AS (
    SELECT
        _load_id,
        column_name,
        count(*) AS cells,
        min(shown) AS shown,
        60 * extract(hour FROM min(shown)) + extract(minute FROM min(shown)) AS minutes
    FROM clock
    WHERE shown IS NOT NULL
    GROUP BY _load_id, column_name
    HAVING (count(*) >= $least AND min(shown) = max(shown)) OR list_contains($moved, concat(_load_id, ' ', column_name))
)

SELECT
    load.file,
    found.column_name,
    CAST(found.shown AS VARCHAR) AS clock,
    found.cells
FROM column_of_load AS found
INNER JOIN ops.load AS load ON found._load_id = load.load_id
WHERE
    found.shown <> TIME '00:00:00'
    AND (least(found.minutes, 1440 - found.minutes) <= $minutes OR list_contains($moved, concat(found._load_id, ' ', found.column_name)))
    AND NOT load.superseded
    AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
ORDER BY load.file, found.column_name
"""


_SUSPECTED = """
SELECT _load_id FROM raw.{extract}
WHERE trim({column}) <> '' AND _load_id IN (SELECT unnest($loads))
GROUP BY _load_id
HAVING bool_and(contains({column}, ' 15:') OR contains({column}, ' 16:') OR contains({column}, 'T15:') OR contains({column}, 'T16:'))
"""
"""Midnight in China is 16:00 of universal time, 15:00 in the summers that had summer time, 15:54:17 before 1901."""

_UNIVERSAL = r"""
SELECT
    _load_id,
    count(*) AS cells
FROM raw.{extract}
WHERE trim({column}) <> '' AND _load_id IN (SELECT unnest($loads))
GROUP BY _load_id
HAVING bool_and(coalesce(CAST(timezone($zone, timezone('UTC', try_cast(replace(regexp_extract(
    trim({column}), '^([0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}[ T][0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})?)(\.0+)?$', 1
), '/', '-') AS TIMESTAMP))) AS TIME) = TIME '00:00:00', FALSE))
"""


def moved(store: Store, extract: type[Extract], loads: list[int]) -> Moved:
    """Columns of dates in which every cell is midnight in China by the clocks of universal time, of loads with at least three such cells.

    One such clock can be an hour of death; a whole column of them, in a file with nothing else in it, is none.
    """
    found = list(_universal(store, extract, loads))
    cells: dict[int, int] = {}
    for _, load, number in found:
        cells[load] = cells.get(load, 0) + number
    certain = [(name, load) for name, load, _ in found if cells[load] >= _LEAST_CELLS]
    return {name: [load for other, load in certain if other == name] for name, _ in certain}


def _universal(store: Store, extract: type[Extract], loads: list[int]) -> Iterator[tuple[str, int, int]]:
    """Column, load and number of cells."""
    for name in _dated(extract):
        place = {"extract": extract.name, "column": name}
        suspected = [load for (load,) in store.execute(_SUSPECTED.format(**place), loads=loads).fetchall()]
        if suspected:
            for load, cells in store.execute(_UNIVERSAL.format(**place), loads=suspected, zone=ZONE).fetchall():
                yield name, load, cells


def _dated(extract: type[Extract]) -> list[str]:
    return [name for name, field in extract.fields.items() if field.column.kind in (Kind.DATE, Kind.BIRTH_DATE)]


def equal(store: Store, extract: type[Extract], moved: Moved) -> Counts:
    """Cells of each column of dates that ``moved`` names, or whose clocks are all equal, near midnight and not midnight.

    Counted are files that no good run has published.
    """
    dated = _dated(extract)
    if not dated:
        return {}
    cells = " UNION ALL ".join(
        f"SELECT _load_id, '{name}' AS column_name, {name} AS cell FROM raw.{extract.name} WHERE contains({name}, ':')" for name in dated
    )
    columns = [f"{load} {name}" for name, loads in moved.items() for load in loads]
    found = store.execute(_EQUAL % cells, least=_LEAST_CELLS, minutes=_MINUTES, moved=columns).fetchall()
    return {(FIGURE, f"{file} {column} {clock}"): cells for file, column, clock, cells in found}
