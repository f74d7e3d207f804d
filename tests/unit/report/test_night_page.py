"""The page about a night: self-contained, in order, readable, and about nobody. How it looks is drawn by ``make look``."""

import html.parser
import re

import polars as pl
import pytest
from warehouses import furnished

from reconcile import query
from reconcile.contract.warehouse import stats_population
from reconcile.home import Home
from reconcile.report import night, night_charts, night_findings, night_people, night_words
from reconcile.report.night_figure import TITLES
from reconcile.settings import Settings
from reconcile.store import Reader, Store

pytestmark = pytest.mark.usefixtures("pictures")

ORDER = ["well", "changes", "types", "trend", "counties", "urban", "balance", "ageing", "confirmed", "long_names", "timeliness"]
VOID = {"meta", "input", "rect", "path", "circle", "line", "br"}


class Parsed(html.parser.HTMLParser):
    """Elements of a page with their attributes, and whether every one is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.headings = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(good_night):
    (path,) = good_night.home.reports.glob("night_*.html")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def parsed(page):
    return Parsed(page)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_it_stands_alone(page, parsed):
    """No script, nothing loaded from anywhere, no address but anchors and the page beside it."""
    assert not {tag for tag, _ in parsed.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "video",
        "audio",
    }
    assert not [
        name for _, attributes in parsed.elements for name in attributes if name.startswith("on") or name in {"src", "srcset", "action"}
    ]
    links = [attributes["href"] for tag, attributes in parsed.elements if tag == "a"]
    assert all(link.startswith("#") or re.fullmatch(r"linkage_\d{4}-\d\d-\d\d\.html", link) for link in links)
    assert "@import" not in page
    assert "url(" not in page.replace("url(#", "")
    assert len(page.encode()) < 1_500_000


def test_every_element_is_closed_and_every_anchor_is_there(parsed):
    assert parsed.open == []
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"][1:] for tag, attributes in parsed.elements if tag == "a" and attributes["href"].startswith("#")} <= set(ids)


def test_figures_stand_in_the_order_people_read_them(parsed):
    sections = [attributes["id"] for tag, attributes in parsed.elements if tag == "section"]
    assert sections == [*ORDER, "linkage", "queries"]
    assert [make.__name__ for make in night.SECTIONS] == ORDER == [name for name in TITLES if name in ORDER]


def test_headings_go_down_one_level_at_a_time(parsed):
    assert parsed.headings[0] == 1
    assert parsed.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(parsed.headings, parsed.headings[1:], strict=False))


def test_pictures_and_tables_can_be_read_without_seeing_them(parsed):
    pictures = [attributes for tag, attributes in parsed.elements if tag == "svg"]
    assert pictures
    assert all(picture.get("role") == "img" and picture.get("aria-label") for picture in pictures)
    assert any(tag == "th" for tag, _ in parsed.elements)
    labels = {attributes["for"] for tag, attributes in parsed.elements if tag == "label"}
    assert labels == {"english"}


def test_each_text_stands_in_both_languages(page, parsed):
    classes = [attributes.get("class") for _, attributes in parsed.elements]
    assert classes.count("zh") == classes.count("en") > 100
    english = re.findall(r'class="en"[^>]*>([^<]*)<', page)
    assert [text for text in english if re.search("[一-鿿]", text)] == ["中文"]


def test_colours_can_be_told_apart():
    papers = (night.COLOURS["paper"], night.COLOURS["card"])
    for name in ("ink", "soft", "link", "good", "bad"):
        assert min(contrast(night.COLOURS[name], paper) for paper in papers) >= 4.5, name
    for fill, ink in zip(night_charts.STEPS, night_charts.ON_STEP, strict=True):
        assert contrast(fill, ink) >= 4.5, fill


def test_every_figure_shows_a_query_that_runs(good_night, page):
    shown = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert len(shown) == len(query.names("page")) - 1  # whether a brake was overruled stands with the sources
    with Reader(good_night.home) as reader:
        for text in shown:
            reader.frame(html.unescape(text))
    assert "$as_of" not in page


def test_nobody_is_named(good_night, page):
    """No name, number, address or key of anybody, nor of an officer."""
    with Reader(good_night.home) as reader:
        names = reader.frame("SELECT DISTINCT name AS word FROM std.police_resident WHERE length(name) > 2")["word"].to_list()
        officers = reader.frame("SELECT DISTINCT decided_by AS word FROM ops.audit WHERE decided_by IS NOT NULL")["word"].to_list()
        findings = reader.frame("SELECT finding_id AS word FROM find.finding")["word"].to_list()
    assert len(names) > 1000
    assert [word for word in [*names, *officers, *findings] if word in page] == []
    shown = re.sub(r"<[^>]+>", " ", page)
    assert not re.search(r"\d{17}[\dXx]|99\d{10}", shown)


def test_a_figure_that_is_not_there_says_why_and_is_not_zero(tmp_path):
    """The first night of an empty home: nothing was delivered, nothing can be balanced."""
    with Store(Settings(home=Home(furnished(tmp_path / "home")), as_of="2026-11-21", threads=1)) as store:
        store.run_file("ops/begin_run", run_id="20261121-01", program="test")
        text = night.page(store, store.settings)
    for section in ("trend", "counties", "balance", "ageing", "confirmed"):
        part = text.split(f'<section id="{section}">')[1].split("</section>")[0]
        assert 'class="missing"' in part, section
        assert "<table>" not in part
        assert "<svg" not in part


def test_the_interval_of_a_share_is_honest_for_few_answers():
    low, high = night_findings.wilson(pl.col("right"), pl.col("total"))
    found = pl.DataFrame({"right": [0, 3, 50, 10], "total": [10, 3, 100, 10]}).select(low=low, high=high)
    # Worked by hand from the formula with z = 1.96.
    expected = [(0.0, 0.2775), (0.4385, 1.0), (0.4038, 0.5962), (0.7225, 1.0)]
    for (low_, high_), (by_hand_low, by_hand_high) in zip(found.iter_rows(), expected, strict=True):
        assert low_ == pytest.approx(by_hand_low, abs=1e-4)
        assert high_ == pytest.approx(by_hand_high, abs=1e-4)


def test_the_bars_of_the_balance_meet():
    moves = [("births", 30), ("deaths", -50), ("moves_in", 20), ("moves_out", -10), ("known", 4), ("open", 0), ("unexplained", -1)]
    steps = night_people._steps(1000, moves, 993)
    level = 1000
    for (part, value), bar in zip(moves, steps.filter(pl.col("kind") != "存量").iter_rows(named=True), strict=True):
        assert bar["part"] == part
        assert {bar["low"], bar["high"]} == {level, level + value}
        level += value
    assert steps["high"][-1] == level == 993


def test_every_reason_of_an_empty_figure_has_words():
    assert set(stats_population.REASONS) <= set(night_words.REASONS)


def test_an_operator_may_place_the_counties(tmp_path):
    home = Home(tmp_path)
    assert night_people.places(home)["990101"] == (1, 1)
    home.county_tiles.write_text("county_code,column,row\n990101,5,7\n", encoding="utf-8")
    assert night_people.places(home) == {"990101": (5, 7)}


def test_a_county_without_a_place_or_a_figure_is_drawn_all_the_same():
    table = pl.DataFrame(
        {"county_code": ["1", "2", "3"], "county_name": ["甲", "乙", "<丙>"], "value": [1.0, 9.0, None], "shown": ["1.0", "9.0", "—"]}
    )
    drawn = night_charts.tiles(table, {"1": (1, 1), "2": (2, 1)}, "unit")
    assert drawn.count("<rect") == 3
    assert night_charts.STEPS[0] in drawn
    assert night_charts.STEPS[-1] in drawn
    assert "&lt;丙&gt;" in drawn
    places = re.findall(r'<rect x="(\d+)" y="(\d+)"', drawn)
    assert len(set(places)) == 3


def test_labels_of_a_chart_stand_in_both_languages():
    drawn = night_charts.bilingual(
        night_charts.ageing(pl.DataFrame({"band": ["7 天以内"], "findings": [3]})), {"7 天以内": "up to <7> days"}, "t"
    )
    assert 'class="zh">7 天以内</text>' in drawn
    assert 'class="en">up to &lt;7&gt; days</text>' in drawn


def test_a_chart_that_is_drawn_again_is_the_same_text():
    steps = night_people._steps(1000, [("births", 30)], 1030).with_columns(label=pl.lit("出生"), shown=pl.lit("30"))
    first, second = (night_charts.bilingual(night_charts.waterfall(steps), {}, "t") for _ in range(2))
    assert "clip-" in first
    assert first == second
