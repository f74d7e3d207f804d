"""Pages as people see them: screenshots at three widths, in both languages where there are two, and A4, made by Chromium.

``python tools/look.py --home demo --out build/look`` needs ``chromium`` or ``google-chrome`` on the PATH. It fails when the page
asks the network for anything. With ``--axe axe.min.js`` (the package axe-core) it also fails where axe finds the page hard to read: text
without contrast enough, headings out of order, pictures without a name.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from cyclopts import App

KINDS = ("night", "linkage", "delivery", "bulletin")
WIDTHS = {"phone": 390, "tablet": 820, "desktop": 1280}
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")
_SWITCH = '<input type="checkbox" id="english"'

_JUDGE = """
<script>{axe}</script>
<script>axe.run().then(found => {{
  const told = found.violations.map(one => [one.id, one.impact, one.nodes.map(node => node.html)]);
  document.title = "axe"; document.body.textContent = JSON.stringify({{passes: found.passes.map(one => one.id), told}});
}})</script>
"""
_MUST_PASS = {"color-contrast", "heading-order", "html-has-lang"}
"""Rules that have something to look at on every page: where one of them is silent, axe did not look."""
_OF_CHARTS = {"svg-img-alt"}
"""And on every page with charts."""

app = App(help=__doc__)


@app.default
def main(*, home: Path, out: Path, axe: Path | None = None) -> None:
    """Draw the newest page of each kind of a home."""
    browser = next((found for name in _NAMES if (found := shutil.which(name))), None)
    newest = [max(pages, key=_newest) for kind in KINDS if (pages := list(home.glob(f"reports/{kind}_*.html")))]
    if browser is None or not newest:
        sys.exit(f"look: needs one of {', '.join(_NAMES)} on the PATH, and a page in {home}/reports.")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asking = Path(folder) / "asking.html"
        asking.write_text('<img src="http://example.invalid/x.png">', encoding="utf-8")
        if not _asks(browser, folder, asking, f"--screenshot={folder}/asking.png"):
            sys.exit("look: this browser does not tell what a page asks the network for.")
        for page in newest:
            text = page.read_text(encoding="utf-8")
            for language in ("zh", "en") if _SWITCH in text else ("",):
                shown = Path(folder) / f"{page.stem}{language and '_'}{language}.html"
                shown.write_text(text.replace(_SWITCH, f"{_SWITCH} checked") if language == "en" else text, encoding="utf-8")
                _draw(browser, folder, shown, out.absolute(), axe)
    sys.stdout.write(f"{len(list(out.iterdir()))} pictures in {out}; nothing was asked of the network.\n")


def _newest(page: Path) -> tuple[str, int]:
    """Of the newest night the page that says most."""
    return page.stem.rpartition("_")[2], page.stat().st_size


def _draw(browser: str, folder: str, page: Path, out: Path, axe: Path | None) -> None:
    """A picture for each width and for paper, and what axe says at each width."""
    for name, width in WIDTHS.items():
        size = f"--window-size={width},5000"
        _run(browser, folder, page, f"--screenshot={out / f'{page.stem}_{name}.png'}", size)
        if axe:
            _judge(browser, page, axe, size)
    _run(browser, folder, page, "--no-pdf-header-footer", f"--print-to-pdf={out / f'{page.stem}_a4.pdf'}")


def _run(browser: str, folder: str, page: Path, *flags: str) -> None:
    """One picture; a page that asks the network for anything ends the program."""
    if _asks(browser, folder, page, *flags):
        sys.exit("look: the page asks the network for something.")


def _asks(browser: str, folder: str, page: Path, *flags: str) -> bool:
    """Whether a page asks the network for anything; what the browser asks for by itself has no page as its origin."""
    log = Path(folder) / "net.json"
    subprocess.run([browser, *_QUIET, *flags, f"--log-net-log={log}", page.as_uri()], check=True, capture_output=True)
    return '"initiator":"null"' in log.read_text(encoding="utf-8", errors="replace")


def _judge(browser: str, page: Path, axe: Path, size: str) -> None:
    """End the program where axe-core finds the page hard to read, or does not look at it."""
    judged = page.with_name(f"axe_{page.name}")
    judged.write_text(page.read_text(encoding="utf-8") + _JUDGE.format(axe=axe.read_text(encoding="utf-8")), encoding="utf-8")
    asked = [browser, *_QUIET, size, "--virtual-time-budget=60000", "--dump-dom", judged.as_uri()]
    shown = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    body = re.search(r"<body>(.*?)</body>", shown, re.DOTALL)
    try:
        found = json.loads(unescape(body[1] if body else ""))
    except ValueError:
        sys.exit("look: axe said nothing about the page.")
    must = _MUST_PASS | (_OF_CHARTS if "<svg" in page.read_text(encoding="utf-8") else set())
    if found["told"] or not set(found["passes"]) >= must:
        told = "".join(f"\n  {rule} ({impact}): {'; '.join(nodes)[:400]}" for rule, impact, nodes in found["told"])
        sys.exit(f"look: axe, {page.name}: {told or sorted(must - set(found['passes']))}")
    sys.stdout.write(f"axe: {page.stem}, {size}, {len(found['passes'])} rules passed.\n")


if __name__ == "__main__":
    app()
