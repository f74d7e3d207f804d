"""ZIP archives, files that fit nothing, and nights in which several files are bad."""

import struct
import zipfile
from pathlib import Path

import pytest
from inbox_night import DEATH

from reconcile.errors import InputRefusedError
from reconcile.ingest import discover, guess

FILES = Path(__file__).parents[2] / "files"
LIMIT = 1_000_000


def look(inbox, tmp_path, limit=LIMIT):
    return discover.look(inbox, [], tmp_path / "scratch", limit)


def packed(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("archive", "deliveries"),
    [
        ("gbk_names.zip", ["health_death_20261121_城东.csv"]),  # in a folder, beside a text that is no table
        ("two_inside.zip", ["health_death_20261121_2.xls", "health_death_20261121_3.parquet"]),
    ],
)
def test_the_deliveries_in_an_archive(archive, deliveries, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / archive).write_bytes((FILES / archive).read_bytes())
    found = look(inbox, tmp_path)
    assert [delivery.file for delivery in found.deliveries] == [f"{archive}/{name}" for name in deliveries]
    assert (found.refused, [path.name for path in found.unmatched]) == ((), ["说明.txt"] if archive == "gbk_names.zip" else [])


def test_an_archive_that_is_named_like_a_delivery_is_the_one_table_in_it(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "health_death_20261121_2.zip").write_bytes((FILES / "pandas.zip").read_bytes())
    [delivery] = look(inbox, tmp_path).deliveries
    assert (delivery.file, delivery.part) == ("health_death_20261121_2.zip/health_death_20261121_2.csv", "2")


def _encrypted(path):
    packed(path, {"health_death_20261121.csv": DEATH})
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", content, content.index(mark) + at, 1)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.write_bytes(b"PK\x03\x04 cut off"), "damaged or encrypted"),
        (_encrypted, "is encrypted"),
        (lambda path: packed(path, {"health_death_20261121.csv": " " * (LIMIT + 1)}), "more than archive_limit allows"),
        (lambda path: packed(path, {"a/health_death_20261121.csv": DEATH, "b/health_death_20261121.csv": DEATH}), "two files of one name"),
    ],
    ids=["damaged", "encrypted", "bomb", "twice"],
)
def test_an_archive_that_cannot_be_unpacked_is_refused(make, problem, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    make(inbox / "a.zip")
    [error] = look(inbox, tmp_path).refused
    assert (error.place.file, problem in error.problem) == ("a.zip", True)


def test_no_member_is_written_outside_the_scratch_directory(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    packed(inbox / "a.zip", {"../../health_death_20261121.csv": DEATH, "c:\\x\\health_death_20261122.csv": DEATH, "__MACOSX/b.csv": ""})
    assert {delivery.path.parent for delivery in look(inbox, tmp_path).deliveries} == {tmp_path / "scratch" / "unpacked" / "a.zip"}


def test_a_packed_delivery_is_loaded_once(night):
    packed(night.inbox / "卫健.zip", {"health_death_20261121.csv": DEATH + "D1,王伟,20260101,20260102\n"})
    assert night.run()["files"] == 3
    assert night.run()["files"] == 0
    assert night.rows("SELECT file, rows FROM ops.load WHERE extract = 'health_death'") == [("卫健.zip/health_death_20261121.csv", 1)]


@pytest.mark.parametrize(
    ("file", "seems"),
    [
        ("死亡.csv", "seems to be health_death (死亡医学证明): 4 of its 4 headings are known"),
        ("死亡2.csv", "4 of its 5 headings are known"),
        ("xlwt.xls", "seems to be health_death"),
        ("dbf_gbk.dbf", "seems to be health_death"),
        ("a.csv", "few of its headings are known"),
        ("城东所已核实.csv", "take it in with reconcile feedback"),
        ("a.rar", "pack it as ZIP"),
        ("a.xlsb", "save it as XLSX"),
        ("worklist_990101501000_2026-11-21.xlsx", "take it in with reconcile feedback"),
    ],
)
def test_what_fits_nothing_is_told_with_what_it_seems_to_be(file, seems, tmp_path):
    texts = {"死亡.csv": DEATH, "死亡2.csv": "说明\n" + DEATH.replace(",", ";").replace("\n", ";其他\n"), "a.csv": "a,b\n1,2\n"}
    texts["城东所已核实.csv"] = "编号,姓名,核实结果,核实方式,核实日期,核实人,备注\n"
    path = tmp_path / file
    path.write_bytes((FILES / file).read_bytes() if (FILES / file).exists() else texts.get(file, "x").encode())
    assert seems in guess.sentence(path, tmp_path)


def test_what_is_left_alone_is_counted_with_what_it_seems_to_be(night):
    night.put("死亡.csv", DEATH)
    counts = night.run()
    [subject] = [key[1] for key in counts if key[0] == "unmatched_file"]
    assert subject.startswith("死亡.csv: matches no extract")


def test_every_bad_file_of_a_night_is_named_and_nothing_is_kept(night):
    night.put("health_death_20261119.csv", DEATH + "D1,王伟,20260101,20260102\n")
    night.put("health_death_20261120.csv", "a,b\n")
    night.put("health_death_20261121.csv", DEATH.replace("name", "x"))
    night.put("health_birth_20261121.xlsx", b"x")
    with pytest.raises(InputRefusedError) as caught:
        night.run()
    assert [line.split(":")[0] for line in str(caught.value).splitlines()[1:]] == [
        "  health_death_20261120.csv",
        "  health_birth_20261121.xlsx",
        "  health_death_20261121.csv",
    ]
    assert night.rows("SELECT count(*) FROM ops.load") == [(0,)]


def test_every_bad_profile_and_name_is_named(night):
    for name in ("a", "b"):
        night.put(f"profiles/{name}.toml", "x = 1\n")
    with pytest.raises(InputRefusedError, match=r"2 files or profiles[\s\S]*a\.toml[\s\S]*b\.toml"):
        night.run()
