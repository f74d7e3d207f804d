"""Check: what a night would make of an inbox, said at once for every file, without a warehouse and without changing anything.

Files are read by the reader of ingest and their values by that of standardise, into a warehouse that is thrown away.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from reconcile.check import draft, looked
from reconcile.check.looked import Looked
from reconcile.errors import InputRefusedError
from reconcile.home import Home
from reconcile.ingest import discover, guess, profile
from reconcile.ingest.discover import Inbox
from reconcile.ingest.profile import Profile
from reconcile.settings import Settings
from reconcile.store import Store

__all__ = ["Checked", "Looked", "run"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in an inbox.

    Attributes:
        files: every data file, in the order a night loads them, then those that fit nothing.
        refused: names, archives and profiles that are refused before any file is read.
        drafts: folder of the drafts.
        used: drafts that this check took as if they were in force.

    """

    files: list[Looked]
    refused: list[InputRefusedError]
    drafts: Path
    used: list[str]

    @property
    def exit_code(self) -> int:
        """0 when a night takes every file; 3 when one is refused or fits nothing; 4 when a brake would be pulled."""
        if self.refused or any(file.problem for file in self.files):
            return 3
        return 4 if any(file.brakes for file in self.files) else 0


def run(settings: Settings, drafts: Path | None = None) -> Checked:
    """Look at every file of an inbox, and write a profile draft for each that needs one and has none.

    Drafts lie in ``<inbox>/profiles/drafts`` unless another folder is named. They are not in force there; a check takes them as if they
    were, so that the next one shows what they achieve.

    Raises:
        UsageError: when there is no such inbox.
        OSError: when a draft cannot be written.

    """
    inbox = settings.inbox or Path()
    folder = drafts or inbox / "profiles" / "drafts"
    with tempfile.TemporaryDirectory(prefix="reconcile-check-") as scratch:
        throwaway = settings.model_copy(update={"home": Home(Path(scratch) / "home")})
        (Path(scratch) / "home").mkdir(mode=0o700)
        in_force, wrong = profile.read_folder(inbox / "profiles", inbox)
        drafted, wrong_drafts = profile.read_folder(folder, inbox)
        patterns = {one.pattern for one in in_force}
        drafted = [one for one in drafted if one.pattern not in patterns]
        with Store(throwaway, "check", schemas=("raw", "ops", "ref")) as store:
            found = discover.look(inbox, [*in_force, *drafted], throwaway.home.scratch, settings.archive_limit)
            files = _files(store, found)
            files = [_with_draft(file, folder, throwaway.home.scratch) for file in files]
        used = sorted({file.profile.pattern for file in files if file.profile in drafted and file.profile})
    return Checked(files, [*wrong, *wrong_drafts, *found.refused], folder, used)


def _files(store: Store, found: Inbox) -> list[Looked]:
    files = looked.look(store, found.deliveries)
    scratch = store.settings.home.scratch
    inbox = store.settings.inbox or Path()
    files += [looked.unmatched(discover.shown_name(path, inbox), path, guess.sentence(path, scratch)) for path in found.unmatched]
    return files + [Looked(file, problem="a link that dangles or leads out of the inbox") for file in found.astray]


def _with_draft(file: Looked, folder: Path, scratch: Path) -> Looked:
    """The file with the draft that was written for it; one that is there already is left as somebody may have edited it."""
    if not file.path or not (file.problem or any(column.examples for column in file.unread)):
        return file
    text = draft.of(file, scratch)
    if text is None:
        return file
    target = folder / draft.file_name(file.path.name)
    if target.exists():
        return replace(file, draft=target, is_new_draft=False)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    Profile.model_validate(draft.read(text))
    return replace(file, draft=target, is_new_draft=True)
