"""Retraining as a Prefect flow, without a schedule: a model changes on purpose. The work is in ``reconcile.operate``."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows import naming
from flows.nightly import may_pass
from reconcile import operate
from reconcile.home import Home


@task(name="train", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def train(home: Path) -> str:
    """Train a model; tried again while another run holds the warehouse."""
    return operate.learn(Home(home))[0]


@flow(name="retrain", flow_run_name=naming.moment, persist_result=False)
def retrain(home: Path) -> str:
    """Train a match model on the register of the last night and return its version, which the next night uses unless another is pinned."""
    version = train(home)
    get_run_logger().info("model %s", version)
    return version
