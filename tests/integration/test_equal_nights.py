"""A night that keeps what it can gives the tables of one that makes everything anew: the long one is ``python -m bench.equal``."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from bench.equal import Twins, differences
from reconcile import made_from, masked
from reconcile.home import Home
from reconcile.report import linkage
from reconcile.settings import Settings
from reconcile.store import Store


@pytest.fixture(scope="module")
def twins(good_night, tmp_path_factory):
    folder = tmp_path_factory.mktemp("equal")
    shutil.copytree(good_night.inbox, folder / "inbox")
    return Twins(folder / "inbox", Path(good_night.home), folder, seed=12)


def reused(home: Path) -> dict[str, float]:
    """Rows that the newest run kept, by stage."""
    with duckdb.connect(str(Home(home).warehouse), read_only=True) as connection:
        newest = "(SELECT max(run_id) FROM ops.metric)"
        kept = f"SELECT stage, sum(value) FROM ops.metric WHERE name = 'reused' AND run_id = {newest} GROUP BY stage"
        return dict(connection.execute(kept).fetchall())


def test_rows_change_and_come_again_a_name_becomes_common_and_stations_answer(twins):
    assert twins.night("rows", "events", "common", "answers") == []
    assert reused(twins.kept)["standardise"] > 5000
    assert "link" not in reused(twins.kept)
    assert reused(twins.full) == {}


def test_nothing_is_delivered(twins):
    assert twins.night("nothing") == []
    assert reused(twins.kept)["link"] > 10_000


def test_a_masked_file_takes_over_what_is_the_same_and_nothing_after_a_purge(twins, tmp_path, caplog):
    caplog.set_level("INFO", "reconcile.masked")
    first, second, third = (tmp_path / f"{number}.duckdb" for number in (1, 2, 3))
    with Store(Settings(home=twins.kept, as_of=twins.on), "masked") as store:
        masked.write(store, first)
        masked.write(store, second, first)
        with store.transaction():
            store.execute("INSERT INTO ops.audit BY NAME SELECT max(number) + 1 AS number, 'purge' AS command FROM ops.audit")
        masked.write(store, third, first)
    taken = [int(message.split(": ")[1].split()[0]) for message in caplog.messages]
    assert (taken[0], taken[2]) == (0, 0)
    assert taken[1] > 40
    assert differences(second, first) == differences(third, first) == []


def test_the_page_of_a_linkage_that_stands_is_that_of_the_night_before_under_tonights_date(twins, monkeypatch):
    tonight, later = (Settings(home=twins.kept, as_of=twins.on + dt.timedelta(days=days)) for days in (0, 1))
    with Store(tonight) as store:
        page = linkage.page(store, tonight)
        tonight.home.reports.mkdir(exist_ok=True)
        tonight.home.linkage_page(twins.on).write_text(page, encoding="utf-8")
        monkeypatch.setattr(linkage, "_content", lambda *_: pytest.fail("the page is made anew"))
        again = linkage.page(store, later)
    assert str(later.as_of) in again
    assert again.replace(str(later.as_of), str(twins.on)) == page


def test_the_page_of_another_program_is_drawn_anew(twins, monkeypatch):
    with Store(Settings(home=twins.kept, as_of=twins.on)) as store:
        page = linkage.page(store, store.settings)
        store.settings.home.reports.mkdir(exist_ok=True)
        store.settings.home.linkage_page(twins.on).write_text(page.replace("<main>", "<main><!-- of old -->"), encoding="utf-8")
        assert "of old" in linkage.page(store, store.settings)
        monkeypatch.setattr(made_from, "program", lambda: "another")
        assert "of old" not in linkage.page(store, store.settings)


def test_one_row_is_told_apart(twins, tmp_path):
    """The comparison itself notices one changed value."""
    other = tmp_path / "warehouse.duckdb"
    shutil.copy(Home(twins.kept).warehouse, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE link.person SET person_id = 'X' WHERE registration_id = (SELECT min(registration_id) FROM link.person)")
    assert differences(other, Home(twins.full).warehouse) == ["link.person: 1 rows only where kept, 1 only where all is new"]
