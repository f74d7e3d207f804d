"""Components of matches against the plainest way to find them."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from reconcile.link import persons

PEOPLE = st.integers(1, persons.LARGEST)
EDGES = st.lists(st.tuples(PEOPLE, PEOPLE).filter(lambda pair: pair[0] < pair[1]), max_size=20)


def walked(edges):
    """Record → smallest record that can be walked to, one step after the other."""
    least = {record: record for edge in edges for record in edge}
    for _ in range(len(least)):
        for one, other in edges:
            least[one] = least[other] = min(least[one], least[other])
    return least


@given(EDGES)
def test_a_component_is_what_can_be_walked_to(edges):
    matches = pl.DataFrame(edges, schema={"left_no": pl.Int32, "right_no": pl.Int32}, orient="row").with_columns(tier=pl.lit("A"))
    groups, split, oversized = persons.components(matches, matches.clear())
    assert dict(groups.select("record_no", "group").rows()) == walked(edges)
    assert (split, oversized) == (0, 0)
