"""The two forms from the raw files of the sample, in plain Python: shares no code with the project.

Reads what the offices sent (encodings, delimiters and dates as these files have them), leaves out what has no key, name or possible date,
and counts person by person.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import gzip
import io
import re
from pathlib import Path

KEY = {"police_birth": "业务流水号", "police_death": "YWLSH", "police_move_in": "业务流水号", "police_move_out": "业务流水号"}
NAME = {"police_death": "XM"}
DAY = {"police_birth": "登记日期", "police_death": "DJRQ", "police_move_in": "迁入日期", "police_move_out": "迁出日期"}
DATES = {
    "police_birth": ("出生日期", "登记日期"),
    "police_death": ("SWRQ", "DJRQ"),
    "police_move_in": ("迁入日期",),
    "police_move_out": ("迁出日期",),
}
REASONS = {
    12: "enrolment",
    13: "hired",
    14: "work_trade",
    15: "invest",
    16: "house",
    17: "kin",
    18: "relocation",
    19: "village_rebuild",
    20: "code_change",
    21: "other",
}


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    head = text.split("\n", 1)[0]
    delimiter = max(",|\t", key=head.count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def day(text: str) -> dt.date | None:
    """A day written year first, with or without separators and a time; None where there is no such day."""
    text = (text or "").strip()
    parts = re.match(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)", text) or re.match(r"(\d{4})(\d\d)(\d\d)$", text)
    try:
        return dt.date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


class Register:
    """The sample as delivered."""

    def __init__(self, folder: Path) -> None:
        self.people = {}
        for path in sorted(folder.glob("police_resident_*")):
            for row in rows(path):
                if row["人员编号"].strip() and row["姓名"].strip() and day(row["出生日期"]):
                    self.people[row["人员编号"].strip()] = row
        self.counties = sorted({row["县区划代码"] for path in folder.glob("station_*") for row in rows(path)})
        self.person = {
            row["record_key"]: row["person_no"] for row in rows(folder / "persons.csv") if row["record_type"] == "police_resident"
        }
        self.events = {kind: list(self._events(folder, kind)) for kind in KEY}

    def _events(self, folder, kind):
        (path,) = folder.glob(f"{kind}_*")
        for row in rows(path):
            key, happened = row[KEY[kind]].strip(), day(row[DAY[kind]])
            is_void = row.get("冲销标志", row.get("CXBZ")).strip() == "1"
            is_whole = key and row[NAME.get(kind, "姓名")].strip() and all(day(row[column]) for column in DATES[kind])
            if is_whole and not is_void:
                yield {
                    "key": key,
                    "day": happened,
                    "county": (row.get("派出所代码") or row.get("PCS"))[:6],
                    "person": self.people.get((row.get("人员编号") or row.get("RYID")).strip()),
                    "row": row,
                }

    def stock(self, county, on):
        for row in self.people.values():
            entered, left = day(row["登记日期"]), day(row["注销日期"])
            if row["派出所代码"].startswith(county) and entered <= on and (left is None or left > on):
                yield row

    def happened(self, kind, county, since, until):
        return [event for event in self.events[kind] if event["county"] == county and since <= event["day"] <= until]

    def came_from(self, event):
        """Whether somebody who moved in came from a rural or an urban place; None where nobody can say."""
        paper = event["row"]["迁移证编号"].strip()
        left = [
            out
            for out in self.events["police_move_out"]
            if paper and out["row"]["迁移证编号"].strip() == paper and out["row"]["城乡分类代码"]
        ]
        if left:
            return left[0]["row"]["城乡分类代码"][0]
        text = event["row"]["迁出地详址"]
        if any(word in text for word in "村屯寨组"):
            return "2"
        return "1" if any(word in text for word in ("路", "街", "巷", "社区", "居委会", "小区", "号楼")) else None


def age(born: dt.date, on: dt.date) -> int:
    """Completed years; a birthday on 29 February is the last day of the month in a year that has none."""
    birthday = min(born.day, calendar.monthrange(on.year, born.month)[1])
    return on.year - born.year - ((on.month, on.day) < (born.month, birthday))


def is_urban(event) -> bool:
    code = event["row"].get("城乡分类代码") or (event["person"] or {}).get("城乡分类代码", "")
    return code.startswith("1")


def sex(event) -> str:
    said = event["row"].get("性别") or event["row"].get("XBDM") or event["person"]["性别"]
    return {"男": "1", "女": "2"}.get(said, said)


def form_57(register: Register, county: str, since: dt.date, until: dt.date) -> dict[int, int]:
    stock = list(register.stock(county, until))
    ages = [age(day(row["出生日期"]), until) for row in stock]
    births, deaths = (register.happened(kind, county, since, until) for kind in ("police_birth", "police_death"))
    came = [event["row"]["迁出地区划代码"] for event in register.happened("police_move_in", county, since, until)]
    went = [event["row"]["迁往地区划代码"] for event in register.happened("police_move_out", county, since, until)]
    return {
        1: len({(row["派出所代码"], row["户号"]) for row in stock}),
        2: len(stock),
        3: sum(row["城乡分类代码"].startswith("1") for row in stock),
        4: sum(row["城乡分类代码"].startswith("2") for row in stock),
        5: sum(row["性别"] == "1" for row in stock),
        6: sum(row["性别"] == "2" for row in stock),
        7: sum(years < 18 for years in ages),
        8: sum(18 <= years < 35 for years in ages),
        9: sum(35 <= years < 60 for years in ages),
        10: sum(years >= 60 for years in ages),
        11: len(births),
        12: sum(sex(event) == "1" for event in births),
        13: sum(sex(event) == "2" for event in births),
        14: len(deaths),
        15: sum(sex(event) == "1" for event in deaths),
        16: sum(sex(event) == "2" for event in deaths),
        17: sum(code.startswith(county[:2]) for code in came),
        18: sum(bool(code) and not code.startswith(county[:2]) for code in came),
        19: sum(code.startswith(county[:2]) for code in went),
        20: sum(bool(code) and not code.startswith(county[:2]) for code in went),
    }


def form_58(register: Register, county: str, since: dt.date, until: dt.date) -> dict[int, int | None]:
    births, deaths, came, went = ([event for event in register.happened(kind, county, since, until) if is_urban(event)] for kind in KEY)
    known = [(event, register.came_from(event), event["row"]["迁出地区划代码"]) for event in came]
    urban = [code for _, origin, code in known if origin == "1" and code]
    rural = [(event, code) for event, origin, code in known if origin == "2" and code]
    entered = [
        row["登记类别"]
        for row in register.people.values()
        if row["派出所代码"].startswith(county) and row["城乡分类代码"].startswith("1") and since <= day(row["登记日期"]) <= until
    ]
    left = [
        row["注销类别"]
        for row in register.people.values()
        if row["派出所代码"].startswith(county)
        and row["城乡分类代码"].startswith("1")
        and row["注销日期"]
        and since <= day(row["注销日期"]) <= until
    ]
    form: dict[int, int | None] = {
        1: sum(row["城乡分类代码"].startswith("1") for row in register.stock(county, until)),
        3: len(births),
        4: None,
        5: entered.count("naturalised"),
        6: sum(code.startswith(county[:2]) for code in urban),
        7: sum(not code.startswith(county[:2]) for code in urban),
        8: len(rural),
        9: sum(code.startswith(county[:4]) for _, code in rural),
        10: sum(code.startswith(county[:2]) and not code.startswith(county[:4]) for _, code in rural),
        11: sum(not code.startswith(county[:2]) for _, code in rural),
        22: sum(kind in ("restored", "adoption", "late_birth", "other") for kind in entered) + len(came) - len(urban) - len(rural),
        24: len(deaths),
        25: left.count("服现役"),
        26: left.count("出国(境)定居"),
        27: len(went),
        28: sum(kind in ("重复户口", "虚假户口", "其他") for kind in left),
    }
    form |= {column: sum(event["row"]["迁移原因"] == reason for event, _ in rural) for column, reason in REASONS.items()}
    form[2] = sum(form[column] or 0 for column in (3, 4, 5, 6, 7, 8, 22))
    form[23] = sum(form[column] or 0 for column in range(24, 29))
    return form
