"""What a column is whose name means the same in every table that does not hold an extract, and what may stand in it.

A column's own sentence stands in its declaration (``contract/warehouse/``), that of a view beside the view in ``sql/``.
"""

from __future__ import annotations

from collections.abc import Mapping

from reconcile.contract.columns import COLUMNS

WORDS = {
    "as_of": "Business date of the night.",
    "bearers": "Registrations that bear it.",
    "bits_from": "Lower end of the step of match_weight.",
    "birth_date_partial": "What is known of a date of birth that is not stated in full: YYYY-MM or YYYY.",
    "citizen_id_state": "What the number is worth: valid, upgraded, or the damage; missing where there is none.",
    "column_name": "Column of the contract.",
    "completeness": "Estimated share of the true pairs that it finds.",
    "counts_from": "Day the answer counts from: when it was verified, at most the night it was given to.",
    "decade": "Decade of birth; empty: the whole register.",
    "decision": "What the rules say of the two.",
    "due_on": "Day by which an answer is expected.",
    "event_id": "Key of a police event.",
    "expected": "Mean probability of the pairs.",
    "explanation": "What the two are to each other: person, birth (children of one birth), family, namesakes or strangers.",
    "extract": "Name of the extract.",
    "field": "What is compared.",
    "file": "Name of the file, as delivered.",
    "finding_id": "Number of the finding: letter of its type, 9 characters, check character.",
    "finished_at": "When it ended.",
    "is_active": "The registration is not cancelled.",
    "is_cancelled": "The registration is cancelled.",
    "is_kind_unread": "A kind of cancellation was delivered that nobody can read.",
    "job": "Linkage job.",
    "left_key": "Key of the left record; of two registrations the smaller one.",
    "left_type": "Extract of the left record.",
    "level": "Level of agreement.",
    "listed_on": "First night it stood on that list.",
    "load_id": "Load that brought it, key of ops.load.",
    "match_weight": "Odds of one person against every other explanation (log2).",
    "matches": "Pairs that the rules call one person.",
    "matches_alone": "Such pairs that nothing else finds.",
    "move_in_id": "Key of the move in, event_id of police_move_in.",
    "observed": "Share of the pairs that are of one person.",
    "pairs": "Candidate pairs.",
    "pairs_alone": "Candidate pairs that nothing else finds.",
    "pass": "Blocking pass.",
    "passes": "Blocking passes that brought the two together, separated by blanks.",
    "person_id": "Person, by linkage; an id lives on with most of the registrations that bore it, and is never given to others.",
    "probability": "Of one person, by the match model: 0 to 1.",
    "probability_from": "Lower end of the step of probability.",
    "probability_to": "Upper end of the step of probability.",
    "psi": "Population stability index; near 0 nothing has moved.",
    "recipient": "Station, agency or unrouted: whose list it is.",
    "record_key": "Key of the record in its extract.",
    "record_type": "Extract of the record.",
    "right_key": "Key of the right record.",
    "right_type": "Extract of the right record.",
    "run_id": "Run that wrote it, key of ops.run.",
    "share": "Share, 0 to 1.",
    "share_tonight": "Share of the level tonight.",
    "share_trained": "Share of the level when the model was trained.",
    "stage": "Stage of the night.",
    "tier": "How well it is founded.",
    "version": "Version of the match model.",
    "veto": "Why the two are kept apart although they are alike.",
    "why": "The rule that decided, in words.",
}

REFERENCES = {
    "_load_id": "ops.load.load_id",
    "address_key": "link.address.address_key",
    "cremation_key": "std.civil_cremation.cremation_cert_no",
    "finding_id": "find.finding.finding_id",
    "health_key": "std.health_death.death_cert_no",
    "load_id": "ops.load.load_id",
    "move_in_id": "std.police_move_in.event_id",
    "move_out_id": "std.police_move_out.event_id",
    "origin_id": "std.police_resident.registration_id",
    "registration_id": "std.police_resident.registration_id",
    "roll_no": "std.relocation_roll.roll_no",
    "run_id": "ops.run.run_id",
}
"""Column that a column of that name leads to, in every table that does not hold an extract; in extracts it is as delivered."""

VALUES: dict[str, Mapping[str, str]] = {
    "decision": {"match": "one person", "conflict": "the number says so and the rest denies it", "non_match": "two persons, or not known"},
    "tier": {"A": "", "B": "", "C": "", "D": "for analysts and on no list"},
    "veto": {
        "twins": "",
        "parent_child": "",
        "namesake": "two people of one name and birth date",
        "shared_number": "one number, and everything else denies it",
        "informant": "the number is that of whoever reported the death",
        "reused_certificate": "one certificate quoted for two children",
        "judged_different": "a station said so",
    },
}
"""Closed lists of such columns: value → what it means, empty where the value says it."""

_SUFFIXES = {
    "_level": "How far the two agree on {}; what each level means stands in link.level.",
    "_weight": "What that level of {} speaks for one person against the likeliest other explanation (log2), negative against.",
}
_SHARE = "as_"
_KEY = "_key"


def sentence(column: str) -> str | None:
    """What a column of that name is, or None where the name alone does not say it."""
    if column in WORDS:
        return WORDS[column]
    if column in COLUMNS:
        return COLUMNS[column].sentence
    for suffix, text in _SUFFIXES.items():
        if column.endswith(suffix):
            return text.format(column.removesuffix(suffix).replace("_", " "))
    if column.startswith(_SHARE):
        return f"Probability that the two are explained as {column.removeprefix(_SHARE)}, 0 to 1."
    folded = column.removesuffix(_KEY)
    return f"{COLUMNS[folded].sentence} Folded for matching, never shown." if folded in COLUMNS and folded != column else None


def values(column: str) -> Mapping[str, str]:
    """What may stand in a column of that name; empty where anything may."""
    return VALUES.get(column, {})


def note(text: str, listed: Mapping[str, str]) -> str:
    """A sentence, and the values of a closed list with what each means."""
    if not listed:
        return text
    return f"{text} {'; '.join(f'{value}: {meaning}' if meaning else value for value, meaning in listed.items())}."


def describe(column: str) -> str | None:
    """Comment on a column of that name, or None where the name alone does not say what it is."""
    text = sentence(column)
    return None if text is None else note(text, values(column))
