"""Whole linkage of moves: two ends of one move, and whose registration a police event is about."""

from typing import Any

from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

OWN = number("1980-05-17", 4)
PERSON = {"name": "尹英梅", "birth_date": "1980-05-17", "sex": "2"}


def moves(store: Store, settings: Settings) -> list[tuple[Any, ...]]:
    link.run(store, settings)
    return store.execute("SELECT * FROM link.move ORDER BY ALL").fetchall()


def event(store: Store, settings: Settings) -> list[tuple[Any, ...]]:
    link.run(store, settings)
    return store.execute("SELECT record_key, registration_id, how FROM link.event ORDER BY ALL").fetchall()


def test_the_certificate_ties_both_ends_however_late(store: Store, settings: Settings, add: Any) -> None:
    paper = {"certificate_no": "黔迁字第1号", "citizen_id": OWN}
    add("police_move_out", {"event_id": "O1", **PERSON, **paper, "moved_out_on": "2024-05-01"})
    add("police_move_in", {"event_id": "I1", **PERSON, **paper})
    assert moves(store, settings) == [("O1", "I1", "certificate", "A")]


def test_a_household_on_one_certificate_is_told_apart_by_person(store: Store, settings: Settings, add: Any) -> None:
    son = {"name": "王小明", "birth_date": "2010-01-01", "sex": "1", "certificate_no": "1"}
    add("police_move_out", {"event_id": "O1", **PERSON, "certificate_no": "1"}, {"event_id": "O2", **son})
    add("police_move_in", {"event_id": "I1", **son}, {"event_id": "I2", **PERSON, "certificate_no": "1"})
    assert moves(store, settings) == [("O1", "I2", "certificate", "B"), ("O2", "I1", "certificate", "B")]


def test_the_permit_ties_a_name_that_was_written_otherwise(store: Store, settings: Settings, add: Any) -> None:
    add("police_move_out", {"event_id": "O1", **PERSON, "permit_no": "1"})
    add("police_move_in", {"event_id": "I1", **PERSON, "name": "尹瑛梅", "permit_no": "1"})
    assert moves(store, settings) == [("O1", "I1", "permit", "B")]


def test_one_paper_on_two_strangers_ties_nobody(store: Store, settings: Settings, add: Any) -> None:
    add("police_move_out", {"event_id": "O1", **PERSON, "permit_no": "1"})
    add("police_move_in", {"event_id": "I1", "name": "王小明", "birth_date": "2010-01-01", "sex": "1", "permit_no": "1"})
    assert moves(store, settings) == []


def test_without_papers_there_and_back_are_two_moves(store: Store, settings: Settings, add: Any) -> None:
    one = {**PERSON, "citizen_id": OWN}
    add("police_move_out", {"event_id": "O1", **one, "moved_out_on": "2026-01-01"})
    add("police_move_in", {"event_id": "I1", **one, "moved_in_on": "2026-01-09"})
    back = {"moved_out_on": "2026-03-01", "station_code": "990102510000", "destination_code": "990101"}
    add("police_move_out", {"event_id": "O2", **one, **back})
    add("police_move_in", {"event_id": "I2", **one, "moved_in_on": "2026-03-09", "station_code": "990101510000", "origin_code": "990102"})
    assert moves(store, settings) == [("O1", "I1", "number", "A"), ("O2", "I2", "number", "A")]


def test_the_persons_registrations_tie_ends_that_carry_no_number(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **PERSON, "citizen_id": OWN, "cancel_kind": "moved_out"})
    add("police_resident", {"registration_id": "R2", **PERSON, "citizen_id": OWN, "cancel_kind": None})
    add("police_move_out", {"event_id": "O1", "registration_id": "R1", "name": "尹英梅"})
    add("police_move_in", {"event_id": "I1", "registration_id": "R2", "name": "尹英梅"})
    assert moves(store, settings) == [("O1", "I1", "person", "B")]


def test_ends_that_name_other_places_and_lie_far_apart_are_no_move(store: Store, settings: Settings, add: Any) -> None:
    one = {**PERSON, "citizen_id": OWN}
    add("police_move_out", {"event_id": "O1", **one, "moved_out_on": "2023-01-01", "destination_code": "000101"})
    add("police_move_in", {"event_id": "I1", **one})
    assert moves(store, settings) == []


def test_reversed_ends_are_no_ends(store: Store, settings: Settings, add: Any) -> None:
    one = {**PERSON, "citizen_id": OWN, "certificate_no": "1"}
    add("police_move_out", {"event_id": "O1", **one, "reversed": True})
    add("police_move_in", {"event_id": "I1", **one})
    assert moves(store, settings) == []


def test_an_event_is_about_the_registration_it_names(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **PERSON, "citizen_id": OWN}, {"registration_id": "R2", "name": "王小明"})
    add("police_move_in", {"event_id": "I1", "registration_id": "R2", **PERSON, "citizen_id": OWN})
    assert event(store, settings) == [("I1", "R2", "registration_id")]


def test_else_about_the_one_person_of_its_number_at_its_station_first(store: Store, settings: Settings, add: Any) -> None:
    own = {**PERSON, "citizen_id": OWN}
    add("police_resident", {"registration_id": "R1", **own}, {"registration_id": "R2", **own, "station_code": "990102510000"})
    add("police_move_in", {"event_id": "I1", "registration_id": "gone", **own})
    assert event(store, settings) == [("I1", "R2", "number")]


def test_a_number_that_two_persons_share_leads_nowhere(store: Store, settings: Settings, add: Any) -> None:
    stranger = {"name": "王文福", "sex": "1", "birth_date": "1980-05-17", "citizen_id": OWN}
    add("police_resident", {"registration_id": "R1", **PERSON, "citizen_id": OWN}, {"registration_id": "R2", **stranger})
    add("police_move_in", {"event_id": "I1", **PERSON, "citizen_id": OWN})
    assert event(store, settings) == []


def test_without_a_number_name_birth_date_and_station_lead_to_one_person(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", **PERSON, "citizen_id": OWN}, {"registration_id": "R2", **PERSON, "name": "尹瑛梅"})
    add("police_move_out", {"event_id": "O1", **PERSON}, {"event_id": "O2", **PERSON, "station_code": "990102510000"})
    assert event(store, settings) == [("O1", "R1", "person")]


def test_an_active_registration_at_both_ends_is_seen_whatever_its_age(store: Store, settings: Settings, add: Any) -> None:
    add("station", {"station_code": "990101510000", "county_code": "990101"}, {"station_code": "990102510000", "county_code": "990102"})
    own = {**PERSON, "citizen_id": OWN}
    add("police_resident", {"registration_id": "R1", **own}, {"registration_id": "R2", **own, "station_code": "990102510000"})
    add("police_move_in", {"event_id": "I1", "registration_id": "R2", **own, "moved_in_on": "2026-11-20"})
    link.run(store, settings)
    assert store.execute("SELECT registration_id, origin_id FROM link.origin_active").fetchall() == [("R2", "R1")]
