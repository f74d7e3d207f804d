"""Reasons for a status: each is found by the SQL, and the first that holds decides."""

from __future__ import annotations

import re

from reconcile.findings.settling.statuses import STATUS_REASONS
from reconcile.findings.telling.news import NEWS, collect
from reconcile.query import sql

STATUSES = {"open", "confirmed", "dismissed", "undetermined", "reopened", "resolved"}


def test_conditions_declared_are_those_the_sql_finds():
    found = re.findall(r"'(\w+)' AS condition", sql("life/conditions"))
    declared = [reason.condition for reason in STATUS_REASONS]
    assert sorted(found) == sorted(declared)
    assert len(set(declared)) == len(declared)


def test_every_status_has_a_reason_and_no_other_has():
    assert {reason.status for reason in STATUS_REASONS} == STATUSES


def test_no_two_conditions_are_said_alike():
    sentences = [reason.sentence for reason in STATUS_REASONS]
    assert len(set(sentences)) == len(sentences)


def test_no_news_on_the_first_night(store):
    news = collect(store)
    assert news.is_empty()
    assert dict(news.schema) == NEWS
