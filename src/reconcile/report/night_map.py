"""Counties in their true shapes, from the operator's ``<home>/counties.geojson``: the same colours as the tiles, which stand in without it.

The file is a FeatureCollection (RFC 7946) of polygons with the county's code in ``county_code`` or ``adcode``; any tool for maps writes it
from a shape file. Only the outlines are drawn, to a tenth of a pixel.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable
from html import escape
from typing import Any

import polars as pl

from reconcile.home import Home

_log = logging.getLogger(__name__)
_WIDTH = 520
_EDGE = 4
"""Room for the outlines around the map, pixels."""

Ring = list[tuple[float, float]]
"""Outline of a part of a county: longitude and latitude."""


def shapes(home: Home, codes: Iterable[str]) -> dict[str, list[Ring]]:
    """Outlines of counties; none where the operator has no file, or one that cannot be used, which is logged."""
    path = home.county_shapes
    if not path.is_file():
        return {}
    try:
        found = _read(json.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        _log.warning("%s: no GeoJSON of polygons (%s); the map is drawn with tiles", path, type(error).__name__)
        return {}
    lacking = sorted(set(codes) - found.keys())
    if lacking:
        _log.warning("%s: has no shape of %s; the map is drawn with tiles", path, ", ".join(lacking))
        return {}
    return {code: found[code] for code in codes}


def _read(said: dict[str, Any]) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    for feature in said["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        code = str(properties.get("county_code") or properties.get("adcode") or "")
        parts = {"Polygon": lambda at: [at], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
        rings = [[(float(point[0]), float(point[1])) for point in ring] for part in parts for ring in part]
        found.setdefault(code, []).extend(rings)
    return found


def drawn(table: pl.DataFrame, outlines: dict[str, list[Ring]], unit: str) -> str:
    """The map as SVG; ``table`` and ``unit`` as those of ``night_charts.tiles``, every county with an outline."""
    from reconcile.report.night_charts import coloured

    points = [point for rings in outlines.values() for ring in rings for point in ring]
    west, east = (pick(x for x, _ in points) for pick in (min, max))
    south, north = (pick(y for _, y in points) for pick in (min, max))
    # Degrees of longitude are shorter the farther north; over one prefecture one factor does for all.
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (_WIDTH - 2 * _EDGE) / max((east - west) * narrow, 1e-9)
    height = (north - south) * scale + 2 * _EDGE

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return round((point[0] - west) * narrow * scale + _EDGE, 1), round((north - point[1]) * scale + _EDGE, 1)

    areas: list[str] = []
    labels: list[str] = []
    for row, fill, ink in coloured(table):
        placed = [list(dict.fromkeys(at(point) for point in ring)) for ring in outlines[row["county_code"]]]
        path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in placed)
        areas.append(f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="#8a8a8a"/>')
        largest = max(placed, key=len)
        x, y = (sum(point[axis] for point in largest) / len(largest) for axis in (0, 1))
        labels.append(
            f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="middle" font-size="15">{escape(str(row["county_name"]))}'
            f'<tspan x="{x:.1f}" dy="18" font-weight="bold">{escape(row["shown"])}</tspan></text>'
        )
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" role="img" aria-label="{escape(unit)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(areas + labels)}</svg>'
    )
