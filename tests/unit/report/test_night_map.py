"""Counties in their true shapes: what the operator's GeoJSON becomes, and what stands in where it cannot be used."""

import json
import re

import polars as pl
import pytest

from reconcile.home import Home
from reconcile.report import night_charts, night_map, night_people

TABLE = pl.DataFrame({"county_code": ["990101", "990102"], "county_name": ["甲县", "<乙>"], "value": [1.0, 9.0], "shown": ["1.0", "9.0"]})


def square(west, south, size=1):
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def feature(code, geometry, key="county_code"):
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry}


FIRST = feature("990101", {"type": "Polygon", "coordinates": [square(107, 26), square(107.4, 26.4, 0.1)]})
SECOND = feature(990102, {"type": "MultiPolygon", "coordinates": [[square(108, 26)], [square(109, 27, 0.5)]]}, key="adcode")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def with_file(home, said):
    home.county_shapes.write_text(said if isinstance(said, str) else json.dumps({"features": said}), encoding="utf-8")
    return night_people._map(TABLE, home, "unit")


def test_without_a_file_there_are_tiles(home):
    assert night_people._map(TABLE, home, "unit").count("<rect") == 2


def test_every_county_is_drawn_in_its_shape_and_colour(home):
    drawn = with_file(home, [FIRST, SECOND])
    paths = re.findall(r'<path d="([^"]+)" fill="([^"]+)"', drawn)
    assert [fill for _, fill in paths] == [night_charts.STEPS[0], night_charts.STEPS[-1]]
    assert [path.count("Z") for path, _ in paths] == [2, 2]  # a hole; an exclave
    assert "&lt;乙&gt;" in drawn
    numbers = [float(number) for path, _ in paths for number in re.findall(r"[\d.]+", path)]
    assert min(numbers) >= 0
    assert max(numbers) <= 520


def test_north_is_up_and_degrees_of_longitude_are_shorter(home):
    outlines = {"990101": [[tuple(point) for point in square(107, 26)]]}
    (path,) = re.findall(r'd="M([^Z]+)Z', night_map.drawn(TABLE.head(1), outlines, "unit"))
    south_west, south_east, _, north_west = [tuple(map(float, point.split())) for point in path.split("L")]
    assert north_west[1] < south_west[1]
    wide, high = south_east[0] - south_west[0], south_west[1] - north_west[1]
    assert wide / high == pytest.approx(0.8949, abs=0.002)  # cosine of 26.5 degrees


@pytest.mark.parametrize(
    "said", [[FIRST], "{", "[]", [feature("990101", None), SECOND], [feature("990101", {"type": "Point", "coordinates": [1, 2]}), SECOND]]
)
def test_a_file_that_cannot_be_used_is_logged_and_tiles_are_drawn(home, said, caplog):
    assert with_file(home, said).count("<rect") == 2
    assert "counties.geojson" in caplog.text
