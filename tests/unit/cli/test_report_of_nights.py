"""What ``reconcile report`` says first: how the newest night ended, whatever became of it."""

import datetime as dt
import errno
import shutil

import duckdb
import polars as pl
import pytest
from warehouses import furnished

from reconcile import program
from reconcile.cli import app
from reconcile.home import Home
from reconcile.report import nights, summary
from reconcile.settings import Settings
from reconcile.store import Store

GOOD = {"run_id": "20261124-01", "as_of": dt.date(2026, 11, 24), "status": "done", "started_at": dt.datetime(2026, 11, 24, 1)}  # noqa: DTZ001 - no zone in the table
BAD = {"run_id": "20261125-01", "as_of": dt.date(2026, 11, 25), "status": "braked", "started_at": dt.datetime(2026, 11, 25, 1)}  # noqa: DTZ001
LOST = "the register lost 50 % of its rows"
FIGURES = {"as_of": GOOD["as_of"], "station_code": "all", "open": 7, "new": 2, "resolved": 1, "dismissed": 0, "answered": 3}
STATION = FIGURES | {"station_code": "990101501000", "finding_type": "all"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A published night, and after it one that a brake stopped."""
    settings = Settings(home=furnished(tmp_path_factory.mktemp("nights") / "home"), as_of=GOOD["as_of"], threads=1)
    with Store(settings, GOOD["run_id"]) as store:
        store.insert("ops.run", pl.DataFrame([GOOD]))
        store.insert("stats.night_total", pl.DataFrame([FIGURES | {"finding_type": kind} for kind in ("shared_number", "number_invalid")]))
        station = {"station_code": "990101501000", "station_name": "甲县公安局城关派出所", "county_code": "990101", "county_name": "甲县"}
        store.insert("std.station", pl.DataFrame([station]))
        store.insert("stats.night_total", pl.DataFrame([STATION]))
        settings.home.published.mkdir(exist_ok=True)
        store.copy_to(settings.home.latest)
        store.insert("ops.run", pl.DataFrame([BAD | {"message": LOST}]))
    return settings.home


def reported(home, capsys, *options):
    code = program.exit_code(lambda: program.call(app, ["report", "--home", str(home), *options]))
    return code, capsys.readouterr().out


def test_a_night_that_a_brake_stopped_is_told_first_and_is_no_success(home, capsys):
    code, said = reported(home, capsys, "--as-of", "2026-11-24")
    assert said.splitlines()[0] == f"2026-11-25: stopped by a brake: {LOST}. What follows is of 2026-11-24."
    assert code == 4
    assert "990101501000" in said
    assert "甲县公安局城关派出所" in said


def test_nights_since_a_day_are_listed_with_what_became_of_them(home, capsys):
    code, said = reported(home, capsys, "--since", "2026-11-24")
    assert code == 4
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "2026-11-24 20261124-01 done 14 4 2 0 6" in lines
    assert "2026-11-25 20261125-01 braked" in lines
    assert f"2026-11-25 {LOST}" in lines
    assert nights.since(Settings(home=home, as_of=dt.date.min), BAD["as_of"])["run_id"].to_list() == ["20261125-01"]


def test_of_a_publication_of_another_version_what_is_there_is_shown_and_the_rest_named(home, tmp_path, capsys):
    shutil.copytree(home.root, tmp_path / "older", symlinks=True)
    with duckdb.connect(str(tmp_path / "older" / "published" / "latest.duckdb")) as older:
        older.execute("DROP TABLE stats.night_total CASCADE")
        older.execute("ALTER TABLE ops.metric RENAME subject TO about")
    code, said = reported(tmp_path / "older", capsys, "--as-of", "2026-11-24")
    assert code == 4
    assert "it has no column subject, no table night_total; what rests on that is left out" in " ".join(said.split())


def test_a_night_that_was_not_published_cannot_be_shown(home, capsys):
    code, _ = reported(home, capsys, "--as-of", "2026-11-25")
    assert code == 2


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [("failed", 1, "failed"), ("running", 1, "killed before its end"), ("done", None, "published")],
)
def test_how_the_newest_night_ended(tmp_path, status, error, said):
    settings = Settings(home=furnished(tmp_path / "home"), as_of=GOOD["as_of"], threads=1)
    with Store(settings, GOOD["run_id"]) as store:
        store.insert("ops.run", pl.DataFrame([GOOD | {"status": status}]))
    newest = nights.newest(settings)
    assert newest.headline.startswith(f"2026-11-24: {said}")
    assert newest.is_published is (error is None)
    listed = nights.since(settings, GOOD["as_of"])["status"].to_list()
    assert listed == ["killed" if status == "running" else status]


def test_a_night_that_was_killed_when_it_was_published_is_published(home, tmp_path):
    shutil.copytree(home.root, tmp_path / "home", symlinks=True)
    settings = Settings(home=tmp_path / "home", as_of=GOOD["as_of"], threads=1)
    with Store(settings, GOOD["run_id"]) as store:
        store.execute("DELETE FROM ops.run WHERE status = 'braked'")
        store.execute("UPDATE ops.run SET status = 'running'")
    assert nights.newest(settings).is_published


def test_a_page_that_cannot_be_written_hides_no_figure(home, capsys, monkeypatch):
    def fail(_home):
        raise OSError(errno.EROFS, "Read-only file system", "/somewhere/page.html")

    monkeypatch.setattr("reconcile.consult.write_pages", fail)
    assert program.exit_code(lambda: program.call(app, ["report", "--home", str(home)])) == 4
    told = capsys.readouterr()
    assert "not written: /somewhere/page.html: the file system is read-only." in told.err
    assert "990101501000" in told.out


def test_of_an_earlier_night_only_what_is_still_there_is_named(home, tmp_path):
    shutil.copytree(home.root, tmp_path / "home", symlinks=True)
    with Store(Settings(home=tmp_path / "home", as_of=BAD["as_of"], threads=1), BAD["run_id"]) as store:
        store.execute("UPDATE ops.run SET status = 'done', message = NULL")
        store.copy_to(tmp_path / "home" / "published" / "newer.duckdb")
    (tmp_path / "home" / "published" / "newer.duckdb").replace(tmp_path / "home" / "published" / "latest.duckdb")
    assert list(summary.read(Home(tmp_path / "home"), GOOD["as_of"]).paths) == ["warehouse"]


def test_where_no_night_was_run_since_a_day_a_sentence_says_so(home, capsys):
    _, said = reported(home, capsys, "--since", "2027-01-01")
    assert said.splitlines()[1:] == ["No night was run since then."]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_today_is_the_date_in_china_whatever_the_clock_of_the_machine(monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    heard = []
    monkeypatch.setattr("reconcile.operate.settings_of", lambda **given: heard.append(given) or (_ for _ in ()).throw(SystemExit))
    before = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    with pytest.raises(SystemExit):
        program.call(app, ["run", "--inbox", "i", "--home", "h", "--as-of", "today"])
    after = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    assert before <= heard[0]["as_of"] <= after
