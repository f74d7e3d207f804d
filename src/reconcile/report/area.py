"""What the prefecture is called where all of it is meant: 全州, 全市, 全地区, 全盟."""

from __future__ import annotations

_WHOLES = {"地区": "全地区", "州": "全州", "市": "全市", "盟": "全盟"}
_OF_ANY_KIND = "全市（州）"


def whole(name: str | None) -> str:
    """All of the prefecture of that name, as its own people say it; both kinds where nobody has set its name (``prefecture_name``)."""
    return next((said for ending, said in _WHOLES.items() if (name or "").endswith(ending)), _OF_ANY_KIND)
