"""Who is who in the sample: one person for each identified record, in agreement with what was planted."""

from __future__ import annotations

import polars as pl
from planted import expected

from reconcile.sample.world import KEYS, World


def test_every_identified_record_has_one_person(world: World, tables: dict[str, pl.DataFrame]):
    persons = world.persons()
    assert not persons.select("record_type", "record_key").is_duplicated().any()
    for extract in ("police_resident", "health_death", "civil_cremation"):
        assert set(persons.filter(pl.col("record_type") == extract)["record_key"]) == set(tables[extract][KEYS[extract]])


def test_persons_agree_with_the_findings_and_the_decoys(world: World):
    of = {key: person for record_type, key, person in world.persons().iter_rows() if record_type == "police_resident"}
    for kind in ("duplicate_registration", "move_in_origin_active"):
        assert all(len({of[key] for key in keys}) == 1 for keys in expected(world, kind))
    assert all(len({of[key] for key in keys}) == 2 for keys in expected(world, "shared_number"))
    apart: dict[str, list[str]] = {}
    for kind, group, _, key in world.decoys:
        if kind in {"twins", "namesakes_same_day", "parent_child_namesakes"}:
            apart.setdefault(group, []).append(key)
    assert all(len({of[key] for key in keys}) == 2 for keys in apart.values())


def test_what_bears_one_number_is_of_one_person_unless_the_number_is_shared(world: World, tables: dict[str, pl.DataFrame]):
    register = tables["police_resident"].rename({"registration_id": "record_key"})
    named = (
        world.persons()
        .filter(pl.col("record_type") == "police_resident")
        .join(register, on="record_key")
        .filter(pl.col("citizen_id") != "")
    )
    mixed = named.group_by("citizen_id").agg(pl.col("person_no").n_unique().alias("persons"), "record_key").filter(pl.col("persons") > 1)
    shared = {key for keys in expected(world, "shared_number") for key in keys}
    doubtful = pl.col("record_key").list.eval(pl.element().is_in(list(shared))).list.any()
    assert mixed.filter(~doubtful)["citizen_id"].str.contains(r"^(无|不详|1{18}|.*E\+.*)$").all()
