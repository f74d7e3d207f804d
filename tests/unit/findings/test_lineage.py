"""Groups that grow, shrink, merge and part keep their number where they go on, and the history says where they went."""

from __future__ import annotations

import polars as pl
from life_night import OTHER, VALID, night


def row(key, number=VALID):
    return {"registration_id": key, "citizen_id": number, "name": f"{'张李王赵钱孙周吴'[int(key[1:])]}一"}


def groups(result):
    """Subjects of each finding that is not resolved, by number."""
    living = result["finding"].filter(pl.col("status") != "resolved", finding_type="shared_number")
    subjects = living.join(result["subject"], on="finding_id").group_by("finding_id").agg(pl.col("record_key").sort())
    return {"".join(keys): number for number, keys in subjects.iter_rows()}


def history(result, change):
    return dict(result["history"].filter(change=change).select("finding_id", "detail").iter_rows())


def test_a_group_that_grows_and_shrinks_keeps_its_number(nights):
    number = groups(night(nights, "2026-11-20", row("R1"), row("R2")))["R1R2"]
    grown = night(nights, "2026-11-21", row("R1"), row("R2"), row("R3"))
    assert groups(grown) == {"R1R2R3": number}
    assert history(grown, "subjects") == {number: "+R3"}
    again = night(nights, "2026-11-21", row("R1"), row("R2"), row("R3"), run_id="again")
    assert again["history"].equals(grown["history"])
    shrunk = night(nights, "2026-11-22", row("R2"), row("R3"))
    assert groups(shrunk) == {"R2R3": number}
    assert history(shrunk, "subjects")[number] == "−R1"
    assert groups(night(nights, "2026-11-23", row("R1"), row("R2"), row("R3"))) == {"R1R2R3": number}


def test_one_record_in_common_is_another_question(nights):
    night(nights, "2026-11-20", row("R1"), row("R2"))
    other = night(nights, "2026-11-21", row("R2"), row("R3"))
    assert sorted(other["finding"].filter(finding_type="shared_number")["status"]) == ["open", "resolved"]
    assert not history(other, "subjects")


def test_groups_that_merge_go_on_as_the_older_one_and_the_other_is_absorbed(nights):
    older = groups(night(nights, "2026-11-19", row("R1"), row("R2")))["R1R2"]
    both = groups(night(nights, "2026-11-20", row("R1"), row("R2"), row("R3", OTHER), row("R4", OTHER)))
    merged = night(nights, "2026-11-21", *(row(f"R{number}") for number in (1, 2, 3, 4)))
    assert groups(merged) == {"R1R2R3R4": older}
    assert history(merged, "absorbed") == {both["R3R4"]: f"→ {older}"}
    assert merged["finding"].filter(finding_id=both["R3R4"])["status"].to_list() == ["resolved"]


def test_a_group_that_parts_leaves_its_number_to_one_part_and_the_other_says_where_it_came_from(nights):
    whole = groups(night(nights, "2026-11-20", *(row(f"R{number}") for number in (1, 2, 3, 4, 5))))["R1R2R3R4R5"]
    parted = night(nights, "2026-11-21", row("R1", OTHER), row("R2", OTHER), row("R3"), row("R4"), row("R5"))
    found = groups(parted)
    assert found["R3R4R5"] == whole
    assert history(parted, "split") == {found["R1R2"]: f"← {whole}"}
    after = night(nights, "2026-11-22", row("R1", OTHER), row("R2", OTHER), row("R3"), row("R4"), row("R5"))
    assert groups(after) == found
    assert after["history"].equals(parted["history"])


def test_no_number_is_given_twice_when_a_part_that_went_its_way_meets_the_whole_again(nights):
    whole = groups(night(nights, "2026-11-20", row("R1"), row("R2"), row("R3")))["R1R2R3"]
    night(nights, "2026-11-21", row("R2"), row("R3"), row("R4"))
    drifted = night(nights, "2026-11-22", row("R3"), row("R4"), row("R5"))
    assert groups(drifted) == {"R3R4R5": whole}
    night(nights, "2026-11-23", row("R4"), row("R5"), row("R6"))
    both = groups(night(nights, "2026-11-24", row("R1", OTHER), row("R2", OTHER), row("R3", OTHER), row("R4"), row("R5"), row("R6")))
    assert both["R1R2R3"] == whole
    assert both["R4R5R6"] != whole
