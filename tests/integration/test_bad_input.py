"""What bad input gets: one clear message, the documented exit code, and yesterday's publication as it was."""

import datetime as dt
import gzip
import io
import subprocess
import sys
import zipfile

import pytest

from reconcile.store import Reader

MORROW = dt.date(2026, 11, 22)
HEADER = "火化证明编号,姓名,死亡日期,火化日期"
ROW = "HH20261122,王火化,2026-11-20,2026-11-21"
GOOD = f"{HEADER}\n{ROW}\n"


def workbook_without_sheets():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        )
    return made.getvalue()


REFUSED = {
    "missing required column": ("csv", GOOD.replace(",姓名", "").replace(",王火化", "").encode(), "姓名"),
    "unknown column": ("csv", f"{HEADER},星座\n{ROW},白羊\n".encode(), "星座"),
    "unreadable encoding": ("csv", GOOD.encode() + b"\xff\xff\x81\x00\xfe\n" * 3, ""),
    "another encoding than it can be": ("csv", GOOD.encode("utf-32"), ""),
    "empty file": ("csv", b"", "empty"),
    "truncated gzip": ("csv.gz", gzip.compress(GOOD.encode() * 500, mtime=0)[:-40], ""),
    "no gzip at all": ("csv.gz", GOOD.encode(), ""),
    "XLSX with no sheet": ("xlsx", workbook_without_sheets(), "sheet"),
    "no XLSX at all": ("xlsx", GOOD.encode(), ""),
    "no Parquet at all": ("parquet", GOOD.encode(), ""),
}


@pytest.mark.parametrize(("ending", "content", "names"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_used_is_refused(after_a_good_night, capsys, ending, content, names):
    file = f"civil_cremation_20261122.{ending}"
    (after_a_good_night.inbox / file).write_bytes(content)
    before = after_a_good_night.published()
    assert after_a_good_night.run(MORROW) == 3
    message = capsys.readouterr().err
    assert message.startswith(f"reconcile: {file}")
    assert names in message
    assert message.count("\n") == 1
    assert "王火化" not in message
    assert after_a_good_night.published() == before
    assert not (after_a_good_night.home.root / "tmp").exists()


def test_a_refused_night_leaves_nothing_half_written_and_is_made_good_by_a_good_file(after_a_good_night):
    bad = after_a_good_night.inbox / "civil_cremation_20261122.csv"
    bad.write_text(GOOD.replace(",姓名", "").replace(",王火化", ""), encoding="utf-8")
    (after_a_good_night.inbox / "health_death_20261122.csv").write_text(
        "death_cert_no,name,death_date,reported_on\nS20261122,王死亡,2026-11-20,2026-11-21\n", encoding="utf-8"
    )
    assert after_a_good_night.run(MORROW) == 3
    bad.write_text(GOOD, encoding="utf-8")
    assert after_a_good_night.run(MORROW) == 0
    with Reader(after_a_good_night.home) as reader:
        loads = reader.frame("SELECT file FROM ops.load WHERE delivered_on = DATE '2026-11-22' ORDER BY file")["file"].to_list()
        runs = reader.frame("SELECT run_id, status FROM ops.run ORDER BY run_id").rows()
    assert loads == ["civil_cremation_20261122.csv", "health_death_20261122.csv"]
    assert runs == [("20261121-01", "done"), ("20261122-01", "done")]


def test_a_brake_keeps_yesterdays_publication_until_somebody_decides(after_a_good_night, capsys):
    late = dt.date(2027, 3, 1)
    (after_a_good_night.inbox / "civil_cremation_20270301.csv").write_text(GOOD, encoding="utf-8")
    before = after_a_good_night.published()
    assert after_a_good_night.run(late) == 4
    assert "--force" in capsys.readouterr().err
    assert after_a_good_night.published() == before
    assert after_a_good_night.run(late, force=True) == 2
    assert "--by and --reason" in capsys.readouterr().err
    assert after_a_good_night.run(late, force=True, by="somebody", reason="looked at") == 0
    assert (after_a_good_night.home.root / "worklists" / "2027-03-01").is_dir()


def test_a_directory_that_is_not_there_is_a_usage_error(after_a_good_night, capsys):
    after_a_good_night.inbox = after_a_good_night.inbox / "nowhere"
    before = after_a_good_night.published()
    assert after_a_good_night.run(MORROW) == 2
    assert "no such directory" in capsys.readouterr().err
    assert after_a_good_night.published() == before


def test_an_as_of_before_every_delivery_is_refused(good_night, tmp_path, capsys):
    good_night = type(good_night)(good_night.inbox, tmp_path / "home")
    assert good_night.run(dt.date(2020, 1, 1)) == 3
    assert "2020-01-01" in capsys.readouterr().err
    assert not (tmp_path / "home" / "published").exists()


def test_a_warehouse_in_use_by_another_run_is_left_alone(after_a_good_night, capsys):
    holder = "import sys, duckdb\nwith duckdb.connect(sys.argv[1]) as held:\n    print('held', flush=True)\n    sys.stdin.read()\n"
    warehouse = after_a_good_night.home.root / "warehouse.duckdb"
    before = after_a_good_night.published()
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert after_a_good_night.run(MORROW) == 5
        other.stdin.close()
    assert "in use" in capsys.readouterr().err
    assert after_a_good_night.published() == before


def test_a_damaged_warehouse_is_named(after_a_good_night, capsys):
    (after_a_good_night.home.root / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    before = after_a_good_night.published()
    assert after_a_good_night.run(MORROW) == 5
    assert "Restore it" in capsys.readouterr().err
    assert after_a_good_night.published() == before
