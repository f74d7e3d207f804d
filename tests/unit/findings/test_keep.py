"""Which registration of a duplicate could be kept: nobody says by default, and a rule that is set is named."""

from __future__ import annotations

import pytest
from cases import fill

from reconcile import findings

VALID = "990101199001010019"
DECIDES = "由核实人"


def suggested(store, keep_rule, *rows):
    keyed = [{"registration_id": f"R{number}", "citizen_id": VALID} | row for number, row in enumerate(rows, 1)]
    store.settings = store.settings.model_copy(update={"keep_rule": keep_rule})
    tables = {
        "std.police_resident": keyed,
        "link.person": [{"registration_id": row["registration_id"], "person_id": "R1"} for row in keyed],
        "link.registration_pair": [{"left_key": "R1", "right_key": row["registration_id"]} for row in keyed[1:]],
    }
    fill(store, tables)
    findings.run(store, store.settings)
    return store.value("SELECT suggestion FROM find.finding WHERE finding_type = 'duplicate_registration'")


OLD = {"registered_on": "1990-02-01", "id_card_issued_on": "2010-05-06", "urban_rural_code": "210"}
NEW = {"registered_on": "2004-03-02", "id_card_issued_on": "2020-07-08", "urban_rural_code": "111"}


def test_by_default_a_person_decides_and_no_registration_is_named(store):
    text = suggested(store, "human", OLD, NEW)
    assert DECIDES in text
    assert "R1" not in text
    assert "R2" not in text


@pytest.mark.parametrize(
    ("keep_rule", "said"),
    [
        ("earlier_registered", "本市（州）设定的规则是保留登记较早的一条：可先考虑人员编号R1（1990年2月1日登记）；"),
        ("newer_id_card", "本市（州）设定的规则是保留身份证签发较新的一条：可先考虑人员编号R2（2020年7月8日签发身份证）；"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_rule_is_named_with_what_decided_and_a_person_still_decides(store, keep_rule, said, turned):
    """Town and country are exchanged in the second turn and change nothing."""
    codes = [{"urban_rural_code": row["urban_rural_code"]} for row in ((NEW, OLD) if turned else (OLD, NEW))]
    text = suggested(store, keep_rule, OLD | codes[0], NEW | codes[1])
    assert said in text
    assert text.endswith("仅为建议，保留哪一条由核实人决定。")


@pytest.mark.parametrize(
    ("keep_rule", "change"),
    [
        ("earlier_registered", {"registered_on": "1990-02-01"}),
        ("earlier_registered", {"registered_on": ""}),
        ("newer_id_card", {"id_card_issued_on": "2010-05-06"}),
    ],
)
def test_where_two_stand_equal_or_one_has_no_date_the_rule_cannot_tell(store, keep_rule, change):
    text = suggested(store, keep_rule, OLD, NEW | change)
    assert text.endswith("分不出先后，由核实人决定。")
    assert "可先考虑" not in text


def test_a_registration_without_a_card_is_not_the_newer(store):
    bare = {name: value for name, value in NEW.items() if name != "id_card_issued_on"}
    assert "人员编号R1" in suggested(store, "newer_id_card", OLD, bare)
