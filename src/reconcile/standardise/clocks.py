"""Columns of dates whose clocks all show one time: whoever wrote them moved the days by some hours or minutes.

Near midnight the day meant is found cell by cell, and only counted here. Else the column decides. At 16:00: a program in China that
writes its midnights by universal time without saying so (a JavaScript library, a data frame without zones) puts every day on the one
before. At 0:00 but for some at 23:00: a program that takes the time of China for eight hours east at all times does that to whoever was
born in the summers that had summer time, 1940 to 1949 and 1986 to 1991.
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

Moved = dict[str, dict[int, str]]
"""Columns whose clocks are those of another zone, and of which loads; the zone as an offset to write behind them, a key of ``ZONES``."""

ZONES = {"Z": "universal time", "+08": "eight hours east, without summer time"}
"""What moved the days of a column, by the offset that was left out."""

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
        count(*) FILTER (WHERE shown <> TIME '00:00:00') AS cells,
        min(shown) FILTER (WHERE shown <> TIME '00:00:00') AS lowest,
        60 * extract(hour FROM lowest) + extract(minute FROM lowest) AS minutes
    FROM clock
    WHERE shown IS NOT NULL
    GROUP BY _load_id, column_name
    HAVING (count(*) >= $least AND min(shown) = max(shown)) OR list_contains($moved, concat(_load_id, ' ', column_name))
)

SELECT
    load.file,
    found.column_name,
    CAST(found.lowest AS VARCHAR) AS clock,
    found.cells
FROM column_of_load AS found
INNER JOIN ops.load AS load ON found._load_id = load.load_id
WHERE
    found.cells > 0
    AND (least(found.minutes, 1440 - found.minutes) <= $minutes OR list_contains($moved, concat(found._load_id, ' ', found.column_name)))
    AND NOT load.superseded
    AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
ORDER BY load.file, found.column_name
"""


_SUSPECTED = """
SELECT
    _load_id,
    CASE WHEN bool_and(regexp_matches({column}, '[ T]1[56]:')) THEN 'Z' ELSE '+08' END AS zone
FROM raw.{extract}
WHERE trim({column}) <> '' AND _load_id IN (SELECT unnest($loads))
GROUP BY _load_id
HAVING
    bool_and(regexp_matches({column}, '[ T]1[56]:'))
    OR (bool_and(regexp_matches({column}, '[ T](0?0|23):')) AND bool_or(contains({column}, '23:')))
"""
"""Midnight in China is 16:00 of universal time, 15:00 in summer time, 15:54:17 before 1901; eight hours later by the other zone."""

_MIDNIGHTS = r"""
SELECT
    _load_id,
    count(*) AS cells
FROM raw.{extract}
WHERE trim({column}) <> '' AND _load_id IN (SELECT unnest($loads))
GROUP BY _load_id
HAVING bool_and(coalesce(CAST(timezone($china, timezone($written, try_cast(replace(regexp_extract(
    trim({column}), '^([0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}[ T][0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})?)(\.0+)?$', 1
), '/', '-') AS TIMESTAMP))) AS TIME) = TIME '00:00:00', FALSE))
"""

_WRITTEN = {"Z": "UTC", "+08": "Etc/GMT-8"}
"""Names of the zones in the database of zones, where the sign of an offset is turned."""


def moved(store: Store, extract: type[Extract], loads: list[int]) -> Moved:
    """Columns of dates in which every cell is midnight in China by the clocks of another zone, of loads with at least three such cells.

    One such clock can be an hour of death; a whole column of them, in a file with nothing else in it, is none.
    """
    found = list(_midnights(store, extract, loads))
    cells: dict[int, int] = {}
    for _, load, _, number in found:
        cells[load] = cells.get(load, 0) + number
    columns: Moved = {}
    for name, load, zone, _ in found:
        if cells[load] >= _LEAST_CELLS:
            columns.setdefault(name, {})[load] = zone
    return columns


def _midnights(store: Store, extract: type[Extract], loads: list[int]) -> Iterator[tuple[str, int, str, int]]:
    """Column, load, zone and number of cells."""
    for name in _dated(extract):
        place = {"extract": extract.name, "column": name}
        suspected = store.execute(_SUSPECTED.format(**place), loads=loads).fetchall()
        for zone in sorted({zone for _, zone in suspected}):
            of_zone = [load for load, other in suspected if other == zone]
            zones = {"china": ZONE, "written": _WRITTEN[zone]}
            for load, cells in store.execute(_MIDNIGHTS.format(**place), loads=of_zone, **zones).fetchall():
                yield name, load, zone, cells


def _dated(extract: type[Extract]) -> list[str]:
    return [name for name, field in extract.fields.items() if field.column.kind in (Kind.DATE, Kind.BIRTH_DATE)]


def equal(store: Store, extract: type[Extract], moved: Moved) -> Counts:
    """Cells that show no midnight of each column of dates that ``moved`` names, or whose clocks are all equal and near midnight.

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
