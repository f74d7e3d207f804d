"""Tables of ``ref``: codes and their labels, keys."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, VARCHAR, Table, TableColumn

CODE = Table(
    "ref.code",
    "Codes of the contract and their Chinese labels.",
    (
        TableColumn("code_set", VARCHAR, "Name of the code set."),
        TableColumn("code", VARCHAR, "Canonical code."),
        TableColumn("label", VARCHAR, "Chinese label."),
    ),
    unique=("code_set", "code"),
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
    unique=("load_id", "column_name", "local"),
)

CONTRACT = Table(
    "ref.contract",
    "One row: which version of the published tables and views this is, as docs/contract/ describes them.",
    (TableColumn("version", VARCHAR, "Its first number rises when something goes or changes, the second when something comes."),),
)

KEY = Table(
    "ref.key",
    "Keys of the declared tables, column by column: what tells rows apart, and where a column leads; for people and tools that draw or join.",
    (
        TableColumn("table_name", VARCHAR, "Table with its schema."),
        TableColumn("column_name", VARCHAR, "Column of it."),
        TableColumn(
            "kind", VARCHAR, "What the column is.", {"primary": "part of what tells rows apart", "foreign": "leads to a row elsewhere"}
        ),
        TableColumn("place", BIGINT, "1, 2, 3 … within the key; 1 where it leads elsewhere."),
        TableColumn("to_table", VARCHAR, "Table it leads to."),
        TableColumn("to_column", VARCHAR, "Column with the same value there."),
        TableColumn("is_enforced", BOOLEAN, "The database itself holds it."),
    ),
    unique=("table_name", "column_name", "kind"),
)

TABLES = (CODE, CONTRACT, KEY, PROFILE_CODE)
