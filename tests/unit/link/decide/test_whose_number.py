"""A death record with the number of somebody who lives and has nearly the name: a twin, a brother."""

from typing import Any

import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

HOME = "青溪县城关镇白果村5组46号"
TOLD = {"registered_address_text": HOME, "registered_address_code": "990101"}


def tier(store: Store, settings: Settings, registration: str) -> str | None:
    """Tier of the death of a registration; nothing where none is."""
    link.run(store, settings)
    return store.value("SELECT min(tier) FROM link.death WHERE registration_id = $registration", registration=registration)


@pytest.mark.parametrize(("died", "expected"), [("1980-06-20", "D"), ("2026-03-01", "B")])
def test_an_infant_with_the_number_of_a_twin_is_not_the_twins_death(
    store: Store, settings: Settings, add: Any, died: str, expected: str
) -> None:
    """The dead twin was never registered; of who died grown, a wrong character is an error of the record."""
    own = number("1980-05-17", 4)
    add("police_resident", {"registration_id": "R1", "name": "尹英梅", "citizen_id": own, "address_text": HOME})
    add("health_death", {"death_cert_no": "H1", "name": "尹英兰", "citizen_id": own, "death_date": died, **TOLD})
    assert tier(store, settings, "R1") == expected


@pytest.mark.parametrize(("home", "expected"), [(HOME, "D"), ("石坪县城东镇大湾村2组3号", "B")])
def test_a_brother_whose_number_filled_in_the_birth_date_is_not_dead(
    store: Store, settings: Settings, add: Any, home: str, expected: str
) -> None:
    """Who bears the very name of the record lives in the same house; somebody of that name elsewhere is nobody's brother."""
    informant = number("1980-05-17", 4)
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹建国", "citizen_id": informant, "address_text": HOME},
        {
            "registration_id": "R2",
            "name": "尹建军",
            "citizen_id": number("1975-02-03", 6),
            "birth_date": "1975-02-03",
            "address_text": home,
        },
    )
    add("health_death", {"death_cert_no": "H1", "name": "尹建军", "citizen_id": informant, **TOLD})
    assert tier(store, settings, "R1") == expected
