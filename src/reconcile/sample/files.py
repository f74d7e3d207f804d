"""Writes the world as each agency would deliver it: eleven headings' styles, five encodings, and some broken rows."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import xlsxwriter

from reconcile import checksum
from reconcile.contract.columns import Kind
from reconcile.contract.tables import EXTRACTS
from reconcile.sample import texts
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import KEYS, World

_SHEET_LIMIT = 500_000
"""Beyond this many rows health_birth is delivered as CSV."""

_BLOCK = 8 << 20
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a world's files are written: the world, its habits, the directory and the date in the files' names."""

    world: World
    spoiler: Spoiler
    out: Path
    stamp: str

    def ordered(self, extract: str) -> pl.DataFrame:
        """Rows of an extract by key."""
        return self.world.table(extract, "_pid").sort(KEYS[extract])

    def written(self, table: pl.DataFrame, extract: str, rules: dict[str, texts.Rule], dates: texts.Rule) -> pl.DataFrame:
        """The table as the office writes it, habits included."""
        return self.spoiler.spoil(extract, table, texts.written(table, extract, rules, dates))


def write_all(world: World, spoiler: Spoiler, out: Path) -> dict[str, int]:
    """Write every extract, the profile and the manifests into ``out``; return the rows of each file."""
    desk = Desk(world, spoiler, out, f"{world.as_of:%Y%m%d}")
    counts = dict(_deliveries(desk))
    for delivery in sorted(set(re.findall(r"_(\d{8})", " ".join(counts)))):
        _manifest(out, delivery, {name: rows for name, rows in sorted(counts.items()) if delivery in name})
    return counts


def _manifest(out: Path, stamp: str, counts: dict[str, int]) -> None:
    lines = ["file,rows,sha256"]
    for name, rows in counts.items():
        lines.append(f"{name},{rows},{checksum.sha256(out / name)}")
    (out / f"manifest_{stamp}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def _deliveries(desk: Desk) -> Iterator[tuple[str, int]]:
    yield from _residents(desk)
    yield from _health_deaths(desk)
    for write in (_birth_events, _death_events, _moves_in, _moves_out, _certificates, _cremations, _roll, _stations):
        yield write(desk)


def _headings(extract: str, style: int, other: dict[str, str] | None = None) -> dict[str, str]:
    """Canonical name → heading: 0 the contract's Chinese one, −1 the last alias, which is pinyin initials."""
    return {name: field.column.headings[style] for name, field in EXTRACTS[extract].fields.items()} | (other or {})


def _breakage(table: pl.DataFrame, extract: str, prefix: str) -> pl.DataFrame:
    """The table with three rows that break the contract: no key, an impossible required date, an empty name."""
    key, fields = KEYS[extract], EXTRACTS[extract].fields
    when = next(name for name in table.columns if fields[name].column.kind in (Kind.DATE, Kind.BIRTH_DATE) and fields[name].required)
    named = next(name for name in EXTRACTS[extract].told_by() if fields[name].required)
    bad = table.head(3).with_row_index("_row")
    row = pl.col("_row")
    bad = bad.with_columns(
        pl.when(row == 0).then(None).otherwise(pl.lit(prefix) + row.cast(pl.String)).alias(key),
        pl.when(row == 1).then(pl.lit("19990231")).otherwise(when).alias(when),
        pl.when(row == 2).then(pl.lit("")).otherwise(named).alias(named),
    )
    return pl.concat([table, bad.drop("_row")])


def _csv(table: pl.DataFrame, path: Path, encoding: str, *, separator: str = ",", bom: bool = False, end: str = "\r\n") -> int:
    """Write as CSV and return the rows; what another encoding than UTF-8 lacks becomes a question mark."""
    draft = path if encoding == "utf-8" else path.with_suffix(".draft")
    table.write_csv(draft, separator=separator, include_bom=bom, line_terminator=end)
    if draft != path:
        with draft.open(encoding="utf-8", newline="") as source, path.open("w", encoding=encoding, errors="replace", newline="") as target:
            shutil.copyfileobj(source, target, _BLOCK)
        draft.unlink()
    return table.height


def _residents(desk: Desk) -> Iterator[tuple[str, int]]:
    """Two parts, GB18030, with two columns that the contract refuses."""
    table = desk.world.table("police_resident", "_pid").sort("station_code", "household_no", "registration_id")
    rules = {
        "citizen_id": texts.typed,
        "name": texts.padded(9),
        "address_text": texts.broken_lines,
        "relation_to_head": texts.bare_codes,
        "id_card_issued_on": texts.unstated_days,
        "cancel_kind": texts.CANCEL_WORDS,
    }
    text = desk.written(table, "police_resident", rules, texts.date("%Y%m%d"))
    del table
    text = _breakage(text, "police_resident", "RX")
    text = text.rename(_headings("police_resident", 0), strict=False)
    text = text.with_columns(pl.lit("未采集").alias("民族"), pl.lit("").alias("文化程度"))
    half = text.height // 2
    for part, rows in ((1, text.slice(0, half)), (2, text.slice(half))):
        name = f"police_resident_{desk.stamp}_{part}.csv"
        yield name, _csv(rows, desk.out / name, "gb18030")


def _birth_events(desk: Desk) -> tuple[str, int]:
    text = desk.written(desk.ordered("police_birth"), "police_birth", {}, texts.date("%Y-%m-%d"))
    text = _breakage(text, "police_birth", "CSX").rename(_headings("police_birth", 0), strict=False)
    name = f"police_birth_{desk.stamp}.csv"
    return name, _csv(text, desk.out / name, "utf-8", bom=True)


def _death_events(desk: Desk) -> tuple[str, int]:
    """Tab-delimited text with headings in pinyin initials, names padded."""
    text = desk.written(desk.ordered("police_death"), "police_death", {"name": texts.padded(1)}, texts.date_time)
    text = _breakage(text, "police_death", "SWX").rename(_headings("police_death", -1), strict=False)
    name = f"police_death_{desk.stamp}.txt"
    return name, _csv(text, desk.out / name, "gb18030", separator="\t")


def _moves_in(desk: Desk) -> tuple[str, int]:
    text = desk.written(desk.ordered("police_move_in"), "police_move_in", {"sex": texts.SEX_WORDS}, texts.date("%Y/%m/%d"))
    text = _breakage(text, "police_move_in", "QRX").rename(_headings("police_move_in", 0), strict=False)
    name = f"police_move_in_{desk.stamp}.csv.gz"
    draft = desk.out / f"{name}.draft"
    _csv(text, draft, "utf-8")
    with draft.open("rb") as source, (desk.out / name).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as target:
        shutil.copyfileobj(source, target, _BLOCK)
    draft.unlink()
    return name, text.height


def _moves_out(desk: Desk) -> tuple[str, int]:
    rules = {"move_reason": texts.REASON_WORDS, "citizen_id": texts.lower_x}
    text = desk.written(desk.ordered("police_move_out"), "police_move_out", rules, texts.date("%Y.%-m.%-d"))
    text = _breakage(text, "police_move_out", "QCX").rename(_headings("police_move_out", 0, {"citizen_id": "身份证号"}), strict=False)
    name = f"police_move_out_{desk.stamp}.csv"
    return name, _csv(text, desk.out / name, "gb18030", separator="|", end="\n")


def _certificates(desk: Desk) -> tuple[str, int]:
    """A workbook with text and numeric cells; CSV where the sheet would be too long."""
    table = desk.ordered("health_birth")
    text = desk.written(table, "health_birth", {"sex": texts.SEX_WORDS}, texts.date("%Y-%m-%d"))
    text = _breakage(text, "health_birth", "X0000000").rename(_headings("health_birth", 0), strict=False)
    if text.height > _SHEET_LIMIT:
        name = f"health_birth_{desk.stamp}.csv"
        return name, _csv(text, desk.out / name, "utf-8", end="\n")
    name = f"health_birth_{desk.stamp}.xlsx"
    numeric = {text.columns.index("胎次序号")}
    dated = text.columns.index("签发日期")
    book = xlsxwriter.Workbook(desk.out / name, {"constant_memory": True, "in_memory": False, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("出生医学证明")
    sheet.write_row(0, 0, text.columns)
    for place, row in enumerate(text.iter_rows(), start=1):
        for column, value in enumerate(row):
            if value is None:
                continue
            if column in numeric and place % 2:
                sheet.write_number(place, column, int(value))
            elif column == dated and place % 3 == 0 and _ISO.match(value):
                sheet.write_datetime(place, column, dt.datetime.fromisoformat(value))
            else:
                sheet.write_string(place, column, value)
    book.close()
    return name, text.height


def _health_deaths(desk: Desk) -> Iterator[tuple[str, int]]:
    """Two deliveries: last year's in UTF-8, this year's in GBK with guarded numbers, dates typed by hand and a refused column.

    This year's repeats ten rows of last year's; of every second one last year's row still lacked the birth date.
    """
    table = desk.ordered("health_death")
    before = desk.world.as_of - dt.timedelta(365)
    earlier = table.filter(pl.col("reported_on") <= before)
    again = earlier.head(10)
    unknown = pl.col("death_cert_no").is_in(again["death_cert_no"].gather_every(2).implode())
    earlier = earlier.with_columns(pl.when(unknown).then(None).otherwise("birth_date").alias("birth_date"))
    text = desk.written(earlier, "health_death", {"citizen_id": texts.lower_x}, texts.date("%Y-%m-%d"))
    name = f"health_death_{before:%Y%m%d}.csv"
    yield name, _csv(text.rename(_headings("health_death", 0), strict=False), desk.out / name, "utf-8", end="\n")
    rules = {"citizen_id": texts.guarded, "sex": texts.SEX_WORDS, "name": texts.padded(2)}
    table = pl.concat([table.filter(pl.col("reported_on") > before), again])
    text = _breakage(desk.written(table, "health_death", rules, texts.dates_mixed), "health_death", "SX")
    text = text.rename(_headings("health_death", 0, {"citizen_id": "证件号码"}), strict=False).with_columns(
        pl.lit("未上报").alias("死亡原因")
    )
    name = f"health_death_{desk.stamp}.csv"
    yield name, _csv(text, desk.out / name, "gbk")


_PARLOUR = {
    "cremation_cert_no": "火化单号", "name": "逝者姓名", "death_date": "去世日期", "cremated_on": "火化时间", "citizen_id": "证件号",
    "sex": "性别", "birth_date": "生日", "age": "享年", "death_cert_no": "死亡证号", "parlour_code": "馆号",
    "registered_address_code": "户籍区划", "registered_address_text": "户籍住址",
}  # fmt: skip


def _cremations(desk: Desk) -> tuple[str, int]:
    """A parlour's ledger: two title rows, its own headings, its own codes, a total below; read by a profile."""
    rules = {"citizen_id": texts.lower_x, "sex": texts.labelled({"1": "A", "2": "B"})}
    text = desk.written(desk.ordered("civil_cremation"), "civil_cremation", rules, texts.date("%Y-%m-%d"))
    text = _breakage(text, "civil_cremation", "HX").rename(_PARLOUR).with_columns(pl.lit("").alias("经办人"), pl.lit("").alias("联系电话"))
    total = dict.fromkeys(text.columns) | {"火化单号": "合计", "逝者姓名": str(text.height)}
    text = pl.concat([text, pl.DataFrame([total], schema=text.schema)])
    name = f"civil_cremation_{desk.stamp}.csv"
    titles = io.StringIO(newline="")
    writer = csv.writer(titles, lineterminator="\r\n")
    writer.writerow(["火化登记台账", *[""] * (text.width - 1)])
    writer.writerow(["填报单位：殡葬管理所", *[""] * (text.width - 1)])
    path = desk.out / name
    _csv(text, path, "gb18030")
    path.write_bytes(titles.getvalue().encode("gb18030") + path.read_bytes())
    profiles = desk.out / "profiles"
    profiles.mkdir(exist_ok=True)
    columns = "\n".join(f'"{heading}" = "{canonical}"' for canonical, heading in _PARLOUR.items())
    (profiles / "civil_cremation.toml").write_text(_PROFILE.format(columns=columns), encoding="utf-8", newline="")
    return name, text.height


_PROFILE = """# How the funeral parlours' ledger is read.
pattern = "civil_cremation_*.csv"
extract = "civil_cremation"
header_row = 3
delimiter = ","
encoding = "gb18030"
ignore = ["经办人"]

[columns]
{columns}

[codes.sex]
A = "1"
B = "2"
"""


def _roll(desk: Desk) -> tuple[str, int]:
    table = desk.ordered("relocation_roll")
    name = f"relocation_roll_{desk.stamp}.parquet"
    columns = table.select([column for column in EXTRACTS["relocation_roll"].fields if column in table.columns])
    desk.spoiler.spoil("relocation_roll", table, columns).write_parquet(desk.out / name)
    return name, table.height


def _stations(desk: Desk) -> tuple[str, int]:
    table = desk.world.places.stations.rename(_headings("station", 0))
    name = f"station_{desk.stamp}.csv"
    return name, _csv(table, desk.out / name, "utf-8", end="\n")
