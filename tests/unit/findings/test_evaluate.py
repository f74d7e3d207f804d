"""Evaluation against a truth file, with figures worked out by hand."""

from __future__ import annotations

import pytest
from cases import fill

from reconcile import evaluate, findings, terminal
from reconcile.errors import InputRefusedError, UsageError
from reconcile.home import Home

VALID = "990101199001010019"
REGISTER = [
    {"registration_id": "R1", "citizen_id": VALID},
    {"registration_id": "R2", "citizen_id": VALID},
    {"registration_id": "R3", "citizen_id": VALID, "birth_date": "1990-01-02"},
    {"registration_id": "R4", "name": "甲乙·丙丁", "citizen_id_state": "malformed"},
    {"registration_id": "R5", "name": "李二", "citizen_id_state": "malformed"},
    {"registration_id": "R6", "citizen_id_state": "missing", "registered_on": ""},
]
PERSONS = [{"registration_id": key, "person_id": "R1"} for key in ("R1", "R2")]
TRUTH = """finding_type,group_id,record_type,record_key
duplicate_registration,1,police_resident,R2
duplicate_registration,1,police_resident,R1
number_invalid,2,police_resident,R4
number_invalid,3,police_resident,R9
type_to_come,4,health_birth,B1
"""
DECOYS = """kind,group_id,record_type,record_key
twins,1,police_resident,R1
twins,1,police_resident,R2
namesakes,2,police_resident,R5
namesakes,2,police_resident,R6
strangers,3,police_resident,R6
"""


@pytest.fixture
def home(nights):
    with nights.open() as store:
        pairs = [{"left_key": "R1", "right_key": "R2"}]
        fill(store, {"std.police_resident": REGISTER, "link.person": PERSONS, "link.registration_pair": pairs})
        findings.run(store, store.settings)
        home = store.settings.home
        home.published.mkdir()
        store.copy_to(home.latest)
    return home


def write(folder, truth, decoys=None):
    (folder / "truth.csv").write_text(truth, encoding="utf-8")
    if decoys is not None:
        (folder / "decoys.csv").write_text(decoys, encoding="utf-8")
    return folder / "truth.csv"


def test_figures_count_exact_subjects_of_the_types_the_truth_speaks_about(home, tmp_path):
    result = evaluate.evaluate(home, write(tmp_path, TRUTH, DECOYS))
    types = {row["finding_type"]: row for row in result.types.iter_rows(named=True)}
    assert set(types) == {"duplicate_registration", "number_invalid"}
    assert types["duplicate_registration"] | {"finding_type": ""} == {
        "finding_type": "",
        "expected": 1,
        "found": 1,
        "right": 1,
        "recall": 1.0,
        "precision": 1.0,
        "f1": 1.0,
    }
    # R4 and R5 are found, R6 is of tier D; R4 and R9 are expected.
    assert types["number_invalid"] | {"finding_type": ""} == {
        "finding_type": "",
        "expected": 2,
        "found": 2,
        "right": 1,
        "recall": 0.5,
        "precision": 0.5,
        "f1": 0.5,
    }
    assert result.macro_f1 == 0.75
    assert result.not_built == ["type_to_come"]


def test_a_decoy_is_flagged_by_a_wrong_finding_about_it_only(home, tmp_path):
    result = evaluate.evaluate(home, write(tmp_path, TRUTH, DECOYS))
    assert result.decoys.rows() == [("namesakes", 1, 1), ("strangers", 1, 0), ("twins", 1, 0)]
    assert result.decoy_rate == pytest.approx(1 / 3)
    wrong = TRUTH.replace("duplicate_registration,1", "duplicate_registration,7", 1)
    split = evaluate.evaluate(home, write(tmp_path, wrong, DECOYS))
    assert dict(split.decoys.select("kind", "flagged").iter_rows())["twins"] == 1


def test_one_record_of_two_in_a_finding_about_two_is_no_decoy_flagged(home, tmp_path):
    decoys = "kind,group_id,record_type,record_key\nnamesakes,1,police_resident,R1\nnamesakes,1,police_resident,R5\n"
    truth = "finding_type,group_id,record_type,record_key\nduplicate_registration,1,police_resident,R1\n"
    assert evaluate.evaluate(home, write(tmp_path, truth, decoys)).decoys.rows() == [("namesakes", 1, 0)]


def test_a_living_person_listed_as_dead_is_counted_by_name(nights, tmp_path):
    death = {"death_id": "H1", "health_key": "H1", "registration_id": "R1", "death_date": "2026-05-03"}
    with nights.open() as store:
        fill(store, {"std.police_resident": REGISTER[:1], "std.health_death": [{"death_cert_no": "H1"}], "link.death": [death]})
        findings.run(store, store.settings)
        published = store.settings.home
        published.published.mkdir()
        store.copy_to(published.latest)
    head = "finding_type,group_id,record_type,record_key\n"
    for registration, living in (("R1", 0), ("R2", 1)):
        truth = write(tmp_path, f"{head}death_not_cancelled,1,police_resident,{registration}\n")
        assert evaluate.evaluate(published, truth).living_as_dead == living


def test_long_names_stand_beside_the_rest(home, tmp_path):
    names = {row["names"]: row for row in evaluate.evaluate(home, write(tmp_path, TRUTH)).names.iter_rows(named=True)}
    assert (names["separator or > 4"]["recall"], names["separator or > 4"]["precision"]) == (1.0, 1.0)
    assert (names["the rest"]["expected"], names["the rest"]["found"], names["the rest"]["right"]) == (2, 2, 1)


def test_what_is_printed_says_what_is_not_built(home, tmp_path, capsys):
    terminal.show_evaluation(evaluate.evaluate(home, write(tmp_path, TRUTH, DECOYS)))
    shown = capsys.readouterr().out
    assert "Not built yet: type_to_come" in shown
    assert "0.750" in shown
    assert "Listed as dead, and not so by the truth: 0" in shown
    assert "0.3333" in shown


def test_no_truth_file_is_a_wrong_call(home, tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        evaluate.evaluate(home, tmp_path / "none.csv")


def test_no_publication_is_a_wrong_call(tmp_path):
    with pytest.raises(UsageError, match="latest"):
        evaluate.evaluate(Home(tmp_path / "empty"), write(tmp_path, TRUTH))


@pytest.mark.parametrize(
    "text",
    ["", "finding_type,group_id\na,b\n", "finding_type,group_id,record_type,record_key\nnumber_invalid,,police_resident,R1\n", 'a,b\n"1'],
)
def test_a_truth_file_of_another_form_is_refused(home, tmp_path, text):
    with pytest.raises(InputRefusedError, match=r"truth\.csv"):
        evaluate.evaluate(home, write(tmp_path, text))


def test_a_truth_file_in_another_encoding_is_refused(home, tmp_path):
    (tmp_path / "truth.csv").write_bytes(TRUTH.replace("R9", "人").encode("gbk"))
    with pytest.raises(InputRefusedError, match=r"truth\.csv"):
        evaluate.evaluate(home, tmp_path / "truth.csv")
