"""Tables of ``link`` that do not derive from a job: which records are of one person, and why."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn
from reconcile.contract.warehouse.link_events import (
    ACTIVITY,
    BIRTH,
    BIRTH_CERTIFICATE,
    DEATH,
    DEATH_CONFLICT,
    EVENT,
    INFANT_DEATH,
    MOVE,
    ORIGIN_ACTIVE,
    POLICE_DEATH,
    POLICE_DEATH_SOURCE,
    RELOCATION,
)

ADDRESS = Table(
    "link.address",
    "Each folded address once, taken apart; a part is empty where the text leaves it out.",
    (
        TableColumn("address_key", VARCHAR, "Folded address."),
        TableColumn("address_county", VARCHAR, "Lowest area above the town."),
        TableColumn("address_town", VARCHAR, "Town, township or sub-district."),
        TableColumn("address_village", VARCHAR, "Village or community."),
        TableColumn("address_street", VARCHAR, "Road, street or lane."),
        TableColumn("address_group", VARCHAR, "Number of the villagers' group."),
        TableColumn("address_house", VARCHAR, "The rest: estate, building, house, room."),
        TableColumn("home_village", VARCHAR, "Village, street or estate in one text, by which people are counted."),
        TableColumn("home_group", VARCHAR, "The same with the number of the group."),
        TableColumn("home_house", VARCHAR, "The same with the numbers of the house."),
    ),
    unique=("address_key",),
)

FILLER = Table(
    "link.filler",
    "Values that so many records carry that they stand for unknown tonight; linkage takes them for missing.",
    (
        TableColumn("record_type", VARCHAR),
        TableColumn("column_name", VARCHAR),
        TableColumn("value", VARCHAR, "The value that fills. A placeholder, a date or a code, not what is known of a person."),
        TableColumn("share", DOUBLE),
    ),
    unique=("record_type", "column_name", "value"),
)

LEVEL = Table(
    "link.level",
    "Every level at which two records can stand in a field, what it means and says; queries ask this.",
    (
        TableColumn("field", VARCHAR),
        TableColumn("place", INTEGER, "Order within the field, the strongest first."),
        TableColumn("level", VARCHAR),
        TableColumn(
            "meaning",
            VARCHAR,
            "What it means for the rules.",
            {
                "agrees": "",
                "tolerated": "no contradiction, no error",
                "slip": "a known kind of error",
                "contradicts": "",
                "unknown": "",
            },
        ),
        TableColumn("sentence", VARCHAR, "What it says of the two values."),
        TableColumn("words", VARCHAR, "The same as a clerk reads it."),
        TableColumn("differs", BOOLEAN, "The two values are not one; of one person one of them is wrong."),
        TableColumn("is_filler", BOOLEAN, "One of the two values only stands for unknown."),
    ),
    unique=("field", "level"),
)

MODEL = Table(
    "link.model",
    "Share of each comparison level among the pairs that an explanation is true of; field prior is what a pair weighs before. "
    "A level may end in the frequency of the value.",
    (
        TableColumn("version", VARCHAR),
        TableColumn(
            "learned_from",
            VARCHAR,
            "What it was learned from.",
            {
                "numbers": "pairs that a number or certificate proves",
                "agreement": "an unsupervised fit, whose pairs are for analysts only",
            },
        ),
        TableColumn("job", VARCHAR),
        TableColumn("field", VARCHAR),
        TableColumn("level", VARCHAR),
        TableColumn("person", DOUBLE, "Share of the level among pairs of one person."),
        TableColumn("birth", DOUBLE, "Share of the level among children of one birth."),
        TableColumn("family", DOUBLE, "Share of the level among other brothers and sisters, parents and children."),
        TableColumn("namesakes", DOUBLE, "Share of the level among two people who share name and birth date by chance."),
        TableColumn("strangers", DOUBLE, "Share of the level among any two people."),
        TableColumn("share", DOUBLE, "Share of the level among candidate pairs when the model was trained; drift is measured against it."),
        TableColumn("correction", DOUBLE, "Bits that calibration adds, because fields that depend on each other count twice."),
        TableColumn("weight", DOUBLE, "log2 of person by strangers, and the correction."),
    ),
    unique=("version", "job", "field", "level"),
)

NAME = Table(
    "link.name",
    "Each folded name once: how it sounds, and how many registrations bear it.",
    (
        TableColumn("name_key", VARCHAR, "Folded name."),
        TableColumn(
            "name_sound",
            VARCHAR,
            "How it sounds: each character replaced by the one that stands for its syllable, tones aside; of a transliterated name that of one spelling.",
        ),
        TableColumn("bearers", BIGINT),
    ),
    unique=("name_key",),
)

PERSON = Table(
    "link.person",
    "Registration to person; the id of a person lives on while registrations come and go.",
    (
        TableColumn("registration_id", VARCHAR),
        TableColumn("person_id", VARCHAR),
        TableColumn("first_seen_on", DATE, "Night the registration was first seen; empty: before nights were noted."),
    ),
    is_kept=True,
    unique=("registration_id",),
)

PERSON_HISTORY = Table(
    "link.person_history",
    "Registrations that changed their person. On a night it is of the person of its last row up to then, before its first row of its own id.",
    (
        TableColumn("registration_id", VARCHAR),
        TableColumn("as_of", DATE),
        TableColumn("run_id", VARCHAR),
        TableColumn(
            "change",
            VARCHAR,
            "What happened.",
            {
                "joined": "a new registration of a known person",
                "merged": "its person became one with another",
                "split": "it is of a person founded that night",
            },
        ),
        TableColumn("person_id", VARCHAR),
        TableColumn("other_id", VARCHAR, "Person it was of before."),
        TableColumn("registrations", BIGINT, "Registrations of the person that night."),
    ),
    is_kept=True,
    unique=("registration_id", "run_id"),
)

SUBJECT_REGISTRATION = Table(
    "link.subject_registration",
    "Of the dead and of those on the roll: the active registration, else the one cancelled last.",
    (
        TableColumn("person_id", VARCHAR),
        TableColumn("registration_id", VARCHAR),
    ),
    unique=("person_id",),
)

_SCOPES = {
    "name": "folded name, by decade of birth and, without a decade, in the whole register",
    "formerly": "folded former names",
    "father": "folded name of the father",
    "mother": "folded name of the mother",
    "spouse": "folded name of the spouse",
    "home_village": "county and village, street or estate",
    "home_group": "the same with the number of the group",
    "home_house": "the same with the numbers of the house",
}

VALUE_FREQUENCY = Table(
    "link.value_frequency",
    "Values that are not rare, and how many registrations bear each.",
    (
        TableColumn("scope", VARCHAR, "What is counted.", _SCOPES),
        TableColumn("value", VARCHAR, "The value, folded."),
        TableColumn("decade", INTEGER),
        TableColumn("bearers", BIGINT),
    ),
)

VALUE_SPREAD = Table(
    "link.value_spread",
    "How many values there are that so many registrations bear; from it follows how often two share one by chance.",
    (
        TableColumn("scope", VARCHAR, "What is counted.", _SCOPES),
        TableColumn("decade", INTEGER),
        TableColumn("bearers", BIGINT),
        TableColumn("how_many", BIGINT, "Values of so many bearers."),
    ),
)

TABLES = (
    ACTIVITY,
    ADDRESS,
    BIRTH,
    BIRTH_CERTIFICATE,
    DEATH,
    DEATH_CONFLICT,
    EVENT,
    FILLER,
    INFANT_DEATH,
    LEVEL,
    MODEL,
    MOVE,
    NAME,
    ORIGIN_ACTIVE,
    PERSON,
    PERSON_HISTORY,
    POLICE_DEATH,
    POLICE_DEATH_SOURCE,
    RELOCATION,
    SUBJECT_REGISTRATION,
    VALUE_FREQUENCY,
    VALUE_SPREAD,
)
