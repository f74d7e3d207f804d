"""What a night tells about itself: the linkage page, and findings and pairs explained in the terminal."""

import re

import duckdb
import pytest
from command import command
from rich.cells import cell_len

from reconcile import operate
from reconcile.report import charts
from reconcile.store import Reader

pytestmark = pytest.mark.usefixtures("pictures")

LOADS = re.compile(r"""(?:src|href|url|@import|<script|<link|<iframe)""", re.IGNORECASE)
NAMESPACE = re.compile(r'xmlns(?::\w+)?="http://www\.w3\.org/[^"]*"')


def frame(home, text):
    with Reader(home) as reader:
        return reader.frame(text)


def personal(home):
    """Every name, number and key of the night."""
    columns = ("name", "citizen_id", "registration_id", "address_text", "father_name", "mother_id")
    return {str(value) for one in columns for value in frame(home, f"SELECT DISTINCT {one} FROM std.police_resident")[one].drop_nulls()}


def is_harmless(page, home):
    assert "http" not in NAMESPACE.sub("", page)
    assert not LOADS.search(re.sub(r'xlink:href="#[^"]*"|url\(#[^)]*\)', "", page))
    assert not {value for value in personal(home) if len(value) > 1 and value in page}


def test_the_linkage_page_loads_nothing_and_names_nobody(good_night):
    page = (good_night.home.root / "reports" / "linkage_2026-11-21.html").read_text(encoding="utf-8")
    is_harmless(page, good_night.home)
    assert page.count("<svg") > 5
    assert "completeness" in page
    assert not list((good_night.home.root / "reports").glob(".*"))


def test_a_page_that_fails_does_not_lose_the_night(after_a_good_night, monkeypatch):
    def fail(*_):
        raise RuntimeError("no pictures tonight")

    monkeypatch.setattr(charts, "scores", fail)
    assert after_a_good_night.run(full=True) == 0
    assert not (after_a_good_night.home.root / "reports" / "linkage_2026-11-21.html").exists()
    assert frame(after_a_good_night.home, "SELECT run_id FROM ops.run WHERE status = 'done'").height == 2
    monkeypatch.undo()
    reports = after_a_good_night.home.root / "reports"
    written = {path.name: path.read_bytes() for path in reports.iterdir()}
    for lost in ("night_2026-11-21.html", "delivery_health_death_2026-11-21.html", "delivery_health_death_2026-11-21.csv"):
        (reports / lost).unlink()
    with operate.writing(after_a_good_night.home, "whatever comes next"):
        again = {path.name: path.read_bytes() for path in reports.iterdir()}
    assert again.keys() - written.keys() == {"linkage_2026-11-21.html"}
    assert {name: content for name, content in again.items() if name in written} == written


def test_the_chart_of_a_pair_shows_weights_and_nobody(good_night, tmp_path, capsys):
    left, right = frame(good_night.home, "SELECT left_key, right_key FROM link.death_pair ORDER BY ALL LIMIT 1").row(0)
    (kind,) = frame(good_night.home, f"SELECT left_type FROM link.death_pair WHERE left_key = '{left}'").rows()[0]
    page = tmp_path / "pair.html"
    assert command("explain", f"{kind}:{left}", f"police_resident:{right}", "--home", good_night.home, "--html", page) == 0
    assert left in capsys.readouterr().out
    is_harmless(page.read_text(encoding="utf-8"), good_night.home)


@pytest.mark.parametrize("tokens", [["D0000000000"], ["police_resident:nobody", "health_death:nobody"], ["X", "--html", "p.html"]])
def test_what_cannot_be_explained_is_a_usage_error(good_night, tokens, capsys):
    assert command("explain", *tokens, "--home", good_night.home) == 2
    assert capsys.readouterr().err.startswith("reconcile: ")


def test_a_finding_of_every_type_is_explained_in_80_columns(good_night, capsys):
    found = frame(good_night.home, "SELECT min(finding_id) AS finding_id FROM find.finding GROUP BY finding_type ORDER BY 1")
    assert found.height > 15
    for finding_id in found["finding_id"]:
        assert command("explain", finding_id, "--home", good_night.home) == 0
        shown = capsys.readouterr().out
        assert max(cell_len(line.rstrip()) for line in shown.splitlines()) <= 80
        assert "…" not in shown
        assert "History" in shown


def test_a_finding_that_is_resolved_is_still_explained_with_what_changed(after_a_good_night, capsys):
    finding_id, key = frame(
        after_a_good_night.home,
        "SELECT finding_id, record_key FROM find.finding INNER JOIN find.subject USING (finding_id) "
        "WHERE finding_type = 'duplicate_registration' ORDER BY ALL LIMIT 1",
    ).row(0)
    after_a_good_night.home.latest.chmod(0o600)
    with duckdb.connect(str(after_a_good_night.home.latest)) as connection:
        connection.execute(
            "UPDATE find.finding SET status = 'resolved', resolved_on = DATE '2026-11-21' WHERE finding_id = ?", [finding_id]
        )
        connection.execute("DELETE FROM std.police_resident WHERE registration_id = ?", [key])
        connection.execute("DELETE FROM link.registration_pair")
    assert command("explain", finding_id, "--home", after_a_good_night.home) == 0
    shown = capsys.readouterr().out
    assert "resolved" in shown
    assert key in shown
    assert "As last found" in shown
    assert "Changed since it was last found" in shown
