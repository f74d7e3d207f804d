"""The page about a night as people see it: screenshots at three widths in both languages, and A4, made by Chromium.

``python tools/look.py --home demo --out build/look`` needs ``chromium`` or ``google-chrome`` on the PATH. It fails when the page
asks the network for anything, or runs a script.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cyclopts import App

WIDTHS = {"phone": 390, "tablet": 820, "desktop": 1280}
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")
_SWITCH = '<input type="checkbox" id="english"'

app = App(help=__doc__)


@app.default
def main(*, home: Path, out: Path) -> None:
    """Draw the newest page of a home."""
    browser = next((found for name in _NAMES if (found := shutil.which(name))), None)
    pages = sorted(home.glob("reports/night_*.html"))
    if browser is None or not pages:
        sys.exit(f"look: needs one of {', '.join(_NAMES)} on the PATH, and a page in {home}/reports.")
    out.mkdir(parents=True, exist_ok=True)
    text = pages[-1].read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        asking = Path(folder) / "asking.html"
        asking.write_text('<img src="http://example.invalid/x.png">', encoding="utf-8")
        if not _asks(browser, folder, asking, f"--screenshot={folder}/asking.png"):
            sys.exit("look: this browser does not tell what a page asks the network for.")
        for language, shown in (("zh", text), ("en", text.replace(_SWITCH, f"{_SWITCH} checked"))):
            page = Path(folder) / f"{language}.html"
            page.write_text(shown, encoding="utf-8")
            for name, width in WIDTHS.items():
                _run(browser, folder, page, f"--screenshot={(out / f'{language}_{name}.png').absolute()}", f"--window-size={width},5000")
            _run(browser, folder, page, "--no-pdf-header-footer", f"--print-to-pdf={(out / f'{language}_a4.pdf').absolute()}")
    sys.stdout.write(f"{len(list(out.iterdir()))} pictures in {out}; nothing was asked of the network.\n")


def _run(browser: str, folder: str, page: Path, *flags: str) -> None:
    """One picture; a page that asks the network for anything ends the program."""
    if _asks(browser, folder, page, *flags):
        sys.exit("look: the page asks the network for something.")


def _asks(browser: str, folder: str, page: Path, *flags: str) -> bool:
    """Whether a page asks the network for anything; what the browser asks for by itself has no page as its origin."""
    log = Path(folder) / "net.json"
    subprocess.run([browser, *_QUIET, *flags, f"--log-net-log={log}", page.as_uri()], check=True, capture_output=True)
    return '"initiator":"null"' in log.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    app()
