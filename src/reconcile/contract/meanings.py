"""Words that mean one thing, where they are lists of values; what is a condition on tables is a view in ``sql/scope/``."""

from __future__ import annotations

LISTED_TIERS = ("A", "B", "C")
"""Tiers that go on lists and make two registrations one person, the surest first; tier D is for analysts."""

PROVEN_STATES = ("valid", "upgraded")
"""States of a citizen number whose check character proves it (``standardise.numbers.STATES``)."""

UNROUTED = "unrouted"
"""Recipient of findings whose station nobody knows."""

RECIPIENTS = {UNROUTED: "无法确定派出所", "health": "卫生健康部门", "civil_affairs": "民政部门"}
"""Recipients of worklists that are no station, with the name that stands on their list."""

ZONE = "Asia/Shanghai"
"""Where a moment becomes a day. Its civil time had a summer time in 1986 to 1991, so that an offset of eight hours would move some birthdays."""

RETURNED = "returned"
"""``ops.load.part`` of files that came back as worklists; their rows are in ``ops.judgement`` and ``ops.reject``, not in ``raw``."""

BOUND: dict[str, object] = {"proven_states": list(PROVEN_STATES), "returned": RETURNED}
"""What every SQL file may name beside the settings, as ``$proven_states``; in SQL, a tier that goes on lists is ``tier <> 'D'``."""
