"""Tables of ``link`` that say whose the events are: births, deaths, moves and signs of life."""

from __future__ import annotations

from reconcile.contract.table import DATE, DOUBLE, VARCHAR, Table, TableColumn

ACTIVITY = Table(
    "link.activity",
    "Signs of life of the person of a registration: moves, identity cards, children born; and a person's word about the death.",
    (
        TableColumn("registration_id", VARCHAR),
        TableColumn(
            "kind",
            VARCHAR,
            "What the person did, or an officer said of the person's death.",
            {
                "move_in": "",
                "move_out": "",
                "id_card": "",
                "birth_as_mother": "",
                "birth_as_father": "",
                "restored": "the registration was restored",
                "death_reversed": "a death entered at the police was reversed when the evidence had been reported",
            },
        ),
        TableColumn(
            "activity_on",
            DATE,
            "Day of the move, the card, the child's birth, the restoring; of a reversal, of the first delivery that says so.",
        ),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
    ),
    unique=("registration_id", "kind", "record_type", "record_key"),
)

BIRTH = Table(
    "link.birth",
    "Birth certificates in force whose child is registered: birth event and subject registration.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("event_id", VARCHAR, "Birth event of the child, where there is one.", refers="std.police_birth.event_id"),
        TableColumn("registration_id", VARCHAR, "Subject registration of the child."),
        TableColumn("how", VARCHAR, "What led there.", {"certificate": "", "mother": "", "parents": ""}),
        TableColumn("tier", VARCHAR),
        TableColumn("probability", DOUBLE),
    ),
    unique=("birth_cert_no",),
)

BIRTH_CERTIFICATE = Table(
    "link.birth_certificate",
    "Every number of a birth certificate that health knows, and the certificate that is in force in its place; null where it was voided.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("in_force_no", VARCHAR, "Last certificate of its chain of replacements; empty where that was voided."),
    ),
    unique=("birth_cert_no",),
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
    unique=("death_id",),
)

DEATH_CONFLICT = Table(
    "link.death_conflict",
    "Death records whose number points at a registration that name, birth date and sex contradict.",
    (
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
        TableColumn("registration_id", VARCHAR, "Registration that the number points at."),
    ),
    unique=("record_type", "record_key", "registration_id"),
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
    unique=("record_type", "record_key"),
)

INFANT_DEATH = Table(
    "link.infant_death",
    "Birth certificates in force without a registration, and death records that may be of the child.",
    (
        TableColumn("birth_cert_no", VARCHAR),
        TableColumn("record_type", VARCHAR),
        TableColumn("record_key", VARCHAR),
    ),
    unique=("birth_cert_no", "record_type", "record_key"),
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
    unique=("move_out_id",),
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
    unique=("move_in_id", "registration_id", "origin_id"),
)

POLICE_DEATH = Table(
    "link.police_death",
    "Deaths the police registered, by person; an event that leads to no registration is not here.",
    (
        TableColumn("event_id", VARCHAR),
        TableColumn("person_id", VARCHAR),
    ),
    unique=("event_id",),
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
    unique=("event_id", "record_type", "record_key"),
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
    unique=("roll_no",),
)
