"""Commands of those who try or change the program: an invented prefecture, the generated pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reconcile import documents, terminal
from reconcile import sample as sample_register
from reconcile.cli.base import app


@app.command
def sample(
    *,
    out: Annotated[Path, Parameter(help="Directory to write the deliveries to.")],
    population: Annotated[int, Parameter(help="Registrations, about.")] = 6000,
    seed: Annotated[int, Parameter(help="Same seed, same files.")] = 1,
    world: Annotated[
        sample_register.WorldName, Parameter(help="plain, or hard: more cases, written with the habits of real offices.")
    ] = "plain",
) -> None:
    """Write an invented prefecture with planted faults and their truth."""
    sample_register.write(out, population, seed, kind=world)
    terminal.show_fact("sample", out)


@app.command
def docs(
    *,
    check: Annotated[bool, Parameter(help="Write nothing; fail when a page is stale.")] = False,
    folder: Annotated[Path, Parameter(help="Where the pages are.")] = Path("docs"),
) -> None:
    """Write the generated pages: the data dictionary and the catalogue of findings. For developers, in a checkout."""
    documents.write(folder, check=check)
