"""Reconciliation of population records: extracts in, a linked warehouse and station worklists out."""
