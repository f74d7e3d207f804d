"""The planted truth against rules written naively on the clean rows: nothing true is missing, nothing listed is false."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from planted import Tables, active, decoys, evidence, expected, number_born, singles, valid

from reconcile.sample import AS_OF
from reconcile.sample.world import KEYS, World

MINIMA = {
    "duplicate_registration": 30, "shared_number": 15, "death_not_cancelled": 15, "death_evidence_conflict": 15, "number_invalid": 15,
    "number_conflict": 15, "activity_after_death": 5, "death_date_conflict": 5, "cancellation_without_evidence": 5,
    "death_of_unregistered_person": 5, "birth_not_registered": 5, "birth_without_certificate": 5, "birth_certificate_reused": 5,
    "detail_conflict": 5, "move_out_not_landed": 5, "move_in_origin_active": 5, "move_in_unmatched": 5, "move_date_conflict": 5,
    "household_head_invalid": 5, "implausible_age": 5, "kinship_conflict": 5, "relocated_not_settled": 5,
}  # fmt: skip


def test_each_type_has_its_minimum(world: World) -> None:
    counts = {finding_type: len(expected(world, finding_type)) for finding_type in MINIMA}
    assert {kind: count for kind, count in counts.items() if count < MINIMA[kind]} == {}
    assert {row[0] for row in world.truth} == set(MINIMA)


def test_no_problem_is_listed_twice(world: World) -> None:
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, group, record_type, key in world.truth:
        groups.setdefault((kind, group), []).append((record_type, key))
    seen = [(kind, tuple(sorted(subjects))) for (kind, _), subjects in groups.items()]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("extract", KEYS)
def test_keys_are_unique_and_planted_records_exist(world: World, tables: Tables, extract: str) -> None:
    keys = tables[extract][KEYS[extract]]
    assert keys.null_count() == 0
    assert keys.n_unique() == len(keys)
    named = {row[3] for row in (*world.truth, *world.decoys) if row[2] == extract}
    assert named <= set(keys)


def test_population_is_the_one_asked_for(tables: Tables) -> None:
    assert abs(tables["police_resident"].height / 6000 - 1) < 0.02


def test_every_number_is_unissuable(tables: Tables) -> None:
    for table in tables.values():
        for column in (name for name in table.columns if name.endswith("_id") and name not in {"registration_id", "event_id"}):
            prefixes = set(table[column].drop_nulls().str.slice(0, 2))
            assert prefixes <= {"99", "00", "9.", "1.", "10", "11", "无", "不详"}, column


def test_numbers_invalid(world: World, tables: Tables) -> None:
    rows = active(tables)
    missing = pl.col("citizen_id").is_null() & (pl.col("registered_on") < AS_OF - dt.timedelta(365))
    wrong = pl.col("citizen_id").is_not_null() & ~valid()
    assert singles(rows.filter(missing | wrong)["registration_id"]) == expected(world, "number_invalid")


def test_numbers_contradicting_the_row(world: World, tables: Tables) -> None:
    rows = active(tables).filter(valid())
    sex = pl.when(pl.col("citizen_id").str.slice(16, 1).cast(pl.Int64, strict=False) % 2 == 1).then(pl.lit("1")).otherwise(pl.lit("2"))
    rows = rows.filter((number_born() != pl.col("birth_date")) | (sex != pl.col("sex")))
    assert singles(rows["registration_id"]) == expected(world, "number_conflict")


def test_numbers_borne_by_several_registrations(world: World, tables: Tables) -> None:
    groups = active(tables).filter(pl.col("citizen_id").is_not_null(), valid()).group_by("citizen_id").agg("registration_id")
    shared = {frozenset(keys) for keys in groups["registration_id"] if len(keys) > 1}
    grace = decoys(world, "move_in_grace")
    shared = {keys for keys in shared if not keys <= grace}
    truth = expected(world, "shared_number") | expected(world, "duplicate_registration") | expected(world, "move_in_origin_active")
    assert shared <= truth
    assert expected(world, "shared_number") <= shared
    assert len(shared & expected(world, "duplicate_registration")) >= 15
    assert len(expected(world, "duplicate_registration") - shared) >= 15


def test_households(world: World, tables: Tables) -> None:
    rows = active(tables).filter(pl.col("household_kind") == "1").sort("birth_date", "registration_id")
    homes = rows.group_by("station_code", "household_no", maintain_order=True).agg(
        pl.col("registration_id").filter(pl.col("relation_to_head") == "02").alias("heads"),
        pl.col("registration_id").first().alias("oldest"),
    )
    found = {frozenset(heads or [oldest]) for heads, oldest in homes.select("heads", "oldest").iter_rows() if len(heads) != 1}
    assert found == expected(world, "household_head_invalid")


def test_ages(world: World, tables: Tables) -> None:
    old = pl.col("birth_date") <= AS_OF.replace(year=AS_OF.year - 110)
    quiet = pl.col("id_card_issued_on").is_null() | (pl.col("id_card_issued_on") < AS_OF - dt.timedelta(3 * 365))
    assert singles(active(tables).filter(old & quiet)["registration_id"]) == expected(world, "implausible_age")


def test_kin(world: World, tables: Tables) -> None:
    rows = active(tables)
    register = (
        tables["police_resident"]
        .filter(pl.col("citizen_id").is_not_null())
        .select(parent="citizen_id", born="birth_date")
        .unique("parent", keep="any")
    )
    wrong: set[str] = set()
    for column in ("father_id", "mother_id"):
        pairs = rows.join(register, left_on=column, right_on="parent", how="left").filter(pl.col(column).is_not_null())
        born = pl.col("born").fill_null(number_born(column))
        young = (pl.col("birth_date") - born).dt.total_days() < 12 * 365.25
        wrong |= set(pairs.filter(young | (pl.col(column) == pl.col("citizen_id")))["registration_id"])
    wrong |= set(rows.filter(pl.col("spouse_id") == pl.col("citizen_id"))["registration_id"])
    assert {frozenset([key]) for key in wrong} == expected(world, "kinship_conflict")


def test_deaths_found_by_number(world: World, tables: Tables) -> None:
    old = evidence(tables).filter(pl.col("death_date") <= AS_OF - dt.timedelta(30), pl.col("citizen_id").is_not_null())
    rows = active(tables).join(old, on="citizen_id", suffix="_of_death")
    found = singles(rows["registration_id"])
    conflicts = {
        frozenset([key])
        for kind, _, record_type, key in world.truth
        if kind == "death_evidence_conflict" and record_type == "police_resident"
    }
    truth = expected(world, "death_not_cancelled")
    assert found <= truth | conflicts | expected(world, "activity_after_death")
    assert not truth & (conflicts | expected(world, "activity_after_death"))
    assert len(found & truth) >= 0.6 * len(truth)


def test_evidence_of_conflicts_names_another_person(world: World, tables: Tables) -> None:
    groups = expected(world, "death_evidence_conflict")
    pairs = active(tables).join(evidence(tables), on="citizen_id", suffix="_of_death")
    contradictions = sum((pl.col(name) != pl.col(f"{name}_of_death")).cast(pl.Int64) for name in ("name", "sex", "birth_date"))
    wrong = pairs.filter(contradictions >= 2)
    assert {frozenset(keys) for keys in wrong.select("registration_id", "key").iter_rows()} == groups


def test_activity_after_death(world: World, tables: Tables) -> None:
    last = evidence(tables).filter(pl.col("citizen_id").is_not_null()).group_by("citizen_id").agg(pl.col("death_date").max())
    people = (
        tables["police_resident"].join(last, on="citizen_id").filter(~pl.col("registration_id").is_in(decoys(world, "informant_number")))
    )
    moves = (
        tables["police_move_in"].select("citizen_id", on="moved_in_on"),
        tables["police_move_out"].select("citizen_id", on="moved_out_on"),
    )
    born = tables["police_birth"].select(citizen_id="mother_id", on="birth_date")
    cards = people.select("citizen_id", on="id_card_issued_on")
    signs = (
        pl.concat([*moves, born, cards])
        .drop_nulls()
        .join(last, on="citizen_id")
        .filter(pl.col("on") > pl.col("death_date") + dt.timedelta(1))
    )
    found = people.filter(pl.col("citizen_id").is_in(signs["citizen_id"].implode()))
    assert singles(found["registration_id"]) == expected(world, "activity_after_death")


def test_cancellations_without_evidence(world: World, tables: Tables) -> None:
    year = AS_OF - dt.timedelta(365)
    events = tables["police_death"].filter(pl.col("reversed") == "0", pl.col("death_date") < year, pl.col("registered_on") < year)
    declared = tables["police_resident"].filter(pl.col("cancel_kind") == "declared_dead")["registration_id"]
    events = events.filter(~pl.col("registration_id").is_in(declared.implode()))
    known = evidence(tables)
    for columns in (["citizen_id"], ["name", "birth_date"], ["death_cert_no"]):
        events = events.join(known.drop_nulls(columns), on=columns, how="anti")
    assert singles(events["event_id"]) == expected(world, "cancellation_without_evidence")
    for extract in ("health_death", "civil_cremation"):
        covered = tables[extract]["death_date"]
        assert events["death_date"].is_between(covered.min(), covered.max()).all()


def test_death_dates(world: World, tables: Tables) -> None:
    police = tables["police_death"].filter(pl.col("reversed") == "0").drop_nulls("citizen_id")
    pairs = police.join(evidence(tables), on="citizen_id", suffix="_told")
    apart = (pl.col("death_date") - pl.col("death_date_told")).dt.total_days().abs() > 1
    found = singles(pairs.filter(apart | (pl.col("death_date") < pl.col("birth_date")))["registration_id"])
    assert found == expected(world, "death_date_conflict")


def test_births(world: World, tables: Tables) -> None:
    papers, events = tables["health_birth"], tables["police_birth"]
    good = papers.filter(pl.col("voided") == "0")["birth_cert_no"]
    bad = events.filter(pl.col("birth_cert_no").is_null() | ~pl.col("birth_cert_no").is_in(good.implode()))
    assert singles(bad["event_id"]) - singles(pl.Series(sorted(decoys(world, "mistyped_certificate")))) == expected(
        world, "birth_without_certificate"
    )
    twice = events.drop_nulls("birth_cert_no").group_by("birth_cert_no").agg("event_id")
    assert {frozenset(keys) for keys in twice["event_id"] if len(keys) > 1} == expected(world, "birth_certificate_reused")
    force = papers.filter(pl.col("voided") == "0", ~pl.col("birth_cert_no").is_in(papers["replaces_cert_no"].drop_nulls().implode()))
    force = force.filter(
        pl.col("issued_on") <= AS_OF - dt.timedelta(60), ~pl.col("birth_cert_no").is_in(events["birth_cert_no"].drop_nulls().implode())
    )
    known = events.select(child_name="name", birth_date="birth_date")
    open_papers = force.join(known, on=["child_name", "birth_date"], how="anti")["birth_cert_no"]
    found = singles(open_papers) - {frozenset([key]) for key in decoys(world, "infant_death", "birth_out_of_scope")}
    assert found == expected(world, "birth_not_registered")


def test_moves(world: World, tables: Tables) -> None:
    counties = world.places.counties
    live = pl.col("reversed") == "0"
    outs, ins = tables["police_move_out"].filter(live), tables["police_move_in"].filter(live)
    gone = outs.filter(pl.col("destination_code").is_in(counties), pl.col("moved_out_on") <= AS_OF - dt.timedelta(60))
    lost = gone.join(ins, on="certificate_no", how="anti").join(active(tables), on="citizen_id", how="anti")
    assert singles(lost["event_id"]) == expected(world, "move_out_not_landed")
    pairs = ins.join(outs, on="certificate_no", suffix="_out")
    lag = (pl.col("moved_in_on") - pl.col("moved_out_on")).dt.total_days()
    odd = pairs.filter((lag < 0) | (lag > 60)).select("event_id", "event_id_out")
    assert {frozenset(keys) for keys in odd.iter_rows()} == expected(world, "move_date_conflict")
    came = ins.filter(pl.col("origin_code").is_in(counties)).join(outs, on="certificate_no", how="anti")
    several = tables["police_resident"].group_by("citizen_id").len().filter(pl.col("len") > 1)
    assert singles(came.join(several, on="citizen_id", how="anti")["event_id"]) == expected(world, "move_in_unmatched")


def test_resettlement(world: World, tables: Tables) -> None:
    roll = tables["relocation_roll"].filter(pl.col("relocated_on") <= AS_OF - dt.timedelta(60))
    pairs = roll.join(active(tables), on="citizen_id", suffix="_registered")
    assert singles(pairs.filter(pl.col("resettlement_station_code") != pl.col("station_code"))["roll_no"]) == expected(
        world, "relocated_not_settled"
    )


def test_details(world: World, tables: Tables) -> None:
    register = tables["police_resident"].filter(pl.col("citizen_id").is_not_null())
    roll = tables["relocation_roll"].select("citizen_id", "name", "sex", "birth_date", key="roll_no")
    told = pl.concat([evidence(tables).select("citizen_id", "name", "sex", "birth_date", "key"), roll])
    pairs = register.join(told, on="citizen_id", suffix="_told")
    differs = (pl.col("sex") != pl.col("sex_told")) | (pl.col("birth_date") != pl.col("birth_date_told"))
    rows = pairs.filter(differs, ~pl.col("key").is_in([key for kind, _, _, key in world.truth if kind == "death_evidence_conflict"]))
    assert {frozenset(keys) for keys in rows.select("registration_id", "key").iter_rows()} <= expected(world, "detail_conflict")


def test_no_decoy_is_a_finding_of_the_type_it_decoys(world: World) -> None:
    struck = {key for kind, _, _, key in world.truth if kind in {"death_not_cancelled", "duplicate_registration"}}
    harmless = decoys(world, "twins", "twin_of_dead", "namesakes_same_day", "namesake_of_dead", "parent_child_namesakes", "siblings")
    assert not struck & (
        harmless | decoys(world, "informant_number", "voided_death", "reversed_death", "death_in_grace", "activity_after_death")
    )
    assert not struck & decoys(world, "move_in_origin_active", "move_in_grace", "restored_registration")
