"""The program ``reconcile``, which the commands of this package are added to."""

from __future__ import annotations

from cyclopts import App, Parameter
from cyclopts.config import Env

from reconcile import __version__
from reconcile.program import DEBUG

app = App(
    name="reconcile",
    help="Compares what police, civil affairs and health record about births, deaths and moves.",
    help_epilogue=f"{DEBUG} after any command shows where an unexpected error arose. Exit codes: 0 done, 2 usage, 3 an input was refused, "
    "4 a brake stopped publication, 5 the warehouse is locked or damaged, 6 a check is red, 1 anything else.",
    help_format="plaintext",  # <home> and [tell] are words, no markup
    version=__version__,
    config=Env("RECONCILE_", command=False),
    default_parameter=Parameter(negative=()),
)
