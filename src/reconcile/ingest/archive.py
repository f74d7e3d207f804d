"""ZIP archives in the inbox: the deliveries in them, unpacked into the scratch directory for as long as the command runs."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import damage

_UTF8 = 0x800
_ENCRYPTED = 0x1
_REMEDY = "Ask for it again, without a password, packed by an ordinary program."


def unpack(archive: Path, folder: Path, is_wanted: Callable[[str], bool], limit: int) -> list[Path]:
    """Unpack the members whose own names are wanted into a folder, and return their paths; folders within the archive do not count.

    Raises:
        InputRefusedError: when it is damaged, encrypted, packed in an unknown way, says two members of one name, or would take more than
            ``limit`` bytes.

    """
    place = Place(archive.name)
    try:
        with zipfile.ZipFile(archive) as packed:
            members = {member: name for member in packed.infolist() if (name := _own_name(member)) and is_wanted(name)}
            _check(place, members, limit)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for member, name in members.items():
                # Reading ends at the size that is stated, so that a member which holds more than it says is refused by its checksum.
                with packed.open(member) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
                saved = dt.datetime(*member.date_time, tzinfo=dt.UTC).timestamp()
                os.utime(folder / name, (saved, saved))
    except Exception as error:
        if isinstance(error, InputRefusedError) or not damage.is_of_archive(error):
            raise
        problem = "packed in a way that cannot be read" if isinstance(error, NotImplementedError) else "the archive is damaged or encrypted"
        raise InputRefusedError(place, problem, _REMEDY) from None
    return [folder / name for name in members.values()]


def _check(place: Place, members: dict[zipfile.ZipInfo, str], limit: int) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise InputRefusedError(place, "the archive is encrypted", _REMEDY)
    if len(set(members.values())) < len(members):
        raise InputRefusedError(place, "two files of one name in different folders", "Unpack it and give them different names.")
    size = sum(member.file_size for member in members)
    if size > limit:
        problem = f"would take {size / 1e9:,.1f} GB unpacked, more than archive_limit allows"
        raise InputRefusedError(place, problem, "Look into it; if it is right, set archive_limit higher.")


def _own_name(member: zipfile.ZipInfo) -> str:
    """Name of a member without its folders; empty for folders, hidden files and what a Macintosh adds.

    Chinese Windows packs names in GBK without saying so; where the flag for UTF-8 is not set, they are taken for UTF-8 if they are.
    """
    if member.is_dir() or "__MACOSX" in member.filename:
        return ""
    name = member.filename
    if not member.flag_bits & _UTF8:
        told = name.encode("cp437", "replace")
        try:
            name = told.decode("utf-8")
        except UnicodeDecodeError:
            name = told.decode("gb18030", "replace")
    own = PurePosixPath(name.replace("\\", "/")).name
    return "" if own.startswith(".") else own
