"""Columns of dates whose clocks all show one time near midnight: whoever wrote them moved the days by some hours or minutes."""

from __future__ import annotations

from reconcile.contract.columns import Kind
from reconcile.contract.tables import Extract
from reconcile.figures import Counts
from reconcile.store import Store

FIGURE = "equal_clocks"
"""Figure of this stage: cells of such a column."""

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
    HAVING count(*) >= $least AND min(shown) = max(shown)
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
    AND least(found.minutes, 1440 - found.minutes) <= $minutes
    AND NOT load.superseded
    AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
ORDER BY load.file, found.column_name
"""


def equal(store: Store, extract: type[Extract]) -> Counts:
    """Cells of each column of dates whose clocks are all equal, near midnight and not midnight, in files that no good run has published."""
    dated = [name for name, field in extract.fields.items() if field.column.kind in (Kind.DATE, Kind.BIRTH_DATE)]
    if not dated:
        return {}
    cells = " UNION ALL ".join(
        f"SELECT _load_id, '{name}' AS column_name, {name} AS cell FROM raw.{extract.name} WHERE contains({name}, ':')" for name in dated
    )
    found = store.execute(_EQUAL % cells, least=_LEAST_CELLS, minutes=_MINUTES).fetchall()
    return {(FIGURE, f"{file} {column} {clock}"): cells for file, column, clock, cells in found}
