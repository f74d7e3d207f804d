"""A returned worklist as people left it: where its headings are now, which rows have an answer, and what cannot be read.

Nothing is calculated: of a formula only what the spreadsheet program last saved counts, in CSV it is text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile import cells
from reconcile.contract.tables import VerificationResult
from reconcile.errors import InputRefusedError, Place
from reconcile.feedback import understand
from reconcile.ingest import header, readers
from reconcile.ingest.delivered import Head, Reader, Relation
from reconcile.ingest.discover import Delivery
from reconcile.standardise import text as plain
from reconcile.store import Store

ANSWERS = ("outcome", "method", "verified_on", "verified_by", "note")
"""What a station fills; a row without any of them is not answered."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file holds.

    Attributes:
        rows: answered rows as text, columns of ``raw.verification_result`` without the load.
        spoiled: ``line`` and ``rule`` of rows that cannot be read.
        unanswered: rows without an answer.
        places: ``line`` of every row and ``row``, the number a spreadsheet program shows beside it.
        head: how the file was read.
        title: what stands above the headings.
        numbers: what stands in the column of the numbers, answered or not.

    """

    rows: pl.DataFrame
    spoiled: pl.DataFrame
    unanswered: int
    places: pl.DataFrame
    head: Head
    title: str = ""
    numbers: tuple[str, ...] = ()


_PLACES = {"line": pl.Int64, "row": pl.Int64}
NOTHING = Returned(pl.DataFrame(), pl.DataFrame(), 0, pl.DataFrame(schema=_PLACES), Head((), 0, 0))
"""What is found in a file that cannot be read."""


def read(store: Store, path: Path) -> Returned:
    """Read a CSV or XLSX file.

    Raises:
        InputRefusedError: when it cannot be read at all, or has no headings of a worklist.

    """
    try:
        return _read(store, path)
    except (InputRefusedError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a program of a station can have saved anything, and other stations' lists wait
        # The error may quote a cell, so that only its kind is told.
        raise InputRefusedError(Place(path.name), f"cannot be read ({type(error).__name__})", "Save it again as XLSX or CSV.") from None


def _read(store: Store, path: Path) -> Returned:
    source = readers.reader(Delivery(path, VerificationResult, store.settings.as_of, "", None), store.settings.home.scratch)
    head = _head(source, path.name)
    relation = source.relation(head, padded=True)
    rows, ragged = _rows(store, relation, head, path.name)
    rows = rows.with_columns(understand.ticked(pl.col("outcome")))
    answered = pl.any_horizontal(pl.col(name).is_not_null() for name in ANSWERS)
    spoiled = pl.DataFrame([(item.line, item.rule) for item in relation.spoiled], schema=ragged.schema, orient="row")
    spoiled = pl.concat([spoiled, ragged]).sort("line")
    places = _places(pl.concat([rows.select(line="_line"), spoiled.select("line")]), head, is_sheet=relation.frame is not None)
    numbers = tuple(rows["finding_id"].drop_nulls())
    return Returned(rows.filter(answered), spoiled, rows.filter(~answered).height, places, head, _title(source, head), numbers)


def _title(source: Reader, head: Head) -> str:
    above = [line for line in source.candidates() if line.last_line < head.first_line]
    return " ".join(cell for line in above for cell in line.headings if cell)


def _places(lines: pl.DataFrame, head: Head, *, is_sheet: bool) -> pl.DataFrame:
    """Rows as people count them: in a CSV file a cell may hold several lines, which are one row of the sheet."""
    ordered = lines.unique().sort("line")
    return ordered.with_columns(row=pl.col("line") if is_sheet else head.last_line + pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _head(source: Reader, file: str) -> Head:
    """The headings among the first lines; two lines count as one where cells were merged over them."""
    single = source.candidates()
    double = [
        _merged(upper, lower)
        for upper in single
        for lower in single
        if upper.delimiter == lower.delimiter and upper.last_line + 1 == lower.first_line
    ]
    best = max([*single, *double], key=_score, default=None)
    if best is None or not _score(best):
        raise InputRefusedError(Place(file), "no heading of a worklist is known", "Return the list with its headings.")
    return best


def _score(head: Head) -> int:
    return header.score(VerificationResult, head.headings, {})


def _merged(upper: Head, lower: Head) -> Head:
    width = max(len(upper.headings), len(lower.headings))
    above, below = ((*line.headings, *[""] * (width - len(line.headings))) for line in (upper, lower))
    headings = tuple(low if header.column_of(VerificationResult, low, {}) else high for high, low in zip(above, below, strict=True))
    return Head(headings, upper.first_line, lower.last_line, upper.encoding, upper.delimiter)


def _rows(store: Store, relation: Relation, head: Head, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows as text without guards, and those with more cells than headings; other columns of the list are not read."""
    others = [heading for heading in head.headings if header.column_of(VerificationResult, heading, {}) is None]
    columns = header.audit(VerificationResult, head.headings, Place(file, head.first_line), {}, others).columns
    chosen = ", ".join(f'c{position} AS "{name}"' for name, position in columns.items())
    store.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    if relation.frame is None:
        rows = store.frame(f"SELECT _line, {chosen} FROM {relation.sql} ORDER BY _line")
        ragged = store.frame(
            "SELECT DISTINCT CAST(split_part(csv_line, $delimiter, 1) AS BIGINT) AS line, 'columns' AS rule FROM reject_errors",
            delimiter=head.delimiter or ",",
        )
    else:
        rows = relation.frame.select("_line", *(pl.col(f"c{position}").alias(name) for name, position in columns.items()))
        ragged = pl.DataFrame(schema={"line": pl.Int64, "rule": pl.String})
    missing = [pl.lit(None, pl.String).alias(name) for name in VerificationResult.fields if name not in columns]
    texts = [plain.bare(cells.unguarded(pl.col(name).cast(pl.String))) for name in columns]
    return rows.with_columns(pl.col("_line").cast(pl.Int64), *texts, *missing), ragged
