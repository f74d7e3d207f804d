"""What DuckDB 2 answers otherwise than 1.5: the reason for ``duckdb<2``, and every place of ours that would change with it.

Seen with 1.5.5 beside 2.0.1: string distances count characters instead of bytes, ``~`` looks for the pattern anywhere instead of
matching the whole text, and ``round(2.675, 2)`` of a DOUBLE is 2.67 instead of 2.68.
"""

import ast
import re
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
CONSTRUCTS = {
    "string distance": r"\b((damerau_)?levenshtein|editdist3|jaro(_winkler)?_similarity|jaccard|hamming|mismatches)\s*\(",
    "match operator": r"(?<![~!<>='])!?~(?![~=])(?=\s*['$a-z(])",
    "round to decimals": r"\bround\s*\([^;]*?,\s*[1-9]\s*\)",
}
SHOWN = "shown to people, never compared: the last decimal may differ"
KNOWN = {
    ("sql/explain/finding.sql", "round to decimals"): SHOWN,
    ("sql/inspect/doubtful_pairs.sql", "round to decimals"): SHOWN,
    ("sql/inspect/measures.sql", "round to decimals"): SHOWN,
    ("sql/inspect/rejects.sql", "round to decimals"): SHOWN,
    ("sql/inspect/runs.sql", "round to decimals"): SHOWN,
    ("sql/inspect/side_by_side.sql", "round to decimals"): SHOWN,
    ("sql/report/night_warnings.sql", "round to decimals"): SHOWN,
    ("bench/linkage/with_splink.py", "string distance"): "a peer's own comparison in the benchmark: its distances are in bytes today",
}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("levenshtein('王伟', '王芳')", 3),
        ("damerau_levenshtein('王伟', '王芳')", 3),
        ("round(jaro_winkler_similarity('李娜', '王芳') * 9)", 4),
        ("hamming('李娜', '王芳')", 6),
        ("'abc' ~ 'b'", False),
        ("round(CAST(2.675 AS DOUBLE), 2)", 2.68),
    ],
)
def test_this_engine_answers_as_the_code_expects(question, answer):
    assert duckdb.sql(f"SELECT {question}").fetchall() == [(answer,)]


def test_the_engine_stays_below_the_one_that_answers_otherwise():
    assert re.search(r'"duckdb>=1\.5\.5,<2"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_construct_that_would_change_is_known():
    found = {(path.relative_to(ROOT).as_posix(), name) for path, text in texts() for name in constructs(text)}
    assert found == set(KNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT levenshtein(a, b) <= 3", {"string distance"}),
        ("WHERE name ~ '^王'", {"match operator"}),
        ("WHERE name !~ '^王'", {"match operator"}),
        ("SELECT round(avg(share), 2)", {"round to decimals"}),
        ("SELECT round(share), name LIKE '~%', regexp_matches(name, '王')", set()),
    ],
)
def test_the_guard_knows_them(text, expected):
    assert constructs(text) == expected


def constructs(text):
    return {name for name, pattern in CONSTRUCTS.items() if re.search(pattern, text, re.IGNORECASE)}


def texts():
    """SQL files without their comments, and what stands as text in Python that looks like SQL."""
    for path in (ROOT / "sql").rglob("*.sql"):
        yield path, re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    for folder in ("src", "bench", "flows"):
        for path in (ROOT / folder).rglob("*.py"):
            yield path, "\n;\n".join(sql_in(ast.parse(path.read_text(encoding="utf-8"))))


def sql_in(tree):
    described = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list) and documented(node)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described
        if is_text and re.search(r"\b(SELECT|WHERE|CASE|levenshtein|jaro|jaccard|hamming)\b", node.value):
            yield node.value


def documented(node):
    return bool(node.body) and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
