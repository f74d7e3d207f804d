"""Returned worklists as a Prefect flow: what lies in ``<home>/returns`` and was not taken in yet. The work is in ``reconcile.operate``."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows import naming
from flows.nightly import may_pass
from reconcile import operate
from reconcile.feedback import Receipt
from reconcile.home import Home


@task(name="take in", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def take_in(home: Path) -> list[Receipt]:
    """Take in the files that wait; tried again while another run holds the warehouse."""
    return operate.take_in_waiting(Home(home))


@flow(name="feedback", flow_run_name=naming.moment, persist_result=False)
def returns(home: Path) -> int:
    """Take in returned worklists and return how many files there were; an empty folder is left without opening the warehouse."""
    log = get_run_logger()
    receipts = take_in(home)
    for receipt in receipts:
        log.info("%s: %d accepted, %d repeated, %d refused", receipt.file, receipt.accepted, receipt.repeated, receipt.refused)
    return len(receipts)
