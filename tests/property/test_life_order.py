"""Whatever the nights before: nights that end in the same inputs end in the same open findings, each under one number."""

import itertools
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from life_night import OTHER, VALID, WRONG, Nights, night

KEYS = ("R1", "R2", "R3", "R4")
REGISTERS = st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from((None, VALID, OTHER, WRONG))))
NAMES = dict(zip(KEYS, ("张一", "李二", "王三", "赵四"), strict=True))


def rows(register):
    state = {WRONG: {"citizen_id_state": "checksum"}}
    return [
        {"registration_id": key, "name": NAMES[key], "citizen_id": number, **state.get(number, {})}
        for key, number in register.items()
        if number
    ]


def opened(registers):
    """Run one night per register in a new home; what is open after the last."""
    with tempfile.TemporaryDirectory() as folder:
        nights = Nights(Path(folder) / "home")
        for number, register in enumerate(registers, 1):
            result = night(nights, f"2026-11-{number:02}", *rows(register))
    living = result["finding"].filter(pl.col("status") != "resolved")
    assert living["finding_id"].is_unique().all()
    found = living.join(result["subject"], on="finding_id").group_by("finding_id", "finding_type").agg(pl.col("record_key").sort())
    return sorted((kind, keys) for _, kind, keys in found.iter_rows())


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(REGISTERS, min_size=2, max_size=3), REGISTERS)
def test_the_order_of_nights_does_not_matter(before, last):
    expected = opened([last])
    for order in itertools.islice(itertools.permutations(before), 2):
        assert opened([*order, last]) == expected
