"""Citizen numbers of GB 11643-1999 that were never issued: every address code starts with 99 or 00."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from reconcile.sample.names import Ints

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SLOTS = 490
_STEP = 5
"""Deliveries of one day and county stand this many slots apart, so that twins can have neighbouring numbers."""


def check_character(body: str) -> str:
    """Check character of the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def number(address: str, birth: dt.date, sequence: int) -> str:
    """Citizen number of an address code, a birth date and a sequence (odd for men)."""
    body = f"{address}{birth:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def slots(rng: np.random.Generator, address: Ints, birth: Ints) -> Ints:
    """Give each delivery of one address code and day its own slot in 1…490, ``_STEP`` apart.

    Twins take the slot that follows. A slot holds two sequences: ``2·slot`` for a woman and ``2·slot + 1`` for a man.
    """
    frame = pl.DataFrame({"address": address, "birth": birth, "start": rng.integers(0, _SLOTS, size=len(address))})
    group = ("address", "birth")
    rank = pl.int_range(pl.len()).over(group)
    slot = (pl.col("start").first().over(group) + rank * _STEP) % _SLOTS + 1
    return frame.select(slot).to_series().to_numpy().astype(np.int64)


def numbers(address: Ints, birth: pl.Series, sequence: Ints) -> pl.Series:
    """Citizen numbers of many persons at once; ``birth`` is a date column."""
    frame = pl.DataFrame({"address": address, "sequence": sequence}).with_columns(birth.alias("birth"))
    date = pl.col("birth").dt.year().cast(pl.Int64) * 10000 + pl.col("birth").dt.month().cast(pl.Int64) * 100 + pl.col("birth").dt.day()
    body = (pl.col("address") * 10**11 + date * 1000 + pl.col("sequence")).alias("body")
    frame = frame.select(body)
    total = pl.sum_horizontal((pl.col("body") // 10 ** (16 - place) % 10) * weight for place, weight in enumerate(_WEIGHTS))
    check = (total % 11).replace_strict(dict(enumerate(_CHECK)), return_dtype=pl.String)
    return frame.select(pl.concat_str(pl.col("body").cast(pl.String).str.zfill(17), check).alias("citizen_id")).to_series()


def mistyped(rng: np.random.Generator, citizen_id: str) -> str:
    """The number with one digit of its county, its sequence or its check character wrong; birth date and sex digit stay."""
    place = int(rng.choice([3, 4, 5, 14, 15, 17]))
    digit = citizen_id[place]
    wrong = str((int(digit) + int(rng.integers(1, 9))) % 10) if digit.isdigit() else str(int(rng.integers(0, 10)))
    return citizen_id[:place] + wrong + citizen_id[place + 1 :]


class Allocator:
    """Numbers for persons made by hand; their sequences (984…995) are kept free by ``slots``."""

    def __init__(self, rng: np.random.Generator, addresses: list[str]) -> None:
        """Draw from the given address codes."""
        self._rng = rng
        self._addresses = addresses
        self._given: set[str] = set()

    def __call__(self, birth: dt.date, sex: int, address: str | None = None) -> str:
        """Return an unused number."""
        while True:
            code = address or str(self._rng.choice(self._addresses))
            fresh = number(code, birth, 984 + 2 * int(self._rng.integers(0, 6)) + sex % 2)
            if fresh not in self._given:
                self._given.add(fresh)
                return fresh
            address = None
