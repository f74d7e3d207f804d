"""Retraining as a Prefect flow, without a schedule: a model changes on purpose. The work is in ``reconcile.link``."""

from __future__ import annotations

from pathlib import Path

from flows import environment

environment.prepare()

from prefect import flow, get_run_logger, task  # noqa: E402 - reads the environment when imported
from prefect.cache_policies import NO_CACHE  # noqa: E402

from flows.nightly import may_pass  # noqa: E402
from reconcile import cli  # noqa: E402


@task(name="train", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def train(home: Path) -> str:
    """Train a model; tried again while another run holds the warehouse."""
    return cli.learn(home)[0]


@flow(name="retrain", persist_result=False)
def retrain(home: Path) -> str:
    """Train a match model on the register of the last night and return its version, which the next night uses unless another is pinned."""
    version = train(home)
    get_run_logger().info("model %s", version)
    return version
