"""Which sheets of a workbook a delivery is: all that have the headings of the best one; the others are named."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from reconcile.contract.columns import COLUMNS, IDENTIFIERS, Kind
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header, shown
from reconcile.ingest.delivered import HINT_LINES, Head, Relation, suggest
from reconcile.ingest.discover import Delivery
from reconcile.ingest.workbook import ZERO_1900, ZERO_1904, Sheet, Workbook

_FIRST_SURE_SERIAL, _LAST_SERIAL = 2101, 58_538
"""A smaller number may be a year as well; the greatest is the last day that is read as a serial number."""
_NOUGHT_IS_A_VALUE = (Kind.INTEGER, Kind.CODE, Kind.BOOLEAN)
_DATES = (Kind.DATE, Kind.BIRTH_DATE)
_DAY = r"^\d{4}-\d\d-\d\d$"
"""How the reader of workbooks writes a cell that is a day."""
_ALIKE = 0.5
"""Another sheet that names so many of the known headings holds data too, in another order: a person has to say which is meant."""


class SheetReader:
    """Workbooks; a sheet is read whole, it has at most 1,048,576 rows. Of several sheets the lines are counted on from one to the next."""

    def __init__(self, delivery: Delivery) -> None:
        """Read the sheets.

        Raises:
            InputRefusedError: when the file is no workbook, is encrypted, has no such sheet, or nothing in it.

        """
        self._delivery = delivery
        self._place = Place(delivery.file)
        self._mapped = delivery.profile.columns if delivery.profile else {}
        book = Workbook(delivery.path, delivery.file)
        self._begins_in_1904 = book.begins_in_1904
        self._notes = book.notes
        wished = delivery.profile.sheet if delivery.profile else None
        found = list(book.sheets(wished))
        # What nobody sees who opens the workbook may be last year's: it is not delivered unless it is asked for, or there is nothing else.
        seen = [sheet for sheet in found if not sheet.is_hidden]
        self._sheets = seen or found
        self._hidden = [f"{sheet.name} (hidden)" for sheet in found if sheet not in self._sheets]
        if not self._sheets:
            raise InputRefusedError(self._place, "the sheet is empty", "Name the right sheet in a profile (sheet = …).")
        self._best = max(self._sheets, key=self._known)

    def _known(self, sheet: Sheet) -> int:
        return max(header.score(self._delivery.extract, row, self._mapped) for row in _rows(sheet, HINT_LINES))

    def head(self) -> Head:
        """Headings of the first row that is not empty, or of the profile's ``header_row``."""
        profile = self._delivery.profile
        rows = _rows(self._best, 1000)
        wished = profile.header_row if profile else None
        first = wished - 1 if wished else next((number for number, row in enumerate(rows) if any(row)), len(rows))
        if first >= len(rows):
            raise InputRefusedError(self._place, "the sheet is empty", "Name the right sheet in a profile (sheet = …).")
        scores = [(number + 1, header.score(self._delivery.extract, row, self._mapped)) for number, row in enumerate(rows[:HINT_LINES])]
        if not wished and header.score(self._delivery.extract, rows[first], self._mapped) == 0:
            suggest(self._delivery, scores)
        return Head(rows[first], first + 1, first + 1)

    def candidates(self) -> list[Head]:
        """Every row of the best sheet that may hold the headings."""
        return [Head(row, number, number) for number, row in enumerate(_rows(self._best, HINT_LINES), 1) if any(row)]

    def rows(self) -> list[tuple[str, Head]]:
        """Every row of every sheet that may hold headings, with the name of its sheet."""
        return [
            (sheet.name, Head(row, number, number))
            for sheet in self._sheets
            for number, row in enumerate(_rows(sheet, HINT_LINES), 1)
            if any(row)
        ]

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows below the headings of every sheet that has them; a sheet needs neither care nor padding.

        Raises:
            InputRefusedError: when another sheet has known headings too, but not the same, or a column that is needed was not calculated.

        """
        del careful, padded
        chosen = [sheet for sheet in self._sheets if sheet is self._best or _heads(sheet, head) == _heads(self._best, head)]
        others = [sheet for sheet in self._sheets if sheet not in chosen]
        self._refuse_rivals(others, head)
        self._refuse_uncalculated(chosen, head)
        width = max(sheet.frame.width for sheet in chosen)
        parts: list[pl.DataFrame] = []
        begins: list[tuple[str, int]] = []
        before = 0
        notes = list(self._notes)
        kinds = self._kinds(head)
        for sheet in chosen:
            notes += _notes(sheet, head, kinds)
            empty = [pl.lit(None, pl.String).alias(f"c{number}") for number in range(sheet.frame.width, width)]
            said = shown.shown(sheet.frame, sheet.marks, kinds, head.last_line, ZERO_1904 if self._begins_in_1904 else ZERO_1900)
            said = said.with_columns(_shortened(sheet, number) for number in sheet.cut if kinds.get(number) in IDENTIFIERS)
            numbered = said.with_columns(empty).with_row_index("_line", before + 1)
            parts.append(numbered.filter(pl.col("_line") > before + head.last_line))
            begins.append((sheet.name, before + 1))
            before += sheet.frame.height
        frame = pl.concat(parts)
        frame = frame.with_columns(self._days_of_1904(head, frame)) if self._begins_in_1904 else frame
        several = tuple(begins) if len(begins) > 1 else ()
        return Relation(
            "_delivered", frame, sheets=several, left_out=(*(sheet.name for sheet in others), *self._hidden), notes=tuple(notes)
        )

    def _refuse_rivals(self, others: list[Sheet], head: Head) -> None:
        most = header.score(self._delivery.extract, head.headings, self._mapped)
        rivals = [sheet.name for sheet in others if most > 1 and self._known(sheet) > most * _ALIKE]
        if rivals:
            names = ", ".join([self._best.name, *rivals])
            problem = f"sheets {names} have headings of {self._delivery.extract.name}, but not the same ones"
            raise InputRefusedError(self._place, problem, "Name the right one in a profile (sheet = …), or ask for one table.")

    def _refuse_uncalculated(self, chosen: list[Sheet], head: Head) -> None:
        """A formula without a value is no empty cell; noughts may be ages and sums, but neither names nor days."""
        kinds = self._kinds(head)
        for sheet in chosen:
            doubtful = sheet.uncalculated | {number for number in sheet.nought if kinds.get(number) not in _NOUGHT_IS_A_VALUE}
            wrong = [head.headings[number] for number in sorted(doubtful) if number in kinds]
            if wrong:
                problem = "the formulas of the column were never calculated, so that its cells have no values"
                remedy = "Open it in a spreadsheet program and save it, or ask for values instead of formulas."
                raise InputRefusedError(Place(self._delivery.file, head.last_line, ", ".join(wrong)), problem, remedy)

    def _kinds(self, head: Head) -> dict[int, Kind]:
        """What the columns are that are needed, by number."""
        columns = [header.column_of(self._delivery.extract, heading, self._mapped) for heading in head.headings]
        return {number: COLUMNS[name].kind for number, name in enumerate(columns) if name}

    def _days_of_1904(self, head: Head, frame: pl.DataFrame) -> list[pl.Expr]:
        """Columns of dates whose bare numbers count days from 1904, as days; four digits stay what they are where they may be a year."""
        dated = [number for number, kind in self._kinds(head).items() if kind in _DATES]
        return [_from_1904(pl.col(f"c{number}")).alias(f"c{number}") for number in dated if f"c{number}" in frame.columns]


def _shortened(sheet: Sheet, number: int) -> pl.Series:
    """A column of identifiers as a spreadsheet program shows it: 9.90101E+16 for a number that was cut."""
    text = pl.col(f"c{number}")
    power = pl.concat_str(text.str.slice(0, 1), pl.lit("."), text.str.slice(1, 5), pl.lit("E+"), text.str.len_chars() - 1)
    return sheet.frame.select(pl.when(sheet.cut[number]).then(power).otherwise(text).alias(f"c{number}")).to_series()


def _notes(sheet: Sheet, head: Head, kinds: Mapping[int, Kind]) -> list[str]:
    """What a person should know who sees only the values of a sheet."""
    said = [*sheet.marks.notes, *[f"{sheet.marks.hidden_rows} hidden rows are read too"] * bool(sheet.marks.hidden_rows)]
    if sheet.marks.hides_noughts:
        noughts = sum(int((sheet.frame[f"c{number}"] == "0").sum()) for number in kinds if f"c{number}" in sheet.frame.columns)
        said += [f"{noughts} noughts are read, which the sheet does not show"] * bool(noughts)
    wide = [
        one for one in sheet.marks.merged if one.from_row >= head.last_line and {*range(one.from_column + 1, one.to_column + 1)} & {*kinds}
    ]
    if wide:
        said.append(f"{len(wide)} cells are merged over several columns, of which only the first has the value")
    for number, kind in kinds.items():
        if kind not in (*_DATES, Kind.INTEGER) and f"c{number}" in sheet.frame.columns:
            days = int(sheet.frame[f"c{number}"].slice(head.last_line).str.contains(_DAY).sum())
            said += [f"{head.headings[number]}: {days} days where no day is expected; a typed 3-12 becomes one"] * bool(days)
    return said


def _rows(sheet: Sheet, number: int) -> list[tuple[str, ...]]:
    return [tuple(cell or "" for cell in row) for row in sheet.frame.head(number).iter_rows()]


def _heads(sheet: Sheet, head: Head) -> list[str]:
    """Folded headings in the row where the chosen sheet has them; empty columns behind the last do not count."""
    rows = _rows(sheet, head.last_line)[head.first_line - 1 :]
    cells = [header.normal(cell) for row in rows for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _from_1904(text: pl.Expr) -> pl.Expr:
    serial = text.str.extract(r"^([1-9][0-9]{3,4})(?:\.[0-9]+)?$").cast(pl.Int32)
    is_day = serial.is_between(_FIRST_SURE_SERIAL, _LAST_SERIAL)
    day = pl.lit(ZERO_1904) + pl.duration(days=pl.when(is_day).then(serial))
    return pl.coalesce(day.dt.to_string("%Y-%m-%d"), text)
