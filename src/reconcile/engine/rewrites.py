"""Constructs that mean one thing in DuckDB and another in Spark: each is rewritten so that it means the same, or refused by name.

Every function has to be one of ``SAME`` or of ``REWRITES``: ``tests/unit/engine`` asks both engines the same literal questions about each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlglot import exp
from sqlglot.expressions import DataType

from reconcile.errors import EngineError

Node = exp.Expr
Kinds = frozenset[DataType.Type] | set[DataType.Type]
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEXT = DataType.TEXT_TYPES
_WHOLE = DataType.INTEGER_TYPES
_FLOAT = DataType.FLOAT_TYPES
_NUMBERS = _WHOLE | _FLOAT
_DAY = {DataType.Type.DATE}
_DECIMAL = {DataType.Type.DECIMAL}
_NO_TEXTS = exp.cast(exp.Array(expressions=[]), "VARCHAR[]", dialect="duckdb")

SAME = {
    *(exp.Abs, exp.And, exp.Array, exp.BitwiseOrAgg, exp.Case, exp.Coalesce, exp.ConcatWs, exp.Count, exp.Day, exp.Explode, exp.Greatest),
    *(exp.If, exp.Lead, exp.Least, exp.Length, exp.LogicalAnd, exp.LogicalOr, exp.Max, exp.Min, exp.Month, exp.Nullif, exp.Or),
    *(exp.RegexpLike, exp.Replace, exp.RowNumber, exp.StartsWith, exp.StrPosition, exp.Year),
}
"""Functions that mean the same whatever they are given, as sqlglot calls them."""


def apply(tree: Node) -> Node:
    """Rewrite a query whose types are known, from the leaves up, so that each rewrite sees the types of what was written.

    Raises:
        EngineError: when it holds what cannot be made equal.

    """
    for node in reversed(list(tree.walk())):
        rewrite = REWRITES.get(type(node))
        if rewrite is None:
            if isinstance(node, exp.Func) and type(node) not in SAME:
                raise refused(f"the function {node.sql('duckdb').partition('(')[0].lower()}")
            continue
        changed = rewrite(node)
        if changed is not node:
            changed.type = node.type
            node.replace(changed)
    return tree


def refused(what: str) -> EngineError:
    """Error about a construct that the other engine would take for something else."""
    return EngineError(f"a query holds {what}. Write it in another way, or run it on DuckDB.")


def branches(node: Node) -> Iterator[exp.Query]:
    """The SELECTs that a UNION puts one below the other."""
    if isinstance(node, exp.SetOperation):
        yield from branches(node.left)
        yield from branches(node.right)
    elif isinstance(node, exp.Subquery) and not node.alias:
        yield from branches(node.this)
    elif isinstance(node, exp.Query):
        yield node


def _is(node: Node, kinds: Kinds) -> bool:
    return node.type is not None and node.type.this in kinds


def _call(name: str, *arguments: Node) -> Node:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def count_days(tree: Node) -> None:
    """Days between two dates are a number, not an interval; what is reckoned with them gets its type afterwards."""
    for node in list(tree.find_all(exp.Sub)):
        if _is(node.this, _DAY) and _is(node.expression, _DAY):
            node.replace(exp.DateDiff(this=node.this.copy(), expression=node.expression.copy(), unit=exp.var("DAY")))


def _sum_of_two(node: Node) -> Node:
    """A date and days are a date."""
    left, right = node.this, node.expression
    if _is(left, _NUMBERS) and _is(right, _NUMBERS):
        return node
    if _is(left, _DAY) and _is(right, _WHOLE):
        return _call("DATE_SUB" if isinstance(node, exp.Sub) else "DATE_ADD", left, right)
    raise refused("a sum or difference of other than whole or floating numbers, or of a date and days")


def _product(node: Node) -> Node:
    if not (_is(node.this, _NUMBERS) and _is(node.expression, _NUMBERS)):
        raise refused("a product of other than whole or floating numbers")
    return node


def _quotient(node: Node) -> Node:
    """``//`` and ``%`` by zero are empty here and an error there; ``/`` by zero is infinite here."""
    divisor = node.expression
    if not (isinstance(divisor, exp.Literal) and float(divisor.name)):
        if isinstance(node, exp.Div):
            raise refused("a division by what may be zero")
        node.set("expression", exp.Nullif(this=divisor.copy(), expression=exp.Literal.number(0)))
    return node


def _rounded(node: Node) -> Node:
    """``floor`` and ``ceil`` of a floating number stay one."""
    return exp.cast(node.copy(), "DOUBLE") if _is(node.this, _FLOAT) else node


def _cast(node: Node) -> Node:
    """A number that becomes a whole one is rounded, the half of a floating one to the even; a text is read as a decimal number first."""
    value, target = node.this, node.args["to"].this
    if isinstance(value, exp.Null) or _is(value, {target}):
        return node
    if target is DataType.Type.BOOLEAN and value.is_string and value.name in {"t", "f"}:  # so DuckDB keeps TRUE and FALSE in a view
        return exp.convert(value.name == "t")
    if target in _WHOLE and not _is(value, _WHOLE):
        if not _is(value, _FLOAT | _DECIMAL | _TEXT):
            raise refused("a cast to a whole number of what is neither number nor text")
        node.set("this", _call("BROUND", value) if _is(value, _FLOAT) else _call("ROUND", exp.cast(value.copy(), "DECIMAL(38, 9)")))
    elif target in _TEXT and not _is(value, _WHOLE | _DAY | {DataType.Type.BOOLEAN}):
        raise refused("a cast to text of what both engines write differently")
    elif target in _DAY and not (value.is_string and _ISO.fullmatch(value.name)):
        raise refused("a cast to a date of what both engines read differently")
    elif target in _DECIMAL and isinstance(value, exp.Literal):
        return exp.cast(value.copy(), "DOUBLE")  # beside a DOUBLE, Sail would make that a decimal number
    elif target not in _WHOLE | _TEXT | _DAY | _FLOAT:
        raise refused(f"a cast to {node.args['to'].sql().lower()}")
    return node


def _union(node: Node) -> Node:
    """What is empty in one branch has the type of the others: else Spark's optimiser loses it in places."""
    for columns in zip(*(branch.selects for branch in branches(node)), strict=True):
        typed = {column.type.this: column.type for column in columns if column.type and not isinstance(column.unalias(), exp.Null)}
        for empty in [column.unalias() for column in columns if isinstance(column.unalias(), exp.Null) and len(typed) == 1]:
            empty.replace(exp.cast(exp.null(), next(iter(typed.values()))))
    return node


def _select(node: Node) -> Node:
    """A constant beside aggregates of a whole table is said as one: Sail carries a filter on it below them, and then has a row too many."""
    if node.args.get("distinct") and node.args["distinct"].args.get("on"):
        raise refused("DISTINCT ON")
    has_aggregate = any(column.find(exp.AggFunc) and not column.find(exp.Window) for column in node.expressions)
    for constant in [column.unalias() for column in node.expressions if has_aggregate and not node.args.get("group")]:
        if isinstance(constant, exp.Literal):
            constant.replace(_call("COALESCE", exp.Max(this=constant.copy()), constant))
    return node


def _concat(node: Node) -> Node:
    """An empty part is left out; a part that is no text is written as one."""
    parts = [part.copy() if _is(part, _TEXT) else _cast(exp.cast(part.copy(), "VARCHAR", copy=False)) for part in node.expressions]
    return _call("CONCAT", *(part if part.is_string else exp.func("COALESCE", part, exp.Literal.string("")) for part in parts))


def _contains(node: Node) -> Node:
    """A list that holds an empty value lacks another one for certain here, and perhaps holds it there; bound lists hold none."""
    if not isinstance(node.this, exp.Array) or any(isinstance(each, exp.Null) for each in node.this.expressions):
        raise refused("list_contains of other than a list of values")
    return exp.paren(exp.In(this=exp.paren(node.expression.copy()), expressions=[each.copy() for each in node.this.expressions]))


def _replaced(node: Node) -> Node:
    """``regexp_replace`` changes the first match here and every one there: they are one where the pattern is bound to an end."""
    pattern, flags = node.expression, node.args.get("modifiers")
    every = flags is not None and flags.name == "g"
    is_bound = pattern.is_string and "|" not in pattern.name and (pattern.name.startswith("^") or pattern.name.endswith("$"))
    if not (is_bound or (every and pattern.is_string)):
        raise refused("regexp_replace of the first of several matches")
    return _call("REGEXP_REPLACE", node.this, pattern, node.args["replacement"])


def _extracted(node: Node) -> Node:
    """The first match is the only one where the pattern is bound to the front; without a group Spark gives the first one."""
    if not (node.expression.is_string and node.expression.name.startswith("^") and node.args.get("group") is not None):
        raise refused("regexp_extract of other than a group of a pattern bound to the front")
    return _call("REGEXP_EXTRACT", node.this, node.expression, node.args["group"])


def _split(node: Node) -> Node:
    """``string_split`` takes a text here and a pattern there."""
    at = node.expression
    if not (at.is_string and len(at.name) == 1 and at.name not in "^]\\"):
        raise refused("string_split at other than one character")
    return _call("SPLIT", node.this, exp.Literal.string(f"[{at.name}]"))


def _joined(node: Node) -> Node:
    """An empty list is left out here and makes the whole empty there."""
    lists = [node.this, *node.expressions]
    return _call("CONCAT", *(each if isinstance(each, exp.Array) else exp.func("COALESCE", each, _NO_TEXTS.copy()) for each in lists))


def _sorted(node: Node) -> Node:
    """Empty values come last."""
    if node.args.get("asc") is not None or node.args["nulls_first"].this:
        raise refused("list_sort in another order")
    return _call("ARRAY_SORT", node.this)


def _part(node: Node) -> Node:
    """Characters counted from the front, or so many of an end: what is not positive is counted otherwise there."""
    for number in [node.args[name] for name in ("start", "length", "expression") if node.args.get(name) is not None]:
        if not (isinstance(number, exp.Length) or (isinstance(number, exp.Literal) and float(number.name) > 0)):
            raise refused("a part of a text whose place may be negative")
    if isinstance(node, exp.Left):  # Sail cannot keep a UNION ALL of it and of a column
        return _call("SUBSTRING", node.this, exp.Literal.number(1), node.expression)
    return node


def _like(node: Node) -> Node:
    if not node.expression.is_string or "\\" in node.expression.name:
        raise refused("LIKE of a pattern that may hold a backslash")
    return node


def _window(node: Node) -> Node:
    if not node.args.get("partition_by"):
        raise refused("a window without PARTITION BY, which puts a whole table on one task")
    return node


def _total(node: Node) -> Node:
    if not _is(node.this, _WHOLE):
        raise refused("a sum of other than whole numbers, which depends on the order of the rows")
    return node


def _days(node: Node) -> Node:
    """``date_diff`` counts boundaries here and whole units there; of days they are one."""
    if node.text("unit").upper() != "DAY" or not (_is(node.this, _DAY) and _is(node.expression, _DAY)):
        raise refused("date_diff of other than days between dates")
    return _call("DATEDIFF", node.this, node.expression)


def _named(node: Node) -> Node:
    """A hash is a value to group by, another one on each engine: no query may give it out. XXHASH64 passes over what is empty."""
    if node.name.lower() == "count_star":  # so DuckDB keeps count(*) in a view
        return exp.Count(this=exp.Star())
    if node.name.lower() != "hash":
        raise refused(f"the function {node.name}")
    return _call("XXHASH64", *(part for each in node.expressions for part in (each, exp.Is(this=each.copy(), expression=exp.null()))))


def _group(node: Node) -> Node:
    if node.args.get("all"):
        raise refused("GROUP BY ALL: name the columns")
    return node


def _with(node: Node) -> Node:
    if node.args.get("recursive"):
        raise refused("WITH RECURSIVE")
    for named in node.expressions:
        named.set("materialized", None)  # advice to the planner of DuckDB
    return node


REWRITES: dict[type[Node], Callable[[Node], Node]] = {
    exp.Add: _sum_of_two,
    exp.Anonymous: _named,
    exp.ArrayConcat: _joined,
    exp.ArrayContains: _contains,
    exp.ArraySort: _sorted,
    exp.Cast: _cast,
    exp.Ceil: _rounded,
    exp.Concat: _concat,
    exp.DateDiff: _days,
    exp.Div: _quotient,
    exp.Floor: _rounded,
    exp.Group: _group,
    exp.IntDiv: _quotient,
    exp.Left: _part,
    exp.Like: _like,
    exp.Mod: _quotient,
    exp.Mul: _product,
    exp.RegexpExtract: _extracted,
    exp.RegexpReplace: _replaced,
    exp.Right: _part,
    exp.Select: _select,
    exp.Split: _split,
    exp.Sub: _sum_of_two,
    exp.Substring: _part,
    exp.Sum: _total,
    exp.Union: _union,
    exp.Window: _window,
    exp.With: _with,
}
"""Constructs that are rewritten or looked at; what is neither here nor in ``SAME`` is refused."""
