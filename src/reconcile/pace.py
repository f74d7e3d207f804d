"""How far a long stage is, told while it works: the share that is done and about how many seconds are left.

A stage says what it has before it (``expect``) and each time a part of that is done (``advance``). What is told are counts of work and
nobody's data; the terminal, the log of the night and Prefect listen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

EVERY = 10.0
"""Seconds between two lines; a stage that is over before then says nothing."""

Listener = Callable[[str], object]
_listeners: list[Listener] = []


@dataclass(slots=True)
class _Stage:
    name: str
    began: float
    told: float
    expected: float = 0.0
    done: float = 0.0


_running: list[_Stage] = []
"""The stage that runs, if one does: a home has one writer, and parts of a stage may be done in threads of libraries."""


@contextmanager
def heard(listener: Listener) -> Generator[None]:
    """Let somebody hear each line while the block lasts."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def stage(name: str) -> Generator[None]:
    """Begin a stage; nothing is told of it before it says what to expect."""
    now = time.monotonic()
    _running.append(_Stage(name, began=now, told=now))
    try:
        yield
    finally:
        _running.pop()


def say(line: str) -> None:
    """Tell a line to whoever listens."""
    for listener in _listeners:
        listener(line)


def expect(parts: float) -> None:
    """Say how much the running stage has before it, in whatever it counts."""
    if _running:
        _running[-1].expected, _running[-1].done = parts, 0.0


def advance(parts: float = 1.0) -> None:
    """Say that so much more is done."""
    if not _running:
        return
    now, work = time.monotonic(), _running[-1]
    work.done += parts
    if now - work.told < EVERY or not 0 < work.done < work.expected:
        return
    work.told = now
    left = (now - work.began) * (work.expected - work.done) / work.done
    share = int(100 * work.done / work.expected)  # rounded down: what goes on is not done
    say(f"{work.name:<12} {share}% done, about {left:,.0f} s left")
