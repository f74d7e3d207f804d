"""Deliveries as programs and people of offices leave them, beside those of the sample: invented persons, numbers never issued."""

from __future__ import annotations

import csv
import datetime as dt

import polars as pl
import xlsxwriter
from unissued import number

ADDRESS_FILLERS = ("不明", "同上", "NULL", "集体户", "待核实", "云岭县城东镇")
KIN_FILLERS = ("不详", "暂无", "未采集", "0", "已故", "#N/A", "王氏")
NULL_TOKENS = ("\\N", "(null)", "<NULL>", "NaT", "#REF!", "None", "待补", "未办理")
DOTS = "˙¨¯•‧ㆍ゛丶"
"""The separator of a transliterated name as it is typed."""
RARE_NAMES = {"䶮": ("&#19886;", "&#x4DAE;", "&amp;#19886;", "%u4DAE", "\\u4dae", "_x4DAE_", "□", "??"), "·": ("&middot;", "&#183;")}
"""A character, and what stands for it in a file."""
MOMENTS = (
    "2026-08-01 00:00:00+08",
    "2026-07-31T16:00:00Z",
    "2026-08-01 00:00:00 +0800",
    "2026/8/1 上午 12:00:00",
    "2026年8月1号",
    "2026/8/1 星期六",
    "2026-08-01 3:05 PM",
)
"""One day in China."""
DAY, ZERO_1904 = dt.date(2026, 8, 1), dt.date(1904, 1, 1)

_STATIONS = ("990101501000", "990103501000")
_DEATH = {"death_date": "2026-08-01", "reported_on": "2026-08-10", "voided": "0"}
_BIRTH = {"母亲姓名": "欧阳小兰", "性别": "2", "签发日期": "2026-08-20"}


def registration(key: str, name: str, birth_date: str, sex: str = "1", station: int = 0, **more: str) -> dict[str, str]:
    """A row of the register; of its own household, since nothing is said of one."""
    own = {"registration_id": key, "name": name, "birth_date": birth_date, "sex": sex, "household_no": f"8{key}"}
    return own | {"station_code": _STATIONS[station], "registered_on": "1999-07-01", "relation_to_head": "02"} | more


def fillers_in_addresses() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Living namesakes of dead without a number, born the same day: beside a filler nothing else agrees."""
    people = [(f"{place:02}", birth, filler) for place, filler in enumerate(ADDRESS_FILLERS) for birth in [f"194{place}-03-0{place + 1}"]]
    living = [
        registration(f"AR{no}", "王伟", birth, citizen_id=number(birth, 1, "990104"), address_text=text) for no, birth, text in people
    ]
    return living, [_death(f"AD{no}", "王伟", birth, registered_address_text=text) for no, birth, text in people]


def fillers_shared() -> list[dict[str, str]]:
    """Pairs of namesakes born the same day at two stations, whose only common trait is a filler."""
    shared = dict.fromkeys(("father_name", "mother_name", "spouse_name"), KIN_FILLERS) | {"address_text": ADDRESS_FILLERS}
    return [
        registration(f"K{field[0]}{no:02}{side}", "李强", f"198{no}-0{column + 1}-0{no + 2}", station=side, **{field: filler})
        for column, (field, fillers) in enumerate(shared.items())
        for no, filler in enumerate(fillers)
        for side in (0, 1)
    ]


def tokens_for_numbers() -> list[dict[str, str]]:
    """New-borns whose number is a token of an exporting program."""
    born = {"registered_on": "2026-09-15", "registration_kind": "birth", "relation_to_head": "20"}
    return [registration(f"T{no:02}", f"司徒小{no}", f"2026-08-0{no + 1}", citizen_id=text, **born) for no, text in enumerate(NULL_TOKENS)]


def names_written_otherwise() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Dead with a number whose name has another separator, or a reference in the place of a character."""
    names = [("古丽巴哈尔·买买提", f"古丽巴哈尔{dot}买买提") for dot in DOTS]
    names += [("慕容䶮", f"慕容{text}") for text in RARE_NAMES["䶮"]]
    names += [("阿卜杜热合曼·吐尔逊", f"阿卜杜热合曼{text}吐尔逊") for text in RARE_NAMES["·"]]
    people = [(f"{no:02}", *pair, f"19{30 + no}-05-17", number(f"19{30 + no}-05-17", 3, "990104")) for no, pair in enumerate(names)]
    living = [registration(f"NR{no}", name, birth, citizen_id=own) for no, name, _, birth, own in people]
    return living, [_death(f"ND{no}", told, birth, citizen_id=own) for no, _, told, birth, own in people]


def _death(key: str, name: str, birth_date: str, **more: str) -> dict[str, str]:
    return {"death_cert_no": key, "name": name, "sex": "1", "birth_date": birth_date} | _DEATH | more


def deliver(inbox) -> None:
    """Put all of it beside the sample's files."""
    living, dead = ([*one, *other] for one, other in zip(fillers_in_addresses(), names_written_otherwise(), strict=True))
    moments = [_death(f"M{no}", "某甲", "1930-01-01", sex="") | {"death_date": text} for no, text in enumerate(MOMENTS)]
    _csv(inbox / "police_resident_20261121_3.csv", [*living, *fillers_shared(), *tokens_for_numbers()])
    _csv(inbox / "health_death_20261121_2.csv", [*dead, *moments])
    midnight = pl.Series([DAY]).cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC")
    moment = pl.DataFrame({"death_cert_no": ["P0"], "name": ["某乙"], "death_date": midnight, "reported_on": midnight})
    moment.write_parquet(inbox / "health_death_20261121_3.parquet")
    _births(inbox / "health_birth_20261121_2.xlsx", "Y", (DAY - ZERO_1904).days, date_1904=True)
    _births(inbox / "health_birth_20261121_3.xlsx", "S", f"{DAY - dt.timedelta(1)} 23:59:17")
    _births(inbox / "health_birth_20261121_4.xlsx", "B", str(DAY), corner=(2, 1))


def _csv(path, rows) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _births(path, key, born, corner=(0, 0), **options) -> None:
    down, right = corner
    row = {"出生医学证明编号": f"Z99{key}00001", "出生日期": born} | _BIRTH
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(down, right, row.keys())
        for step in range(3):
            row["出生医学证明编号"] = f"Z99{key}0000{step}"
            sheet.write_row(down + 1 + step, right, row.values())
