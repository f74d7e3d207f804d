"""The page from a finding back to a line of a file: its queries run as they stand, and the line is that of the record."""

import re

import pytest
from installation import SAMPLE

from reconcile import query
from reconcile.store import Reader

PAGE = query.SQL_ROOT.parent / "docs" / "finding-to-line.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", QUERIES)
def test_each_query_runs_and_finds_something(good_night, text):
    with Reader(good_night.home) as reader:
        assert reader.frame(text).height > 0


def test_there_are_four():
    assert len(QUERIES) == 4


def test_the_line_is_that_of_the_record(good_night):
    with Reader(good_night.home) as reader:
        traced = reader.frame("SELECT DISTINCT record_key, file, line FROM find.trace WHERE file LIKE 'police_resident_%.csv'")
    lines = {file: (SAMPLE / file).read_bytes().splitlines() for file in traced["file"].unique()}
    wrong = [key for key, file, line in traced.iter_rows() if key.encode() not in lines[file][line - 1]]
    assert traced.height > 50
    assert wrong == []
