"""Write one small table of deaths as many programs write it: for the tests of formats, and to try new ones.

Run ``make.sh``, which names the programs; this is its Python part. Persons are invented, numbers carry area codes that were never issued.
The table: four deaths. One has its number as a text cell, one as a number cell (which lost its tail), one none at all; days are date cells.
"""

from __future__ import annotations

import datetime as dt
import struct
import sys
import zipfile
from pathlib import Path

import dbf
import openpyxl
import pandas as pd
import xlsxwriter
import xlwt

HEADINGS = ["死亡证明编号", "姓名", "死亡日期", "报告日期", "公民身份号码", "年龄"]
ROWS = [
    ["D1", "王伟", dt.date(2026, 1, 1), "20260102", "990104194103050018", 84],
    ["D2", "慕容小兰", dt.date(2024, 2, 29), "2026年1月4日", 990104195010010000, 73],
    ["D3", "古丽巴哈尔·买买提", dt.date(2026, 8, 31), "2026.9.1", None, 87.0],
    ["D4", "欧阳娜", dt.date(1999, 12, 31), "2000-01-05", "990104193812310017", 61],
]
DAY = "yyyy-mm-dd"


def main(out: Path) -> None:
    """Write the files of Python's programs, and ``base.xlsx`` for the others."""
    out.mkdir(parents=True, exist_ok=True)
    _openpyxl(out / "base.xlsx")
    _formats(out / "formats.xlsx")
    _openpyxl(out / "openpyxl_1904.xlsx", begins_in_1904=True)
    _openpyxl(out / "openpyxl_months.xlsx", months=True)
    _openpyxl(out / "openpyxl_rival.xlsx", rival=True)
    _openpyxl(out / "openpyxl_column_b.xlsx", corner=(3, 2))
    _xlwt(out / "xlwt.xls", begins_in_1904=False)
    _xlwt(out / "xlwt_1904.xls", begins_in_1904=True)
    _pandas(out)
    _dbf_library(out / "dbf_library.dbf")
    _memos(out)
    _visual_foxpro(out)
    _noughts(out / "noughts.xlsx")
    _dbf(out / "dbf_gbk.dbf", "gbk", 0x4D)
    _dbf(out / "dbf_no_code_page.dbf", "gbk", 0)
    _dbf(out / "dbf_utf8.dbf", "utf-8", 0)
    _zips(out)


def _openpyxl(
    path: Path, *, begins_in_1904: bool = False, months: bool = False, rival: bool = False, corner: tuple[int, int] = (1, 1)
) -> None:
    book = openpyxl.Workbook()
    if begins_in_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheets = [ROWS[:2], ROWS[2:]] if months else [ROWS]
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = f"{number + 1}月"
        for down, row in enumerate([HEADINGS, *rows]):
            for right, value in enumerate(row):
                cell = sheet.cell(corner[0] + down, corner[1] + right, value)
                if isinstance(value, dt.date):
                    cell.number_format = DAY
    book.create_sheet("填表说明").append(["每行一人，请勿合并单元格"])
    if rival:
        book.create_sheet("补报").append([HEADINGS[0], HEADINGS[1], HEADINGS[3], HEADINGS[2]])
    book.save(path)


def _formats(path: Path) -> None:
    """Three deaths whose cells show more than they hold: completed by a format, an address for two rows, a hidden row."""
    headings = ["死亡证明编号", "姓名", "死亡日期", "报告日期", "性别", "年龄", "出生日期", "户籍地区划代码", "户籍地址"]
    formats = ['"S"00000', '@"女士"', DAY, DAY, '[=1]"女";[=2]"男"', '0"岁";;', 'yyyy"年"m"月"', '"9901"00', "General"]
    rows = [
        [1, "王伟", dt.date(2026, 1, 1), dt.date(2026, 1, 2), 1, 75, dt.date(1950, 5, 1), 1, "甲县乙镇三村"],
        [22, "李娜", dt.date(2026, 1, 3), dt.date(2026, 1, 4), 2, 0, dt.date(1960, 12, 1), 12, None],
        [333, "张敏", dt.date(2026, 2, 1), dt.date(2026, 2, 2), 1, 66, dt.date(1959, 1, 1), 1, "甲县丁镇"],
    ]
    with xlsxwriter.Workbook(path, {"default_date_format": DAY}) as book:
        sheet = book.add_worksheet("死亡")
        sheet.write_row(0, 0, headings)
        for column, code in enumerate(formats):
            sheet.write_column(1, column, [row[column] for row in rows], book.add_format({"num_format": code}))
        sheet.merge_range(1, 8, 2, 8, rows[0][8])
        sheet.set_row(2, None, None, {"hidden": True})


def _xlwt(path: Path, *, begins_in_1904: bool) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = begins_in_1904
    sheet = book.add_sheet("数据")
    day = xlwt.easyxf(num_format_str=DAY)
    for down, row in enumerate([HEADINGS, *ROWS]):
        for right, value in enumerate(row):
            if value is not None:
                sheet.write(down, right, value, *([day] if isinstance(value, dt.date) else []))
    book.add_sheet("空表")
    book.save(str(path))


def _pandas(out: Path) -> None:
    frame = pd.DataFrame(ROWS, columns=HEADINGS)
    texts = frame.assign(公民身份号码=frame["公民身份号码"].map(lambda value: None if value is None else str(value)))
    texts["死亡日期"] = pd.to_datetime(texts["死亡日期"])
    frame.to_excel(out / "pandas_openpyxl.xlsx", index=False)
    texts.to_excel(out / "pandas_xlsxwriter.xlsx", index=False, engine="xlsxwriter")
    frame.to_excel(out / "pandas_odfpy.ods", index=False)
    texts.to_csv(out / "pandas_utf8.csv", index=False)
    texts.to_csv(out / "pandas_sig.csv", index=False, encoding="utf-8-sig")
    texts.to_csv(out / "pandas_gb18030.csv", index=False, encoding="gb18030")
    texts.to_csv(out / "pandas_utf16.txt", index=False, encoding="utf-16", sep="\t")
    texts.to_csv(out / "pandas_gz.csv.gz", index=False)
    texts.to_csv(out / "pandas.zip", index=False, compression={"method": "zip", "archive_name": "data.csv"})
    texts.to_parquet(out / "pandas.parquet", index=False)
    zoned = texts["死亡日期"].dt.tz_localize("Asia/Shanghai").dt.tz_convert("UTC")
    texts.assign(死亡日期=zoned).to_parquet(out / "pandas_utc.parquet", index=False)
    texts.assign(姓名=texts["姓名"].map(str.encode)).to_parquet(out / "pandas_bytes.parquet", index=False)
    texts.to_csv(out / "pandas_named.xls", index=False, sep="\t", encoding="gbk")
    texts.to_html(out / "pandas_html.xls", index=False)


def _dbf_library(path: Path) -> None:
    """By the library dbf: dBASE III with a memo that nobody needs and a deleted record."""
    columns = "SWZMBH C(12); XM C(30); SWRQ D; BGRQ C(20); GMSFHM C(18); NL N(5,1); BZ M"
    table = dbf.Table(str(path), columns, codepage="cp936")
    table.open(dbf.READ_WRITE)
    for row in [*ROWS, ["D9", "已删", dt.date(2026, 1, 9), "20260109", "", 1]]:
        table.append((*row[:4], str(row[4] or ""), row[5], "备注"))
    dbf.delete(table[len(ROWS)])
    table.close()


def _memos(out: Path) -> None:
    """By the library dbf: addresses that stand in the file beside the table, one of two lines, one of several blocks."""
    long = "甲县乙镇三村一组，" * 80 + "门牌 7 号"
    for kind, name in (("db3", "dbase3"), ("fp", "foxpro"), ("vfp", "visual")):
        columns = "SWZMBH C(12); XM C(30); SWRQ C(8); BGRQ C(8); HJDZ M"
        table = dbf.Table(str(out / f"memo_{name}.dbf"), columns, codepage="cp936", dbf_type=kind)
        table.open(dbf.READ_WRITE)
        table.append(("D1", "王伟", "20260101", "20260102", "甲县乙镇三村\r\n7 号"))
        table.append(("D2", "李娜", "20260103", "20260104", ""))
        table.append(("D3", "张敏", "20260105", "20260106", long))
        table.close()


def _visual_foxpro(out: Path) -> None:
    """By the library dbf an age and an address that were never filled in; by hand a text of varying length and an age as a double."""
    table = dbf.Table(
        str(out / "dbf_library_null.dbf"),
        "SWZMBH C(12); XM C(30); SWRQ D; BGRQ D; NL I null; HJDZ C(30) null",
        codepage="cp936",
        dbf_type="vfp",
    )
    table.open(dbf.READ_WRITE)
    days = [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 2)),
        (dt.date(2024, 2, 29), dt.date(2026, 1, 4)),
        (dt.date(2026, 8, 31), dt.date(2026, 9, 1)),
    ]
    table.append(("D1", "王伟", *days[0], 84, "甲县乙镇三村"))
    table.append(("D2", "慕容小兰", *days[1], dbf.Null, dbf.Null))
    table.append(("D3", "欧阳娜", *days[2], 0, "甲县丁镇"))
    table.close()
    described, start = b"", 1
    columns = (("SWZMBH", b"V", 12), ("XM", b"C", 30), ("SWRQ", b"D", 8), ("BGRQ", b"T", 8), ("NL", b"B", 8), ("_NullFlags", b"0", 1))
    for name, kind, width in columns:
        described += struct.pack("<11scIBBB13x", name.encode(), kind, start, width, 0, 5 * (kind == b"0"))
        start += width
    records = b""
    for key, name, (died, told), age in zip(("D1", "D2", "D3"), ("王伟", "慕容小兰", "欧阳娜"), days, (84.0, 73.0, 61.0), strict=True):
        records += b" " + key.encode().ljust(11, b"\0") + bytes([len(key)]) + name.encode("gbk").ljust(30) + f"{died:%Y%m%d}".encode()
        records += struct.pack("<iid", told.toordinal() + 1_721_425, 0, age) + b"\x01"
    length = 32 + len(described) + 1 + 263
    head = struct.pack("<4BIHH16xBBH", 0x32, 126, 11, 28, len(days), length, start, 0, 0x7A, 0)
    (out / "visual_foxpro_varchar.dbf").write_bytes(head + described + b"\r" + bytes(263) + records + b"\x1a")


def _noughts(path: Path) -> None:
    """An age of nought in a sheet that shows none."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([*HEADINGS[:4], "年龄"], ["D1", "王伟", "20260101", "20260102", 0], ["D2", "李娜", "20260101", "20260102", 80]):
        sheet.append(row)
    sheet.sheet_view.showZeros = False
    book.save(path)


def _dbf(path: Path, encoding: str, code_page: int) -> None:
    """By hand, as FoxPro with Chinese field names: ten bytes a heading, nine bytes a name."""
    widths = (12, 30 if encoding == "utf-8" else 15, 8, 20, 18, 5)
    kinds = b"CCDCCN"
    described = b"".join(
        struct.pack("<11sc4xBB14x", heading.encode(encoding)[:10], bytes([kind]), width, 0)
        for heading, kind, width in zip(HEADINGS, kinds, widths, strict=True)
    )
    records = b""
    for row in ROWS:
        texts = [f"{value:%Y%m%d}" if isinstance(value, dt.date) else "" if value is None else str(value) for value in row]
        cells = [text.encode(encoding)[:width].ljust(width) for text, width in zip(texts[:5], widths[:5], strict=True)]
        records += b" " + b"".join(cells) + texts[5].encode().rjust(widths[5])
    head = struct.pack("<4BIHH17xB2x", 3, 126, 11, 28, len(ROWS), 32 + len(described) + 1, 1 + sum(widths), code_page)
    path.write_bytes(head + described + b"\r" + records + b"\x1a")


class _InGbk(zipfile.ZipInfo):
    """A member whose name is in GBK without a flag, as Explorer and WinRAR of a Chinese Windows write it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - of the library
        return self.filename.encode("gbk"), self.flag_bits


def _zips(out: Path) -> None:
    table = (out / "pandas_gb18030.csv").read_bytes()
    with zipfile.ZipFile(out / "gbk_names.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_InGbk("十一月/health_death_20261121_城东.csv"), table)
        archive.writestr(_InGbk("十一月/说明.txt"), "说明".encode("gbk"))
    with zipfile.ZipFile(out / "two_inside.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(out / "xlwt.xls", "health_death_20261121_2.xls")
        archive.write(out / "pandas.parquet", "health_death_20261121_3.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
