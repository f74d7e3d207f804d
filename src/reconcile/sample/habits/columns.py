"""The columns that habits are met in, by what they hold. Keys, codes and flags are nobody's habit here."""

from __future__ import annotations

from reconcile.sample.habits import Places

DEATHS = ("health_death", "civil_cremation")
MOVES = ("police_move_in", "police_move_out")

NAMES: Places = {
    "police_resident": ("name", "former_names", "father_name", "mother_name", "spouse_name"),
    "police_birth": ("name", "father_name", "mother_name"),
    "police_death": ("name",),
    "police_move_in": ("name",),
    "police_move_out": ("name",),
    "health_birth": ("child_name", "father_name", "mother_name"),
    "health_death": ("name",),
    "civil_cremation": ("name",),
    "relocation_roll": ("name",),
}

TOLD_NAMES: Places = dict.fromkeys((*DEATHS, *MOVES, "police_death", "relocation_roll"), ("name",))
"""Names as another desk than the register's wrote them."""

KIN: Places = {
    "police_resident": ("father_name", "mother_name", "spouse_name"),
    "police_birth": ("father_name",),
    "health_birth": ("father_name",),
}
"""Names of relatives that may be missing."""

KIN_NUMBERS: Places = {"police_resident": ("father_id", "mother_id", "spouse_id"), "health_birth": ("father_id", "mother_id")}

NUMBERS: Places = {
    "police_resident": ("citizen_id", "father_id", "mother_id", "spouse_id"),
    "police_birth": ("citizen_id", "father_id", "mother_id"),
    "police_death": ("citizen_id",),
    "police_move_in": ("citizen_id",),
    "police_move_out": ("citizen_id",),
    "health_birth": ("father_id", "mother_id"),
    "health_death": ("citizen_id",),
    "civil_cremation": ("citizen_id",),
    "relocation_roll": ("citizen_id",),
}

TOLD_NUMBERS: Places = dict.fromkeys((*DEATHS, *MOVES, "police_death", "relocation_roll"), ("citizen_id",))
"""Own numbers outside the register: there a damaged one is no finding, only a weaker record."""

ADDRESSES: Places = {
    "police_resident": ("address_text",),
    "health_birth": ("mother_address_text",),
    **dict.fromkeys(DEATHS, ("registered_address_text",)),
}

DATES: Places = {
    "police_resident": ("birth_date", "registered_on", "id_card_issued_on", "cancelled_on"),
    "police_birth": ("birth_date", "registered_on"),
    "police_death": ("birth_date", "death_date", "registered_on"),
    "police_move_in": ("birth_date", "moved_in_on"),
    "police_move_out": ("birth_date", "moved_out_on"),
    "health_birth": ("birth_date", "issued_on"),
    "health_death": ("birth_date", "death_date", "reported_on"),
    "civil_cremation": ("birth_date", "death_date", "cremated_on"),
}

TOLD_BIRTHS: Places = dict.fromkeys((*DEATHS, "police_death", *MOVES), ("birth_date",))
"""Birth dates that a record may go without."""

PAPERS: Places = {
    "police_move_in": ("permit_no", "certificate_no"),
    "police_move_out": ("permit_no", "certificate_no"),
    "police_death": ("death_cert_no",),
    "civil_cremation": ("death_cert_no",),
}

OPTIONAL: Places = {
    "police_resident": (
        "citizen_id", "former_names", "community_code", "address_text", "father_name", "father_id", "mother_name", "mother_id",
        "spouse_name", "spouse_id", "id_card_issued_on", "cancelled_on",
    ),
    "police_birth": ("citizen_id", "father_name", "father_id", "mother_name", "mother_id", "birth_cert_no"),
    "police_death": ("citizen_id", "birth_date", "death_cert_no"),
    "police_move_in": ("citizen_id", "origin_text", "permit_no", "certificate_no"),
    "police_move_out": ("citizen_id", "destination_text", "permit_no", "certificate_no"),
    "health_birth": ("child_name", "mother_id", "father_name", "father_id", "replaces_cert_no"),
    "health_death": ("citizen_id", "birth_date", "registered_address_text"),
    "civil_cremation": ("citizen_id", "birth_date", "death_cert_no", "registered_address_text"),
}  # fmt: skip
"""Columns an exporting program may find empty, and fills with its token."""


def joined(*places: Places) -> Places:
    """Several declarations as one."""
    return {
        extract: tuple(dict.fromkeys(column for place in places for column in place.get(extract, ())))
        for extract in dict.fromkeys(extract for place in places for extract in place)
    }
