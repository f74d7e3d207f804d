"""A home, the inbox it reads, and the committed sample."""

import datetime as dt
import hashlib
import shutil
from pathlib import Path

from command import command

from reconcile.home import Home

SAMPLE = Path(__file__).parents[2] / "sample_data"
NIGHT = dt.date(2026, 11, 21)
MORROW = NIGHT + dt.timedelta(days=1)


class Installation:
    """A home directory and the inbox it reads."""

    def __init__(self, inbox, home):
        self.inbox = inbox
        self.home = Home(home)

    def take_over_models(self, other):
        """Use the models of another home, as a new machine may: to train one is a third of a night."""
        shutil.copytree(other.home.models, self.home.models)

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
