"""The linkage specification: jobs, blocking passes and comparison levels, each with its reason. Nothing here computes.

A new comparison is one level list and one function in ``compare``; a new job is one ``Job``.
"""

from __future__ import annotations

from dataclasses import dataclass

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement of a field.

    Attributes:
        name: value of ``<field>_level``.
        sentence: what it says about the two values, for explanations.
        m: declared share among pairs of one person, before anything is learned.
        u: declared share among pairs of two persons.
        like: name of the level whose weight it has; the rules alone tell the two apart.
        by_frequency: weighed by how many registrations bear the name, of one decade of birth where the person's own name is compared.

    """

    name: str
    sentence: str
    m: float
    u: float
    by_frequency: bool = False
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared: its levels from the strongest to none, and the columns of ``link.record`` it reads.

    ``declared_m`` keeps the declared m: the field chooses the training pairs, so they cannot teach it.

    Raises:
        ValueError: when there is no missing level, a name stands twice, or a share is not positive.

    """

    field: str
    kind: str
    reads: tuple[str, ...]
    levels: tuple[Level, ...]
    declared_m: bool = False

    def __post_init__(self) -> None:
        """Check the list when it is declared, so that a mistake shows where it was written."""
        names = [level.name for level in self.levels]
        if len(set(names)) != len(names) or MISSING not in names:
            msg = f"comparison {self.field}: levels must differ and include {MISSING!r}"
            raise ValueError(msg)
        if min(min(level.m, level.u) for level in self.levels) <= 0:
            msg = f"comparison {self.field}: m and u of every level must be positive"
            raise ValueError(msg)

    @property
    def by_frequency(self) -> bool:
        """Whether a level of it is weighed by how common the name is."""
        return any(level.by_frequency for level in self.levels)

    @property
    def is_anchor(self) -> bool:
        """Whether the field alone tells who somebody is: what it says is the truth the other fields are checked against."""
        return self.field in ("number", "certificate")

    def level(self, name: str) -> Level:
        """Level of that name."""
        return next(level for level in self.levels if level.name == name)


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
        passes: blocking passes.
        comparisons: fields compared.
        block_pairs: pairs a block may hold.
        keep_bits: candidate pairs lighter than this (log2) are counted, not stored.

    """

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    matches_per_left: float
    passes: tuple[Pass, ...]
    comparisons: tuple[Comparison, ...]
    block_pairs: int = 20_000
    keep_bits: float = -10.0

    @property
    def anchors(self) -> tuple[str, ...]:
        """Fields that alone tell who somebody is."""
        return tuple(comparison.field for comparison in self.comparisons if comparison.is_anchor)

    @property
    def weighed_by_frequency(self) -> tuple[str, ...]:
        """Fields with a level weighed by frequency."""
        return tuple(comparison.field for comparison in self.comparisons if comparison.by_frequency)

    @property
    def anchored(self) -> int:
        """Bits of the passes that read an anchor; what no other pass finds is unknown to who does not know the anchor."""
        return sum(1 << bit for bit, one in enumerate(self.passes) if one.reads_anchor)

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
        return tuple(comparison.field for comparison in self.comparisons)

    def reads(self) -> tuple[str, ...]:
        """Columns of ``link.record`` that the comparisons read, each once."""
        return tuple(dict.fromkeys(column for comparison in self.comparisons for column in comparison.reads))


TOLERATED_NAMES = ("equal", "folded", "wildcard", "former", "family", "segments", "cut")
"""Name levels that are no contradiction and no error (CONTRACT reading 9)."""
SLIPPED_NAMES = ("sound", "shape")
"""Name levels that are an error in one of the records: linked, and a detail conflict (CONTRACT reading 9)."""
KNOWN_SLIPS = ("swap", "lunar", "one_digit", "default")
"""Birth-date levels that do not contradict (CONTRACT reading 4, DOMAIN §5)."""
BIRTH_CONTRADICTS = ("same_year", "near", "generation", "different", "age_off")
NUMBER_SAME = ("equal", "equal_unproven")
NUMBER_DAMAGED = ("tail", "one_edit", "one_edit_end")
FREQUENCIES = (("rare", 3), ("uncommon", 30), ("common", 300), ("very_common", None))
"""Name-frequency levels: most registrations that may bear the name."""

_NUMBER_READS = ("citizen_id", "citizen_id_state", "birth_date")
NUMBER = Comparison(
    "number",
    "number",
    _NUMBER_READS,
    (
        Level("equal", "both carry the same valid number", 0.6, 1e-9),
        Level("equal_unproven", "both carry the same number, whose check character is wrong", 0.02, 1e-9),
        Level("tail", "the first 15 digits agree, the tail was damaged by a spreadsheet", 0.03, 1e-9),
        Level("one_edit", "the numbers differ by one slip before their last four characters, and one of them is not valid", 0.023, 1e-8),
        Level("one_edit_end", "the numbers differ by one slip in the last four characters, where those of twins differ", 0.007, 1e-8),
        # A number holds birth date and place, which are weighed on their own.
        Level("place_day", "two valid numbers of one place and day", 0.005, 1e-6, like="different"),
        Level("different_unproven", "the numbers differ, and one of them is not valid or not that of its row", 0.06, 0.02),
        Level("different", "two different valid numbers", 0.2, 0.93),
        Level(MISSING, "a number is missing or unusable", 0.055, 0.05),
    ),
    declared_m=True,
)

NAME = Comparison(
    "name",
    "name",
    ("name", "name_key", "name_sound", "former_names_key"),
    (
        Level("equal", "the names are the same", 0.93, 3e-5, by_frequency=True),
        Level("folded", "the names are the same but for separators, blanks, width or character variants", 0.02, 1e-6, by_frequency=True),
        Level("wildcard", "the names agree where the characters could be read", 0.004, 1e-5),
        Level("former", "the name is a former name of the other", 0.004, 1e-6),
        Level("family", "two usual spellings of one transliterated name", 0.004, 1e-7),
        Level("segments", "the parts of the name stand in another order, or the last one is missing", 0.005, 1e-5),
        Level("cut", "one name is cut at the length of a form field", 0.003, 1e-6),
        Level("sound", "the names sound the same", 0.01, 1e-4),
        Level("shape", "the names look alike", 0.006, 1e-5),
        Level("one_char", "the names differ in one character", 0.006, 3e-3),
        Level("different", "the names differ", 0.007, 0.995),
        Level(MISSING, "a name is missing", 0.001, 1e-3),
    ),
)

BIRTH_DATE = Comparison(
    "birth_date",
    "birth_date",
    ("birth_date", "age", "death_date"),
    (
        Level("equal", "the birth dates are the same", 0.93, 4e-5),
        Level("equal_age_off", "the birth dates are the same, the age at death does not fit them", 0.002, 1e-6),
        Level("swap", "day and month are exchanged", 0.004, 5e-5),
        Level("lunar", "one is the other's date of the lunar calendar", 0.006, 5e-5),
        Level("one_digit", "the birth dates differ in one digit, two exchanged digits, or by 1, 2 or 10 years", 0.01, 1.5e-3),
        Level("default", "one is a date that stands for unknown", 0.003, 1e-3),
        Level("age_fits", "the age at death fits the birth date", 0.01, 2e-3),
        Level("same_year", "the same year, another day", 0.004, 0.012),
        Level("near", "the birth dates lie at most two years apart", 0.004, 0.045),
        Level("generation", "the birth dates lie twelve years or more apart", 0.002, 0.7),
        Level("age_off", "the age at death does not fit the birth date", 0.002, 0.02),
        Level("different", "the birth dates differ", 0.003, 0.21),
        Level(MISSING, "a birth date is missing", 0.02, 0.02),
    ),
)

SEX = Comparison(
    "sex",
    "sex",
    ("sex",),
    (
        Level("equal", "the sex is the same", 0.985, 0.49),
        Level("different", "the sex differs", 0.005, 0.49),
        Level(MISSING, "the sex is not stated", 0.01, 0.02),
    ),
)

_KIN = (
    ("number", "the same number of the {}", 0.45, 2e-6),
    ("name", "the same name of the {}", 0.2, 3e-5),
    ("namesake", "the same name of the {}, but another number", 0.01, 5e-5),
    ("similar", "nearly the same name of the {}", 0.02, 1e-3),
    ("different", "another {}", 0.03, 0.6),
    (MISSING, "the {} is not stated, or the person's own name already says it", 0.3, 0.4),
)


def _kin(field: str, reads: str) -> Comparison:
    levels = tuple(Level(name, sentence.format(field), m, u, by_frequency=name == "name") for name, sentence, m, u in _KIN)
    return Comparison(field, "kin", (f"{reads}_id", f"{reads}_name_key", "name_key"), levels)


ADDRESS = Comparison(
    "address",
    "address",
    ("address_key", "area_code"),
    (
        Level("equal", "the addresses are the same", 0.4, 1e-5),
        Level("similar", "the addresses are nearly the same", 0.15, 1e-4),
        Level("area", "the same county", 0.3, 0.09),
        Level("different", "another county", 0.1, 0.86),
        Level(MISSING, "an address is missing", 0.05, 0.05),
    ),
)

CERTIFICATE = Comparison(
    "certificate",
    "certificate",
    ("certificate_no",),
    (
        Level("equal", "the same certificate", 0.6, 1e-7),
        Level("different", "two certificates", 0.02, 0.6),
        Level(MISSING, "a certificate number is missing", 0.38, 0.4),
    ),
    declared_m=True,
)

DEATH_DATE = Comparison(
    "death_date",
    "death_date",
    ("death_date",),
    (
        Level("equal", "the same date of death", 0.9, 1e-3),
        Level("near", "dates of death one day apart", 0.05, 2e-3),
        Level("swap", "day and month of the death are exchanged", 0.004, 1e-3),
        Level("lunar", "one date of death is the other's of the lunar calendar", 0.006, 1e-3),
        Level("month", "dates of death at most 31 days apart", 0.02, 0.05),
        Level("different", "other dates of death", 0.015, 0.94),
        Level(MISSING, "a date of death is missing", 0.005, 5e-3),
    ),
)

_AREA = ("area_code",)
_SEX = ("sex",)
_YEAR = ("year(birth_date)",)

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
        Pass("sound_mother_name", ("name_sound", "mother_name_key"), "the birth date is damaged, the mother has a name only", _YEAR),
        # The year is a key: transliterated names hold the father's name, so that the two together say little more than one.
        Pass(
            "sound_father_name",
            ("name_sound", "father_name_key", "year(birth_date)"),
            "the day of birth is damaged, only the father is known",
            _SEX,
        ),
        Pass("name_address", ("name_key", "address_key"), "the birth date is damaged, the address is not", _YEAR),
        Pass("prefix_name", ("left(citizen_id, 15)", "name_key"), "a spreadsheet damaged the tail of the number", _SEX),
        Pass("prefix_birth", ("left(citizen_id, 15)", "birth_date", "sex", "mother_name_key"), "tail and name are damaged", _AREA),
    ),
    comparisons=(NUMBER, NAME, BIRTH_DATE, SEX, _kin("father", "father"), _kin("mother", "mother"), _kin("spouse", "spouse"), ADDRESS),
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
    comparisons=(CERTIFICATE, NUMBER, NAME, BIRTH_DATE, SEX, DEATH_DATE, ADDRESS),
)

DEATH = Job(
    name="death",
    left=("health_death", "civil_cremation"),
    right=("police_resident",),
    matches_per_left=0.9,
    passes=(
        Pass("number", ("citizen_id",), "the record carries the number", ("name_key",)),
        Pass("name_birth", ("name_key", "birth_date"), "no usable number", _AREA, by_former=True),
        Pass("sound_birth", ("name_sound", "birth_date"), "no usable number, the name as heard", _AREA),
        Pass("prefix_name", ("left(citizen_id, 15)", "name_key"), "a spreadsheet damaged the tail of the number", _SEX),
        Pass("prefix_birth", ("left(citizen_id, 15)", "birth_date", "sex"), "tail and name are damaged", _AREA),
        Pass("name_address", ("name_key", "address_key"), "no number, the birth date is damaged or missing", _YEAR),
        Pass("name_area_year", ("name_key", "area_code", "year(birth_date)"), "number and birth date are damaged", _SEX),
        Pass("birth_area", ("birth_date", "area_code", "sex"), "no usable number, the name is damaged", ("left(name_key, 1)",)),
    ),
    comparisons=(NUMBER, NAME, BIRTH_DATE, SEX, ADDRESS),
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
    comparisons=(NUMBER, NAME, BIRTH_DATE, SEX),
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
    comparisons=(CERTIFICATE, NAME, BIRTH_DATE, SEX, _kin("mother", "mother"), _kin("father", "father")),
)

JOBS = (REGISTRATION, DEATH_CREMATION, DEATH, RELOCATION, BIRTH)
