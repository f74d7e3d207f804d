"""What two records can be to each other: the explanations among which the model divides the probability of a pair."""

from __future__ import annotations

from enum import StrEnum


class Explanation(StrEnum):
    """One way in which the agreement of two records comes about."""

    PERSON = "person"
    BIRTH = "birth"
    """Children of one birth."""
    FAMILY = "family"
    """Other brothers and sisters, parent and child, husband and wife."""
    NAMESAKES = "namesakes"
    """Two people who share name and birth date by chance."""
    STRANGERS = "strangers"
    """Any two people."""

    @property
    def sentence(self) -> str:
        """What it says of two records, for explanations."""
        return _SENTENCES[self]

    @property
    def share(self) -> str:
        """Column of its share of the probability."""
        return f"as_{self.value}"


_SENTENCES = {
    Explanation.PERSON: "one person",
    Explanation.BIRTH: "children of one birth",
    Explanation.FAMILY: "brothers or sisters, or parent and child",
    Explanation.NAMESAKES: "two people of one name and birth date",
    Explanation.STRANGERS: "any two people",
}
OTHERS = tuple(explanation for explanation in Explanation if explanation is not Explanation.PERSON)
"""Every explanation but one person."""
