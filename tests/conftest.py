"""One good night on the committed sample, shared by all tests that need one; who changes it works on a copy."""

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import pytest
from command import command
from hypothesis import settings

from reconcile.home import Home

SAMPLE = Path(__file__).parents[1] / "sample_data"
NIGHT = dt.date(2026, 11, 21)
MORROW = NIGHT + dt.timedelta(days=1)

# How long an example takes says something about the machine, nothing about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class Installation:
    """A home directory and the inbox it reads."""

    def __init__(self, inbox, home):
        self.inbox = inbox
        self.home = Home(home)

    def run(self, as_of=NIGHT, **options):
        flags = [token for name, value in options.items() if value for token in (f"--{name}", *([] if value is True else [value]))]
        return command("run", "--inbox", self.inbox, "--home", self.home, "--as-of", as_of, *flags)

    def published(self):
        """Digest of every file that others read, by the path they read it under."""
        lists = sorted(path for night in self.home.worklists.glob("[0-9]*") for path in night.rglob("*") if path.is_file())
        return {str(path.relative_to(self.home)): digest(path) for path in [self.home.latest, *lists] if path.is_file()}

    def worklists(self):
        return {name: value for name, value in self.published().items() if name.startswith("worklists/")}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILE_LOCK_WAIT", "0")
        patch.setenv("RECONCILE_MASKED_PUBLICATION", "false")  # a second for each night; the tests about it ask for it
        yield


@pytest.fixture(scope="session")
def good_night(tmp_path_factory):
    made = Installation(SAMPLE, tmp_path_factory.mktemp("night") / "home")
    assert made.run() == 0
    return made


@pytest.fixture
def after_a_good_night(good_night, tmp_path):
    """A copy of that home, and an inbox of its own that is still empty."""
    shutil.copytree(good_night.home, tmp_path / "home", symlinks=True)
    (tmp_path / "inbox").mkdir()
    return Installation(tmp_path / "inbox", tmp_path / "home")
