"""What offices do to a few in a hundred of their rows, whatever the rows say."""

from __future__ import annotations

from collections.abc import Callable

from bench.outside import slips
from bench.outside.people import DOT
from bench.outside.registers import Registers, Row


def spoil(registers: Registers) -> None:
    """Write names, relatives, addresses and numbers as offices do."""
    dead = [*registers.extracts["health_death"], *registers.extracts["civil_cremation"]]
    residents, pick = registers.extracts["police_resident"], registers.pick

    def some(rows: list[Row], columns: tuple[str, ...], share: float, change: Callable[[str], str]) -> None:
        for row in rows:
            for column in columns:
                if row.get(column) and pick.random() < share:
                    row[column] = change(str(row[column]))

    some(residents + dead, ("name", "father_name", "mother_name"), 0.02, slips.traditional)
    some(residents, ("name",), 0.02, lambda name: f"{name[0]} {name[1:]}")
    some(dead, ("name",), 0.1, lambda name: name.replace(DOT, pick.choice([".", "•", "・", " ", ""])))
    some(residents, ("father_name", "mother_name"), 0.02, lambda _: pick.choice(["不详", "无", "XXX", "未知", "不清楚"]))
    some(residents, ("father_id", "mother_id", "spouse_id"), 0.01, lambda _: pick.choice(["111111111111111111", "无", "0"]))
    some(dead, ("registered_address_text",), 0.05, lambda address: address.replace("村", " 村 ").replace("组", "社"))
    some(registers.extracts["civil_cremation"], ("citizen_id",), 0.05, lambda number: f"{number[:15]}000")
