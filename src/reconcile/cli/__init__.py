"""The command line (CONTRACT §4): parses, calls ``operate``, ``consult`` and ``preserve``, shows what came of it."""

from __future__ import annotations

import sys

from reconcile.cli import consulting, developing, keeping, nights
from reconcile.cli.base import app
from reconcile.program import run_program

__all__ = ["app", "consulting", "developing", "keeping", "main", "nights"]


def main() -> None:
    """Entry point of the ``reconcile`` command."""
    sys.exit(run_program(app, "reconcile"))
