"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reconcile import cli
from reconcile.contract.columns import COLUMNS

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PYTHON = sorted(path for folder in ("src", "flows", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
SQL = sorted((ROOT / "sql").rglob("*.sql"))
FLOWS = sorted((ROOT / "flows").glob("*.py"))

MAY_EXECUTE = {"store.py", "opening.py", "encryption.py"}
LONGEST_FILE = 300
"""Lines of Python or SQL; case files in Markdown are read case by case and have no bound."""
LONGEST_FLOW = 120


def short(path):
    return str(path.relative_to(ROOT))


def nodes(path, kind):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kind)]


def tracked():
    """Files of the repository that are text; outside a checkout, none."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    binary = (".png", ".xlsx", ".xls", ".ods", ".dbf", ".zip", ".parquet", ".gz", ".duckdb")
    names = [
        name for name in listed.stdout.splitlines() if not name.endswith((*binary, "_gbk.csv", "_utf16.txt", "sheetjs.txt", "named.xls"))
    ]
    return [ROOT / name for name in names if (ROOT / name).is_file() and not name.startswith("sample_data/")]


@pytest.mark.parametrize("path", PYTHON + SQL, ids=short)
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FLOWS, ids=short)
def test_flows_only_wire(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FLOW
    imported = {alias.name for node in nodes(path, ast.Import) for alias in node.names}
    imported |= {node.module for node in nodes(path, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in imported if name} & {"polars", "duckdb", "pandas", "pyarrow"}
    assert not re.search(r"\b(SELECT|INSERT|DELETE)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [path for path in PYTHON if not path.is_relative_to(ROOT / "tests")], ids=short)
def test_the_command_line_is_no_library(path):
    """Use cases are in ``operate``, ``consult`` and ``preserve``; only the program itself starts the command line."""
    if path != ROOT / "src" / "reconcile" / "__main__.py" and path.parent != ROOT / "src" / "reconcile" / "cli":
        modules = {node.module for node in nodes(path, ast.ImportFrom) if node.module}
        named = {f"{node.module}.{alias.name}" for node in nodes(path, ast.ImportFrom) for alias in node.names}
        assert not [name for name in modules | named if f"{name}.".startswith("reconcile.cli.")]


def test_the_command_line_starts_without_what_few_commands_need():
    """The linter keeps slow modules out of the top of our own files; here, that no other library brings them along."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    slow = linter["flake8-tidy-imports"]["banned-module-level-imports"]
    ask = f"import sys, reconcile.cli; print(*sorted(set(sys.modules) & set({slow!r})))"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert slow
    assert asked.stdout.split() == []


@pytest.mark.parametrize("path", FLOWS, ids=short)
def test_flows_need_no_exception_from_the_order_of_imports(path):
    """The package prepares the environment, so that every import stands at the top."""
    assert "E402" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in SOURCES + FLOWS if path.name not in MAY_EXECUTE], ids=short)
def test_only_the_store_talks_to_the_database(path):
    for call in nodes(path, ast.Call):
        called = ast.unparse(call.func)
        assert called != "duckdb.connect", f"{short(path)}:{call.lineno}"
        on_connection = called.endswith((".connection.execute", ".connection.sql", "cursor.execute"))
        assert not on_connection, f"{short(path)}:{call.lineno}"


TELLS_THE_TIME = ("openlineage.py", "program.py")


@pytest.mark.parametrize("path", [path for path in SOURCES if path.parent.name != "doctor" and path.name not in TELLS_THE_TIME], ids=short)
def test_nothing_reads_the_clock(path):
    """``as_of`` is a parameter; durations are measured with ``perf_counter``.

    The doctor is asked how things stand now, on the command line a person may say ``today``, and an OpenLineage event says when it was.
    """
    for call in nodes(path, ast.Call):
        assert not ast.unparse(call.func).endswith((".today", ".now", ".utcnow", "time.time")), f"{short(path)}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_messages_and_logs_name_no_personal_value(path):
    """A placeholder in a log or error message is never named like a column that names a person."""
    personal = {name for name, column in COLUMNS.items() if column.personal.name in {"IDENTIFIER", "NAME"}} - {"name"}
    for call in nodes(path, ast.Call):
        called = ast.unparse(call.func)
        if not (called.endswith("Error") or called.startswith(("_log.", "log."))):
            continue
        for value in (part for argument in call.args for part in ast.walk(argument) if isinstance(part, ast.FormattedValue)):
            assert not personal & set(re.split(r"\W+", ast.unparse(value.value))), f"{short(path)}:{call.lineno}"


def test_no_file_names_a_machine_or_a_package_index():
    """The patterns are put together here, so that this file does not hold what it looks for."""
    machine = "|".join(
        (r"/ho" + r"me/\w", r"/ro" + r"ot/", r"/wo" + r"rk/", r"/tm" + r"p/", r"/op" + r"t/", r"/Us" + r"ers/\w", r"[A-Z]:\\\\Us" + r"ers")
    )
    index = "|".join((r"--(extra-)?ind" + r"ex-url", r"pypi\.o" + r"rg", r"find-lin" + r"ks", r"artifac" + r"tory", r"simp" + r"le/"))
    pattern = re.compile(rf"(?<![\w>}}])({machine})|{index}")  # <home>/… is no machine's path
    found = [
        f"{short(path)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found


def test_constraints_pin_every_version_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.!+-]+", line) for line in lines)
    names = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    assert {"hatchling", "duckdb", "polars", "prefect", "pytest", "ruff"} <= names
    assert len(names) == len(lines)


def test_the_continuous_build_is_make_test():
    lines = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]


@pytest.mark.parametrize("command", sorted(name for name in cli.app if not name.startswith("-")))
def test_every_command_stands_in_the_readme(command):
    assert f"reconcile {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_section_and_reading_that_comments_name_is_told():
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*PYTHON, *SQL, *sorted((ROOT / "docs" / "decisions").glob("*.md"))])
    sections = set(re.findall(r"\b(?:CONTRACT|DOMAIN) §\d", text))
    readings = {number for listed in re.findall(r"\breadings? (\d[\d, ]*(?:and \d+)?)", text) for number in re.findall(r"\d+", listed)}
    page = (ROOT / "docs" / "readings.md").read_text(encoding="utf-8")
    assert {"CONTRACT §2", "DOMAIN §5"} <= sections
    assert {"3", "9", "15"} <= readings
    assert sections | readings <= set(re.findall(r"^\| ((?:CONTRACT|DOMAIN) §\d|\d+) \|", page, flags=re.MULTILINE))
