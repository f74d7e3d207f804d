"""Two models on one night: what a changed weight does, and that the home stays as it was."""

import json

import polars as pl
import pytest
from installation import digest

from reconcile import consult
from reconcile.errors import UsageError

HEAVIER = 60.0
"""Bits: outweighs every other field."""


@pytest.fixture(scope="module")
def changed(good_night, tmp_path_factory):
    """A model for which hardly any two registrations are one person before their fields are looked at, as a file of its own."""
    (version,) = good_night.home.model_versions()
    told = json.loads(good_night.home.model(version).read_text(encoding="utf-8"))
    told["jobs"]["registration"]["weights"]["prior"][""]["person"] *= 2.0**-HEAVIER
    file = tmp_path_factory.mktemp("model") / "changed.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return version, file


def files_of(home):
    return {str(path.relative_to(home)): digest(path) for path in home.root.rglob("*") if path.is_file()}


def test_a_changed_weight_shows_in_pairs_persons_and_findings(good_night, changed):
    home = good_night.home
    version, file = changed
    before = files_of(home)
    comparison = consult.compare_models(home, version, str(file))
    assert files_of(home) == before
    assert not home.comparison.exists()
    # Only registrations have another prior, and a lower one never makes a match.
    assert set(comparison.pairs["job"]) == {"registration"}
    assert comparison.pairs["before"].str.starts_with("match").all()
    (persons,) = comparison.persons.rows(named=True)
    assert persons["after"] - persons["before"] >= persons["split"] > 0
    assert persons["merged"] == 0
    duplicates = comparison.findings.row(by_predicate=pl.col("finding_type") == "duplicate_registration", named=True)
    assert duplicates["lost"] > 0
    assert duplicates["after"] == duplicates["before"] - duplicates["lost"] + duplicates["gained"]


def test_one_model_by_two_names_changes_nothing(good_night, changed, tmp_path):
    version, _ = changed
    again = tmp_path / "again.json"
    again.write_bytes(good_night.home.model(version).read_bytes())
    comparison = consult.compare_models(good_night.home, version, str(again))
    assert comparison.changes.is_empty()
    assert comparison.findings["before"].sum() > 0


@pytest.mark.parametrize("which", [0, 1])
def test_a_model_that_is_not_there_is_answered_with_those_that_are(good_night, changed, which):
    models = [changed[0], changed[0]]
    models[which] = "0009-00000000"
    with pytest.raises(UsageError, match=rf"model 0009-00000000: no such version .* There are {changed[0]}\."):
        consult.compare_models(good_night.home, *models)
    assert not good_night.home.comparison.exists()
