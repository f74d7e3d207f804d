"""The short form of ``make crash``: a night and the taking in of answers, killed at random moments and repeated, lose nothing."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_killed_and_repeated_they_leave_what_undisturbed_ones_leave(tmp_path):
    """In a process of its own: what forks must have no threads."""
    command = [sys.executable, "-m", "bench.survival", "kills", "--times", "4", "--only", "feedback", "--only", "night"]
    ended = subprocess.run([*command, "--folder", tmp_path / "scene"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = next(json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{"))
    assert sum(said["counts"].values()) == 4
    assert said["wrong"] == 0
