"""Texts of a DBF that stand in a file beside it: read where it is there, else asked for."""

import datetime as dt
import shutil
import struct
import zipfile
from pathlib import Path

import pytest

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError
from reconcile.ingest import readers
from reconcile.ingest.discover import Delivery

FILES = Path(__file__).parents[2] / "files"
LONG = "甲县乙镇三村一组，" * 80 + "门牌 7 号"
ADDRESSES = ["甲县乙镇三村 7 号", None, LONG]


def addresses(path):
    source = readers.reader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), path.parent)
    head = source.head()
    return source.relation(head).frame[f"c{head.headings.index('HJDZ')}"].to_list()


def put(folder, name, *others):
    """Copy a table and files beside it."""
    for ending in (".dbf", *others):
        shutil.copy(FILES / f"memo_{name}{ending}", folder)
    return folder / f"memo_{name}.dbf"


@pytest.mark.parametrize(("name", "beside"), [("dbase3", ".dbt"), ("foxpro", ".fpt"), ("visual", ".fpt")])
def test_texts_beside_a_table_are_read(tmp_path, name, beside):
    path = put(tmp_path, name, beside)
    assert addresses(path) == ADDRESSES
    (tmp_path / f"memo_{name}{beside}").rename(tmp_path / f"MEMO_{name}{beside.upper()}")
    assert addresses(path) == ADDRESSES


def test_dbase_iv_states_the_length_of_a_text_and_the_size_of_its_blocks(tmp_path):
    path = put(tmp_path, "dbase3")
    blocks = b""
    for text in ("甲县乙镇三村\r\n7 号", LONG):
        content = b"\xff\xff\x08\x00" + struct.pack("<I", 8 + len(text.encode("gbk"))) + text.encode("gbk")
        blocks += content.ljust(-(-len(content) // 64) * 64, b"\0")
    table = bytearray(path.read_bytes())
    begin, width = struct.unpack_from("<HH", table, 8)
    for row, block in enumerate((b"2", b"", b"3"), start=1):
        table[begin + row * width - 10 : begin + row * width] = block.rjust(10)
    path.write_bytes(b"\x8b" + bytes(table[1:]))
    head = struct.pack("<I16xH", 99, 64).ljust(128, b"\0")
    path.with_suffix(".dbt").write_bytes(head + blocks)
    assert addresses(path) == ADDRESSES


@pytest.mark.parametrize("name", ["dbase3", "foxpro", "visual"])
def test_without_the_file_beside_it_the_table_is_refused_with_the_advice_to_send_both(tmp_path, name):
    with pytest.raises(InputRefusedError, match=rf"HJDZ: a column of memo.*memo_{name}.fpt or .dbt"):
        addresses(put(tmp_path, name))


@pytest.mark.parametrize(("name", "beside"), [("dbase3", ".dbt"), ("foxpro", ".fpt"), ("visual", ".fpt")])
def test_a_file_that_is_cut_off_is_refused(tmp_path, name, beside):
    path = put(tmp_path, name, beside)
    texts = path.with_suffix(beside)
    texts.write_bytes(texts.read_bytes()[:600])
    if beside == ".fpt":
        with pytest.raises(InputRefusedError, match="memo file beside the table is cut off"):
            addresses(path)
    else:
        texts.write_bytes(texts.read_bytes()[:500])
        with pytest.raises(InputRefusedError, match="memo file beside the table is cut off"):
            addresses(path)


def test_in_an_archive_it_lies_beside_its_table_and_a_changed_text_is_loaded_again(night):
    stated = "SELECT registered_address_text FROM raw.health_death ORDER BY _load_id, _line"
    path = night.inbox / "health_death_20261110.zip"
    for text in ("号", "楼"):
        with zipfile.ZipFile(path, "w") as packed:
            packed.write(FILES / "memo_visual.dbf", "死亡.DBF")
            packed.writestr("死亡.FPT", (FILES / "memo_visual.fpt").read_bytes().replace("号".encode("gbk"), text.encode("gbk")))
        night.run()
        read = [address for (address,) in night.rows(stated)]
        assert [address[-1] for address in read[-3:] if address] == [text, text]
