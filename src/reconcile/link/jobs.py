"""The jobs of the linkage: which records are compared with which, the passes that propose pairs, and the fields. Nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.link.fields import address, birth_date, certificate, childhood, death_date, kin, name, number, sex
from reconcile.link.fields.level import Field


@dataclass(frozen=True, slots=True)
class Pass:
    """One blocking pass: records equal on all ``keys`` (SQL over ``link.record``) become candidates.

    A block of more pairs than the budget also has to agree on ``narrow``; what is still too large is left out and counted.
    With ``by_former`` a record also stands under each of its former names.
    """

    name: str
    keys: tuple[str, ...]
    sentence: str
    narrow: tuple[str, ...]
    by_former: bool = False

    @property
    def reads_anchor(self) -> bool:
        """Whether a key of it is the person's number or a certificate."""
        return any("citizen_id" in key or "certificate_no" in key for key in self.keys)


@dataclass(frozen=True, slots=True)
class Job:
    """Two populations of ``link.record`` and how pairs of them are found, compared and decided.

    Attributes:
        name: the pair table is ``link.<name>_pair``.
        left: record types on the left; equal to ``right`` when a population is linked with itself.
        right: record types on the right.
        matches_per_left: expected matches of a left record, the prior of the model.
        has_one_match: a left record is of one right record or of none: another one is mistaken for it only where its own is missing.
        births_per_left: expected records of children of the same birth.
        family_per_left: expected records of other brothers and sisters, parents and children.
        passes: blocking passes.
        compares: fields compared.
        block_pairs: pairs a block may hold.
        keep_bits: candidate pairs lighter than this (log2) are counted, not stored.

    """

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    matches_per_left: float
    passes: tuple[Pass, ...]
    compares: tuple[Field, ...]
    has_one_match: bool = False
    births_per_left: float = 0.02
    family_per_left: float = 2.0
    block_pairs: int = 20_000
    keep_bits: float = -10.0

    @property
    def anchors(self) -> tuple[str, ...]:
        """Fields that alone tell who somebody is."""
        return tuple(field.name for field in self.compares if field.is_anchor)

    @property
    def weighed_by_frequency(self) -> tuple[str, ...]:
        """Fields with a level weighed by frequency."""
        return tuple(field.name for field in self.compares if field.bearers)

    @property
    def anchored(self) -> int:
        """Bits of the passes that read an anchor; what no other pass finds is unknown to who does not know the anchor."""
        return sum(1 << bit for bit, each in enumerate(self.passes) if each.reads_anchor)

    @property
    def is_self(self) -> bool:
        """Whether one population is linked with itself."""
        return self.left == self.right

    @property
    def table(self) -> str:
        """Table of scored pairs."""
        return f"link.{self.name}_pair"

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields compared."""
        return tuple(field.name for field in self.compares)

    def field(self, name: str) -> Field:
        """Field of that name."""
        return next(field for field in self.compares if field.name == name)

    def reads(self) -> tuple[str, ...]:
        """Columns of ``link.record`` that the fields read, each once."""
        return tuple(dict.fromkeys(column for field in self.compares for column in field.reads))


_AREA = ("area_code",)
_SEX = ("sex",)
_YEAR = ("year(birth_date)",)

_TWO_NAMES = "CASE WHEN former_names_key IS NOT NULL THEN list_sort(list_concat([name_key], string_split(former_names_key, '|'))) END"
"""Name and former names in one order, whichever is borne now."""

REGISTRATION = Job(
    name="registration",
    left=("police_resident",),
    right=("police_resident",),
    matches_per_left=0.01,
    passes=(
        Pass("number", ("citizen_id",), "one number, one person", ("name_key",)),
        Pass("name_birth", ("name_key", "birth_date"), "another number, nothing else damaged", ("mother_name_key",), by_former=True),
        Pass("sound_birth", ("name_sound", "birth_date"), "a clerk wrote the name as heard", ("mother_name_key",)),
        Pass("year_mother", ("year(birth_date)", "mother_id"), "name and day of birth are damaged, the mother is not", _SEX),
        Pass("year_father", ("year(birth_date)", "father_id"), "name and day of birth are damaged, the father is not", _SEX),
        Pass("spouse", ("spouse_id", "sex"), "name and birth date are damaged, the spouse is not", _YEAR),
        Pass("birth_mother_name", ("birth_date", "mother_name_key"), "the mother has no usable number", _SEX),
        Pass("birth_father_name", ("birth_date", "father_name_key"), "the father has no usable number", _SEX),
        Pass("sound_mother", ("name_sound", "mother_id"), "the birth date is damaged, the mother is not", _SEX),
        Pass("sound_father", ("name_sound", "father_id"), "the birth date is damaged, of the father only the number is right", _SEX),
        Pass("sound_mother_name", ("name_sound", "mother_name_key"), "the birth date is damaged, the mother has a name only", _YEAR),
        Pass("sound_father_name", ("name_sound", "father_name_key"), "the birth date is damaged, only the father is known", _YEAR),
        Pass("sound_spouse_name", ("name_sound", "spouse_name_key"), "the birth date is damaged, the spouse has a name only", _YEAR),
        Pass("name_address", ("name_key", "address_key"), "the birth date is damaged, the address is not", _YEAR),
        Pass("both_names", (_TWO_NAMES,), "number and birth date are damaged, the name and the former name are not", _SEX),
        Pass("prefix_name", ("left(citizen_id, 15)", "name_key"), "a spreadsheet damaged the tail of the number", _SEX),
        Pass("prefix_birth", ("left(citizen_id, 15)", "birth_date", "sex", "mother_name_key"), "tail and name are damaged", _AREA),
    ),
    compares=(
        number.FIELD,
        name.FIELD,
        birth_date.FIELD,
        sex.FIELD,
        kin.FATHER,
        kin.MOTHER,
        kin.SPOUSE,
        address.FIELD,
        childhood.FIELD,
    ),
    births_per_left=0.01,  # each pair stands once
    family_per_left=1.0,
)

DEATH_CREMATION = Job(
    name="death_cremation",
    left=("health_death",),
    right=("civil_cremation",),
    matches_per_left=0.5,
    passes=(
        Pass("certificate", ("certificate_no",), "the parlour copied the certificate number", ("name_key",)),
        Pass("number", ("citizen_id",), "both carry the number", ("name_key",)),
        Pass("name_death", ("name_key", "death_date"), "no number, the same day", _AREA),
        Pass("sound_death", ("name_sound", "death_date"), "no number, the name as heard", _AREA),
        Pass("name_birth", ("name_key", "birth_date"), "no number, the date of death differs", _AREA),
        Pass("birth_death", ("birth_date", "death_date", "sex"), "no number, the name is damaged", _AREA),
    ),
    compares=(certificate.FIELD, number.FIELD, name.FIELD, birth_date.FIELD, sex.FIELD, death_date.FIELD, address.FIELD),
    births_per_left=0.001,
    family_per_left=0.1,
)

DEATH = Job(
    name="death",
    left=("health_death", "civil_cremation"),
    right=("police_resident",),
    matches_per_left=0.9,
    has_one_match=True,
    passes=(
        Pass("number", ("citizen_id",), "the record carries the number", ("name_key",)),
        Pass("name_birth", ("name_key", "birth_date"), "no usable number", _AREA, by_former=True),
        Pass("sound_birth", ("name_sound", "birth_date"), "no usable number, the name as heard", _AREA),
        Pass("prefix_name", ("left(citizen_id, 15)", "name_key"), "a spreadsheet damaged the tail of the number", _SEX),
        Pass("prefix_birth", ("left(citizen_id, 15)", "birth_date", "sex"), "tail and name are damaged", _AREA),
        Pass("name_address", ("name_key", "address_key"), "no number, the birth date is damaged or missing", _YEAR),
        Pass("name_village", ("name_key", "home_village"), "the same, and the address stops at the village", _YEAR),
        Pass("sound_area_year", ("name_sound", "area_code", "year(birth_date)"), "number and birth date are damaged", _SEX),
        Pass("birth_area", ("birth_date", "area_code", "sex"), "no usable number, the name is damaged", ("left(name_key, 1)",)),
    ),
    compares=(number.FIELD, name.FIELD, birth_date.FIELD, sex.FIELD, address.FIELD),
)

RELOCATION = Job(
    name="relocation",
    left=("relocation_roll",),
    right=("police_resident",),
    matches_per_left=0.95,
    passes=(
        Pass("number", ("citizen_id",), "the roll carries the number", ("name_key",)),
        Pass("name_birth", ("name_key", "birth_date"), "no usable number", _SEX, by_former=True),
        Pass("prefix_name", ("left(citizen_id, 15)", "name_key"), "a spreadsheet damaged the tail of the number", _SEX),
        Pass("sound_birth", ("name_sound", "birth_date"), "the number is mistyped, the name as heard", _SEX),
    ),
    compares=(number.FIELD, name.FIELD, birth_date.FIELD, sex.FIELD),
)

BIRTH = Job(
    name="birth",
    left=("health_birth",),
    right=("police_birth", "police_resident"),
    matches_per_left=1.8,
    passes=(
        Pass("certificate", ("certificate_no",), "registered with this certificate or one that it replaces", ("name_key",)),
        Pass("mother", ("mother_id",), "children of one mother", _YEAR),
        Pass("father", ("father_id",), "the mother has no usable number", _YEAR),
        Pass("birth_mother_name", ("birth_date", "mother_name_key"), "no parent has a usable number", _SEX),
        Pass("birth_father_name", ("birth_date", "father_name_key"), "the mother's name is damaged too", _SEX),
        Pass("sound_birth", ("name_sound", "birth_date"), "the parents are damaged or not stated", _SEX),
        Pass("sound_mother_name", ("name_sound", "mother_name_key"), "no number, and the birth date is damaged", _YEAR),
    ),
    compares=(certificate.FIELD, name.FIELD, birth_date.FIELD, sex.FIELD, kin.MOTHER, kin.FATHER),
)

JOBS = (REGISTRATION, DEATH_CREMATION, DEATH, RELOCATION, BIRTH)
