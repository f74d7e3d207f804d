"""How a night begins, is taken up again after a failure, and ends."""

import datetime as dt

import homes
import pytest
from warehouses import furnished

from reconcile import pipeline
from reconcile.errors import BrakeError, InputRefusedError, Place, UnexpectedError, UsageError, WarehouseError
from reconcile.pipeline import STAGES, Stage
from reconcile.settings import Settings
from reconcile.store import Store

NIGHT = dt.date(2026, 11, 21)


class Recorder:
    """Stages that note that they ran, and fail when told to."""

    def __init__(self):
        self.ran: list[str] = []
        self.failing: dict[str, Exception] = {}
        self.new_loads = 0

    def stage(self, name: str) -> Stage:
        def run(store: Store, _settings: Settings) -> dict[str, float]:
            self.ran.append(name)
            if name in self.failing:
                raise self.failing[name]
            if name == "ingest":
                for _ in range(self.new_loads):
                    store.execute("INSERT INTO ops.load (load_id) SELECT coalesce(max(load_id), 0) + 1 FROM ops.load")
            return {"rows": 3}

        return Stage(name, "", run)


@pytest.fixture
def recorder(monkeypatch):
    made = Recorder()
    monkeypatch.setattr(pipeline, "STAGES", tuple(made.stage(name) for name in ("ingest", "link", "publish")))
    return made


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "inbox").mkdir()
    return Settings(home=furnished(tmp_path / "home"), inbox=tmp_path / "inbox", as_of=NIGHT)


def night(settings, **changes):
    return pipeline.run_night(settings.model_copy(update=changes), lambda _: None)


def one(settings, query):
    return homes.rows(settings.home, query)


def fail(recorder, settings, stage, error):
    recorder.failing = {stage: error}
    with pytest.raises(type(error)):
        night(settings)
    recorder.failing, recorder.ran = {}, []


def test_the_order_is_the_way_of_the_data():
    assert [stage.name for stage in STAGES] == ["ingest", "standardise", "feedback", "link", "findings", "worklist", "publish"]


def test_a_good_night_is_done_and_leaves_its_counts(recorder, settings):
    assert night(settings) == "20261121-01"
    assert recorder.ran == ["ingest", "link", "publish"]
    assert one(settings, "SELECT run_id, status, message FROM ops.run") == [("20261121-01", "done", None)]
    assert one(settings, "SELECT stage, name, value FROM ops.metric ORDER BY stage") == [
        ("ingest", "rows", 3.0),
        ("link", "rows", 3.0),
        ("publish", "rows", 3.0),
    ]
    assert one(settings, "SELECT count(*) FROM ops.stage WHERE seconds >= 0 AND peak_mb > 0") == [(3,)]


def test_a_second_night_of_the_same_date_gets_the_next_number(recorder, settings):
    assert [night(settings), night(settings)] == ["20261121-01", "20261121-02"]
    assert recorder.ran == ["ingest", "link", "publish"] * 2


def test_a_night_that_failed_goes_on_where_it_stopped(recorder, settings):
    fail(recorder, settings, "publish", BrakeError("too many"))
    assert one(settings, "SELECT status, message FROM ops.run") == [("braked", "too many")]
    assert night(settings) == "20261121-01"
    assert recorder.ran == ["ingest", "publish"]
    assert one(settings, "SELECT status, message FROM ops.run") == [("done", None)]


def test_a_night_taken_up_again_repeats_everything_when_something_new_arrived(recorder, settings):
    fail(recorder, settings, "publish", BrakeError("too many"))
    recorder.new_loads = 1
    night(settings)
    assert recorder.ran == ["ingest", "link", "publish"]


@pytest.mark.parametrize("changes", [{"full": True}, {"due_days": 10}])
def test_a_night_taken_up_again_repeats_everything_when_told_or_under_other_settings(recorder, settings, changes):
    fail(recorder, settings, "publish", BrakeError("too many"))
    night(settings, **changes)
    assert recorder.ran == ["ingest", "link", "publish"]


def test_force_alone_repeats_nothing(recorder, settings):
    fail(recorder, settings, "publish", BrakeError("too many"))
    night(settings, force=True, by="somebody", reason="looked at")
    assert recorder.ran == ["ingest", "publish"]


def test_a_later_night_closes_an_unfinished_one(recorder, settings):
    fail(recorder, settings, "publish", BrakeError("too many"))
    assert night(settings, as_of=NIGHT + dt.timedelta(days=1)) == "20261122-01"
    assert one(settings, "SELECT run_id, status FROM ops.run ORDER BY run_id") == [("20261121-01", "braked"), ("20261122-01", "done")]
    with pytest.raises(UsageError):
        night(settings)


def test_runs_name_program_and_settings_alike_on_every_night_until_a_setting_changes(recorder, settings):
    nights = (NIGHT, NIGHT + dt.timedelta(days=1), NIGHT + dt.timedelta(days=2))
    for as_of, due_days in zip(nights, (30, 30, 10), strict=True):
        night(settings, as_of=as_of, due_days=due_days)
    (first,), (second,), (changed,) = one(settings, "SELECT program FROM ops.run ORDER BY run_id")
    assert first == second != changed


def test_an_expected_error_is_written_with_its_message(recorder, settings):
    fail(recorder, settings, "ingest", InputRefusedError(Place("a.csv", 1), "is empty", "Ask again"))
    assert one(settings, "SELECT status, message FROM ops.run") == [("failed", "a.csv:1: is empty. Ask again")]


def test_an_unexpected_error_loses_its_text(recorder, settings):
    recorder.failing = {"link": ValueError("could not convert 王小明")}
    with pytest.raises(UnexpectedError) as caught:
        night(settings)
    assert "王小明" not in str(caught.value) + caught.value.places
    assert caught.value.__suppress_context__
    assert "test_pipeline" in caught.value.places
    ((status, message),) = one(settings, "SELECT status, message FROM ops.run")
    assert status == "failed"
    assert message.startswith("link: unexpected ValueError")


def test_an_inbox_that_is_not_there_touches_nothing(tmp_path):
    settings = Settings(home=tmp_path / "home", inbox=tmp_path / "nowhere", as_of=NIGHT)
    with pytest.raises(UsageError, match="nowhere: no such directory"):
        pipeline.begin(settings)
    assert not settings.home.root.exists()


@pytest.mark.parametrize("below", ["", "one", "one/two"])
def test_a_home_that_is_a_file_or_below_one_is_refused(tmp_path, below):
    (tmp_path / "home").write_text("")
    with pytest.raises(UsageError, match=r"is a file, or lies below one\. Name the directory"):
        pipeline.begin(Settings(home=tmp_path / "home" / below, inbox=tmp_path, as_of=NIGHT))


def test_a_warehouse_with_a_damaged_block_is_not_taken_for_a_locked_one(recorder, settings):
    night(settings)
    with settings.home.warehouse.open("rb+") as file:
        file.seek(4096)
        file.write(b"x" * 8192)
    with pytest.raises(WarehouseError, match="is damaged"):
        night(settings)


def test_a_night_before_a_published_one_is_refused(recorder, settings):
    night(settings)
    with pytest.raises(UsageError, match="the night of 2026-11-21 is already published"):
        night(settings, as_of=NIGHT - dt.timedelta(days=1))
    assert one(settings, "SELECT count(*) FROM ops.run") == [(1,)]
    night(settings, as_of=NIGHT + dt.timedelta(days=1))


def test_a_night_before_one_that_failed_may_run(recorder, settings):
    fail(recorder, settings, "link", InputRefusedError(Place("a.csv"), "x", "y"))
    recorder.failing = {}
    night(settings, as_of=NIGHT - dt.timedelta(days=1))
