"""Whole linkage of births: which certificate led to which registration, and which to none."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unissued import number

from reconcile import link
from reconcile.link.events import one_to_one
from reconcile.settings import Settings
from reconcile.store import Store

MOTHER = number("1995-04-04", 2)
PARENTS = {"mother_name": "李秀兰", "mother_id": MOTHER, "father_name": "尹建国"}
CHILD = {"name": "尹小明", "sex": "1", "birth_date": "2026-03-01", **PARENTS}
PAPER = {"child_name": "尹小明", **PARENTS}


def births(store: Store, settings: Settings) -> dict[str, tuple[Any, ...]]:
    link.run(store, settings)
    rows = store.execute("SELECT birth_cert_no, event_id, registration_id, how, tier FROM link.birth ORDER BY ALL").fetchall()
    return {row[0]: row[1:] for row in rows}


def known(store: Store) -> dict[str, str | None]:
    return dict(store.execute("SELECT birth_cert_no, in_force_no FROM link.birth_certificate").fetchall())


def test_the_certificate_leads_to_event_and_registration(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD})
    add("police_birth", {"event_id": "B1", "registration_id": "R1", "birth_cert_no": "Z990000001", **CHILD})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER})
    assert births(store, settings) == {"Z990000001": ("B1", "R1", "certificate", "A")}


def test_an_event_that_quotes_the_replaced_number_leads_to_the_certificate_in_force(store: Store, settings: Settings, add: Any) -> None:
    add("police_birth", {"event_id": "B1", "birth_cert_no": "Z990000001", **CHILD})
    add(
        "health_birth",
        {"birth_cert_no": "Z990000001", "voided": True, **PAPER},
        {"birth_cert_no": "Z990000002", "replaces_cert_no": "Z990000001", **PAPER},
    )
    assert births(store, settings) == {"Z990000002": ("B1", None, "certificate", "A")}


def test_mothers_number_birth_date_and_sex_are_enough(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "child_name": None})
    assert births(store, settings) == {"Z990000001": (None, "R1", "mother", "B")}


def test_the_childs_name_may_have_been_chosen_later(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "child_name": "尹沐宸"})
    assert births(store, settings) == {"Z990000001": (None, "R1", "mother", "C")}


def test_names_need_the_parents(store: Store, settings: Settings, add: Any) -> None:
    nameless = {"mother_id": None}
    add("police_resident", {"registration_id": "R1", **CHILD, **nameless})
    add("police_resident", {"registration_id": "R2", **CHILD, "name": "王浩宇", "mother_name": None, "father_name": None, **nameless})
    add(
        "health_birth",
        {"birth_cert_no": "Z990000001", **PAPER, **nameless},
        {"birth_cert_no": "Z990000002", "child_name": "王浩宇", "mother_name": "赵芳"},
    )
    found = births(store, settings)
    assert found["Z990000001"] == (None, "R1", "parents", "C")
    assert found.get("Z990000002", (None, None, None, "D"))[3] == "D"


def test_an_elder_brother_is_another_child(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD, "birth_date": "2024-02-11"})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "child_name": "尹小亮"})
    assert births(store, settings) == {}


def test_of_twins_the_one_who_is_not_registered_stays_without_a_registration(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD})
    add(
        "health_birth",
        {"birth_cert_no": "Z990000001", **PAPER, "birth_order": 1},
        {"birth_cert_no": "Z990000002", **PAPER, "child_name": "尹小亮", "birth_order": 2},
    )
    assert births(store, settings) == {"Z990000001": (None, "R1", "mother", "A")}


def test_twins_without_names_are_laid_side_by_side_in_the_order_of_birth(store: Store, settings: Settings, add: Any) -> None:
    twins = {"R1": number("2026-03-01", 33), "R2": number("2026-03-01", 31)}
    add("police_resident", *({"registration_id": key, **CHILD, "name": f"尹{key}", "citizen_id": own} for key, own in twins.items()))
    add(
        "health_birth",
        {"birth_cert_no": "Z990000001", **PAPER, "child_name": None, "birth_order": 2},
        {"birth_cert_no": "Z990000002", **PAPER, "child_name": None, "birth_order": 1},
    )
    assert {key: row[1] for key, row in births(store, settings).items()} == {"Z990000001": "R1", "Z990000002": "R2"}


@pytest.mark.parametrize(
    "differing",
    [
        {"birth_date": "2026-03-04"},
        {"birth_date": "2026-03-27"},
        {"birth_date": "2025-12-30"},
        {"sex": "2"},
        {"sex": "2", "birth_date": "2026-03-04"},
    ],
)
@pytest.mark.parametrize("named", ["尹小明", None])
def test_one_certificate_and_one_mother_are_one_child_whatever_item_is_wrong(
    store: Store, settings: Settings, add: Any, differing: dict[str, str], named: str | None
) -> None:
    own = number("2026-03-01", 33)
    add("police_resident", {"registration_id": "R1", "citizen_id": own, **CHILD})
    add("police_birth", {"event_id": "B1", "registration_id": None, "citizen_id": own, "birth_cert_no": "Z990000001", **CHILD})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "child_name": named, **differing})
    assert births(store, settings) == {"Z990000001": ("B1", "R1", "certificate", "B")}
    pair = store.execute("SELECT decision, tier FROM link.birth_pair WHERE right_key = 'R1'").fetchall()
    assert pair == [("match", "B")]


def test_a_certificate_without_a_birth_date_is_of_the_child_that_all_else_names(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", **CHILD},
        {"registration_id": "R2", **CHILD, "name": "尹小亮", "birth_date": "2024-02-11"},
    )
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "birth_date": None})
    assert births(store, settings) == {"Z990000001": (None, "R1", "mother", "B")}


def test_a_certificate_without_birth_date_and_name_is_a_lead_at_most(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **CHILD, "birth_date": "2024-02-11"})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, "child_name": None, "birth_date": None})
    assert births(store, settings).get("Z990000001", (None, None, None, "D"))[3] == "D"


def test_a_brother_on_a_reused_certificate_leaves_it_to_the_child_it_is_of(store: Store, settings: Settings, add: Any) -> None:
    brother = CHILD | {"name": "尹小亮", "sex": "2", "birth_date": "2024-02-11"}
    add("police_birth", {"event_id": "B1", "birth_cert_no": "Z990000001", **CHILD})
    add("police_birth", {"event_id": "B2", "birth_cert_no": "Z990000001", **brother})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER})
    assert births(store, settings) == {"Z990000001": ("B1", None, "certificate", "A")}
    assert store.value("SELECT veto FROM link.birth_pair WHERE right_key = 'B2'") == "reused_certificate"


def test_a_number_copied_onto_another_childs_event_is_no_match(store: Store, settings: Settings, add: Any) -> None:
    other = {"name": "王浩宇", "sex": "2", "birth_date": "2026-01-09", "mother_name": "赵芳", "mother_id": number("1990-01-01", 8)}
    add("police_birth", {"event_id": "B1", "birth_cert_no": "Z990000001", **CHILD})
    add("police_birth", {"event_id": "B2", "birth_cert_no": "Z990000001", **other})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER})
    assert births(store, settings) == {"Z990000001": ("B1", None, "certificate", "A")}
    assert store.value("SELECT veto FROM link.birth_pair WHERE right_key = 'B2'") == "reused_certificate"


def test_reversed_events_and_voided_certificates_take_no_part(store: Store, settings: Settings, add: Any) -> None:
    add("police_birth", {"event_id": "B1", "birth_cert_no": "Z990000001", "reversed": True, **CHILD})
    add("police_birth", {"event_id": "B2", "birth_cert_no": "Z990000002", **CHILD})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER}, {"birth_cert_no": "Z990000002", "voided": True, **PAPER})
    assert births(store, settings) == {"Z990000001": ("B2", None, "mother", "A")}


def test_of_two_registrations_the_active_one_is_the_subject(store: Store, settings: Settings, add: Any) -> None:
    own = number("2026-03-01", 31)
    one = {**CHILD, "citizen_id": own}
    add("police_resident", {"registration_id": "R1", **one, "cancel_kind": "moved_out", "cancelled_on": "2026-08-01"})
    add("police_resident", {"registration_id": "R2", **one, "cancel_kind": None})
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER})
    assert births(store, settings)["Z990000001"][1] == "R2"


@pytest.mark.parametrize(
    "death",
    [
        {"name": "尹小明"},
        {"name": "李秀兰之子", "registered_address_code": "990101"},
        {"name": "石一", "registered_address_text": "青溪县白果村5组46号"},
        {"name": "尹小明", "birth_date": None, "age": 0},
        {"name": "李秀兰之子"},
        {"name": "李秀兰之男婴", "registered_address_code": "990102"},
        {"name": "尹建国之子", "birth_date": None},
        {"name": "李秀兰之子", "birth_date": None, "age": 0},
        {"name": "石一", "birth_date": "2026-03-02", "registered_address_text": "青溪县白果村5组46号"},
        {"name": "□小明", "registered_address_code": "990101"},
        {"name": "尹晓鸣", "registered_address_code": "990101"},
    ],
)
def test_an_infants_death_is_found(store: Store, settings: Settings, add: Any, death: dict[str, Any]) -> None:
    assert infants(store, settings, add, death) == [("Z990000001", "H1")]


@pytest.mark.parametrize(
    "death",
    [
        {"name": "赵芳之子", "registered_address_code": "990102"},
        {"name": "李秀兰之女", "sex": "2"},
        {"name": "李秀兰之子", "birth_date": "2025-01-05", "death_date": "2025-03-01"},
        {"name": "石一", "birth_date": None, "registered_address_code": "990101"},
        {"name": "石一", "registered_address_code": "990101"},
        {"name": "石□一", "registered_address_code": "990101"},
        {"name": "□小明", "registered_address_code": "990102"},
        {"name": "尹小明", "sex": "2"},
        {"name": "尹小明", "birth_date": "2026-03-04"},
        {"name": "尹小明", "birth_date": None, "age": 0, "death_date": "2025-12-01"},
    ],
)
def test_another_infants_death_is_not(store: Store, settings: Settings, add: Any, death: dict[str, Any]) -> None:
    assert infants(store, settings, add, death) == []


def test_an_infants_death_that_the_police_registered_is_found(store: Store, settings: Settings, add: Any) -> None:
    event = {"event_id": "E1", "name": "李秀兰之男婴", "sex": "1", "birth_date": "2026-03-01", "death_date": "2026-03-09"}
    add("police_death", {**event, "reversed": False}, {**event, "event_id": "E2", "reversed": True})
    assert infants(store, settings, add, {"name": "王浩宇", "birth_date": "2025-12-05"}) == [("Z990000001", "E1")]


def infants(store: Store, settings: Settings, add: Any, death: dict[str, Any]) -> list[tuple[Any, ...]]:
    home = {"mother_address_code": "990101", "mother_address_text": "青溪县白果村5组46号"}
    add("health_birth", {"birth_cert_no": "Z990000001", **PAPER, **home})
    add("health_death", {"death_cert_no": "H1", "sex": "1", "birth_date": "2026-03-01", "death_date": "2026-03-09", **death})
    link.run(store, settings)
    return store.execute("SELECT birth_cert_no, record_key FROM link.infant_death").fetchall()


def test_certificates_that_replace_each_other_or_the_same_one_leave_one_in_force(store: Store, settings: Settings, add: Any) -> None:
    add(
        "health_birth",
        {"birth_cert_no": "Z990000001", "replaces_cert_no": "Z990000002", **PAPER},
        {"birth_cert_no": "Z990000002", "replaces_cert_no": "Z990000001", "issued_on": "2026-04-01", **PAPER},
        {"birth_cert_no": "Z990000003", **PAPER},
        {"birth_cert_no": "Z990000004", "replaces_cert_no": "Z990000003", "issued_on": "2026-05-01", **PAPER},
        {"birth_cert_no": "Z990000005", "replaces_cert_no": "Z990000003", "issued_on": "2026-04-01", **PAPER},
        {"birth_cert_no": "Z990000006", "replaces_cert_no": "Z990000006", **PAPER},
    )
    link.run(store, settings)
    assert known(store) == {
        "Z990000001": "Z990000002",
        "Z990000002": "Z990000002",
        "Z990000003": "Z990000004",
        "Z990000004": "Z990000004",
        "Z990000005": "Z990000004",
        "Z990000006": "Z990000006",
    }


def test_a_corrected_date_replaces_and_a_brothers_or_sisters_certificate_does_not(store: Store, settings: Settings, add: Any) -> None:
    def replacing(key: str, older: str, **cells: Any) -> dict[str, Any]:
        return {"birth_cert_no": key, "replaces_cert_no": older, "issued_on": "2026-05-01", **PAPER, **cells}

    first = [{"birth_cert_no": f"Z99000000{number}", **PAPER} for number in (1, 3, 5)]
    add("health_birth", *first, replacing("Z990000002", "Z990000001", birth_date="2026-03-10"))
    add("health_birth", replacing("Z990000004", "Z990000003", sex="2"))
    add("health_birth", replacing("Z990000006", "Z990000005", birth_date="2024-03-01"))
    link.run(store, settings)
    found = known(store)
    assert found["Z990000001"] == "Z990000002"
    assert (found["Z990000003"], found["Z990000005"]) == ("Z990000003", "Z990000005")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), unique=True))
def test_choosing_in_rounds_is_choosing_one_after_the_other(pairs: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(pairs, schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
    lefts: set[int] = set()
    rights: set[int] = set()
    greedy: list[tuple[int, int]] = []
    for left, right in pairs:
        if left not in lefts and right not in rights:
            greedy.append((left, right))
            lefts.add(left)
            rights.add(right)
    assert one_to_one(frame, "left", "right").rows() == greedy
