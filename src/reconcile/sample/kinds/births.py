"""Item errors of one child."""

from __future__ import annotations

import datetime as dt

from reconcile.sample.faults_birth import CERTIFICATE, RESIDENT, newborn
from reconcile.sample.kinds import kind
from reconcile.sample.world import World


@kind(0.0004)
def child_item_error(world: World, count: int) -> None:
    """Certificate and event share their number and the mother's; the birth date is days or weeks off, or only the sex differs."""
    children = newborn(world) & (world.people.mother >= 0) & ~world.people.styled
    pids = world.some(count, children)
    papers = world.records(CERTIFICATE, pids)
    for place, (pid, row) in enumerate(zip(pids, world.residents(pids), strict=True)):
        paper = papers[pid]
        days = int(world.rng.integers(2, 40))
        change = (
            {"sex": "2" if paper["sex"] == "1" else "1"} if place % 3 == 2 else {"birth_date": paper["birth_date"] - dt.timedelta(days)}
        )
        world.edit(CERTIFICATE, paper["birth_cert_no"], **change)
        world.expect("detail_conflict", (RESIDENT, row["registration_id"]), (CERTIFICATE, paper["birth_cert_no"]))
