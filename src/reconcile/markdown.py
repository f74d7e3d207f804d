"""Pieces of the generated pages in ``docs/``."""

from __future__ import annotations

from collections.abc import Iterable


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """A table; ``head`` names the columns, separated by ``|``."""
    names = [name.strip() for name in head.split("|")]
    lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def codes(values: Iterable[str]) -> str:
    """Values as code, separated by commas."""
    return ", ".join(f"`{value}`" for value in values)


def page(parts: Iterable[str]) -> str:
    """Paragraphs, headings and tables as one text, an empty line between two of them."""
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)
