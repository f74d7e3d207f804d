"""Since when each record of a finding says what it says."""

import polars as pl
import pytest
from life_night import day

from reconcile.findings.settling import renewal
from reconcile.findings.telling.evidence import EVIDENCE

MEMBERS = pl.DataFrame(
    {
        "finding_id": ["F1"],
        "is_subject": [True],
        "role": ["registration"],
        "record_type": ["police_resident"],
        "record_key": ["R1"],
        "station_code": ["990101510000"],
    }
)


STATED = "SELECT field, value, since FROM find.stated WHERE finding_id = 'F1' AND record_key = 'R1'"


def since(store, as_of, **said):
    """What find.stated says of each field once a night has found the finding with these statements."""
    store.settings = store.settings.model_copy(update={"as_of": day(as_of)})
    rows = [
        {"finding_id": "F1", "record_type": "police_resident", "record_key": "R1", "field": field, "value": said[field]} for field in said
    ]
    renewal.renew(store, MEMBERS, pl.DataFrame(schema=EVIDENCE), pl.DataFrame(rows))
    return {field: (value, first) for field, value, first in store.frame(STATED).iter_rows()}


def test_a_statement_is_as_old_as_the_first_night_that_heard_it(store):
    assert since(store, "2026-11-20", name="张一") == {"name": ("张一", day("2026-11-20"))}
    assert since(store, "2026-11-21", name="张一", sex="1") == {
        "name": ("张一", day("2026-11-20")),
        "sex": ("1", day("2026-11-21")),
    }
    assert since(store, "2026-11-23", name="张二", sex="1") == {
        "name": ("张二", day("2026-11-23")),
        "sex": ("1", day("2026-11-21")),
    }


def test_what_vanished_and_comes_back_is_new(store):
    since(store, "2026-11-20", name="张一", sex="1")
    since(store, "2026-11-21", sex="1")
    assert since(store, "2026-11-22", name="张一", sex="1")["name"] == ("张一", day("2026-11-22"))


@pytest.mark.parametrize("other", [{"finding_id": "F2"}, {"record_key": "R2"}])
def test_another_finding_and_another_record_speak_for_themselves(store, other):
    said = {"finding_id": "F1", "record_type": "police_resident", "record_key": "R1", "field": "name", "value": "张一"}
    store.insert("find.stated", pl.DataFrame([said | other | {"since": day("2026-11-01")}]))
    assert since(store, "2026-11-20", name="张一")["name"] == ("张一", day("2026-11-20"))


def test_a_statement_from_before_days_were_kept_stays_without_one(store):
    said = {"finding_id": "F1", "record_type": "police_resident", "record_key": "R1", "field": "name", "value": "张一"}
    store.insert("find.stated", pl.DataFrame([said]))
    assert since(store, "2026-11-20", name="张一") == {"name": ("张一", None)}
