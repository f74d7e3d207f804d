"""Writes the world as each agency would deliver it: eleven headings' styles, five encodings, and some broken rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.contract.tables import EXTRACTS
from reconcile.sample import texts
from reconcile.sample.output import Output
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import KEYS, World

_SHEET_LIMIT = 500_000
"""Beyond about this many rows health_birth is delivered as CSV; of several parts the first one tells."""

_CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a world's files are written: the world, its habits, the files, the date in their names, and how many such parts there are."""

    world: World
    spoiler: Spoiler
    files: Output
    stamp: str
    parts: int

    @property
    def is_last(self) -> bool:
        """Whether no further part follows."""
        return self.world.places.part == self.parts - 1

    def ordered(self, extract: str) -> pl.DataFrame:
        """Rows of an extract by key."""
        return self.world.table(extract, "_pid").sort(KEYS[extract])

    def written(self, table: pl.DataFrame, extract: str, rules: dict[str, texts.Rule], dates: texts.Rule) -> pl.DataFrame:
        """The table as the office writes it, habits included."""
        return self.spoiler.spoil(extract, table, texts.written(table, extract, rules, dates))


def write_part(world: World, spoiler: Spoiler, files: Output, parts: int) -> None:
    """Add the rows of one of so many parts to every extract; the last one writes what stands at the end."""
    desk = Desk(world, spoiler, files, f"{world.as_of:%Y%m%d}", parts)
    for write in (
        _residents, _health_deaths, _birth_events, _death_events, _moves_in, _moves_out, _certificates, _cremations, _roll, _stations,
    ):  # fmt: skip
        write(desk)


def _headings(extract: str, style: int, other: dict[str, str] | None = None) -> dict[str, str]:
    """Canonical name → heading: 0 the contract's Chinese one, −1 the last alias, which is pinyin initials."""
    return {name: field.column.headings[style] for name, field in EXTRACTS[extract].fields.items()} | (other or {})


def _breakage(desk: Desk, table: pl.DataFrame, extract: str, prefix: str) -> pl.DataFrame:
    """The table, at the end of a file with three rows that break the contract: no key, an impossible required date, an empty name."""
    if not desk.is_last:
        return table
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


def _residents(desk: Desk) -> None:
    """Two files, GB18030, with two columns that the contract refuses."""
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
    text = _breakage(desk, text, "police_resident", "RX")
    text = text.rename(_headings("police_resident", 0), strict=False)
    text = text.with_columns(pl.lit("未采集").alias("民族"), pl.lit("").alias("文化程度"))
    half = text.height // 2
    for file, rows in ((1, text.slice(0, half)), (2, text.slice(half))):
        desk.files.csv(f"police_resident_{desk.stamp}_{file}.csv", rows, "gb18030", end=_CRLF)


def _birth_events(desk: Desk) -> None:
    text = desk.written(desk.ordered("police_birth"), "police_birth", {}, texts.date("%Y-%m-%d"))
    text = _breakage(desk, text, "police_birth", "CSX").rename(_headings("police_birth", 0), strict=False)
    desk.files.csv(f"police_birth_{desk.stamp}.csv", text, bom=True, end=_CRLF)


def _death_events(desk: Desk) -> None:
    """Tab-delimited text with headings in pinyin initials, names padded."""
    text = desk.written(desk.ordered("police_death"), "police_death", {"name": texts.padded(1)}, texts.date_time)
    text = _breakage(desk, text, "police_death", "SWX").rename(_headings("police_death", -1), strict=False)
    desk.files.csv(f"police_death_{desk.stamp}.txt", text, "gb18030", separator="\t", end=_CRLF)


def _moves_in(desk: Desk) -> None:
    text = desk.written(desk.ordered("police_move_in"), "police_move_in", {"sex": texts.SEX_WORDS}, texts.date("%Y/%m/%d"))
    text = _breakage(desk, text, "police_move_in", "QRX").rename(_headings("police_move_in", 0), strict=False)
    desk.files.csv(f"police_move_in_{desk.stamp}.csv.gz", text, end=_CRLF)


def _moves_out(desk: Desk) -> None:
    rules = {"move_reason": texts.REASON_WORDS, "citizen_id": texts.lower_x}
    text = desk.written(desk.ordered("police_move_out"), "police_move_out", rules, texts.date("%Y.%-m.%-d"))
    text = _breakage(desk, text, "police_move_out", "QCX").rename(_headings("police_move_out", 0, {"citizen_id": "身份证号"}), strict=False)
    desk.files.csv(f"police_move_out_{desk.stamp}.csv", text, "gb18030", separator="|")


def _certificates(desk: Desk) -> None:
    """A workbook with text and numeric cells; CSV where the sheet would be too long."""
    table = desk.ordered("health_birth")
    text = desk.written(table, "health_birth", {"sex": texts.SEX_WORDS}, texts.date("%Y-%m-%d"))
    text = _breakage(desk, text, "health_birth", "X0000000").rename(_headings("health_birth", 0), strict=False)
    plain, workbook = (f"health_birth_{desk.stamp}.{form}" for form in ("csv", "xlsx"))
    if plain in desk.files.rows or (workbook not in desk.files.rows and text.height * desk.parts > _SHEET_LIMIT):
        desk.files.csv(plain, text)
    else:
        desk.files.sheet(workbook, text, "出生医学证明", numeric="胎次序号", dated="签发日期")


def _health_deaths(desk: Desk) -> None:
    """Two deliveries: last year's in UTF-8, this year's in GBK with guarded numbers, dates typed by hand and a refused column.

    This year's repeats ten rows of last year's; of every second one last year's row still lacked the birth date.
    """
    table = desk.ordered("health_death")
    before = desk.world.as_of - dt.timedelta(365)
    earlier = table.filter(pl.col("reported_on") <= before)
    again = earlier.head(10 if desk.is_last else 0)
    unknown = pl.col("death_cert_no").is_in(again["death_cert_no"].gather_every(2).implode())
    earlier = earlier.with_columns(pl.when(unknown).then(None).otherwise("birth_date").alias("birth_date"))
    text = desk.written(earlier, "health_death", {"citizen_id": texts.lower_x}, texts.date("%Y-%m-%d"))
    desk.files.csv(f"health_death_{before:%Y%m%d}.csv", text.rename(_headings("health_death", 0), strict=False))
    rules = {"citizen_id": texts.guarded, "sex": texts.SEX_WORDS, "name": texts.padded(2)}
    table = pl.concat([table.filter(pl.col("reported_on") > before), again])
    text = _breakage(desk, desk.written(table, "health_death", rules, texts.dates_mixed), "health_death", "SX")
    text = text.rename(_headings("health_death", 0, {"citizen_id": "证件号码"}), strict=False).with_columns(
        pl.lit("未上报").alias("死亡原因")
    )
    desk.files.csv(f"health_death_{desk.stamp}.csv", text, "gbk", end=_CRLF)


_PARLOUR = {
    "cremation_cert_no": "火化单号", "name": "逝者姓名", "death_date": "去世日期", "cremated_on": "火化时间", "citizen_id": "证件号",
    "sex": "性别", "birth_date": "生日", "age": "享年", "death_cert_no": "死亡证号", "parlour_code": "馆号",
    "registered_address_code": "户籍区划", "registered_address_text": "户籍住址",
}  # fmt: skip


def _cremations(desk: Desk) -> None:
    """A parlour's ledger: two title rows, its own headings, its own codes, a total below; read by a profile."""
    rules = {"citizen_id": texts.lower_x, "sex": texts.labelled({"1": "A", "2": "B"})}
    text = desk.written(desk.ordered("civil_cremation"), "civil_cremation", rules, texts.date("%Y-%m-%d"))
    text = (
        _breakage(desk, text, "civil_cremation", "HX")
        .rename(_PARLOUR)
        .with_columns(pl.lit("").alias("经办人"), pl.lit("").alias("联系电话"))
    )
    name = f"civil_cremation_{desk.stamp}.csv"
    if desk.is_last:
        total = dict.fromkeys(text.columns) | {"火化单号": "合计", "逝者姓名": str(desk.files.rows[name] + text.height)}
        text = pl.concat([text, pl.DataFrame([total], schema=text.schema)])
    titles = "".join(f"{title}{',' * (text.width - 1)}{_CRLF}" for title in ("火化登记台账", "填报单位：殡葬管理所"))
    desk.files.csv(name, text, "gb18030", end=_CRLF, titles=titles)
    columns = "\n".join(f'"{heading}" = "{canonical}"' for canonical, heading in _PARLOUR.items())
    desk.files.text("profiles/civil_cremation.toml", _PROFILE.format(columns=columns))


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


def _roll(desk: Desk) -> None:
    table = desk.ordered("relocation_roll")
    columns = table.select([column for column in EXTRACTS["relocation_roll"].fields if column in table.columns])
    desk.files.parquet(f"relocation_roll_{desk.stamp}.parquet", desk.spoiler.spoil("relocation_roll", table, columns))


def _stations(desk: Desk) -> None:
    table = desk.world.places.stations.rename(_headings("station", 0))
    desk.files.csv(f"station_{desk.stamp}.csv", table)
