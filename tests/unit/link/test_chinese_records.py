"""What Chinese records do to names, dates and numbers, through the whole linkage of deaths: whose registration, and how sure."""

from typing import Any

import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

CASES = [
    ("张伟", {"name": "张　伟"}, "A"),
    ("张　伟", {"name": "張偉"}, "A"),
    ("李䶮", {"name": "李□"}, "A"),
    ("阿布都·艾尼", {"name": "阿不都艾尼"}, "A"),
    ("单晓红", {"name": "善晓红"}, "B"),
    ("刘末", {"name": "刘未"}, "B"),
    ("张伟", {"name": "张玮", "slip": "front"}, "B"),
    ("车洪波", {"name": "车红波", "slip": "front"}, "B"),
    ("车洪波", {"name": "车红波", "slip": "end"}, "B"),
    ("张全义", {"name": "张全东", "slip": "front"}, "B"),
    ("张全义", {"name": "张全东", "slip": "end"}, None),
    ("张全义", {"name": "王志东", "slip": "front"}, None),
    ("张伟", {"name": "张芳", "slip": "front"}, None),
    ("张伟", {"name": "张芳"}, None),
]
"""The registered name, the death record, and its tier on a list; no tier: at most a lead for analysts.

A homophone beside a slip where the numbers of twins differ is listed only where the dead has no other registration: the record of a
twin would be nearer to the twin's own.
"""


def slipped(own: str, where: str | None) -> str:
    """The number with another digit in its place or in its order number."""
    at = {"front": 3, "end": 15}.get(where or "")
    return own if at is None else own[:at] + ("5" if own[at] != "5" else "6") + own[at + 1 :]


def test_each_record_finds_its_person_as_surely_as_it_may(store: Store, settings: Settings, add: Any) -> None:
    residents, records = [], []
    for place, (name, told, _) in enumerate(CASES):
        birth, home = f"19{30 + place}-08-15", f"青溪县城关镇白果村{place}组{place + 40}号"
        own = number(birth, 100 + 7 * place)
        typed = slipped(own, told.get("slip"))
        state = "valid" if typed == own else "checksum"
        residents.append({"registration_id": f"R{place}", "name": name, "citizen_id": own, "birth_date": birth, "address_text": home})
        record = {"death_cert_no": f"H{place}", "citizen_id": typed, "citizen_id_state": state, "birth_date": birth}
        record |= {"registered_address_text": home, "registered_address_code": "990101"}
        records.append(record | {column: value for column, value in told.items() if column != "slip"})
    add("police_resident", *residents)
    add("health_death", *records)
    link.run(store, settings)
    found = dict(store.execute("SELECT health_key, nullif(tier, 'D') FROM link.death").fetchall())
    assert [(*case[:2], found[f"H{place}"]) for place, case in enumerate(CASES)] == CASES


WITHOUT_NUMBER = [
    ("李䶮", "李□", "wildcard"),
    ("李䶮", "李龑", "folded"),
    ("李䶮", "李\ue863", "folded"),
    ("阿布都·艾尼", "阿不都．艾尼", "family"),
    ("阿布都·艾尼·马木提", "阿布都艾尼", "segments"),
    ("单晓红", "善晓红", "sound"),
    ("刘末", "刘未", "shape"),
]


def test_a_name_that_a_clerk_wrote_otherwise_meets_its_person_without_a_number(store: Store, settings: Settings, add: Any) -> None:
    residents, records = [], []
    for place, (name, told, _) in enumerate(WITHOUT_NUMBER):
        birth, home = f"19{30 + place}-08-15", f"青溪县城关镇白果村{place}组{place + 40}号"
        residents.append({"registration_id": f"R{place}", "name": name, "birth_date": birth, "address_text": home})
        registered_at = {"registered_address_text": home, "registered_address_code": "990101"}
        records.append({"death_cert_no": f"H{place}", "name": told, "birth_date": birth, **registered_at})
    add("police_resident", *residents)
    add("health_death", *records)
    link.run(store, settings)
    levels = "SELECT name_level FROM link.death_pair WHERE right(left_key, 1) = right(right_key, 1) ORDER BY left_key"
    assert [level for (level,) in store.execute(levels).fetchall()] == [level for *_, level in WITHOUT_NUMBER]


def test_a_lunar_birthday_typed_as_solar_is_the_same_person(store: Store, settings: Settings, add: Any) -> None:
    own = number("1960-09-24", 31)
    home = "青溪县城关镇白果村2组8号"
    add("police_resident", {"registration_id": "R1", "name": "尹英梅", "citizen_id": own, "birth_date": "1960-09-24", "address_text": home})
    told = {"name": "尹英梅", "birth_date": "1960-08-04", "registered_address_text": home}
    add("health_death", {"death_cert_no": "H1", **told, "citizen_id": own}, {"death_cert_no": "H2", **told, "death_date": "2024-01-01"})
    link.run(store, settings)
    levels = "SELECT left_key, birth_date_level, tier FROM link.death_pair ORDER BY left_key"
    assert store.execute(levels).fetchall() == [("H1", "lunar", "B"), ("H2", "lunar", "C")]


LIVING, DEAD = number("1980-05-17", 11), number("1980-05-17", 13)
HOUSE = {"sex": "2", "birth_date": "1980-05-17", "address_text": "青溪县城关镇白果村2组8号"}


def test_the_mistyped_number_of_a_twin_is_not_her_death(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "刘佳怡", "citizen_id": LIVING, **HOUSE},
        {"registration_id": "R2", "name": "刘佳仪", "citizen_id": DEAD, "cancel_kind": "death", "cancelled_on": "2026-03-01", **HOUSE},
    )
    told = {"name": "刘佳仪", "sex": "2", "registered_address_text": HOUSE["address_text"], "citizen_id_state": "checksum"}
    add("health_death", {"death_cert_no": "H1", **told, "citizen_id": slipped(LIVING, "front")})
    link.run(store, settings)
    assert store.execute("SELECT tier FROM link.death WHERE registration_id = 'R1' AND tier <> 'D'").fetchall() == []


@pytest.mark.parametrize(("name", "persons"), [("刘佳仪", 2), ("刘佳□", 2), ("刘佳怡", 1), ("劉佳怡", 1)])
def test_twins_of_one_house_are_two_though_no_parent_is_known(store: Store, settings: Settings, add: Any, name: str, persons: int) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "刘佳怡", "citizen_id": LIVING, **HOUSE},
        {"registration_id": "R2", "name": name, "citizen_id": None, **HOUSE},
    )
    link.run(store, settings)
    assert store.value("SELECT count(DISTINCT person_id) FROM link.person") == persons
