"""The model: planted shares come back, small registers stay sane, equal input gives equal models."""

import math
from typing import Any

import polars as pl
import pytest
from unissued import number

from reconcile import link
from reconcile.link import bearers, persons, record
from reconcile.link.explanation import Explanation
from reconcile.link.jobs import DEATH, REGISTRATION, Job, Pass
from reconcile.link.model import declared, train
from reconcile.link.model.score import score
from reconcile.link.pairs import block
from reconcile.settings import Settings
from reconcile.store import Store

FREQUENCY = {"rare": (0.4, 1e-9), "uncommon": (0.3, 1e-7), "common": (0.2, 1e-6), "very_common": (0.1, 1e-5)}
SHARES = pl.DataFrame(
    [
        {"scope": scope, "frequency": level, "one": one, "chance": chance}
        for scope in bearers.SCOPES
        for level, (one, chance) in FREQUENCY.items()
    ]
)
LEVELS = {"number": "equal", "name": "equal", "birth_date": "equal", "sex": "equal", "address": "house"}


def counted(*rows: tuple[dict[str, str], int]) -> pl.DataFrame:
    types = {f"{field.name}_level": field.type for field in DEATH.compares}
    frame = pl.DataFrame(
        [{f"{field}_level": value for field, value in (LEVELS | levels).items()} | {"pairs": pairs} for levels, pairs in rows]
    )
    frequency = {
        f"{field}_frequency": pl.when(pl.col(f"{field}_level").is_in(["equal", "house"])).then(pl.lit("rare"))
        for field in ("name", "address")
    }
    return frame.with_columns(**frequency).cast(types)  # type: ignore[arg-type]


MATCHED = counted(
    ({}, 80_000), ({"sex": "different"}, 800), ({"address": "different"}, 15_200), ({"address": "missing", "birth_date": "lunar"}, 4_000)
)
RANDOM = counted(
    ({"number": "different", "name": "different", "birth_date": "generation", "address": "different"}, 45_000),
    ({"number": "different", "name": "different", "birth_date": "different", "address": "county", "sex": "different"}, 50_000),
    ({"number": "missing", "name": "one_char", "birth_date": "same_year", "address": "different", "sex": "missing"}, 5_000),
)


OTHERS_PER_LEFT = 9_000.0


def model_of(matched: pl.DataFrame, drawn: pl.DataFrame) -> pl.DataFrame:
    return train.fit(DEATH, {Explanation.PERSON: matched, Explanation.STRANGERS: drawn}, SHARES, OTHERS_PER_LEFT)


def fitted() -> dict[tuple[str, str], tuple[float, float, float]]:
    rows = model_of(MATCHED, RANDOM).select("field", "level", "person", "strangers", "weight").rows()
    return {(field, level): (m, u, weight) for field, level, m, u, weight in rows}


def test_planted_shares_are_recovered() -> None:
    weights = fitted()
    assert weights["sex", "different"][0] == pytest.approx(0.008, rel=0.05)
    assert weights["sex", "different"][1] == pytest.approx(0.5, rel=0.01)
    assert weights["address", "different"][0] == pytest.approx(0.152 / 0.96, rel=0.06)  # of those that state an address
    assert weights["birth_date", "lunar"][0] == pytest.approx(0.04, rel=0.04)
    assert weights["name", "one_char"][1] == pytest.approx(0.05, rel=0.05)


def test_shares_of_a_field_sum_to_one_and_weights_are_their_ratio() -> None:
    weights = model_of(MATCHED, RANDOM)
    sums = weights.filter(pl.col("field") != "prior").group_by("field").agg(pl.col(*Explanation).sum())
    for explanation in Explanation:
        assert sums[explanation].to_list() == pytest.approx([1.0] * len(DEATH.fields))
    assert weights.filter(pl.col("field") == "prior").select(pl.sum_horizontal(*Explanation)).item() == pytest.approx(1.0)
    for m, u, weight in weights.select("person", "strangers", "weight").rows():
        assert weight == pytest.approx(math.log2(m / u))


def test_what_random_pairs_never_show_keeps_about_its_declared_share() -> None:
    assert fitted()["number", "equal"][1] == pytest.approx(1e-9, rel=1)
    assert fitted()["birth_date", "equal"][1] == pytest.approx(4e-5, rel=1)


def test_what_proven_pairs_never_show_stays_possible_however_many_they_are() -> None:
    """Records without a number stop at the village, those with one hardly ever; strangers are drawn as they come."""
    few, many = (village_of(counted(({}, pairs))) for pairs in (1_000, 1_000_000))
    assert many["person"].sum() > few["person"].sum() / 10
    assert many["person"].sum() == pytest.approx(declared.LEAST_SHARE, rel=0.1)
    assert many["strangers"].to_list() == pytest.approx(few["strangers"].to_list(), rel=0.01)


def village_of(matched: pl.DataFrame) -> pl.DataFrame:
    return model_of(matched, RANDOM).filter(pl.col("field") == "address", pl.col("level").str.starts_with("village"))


def test_nothing_seen_gives_the_declared_model() -> None:
    weights = model_of(MATCHED.clear(), RANDOM.clear()).filter(pl.col("field") == "birth_date")
    for explanation in Explanation:
        declared = {level.name: level.share(explanation) for level in DEATH.compares[2].levels if level.name != "missing"}
        told = weights.filter(pl.col("level") != "missing").select("level", pl.col(explanation) / pl.col(explanation).sum()).rows()
        assert dict(told) == pytest.approx({level: share / sum(declared.values()) for level, share in declared.items()}, rel=0.01, abs=1e-6)


def test_what_is_missing_speaks_for_no_explanation() -> None:
    missing = model_of(MATCHED, RANDOM).filter(pl.col("level") == "missing").select(*Explanation)
    assert missing.height == len(DEATH.fields)
    for row in missing.rows():
        assert row == pytest.approx((row[0],) * len(row))


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    weights = fitted()
    by_frequency = [weights["name", f"equal:{name}"][2] for name in ("rare", "uncommon", "common", "very_common")]
    assert by_frequency == sorted(by_frequency, reverse=True)
    assert weights["name", "equal:very_common"][2] > weights["name", "one_char"][2] > weights["name", "different"][2]


def test_the_probability_is_divided_among_the_explanations_as_bayes_has_it() -> None:
    weights = model_of(MATCHED, RANDOM)
    row = score(DEATH, MATCHED, weights).row(0, named=True)
    features = {"prior": ""} | {field: row[f"{field}_level"] for field in DEATH.fields} | {"name": "equal:rare", "address": "house:rare"}
    shares = dict.fromkeys(Explanation, 1.0)
    for field, level in features.items():
        told = weights.row(by_predicate=(pl.col("field") == field) & (pl.col("level") == level), named=True)
        shares = {explanation: share * told[explanation] for explanation, share in shares.items()}
    total = sum(shares.values())
    for explanation in Explanation:
        assert row[explanation.share] == pytest.approx(shares[explanation] / total, rel=1e-6)
    assert row["probability"] == pytest.approx(row[Explanation.PERSON.share])
    others = sum(share for explanation, share in shares.items() if explanation is not Explanation.PERSON)
    assert row["match_weight"] == pytest.approx(math.log2(shares[Explanation.PERSON] / others), abs=1e-4)


def test_a_field_weighs_one_person_against_the_likeliest_other_explanation() -> None:
    twins = counted(({"name": "one_char", "number": "place_day"}, 1)).with_columns(
        name_frequency=pl.lit(None, MATCHED.schema["name_frequency"])
    )
    weights = model_of(MATCHED, RANDOM)
    row = score(DEATH, twins, weights).row(0, named=True)
    assert row["explanation"] == "birth"
    told = weights.row(by_predicate=(pl.col("field") == "number") & (pl.col("level") == "place_day"), named=True)
    assert row["number_weight"] == pytest.approx(math.log2(told["person"] / told["birth"]), abs=1e-5)


def register(add: Any, people: int) -> None:
    rows = [
        {
            "registration_id": f"R{at:04d}",
            "name": f"尹{'英文桂玉'[at % 4]}{'梅兰花香'[at // 4 % 4]}",
            "birth_date": f"19{50 + at % 40}-03-{1 + at % 28:02d}",
        }
        for at in range(people)
    ]
    add("police_resident", *({**row, "citizen_id": number(str(row["birth_date"]), at)} for at, row in enumerate(rows)))


def test_later_nights_use_the_model_of_the_first_and_give_the_same_tables(store: Store, settings: Settings, add: Any) -> None:
    register(add, 60)
    first = link.run(store, settings)
    tables = [store.frame(f"SELECT * FROM link.{name} ORDER BY ALL") for name in ("model", "registration_pair", "person", "death")]
    second = link.run(store, settings)
    again = [store.frame(f"SELECT * FROM link.{name} ORDER BY ALL") for name in ("model", "registration_pair", "person", "death")]
    assert all(one.equals(other) for one, other in zip(tables, again, strict=True))
    assert first["models_trained"] == 1
    assert second["models_trained"] == 0
    versions = [{key for key in counts if key[0] == "model_weights"} for counts in (first, second)]
    assert versions[0] == versions[1]
    assert len(versions[0]) == 1


def test_an_empty_register_links_nothing_and_does_not_fail(store: Store, settings: Settings) -> None:
    counts = link.run(store, settings)
    assert counts["rows", "record"] == 0
    assert store.value("SELECT count(*) FROM link.registration_pair") == 0


def test_a_register_without_numbers_finishes(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", *({"registration_id": f"R{at}", "name": "尹英梅", "birth_date": "1900-01-01"} for at in range(30)))
    counts = link.run(store, settings)
    assert counts["persons"] == 30


def test_a_block_over_budget_is_narrowed_and_what_is_left_out_is_counted(store: Store, settings: Settings, add: Any) -> None:
    rows = [{"registration_id": f"R{at:02d}", "name": "尹英梅", "sex": "1" if at < 3 else "2"} for at in range(20)]
    add("police_resident", *rows)
    link.run(store, settings)
    record.number(store)
    one = Pass("name", ("name_key",), "test", ("sex",))
    job = Job("registration", REGISTRATION.left, REGISTRATION.right, 0.01, (one,), REGISTRATION.compares, block_pairs=100)
    counts = block.run(store, job)
    assert counts["blocks_narrowed", "registration name"] == 1
    assert counts["pairs_dropped", "registration name"] == 17 * 16 / 2
    assert counts["candidates", "registration"] == 3
    wide = Job("registration", REGISTRATION.left, REGISTRATION.right, 0.01, (one,), REGISTRATION.compares, block_pairs=190)
    assert block.run(store, wide) == {("pass_pairs", "registration name"): 190, ("candidates", "registration"): 190}


def test_a_component_that_holds_people_apart_gives_up_its_weakest_tier() -> None:
    matches = pl.DataFrame(
        {"left_no": [1, 2, 3, 7], "right_no": [2, 3, 4, 8], "tier": ["A", "C", "A", "C"]},
        schema_overrides={"left_no": pl.Int32, "right_no": pl.Int32},
    )
    apart = pl.DataFrame({"left_no": [1], "right_no": [4]}, schema={"left_no": pl.Int32, "right_no": pl.Int32})
    groups, split, _ = persons.components(matches, apart)
    assert dict(groups.select("record_no", "group").rows()) == {1: 1, 2: 1, 3: 3, 4: 3, 7: 7, 8: 7}
    assert split == 1
    whole, none, _ = persons.components(matches, apart.clear())
    assert dict(whole.select("record_no", "group").rows()) == {1: 1, 2: 1, 3: 1, 4: 1, 7: 7, 8: 7}
    assert none == 0


@pytest.mark.parametrize(("levels", "is_learned"), [({}, True), ({"birth_date": "generation", "address": "different"}, False)])
def test_pairs_without_a_number_teach_what_the_model_takes_for_one_person(levels: dict[str, str], *, is_learned: bool) -> None:
    """A name by ear is met on no proven pair; it is on the others, beside one house or beside another generation."""
    rest = counted(({"number": "missing", "name": "sound"} | levels, 4_000))
    weights = model_of(MATCHED, RANDOM)
    learned = train.with_unproven(DEATH, weights, pl.concat([MATCHED, rest]), MATCHED, lambda person: model_of(person, RANDOM))
    share = [rows.filter(field="name", level="sound")["person"].item() for rows in (weights, learned)]
    assert (share[1] > 5 * share[0]) == is_learned
    assert is_learned or share[1] == pytest.approx(share[0], rel=0.05)
