"""The contracts against the JSON schema that the Open Data Contract Standard publishes, as its own package ships it."""

import copy
import json
from importlib.resources import files

import jsonschema
import pytest

from reconcile import odcs


@pytest.fixture(scope="module")
def standard():
    schema = json.loads((files("open_data_contract_standard") / "schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["apiVersion"]["enum"][0] == "v3.1.0"
    kind = jsonschema.validators.validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def contracts():
    return odcs.contracts()


@pytest.mark.parametrize("schema", sorted(odcs.PUBLISHED))
def test_a_contract_is_one_by_the_standard(standard, contracts, schema):
    contract = contracts[schema]
    assert [f"{'/'.join(map(str, one.path))}: {one.message}" for one in standard.iter_errors(contract)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda contract: contract.pop("apiVersion"),
        lambda contract: contract.update(kind="Contract"),
        lambda contract: contract["schema"][0]["properties"][0].update(logicalType="varchar"),
        lambda contract: contract["schema"][0]["properties"][0].update(primaryKeyPosition="first"),
        lambda contract: contract["servers"][0].pop("database"),
    ],
)
def test_what_is_none_by_the_standard_would_be_seen(standard, contracts, spoil):
    contract = copy.deepcopy(contracts["ref"])
    spoil(contract)
    assert not standard.is_valid(contract)
