"""Forms of SQL on literal values: DuckDB and the other engine give the same, or the form is refused by name."""

import datetime as dt

import duckdb
import pytest
from sqlglot import parse_one

from reconcile.engine import dialect, rewrites
from reconcile.engine.session import connect
from reconcile.errors import EngineError

FORMS = """
1 - 3
1.5::DOUBLE + 2
DATE '2026-03-01' - DATE '2026-02-01'
DATE '2026-03-01' - 3
DATE '2026-02-27' + 3
(DATE '2026-03-01' - DATE '2026-02-01') * 2
date_diff('day', DATE '2026-03-01', DATE '2026-02-01')
date_diff('day', DATE '2026-02-01', NULL::DATE)
year(DATE '2026-03-01') * 10000 + month(DATE '2026-03-01') * 100 + day(DATE '2026-03-01')
7 // 0
-7 // 2
7 // (3 - 3)
7 % 0
-7 % 3
7 / 2
floor(-7 / 2)
ceil(7 / 2)
floor(7 / 2) / 4
abs(-3)
cast(2.5 AS INTEGER)
cast(-2.5 AS INTEGER)
cast(CAST(2.5 AS DOUBLE) AS INTEGER)
cast(CAST(3.5 AS DOUBLE) AS INTEGER)
cast('12.7' AS INTEGER)
cast('12.5' AS BIGINT)
cast('0042' AS INTEGER)
cast(0.95 AS DOUBLE)
cast(NULL AS DATE)
cast(42 AS VARCHAR)
cast(TRUE AS VARCHAR)
cast('t' AS BOOLEAN)
cast(DATE '2026-03-01' AS VARCHAR)
cast(floor(45.0::DOUBLE / 10) AS INTEGER)
CASE WHEN NULL::BOOLEAN THEN 'a' WHEN 1 < 2 THEN 'b' ELSE 'c' END
CASE 'x' WHEN 'x' THEN 0.7 ELSE 0.9 END
coalesce(NULL, 'a')
nullif(1, 1)
greatest(1, NULL, 3)
least(DATE '2026-03-01', NULL)
'9' < '10'
'é' < '王'
concat('a', NULL, 1, DATE '2026-03-01')
concat(NULL, NULL)
concat_ws('，', 'a', NULL, 'b')
'a' || NULL
length('王伟𠮷')
left('王伟', 1)
right('440106199001019999', 4)
left('abc', length('ab'))
substr('440106199001019999', 7, 8)
substr('王伟', 2)
strpos('a王b', '王')
replace('2026-03-01', '-', '')
starts_with('440106', '4401')
'440100' LIKE '%00'
'4401_0' LIKE '4401__'
'a' IN ('b', NULL)
NULL IS DISTINCT FROM 1
regexp_matches('王之子', '.之.{0,2}[子女婴孩儿]$')
regexp_replace('440000', '(00)+$', '')
regexp_replace('a.b.c', '[.]', '', 'g')
regexp_extract('王芳之大女', '^(.+)之.{0,2}[子女婴孩儿]$', 1)
regexp_extract('王之涵', '^(.+)之.{0,2}[子女婴孩儿]$', 1)
regexp_extract(NULL::VARCHAR, '^(.)', 1)
string_split('a|b', '|')
string_split('王.b.', '.')
string_split('', '|')
list_concat(['b'], string_split('c|a', '|'))
list_concat([NULL::VARCHAR], string_split(NULL::VARCHAR, '|'))
list_sort(list_concat(['b'], string_split('é|王|a', '|')))
list_sort(['b', NULL, 'a'])
list_contains(['a', 'b'], 'c')
list_contains(['a', 'b'], NULL)
NOT list_contains(['a', 'b'], coalesce(NULL, 'missing'))
TRUE AND NULL
FALSE OR NULL
""".strip().splitlines()

ROWS = "(SELECT 1 AS part, 'a' AS name, 5 AS size UNION ALL SELECT 1, 'b', NULL UNION ALL SELECT 2, NULL, 7) AS given"
QUERIES = (
    f"SELECT part, count(*) AS many, count(name) AS named, sum(size) AS total, min(name) AS least FROM {ROWS} GROUP BY part",
    f"SELECT bool_and(size > 5) AS every_one, bool_or(size > 5) AS any_one, count(DISTINCT part) AS parts FROM {ROWS}",
    f"SELECT part, row_number() OVER (PARTITION BY part ORDER BY name DESC) AS place FROM {ROWS}",
    f"SELECT part, lead(name) OVER (PARTITION BY part ORDER BY size) AS after_it FROM {ROWS}",
    f"SELECT part, sum(size) OVER (PARTITION BY part ORDER BY name) - 1 AS ahead FROM {ROWS}",
    f"SELECT part FROM {ROWS} QUALIFY row_number() OVER (PARTITION BY part ORDER BY size DESC) = 1",
    f"SELECT part FROM {ROWS} UNION SELECT part FROM {ROWS}",
    f"SELECT part, size FROM {ROWS} WHERE size IS NOT NULL ORDER BY size DESC LIMIT 1",
    f"SELECT kind, size FROM (SELECT 'one' AS kind, NULL AS size UNION ALL SELECT 'two' AS kind, max(size) AS size FROM {ROWS}) AS met",
    f"SELECT count(*) AS many FROM {ROWS} GROUP BY hash(part, name)",
    f"SELECT count(*) AS many FROM {ROWS} GROUP BY hash(list_sort(list_concat([name], string_split('b|a', '|'))))",
    f"SELECT part, bit_or(size) AS bits FROM {ROWS} GROUP BY part",
    f"SELECT * REPLACE (unnest(string_split(concat(name, '|c'), '|')) AS name) FROM {ROWS} WHERE name IS NOT NULL",
    # A filter on a constant beside an aggregate keeps nothing of the branch that has another constant.
    f"""WITH reach AS (SELECT 'a' AS kind, max(size) AS far FROM {ROWS} UNION ALL SELECT 'b' AS kind, min(size) AS far FROM {ROWS})
    SELECT far, part FROM {ROWS} CROSS JOIN reach WHERE kind = 'a'""",
    # So DuckDB keeps count(*) in a view.
    f"SELECT part FROM {ROWS} GROUP BY part HAVING count_star() = 1",
    # Every column, some of them replaced.
    f"SELECT given.* REPLACE (CASE WHEN part = 1 THEN name END AS name) FROM {ROWS}",
    # A DOUBLE beside a decimal literal keeps every digit.
    "SELECT 0.9999999999952964::DOUBLE AS probability UNION ALL SELECT 0.99 AS probability",
    # Branches in a tree, as DuckDB keeps those of a view.
    "SELECT size FROM (SELECT 'a' AS kind, 1 AS size UNION ALL (SELECT 'b', 2 UNION ALL SELECT 'c', 3)) AS met WHERE kind = 'b'",
    # Advice to DuckDB's planner, and a WITH within a WITH.
    f"WITH one AS MATERIALIZED (WITH two AS (SELECT size FROM {ROWS}) SELECT size FROM two) SELECT size FROM one WHERE size > 5",
    # A block is kept where it is on one side, or where the other side has it.
    f"SELECT part, name FROM {ROWS} WHERE size > 6 OR part IN (SELECT given.part FROM {ROWS} WHERE given.name = 'a')",
    # Single numbers of several tables, without a table of their own.
    f"SELECT (SELECT count(*) FROM {ROWS}) AS many, (SELECT coalesce(sum(size), 0) FROM {ROWS} WHERE size > 99) AS large",
    # A window over one table twice.
    f"""WITH one AS (SELECT part, name FROM {ROWS}),
    both_of AS (SELECT one.*, 1 AS weight FROM one UNION ALL SELECT one.*, 2 AS weight FROM one)
    SELECT part, name, row_number() OVER (PARTITION BY part ORDER BY weight, name) AS place FROM both_of""",
)

REFUSED = {
    "trim('\u3000a')": "trim",
    "date_diff('month', DATE '2026-01-31', DATE '2026-02-01')": "date_diff",
    "date_diff('year', DATE '2026-01-31', DATE '2026-02-01')": "date_diff",
    "try_cast('12.7' AS INTEGER)": "try_cast",
    "cast('2026' AS DATE)": "cast to a date",
    "cast(1e20::DOUBLE AS VARCHAR)": "cast to text",
    "cast('a' AS TIMESTAMP)": "cast to timestamp",
    "1 / (2 - 2)": "division",
    "DATE '2026-03-01' + INTERVAL 1 MONTH": "sum or difference",
    "0.1 + 0.2": "sum or difference",
    "3 * 0.1": "product",
    "regexp_replace('aXbX', 'X', '')": "regexp_replace",
    "left('abc', -1)": "a part of a text",
    "substr('abc', -2)": "a part of a text",
    "'a' LIKE 'a\\b'": "LIKE",
    "regexp_extract('a1b2', '[0-9]', 0)": "regexp_extract",
    "levenshtein('王伟', '王芳')": "levenshtein",
    "string_split('a|b', '||')": "string_split",
    "string_split('a|b', '')": "string_split",
    "list_sort(['a'], 'DESC')": "list_sort",
    "sum(0.5::DOUBLE)": "sum",
    "arg_min('a', 1)": "arg_min",
    "list('a' ORDER BY 1)": "function array_agg",
    "string_agg('a', ',')": "function",
    "quantile_cont(1, 0.5)": "function quantile_cont",
    "row_number() OVER (ORDER BY 1)": "window without PARTITION BY",
}

REFUSED_QUERIES = {
    "SELECT 1 AS a GROUP BY ALL": "GROUP BY ALL",
    "SELECT DISTINCT ON (a) a FROM (SELECT 1 AS a) AS given": "DISTINCT ON",
    "WITH RECURSIVE walk AS (SELECT 1 AS a UNION SELECT a + 1 FROM walk WHERE a < 3) SELECT a FROM walk": "RECURSIVE",
    "DELETE FROM given": "no SELECT",
    "CREATE TEMP TABLE kept AS SELECT 1 AS a": "no SELECT",
    "SELECT unknown FROM (SELECT 1 AS a) AS given": "unknown",
}


STEPS = {
    "-- one\n/* two */ CREATE OR REPLACE TEMP TABLE kept AS\nWITH one AS (SELECT 1) SELECT * FROM one;": (
        "CREATE OR REPLACE TEMP TABLE",
        "kept",
        "WITH one AS (SELECT 1) SELECT * FROM one",
    ),
    "CREATE OR REPLACE TABLE link.a_pair AS SELECT 1": ("CREATE OR REPLACE TABLE", "link.a_pair", "SELECT 1"),
    "INSERT INTO link.event SELECT 1": ("INSERT INTO", "link.event", "SELECT 1"),
    "DELETE FROM link.event;": ("DELETE FROM", "link.event", ""),
    "DROP TABLE kept;": ("DROP TABLE", "kept", ""),
}
CHANGES = (
    "DELETE FROM link.event WHERE how = 'number'",
    "UPDATE link.event SET how = 'number'",
    "INSERT OR REPLACE INTO link.event SELECT 1",
    "CREATE TABLE kept AS SELECT 1",
    "DROP VIEW kept",
    "INSERT INTO link.event",
)


@pytest.mark.parametrize(("statement", "step"), STEPS.items())
def test_what_makes_fills_or_empties_a_table_is_read(statement, step):
    assert dialect.step(statement) == step


@pytest.mark.parametrize("statement", CHANGES)
def test_a_statement_that_changes_rows_is_refused(statement):
    with pytest.raises(EngineError, match="state stays in DuckDB"):
        dialect.step(statement)


@pytest.fixture(scope="module")
def session(spark_server):
    session = connect(spark_server, {})
    yield session
    session.stop()


def both(session, query):
    """Rows of a query here and there, in one order; numbers by value, since each engine has its own widths."""
    here = duckdb.sql(query).fetchall()
    there = [tuple(row) for row in session.sql(dialect.render(query, {}, {})).collect()]
    return sorted(here, key=repr), sorted(there, key=repr)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_gives_the_same_value_on_both_engines(session, form):
    here, there = both(session, f"SELECT {form} AS answer")
    (mine,), (its,) = here[0], there[0]
    assert its == (float(mine) if type(mine).__name__ == "Decimal" else mine)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_gives_the_same_rows_on_both_engines(session, query):
    here, there = both(session, query)
    assert there == here


@pytest.mark.parametrize(("form", "named"), REFUSED.items())
def test_what_cannot_be_made_equal_is_refused_by_name(form, named):
    with pytest.raises(EngineError, match=f"(?i){named}"):
        dialect.render(f"SELECT {form} AS answer", {}, {})


@pytest.mark.parametrize(("query", "named"), REFUSED_QUERIES.items())
def test_a_query_that_only_one_engine_understands_is_refused_by_name(query, named):
    with pytest.raises(EngineError, match=named):
        dialect.render(query, {}, {})


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE x; --\\", 3, 0.1, True, None, dt.date(2026, 11, 21)], ids=["text", "number", "float", "flag", "empty", "day"]
)
def test_a_bound_value_arrives_as_it_is(session, value):
    there = session.sql(dialect.render("SELECT $given AS answer", {"given": value}, {})).collect()[0][0]
    assert there == value
    assert type(there) is type(value)


def test_every_function_that_is_let_through_has_a_form():
    met = {type(node) for text in (f"SELECT {form}" for form in FORMS) for node in parse_one(text, read="duckdb").walk()}
    met |= {type(node) for query in QUERIES for node in parse_one(query, read="duckdb").walk()}
    assert (rewrites.SAME | set(rewrites.REWRITES)) - met == set()
