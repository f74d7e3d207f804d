from __future__ import annotations

import polars as pl
import pytest

from reconcile.standardise.supersede import settle

COLLISIONS = "SELECT load_id, line, column_name, rule, severity FROM ops.reject ORDER BY ALL"


def test_the_later_delivery_supersedes_whatever_came_in_first(warehouse):
    warehouse.deliver("police_death", {"death_date": "20250102"}, on="2026-11-02")
    warehouse.deliver("police_death", {"death_date": "20250101"}, on="2026-11-01")
    warehouse.run()
    assert warehouse.rows("SELECT death_date::VARCHAR, _load_id FROM std.police_death") == [("2025-01-02", 1)]
    assert warehouse.rows(COLLISIONS) == []
    assert warehouse.rows("SELECT count(*) FROM raw.police_death") == [(2,)]


def test_on_one_day_the_later_load_then_the_later_line_wins(warehouse):
    warehouse.deliver("police_death", {"sex": "1"}, {"sex": "2"})
    warehouse.run()
    assert warehouse.rows("SELECT sex, _line FROM std.police_death") == [("2", 3)]
    warehouse.deliver("police_death", {"sex": "9"})
    warehouse.run()
    assert warehouse.rows("SELECT sex, _load_id FROM std.police_death") == [("9", 2)]


@pytest.mark.parametrize(
    "later",
    [
        {"name": "張 伟", "birth_date": "19910101"},  # the name agrees when folded
        {"name": "李四", "birth_date": "1990/1/1"},  # the birth date agrees
    ],
)
def test_agreement_on_name_or_birth_date_supersedes(warehouse, later):
    warehouse.deliver("health_death", {"birth_date": "19900101"})
    warehouse.deliver("health_death", later)
    warehouse.run()
    assert warehouse.rows("SELECT _load_id FROM std.health_death") == [(2,)]
    assert warehouse.rows(COLLISIONS) == []


@pytest.mark.parametrize("later", [{"name": "李四", "birth_date": "19910101"}, {"name": "李四"}])
def test_an_equal_key_on_somebody_else_collides(warehouse, later):
    warehouse.deliver("health_death", {"birth_date": "19900101"})
    warehouse.deliver("health_death", later)
    warehouse.run()
    assert warehouse.rows("SELECT name, _load_id FROM std.health_death") == [("张伟", 1)]
    assert warehouse.rows(COLLISIONS) == [(2, 2, "death_cert_no", "key_collision", "row")]
    assert warehouse.rows("SELECT json_extract_string(raw_row, 'name') FROM ops.reject") == [("李四",)]


def test_after_a_collision_the_first_person_may_still_be_superseded(warehouse):
    warehouse.deliver("health_death", {"age": "70"}, {"name": "李四", "age": "71"}, {"age": "72"}, {"name": "李四", "age": "73"})
    warehouse.run()
    assert warehouse.rows("SELECT name, age FROM std.health_death") == [("张伟", 72)]
    assert [row[:2] for row in warehouse.rows(COLLISIONS)] == [(1, 3), (1, 5)]


def test_agreement_is_with_the_row_that_is_replaced(warehouse):
    chain = [{"birth_date": "19900101"}, {"name": "李四", "birth_date": "19900101"}, {"name": "李四", "birth_date": "19950505"}]
    warehouse.deliver("health_death", *chain)
    warehouse.run()
    assert warehouse.rows("SELECT name, birth_date::VARCHAR FROM std.health_death") == [("李四", "1995-05-05")]


def test_certificate_numbers_meet_in_any_spelling(warehouse):
    warehouse.deliver("health_death", {"death_cert_no": "ab 1"}, {"death_cert_no": "ＡＢ１"}, {"death_cert_no": "AB2"})
    warehouse.run()
    assert warehouse.rows("SELECT death_cert_no, _line FROM std.health_death ORDER BY ALL") == [("AB1", 3), ("AB2", 4)]


def test_a_row_sent_again_is_no_reject_even_when_nothing_says_who_it_is(warehouse):
    warehouse.deliver("health_death", {"name": "无"})
    warehouse.deliver("health_death", {"name": "无"})
    warehouse.run()
    assert warehouse.rows("SELECT _load_id FROM std.health_death") == [(2,)]
    assert warehouse.rows(COLLISIONS) == []


def test_two_without_a_name_are_not_one_person(warehouse):
    warehouse.deliver("health_death", {"name": "无", "age": "70"})
    warehouse.deliver("health_death", {"name": "无", "age": "20"})
    warehouse.run()
    assert warehouse.rows("SELECT age FROM std.health_death") == [(70,)]
    assert len(warehouse.rows(COLLISIONS)) == 1


def test_a_birth_certificate_agrees_by_child_mother_or_date(warehouse):
    warehouse.deliver("health_birth", {"child_name": "张一"}, {"child_name": "张一", "mother_name": "王芳", "birth_date": "20240101"})
    warehouse.run()
    assert warehouse.rows("SELECT mother_name FROM std.health_birth") == [("王芳",)]
    warehouse.deliver("health_birth", {"mother_name": "赵敏", "birth_date": "20200101"})
    warehouse.run()
    assert [row[3] for row in warehouse.rows(COLLISIONS)] == ["key_collision"]


def test_the_mother_of_a_registration_does_not_say_who_it_is(warehouse):
    warehouse.deliver("police_resident", {"mother_name": "王芳"}, {"mother_name": "王芳", "name": "张二", "birth_date": "19920202"})
    warehouse.run()
    assert warehouse.rows("SELECT name FROM std.police_resident") == [("张伟",)]
    assert len(warehouse.rows(COLLISIONS)) == 1


def test_extracts_without_persons_just_supersede(warehouse):
    warehouse.deliver("station", {}, {"station_name": "乙派出所"})
    warehouse.deliver("verification_result", {}, {"outcome": "不属实"}, {"verified_on": "20250102"}, {"finding_id": "D2"})
    warehouse.run()
    assert warehouse.rows("SELECT station_name FROM std.station") == [("乙派出所",)]
    assert warehouse.rows("SELECT finding_id, verified_on::VARCHAR, outcome FROM std.verification_result ORDER BY ALL") == [
        ("D1", "2025-01-02", "confirmed"),
        ("D1", "2026-11-20", "not_an_error"),
        ("D2", "2026-11-20", "confirmed"),
    ]


def test_a_rejected_row_supersedes_nothing(warehouse):
    warehouse.deliver("police_death", {"sex": "1"}, {"sex": "2", "death_date": "x"})
    warehouse.run()
    assert warehouse.rows("SELECT sex FROM std.police_death") == [("1",)]


def test_settle_decides_every_key_for_itself():
    rows = pl.DataFrame({"k": ["a", "b", "a", "a", "b"], "name_key": ["x", "x", "y", "x", "x"], "_content": [1, 2, 3, 4, 2]})
    assert settle(rows, ["k"], ["name_key"])["decision"].to_list() == ["superseded", "superseded", "collided", "kept", "kept"]
