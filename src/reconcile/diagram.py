"""Pictures of the schemas, ``docs/images/schema_<schema>.svg``: tables with their keys, and which column leads where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reconcile.contract import keys
from reconcile.contract.table import Table
from reconcile.contract.warehouse import TABLES

_LINE, _WIDTH, _GAP, _BETWEEN, _MARGIN, _INDENT = 16, 190, 26, 90, 14, 50
_INK, _SOFT, _HEAD, _OTHER, _EDGE = "#222222", "#5a5a5a", "#dfe9f2", "#eeeeee", "#2f6f9f"
_BOLD = ' font-weight="bold"'
_COLUMNS = 3
"""Columns of tables beside the one with the tables that others lead to."""


@dataclass(slots=True)
class _Box:
    """A table as it is drawn: its name, the columns shown, those of the key, and where it stands."""

    name: str
    shown: list[str]
    key: tuple[str, ...]
    fill: str
    left: float = 0
    top: float = 0
    rows: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def height(self) -> float:
        return _LINE * (len(self.shown) + 1) + 8

    def place(self, left: float, top: float) -> float:
        """Put it somewhere; gives where the next one may begin."""
        self.left, self.top = left, top
        self.rows = {name: top + _LINE * (place + 1.5) + 4 for place, name in enumerate(self.shown)}
        return top + self.height + _GAP


def render(schema: str) -> str:
    """The picture of a schema as SVG: what is led to on the left, tables of other schemas in grey."""
    own = [table for table in TABLES.values() if table.name.startswith(f"{schema}.")]
    leads = [reference for table in own for reference in keys.references(table)]
    hubs = dict.fromkeys(reference.to_table for reference in leads)
    boxes = {table.name: _box(table, leads, _HEAD) for table in own}
    boxes |= {name: _box(TABLES[name], leads, _OTHER) for name in hubs if name not in boxes}
    left = sorted(hubs, key=lambda name: (not name.startswith(f"{schema}."), name))
    right = sorted((name for name in boxes if name not in hubs), key=lambda name: (not boxes[name].shown, name))
    height = _column([boxes[name] for name in left], _INDENT)
    height = max(height, *_columns([boxes[name] for name in right], is_beside=bool(left)), _MARGIN)
    width = _MARGIN + max((box.left + _WIDTH for box in boxes.values()), default=_WIDTH)
    parts = [*(_edge(boxes[one.table], one.column, boxes[one.to_table], one.to_column) for one in leads), *map(_drawn, boxes.values())]
    title = f"Tables of the schema {schema}, their keys and where columns lead"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{title}" font-family="Helvetica, Arial, sans-serif" font-size="11">\n<title>{title}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _box(table: Table, leads: list[keys.Reference], fill: str) -> _Box:
    led_to = [one.to_column for one in leads if one.to_table == table.name]
    own = [one.column for one in leads if one.table == table.name]
    # Where nothing tells rows apart, counts by whatever is known of them, an empty box would say nothing.
    first = (table.identity or [column.name for column in table.columns]) if fill == _HEAD else ()
    return _Box(table.name, list(dict.fromkeys([*first, *led_to, *own])), table.identity, fill)


def _column(boxes: list[_Box], left: float) -> float:
    top: float = _MARGIN
    for box in boxes:
        top = box.place(left, top)
    return top


def _columns(boxes: list[_Box], *, is_beside: bool) -> Iterator[float]:
    """Deal boxes out to columns of about one height; gives where each ends."""
    ends = [float(_MARGIN)] * _COLUMNS
    first = _INDENT + is_beside * (_WIDTH + _BETWEEN)
    for box in boxes:
        shortest = ends.index(min(ends))
        ends[shortest] = box.place(first + shortest * (_WIDTH + _BETWEEN), ends[shortest])
    yield from ends


def _drawn(box: _Box) -> str:
    rows = "".join(
        f'<text x="{box.left + 8:g}" y="{y + 4:g}" fill="{_INK if name in box.key else _SOFT}"'
        f"{_BOLD if name in box.key else ''}>{escape(name)}</text>"
        for name, y in box.rows.items()
    )
    return (
        f'<g><rect x="{box.left:g}" y="{box.top:g}" width="{_WIDTH}" height="{box.height:g}" rx="3" fill="#ffffff" stroke="{_SOFT}"/>'
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{_WIDTH}" height="{_LINE + 2}" rx="3" fill="{box.fill}" stroke="{_SOFT}"/>'
        f'<text x="{box.left + 8:g}" y="{box.top + 13:g}" fill="{_INK}" font-weight="bold">{escape(box.name)}</text>{rows}</g>'
    )


def _edge(source: _Box, column: str, target: _Box, to_column: str) -> str:
    """A line from the column to where it leads: leaves on the left, arrives on the right, or on the left where both stand in one column."""
    start_y, end_y = source.rows[column], target.rows[to_column]
    start_x = source.left
    end_x = target.left + _WIDTH if target.left < source.left else target.left
    bend = _BETWEEN / 2
    to_x = end_x + bend if target.left < source.left else end_x - bend
    return (
        f'<path d="M{start_x:g} {start_y:g} C{start_x - bend:g} {start_y:g} {to_x:g} {end_y:g} {end_x:g} {end_y:g}" '
        f'fill="none" stroke="{_EDGE}" stroke-opacity="0.55"/><circle cx="{end_x:g}" cy="{end_y:g}" r="2.5" fill="{_EDGE}"/>'
    )
