"""What ``make demo`` shows: a night on a folder of deliveries, then what a night would make of files as offices send them.

``python tools/demo.py sample_data demo 2026-11-21`` is ``python -m flows night`` and ``reconcile check`` in one interpreter.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from flows.__main__ import night
from reconcile import operate, terminal
from reconcile.home import Home
from reconcile.program import exit_code


def demo(inbox: Path, home: Path, as_of: dt.date) -> None:
    """Run the night, then look at ``as_sent``; profile drafts are written below the home."""
    night(inbox=inbox, home=home, as_of=as_of)
    terminal.show_check(operate.check_inbox(inbox / "as_sent", Home(home), home / "drafts"))


if __name__ == "__main__":
    sys.exit(exit_code(lambda: demo(Path(sys.argv[1]), Path(sys.argv[2]), dt.date.fromisoformat(sys.argv[3])), program="demo"))
