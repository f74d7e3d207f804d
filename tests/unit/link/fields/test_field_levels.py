"""Levels of numbers, relatives, sex and addresses on literal values."""

import polars as pl
import pytest
from unissued import number

from reconcile.link.fields import address, certificate, sex
from reconcile.link.fields import kin as relatives
from reconcile.link.fields import number as numbers_of
from reconcile.link.fields.level import Field
from reconcile.standardise import addresses

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
    is_malformed = right_state == "malformed"
    frame = pl.DataFrame({
        "l_citizen_id": [left], "r_citizen_id": [None if is_malformed else right],
        "l_citizen_id_state": [left_state], "r_citizen_id_state": [right_state],
        "l_malformed_id": [None], "r_malformed_id": [right if is_malformed else None],
        "l_birth_date": [births[0]], "r_birth_date": [births[1]],
    }, schema_overrides={f"{side}_{column}": pl.String for side in ("l", "r") for column in ("citizen_id", "malformed_id")})  # fmt: skip
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
        (ONE[:10] + "9" + ONE[11:], "malformed", "one_edit"),
        (ONE[:9] + ONE[10:], "malformed", "one_edit"),
        (f"‘{ONE[:9]} 0{ONE[9:]}", "malformed", "one_edit"),
        (ONE[:17], "malformed", "one_edit_end"),
        (TWIN[:17], "malformed", "missing"),
        (ONE[:16], "malformed", "missing"),
        (ONE[:14], "malformed", "missing"),
    ],
)
def test_numbers(right: str | None, state: str, expected: str) -> None:
    births = ("1980-05-17", "1951-02-03" if right == STRANGER else "1980-05-17")
    assert numbers(ONE, "valid", right, state, births) == expected


def test_a_number_that_is_not_of_its_row_speaks_less_against() -> None:
    assert numbers(ONE, "valid", STRANGER, "valid", ("1980-05-17", "1951-02-03")) == "different"
    assert numbers(ONE, "valid", STRANGER, "valid", ("1980-05-17", "1980-05-17")) == "different_unproven"


@pytest.mark.parametrize("area", ["990101", "501101", "301101", "120101"])
@pytest.mark.parametrize(
    ("off", "state", "expected"), [(0, "checksum", "tail"), (0, "valid", "rounded"), (300, "checksum", "different_unproven")]
)
def test_a_number_that_a_program_rounded(area: str, off: int, state: str, expected: str) -> None:
    whole = next(each for order in range(5, 99) if not (each := number("1980-05-17", order, area)).endswith("X"))
    assert numbers(whole, "valid", str(int(float(whole)) + off), state) == expected


def test_two_numbers_that_lie_near_are_not_one_rounded() -> None:
    whole = number("1980-05-17", 5)
    assert numbers(whole, "valid", str(int(whole) - 20), "valid") == "place_day"


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
        ((ONE, "石秀", TYPED, "石秀"), "typed"),
        ((ONE, "石秀", EXCHANGED, None), "typed"),
        ((ONE, "石秀", EXCEL, "石秀"), "typed"),
        ((EXCEL, "石秀", EXCEL, "石秀"), "typed"),
        ((EXCEL, "石秀", EXCEL, "王芳"), "different"),
        ((ONE, "石秀", TYPED, "石绣"), "sound"),
        ((ONE, "石秀", TYPED, "王芳"), "different"),
        ((ONE, "石秀", STRANGER[:17] + "?", "石秀"), "name"),
        ((ONE, None, TWIN, "石秀"), "different"),
        ((None, "徐瑞", None, "徐睿"), "sound"),
        ((None, "刘末", None, "刘未"), "shape"),
        ((None, "杨生朋", None, "杨生明"), "similar"),
        ((None, "杨生朋", None, "杨生海"), "similar"),
        ((None, "阿布都·艾尼", None, "阿不都·艾尼"), "name"),
        ((None, "尹英", None, "尹英"), "missing"),
        ((None, "石秀", None, "石绣"), "sound"),
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


HERE = "990101"
FULL = "云岭县城关镇枫坳社区9组8号"


@pytest.mark.parametrize(
    ("left", "right", "areas", "expected"),
    [
        (FULL, FULL, (HERE, HERE), "house"),
        (FULL, "枫坳社区九组八号", (HERE, HERE), "house"),
        (FULL, "城关镇枫坳社区第9村民小组8", (HERE, None), "house"),
        (FULL, "黔原省云州市云岭县城关镇枫坳社区 ９组（8号）", (HERE, HERE), "house"),
        (FULL, "云岭城关镇枫坳社区9组8号附1号", (HERE, HERE), "house"),
        (FULL, "云岭县城关镇枫坳社区8号", (HERE, HERE), "house"),
        (FULL, "云岭市城关街道枫坳村9组8号", (HERE, HERE), "house"),
        (FULL, "云岭市城西街道枫坳村9组8号", (HERE, HERE), "county"),
        (FULL, "云岭县城关镇枫坳社区9组18号", (HERE, HERE), "group"),
        (FULL, "云岭县城关镇枫坳社区九组", (HERE, HERE), "group"),
        (FULL, "云岭县城关镇枫坳社区3组8号", (HERE, HERE), "village"),
        (FULL, "云岭县城关镇枫坳社区", (HERE, HERE), "village"),
        (FULL, "枫坳社区居委会", (HERE, HERE), "village"),
        ("枫坳社区", "枫坳社区", (HERE, HERE), "village"),
        (FULL, "云岭县城关镇白果村9组8号", (HERE, HERE), "town"),
        (FULL, "云岭县城关镇东风路8号", (HERE, HERE), "town"),
        (FULL, "云岭县河口乡枫坳社区9组8号", (HERE, HERE), "county"),
        (FULL, "9组", (HERE, HERE), "county"),
        (FULL, None, (HERE, HERE), "short"),
        (FULL, "云岭县城关镇", (HERE, HERE), "short"),
        (FULL, "城关镇", (HERE, HERE), "short"),
        (FULL, "云岭县河口乡", (HERE, HERE), "short"),
        (FULL, None, (None, HERE), "missing"),
        (FULL, "东风路8号", (None, HERE), "missing"),
        (FULL, "青溪县城关镇枫坳社区9组8号", (None, None), "different"),
        (FULL, "城关镇枫坳社区9组8号", (HERE, "990102"), "different"),
        (FULL, "云岭区城关镇枫坳社区9组8号", (HERE, "990102"), "house"),
        ("城关镇幸福小区2栋3单元501室", "幸福小区2栋3单元", (HERE, HERE), "house"),
        ("城关镇幸福小区2栋3单元501室", "幸福小区2幢4单元501室", (HERE, HERE), "village"),
        ("城关镇幸福小区2栋3单元501室", "阳光花园2栋3单元501室", (HERE, HERE), "county"),
        ("城关镇东风路12号", "东风路十二号", (HERE, HERE), "house"),
        ("城关镇东风路12号", "东风路13号", (HERE, HERE), "village"),
        ("城关镇东风路12号集体户", "东风路12号", (HERE, HERE), "village"),
        ("城关镇新寨村3组8号", "新寨村3组8号", (HERE, HERE), "house"),
        ("城关镇新寨村3组8号", "上寨村3组8号", (HERE, HERE), "county"),
    ],
)
def test_addresses(left: str, right: str | None, areas: tuple[str | None, str | None], expected: str) -> None:
    assert home(left, right, areas) == home(right, left, areas[::-1]) == expected


def home(left: str | None, right: str | None, areas: tuple[str | None, str | None]) -> str:
    texts = pl.LazyFrame({"text": [left, right]}, schema={"text": pl.String})
    read = addresses.read(texts).select(addresses.parts(pl.col("key")).alias("part")).unnest("part").collect()
    values = {f"{side}_address_{part}": value for side, row in zip("lr", read.rows(named=True), strict=True) for part, value in row.items()}
    return simple(address.FIELD, **values, l_area_code=areas[0], r_area_code=areas[1])
