"""Tables of ``link`` that do not derive from a job: which records are of one person, and why."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn

ACTIVITY = Table(
    "link.activity",
    "Signs of life of the person of a registration: moves, identity cards, children born.",
    (
        TableColumn("registration_id", VARCHAR),
        TableColumn(
            "kind",
            VARCHAR,
            "What the person did.",
            {"move_in": "", "move_out": "", "id_card": "", "birth_as_mother": "", "birth_as_father": ""},
        ),
        TableColumn("activity_on", DATE, "Day of the move, of the issue of the card, of the birth of the child."),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
    ),
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
)

BIRTH = Table(
    "link.birth",
    "Birth certificates in force whose child is registered: birth event and subject registration.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("event_id", VARCHAR, "Birth event of the child, where there is one."),
        TableColumn("registration_id", VARCHAR, "Subject registration of the child."),
        TableColumn("how", VARCHAR, "What led there.", {"certificate": "", "mother": "", "parents": ""}),
        TableColumn("tier", VARCHAR),
        TableColumn("probability", DOUBLE),
    ),
)

BIRTH_CERTIFICATE = Table(
    "link.birth_certificate",
    "Every number of a birth certificate that health knows, and the certificate that is in force in its place; null where it was voided.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("in_force_no", VARCHAR, "Last certificate of its chain of replacements; empty where that was voided."),
    ),
)

DEATH = Table(
    "link.death",
    "One row per death: health death and cremation merged, and the subject registration of the person who died.",
    (
        TableColumn("death_id", VARCHAR, "Key of the death: record_type:record_key of the health record, else of the cremation."),
        TableColumn("health_key", VARCHAR, "death_cert_no of the health death."),
        TableColumn("cremation_key", VARCHAR, "cremation_cert_no of the cremation."),
        TableColumn("death_date", DATE),
        TableColumn("registration_id", VARCHAR, "Subject registration of the dead; empty where none clearly matches."),
        TableColumn("tier", VARCHAR),
        TableColumn("probability", DOUBLE),
    ),
)

DEATH_CONFLICT = Table(
    "link.death_conflict",
    "Death records whose number points at a registration that name, birth date and sex contradict.",
    (
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("registration_id", VARCHAR, "Registration that the number points at."),
    ),
)

EVENT = Table(
    "link.event",
    "Police births and moves by registration and person. Reversed events are left out.",
    (
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("registration_id", VARCHAR),
        TableColumn("person_id", VARCHAR),
        TableColumn("how", VARCHAR, "What led there.", {"registration_id": "", "number": "", "person": ""}),
        TableColumn("tier", VARCHAR),
    ),
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
)

INFANT_DEATH = Table(
    "link.infant_death",
    "Birth certificates in force without a registration, and death records that may be of the child.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
    ),
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
)

MOVE = Table(
    "link.move",
    "Both ends of one move, one to one.",
    (
        TableColumn("move_out_id", VARCHAR, "Key of the move out, event_id of police_move_out."),
        TableColumn("move_in_id", VARCHAR),
        TableColumn("how", VARCHAR, "What ties the two.", {"certificate": "", "permit": "", "number": "", "person": ""}),
        TableColumn("tier", VARCHAR),
    ),
)

NAME = Table(
    "link.name",
    "Each folded name once: how it sounds, and how many registrations bear it.",
    (
        TableColumn("name_key", VARCHAR, "Folded name."),
        TableColumn("name_sound", VARCHAR, "How it sounds: each character replaced by the one that stands for its syllable, tones aside."),
        TableColumn("bearers", BIGINT),
    ),
)

ORIGIN_ACTIVE = Table(
    "link.origin_active",
    "Moves within scope after which the person has an active registration at both ends, of any age.",
    (
        TableColumn("move_in_id", VARCHAR),
        TableColumn("moved_in_on", DATE),
        TableColumn("person_id", VARCHAR),
        TableColumn("registration_id", VARCHAR, "Active registration at the new place."),
        TableColumn("origin_id", VARCHAR, "Active registration at the place the person came from."),
    ),
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
)

POLICE_DEATH = Table(
    "link.police_death",
    "Deaths the police registered, by person; an event that leads to no registration is not here.",
    (
        TableColumn("event_id", VARCHAR),
        TableColumn("person_id", VARCHAR),
    ),
)

POLICE_DEATH_SOURCE = Table(
    "link.police_death_source",
    "Health deaths and cremations of a police death, by person or by the certificate it quotes.",
    (
        TableColumn("event_id", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("tier", VARCHAR),
        TableColumn("probability", DOUBLE),
    ),
)

RELOCATION = Table(
    "link.relocation",
    "Entries of the relocation roll by person; an entry that nobody clearly matches is not here.",
    (
        TableColumn("roll_no", VARCHAR),
        TableColumn("person_id", VARCHAR),
        TableColumn("tier", VARCHAR),
        TableColumn("probability", DOUBLE),
    ),
)

SUBJECT_REGISTRATION = Table(
    "link.subject_registration",
    "Of the dead and of those on the roll: the active registration, else the one cancelled last.",
    (
        TableColumn("person_id", VARCHAR),
        TableColumn("registration_id", VARCHAR),
    ),
)

_SCOPES = {
    "name": "folded name, by decade of birth and, without a decade, in the whole register",
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
