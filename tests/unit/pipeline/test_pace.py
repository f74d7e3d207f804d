"""How far a stage is: told every few seconds, with what is left by what it took so far."""

from types import SimpleNamespace

import pytest

from reconcile import pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [1000.0]
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


@pytest.fixture
def lines():
    """What was told."""
    told = []
    with pace.heard(told.append):
        yield told


def test_a_long_stage_tells_share_and_seconds_left(clock, lines):
    with pace.stage("link"):
        pace.expect(40)
        clock[0] += 15
        pace.advance(10)
        clock[0] += 9
        pace.advance()
        clock[0] += 1
        pace.advance(9)
    assert lines == ["link         25% done, about 45 s left", "link         50% done, about 25 s left"]


def test_a_short_stage_one_that_is_done_and_one_that_expects_nothing_say_nothing(clock, lines):
    with pace.stage("short"):
        pace.expect(2)
        clock[0] += pace.EVERY - 1
        pace.advance()
    with pace.stage("done"):
        pace.expect(2)
        clock[0] += 60
        pace.advance(2)
    with pace.stage("unknown"):
        clock[0] += 60
        pace.advance()
    pace.advance()
    pace.expect(1)
    assert lines == []


def test_a_part_that_begins_again_counts_anew(clock, lines):
    with pace.stage("publish"):
        pace.expect(1)
        pace.advance()
        pace.expect(4)
        clock[0] += 20
        pace.advance()
    assert lines == ["publish      25% done, about 60 s left"]


def test_nobody_hears_any_more_after_the_block(clock):
    told = []
    with pytest.raises(KeyError), pace.heard(told.append):
        raise KeyError
    pace.say("later")
    assert told == []
