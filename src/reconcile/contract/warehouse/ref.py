"""Tables of ``ref``: codes and their labels."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, VARCHAR, Table, TableColumn

CODE = Table(
    "ref.code",
    "Codes of the contract and their Chinese labels.",
    (
        TableColumn("code_set", VARCHAR, "Name of the code set."),
        TableColumn("code", VARCHAR, "Canonical code."),
        TableColumn("label", VARCHAR, "Chinese label."),
    ),
)

PROFILE_CODE = Table(
    "ref.profile_code",
    "Local codes that the profile of a load declares, and the canonical code each means.",
    (
        TableColumn("load_id", BIGINT),
        TableColumn("column_name", VARCHAR),
        TableColumn("local", VARCHAR, "Code as delivered."),
        TableColumn("canonical", VARCHAR, "Code of the contract."),
    ),
    is_kept=True,
)

TABLES = (CODE, PROFILE_CODE)
