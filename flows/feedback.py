"""Returned worklists as a Prefect flow: what lies in ``<home>/returns`` and was not taken in yet. The work is in ``reconcile.feedback``."""

from __future__ import annotations

from pathlib import Path

from flows import environment

environment.prepare()

from prefect import flow, get_run_logger, task  # noqa: E402 - reads the environment when imported
from prefect.cache_policies import NO_CACHE  # noqa: E402

from flows.nightly import may_pass  # noqa: E402
from reconcile import cli, feedback  # noqa: E402


@task(name="take in", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def take_in(home: Path) -> list[feedback.Receipt]:
    """Take in the files that wait; tried again while another run holds the warehouse."""
    return cli.take_in(home, lambda store: feedback.waiting(store, store.settings))


@flow(name="feedback", persist_result=False)
def returns(home: Path) -> int:
    """Take in returned worklists and return how many files there were; an empty folder is left without opening the warehouse."""
    if not any((home / "returns").glob("**/*")):
        return 0
    log = get_run_logger()
    receipts = take_in(home)
    for one in receipts:
        log.info("%s: %d accepted, %d repeated, %d refused", one.file, one.accepted, one.repeated, one.refused)
    return len(receipts)
