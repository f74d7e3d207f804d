"""Births, moves and deaths as families and offices live and tell them; kinds as in ``lives``."""

from __future__ import annotations

import datetime as dt

from bench.outside import slips
from bench.outside.life import (
    HEALTH,
    RESIDENT,
    TEMPLE,
    Life,
    ago,
    alike,
    born,
    declaring,
    married,
    named,
    nobody,
    parents,
    resident,
)
from bench.outside.people import TODAY, Person, number
from bench.outside.registers import Registers, Row

KINDS: list[Life] = []
life = declaring(KINDS)


def dead(registers: Registers, row: Row) -> None:
    """The station should be asked whether this person has died."""
    registers.expect("death_not_cancelled", resident(row))


def brother(registers: Registers, person: Person, **changes: object) -> tuple[Person, Row]:
    """A brother of the same village with the generation character in common, and his registration."""
    other = registers.world.born(person.surname, person.sex, registers.world.day(1940, 1965), person.home)
    other.given = alike(registers, person)[1:]
    return other, registers.register(other, **(nobody() | changes))


@life(born(2012, 2022))
def twin_of_a_dead_infant(registers: Registers, person: Person) -> None:
    """One twin died in the first weeks, unregistered; the certificate of death bears the other one's number, and a name alike."""
    died = person.born + dt.timedelta(registers.pick.randint(3, 60))
    registers.death(person, died, name=alike(registers, person), age=0)
    registers.spare(resident(registers.residence[id(person)]))


@life(born(2012, 2022))
def twin_who_got_the_dead_ones_number(registers: Registers, person: Person) -> None:
    """The dead twin was registered and cancelled; the living one bears the same number."""
    first, died = registers.residence[id(person)], person.born + dt.timedelta(registers.pick.randint(30, 90))
    told = {column: first[column] for column in ("father_name", "father_id", "mother_name", "mother_id")}
    gone = registers.register(person, name=alike(registers, person), **told, cancel_kind="death", cancelled_on=died + dt.timedelta(9))
    registers.death(person, died, name=gone["name"], age=0)
    registers.spare(resident(first))


@life(born(1955, 1985))
def renumbered_after_one_number_for_two(registers: Registers, person: Person) -> None:
    """Of two people with one number one got another; the certificate of his death still has the old one, which is now the other's alone."""
    living, home = registers.residence[id(person)], registers.world.home()
    other = registers.world.born(registers.world.surname(), person.sex, person.born, home)
    if registers.pick.random() < 1 / 2 and len(person.given) > 1:
        other.surname, other.given = person.surname, alike(registers, person)[1:]
    row = registers.register(other, citizen_id=registers.world.foreign_number(other))
    registers.death(other, ago(registers, 45, 500), citizen_id=person.number)
    registers.spare(resident(living))
    dead(registers, row)


@life(born(1955, 1985))
def renumbered_and_cancelled(registers: Registers, person: Person) -> None:
    """The same, and the police have cancelled the dead one: nobody is to be asked about the living one."""
    living, home, died = registers.residence[id(person)], registers.world.home(), ago(registers, 45, 500)
    other = registers.world.born(registers.world.surname(), person.sex, person.born, home)
    if registers.pick.random() < 1 / 2 and len(person.given) > 1:
        other.surname, other.given = person.surname, alike(registers, person)[1:]
    row = registers.register(other, citizen_id=registers.world.foreign_number(other))
    registers.death(other, died, citizen_id=person.number)
    registers.cancelled(row, died, "")
    registers.spare(resident(living))


@life(lambda person: born(1940, 1965)(person) and len(person.given) > 1)
def reported_by_the_brother(registers: Registers, person: Person) -> None:
    """The brother's number on the certificate, whose form filled in his birth date, sex and age; name and address are the dead one's."""
    informant, living = brother(registers, person)
    died = ago(registers, 45, 500)
    registers.death(person, died, citizen_id=informant.number, birth_date=informant.born, age=(died - informant.born).days // 365)
    registers.spare(resident(living))


@life(lambda person: born(1940, 1965)(person) and len(person.given) > 1)
def reported_by_the_brother_and_cancelled(registers: Registers, person: Person) -> None:
    """The same, without an age, and the police have cancelled the dead one."""
    informant, living = brother(registers, person)
    died = ago(registers, 45, 500)
    registers.death(person, died, citizen_id=informant.number, birth_date=informant.born, age="")
    registers.cancelled(registers.residence[id(person)], died, "")
    registers.spare(resident(living))


@life(lambda person: married(1935, 1965)(person) and person.sex == "1")
def reported_by_a_wife_of_his_surname(registers: Registers, person: Person) -> None:
    """The wife's number; she bears his surname; the dead one's own birth date, sex and house."""
    wife = registers.world.born(person.surname, "2", person.born + dt.timedelta(700), person.home)
    living = registers.register(wife, **(nobody() | {"spouse_name": person.name, "spouse_id": person.number}))
    record = registers.death(person, ago(registers, 45, 500), citizen_id=wife.number)
    dead(registers, registers.residence[id(person)])
    registers.also("death_evidence_conflict", resident(living), (HEALTH, record["death_cert_no"]))


@life(born(1935, 1965))
def told_twice_with_two_dates(registers: Registers, person: Person) -> None:
    """Hospital and parlour give dates days apart, the parlour has neither number nor certificate: one question."""
    died = ago(registers, 80, 500)
    registers.death(person, died, cremated=False)
    registers.cremation(person, died + dt.timedelta(registers.pick.randint(2, 20)), citizen_id="", birth_date="")
    dead(registers, registers.residence[id(person)])


@life(born(1935, 1965))
def unknown_and_told_twice(registers: Registers, person: Person) -> None:
    """A dead person in no register, told by hospital and parlour with dates days apart: one question, about the hospital's record."""
    sex, day = person.sex, registers.world.day(1935, 1965)
    unknown = Person(registers.world.surname(), registers.world.given(day.year), sex, day, "", registers.world.home())
    unknown.number = registers.world.issued("990801", day, sex)
    died = ago(registers, 80, 500)
    record = registers.death(unknown, died, cremated=False)
    registers.cremation(unknown, died + dt.timedelta(registers.pick.randint(0, 6)))
    registers.expect("death_of_unregistered_person", (HEALTH, record["death_cert_no"]))


@life(born(1935, 1970))
def told_by_the_parlour_alone(registers: Registers, person: Person) -> None:
    """Only a cremation: a number in wide digits, no birth date."""
    wide = person.number.translate(str.maketrans("0123456789X", "０１２３４５６７８９ｘ"))
    registers.cremation(person, ago(registers, 45, 500), citizen_id=wide, birth_date="")
    dead(registers, registers.residence[id(person)])


@life(born(1935, 1965))
def dead_with_a_lunar_birthday(registers: Registers, person: Person) -> None:
    """No number; the lunar birthday as if it were solar, and the address to the house."""
    registers.death(person, ago(registers, 45, 500), citizen_id="", birth_date=slips.lunar(person.born))
    dead(registers, registers.residence[id(person)])


@life(born(1950, 1985))
def known_by_a_former_name(registers: Registers, person: Person) -> None:
    """Renamed with the police, which keep the former name; the hospital wrote that one."""
    row = registers.residence[id(person)]
    row |= {"name": person.surname + registers.world.given(1990) + "新", "former_names": person.name}
    registers.death(person, ago(registers, 45, 500))
    dead(registers, row)


@life(born(1935, 1965))
def county_and_village_renamed(registers: Registers, person: Person) -> None:
    """No number; the address with the names after the reform: the county a city, the town a street office, the village a community."""
    home = person.home
    told = f"{named(home.county)}{home.town}街道{home.village}社区{home.group}组{home.house}号"
    registers.death(person, ago(registers, 45, 500), citizen_id="", registered_address_text=told)
    dead(registers, registers.residence[id(person)])


@life(lambda person: married(1930, 1950)(person) and person.sex == "2")
def another_of_her_name_without_birthday(registers: Registers, person: Person) -> None:
    """Two old women of one name, village and first of January; the dead one is cancelled, her record has no number: the other one lives."""
    day, order = dt.date(person.born.year, 1, 1), registers.pick.randint(10, 400) * 2
    first, died, home = registers.residence[id(person)], ago(registers, 45, 500), registers.world.home()
    first |= nobody() | {"birth_date": day, "citizen_id": number("990214", day, order)}
    place = {"station_code": first["station_code"], "address_text": f"{str(first['address_text']).partition('村')[0]}村{home.group}组"}
    told = nobody() | {"birth_date": day, "citizen_id": number("990214", day, order + 20)} | place
    living = registers.register(person.moved(home), **told)
    registers.death(person, died, citizen_id="", birth_date=day)
    registers.cancelled(first, died, "")
    registers.spare(resident(living))


@life(born(1950, 1990))
def monk_who_died(registers: Registers, person: Person) -> None:
    """No relatives, a temple's household; the record has the number and the dharma name, which the register has as a former one."""
    row = registers.residence[id(person)]
    row |= nobody() | {"name": "扎西次仁", "former_names": "丹增嘉措", "household_kind": "2", "address_text": TEMPLE}
    registers.death(person, ago(registers, 45, 500), name="丹增嘉措", registered_address_text=TEMPLE)
    dead(registers, row)


@life(lambda person: married(1985, 2002)(person) and person.sex == "2")
def child_who_lived_some_days(registers: Registers, person: Person) -> None:
    """A certificate of birth and one of death within days, the mother's number on the second: nobody to register, and she is alive."""
    day, sex = ago(registers, 120, 700), registers.pick.choice("12")
    called = f"{person.name}之{'子' if sex == '1' else '女'}"
    child = Person(person.surname, "", sex, day, person.number, person.home)
    certificate = registers.certificate(person, called, sex, day)
    registers.death(child, day + dt.timedelta(registers.pick.randint(0, 20)), name=called, age=0, cremated=False)
    registers.spare(resident(registers.residence[id(person)]))
    registers.spare(("health_birth", certificate["birth_cert_no"]))


@life(lambda person: married(1985, 2002)(person) and person.sex == "2")
def stillborn(registers: Registers, person: Person) -> None:
    """A certificate of death of the day of birth, no number and no certificate of birth: nobody is asked."""
    day, sex = ago(registers, 60, 700), registers.pick.choice("12")
    child = Person(person.surname, "", sex, day, "", person.home)
    record = registers.death(child, day, name=f"{person.name}之{'子' if sex == '1' else '女'}", age=0, cremated=False)
    registers.spare((HEALTH, record["death_cert_no"]))


@life(lambda person: married(1985, 2002)(person) and person.sex == "1")
def mother_from_elsewhere(registers: Registers, person: Person) -> None:
    """The mother is registered in no county of these; the father is, and the child is not."""
    day, sex = ago(registers, 120, 700), registers.pick.choice("12")
    mother = Person("龚", registers.world.given(1990), "2", registers.world.day(1985, 2000), "", person.home)
    mother.number = registers.world.issued("990801", mother.born, "2")
    told = {"mother_name": mother.name, "mother_id": mother.number, "mother_address_code": "990801"}
    told |= {"mother_address_text": "远方县河口镇三里村4组", "father_name": person.name, "father_id": person.number}
    certificate = registers.certificate(person, "", sex, day, **told)
    registers.expect("birth_not_registered", ("health_birth", certificate["birth_cert_no"]))


@life(born(1972, 1990))
def moved_when_codes_changed(registers: Registers, person: Person) -> None:
    """Landed; move-out and move-in name counties by codes and names of before and after a reform: nobody is asked."""
    left, target = ago(registers, 120, 600), registers.world.home(outside=person.home.county)
    first = registers.residence[id(person)]
    papers: Row = {"permit_no": registers.key("ZQ"), "certificate_no": registers.key("QY"), "move_reason": "house"}
    first |= {"cancel_kind": "moved_out", "cancelled_on": left}
    out = registers.event("MO", first) | papers
    out |= {"moved_out_on": left, "destination_code": "990299", "destination_text": f"{named(target.county)}{target.town}街道"}
    registers.extracts["police_move_out"].append(out)
    arrived = left + dt.timedelta(registers.pick.randint(1, 25))
    second = registers.register(person.moved(target), registered_on=arrived, registration_kind="move_in", **parents(person))
    into = registers.event("MI", second) | papers
    into |= {"moved_in_on": arrived, "origin_code": "990298", "origin_text": f"{named(person.home.county)}{person.home.town}街道"}
    registers.extracts["police_move_in"].append(into)
    registers.spare(resident(first), resident(second), ("police_move_out", out["event_id"]), ("police_move_in", into["event_id"]))


@life(born(1935, 1960))
def soldier_who_died_elsewhere(registers: Registers, person: Person) -> None:
    """Two registrations with one number, the first cancelled for the army; the parlour of another county burnt him, with his number."""
    first = registers.residence[id(person)]
    first |= {"cancel_kind": "military", "cancelled_on": dt.date(person.born.year + 19, 12, 1)}
    second = registers.register(person.moved(registers.world.home()), registration_kind="restored", registered_on=dt.date(1990, 5, 1))
    told = {"registered_address_text": "远方县河口镇三里村4组", "registered_address_code": "990801"}
    registers.cremation(person, ago(registers, 45, 500), **told)
    dead(registers, second)


@life(born(1935, 1965))
def certificate_under_the_sons_number(registers: Registers, person: Person) -> None:
    """Since 2026-07 a number is the certificate's too: the clerk took the son's for both; name, day and house are the dead one's."""
    son = registers.world.born(person.surname, "1", registers.world.day(person.born.year + 22, person.born.year + 28), person.home)
    living = registers.register(son, **(nobody() | {"father_name": person.name}))
    died = TODAY - dt.timedelta(registers.pick.randint(40, 130))
    record = registers.death(person, died, citizen_id=son.number, death_cert_no=son.number, cremated=False)
    dead(registers, registers.residence[id(person)])
    registers.also("death_evidence_conflict", (RESIDENT, living["registration_id"]), (HEALTH, record["death_cert_no"]))
