"""What is shown must not stop what is done: a terminal without Chinese, a reader that went away, a full disk behind a log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOWN = """
import sys
from pathlib import Path
from reconcile import program, terminal
def work():
    for _ in range(2000):
        terminal.show_fact("found", "应销未销 ─")
    Path(sys.argv[1]).write_text("done")
sys.exit(program.exit_code(work))
"""


def shown(done, stdout, encoding="utf-8"):
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-c", SHOWN, done], check=False, stdout=stdout, stderr=subprocess.PIPE, env=environment)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8"])
def test_a_terminal_of_any_encoding_shows_what_it_can(tmp_path, encoding):
    ended = shown(tmp_path / "done", subprocess.PIPE, encoding)
    assert (ended.returncode, ended.stderr) == (0, b"")
    lines = ended.stdout.decode(encoding).splitlines()
    assert len(lines) == 2000
    assert lines[0].endswith("应销未销 ─" if encoding in ("gbk", "utf-8") else r"\u5e94\u9500\u672a\u9500 \u2500")


def test_a_reader_that_went_away_stops_nothing(tmp_path):
    gone, written = os.pipe()
    os.close(gone)
    with os.fdopen(written, "wb") as stream:
        ended = shown(tmp_path / "done", stream)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (tmp_path / "done").exists()


def test_a_log_on_a_full_disk_stops_nothing(tmp_path):
    with Path("/dev/full").open("wb") as stream:
        ended = shown(tmp_path / "done", stream)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (tmp_path / "done").exists()
