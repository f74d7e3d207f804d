"""Spellings that one transliterated name has in registers, and the lengths at which forms cut a name: a small table of our own.

Sources: DOMAIN §4.3 (official list of irregularities, 2016) and §4.4; no third-party data.
"""

from __future__ import annotations

FAMILIES = (
    ("买合买提", "买提"),
    ("买买提", "买提"),
    ("麦麦提", "买提"),
    ("麦提", "买提"),
    ("阿布都", "阿卜杜"),
    ("阿不都", "阿卜杜"),
    ("阿卜都", "阿卜杜"),
    ("阿布杜", "阿卜杜"),
    ("阿不杜", "阿卜杜"),
)
"""Spellings that render one source name, whatever the length of the whole name; longer spellings first."""

SYLLABLES = (("伊", "依"), ("不", "布"), ("卜", "布"), ("特", "提"), ("姜", "江"), ("荪", "逊"))
"""Syllables that transliterations exchange; used only in long or separated names, because they are distinct names in short ones."""

FIELD_LIMITS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 25)
"""Lengths in characters at which forms and old systems cut a name (8, 10, 12, 20, … bytes; DOMAIN §4.4)."""
