"""Tables of ``find``: what was found, and what became of it."""

from __future__ import annotations

from reconcile.contract.table import DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn

STATUSES = {
    "open": "asked",
    "reopened": "asked again",
    "confirmed": "a person said that it is so",
    "dismissed": "a person said that it is no error",
    "undetermined": "a person could not tell",
    "resolved": "no longer found",
}
CHANGES = {
    "evidence": "the records say something else than what was dismissed",
    "variant": "",
    "tier": "",
    "station_code": "another station is asked",
    "subjects": "records joined it or left it",
    "absorbed": "it is part of another finding now",
    "split": "it was part of another finding",
}
REVIEW_KINDS = {
    "between": "two registrations are different persons by a station's word, and a third one matches both",
    "same_and_different": "one answer calls two registrations one person, the answer to another finding calls them two",
    "same_but_apart": "one person by a station's word, kept apart because of what was said of others",
    "not_ours": "an agency says that a finding of its own list is not its to correct",
    "answers_disagree": "of the newest answers of each station to one finding, one sees an error and one does not",
}

_STATION = "std.station.station_code"

EVIDENCE = Table(
    "find.evidence",
    "Field by field, what the register says and what the other record says.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("field", VARCHAR),
        TableColumn("register_value", VARCHAR, "What the register says. Personal data."),
        TableColumn("source_value", VARCHAR, "What the other record says. Personal data."),
        TableColumn("agreement", VARCHAR, "Level of agreement, of the linkage where it compared the two."),
        TableColumn("weight", DOUBLE, "What that level speaks for one person (log2), negative against."),
    ),
    is_kept=True,
    unique=("finding_id", "record_type", "record_key", "field"),
)

FINDING = Table(
    "find.finding",
    "Questions to a human, one row per problem; station_code is empty when nobody can be asked yet.",
    (
        TableColumn("finding_id", VARCHAR, is_key=True),
        TableColumn("finding_type", VARCHAR, "One of the types in docs/findings.md."),
        TableColumn("variant", VARCHAR, "Kind within the type; decides the wording of the reason."),
        TableColumn("tier", VARCHAR),
        TableColumn("confidence", DOUBLE, "How sure the rule or the match model is: 0 to 1."),
        TableColumn("priority", INTEGER, "1 is read first."),
        TableColumn("status", VARCHAR, "What became of it.", STATUSES),
        TableColumn("agency", VARCHAR, "Who corrects it."),
        TableColumn("station_code", VARCHAR, "Station that is asked; empty when nobody can be asked yet.", refers=_STATION),
        TableColumn("first_seen_on", DATE, "First night that saw it; stays when it is reopened."),
        TableColumn("last_seen_on", DATE, "Last night that saw it."),
        TableColumn("resolved_on", DATE, "Night that no longer saw it."),
        TableColumn("due_on", DATE),
        TableColumn("reason", VARCHAR, "What was found, as the station reads it."),
        TableColumn("about", VARCHAR, "What it sets against each other, where that is more than records side by side show. Personal data."),
        TableColumn("suggestion", VARCHAR, "What to check, as the station reads it."),
        TableColumn("run_id", VARCHAR),
    ),
    is_kept=True,
)

HISTORY = Table(
    "find.history",
    "One row per change of a finding.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("as_of", DATE),
        TableColumn("run_id", VARCHAR),
        TableColumn("change", VARCHAR, "Status it took, or what else changed.", STATUSES | CHANGES),
        TableColumn("detail", VARCHAR, "What it was before; never a value of a person."),
    ),
    is_kept=True,
    unique=("finding_id", "run_id", "change"),
)

JUDGED_EVIDENCE = Table(
    "find.judged_evidence",
    "What of find.stated was known when a finding was dismissed; anything else makes it a question again.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("field", VARCHAR, "As in find.stated."),
        TableColumn("value", VARCHAR, "As in find.stated. Personal data."),
    ),
    is_kept=True,
    unique=("finding_id", "record_type", "record_key", "field", "value"),
)

RENUMBERED = Table(
    "find.renumbered",
    "Groups that grew or shrank: number their subjects would give them, and the number they keep.",
    (
        TableColumn("base_id", VARCHAR, "Number that the subjects alone would give it."),
        TableColumn("finding_id", VARCHAR),
    ),
    is_kept=True,
    unique=("base_id",),
)

LISTING = Table(
    "find.listing",
    "Which finding stands on whose list, since when and until when it is to be answered; tonight and the night before.",
    (
        TableColumn("as_of", DATE),
        TableColumn("finding_id", VARCHAR),
        TableColumn("recipient", VARCHAR),
        TableColumn("listed_on", DATE),
        TableColumn("due_on", DATE),
    ),
    is_kept=True,
    unique=("as_of", "finding_id", "recipient"),
)

REVIEW = Table(
    "find.review",
    "Answers that contradict each other or the records, for a person to settle; rebuilt every night.",
    (
        TableColumn("kind", VARCHAR, "What contradicts.", REVIEW_KINDS),
        TableColumn("finding_id", VARCHAR),
        TableColumn("left_key", VARCHAR),
        TableColumn("right_key", VARCHAR),
        TableColumn("other_key", VARCHAR, "Registration that matches both of two that are different persons."),
    ),
)

ROUTE = Table(
    "find.route",
    "Stations that said a finding is not theirs, and the one they named, if it is known.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("from_station", VARCHAR, "Station that said it is not its own.", refers=_STATION),
        TableColumn("to_station", VARCHAR, "Station it named; empty where it named none that is known.", refers=_STATION),
    ),
    is_kept=True,
    unique=("finding_id", "from_station"),
)

STATED = Table(
    "find.stated",
    "What each record of a finding says, field by field, in the form it is compared in; addresses are left out, every source words its own.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("field", VARCHAR, "What it speaks of; record: that the record is there."),
        TableColumn("value", VARCHAR, "What it says, in the form it is compared in. Personal data."),
        TableColumn("since", DATE, "First night the finding showed it; an answer of that day or before does not speak of it."),
    ),
    is_kept=True,
    unique=("finding_id", "record_type", "record_key", "field", "value"),
)

SUBJECT = Table(
    "find.subject",
    "The records a finding is about.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("role", VARCHAR, "What the record is in the finding."),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("station_code", VARCHAR, "Station of the record.", refers=_STATION),
    ),
    is_kept=True,
    unique=("finding_id", "record_type", "record_key"),
)

TABLES = (EVIDENCE, FINDING, HISTORY, JUDGED_EVIDENCE, LISTING, RENUMBERED, REVIEW, ROUTE, STATED, SUBJECT)
