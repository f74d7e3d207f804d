"""Standardise: typed, normalised rows, one per key, from the text that was delivered."""

from reconcile.standardise.rebuild import run

__all__ = ["run"]
