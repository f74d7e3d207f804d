"""The files in ``reports`` that a night leaves: written beside the publication before it is seen, put in their places with it.

A night is not lost for a page. One that could not be written is told and counted, and written again from the publication: by the next
command that writes to the home, or by ``reconcile report``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from reconcile.asked import Readable
from reconcile.errors import OtherTablesError
from reconcile.home import make_directory
from reconcile.report import delivery, linkage, night, private, review
from reconcile.settings import Settings
from reconcile.store import Reader

_log = logging.getLogger(__name__)

Texts = dict[Path, Callable[[], str | None]]
"""Where a file will stand, and what gives its text; without a text there is no file."""


def texts(asked: Readable, settings: Settings, run_id: str, *, only_missing: bool = False) -> Texts:
    """The files of a night: the pages for everybody and for statisticians, the list to review, pages and lists about its deliveries.

    The pictures of the linkage page are drawn from now on, while the rest is done.
    """
    home, day = settings.home, settings.as_of
    found: Texts = {}
    if not (only_missing and home.linkage_page(day).exists()):
        found[home.linkage_page(day)] = _begun(asked, settings)
    found[home.night_page(day)] = partial(night.page, asked, settings)
    found[home.review_list(day)] = partial(review.text, asked)
    found |= delivery.texts(asked, home, run_id, only_missing=only_missing)
    return {path: text for path, text in found.items() if not (only_missing and path.exists())}


def _begun(asked: Readable, settings: Settings) -> Callable[[], str]:
    def failing(error: Exception) -> str:
        raise error

    try:
        return linkage.begun(asked, settings)
    except Exception as error:  # noqa: BLE001 - told with the other pages
        return partial(failing, error)


def staged(made: Texts, settings: Settings) -> dict[Path, Path | None]:
    """Write files to the scratch directory: where each will stand, and where it is; None where there is to be no file.

    One that fails is left out, and that of the same night removed, since it would tell of other numbers.
    """
    waiting: dict[Path, Path | None] = {}
    for target, text in made.items():
        path = settings.home.scratch / target.name
        try:
            content = text()
            make_directory(target.parent)
            if content is not None:
                private.write_text(path, content)
            waiting[target] = path if content is not None else None
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with a page, the worklists are due
            _not_written(target, error)
            with suppress(OSError):
                target.unlink(missing_ok=True)
    return waiting


def put(waiting: Mapping[Path, Path | None]) -> int:
    """Put files in their places; how many of them are there, or rightly are not."""
    done = 0
    for target, path in waiting.items():
        try:
            if path is None:
                target.unlink(missing_ok=True)
            else:
                path.replace(target)
            done += 1
        except OSError as error:
            _not_written(target, error)
    return done


def mend(settings: Settings, run_id: str, *, only_missing: bool = True) -> None:
    """Write what is missing of the files of the night that is published, which the settings are of; what cannot be written is told."""
    try:
        with Reader(settings.home) as reader:
            for target, text in texts(reader, settings, run_id, only_missing=only_missing).items():
                _write(target, text)
    except OtherTablesError:
        return  # the program was renewed since that night; the next one writes its own
    except Exception as error:  # noqa: BLE001 - the command that comes by has other work to do
        _log.warning("pages about the night of %s are missing and cannot be written: %s.", settings.as_of, type(error).__name__)


def write_again(asked: Readable, settings: Settings, run_id: str) -> None:
    """Write all of them again.

    Raises:
        OSError: when one cannot be written.

    """
    for target, text in texts(asked, settings, run_id).items():
        _write(target, text)


def _write(target: Path, text: Callable[[], str | None]) -> None:
    content = text()
    if content is None:
        target.unlink(missing_ok=True)
    else:
        make_directory(target.parent)
        private.write_text(target, content)


def write_about_deliveries(asked: Readable, settings: Settings, run_id: str) -> None:
    """Write only those about deliveries, of a night that is not published."""
    put(staged(delivery.texts(asked, settings.home, run_id), settings))


def _not_written(target: Path, error: Exception) -> None:
    _log.warning("%s was not written: %s. reconcile report writes it again.", target.name, type(error).__name__)
