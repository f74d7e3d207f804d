"""The generated pages of the documentation, written or checked; for developers, in a checkout."""

from __future__ import annotations

from pathlib import Path

from reconcile import catalogue, described, diagram, dictionary, lineage, odcs, query
from reconcile.errors import ReconcileError
from reconcile.statistics import page as statistics


def write(folder: Path, *, check: bool) -> list[Path]:
    """Write the generated pages that are stale, and return them; with ``check`` nothing is written.

    Raises:
        ReconcileError: with ``check``, when a page is stale.
        UsageError: when this is not a checkout of the repository.

    """
    kept = query.SQL_ROOT / lineage.KEPT
    read = lineage.render(described.columns())
    if not check and (not kept.is_file() or kept.read_text(encoding="utf-8") != read):
        kept.write_text(read, encoding="utf-8")  # before the dictionary, which shows it
        lineage.kept.cache_clear()
    pages = {kept: read, folder / "data-dictionary.md": dictionary.render(), folder / "findings.md": catalogue.render()}
    pages |= {folder / "statistics.md": statistics.render()}
    pages |= odcs.pages(folder) | {folder / "images" / f"schema_{schema}.svg": diagram.render(schema) for schema in odcs.PUBLISHED}
    stale = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if check and stale:
        raise ReconcileError(f"{', '.join(map(str, stale))}: stale. Run reconcile docs.")
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    return stale
