"""What police, health and parlours wrote down about the villages, with planted errors and what should be found of each."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bench.outside import slips
from bench.outside.people import TODAY, Person, Villages

Row = dict[str, object]
RELATIVES = ("father_name", "father_id", "mother_name", "mother_id", "spouse_name", "spouse_id")


class Registers:
    """Extracts by name, and the truth about them."""

    def __init__(self, world: Villages) -> None:
        """Everybody is registered once, rightly."""
        self.world, self.pick = world, world.random
        names = "police_resident police_birth police_death police_move_in police_move_out health_birth health_death civil_cremation"
        self.extracts: dict[str, list[Row]] = {name: [] for name in names.split()} | {"station": list(world.stations())}
        self.truth: list[tuple[str, str, str, str]] = []
        self.more: list[tuple[str, str, str, str]] = []
        self.spared: list[tuple[str, str, str, str]] = []
        self.kinds: dict[str, str] = {}
        self.kind = ""
        self._keys = 0
        self.residence = {id(person): self.register(person) for person in world.people}
        self.untouched = list(world.people)
        self.pick.shuffle(self.untouched)

    def key(self, prefix: str) -> str:
        """A key that no other row has."""
        self._keys += 1
        return f"{prefix}{self._keys * 7919 % 9_999_991:08d}"

    def expect(self, finding_type: str, *subjects: tuple[str, object], kind: str = "") -> None:
        """One finding about these records should come of it."""
        self.truth += self._group(finding_type, subjects, kind)

    def also(self, finding_type: str, *subjects: tuple[str, object]) -> None:
        """The same of a type of which not every case is known, so that only what is missed can be counted."""
        self.more += self._group(finding_type, subjects, self.kind)

    def spare(self, *subjects: tuple[str, object]) -> None:
        """Nobody should be asked about these: they only look like somebody's case."""
        self.spared += self._group(self.kind, subjects, self.kind)

    def _group(self, what: str, subjects: tuple[tuple[str, object], ...], kind: str) -> list[tuple[str, str, str, str]]:
        group = f"T{len(self.kinds):06d}"
        self.kinds[group] = kind or self.kind
        return [(what, group, record_type, str(key)) for record_type, key in subjects]

    def take(self, count: int, fits: Callable[[Person], bool]) -> list[Person]:
        """Some people of whom nothing else is planted."""
        taken = [person for person in self.untouched if fits(person)][:count]
        gone = {id(person) for person in taken}
        self.untouched = [person for person in self.untouched if id(person) not in gone]
        return taken

    def register(self, person: Person, **changes: object) -> Row:
        """A row of ``police_resident``."""
        early = person.born.year < 1975
        registered = person.born + dt.timedelta(self.pick.randint(5, 60))
        if person.born.year < 1985:
            registered = dt.date(1985, 1, 1) + dt.timedelta(self.pick.randrange(3000))
        row: Row = {
            "registration_id": self.key("J"),
            "name": person.name,
            "former_names": "",
            "sex": person.sex,
            "birth_date": person.born,
            "household_no": person.home.household,
            "household_kind": "1",
            "station_code": person.home.station,
            "address_text": person.home.address(),
            "citizen_id": person.number,
            "registered_on": min(registered, TODAY),
            "registration_kind": "birth",
            "cancel_kind": "",
            "cancelled_on": "",
        }
        for role, relative, names, numbers in (
            ("father", person.father, 0.4 if early else 0.8, 0.05 if early else 0.5),
            ("mother", person.mother, 0.4 if early else 0.8, 0.05 if early else 0.5),
            ("spouse", person.spouse, 0.6, 0.4),
        ):
            row[f"{role}_name"] = relative.name if relative and self.pick.random() < names else ""
            row[f"{role}_id"] = relative.number if relative and self.pick.random() < numbers else ""
        row |= changes
        self.extracts["police_resident"].append(row)
        return row

    def second_registrations(self, count: int) -> None:
        """One person with two active registrations, written differently."""
        for person in self.take(count, lambda each: bool(each.father or each.spouse)):
            first = self.residence[id(person)]
            kind = self.pick.choice(["same", "same", "place", "ear", "missing", "former", "digit", "date", "date and place", "fifteen"])
            changes: Row = {
                "registered_on": TODAY - dt.timedelta(self.pick.randint(100, 600)),
                "registration_kind": self.pick.choice(["move_in", "restored"]),
            }
            if kind in {"place", "ear", "missing", "former", "date and place"}:  # a question only where somebody else is named on both
                relatives = {"father": person.father, "mother": person.mother, "spouse": person.spouse}
                named = {f"{role}_name": relative.name for role, relative in relatives.items() if relative}
                first |= named
                changes |= named | {"citizen_id": "" if kind == "missing" else self.world.foreign_number(person)}
            if kind == "ear":
                changes["name"] = slips.by_ear(person.name, self.pick)
            if kind == "former" and not person.transliterated:
                changes |= {"name": person.surname + self.world.given(1990) + "新", "former_names": person.name}
            if kind == "digit":
                changes["citizen_id"] = slips.digit(person.number, self.pick)
            if kind.startswith("date"):
                changes["birth_date"] = slips.date(person.born, self.pick)
            if kind == "fifteen" and person.born.year < 2000:
                changes["citizen_id"] = person.number[:6] + person.number[8:17]
            second = self.register(person.moved(self.world.home()), **changes)
            self.expect("duplicate_registration", *(("police_resident", row["registration_id"]) for row in (first, second)), kind=kind)

    def deaths(self, count: int) -> None:
        """People who died: half still registered, and the registration of the others cancelled."""
        for place, person in enumerate(self.take(2 * count, lambda each: each.born.year < 1970)):
            died = TODAY - dt.timedelta(self.pick.randint(45, 700))
            first = self.residence[id(person)]
            if place % 2:
                record = self.death(person, died)
                self.cancelled(first, died, record["death_cert_no"])
                continue
            forms = ["right", "right", "digit", "ear", "date", "house", "group", "village", "bare", "ear, no number", "informant"]
            informant = next((each for each in self.untouched if each is person.spouse), None)
            kind = self.pick.choice([form for form in forms if informant or form != "informant"])
            changes: Row = {}
            if kind in {"house", "group", "village", "bare"}:
                changes = {"citizen_id": self.pick.choice(["", "无", "不详"]), "registered_address_text": person.home.address(kind)}
            elif informant and kind == "informant":
                changes["citizen_id"] = informant.number
            elif kind == "digit":
                changes["citizen_id"] = slips.digit(person.number, self.pick)
            elif kind == "date":
                changes["birth_date"] = slips.date(person.born, self.pick)
            if kind.startswith("ear"):
                changes["name"] = slips.by_ear(person.name, self.pick)
                changes |= {"citizen_id": ""} if kind != "ear" else {}
            record = self.death(person, died, **changes)
            self.expect("death_not_cancelled", ("police_resident", first["registration_id"]), kind=kind)
            if informant and kind == "informant":
                living = self.residence[id(informant)]["registration_id"]
                self.expect("death_evidence_conflict", ("police_resident", living), ("health_death", record["death_cert_no"]))

    def cancelled(self, row: Row, died: dt.date, certificate: object) -> None:
        """The police registered the death ten days later."""
        row |= {"cancel_kind": "death", "cancelled_on": died + dt.timedelta(10)}
        event = {"registered_on": died + dt.timedelta(10), "death_date": died, "death_cert_no": certificate}
        self.extracts["police_death"].append(self.event("PD", row) | event)

    def death(self, person: Person, died: dt.date, *, cremated: bool = True, **changes: object) -> Row:
        """A row of ``health_death``, and for some one of ``civil_cremation``."""
        row = self._death(person, died) | {"reported_on": died + dt.timedelta(self.pick.randint(0, 9))} | changes
        self.extracts["health_death"].append(row)
        if cremated and self.pick.random() < 0.4:
            copied = {column: row[column] for column in row if column != "reported_on"}
            copied["death_cert_no"] = row["death_cert_no"] if self.pick.random() < 0.6 else ""
            copied["birth_date"] = row["birth_date"] if self.pick.random() < 0.7 else ""
            self.extracts["civil_cremation"].append(copied | {"cremation_cert_no": self.key("CR"), "cremated_on": died + dt.timedelta(2)})
        return row

    def cremation(self, person: Person, died: dt.date, **changes: object) -> Row:
        """A row of ``civil_cremation`` that quotes no certificate."""
        own = {"death_cert_no": "", "cremation_cert_no": self.key("CR"), "cremated_on": died + dt.timedelta(2)}
        row = self._death(person, died) | own | changes
        self.extracts["civil_cremation"].append(row)
        return row

    def _death(self, person: Person, died: dt.date) -> Row:
        return {
            "death_cert_no": self.key("HD"),
            "citizen_id": person.number,
            "name": person.name,
            "sex": person.sex,
            "birth_date": person.born,
            "death_date": died,
            "age": (died - person.born).days // 365,
            "registered_address_code": person.home.county,
            "registered_address_text": person.home.address(),
        }

    def strangers_who_died(self, count: int) -> None:
        """The dead whom no register knows; every second bears the name of somebody alive, born the same day, and is of another place."""
        for place in range(count):
            died, home = TODAY - dt.timedelta(self.pick.randint(45, 700)), self.world.home()
            sex, born = self.pick.choice("12"), self.world.day(1935, 1968)
            unknown = Person(self.world.surname(), self.world.given(born.year), sex, born, self.world.issued("990801", born, sex), home)
            record = self.death(unknown, died)
            self.expect("death_of_unregistered_person", ("health_death", record["death_cert_no"]), kind="unknown")
            if place % 2:
                living = self.pick.choice(self.untouched)
                namesake = living.moved(home)
                namesake.number = self.world.foreign_number(living) if place % 4 == 1 else ""
                self.death(namesake, died, registered_address_code="990801", registered_address_text="远方县河口镇三里村4组")

    def births(self, share: float) -> None:
        """Children of the last two years: certificate, registration, and what offices make of both."""
        for mother in [person for person in self.world.people if person.sex == "2" and person.spouse and 1985 <= person.born.year <= 2003]:
            father = mother.spouse
            if father is None or self.pick.random() > share:
                continue
            born, sex, home = TODAY - dt.timedelta(self.pick.randint(75, 800)), self.pick.choice("12"), mother.home
            child = self.world.born(father.surname, sex, born, home, (father, mother), uyghur=father.transliterated)
            kind = self.pick.choice(["right"] * 6 + ["unregistered", "certificate", "ear", "date", "no event"])
            is_unnamed = not father.transliterated and self.pick.random() < 0.2
            called = f"{mother.name}之{'子' if sex == '1' else '女'}" if is_unnamed else child.name
            parents: Row = {"father_name": father.name, "father_id": father.number, "mother_name": mother.name, "mother_id": mother.number}
            certificate = str(self.certificate(mother, called, sex, born)["birth_cert_no"])
            if kind == "unregistered":
                self.expect("birth_not_registered", ("health_birth", certificate))
                continue
            written = parents | ({"mother_name": slips.by_ear(mother.name, self.pick), "mother_id": ""} if kind == "ear" else {})
            if kind == "date":
                child.born = born + dt.timedelta(self.pick.choice([1, -1, 10, 30]))
                child.number = self.world.issued(home.county, child.born, sex)
            row = self.register(child, registered_on=min(child.born + dt.timedelta(30), TODAY), **written)
            if kind != "no event":
                event = self.event("PB", row) | written | {"registered_on": row["registered_on"], "registration_kind": "birth"}
                place = self.pick.randrange(2, 10)
                typed = certificate[:place] + str(9 - int(certificate[place])) + certificate[place + 1 :]
                self.extracts["police_birth"].append(event | {"birth_cert_no": typed if kind == "certificate" else certificate})

    def certificate(self, mother: Person, called: str, sex: str, born: dt.date, **changes: object) -> Row:
        """A row of ``health_birth`` of a mother and her husband."""
        self._keys += 1
        row: Row = {"birth_cert_no": f"Y{990_000_000 + self._keys}", "child_name": called, "sex": sex, "birth_date": born}
        row |= {"mother_address_code": mother.home.county, "mother_address_text": mother.home.address()}
        row |= {"issued_on": born + dt.timedelta(5), "issue_kind": "first", "mother_name": mother.name, "mother_id": mother.number}
        father = mother.spouse
        row |= {"father_name": father.name if father else "", "father_id": father.number if father else ""} | changes
        self.extracts["health_birth"].append(row)
        return row

    def moves(self, count: int) -> None:
        """Moves between counties: landed, never landed, or still registered where they came from."""
        for person in self.take(count, lambda each: 1972 <= each.born.year < 1990 and each.father is not None):
            left, target = TODAY - dt.timedelta(self.pick.randint(120, 600)), self.world.home(outside=person.home.county)
            first, kind = self.residence[id(person)], self.pick.choice(["landed"] * 4 + ["not landed", "still there", "by ear"])
            papers: Row = {"permit_no": self.key("ZQ"), "certificate_no": self.key("QY"), "move_reason": "house"}
            if kind != "still there":
                first |= {"cancel_kind": "moved_out", "cancelled_on": left}
                gone = (
                    self.event("MO", first)
                    | papers
                    | {"moved_out_on": left, "destination_code": target.county, "destination_text": target.address()}
                )
                self.extracts["police_move_out"].append(gone)
            if kind == "not landed":
                self.expect("move_out_not_landed", ("police_move_out", gone["event_id"]))
                continue
            arrived = left + dt.timedelta(self.pick.randint(1, 25))
            relatives = {column: first[column] for column in RELATIVES}
            second = self.register(person.moved(target), registered_on=arrived, registration_kind="move_in", **relatives)
            event = (
                self.event("MI", second)
                | papers
                | {"moved_in_on": arrived, "origin_code": person.home.county, "origin_text": person.home.address()}
            )
            if kind == "by ear":
                event |= {"name": slips.by_ear(person.name, self.pick), "citizen_id": ""}
            self.extracts["police_move_in"].append(event)
            if kind == "still there":
                self.expect("move_in_origin_active", *(("police_resident", row["registration_id"]) for row in (first, second)))

    def event(self, prefix: str, row: Row) -> Row:
        """What every event of the police says of its registration."""
        columns = ("registration_id", "citizen_id", "name", "sex", "birth_date", "station_code")
        return {"event_id": self.key(prefix)} | {column: row[column] for column in columns}

    def write(self, folder: Path) -> None:
        """Write the extracts and ``truth.csv``."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.extracts.items():
            self.pick.shuffle(rows)
            _write(folder / f"{name}_{TODAY:%Y%m%d}.csv", list(rows[0]), [list(row.values()) for row in rows])
        _write(folder / "truth.csv", ["finding_type", "group_id", "record_type", "record_key"], self.truth)
        _write(folder / "decoys.csv", ["kind", "group_id", "record_type", "record_key"], self.spared)


def _write(path: Path, head: list[str], rows: list[list[object]] | list[tuple[str, str, str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
