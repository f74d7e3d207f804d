"""Calibration, drift, completeness: on counts whose answer is known beforehand."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from unissued import number

from reconcile import link
from reconcile.link import bearers, persons
from reconcile.link.decide.rule import Floors
from reconcile.link.fields.level import FREQUENCIES
from reconcile.link.jobs import DEATH, REGISTRATION, Job
from reconcile.link.model import calibrate, measure, train
from reconcile.link.model.score import score
from reconcile.link.pairs.patterns import with_own_frequency
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.thresholds import Costs

SHARES = pl.DataFrame(
    [{"scope": scope, "frequency": name, "one": 0.25, "chance": 1e-6} for scope in bearers.SCOPES for name, _ in FREQUENCIES]
)  # fmt: skip
SAME = {"number": "equal", "name": "equal", "birth_date": "equal", "sex": "equal", "address": "house"}


def counted(job: Job, *rows: tuple[dict[str, str], int, str]) -> pl.DataFrame:
    """Patterns with pairs and truth; fields not named are missing."""
    levels = [{f"{field}_level": said.get(field, "missing") for field in job.fields} | {"pairs": n, "truth": t} for said, n, t in rows]
    frame = pl.DataFrame(levels).cast({f"{field.name}_level": field.type for field in job.compares})  # type: ignore[arg-type]
    return frame.with_columns(pl.lit("rare").alias(f"{field}_frequency") for field in job.weighed_by_frequency)


def declared(job: Job) -> pl.DataFrame:
    return train.fit(job, {}, SHARES, 9_000.0)


KNOWN = counted(
    DEATH,
    (SAME, 3_000, "person"),
    (SAME | {"number": "different"}, 1_000, "two"),
    (SAME | {"number": "different", "address": "different"}, 900, "namesakes"),
    (SAME | {"address": "different"}, 100, "person"),
).pipe(lambda frame: with_own_frequency(DEATH, frame))


def test_a_correction_turns_overconfidence_into_the_share_that_is_true() -> None:
    raw = calibrate.error(calibrate.reliability(DEATH, KNOWN, declared(DEATH)))
    weights = calibrate.corrected(DEATH, declared(DEATH), KNOWN)
    assert raw is not None
    assert raw > 0.3
    told = score(DEATH, KNOWN, weights, DEATH.anchors).select("address_level", "probability").unique().rows()
    assert dict(told)["house"] == pytest.approx(0.75, abs=0.03)
    assert dict(told)["different"] == pytest.approx(0.10, abs=0.03)
    error = calibrate.error(calibrate.reliability(DEATH, KNOWN, weights))
    assert error is not None
    assert error < 0.02


def test_what_was_never_seen_is_not_corrected_and_number_never_is() -> None:
    weights = calibrate.corrected(DEATH, declared(DEATH), KNOWN)
    kept = weights.filter(pl.col("field").is_in(["number"]) | pl.col("level").is_in(["swap", "folded:rare"]))
    assert kept["correction"].to_list() == [0.0] * kept.height
    assert weights.filter(pl.col("field") == "address")["correction"].abs().max() > 0


def test_too_few_known_pairs_correct_nothing() -> None:
    few = KNOWN.with_columns(pairs=pl.when(pl.col("truth") != "person").then(1).otherwise("pairs"))
    assert calibrate.corrected(DEATH, declared(DEATH), few).equals(declared(DEATH))


def test_a_score_without_the_anchor_does_not_move_with_it() -> None:
    both = score(DEATH, KNOWN, declared(DEATH), DEATH.anchors).filter(pl.col("address_level") == "house")
    assert both["match_weight"].n_unique() == 1
    with_anchor = score(DEATH, KNOWN, declared(DEATH)).filter(pl.col("address_level") == "house")
    assert with_anchor["match_weight"].n_unique() == 2


def test_a_relatives_common_name_weighs_less_than_a_rare_one() -> None:
    weights = train.fit(REGISTRATION, {}, SHARES.with_columns(chance=pl.Series([1e-9, 1e-7, 1e-6, 1e-5] * len(bearers.SCOPES))), 9_000.0)
    mother = dict(weights.filter(pl.col("field") == "mother").select("level", "weight").rows())
    assert mother["name:rare"] > mother["name:uncommon"] > mother["name:common"] > mother["name:very_common"]


def test_two_numbers_of_one_place_and_day_speak_for_children_of_one_birth() -> None:
    place_day = declared(DEATH).row(by_predicate=(pl.col("field") == "number") & (pl.col("level") == "place_day"), named=True)
    assert place_day["birth"] > 10 * place_day["person"] > 1000 * place_day["strangers"]


def test_the_floor_follows_from_the_cost() -> None:
    costs = Costs(death=500, lead=9)
    assert Floors.of(DEATH, costs) == Floors(pytest.approx(500 / 501), pytest.approx(0.9))  # type: ignore[arg-type]
    assert costs.bits_ahead("death") == pytest.approx(np.log2(500))


@pytest.mark.parametrize(("first", "second", "both", "expected"), [(50, 60, 30, 51 * 61 / 31 - 1), (10, 10, 10, 10.0), (5, 5, 0, None)])
def test_chapmans_estimate(first: int, second: int, both: int, expected: float | None) -> None:
    assert measure.chapman(first, second, both) == (None if expected is None else pytest.approx(expected))


def test_completeness_comes_back_when_passes_miss_independently(store: Store) -> None:
    draw = np.random.default_rng(5)
    persons_there = 20_000
    by_number, by_name = draw.random(persons_there) < 0.8, draw.random(persons_there) < 0.9
    bits = by_number * 1 + by_name * 2
    pairs = pl.DataFrame({"passes": bits[bits > 0], "matched": True, "pairs": 1})
    counts = measure.blocking(store, REGISTRATION, pairs)
    assert counts["completeness", "registration"] == pytest.approx(0.98, abs=0.005)
    alone = store.execute("SELECT pairs, pairs_alone FROM stats.blocking WHERE pass = 'number' AND pairs > 0").fetchall()
    assert alone == [(int(by_number.sum()), int((by_number & ~by_name).sum()))]


def test_drift_is_nought_for_the_training_night_and_says_which_field_moved(store: Store) -> None:
    weights = train.with_shares(DEATH, declared(DEATH), KNOWN)
    assert measure.drift(store, DEATH, KNOWN, weights) == {}
    moved = KNOWN.with_columns(
        address_level=pl.lit("missing", KNOWN.schema["address_level"]), address_frequency=pl.lit(None, KNOWN.schema["address_frequency"])
    )
    assert measure.drift(store, DEATH, moved, weights) == {("fields_drifted", "death"): 1, ("field_unused", "death address"): 1.0}
    worst = store.execute("SELECT field FROM stats.drift GROUP BY field HAVING max(psi) > 0.25").fetchall()
    assert worst == [("address",)]


def test_a_component_larger_than_any_person_gives_up_its_weakest_tier() -> None:
    many = persons.LARGEST + 3
    chain = pl.DataFrame(
        {"left_no": range(1, many), "right_no": range(2, many + 1), "tier": ["A", *["C"] * (many - 2)]},
        schema_overrides={"left_no": pl.Int32, "right_no": pl.Int32},
    )
    apart = chain.select("left_no", "right_no").clear()
    groups, split, oversized = persons.components(chain, apart)
    assert (split, oversized) == (0, 1)
    assert groups["group"].n_unique() == many - 1
    fits, _, none = persons.components(chain.head(persons.LARGEST - 1), apart)
    assert (fits["group"].n_unique(), none) == (1, 0)


def test_the_night_writes_its_measures(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number("1980-05-17", 4)}
    add("police_resident", *({"registration_id": f"R{at}", **one} for at in range(3)))
    link.run(store, settings)
    assert store.execute("SELECT pairs, matches FROM stats.blocking WHERE job = 'registration' AND pass = 'all'").fetchall() == [(3, 3)]
    assert store.value("SELECT sum(matches) FROM stats.score WHERE job = 'registration'") == 3
    assert store.execute(
        "SELECT sum(pairs), max(observed) FROM stats.calibration WHERE job = 'registration' AND explanation = 'person'"
    ).fetchall() == [(3, 1.0)]
    sums = store.execute(
        "SELECT DISTINCT round(sum(share_tonight), 6) FROM stats.drift WHERE job = 'registration' GROUP BY field"
    ).fetchall()
    assert sums == [(1.0,)]
