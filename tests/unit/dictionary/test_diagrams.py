"""The pictures of the schemas show every table and every reference, each inside the picture."""

import re
import xml.etree.ElementTree as ET

import pytest

from reconcile import diagram, odcs
from reconcile.contract import keys
from reconcile.contract.warehouse import TABLES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("schema", odcs.PUBLISHED)
def test_tables_keys_and_references_are_drawn(schema):
    picture = ET.fromstring(diagram.render(schema))  # noqa: S314 - made above
    texts = {text.text for text in picture.iter(f"{SVG}text")}
    own = [table for table in TABLES.values() if table.name.startswith(f"{schema}.")]
    leads = [reference for table in own for reference in keys.references(table)]
    shown = {name for table in own for name in table.identity or [column.name for column in table.columns]}
    assert {table.name for table in own} | {one.to_table for one in leads} | shown <= texts
    assert len(list(picture.iter(f"{SVG}path"))) == len(leads)


@pytest.mark.parametrize("schema", odcs.PUBLISHED)
def test_nothing_is_drawn_outside_or_over_another_table(schema):
    picture = ET.fromstring(diagram.render(schema))  # noqa: S314 - made above
    width, height = float(picture.get("width")), float(picture.get("height"))
    frames = [group.find(f"{SVG}rect") for group in picture.iter(f"{SVG}g")]
    boxes = [tuple(float(frame.get(name)) for name in ("x", "y", "width", "height")) for frame in frames]
    for place, (left, top, wide, high) in enumerate(boxes):
        assert left >= 0 <= top
        assert left + wide <= width
        assert top + high <= height
        for other_left, other_top, other_wide, other_high in boxes[:place]:
            assert left + wide <= other_left or other_left + other_wide <= left or top + high <= other_top or other_top + other_high <= top
    ends = [float(x) for path in picture.iter(f"{SVG}path") for x in re.findall(r"[MC, ]*(-?[\d.]+) -?[\d.]+", path.get("d"))]
    assert all(0 <= x <= width for x in ends)
