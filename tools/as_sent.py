"""Write ``sample_data/as_sent``: files as offices send them, for ``reconcile check``. Needs xlwt beside the project's own libraries.

Persons are invented, and their numbers begin with 99, which no area code does.
"""

from __future__ import annotations

import datetime as dt
import struct
import sys
import zipfile
from pathlib import Path

import xlsxwriter
import xlwt

from reconcile.sample.numbers import number

STATION = "990101501000"
PEOPLE = [
    ("欧阳小兰", "1941-03-05", 2),
    ("慕容云岭", "1938-12-31", 1),
    ("司徒石坪", "1950-10-01", 1),
    ("古丽巴哈尔·买买提", "1947-06-18", 2),
]
WHEN = (2026, 11, 21, 8, 0, 0)


def numbered(born: str, order: int) -> str:
    """A number that was never issued."""
    return number("990101", dt.date.fromisoformat(born), order)


def deaths(path: Path) -> None:
    """Deaths in an old workbook: two lines of title, clocks beside the dates, a column of the office's own."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("导出")
    sheet.write(0, 0, "云岭县死亡登记导出表")
    sheet.write(1, 0, "导出单位：云岭县疾控中心")
    headings = ["死亡证号", "姓名", "公民身份证号", "性别", "死亡时间", "报告时间", "户籍地址", "填表人"]
    rows = [
        [
            f"SW{no:04}",
            name,
            numbered(born, 20 + sex),
            "女" if sex == 2 else "男",
            f"2026年9月{no + 1}日15时",
            f"2026-09-{no + 10} 08:30:00",
            "云岭县城东镇",
            "甲",
        ]
        for no, (name, born, sex) in enumerate(PEOPLE)
    ]
    for down, row in enumerate([headings, *rows], 2):
        for right, value in enumerate(row):
            sheet.write(down, right, value)
    book.save(str(path))


def register(path: Path) -> None:
    """A part of the register in GBK with semicolons, packed by a Chinese Windows."""
    headings = "人员编号;姓名;性别;出生日期;户编号;派出所编码;公民身份证号;居村委会;登记时间;注销原因;责任区"
    rows = [
        f"AS{no:06};{name};{sex};{born.replace('-', '')};8{no:08};{STATION};{numbered(born, 20 + sex)};"
        "990101001001;1985-07-01 00:00:00;;一警区"
        for no, (name, born, sex) in enumerate(PEOPLE)
    ]
    member = _InGbk("户籍/常口.csv", WHEN)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, "\r\n".join([headings, *rows, ""]).encode("gbk"), zipfile.ZIP_DEFLATED)


class _InGbk(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - of the library
        return self.filename.encode("gbk"), self.flag_bits


def moves(path: Path) -> None:
    """Moves in a table of FoxPro: headings of ten bytes, one deleted record."""
    columns = {
        "业务流水号": 12,
        "人员编号": 10,
        "姓名": 20,
        "公民身份号码": 18,
        "户编号": 12,
        "派出所代码": 12,
        "迁入时间": 8,
        "迁出地详址": 30,
    }
    described = b"".join(struct.pack("<11sc4xBB14x", text.encode("gbk")[:10], b"C", width, 0) for text, width in columns.items())
    records = b""
    for no, (name, born, sex) in enumerate(PEOPLE):
        row = [
            f"QR{no:06}",
            f"AS{no:06}",
            name,
            numbered(born, 20 + sex),
            f"8{no:08}",
            STATION,
            f"202610{no + 1:02}",
            "石坪县城东镇大湾村2组",
        ]
        cells = [text.encode("gbk")[:width].ljust(width) for text, width in zip(row, columns.values(), strict=True)]
        records += (b"*" if no == 0 else b" ") + b"".join(cells)
    head = struct.pack("<4BIHH17xB2x", 3, 126, 11, 21, len(PEOPLE), 32 + len(described) + 1, 1 + sum(columns.values()), 0x4D)
    path.write_bytes(head + described + b"\r" + records + b"\x1a")


def births(path: Path) -> None:
    """Certificates of birth, a sheet a month, and a sheet of remarks; flags in the office's own words."""
    headings = ["出生医学证明编号", "新生儿姓名", "性别", "出生日期", "母亲姓名", "母亲公民身份号码", "签发日期", "作废标志"]
    with xlsxwriter.Workbook(str(path)) as book:
        for month in (9, 10):
            sheet = book.add_worksheet(f"{month}月")
            sheet.write_row(0, 0, headings)
            for no, (name, born, _) in enumerate(PEOPLE):
                row = [
                    f"Z99{month:02}{no:05}",
                    "",
                    "12"[no % 2],
                    f"2026/{month}/{no + 1}",
                    name,
                    numbered(born, 20),
                    f"2026/{month}/{no + 9}",
                    "正常",
                ]
                sheet.write_row(no + 1, 0, row)
        book.add_worksheet("填表说明").write(0, 0, "一行一人")


def main(out: Path) -> None:
    """Write the files."""
    out.mkdir(parents=True, exist_ok=True)
    deaths(out / "死亡登记导出20261121.xls")
    register(out / "城东所20261121.zip")
    moves(out / "迁入2026年11月21日.dbf")
    births(out / "health_birth_20261121.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
