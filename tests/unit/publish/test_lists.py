"""What people put beside their lists, or filled in place, is carried over and never deleted."""

import hashlib

import polars as pl
import pytest
from publish_case import NIGHT

from reconcile import lists


def publish(house, files, run_id="20261121-01"):
    """Publish these lists with their manifest, as the worklist stage writes it; returns the night's folder."""
    staged = house.settings.home.staged_worklists
    rows = []
    for name, text in files.items():
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_text(text)
        rows.append({"file": name, "sha256": hashlib.sha256(text.encode()).hexdigest()})
    pl.DataFrame(rows).write_csv(staged / "manifest.csv", include_bom=True, line_terminator="\r\n", quote_style="always")
    house.publish(run_id)
    return house.settings.home.worklists_of(NIGHT)


def content(night):
    return {path.relative_to(night).as_posix(): path.read_text() for path in night.rglob("*") if path.is_file() and path.suffix != ".csv"}


def test_only_what_the_manifest_lists_is_replaced(house):
    longest = "n" * 251 + ".txt"  # bytes, as many as a name may have
    night = publish(house, {"1/a.csv": "old", "2/b.csv": "old"})
    (night / "1" / "notes.txt").write_text("ours")
    (night / "sent.txt").write_text("ours")
    (night / longest).write_text("ours")
    publish(house, {"1/a.csv": "new"}, "20261121-02")
    assert content(night) == {"1/notes.txt": "ours", "sent.txt": "ours", longest: "ours"}
    assert sorted(path.relative_to(night).as_posix() for path in night.rglob("*.csv")) == ["1/a.csv", "manifest.csv"]
    assert (night / "1" / "a.csv").read_text() == "new"


def test_a_list_that_people_filled_in_place_is_kept_beside_the_new_one(house):
    night = publish(house, {"1/a.csv": "old"})
    (night / "1" / "a.csv").write_text("filled")
    for number in (2, 3):
        publish(house, {"1/a.csv": "new"}, f"20261121-0{number}")
        (kept,) = (night / "1").glob("a_changed_*.csv")
        assert kept.read_text() == "filled"
        assert (night / "1" / "a.csv").read_text() == "new"


def test_a_night_without_a_manifest_loses_no_file(house):
    night = publish(house, {"1/a.csv": "old"})
    (night / "manifest.csv").unlink()
    publish(house, {"1/a.csv": "new"}, "20261121-02")
    assert sorted(path.read_text() for path in (night / "1").iterdir()) == ["new", "old"]


def test_the_folder_of_lists_that_were_replaced_is_gone_when_it_holds_nothing_of_people(house):
    publish(house, {"1/a.csv": "old"})
    publish(house, {"1/a.csv": "new"}, "20261121-02")
    assert [path.name for path in (house.settings.home.worklists / ".runs").iterdir()] == ["20261121-02"]


@pytest.mark.parametrize("late", ["1/a.csv", "1/late.txt", "new/late.txt"])
def test_what_is_written_while_the_lists_are_switched_is_carried_over_after_it(house, monkeypatch, late):
    night = publish(house, {"1/a.csv": "old"})
    retire = lists.retire

    def after_a_person_saved(former, successor):
        (former / late).parent.mkdir(exist_ok=True)
        (former / late).write_text("saved late")
        retire(former, successor)

    monkeypatch.setattr(lists, "retire", after_a_person_saved)
    publish(house, {"1/a.csv": "new"}, "20261121-02")
    assert "saved late" in [path.read_text() for path in night.rglob("*") if path.is_file()]


def test_a_file_that_cannot_be_carried_over_stays(house, monkeypatch):
    night = publish(house, {"1/a.csv": "old"})
    (night / "1" / "notes.txt").write_text("ours")
    former = night.resolve()
    monkeypatch.setattr(lists, "carry_over", lambda *_: None)
    publish(house, {"1/a.csv": "new"}, "20261121-02")
    assert (former / "1" / "notes.txt").read_text() == "ours"
    assert not (former / "1" / "a.csv").exists()
