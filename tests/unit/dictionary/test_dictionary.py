"""The data dictionary says everything the contract declares."""

import pytest

from reconcile import dictionary, query
from reconcile.contract.codes import CODE_SETS
from reconcile.contract.columns import REFUSED_HEADINGS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.raising import rules
from reconcile.link.jobs import JOBS


@pytest.fixture(scope="module")
def page():
    return dictionary.render()


def test_it_is_the_same_every_time(page):
    assert dictionary.render() == page


@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=str)
def test_every_column_of_an_extract_stands_in_its_section(page, extract):
    section = page.split(f"\n### {extract.name}\n")[1].split("\n### ")[0]
    for name, field in extract.fields.items():
        (row,) = [line for line in section.splitlines() if line.startswith((f"| {name} |", f"| **{name}** |"))]
        assert field.column.chinese in row
        assert ("| yes |" in row) is field.required


@pytest.mark.parametrize("code_set", CODE_SETS, ids=lambda code_set: code_set.name)
def test_every_code_stands_with_its_label(page, code_set):
    section = page.split(f"\n### codes {code_set.name}\n")[1].split("\n##")[0]
    for code, label in code_set.known.items():
        assert f"| `{code}` | {label} |" in section
    for spelling in code_set.fixable:
        assert f"`{spelling}`" in section


def test_refused_headings_are_listed(page):
    for headings in REFUSED_HEADINGS.values():
        assert all(f"`{heading}`" in page for heading in headings)


@pytest.mark.parametrize(
    "table",
    [
        *(job.table for job in JOBS),
        "link.person",
        "link.record",
        "scope.county",
        "scope.registration",
        "scope.resident",
        "stats.night",
        "find.finding",
        "find.subject",
        "find.evidence",
        "find.history",
        "ops.run",
        "ops.reject",
        "ref.code",
    ],
)
def test_tables_people_query_are_described(page, table):
    section = page.split(f"\n#### {table}\n")[1].split("\n####")[0]
    assert len(section.splitlines()[1]) > 20
    columns = [line for line in section.splitlines() if line.startswith("| `")]
    assert columns
    assert all(line.split(" | ")[2].rstrip(" |") for line in columns)


@pytest.mark.parametrize("name", query.names("inspect"))
def test_every_query_to_start_from_stands_with_its_question(page, name):
    question, _ = query.header(name)
    assert f"| `sql/{name}.sql` | {question} |" in page.split("\n## Queries to start from\n")[1].split("\n## ")[0]


def test_every_finding_type_stands_with_its_chinese_name(page):
    section = page.split("\n## Findings\n")[1].split("\n## ")[0]
    found = rules.discover()
    assert found
    for rule in found:
        assert f"| `{rule.finding_type}` | {rule.chinese} | {rule.letter} |" in section


def test_links_inside_the_page_lead_somewhere(page):
    anchors = {line.lstrip("# ").lower().replace(" ", "-") for line in page.splitlines() if line.startswith("#")}
    for target in {part.split(")")[0] for part in page.split("](#")[1:]}:
        assert target in anchors
