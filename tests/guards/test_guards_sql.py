"""Every SQL file parses and names only what it is given; that they run on another engine too, the tests of the engine hold."""

import re

import pytest

from reconcile import query
from reconcile.contract.tables import EXTRACTS
from reconcile.link.jobs import JOBS

FILES = sorted(path.relative_to(query.SQL_ROOT).with_suffix("").as_posix() for path in query.SQL_ROOT.rglob("*.sql"))
COUNTS_BYTES = re.compile(
    r"\b(levenshtein|damerau_levenshtein|jaro_similarity|jaro_winkler_similarity|hamming|editdist3|jaccard)\s*\(", re.IGNORECASE
)
PYTHON = sorted(path for folder in ("src", "bench") for path in (query.SQL_ROOT.parent / folder).rglob("*.py"))
SHORT_ALIAS = re.compile(r"\b(FROM|JOIN)\s[^\n]*?\sAS\s+[a-z]\w?\b(?!\s*,)")


@pytest.mark.parametrize("name", FILES)
def test_it_parses(name):
    assert query.statements(query.sql(name))


@pytest.mark.parametrize("name", FILES)
def test_it_does_not_compare_chinese_by_bytes(name):
    assert not COUNTS_BYTES.search(query.sql(name))


@pytest.mark.parametrize("name", FILES)
def test_it_reads_no_clock_but_to_say_when_a_run_was(name):
    reads = re.search(r"\b(current_date|current_timestamp|now|today|get_current_timestamp)\b", query.sql(name), re.IGNORECASE)
    assert not reads or name.startswith("ops/")


def test_what_is_written_extract_by_extract_or_job_by_job_leaves_none_out():
    traced = re.findall(r"'(\w+)' AS record_type,\s+(\w+) AS record_key,", query.sql("find/trace"))
    assert dict(traced) == {extract.name: extract.key[0] for extract in EXTRACTS.values() if extract.column_of("name")}
    assert set(re.findall(r"FROM (link\.\w+_pair)\b", query.sql("inspect/doubtful_pairs"))) == {job.table for job in JOBS}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.stem)
def test_an_alias_in_a_python_file_says_what_the_relation_is(path):
    """As ``min_alias_length`` of the SQL linter demands in files of SQL."""
    assert not SHORT_ALIAS.findall(path.read_text(encoding="utf-8"))
