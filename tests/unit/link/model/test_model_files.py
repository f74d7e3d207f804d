"""Models as files: trained on purpose, pinned or newest, equal bytes for equal registers; and registers with something missing."""

from pathlib import Path
from typing import Any

import pytest
from strangers import people

from reconcile import link
from reconcile.errors import UsageError
from reconcile.home import Home
from reconcile.link import pairing
from reconcile.link.jobs import REGISTRATION
from reconcile.link.model import file
from reconcile.settings import Settings
from reconcile.store import Store


def files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.home.models.glob("*.json")}


def test_the_first_night_writes_its_model_and_a_second_home_the_same_bytes(
    store: Store, settings: Settings, add: Any, tmp_path: Path
) -> None:
    add("police_resident", *people(60))
    assert link.run(store, settings)["models_trained"] == 1
    (name,) = files(settings)
    assert store.execute("SELECT DISTINCT version FROM link.model").fetchall() == [(name.removesuffix(".json"),)]
    elsewhere = settings.model_copy(update={"home": Home(tmp_path / "other")})
    version, path = pairing.learn(store, elsewhere)
    assert path.read_bytes() == files(settings)[name]
    assert version == name.removesuffix(".json")
    columns = ", ".join(file.read(path).rows().columns)
    kept = store.frame(f"SELECT {columns} FROM link.model")
    assert file.read(path).rows().sort("job", "field", "level").equals(kept.sort("job", "field", "level"))


def test_training_again_on_the_same_register_makes_no_second_model(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", *people(60))
    link.run(store, settings)
    before = files(settings)
    pairing.learn(store, settings)
    assert files(settings) == before


def test_the_newest_model_decides_unless_one_is_pinned(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", *people(60))
    first, _ = pairing.learn(store, settings)
    add("police_resident", *({**row, "registration_id": f"S{row['registration_id']}"} for row in people(40)))
    second, _ = pairing.learn(store, settings)
    assert second.startswith("0002-")
    link.run(store, settings)
    assert store.value("SELECT any_value(version) FROM link.model") == second
    link.run(store, settings.model_copy(update={"model": first}))
    assert store.value("SELECT any_value(version) FROM link.model") == first


def test_a_pinned_model_that_is_not_there_or_not_whole_is_refused(store: Store, settings: Settings, add: Any) -> None:
    with pytest.raises(UsageError, match="no model"):
        link.run(store, settings.model_copy(update={"model": "0009-00000000"}))
    add("police_resident", *people(3))
    version, path = pairing.learn(store, settings)
    path.write_text(path.read_text(encoding="utf-8").replace('"wildcard"', '"forgotten"'), encoding="utf-8")
    with pytest.raises(UsageError, match="other fields or levels"):
        link.run(store, settings.model_copy(update={"model": version}))
    assert link.run(store, settings)["models_trained"] == 1


def test_there_is_nothing_to_learn_from_an_empty_register(store: Store, settings: Settings) -> None:
    with pytest.raises(UsageError, match="no register"):
        pairing.learn(store, settings)


def test_what_a_station_said_is_learned(store: Store, settings: Settings, add: Any) -> None:
    add("police_resident", *people(60), {"registration_id": "T1", "name": "尹梅梅", "birth_date": "1950-01-01", "sex": "1"})
    silent, _ = pairing.learn(store, settings)
    store.execute("INSERT INTO ops.judged_pair VALUES ('F1', 'R00000', 'T1', 'same', CAST('2026-11-01' AS DATE), 1)")
    told, path = pairing.learn(store, settings)
    assert told != silent
    models = {version: file.read(settings.home.models / f"{version}.json").of(REGISTRATION) for version in (silent, told)}
    by_sex = {version: dict(one.filter(field="sex").select("level", "person").rows()) for version, one in models.items()}
    assert by_sex[told]["different"] > by_sex[silent]["different"]
    assert path.is_file()


def test_a_register_without_numbers_lists_nothing_for_its_score_alone(store: Store, settings: Settings, add: Any) -> None:
    rows = people(1_100, numbered=False, father_name="尹建国", mother_name="石秀")
    parents = {"father_name": "丁大海", "mother_name": "马小燕"}
    add("police_resident", *rows, *({**rows[at], **parents, "registration_id": f"S{at}"} for at in range(8)))
    add("police_resident", *({**rows[at], **parents, "registration_id": f"U{at}"} for at in range(8)))
    counts = link.run(store, settings)
    assert counts["without_numbers", "registration"] == 1
    assert store.value("SELECT count(*) FROM link.registration_pair WHERE tier IN ('A', 'B', 'C')") == 0


def test_with_numbers_the_same_pairs_are_listed(store: Store, settings: Settings, add: Any) -> None:
    rows = people(1_100)
    parents = {"father_name": "丁大海", "mother_name": "马小燕", "citizen_id": None}
    for prefix in ("S", "U"):
        add("police_resident", *({**rows[at], **parents, "registration_id": f"{prefix}{at}"} for at in range(8)))
    add("police_resident", *rows)
    counts = link.run(store, settings)
    assert ("without_numbers", "registration") not in counts
    listed = "SELECT count(*) FROM link.registration_pair WHERE tier = 'C' AND starts_with(left_key, 'S') AND starts_with(right_key, 'U')"
    assert store.value(listed) == 8


def test_what_many_state_as_mother_or_home_is_a_weaker_witness(store: Store, settings: Settings, add: Any) -> None:
    """A word that no list has stands for unknown in a tenth of the register; a mother and a house that two records share stand out."""
    rows = people(400)
    filled = {"mother_name": "王秀英", "address_text": "九里村1号"}
    known = {"mother_name": "丁石兰", "address_text": "八里村7号"}
    twice = [{**row, **same, "citizen_id": None, "registration_id": f"{at}{row['registration_id']}"}
             for row, same in ((rows[50], filled), (rows[60], known)) for at in "ST"]  # fmt: skip
    add("police_resident", *({**row, **filled} if at < 19 else row for at, row in enumerate(rows)), *twice)
    link.run(store, settings)
    weights = dict(
        store.execute("SELECT right(left_key, 2), match_weight FROM link.registration_pair WHERE starts_with(left_key, 'S')").fetchall()
    )
    assert weights["50"] < weights["60"]


def test_an_empty_field_is_named_in_the_measures(store: Store, settings: Settings, add: Any) -> None:
    rows = people(600, address_text=None)
    add("police_resident", *rows, *({**row, "registration_id": f"S{row['registration_id']}"} for row in rows))
    counts = link.run(store, settings)
    assert counts["field_unused", "registration mother"] == 1.0
    assert ("field_unused", "registration name") not in counts
