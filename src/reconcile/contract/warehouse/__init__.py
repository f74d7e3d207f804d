"""The warehouse: every table that a home has, one module a schema. The pair tables of the linkage derive from its jobs."""

from __future__ import annotations

from reconcile.contract.table import Table
from reconcile.contract.warehouse import extracts, find, link, ops, ref, stats

SCHEMAS = ("raw", "std", "link", "find", "stats", "ops", "ref", "scope")
"""Schemas of the warehouse; ``scope`` holds views alone."""

TABLES: dict[str, Table] = {table.name: table for module in (extracts, ops, ref, link, find, stats) for table in module.TABLES}
"""Name with schema → table."""
