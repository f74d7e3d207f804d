"""Which version the published tables and views are, for whoever builds on them."""

from __future__ import annotations

VERSION = "1.1.0"
"""After the rule of ``odcs.risen`` from the last released contracts in ``docs/contract/released/``; ``reconcile docs`` says when it has to rise."""
