"""Reconciliation of population records: extracts in, a linked warehouse and station worklists out."""

__version__ = "0.1.0"
