"""Lives that cross a register more than once, and what offices make of them: of each kind, what a station should be asked, or nobody.

A kind is one function with ``@life(fits)``; its docstring's first line says what the records look like. Kinds are found, not listed.
"""

from __future__ import annotations

import datetime as dt

from bench.outside import slips
from bench.outside.life import TEMPLE, Life, alike, born, declaring, married, nobody, parents, resident, twice
from bench.outside.people import Person, number
from bench.outside.registers import Registers, Row

KINDS: list[Life] = []
life = declaring(KINDS)
CAMPUS = "青石县城关镇师范学院集体户"
_TIBETAN = ("扎西次仁", "丹增嘉措", "洛桑平措", "次仁卓玛", "格桑曲珍", "索朗多吉", "益西旺姆", "贡布才让")
_SPELT = dict(zip("杜提逊", "都特孙", strict=True)) | {"买买": "麦麦"}


@life(born(1996, 2003))
def went_to_college_and_came_back(registers: Registers, person: Person) -> None:
    """In the collective household of a college for four years; home, college and home again are three registrations, two cancelled."""
    first, gone = registers.residence[id(person)], dt.date(person.born.year + 18, 9, 5)
    back, campus = gone.replace(year=gone.year + 4), registers.world.home()
    first |= {"cancel_kind": "moved_out", "cancelled_on": gone}
    there = {"household_kind": "2", "address_text": CAMPUS, "registered_on": gone, "registration_kind": "move_in"}
    college = registers.register(person.moved(campus), **there, cancel_kind="moved_out", cancelled_on=back)
    last = registers.register(person, registered_on=back, registration_kind="restored")
    registers.spare(resident(first), resident(college), resident(last))


@life(born(1996, 2003))
def left_behind_in_the_college(registers: Registers, person: Person) -> None:
    """Restored at home, and never cancelled in the college's household; the college knew the parents' names only."""
    first, gone = registers.residence[id(person)], dt.date(person.born.year + 18, 9, 5)
    there = {"household_kind": "2", "address_text": CAMPUS, "registered_on": gone, "registration_kind": "move_in"}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **there, **parents(person)))


@life(born(1998, 2004))
def two_students_of_one_name(registers: Registers, person: Person) -> None:
    """Two students of one name and birthday in one collective household, with other parents: two people."""
    first = registers.residence[id(person)]
    other = registers.world.born(person.surname, person.sex, person.born, person.home)
    other.given = person.given
    campus = {"household_kind": "2", "address_text": CAMPUS, "station_code": first["station_code"], "household_no": first["household_no"]}
    first |= campus | parents(person)
    told = nobody() | {"father_name": f"{person.surname}{registers.world.given(1970)}", "mother_name": "何小云"}
    registers.spare(resident(first), resident(registers.register(other, **(told | campus))))


@life(born(2006, 2018))
def adopted_and_renamed(registers: Registers, person: Person) -> None:
    """Adopted: other parents, another number, another surname; the former name is told, the first registration was left."""
    first, surname = registers.residence[id(person)], registers.world.surname()
    couple = {"father_name": f"{surname}{registers.world.given(1975)}", "mother_name": f"赵{registers.world.given(1976)}"}
    name = surname + registers.world.given(person.born.year)
    told = nobody() | couple | {"name": name, "former_names": person.name, "registration_kind": "adoption"}
    told |= {"citizen_id": registers.world.foreign_number(person), "registered_on": person.born + dt.timedelta(900)}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(married(1955, 1985))
def married_again(registers: Registers, person: Person) -> None:
    """Widowed and married again elsewhere: another spouse and another number; both registrations name both parents."""
    first = registers.residence[id(person)]
    couple = {"father_name": f"{person.surname}{registers.world.given(1950)}", "mother_name": f"郝{registers.world.given(1950)}"}
    first |= couple | {"spouse_name": person.spouse.name if person.spouse else ""}
    told = nobody() | couple | {"spouse_name": f"樊{registers.world.given(1960)}", "citizen_id": registers.world.foreign_number(person)}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(lambda person: married(1955, 1984)(person) and person.sex == "2")
def married_in_with_an_upgraded_number(registers: Registers, person: Person) -> None:
    """Registered with her parents and with her husband; the husband's made 18 digits of 15, with a wrong check character."""
    first = registers.residence[id(person)]
    first |= nobody() | {"father_name": f"{person.surname}{registers.world.given(1950)}", "mother_name": f"郝{registers.world.given(1950)}"}
    wrong = person.number[:17] + ("0" if person.number[17] != "0" else "1")
    told = nobody() | {"spouse_name": person.spouse.name if person.spouse else "", "citizen_id": wrong}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(lambda person: married(1940, 1984)(person) and person.sex == "2")
def married_in_with_fifteen_digits(registers: Registers, person: Person) -> None:
    """The same; the husband's village still has 15 digits."""
    first = registers.residence[id(person)]
    first |= nobody() | {"father_name": f"{person.surname}{registers.world.given(1950)}"}
    told = nobody() | {"spouse_name": person.spouse.name if person.spouse else ""}
    told |= {"citizen_id": person.number[:6] + person.number[8:17]}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(born(1960, 1995))
def monk_of_two_names(registers: Registers, person: Person) -> None:
    """A lay name at home and another one in the temple's collective household, which states the former one; no relatives, one number."""
    first = registers.residence[id(person)]
    lay, monk = registers.pick.sample(_TIBETAN, 2)
    first |= nobody() | {"name": lay}
    temple = {"name": monk, "former_names": lay, "household_kind": "2", "address_text": TEMPLE, "registration_kind": "other"}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **(nobody() | temple)))


@life(lambda person: person.transliterated and person.father is not None and person.mother is not None)
def spelt_in_two_ways(registers: Registers, person: Person) -> None:
    """A long name in two spellings, without its separator the second time; other numbers, both parents, spelt alike."""
    first, spelt = registers.residence[id(person)], person.name.replace("·", "")
    for one, other in _SPELT.items():
        spelt = spelt.replace(one, other)
    first |= parents(person)
    told = parents(person) | {"name": spelt, "citizen_id": registers.world.foreign_number(person), "spouse_name": "", "spouse_id": ""}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(born(2006, 2017))
def twins_whose_parents_parted(registers: Registers, person: Person) -> None:
    """Twins of like names, numbered in a row, a child with each parent: two people."""
    first = registers.residence[id(person)]
    other = registers.world.born(person.surname, person.sex, person.born, registers.world.home(), (person.father, person.mother))  # type: ignore[arg-type]
    other.given = alike(registers, person)[1:]
    both = parents(person)
    first |= both
    registers.spare(resident(first), resident(registers.register(other, **both)))


@life(married(1930, 1950))
def no_birthday(registers: Registers, person: Person) -> None:
    """Nobody knew the day: the first of January here, the first of July there, and the number follows; one spouse by name and number."""
    first, spouse = registers.residence[id(person)], person.spouse
    new_year, day = person.born.replace(month=1, day=1), person.born.replace(month=7, day=1)
    order = registers.pick.randint(10, 400) * 2 + (person.sex == "1")
    first |= {"birth_date": new_year, "citizen_id": number("990212", new_year, order)}
    told: Row = {"spouse_name": spouse.name, "spouse_id": spouse.number} if spouse else {}
    first |= nobody() | told
    second = nobody() | told | {"birth_date": day, "citizen_id": number("990311", day, order + 20)}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **second))


@life(born(1950, 1995))
def lunar_birthday(registers: Registers, person: Person) -> None:
    """The second registration has the lunar birthday as if it were solar, and its number follows; both parents' names on both."""
    first, lunar = registers.residence[id(person)], slips.lunar(person.born)
    first |= parents(person)
    order = registers.pick.randint(100, 490) * 2 + (person.sex == "1")
    told = parents(person) | {"birth_date": lunar, "citizen_id": number("990421", lunar, order)}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **told))


@life(lambda person: born(1975, 2000)(person) and person.sex == "1")
def soldier(registers: Registers, person: Person) -> None:
    """Cancelled for the army, registered again when he came back: one active registration."""
    first, gone = registers.residence[id(person)], dt.date(person.born.year + 18, 12, 1)
    first |= {"cancel_kind": "military", "cancelled_on": gone}
    again = registers.register(person, registered_on=gone.replace(year=gone.year + 3), registration_kind="restored")
    registers.spare(resident(first), resident(again))


@life(lambda person: born(1965, 1995)(person) and person.sex == "1")
def soldier_never_cancelled(registers: Registers, person: Person) -> None:
    """Registered again in another town after the army with a new number, and never cancelled at home; the father's name and number."""
    first = registers.residence[id(person)]
    told = parents(person) | {"father_id": person.father.number if person.father else ""}
    first |= told
    again = told | {"citizen_id": registers.world.foreign_number(person), "registration_kind": "other"}
    twice(registers, first, registers.register(person.moved(registers.world.home()), **again))


@life(born(1950, 2000))
def one_number_for_two(registers: Registers, person: Person) -> None:
    """One number given to two people of one day and county, of names alike in every third case (重号)."""
    first, home = registers.residence[id(person)], registers.world.home()
    other = registers.world.born(registers.world.surname(), person.sex, person.born, home)
    if registers.pick.random() < 1 / 3 and len(person.given) > 1:
        other.surname, other.given = person.surname, alike(registers, person)[1:]
    first |= parents(person)
    told = nobody() | {"father_name": f"{other.surname}{registers.world.given(1950)}", "mother_name": "何小云", "citizen_id": person.number}
    registers.also("shared_number", resident(first), resident(registers.register(other, **told)))


@life(born(1970, 2000))
def cousins_of_one_day(registers: Registers, person: Person) -> None:
    """Cousins of one village born on one day, the generation character in common, other parents: two people."""
    first = registers.residence[id(person)]
    other = registers.world.born(person.surname, person.sex, person.born, person.home)
    other.given = alike(registers, person)[1:]
    told = {"father_name": f"{person.surname}{registers.world.given(1950)}", "mother_name": "何小云"}
    first |= parents(person)
    registers.spare(resident(first), resident(registers.register(other, **(nobody() | told))))


@life(lambda person: married(1925, 1945)(person) and person.sex == "2")
def called_by_her_family(registers: Registers, person: Person) -> None:
    """Two old women of one village called 马氏, born on the first of January, with other husbands and no parents: two people."""
    first, year = registers.residence[id(person)], person.born.year
    day, order = dt.date(year, 1, 1), registers.pick.randint(10, 400) * 2
    called = nobody() | {"name": f"{person.surname}氏", "birth_date": day}
    first |= called | {"citizen_id": number("990213", day, order), "spouse_name": person.spouse.name if person.spouse else ""}
    home = registers.world.home()
    told = called | {"citizen_id": number("990213", day, order + 20), "spouse_name": f"樊{registers.world.given(1930)}"}
    told |= {"station_code": first["station_code"], "address_text": f"{str(first['address_text']).partition('村')[0]}村{home.group}组"}
    registers.spare(resident(first), resident(registers.register(person.moved(home), **told)))
