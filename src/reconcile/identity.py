"""Stable numbers of findings: the same problem has the same number every night, and a mistyped one is noticed.

``D7K3M9QX2T4``: one letter or digit for the type, nine characters of a keyed hash, one check character. The 32 characters
are those of Crockford's base 32, which leaves out I, L, O and U because people misread them.

The check character is computed in GF(2⁵), the field with 32 elements: it makes the sum of character × power of a
generator zero, with another power at each position. All powers are different and none is zero, therefore one wrong
character and any two exchanged characters always show.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable

from reconcile.errors import WarehouseError
from reconcile.home import make_directory
from reconcile.settings import Settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = ALPHABET[10:] + ALPHABET[2:10]
"""First characters a finding type may have: the 22 letters, then, since all of them are taken, the digits but those that are read as
letters. Each is an element of the field like any other character, so the check finds the same errors behind a digit."""

_HASHED = 9
_LENGTH = 1 + _HASHED + 1
_KEY_BYTES = 32
_FIELD_POLYNOMIAL = 0b100101  # x⁵ + x² + 1 is primitive: the powers of x are all 31 elements but zero


def _double(element: int) -> int:
    shifted = element << 1
    return shifted ^ _FIELD_POLYNOMIAL if shifted & 0b100000 else shifted


def _table(position: int) -> dict[str, int]:
    """Return each character times xⁿ, for the character n places before the end of the number."""
    elements = list(range(len(ALPHABET)))
    for _ in range(_LENGTH - 1 - position):
        elements = [_double(element) for element in elements]
    return dict(zip(ALPHABET, elements, strict=True))


_TABLES = tuple(_table(position) for position in range(_LENGTH - 1))


def check_character(body: str) -> str:
    """Check character of the ten characters before it.

    Raises:
        KeyError: when ``body`` has a character outside the alphabet.

    """
    total = 0
    for character, table in zip(body, _TABLES, strict=True):
        total ^= table[character]
    return ALPHABET[total]


def is_valid(finding_id: str) -> bool:
    """Whether a number has the form of a finding's and its check character is right; says nothing about being known."""
    if len(finding_id) != _LENGTH or not set(finding_id) <= set(ALPHABET) or finding_id[0] not in LETTERS:
        return False
    return check_character(finding_id[:-1]) == finding_id[-1]


def finding_id(key: bytes, letter: str, finding_type: str, subjects: Iterable[str]) -> str:
    """Give the number of the finding of one type about these subjects, each ``record_type:record_key``, in any order."""
    message = "\n".join([finding_type, *sorted(subjects)]).encode()
    bits = int.from_bytes(hmac.digest(key, message, "sha256"), "big") >> (256 - 5 * _HASHED)
    digits = (ALPHABET[(bits >> (5 * position)) & 31] for position in reversed(range(_HASHED)))
    body = letter + "".join(digits)
    return body + check_character(body)


def key_of(settings: Settings) -> bytes:
    """Key of the hash: the setting ``finding_key``, else ``<home>/keys/finding.key``, made on first use (mode 0600).

    Without the key nobody can find out which persons a number stands for; with another key every finding gets
    another number, therefore the file belongs in the backup.

    Raises:
        WarehouseError: when the file is there but empty.

    """
    if settings.finding_key is not None:
        return settings.finding_key.get_secret_value().encode()
    path = settings.home.finding_key
    make_directory(path.parent)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
    key = path.read_bytes().strip()
    if not key:
        msg = f"{path}: is empty. Restore it from the backup: with a new key every finding would get a new number."
        raise WarehouseError(msg)
    return key
