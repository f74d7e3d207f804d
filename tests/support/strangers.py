"""A register of people who are not alike."""

from __future__ import annotations

from unissued import number

GIVEN = "梅兰芳香玉凤英秀珍琴"


def people(count: int, *, numbered: bool = True, **same: object) -> list[dict[str, object]]:
    """So many strangers, each registered once."""
    rows: list[dict[str, object]] = []
    for at in range(count):
        born = f"19{50 + at % 40}-{1 + at % 12:02d}-{1 + at % 28:02d}"
        name = f"{'尹石丁马'[at % 4]}{GIVEN[at // 4 % 10]}{GIVEN[at // 40 % 10]}"
        who = {"registration_id": f"R{at:05d}", "name": name, "birth_date": born, "address_text": f"九里村{at}号"}
        rows.append(who | {"citizen_id": number(born, at % 999) if numbered else None} | same)
    return rows
