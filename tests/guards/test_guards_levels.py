"""A level of a field is named in its room, link/fields, and nowhere else: code asks the room, SQL asks link.level."""

import ast
import re
from pathlib import Path

import pytest

from reconcile.link import fields

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "src" / "reconcile" / "link" / "fields"
LINK = ROOT / "src" / "reconcile" / "link"
TELLING = ROOT / "src" / "reconcile" / "findings"
PYTHON = sorted(path for folder in (LINK, TELLING) for path in folder.rglob("*.py") if ROOM not in path.parents)
SQL = sorted((ROOT / "sql").rglob("*.sql"))
OTHER_MEANINGS = {"number", "name", "different", "missing", "default", "family", "namesake", "group"}
"""Level names that are also a field, a station's verdict, a state of a number, a veto, records of one person."""
LEVELS = {level.name for field in fields.FIELDS for level in field.levels}
TELLTALE = LEVELS - OTHER_MEANINGS


def short(path):
    return str(path.relative_to(ROOT))


def named_in_python(text):
    """Texts of the code, docstrings left out, that are a level, or anything compared with a column of levels."""
    tree = ast.parse(text)
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    compared = re.findall(r"""_level["']?\)?\s*(?:==|!=|\.is_in\(\[?|\.eq\()\s*["'](\w+)["']""", text)
    return (texts & TELLTALE) | (set(compared) & LEVELS)


def named_in_sql(text):
    """Levels that a query compares with a column of levels or with an agreement."""
    compared = re.findall(r"(?:_level|\blevel|\bagreement)\s*(?:=|<>|!=|(?:NOT\s+)?IN\s*\()\s*((?:'\w+'[,\s]*)+)", text, re.IGNORECASE)
    return {level for listed in compared for level in re.findall(r"'(\w+)'", listed)} & LEVELS


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_no_code_names_a_level(path):
    assert not named_in_python(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SQL, ids=short)
def test_no_query_names_a_level(path):
    assert not named_in_sql(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("x = pl.col('name_level').is_in(['one_char'])", {"one_char"}),
        ("x = pl.col('number_level') == 'different'", {"different"}),
        ("verdict = 'different'", set()),
        ("x = at(name.FIELD, name.ONE_CHAR)", set()),
    ],
)
def test_the_guard_sees_a_level_in_code(text, levels):
    assert named_in_python(text) == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("WHERE p.name_level NOT IN ('one_char', 'different')", {"one_char", "different"}),
        ("WHERE p.sex_level <> 'different'", {"different"}),
        ("WHERE evidence.agreement = 'equal'", {"equal"}),
        ("WHERE name.meaning = 'agrees' AND j.verdict = 'different'", set()),
    ],
)
def test_the_guard_sees_a_level_in_a_query(text, levels):
    assert named_in_sql(text) == levels
