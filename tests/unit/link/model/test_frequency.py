"""How often two people have parents of one name by chance, on a few literal registrations."""

from typing import Any

import pytest

from reconcile.link.model import frequency
from reconcile.store import Store

CHILD = "(1, 'police_resident', {key!r}, DATE '{born}', {name!r}, {father!r}, {number}, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR))"


def register(store: Store, *children: tuple[str, str, str, str | None]) -> None:
    """Registrations of name, birth date, father's name and his number."""
    rows = ", ".join(
        CHILD.format(key=f"R{at}", born=born, name=name, father=father, number=f"'{number}'" if number else "NULL")
        for at, (name, born, father, number) in enumerate(children)
    )
    store.execute(f"""
        CREATE OR REPLACE TEMP TABLE numbered_record AS SELECT * FROM (VALUES {rows}) AS listed (
            record_no, record_type, record_key, birth_date, name_key, father_name_key, father_id, mother_name_key, mother_id)""")


@pytest.mark.parametrize(
    ("second", "pairs", "shared"),
    [
        (("尹梅", "1985-01-01", "尹建国", "F2"), 2.0, 2.0),  # two fathers of one name
        (("尹梅", "1985-01-01", "尹建国", "F1"), 0.0, 0.0),  # one father of two children is no chance
        (("尹梅", "1985-01-01", "尹建国", None), 2.0, 2.0),  # nobody knows whether he is the same
        (("尹梅", "1985-01-01", "尹志强", "F2"), 2.0, 0.0),
        (("尹梅", "1965-01-01", "尹建国", "F2"), 0.0, 0.0),  # another generation
        (("石梅", "1985-01-01", "尹建国", "F2"), 0.0, 0.0),  # another surname
    ],
)
def test_parents_are_shared_by_chance_among_people_of_one_surname_and_decade(
    store: Store, second: tuple[Any, ...], pairs: float, shared: float
) -> None:
    register(store, ("尹芳", "1982-05-05", "尹建国", "F1"), second)
    of_father = frequency.parents(store).filter(field="father")
    assert of_father["pairs"].unique().to_list() == [pairs]
    assert dict(of_father.select("frequency", "shared").rows())["rare"] == shared
