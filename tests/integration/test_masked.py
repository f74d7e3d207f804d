"""No value of a person is in the masked publication of the sample, and engineers can work with it all the same."""

import datetime as dt
import hashlib
import shutil

import duckdb
import pytest

from reconcile import masked
from reconcile.contract import masks
from reconcile.contract.masks import Mask
from reconcile.contract.warehouse import TABLES
from reconcile.settings import Settings
from reconcile.store import Store

NAMES = "name former_names father_name mother_name spouse_name child_name"
NUMBERS = "citizen_id father_id mother_id spouse_id death_cert_no cremation_cert_no birth_cert_no replaces_cert_no permit_no certificate_no"
TEXTS = "address_text registered_address_text mother_address_text origin_text destination_text note raw_row reason"
PRIVATE = {*NAMES.split(), *NUMBERS.split(), *TEXTS.split()}
FORMS = ("", "_key", "_raw")
HISTORY = """
('confirmed', 'open'), ('tier', 'B → A'), ('station_code', '990101501000 → '), ('variant', 'a → b'),
('evidence', 'health_death:Y980000199 death_date')
"""
COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()
INNER JOIN duckdb_tables() USING (schema_name, table_name) WHERE data_type IN ('VARCHAR', 'DATE')
"""


@pytest.fixture(scope="module")
def pair(good_night, tmp_path_factory):
    """The publication, and the same night masked."""
    home = tmp_path_factory.mktemp("masked") / "home"
    shutil.copytree(good_night.home, home, symlinks=True)
    settings = Settings(home=home, as_of=dt.date(2026, 11, 21))
    with Store(settings, "20261121-01") as store, store.transaction():
        note = "INSERT INTO ops.judgement (finding_id, note) SELECT min(finding_id), '张三丰住在幸福里' FROM find.finding"
        store.execute(note)
        store.execute(f"""
            INSERT INTO find.history BY NAME
            SELECT min(finding_id) AS finding_id, DATE '2026-11-22' AS as_of, '20261122-01' AS run_id, changed.change, changed.detail
            FROM find.finding CROSS JOIN (VALUES {HISTORY}) AS changed (change, detail) GROUP BY ALL""")
    with Store(settings, "20261121-01") as store:
        masked.write(store, home / "masked.duckdb")
    shown = duckdb.connect(str(home / "masked.duckdb"), read_only=True)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as full:
        yield full, shown
    shown.close()


def values(database, chosen):
    """Distinct values of the text columns that are chosen."""
    parts = [
        f'SELECT "{column}" AS value FROM {table}'
        for table, column, sql_type in database.execute(COLUMNS).fetchall()
        if sql_type == "VARCHAR" and chosen(table, column)
    ]
    return database.execute(f"SELECT DISTINCT value FROM ({' UNION ALL '.join(parts)}) WHERE length(value) > 1").pl()["value"]


def test_no_value_of_a_private_column_stands_anywhere_in_the_masked_file(pair):
    full, shown = pair
    names = {name + form for name in PRIVATE for form in FORMS}
    private = values(full, lambda table, column: column in names and (table, column) != ("ops.metric", "name") and table[:4] != "ref.")
    offices = values(full, lambda table, column: table == "std.station" or column in ("address_county", "words", "meaning", "sentence"))
    private = private.filter(~private.is_in(offices.implode()))
    assert len(private) > 20_000
    assert "张三丰住在幸福里" in private
    found = values(shown, lambda *_: True)
    where = found.filter(found.is_in(private.implode()))
    assert where.to_list() == []
    # Names and numbers in the middle of a text, but for what is so short that it stands in any.
    long = private.filter((private.str.len_chars() > 5) | ((private.str.len_chars() > 2) & ~private.str.contains("^[ -~]*$")))
    held = found.filter(~found.is_in(offices.implode()))
    assert held.filter(held.str.contains_any(long.to_list())).to_list() == []


def test_a_birth_date_is_a_year_and_a_death_a_month(pair):
    full, shown = pair
    for table, column, sql_type in shown.execute(COLUMNS).fetchall():
        if sql_type == "DATE" and column in ("birth_date", "id_card_issued_on"):
            assert shown.execute(f"SELECT count(*) FROM {table} WHERE month({column}) <> 1 OR day({column}) <> 1").fetchone() == (0,)
        if sql_type == "DATE" and column in ("death_date", "cremated_on", "relocated_on", "activity_on"):
            assert shown.execute(f"SELECT count(*) FROM {table} WHERE day({column}) <> 1").fetchone() == (0,)
    years = "SELECT list_sort(list(DISTINCT year(birth_date))) FROM std.police_resident"
    assert shown.execute(years).fetchone() == full.execute(years).fetchone()


def test_it_has_the_same_tables_views_comments_and_rows(pair):
    full, shown = pair
    for question in (
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    ):
        assert shown.execute(question).fetchall() == full.execute(question).fetchall()
    relations = full.execute("SELECT table_schema || '.' || table_name FROM information_schema.tables").fetchall()
    assert len(relations) > 80
    for (relation,) in relations:  # a view that multiplied rows would show it
        count = f"SELECT count(*) FROM {relation}"
        assert shown.execute(count).fetchone() == full.execute(count).fetchone(), relation


def test_changes_of_findings_are_told_like_in_the_publication_and_no_key_with_them(pair):
    full, shown = pair
    told = "SELECT change, before, after FROM find.change WHERE run_id = '20261122-01' ORDER BY ALL"
    assert shown.execute(told).fetchall() == full.execute(told).fetchall()
    assert shown.execute(told).fetchall() == [
        ("station", "990101501000", None),
        ("status", "open", "confirmed"),
        ("tier", "B", "A"),
    ]
    hidden = "SELECT change FROM find.history WHERE detail IS NULL AND run_id = '20261122-01' ORDER BY 1"
    assert shown.execute(hidden).fetchall() == [("evidence",), ("variant",)]


def test_keys_still_lead_from_a_finding_to_its_records(pair):
    full, shown = pair
    joined = "SELECT count(*) FROM find.subject INNER JOIN std.{0} ON record_type = '{0}' AND record_key = {1}"
    for extract, key in (("police_resident", "registration_id"), ("health_death", "death_cert_no"), ("health_birth", "birth_cert_no")):
        question = joined.format(extract, key)
        assert shown.execute(question).fetchone() == full.execute(question).fetchone() != (0,)
    keyed = "SELECT count(*) FROM link.death INNER JOIN std.civil_cremation ON cremation_key = cremation_cert_no"
    assert shown.execute(keyed).fetchone() == full.execute(keyed).fetchone() != (0,)


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("name", "张三丰", "张某"),
        ("name", "欧阳娜", "欧阳某"),
        ("name", "欧阳", "欧某"),
        ("name", "买买提·艾力", "买某"),
        ("name", "王", "王某"),
        ("name", "", None),
        ("citizen_id", "990101199001011234", "…1234"),
        ("citizen_id", "990101900101123", "…1123"),
        ("citizen_id", "1234", "…"),
        ("citizen_id_raw", "990101199001011234\t", "…234\t"),
        ("note", "张三丰", None),
        ("birth_date", "1990-01-01", "1990"),
        ("birth_date", "19900101", "1990"),
        ("birth_date", "1990年1月1日", "1990"),
        ("birth_date", "32874", "…"),
        ("birth_date", "20530", "…"),
        ("birth_date", "张三丰", "…"),
        ("address_text", "幸福里3号", "…"),
        ("station_code", "990101501000", "990101501000"),
        ("what_nobody_declared", "张三丰", None),
    ],
)
def test_a_value_is_shown_as_its_class_says(column, value, shown):
    expression = masks.expression("raw.any", column, "VARCHAR", {column})
    assert duckdb.execute(f'SELECT {expression} FROM (SELECT $value AS "{column}")', {"value": value}).fetchone() == (shown,)


@pytest.mark.parametrize("salt", ["one key", "another"])
def test_the_number_of_a_certificate_is_a_hash_that_takes_the_key(salt):
    expression = masks.expression("raw.any", "death_cert_no", "VARCHAR", {"death_cert_no"})
    shown = duckdb.execute(f"SELECT {expression} FROM (SELECT $value AS death_cert_no)", {"value": "990101190001011234", "salt": salt})
    assert shown.fetchone() == (hashlib.sha256(f"{salt}990101190001011234".encode()).hexdigest()[:16],)


def test_an_address_shows_its_county():
    there = {"origin_text": "云岭县幸福里3号", "origin_code": "990101"}
    expression = masks.expression("std.any", "origin_text", "VARCHAR", there)
    assert duckdb.execute(
        f"SELECT {expression} FROM (SELECT $origin_text AS origin_text, $origin_code AS origin_code)", there
    ).fetchone() == ("990101",)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_of_every_text_column_somebody_has_said_what_is_shown(table):
    unknown = [column.name for column in table.columns if column.type == "VARCHAR" and masks.known(table.name, column.name) is None]
    assert unknown == []


def test_every_mask_is_used():
    used = {masks.known(table.name, column.name) for table in TABLES.values() for column in table.columns}
    assert used >= set(Mask)
