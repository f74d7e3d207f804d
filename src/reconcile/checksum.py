"""What a file is known by: the digest of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(path: Path) -> str:
    """SHA-256 of a file as it lies there, in hexadecimal digits; of a ``.gz`` that is the digest of the compressed bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
