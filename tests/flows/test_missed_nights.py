"""The schedule says which nights there are; those that nobody ran are made up, oldest first, and one that is too old is skipped."""

import datetime as dt
import logging
from types import SimpleNamespace

import pytest
from prefect.context import TagsContext
from warehouses import furnished

from reconcile.errors import BrakeError
from reconcile.settings import Schedule, Settings
from reconcile.store import Store

DAILY = "30 1 * * *"


def day(number):
    return dt.date(2026, 11, number)


@pytest.fixture
def resuming(prefect_home):
    from flows import resuming  # noqa: PLC0415 - after Prefect's home is set

    return resuming


@pytest.fixture
def tried(tmp_path):
    """A home in which the night of the 21st ended in a brake, and that of the 22nd was killed."""
    home = furnished(tmp_path / "home")
    with Store(Settings(home=home, as_of=day(22))) as store:
        for number, status in ((20, "done"), (21, "braked"), (22, "running")):
            store.execute(
                "INSERT INTO ops.run (run_id, as_of, status, started_at) VALUES ($run_id, $as_of, $status, CAST($as_of AS TIMESTAMP))",
                run_id=f"202611{number}-01",
                as_of=day(number),
                status=status,
            )
    return home


@pytest.fixture
def ran(nightly, monkeypatch):
    """Nights that were run, instead of running them."""
    nights = []

    def one(settings):
        nights.append(settings.as_of)
        if settings.as_of == day(23):
            msg = "too few rows"
            raise BrakeError(msg)

    monkeypatch.setattr(nightly, "run", one)
    monkeypatch.setattr(nightly, "nightly", nightly.nightly.fn)
    monkeypatch.setattr(nightly, "get_run_logger", lambda: logging.getLogger("nightly"))
    monkeypatch.setattr(nightly, "missed", nightly.missed.fn)
    return nights


def scheduled(nightly, monkeypatch, home, number):
    """Run the night that was scheduled for half past one of a day in China, where that day is not over yet in Greenwich."""
    start = dt.datetime(2026, 11, number - 1, 17, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(nightly, "flow_run", SimpleNamespace(scheduled_start_time=start))
    return nightly.nightly(inbox=home.parent, home=home)


@pytest.mark.parametrize(("hour", "number"), [(15, 20), (16, 21), (17, 21)])
def test_the_business_date_is_that_of_the_scheduled_start_in_china(resuming, hour, number):
    assert resuming.business_date(dt.datetime(2026, 11, 20, hour, 30, tzinfo=dt.UTC)) == day(number)


@pytest.mark.parametrize(
    ("cron", "after", "until", "nights"),
    [
        (DAILY, 21, (24, 1, 29), [22, 23]),
        (DAILY, 21, (24, 1, 30), [22, 23, 24]),
        (DAILY, 24, (24, 23, 0), []),
        ("0 2 * * 1", 15, (30, 12, 0), [16, 23, 30]),
        ("*/20 * * * *", 22, (23, 12, 0), [23]),
    ],
)
def test_a_night_is_a_day_of_the_schedule_whose_hour_has_come(resuming, cron, after, until, nights):
    number, hour, minute = until
    moment = dt.datetime(2026, 11, number, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert [resuming.business_date(start) for start in resuming.starts(cron, day(after), moment)] == [day(night) for night in nights]


def test_missed_nights_come_first_and_oldest_first_and_one_that_fails_stops_no_other(nightly, ran, tried, monkeypatch):
    assert scheduled(nightly, monkeypatch, tried, 25) is None
    assert ran == [day(22), day(23), day(24), day(25)]


def test_after_a_long_gap_only_the_newest_nights_are_made_up(nightly, ran, tried, monkeypatch):
    (tried / "settings.toml").write_text("[schedule]\nmade_up = 1\n")
    scheduled(nightly, monkeypatch, tried, 28)
    assert ran == [day(27), day(28)]


def test_a_new_home_has_missed_nothing(nightly, ran, tmp_path, monkeypatch):
    scheduled(nightly, monkeypatch, tmp_path / "home", 25)
    assert ran == [day(25)]


def test_a_night_asked_for_by_its_date_makes_up_nothing(nightly, ran, tried):
    nightly.nightly(inbox=tried.parent, home=tried, as_of=day(25))
    assert ran == [day(25)]


def test_a_night_older_than_the_published_one_is_skipped_and_says_so(nightly, ran, tried, monkeypatch):
    monkeypatch.setattr(nightly.publication, "last_day", lambda _home: day(24))
    state = scheduled(nightly, monkeypatch, tried, 23)
    assert (state.name, state.is_completed()) == ("Skipped", True)
    assert "the night of 2026-11-24 is published" in state.message
    assert ran == []


def test_the_schedule_is_what_the_settings_say(nightly, tmp_path):
    from flows.deployments import deployment, feedback_deployment  # noqa: PLC0415 - after Prefect's home is set

    schedule = Schedule(night="0 3 * * *")
    built = deployment(tmp_path / "inbox", tmp_path / "home", schedule)
    crons = [
        (each.schedule.cron, each.schedule.timezone) for each in (*built.schedules, *feedback_deployment(tmp_path, schedule).schedules)
    ]
    assert crons == [("0 3 * * *", "Asia/Shanghai"), ("*/15 8-20 * * *", "Asia/Shanghai")]
    assert built.parameters == {name: str((tmp_path / name).resolve()) for name in ("inbox", "home")}
    assert built.concurrency_limit == 1


def test_runs_of_a_home_are_found_by_its_tags(nightly, tmp_path, monkeypatch):
    from flows import __main__ as program  # noqa: PLC0415 - after Prefect's home is set
    from flows.deployments import deployment, feedback_deployment  # noqa: PLC0415

    for built in (deployment(tmp_path, tmp_path / "town", Schedule()), feedback_deployment(tmp_path / "town", Schedule())):
        assert built.tags == ["reconcile", "town"]
    tagged = []
    monkeypatch.setattr(nightly, "nightly", lambda **_: tagged.append(TagsContext.get().current_tags))
    monkeypatch.setattr(program.environment, "load", lambda _: None)
    monkeypatch.setattr("reconcile.terminal.show_summary", lambda _: None)
    program.night(inbox=tmp_path, home=tmp_path / "town", as_of=dt.date(2026, 11, 21))
    assert tagged == [{"reconcile", "town"}]


@pytest.mark.parametrize(("state", "is_left"), [("done", False), ("running", True)])
def test_the_newest_start_without_a_night_is_missed(resuming, tried, state, is_left):
    settings = Settings(home=tried, as_of=dt.date.min)
    with Store(settings) as store:
        store.execute("UPDATE ops.run SET status = $state WHERE as_of = $as_of", state=state, as_of=day(22))
    missed = resuming.missed_start(settings, dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))
    assert missed == (dt.datetime(2026, 11, 21, 17, 30, tzinfo=dt.UTC) if is_left else None)
    assert resuming.missed_start(Settings(home=tried.parent / "new", as_of=dt.date.min), missed or dt.datetime.now(dt.UTC)) is None
