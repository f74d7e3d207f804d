"""Rules are files: ``sql/findings/<finding_type>.sql`` holds a declaration and one SELECT, and is found, not listed."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reconcile import query
from reconcile.contract import meanings
from reconcile.errors import UsageError
from reconcile.identity import LETTERS

COLUMNS = ("problem", "variant", "tier", "confidence", "role", "record_type", "record_key")
"""First columns of every rule's SELECT; any further column is a fact that its reason templates may name."""

PLACEHOLDERS = ("count", "sources", "comparison", "differing")
"""What every template may name beside the fact columns of its rule: number of subjects, the other records by name, which
fields agree and differ, and those that differ alone. A field that the template names itself is not said again."""

FOLDER = "findings"
EVIDENCE = "evidence"
"""The role of rows that are shown beside a finding but are not its subjects."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FILE = re.compile(r"\A/\*(?P<header>.*?)\*/(?P<select>.*)\Z", re.DOTALL)

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Rule(BaseModel):
    """What the header of a rule file declares, and its SELECT.

    Attributes:
        finding_type: name of the file.
        letter: first character of the finding's numbers.
        chinese: what clerks call it.
        sentence: when it is raised.
        why: what harm it does when nobody looks, and what must not be done about it.
        law: article, standard or notice it rests on.
        agency: who corrects it; ``source`` stands for the agency of the other record.
        priority: 1 is read first.
        due_days: days to answer; those of the settings when empty.
        parameters: settings the SELECT names beside ``as_of`` and ``meanings.BOUND``.
        compare: what stands beside the registration as evidence: the other ``records``, or what its own ``number`` says.
        kin: record types beside it that are about other persons of the family, whose details are not compared with the subject's.
        reasons: variant → sentence with placeholders: a fact column, or one of ``PLACEHOLDERS``.
        suggestion: what to check.
        suggestions: role of a subject → what its clerk is told instead, where he can do something else.
        about: variant → what the finding sets against each other, where that is more than two records side by side show.
        select: the query.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding_type: str
    letter: str
    chinese: Text
    sentence: Text
    why: Text
    law: Text
    agency: tuple[Literal["police", "health", "civil_affairs", "source"], ...] = Field(min_length=1)
    priority: int = Field(ge=1, le=9)
    due_days: int | None = Field(None, ge=1)
    parameters: tuple[str, ...] = ()
    compare: Literal["records", "number"] = "records"
    kin: tuple[str, ...] = ()
    reasons: dict[str, Text] = Field(min_length=1)
    suggestion: Text
    suggestions: dict[str, Text] = {}
    about: dict[str, Text] = {}
    select: str

    def placeholders(self) -> set[str]:
        """Names the templates use."""
        return {name for template in (*self.reasons.values(), *self.about.values()) for name in _PLACEHOLDER.findall(template)}

    def check(self) -> None:
        """Hold what the types do not say.

        Raises:
            ValueError: when the letter is not one, the parameters declared are not those the SELECT names, or something is said about
                a variant that has no reason.

        """
        if len(self.letter) != 1 or self.letter not in LETTERS:
            raise ValueError(f"letter {self.letter!r} is none of {LETTERS}")
        if not self.about.keys() <= self.reasons.keys():
            raise ValueError(f"says what {sorted(self.about.keys() - self.reasons.keys())} is about, which has no reason")
        statements = query.statements(self.select)
        if len(statements) != 1:
            raise ValueError(f"{len(statements)} statements where one SELECT is expected")
        named = set(statements[0].named_parameters) - {"as_of", *meanings.BOUND}
        if named != set(self.parameters):
            raise ValueError(f"declares the parameters {sorted(self.parameters)}, names {sorted(named)}")


def _halves(text: str) -> tuple[str, str]:
    found = _FILE.match(text)
    if found is None:
        raise ValueError("does not begin with its declaration in /* … */")
    return found["header"], found["select"]


def parse(finding_type: str, text: str) -> Rule:
    """Read the text of one rule file.

    Raises:
        UsageError: when the header is missing, is not TOML, or does not declare a rule.

    """
    try:
        header, select = _halves(text)
        rule = Rule(**tomllib.loads(header), finding_type=finding_type, select=select.strip().removesuffix(";"))
        rule.check()
    except (ValueError, TypeError, ValidationError) as error:  # a TOML error is a ValueError
        raise UsageError(f"sql/{FOLDER}/{finding_type}.sql: {error}") from error
    return rule


def discover() -> list[Rule]:
    """All rules, by name.

    Raises:
        UsageError: when a header is wrong or two rules have one letter.

    """
    rules = [parse(name.rpartition("/")[2], query.sql(name)) for name in query.names(FOLDER)]
    owner: dict[str, str] = {}
    for rule in rules:
        other = owner.setdefault(rule.letter, rule.finding_type)
        if other != rule.finding_type:
            raise UsageError(f"sql/{FOLDER}/{rule.finding_type}.sql: letter {rule.letter} belongs to {other}. Choose another.")
    return rules
