"""Levels of numbers, relatives, sex and addresses on literal values."""

import polars as pl
import pytest
from unissued import number

from reconcile.link.fields import address, certificate, sex
from reconcile.link.fields import kin as relatives
from reconcile.link.fields import number as numbers_of
from reconcile.link.fields.level import Field

ONE = number("1980-05-17", 4)
TWIN = number("1980-05-17", 6)
STRANGER = number("1951-02-03", 120, "990205")
EXCEL = ONE[:15] + "000"
TYPED = ONE[:10] + ("1" if ONE[10] != "1" else "2") + ONE[11:]
EXCHANGED = ONE[:7] + ONE[8] + ONE[7] + ONE[9:]
ENDED = ONE[:16] + ("1" if ONE[16] != "1" else "2") + ONE[17:]


def numbers(
    left: str | None, left_state: str, right: str | None, right_state: str, births: tuple[str, str] = ("1980-05-17", "1980-05-17")
) -> str:
    frame = pl.DataFrame({
        "l_citizen_id": [left], "r_citizen_id": [right], "l_citizen_id_state": [left_state], "r_citizen_id_state": [right_state],
        "l_birth_date": [births[0]], "r_birth_date": [births[1]],
    }, schema_overrides={"l_citizen_id": pl.String, "r_citizen_id": pl.String})  # fmt: skip
    frame = frame.with_columns(pl.col("l_birth_date", "r_birth_date").str.to_date())
    return numbers_of.FIELD.find(numbers_of.FIELD, frame).item()


@pytest.mark.parametrize(
    ("right", "state", "expected"),
    [
        (ONE, "valid", "equal"),
        (ONE, "upgraded", "equal"),
        (ONE, "checksum", "equal_unproven"),
        (EXCEL, "excel_tail", "tail"),
        (TYPED, "checksum", "one_edit"),
        (EXCHANGED, "checksum", "one_edit"),
        (ENDED, "checksum", "one_edit_end"),
        (TWIN, "valid", "place_day"),
        (number("1980-05-17", 300), "valid", "place_day"),
        (number("1980-05-17", 300, "990205"), "valid", "different"),
        (STRANGER, "checksum", "different_unproven"),
        (None, "missing", "missing"),
    ],
)
def test_numbers(right: str | None, state: str, expected: str) -> None:
    births = ("1980-05-17", "1951-02-03" if right == STRANGER else "1980-05-17")
    assert numbers(ONE, "valid", right, state, births) == expected


def test_a_number_that_is_not_of_its_row_speaks_less_against() -> None:
    assert numbers(ONE, "valid", STRANGER, "valid", ("1980-05-17", "1951-02-03")) == "different"
    assert numbers(ONE, "valid", STRANGER, "valid", ("1980-05-17", "1980-05-17")) == "different_unproven"


def kin(left_id: str | None, left_name: str | None, right_id: str | None, right_name: str | None) -> str:
    values = {"l_mother_id": left_id, "l_mother_name_key": left_name, "r_mother_id": right_id, "r_mother_name_key": right_name}
    values |= {"l_name_key": "尹英梅", "r_name_key": "尹英梅"}
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, schema_overrides=dict.fromkeys(values, pl.String))
    return relatives.MOTHER.find(relatives.MOTHER, frame).item()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((ONE, "石秀", ONE, "石绣"), "number"),
        ((None, "石秀", ONE, "石秀"), "name"),
        ((ONE, "石秀", TWIN, "石秀"), "namesake"),
        ((None, "尹英", None, "尹英"), "missing"),
        ((None, "石秀", None, "石绣"), "similar"),
        ((ONE, "石秀", TWIN, "石绣"), "different"),
        ((None, "石秀", None, "王芳"), "different"),
        ((None, "石秀", ONE, None), "missing"),
        ((None, None, None, None), "missing"),
    ],
)
def test_relatives(values: tuple[str | None, str | None, str | None, str | None], expected: str) -> None:
    assert kin(*values) == expected


@pytest.mark.parametrize(
    ("child", "father", "expected"),
    [
        ("阿布都·艾尼", "艾尼", "missing"),
        ("阿布都·艾尼", "艾尼·马木提", "name"),
        ("古丽·阿布都拉", "阿不都拉", "missing"),
        ("古丽·阿布都热合曼", "阿卜杜热合曼", "missing"),
        ("古丽·阿布都热合曼", "阿卜杜热合曼·买买提", "name"),
        ("古丽·艾尼", "马木提", "name"),
    ],
)
def test_a_fathers_name_is_a_witness_only_beyond_the_name_of_the_child(child: str, father: str, expected: str) -> None:
    values = {"father_id": None, "father_name_key": father, "name_key": child}
    keys = {f"{side}_{column}": value.replace("·", "") if value else None for side in "lr" for column, value in values.items()}
    assert simple(relatives.FATHER, **keys) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"), [("Z1", "Z1", "equal"), ("Z1", "Z2", "different"), (None, "Z1", "missing"), ("", "", "missing")]
)
def test_certificates(left: str | None, right: str, expected: str) -> None:
    assert simple(certificate.FIELD, l_certificate_no=left, r_certificate_no=right) == expected


def simple(field: Field, **values: str | None) -> str:
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, schema_overrides=dict.fromkeys(values, pl.String))
    return field.find(field, frame).item()


@pytest.mark.parametrize(
    ("left", "right", "expected"), [("1", "1", "equal"), ("1", "2", "different"), ("0", "1", "missing"), (None, "1", "missing")]
)
def test_sex(left: str | None, right: str, expected: str) -> None:
    assert simple(sex.FIELD, l_sex=left, r_sex=right) == expected


@pytest.mark.parametrize(
    ("left", "right", "areas", "expected"),
    [
        ("青溪县城关镇白果村5组46号", "青溪县城关镇白果村5组46号", ("990101", "990101"), "equal"),
        ("青溪县城关镇白果村5组46号", "城关镇白果村5组46号", ("990101", "990101"), "similar"),
        ("青溪县城关镇白果村5组46号", "青溪县城关镇白果村5组47号", ("990101", "990101"), "area"),
        ("青溪县城关镇白果村5组46号", None, ("990101", "990101"), "area"),
        ("青溪县城关镇白果村5组46号", "云岭县河口乡石坝村2组8号", ("990101", "990102"), "different"),
        ("青溪县城关镇白果村5组46号", None, ("990101", None), "missing"),
    ],
)
def test_addresses(left: str, right: str | None, areas: tuple[str, str | None], expected: str) -> None:
    assert simple(address.FIELD, l_address_key=left, r_address_key=right, l_area_code=areas[0], r_area_code=areas[1]) == expected
