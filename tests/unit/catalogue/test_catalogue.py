"""The catalogue of findings says what rules, settings, precedence and cases say."""

from __future__ import annotations

import pytest
from cases import load

from reconcile import catalogue
from reconcile.errors import UsageError
from reconcile.findings.raising import rules
from reconcile.findings.raising.precedence import PRECEDENCES
from reconcile.findings.raising.rules import Rule
from reconcile.thresholds import Rules

RULES = rules.discover()


@pytest.fixture(scope="module")
def page() -> str:
    return catalogue.render()


def section(page: str, finding_type: str) -> str:
    return page.split(f"\n## {finding_type}\n")[1].split("\n## ", maxsplit=1)[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.finding_type)
def test_a_section_says_what_the_header_declares(page: str, rule: Rule) -> None:
    text = section(page, rule.finding_type)
    for said in (rule.chinese, rule.sentence, rule.why, rule.law, rule.suggestion, *rule.reasons.values()):
        assert said in text
    assert f"Priority {rule.priority}, " in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.finding_type)
def test_every_parameter_stands_with_its_default(page: str, rule: Rule) -> None:
    lines = [line for line in section(page, rule.finding_type).splitlines() if line.startswith("| `rules.")]
    assert len(lines) == len(rule.parameters)
    defaults = Rules().model_dump()
    assert all(f"| `rules.{name}` | {defaults[name]} | " in line for name, line in zip(rule.parameters, lines, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.finding_type)
def test_every_case_stands_under_its_kind(page: str, rule: Rule) -> None:
    text = section(page, rule.finding_type)
    for case in load(catalogue.SPEC / f"{rule.finding_type}.md"):
        kind, title = case.title.split(": ", 1)
        head = {"True case": "Raised:", "Near miss": "Not raised, by a hair:", "Exclusion": "Left out on purpose:"}[kind]
        assert f"- {title}" in text.split(f"\n{head}\n")[1].split(":\n\n")[0].splitlines()


@pytest.mark.parametrize("pair", PRECEDENCES, ids=lambda pair: f"{pair.first} before {pair.silenced}")
def test_both_types_of_a_precedence_say_so(page: str, pair: catalogue.Precedence) -> None:
    assert f"Comes before [{pair.silenced}](#{pair.silenced})" in section(page, pair.first)
    assert f"Gives way to [{pair.first}](#{pair.first})" in section(page, pair.silenced)


def test_laws_are_laws_and_not_papers_the_reader_does_not_have() -> None:
    assert not [rule.finding_type for rule in RULES if "CONTRACT" in rule.law or "DOMAIN" in rule.law]


def test_outside_a_checkout_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(catalogue, "SPEC", tmp_path)
    with pytest.raises(UsageError, match="checkout"):
        catalogue.render()
