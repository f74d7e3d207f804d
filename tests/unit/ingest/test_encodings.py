"""Every encoding and delimiter of DOMAIN §6 reads as the same text."""

import datetime as dt
import gzip

import pytest
from inbox_night import DEATH

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError
from reconcile.ingest import decode
from reconcile.ingest.discover import Delivery
from reconcile.ingest.texts import DELIMITERS, TextReader

# 㐂 is a two-byte GBK-external character (four bytes in GB18030), 鐋's second byte in GBK is a vertical bar.
ROWS = "D1,王㐂伟,20260101,20260102\nD2,阿依古丽·买买提,20260103,20260104\nD3,鐋鐍,20260105,20260106\n"
EXPECTED = [("D1", "王㐂伟", 2), ("D2", "阿依古丽·买买提", 3), ("D3", "鐋鐍", 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_encoding_reads_as_the_same_text(night, encoding):
    night.put("health_death_20261121.csv", (DEATH + ROWS).encode(encoding))
    night.run()
    assert night.deaths() == EXPECTED
    assert night.rows("SELECT encoding FROM ops.load WHERE extract = 'health_death'") == [(encoding,)]


def test_utf16_of_the_other_byte_order(night):
    night.put("health_death_20261121.txt", b"\xfe\xff" + (DEATH + ROWS).replace(",", "\t").encode("utf-16-be"))
    night.run()
    assert night.deaths() == EXPECTED


def test_the_separator_of_long_names_in_gb2312_stays_a_middle_dot(night):
    night.put("health_death_20261121.csv", DEATH.encode() + b"D1,\xb0\xa2\xa1\xa4\xc2\xf2,20260101,20260102\n")
    night.run()
    assert night.deaths() == [("D1", "阿·买", 2)]


@pytest.mark.parametrize("delimiter", [",", "\t", "|", "^", "\x01"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_each_delimiter_is_found_from_the_headings(night, delimiter, encoding):
    night.put("health_death_20261121.csv", (DEATH + ROWS).replace(",", delimiter).encode(encoding))
    night.run()
    assert night.deaths() == EXPECTED
    assert night.rows("SELECT delimiter FROM ops.load WHERE extract = 'health_death'") == [(delimiter,)]


@pytest.mark.parametrize(("first", "delimiter"), [("sep=;", ";"), ("SEP=;", ";"), ('"sep=~"', "~"), ("sep=\t", "\t"), ("sep=,", ",")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_first_line_may_name_the_delimiter_as_excel_reads_it(tmp_path, first, delimiter, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(f"{first}\r\n{DEATH.replace(',', delimiter)}D1{delimiter}\r\n".encode(encoding))
    reader = TextReader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), tmp_path)
    assert (reader.head().delimiter, reader.head().first_line) == (delimiter, 2)
    assert reader.head().headings == tuple(DEATH.strip().split(","))
    assert {(head.delimiter, head.first_line) for head in reader.candidates()} == {(delimiter, 2), (delimiter, 3)}


@pytest.mark.parametrize("first", ["sep=ab", "sep=", "separator;x", "sep=a", "x\nsep=;"])
def test_another_first_line_names_none(tmp_path, first):
    path = tmp_path / "a.csv"
    path.write_text(f"{first}\n{DEATH}", encoding="utf-8")
    reader = TextReader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), tmp_path)
    assert {head.delimiter for head in reader.candidates()} == {*DELIMITERS}


def test_rows_below_a_named_delimiter_keep_their_lines(night):
    night.put("health_death_20261121.csv", "sep=;\n" + (DEATH + ROWS).replace(",", ";"))
    night.run()
    assert night.deaths() == [(*row[:-1], row[-1] + 1) for row in EXPECTED]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_each_line_ending_counts_lines_alike(night, ending):
    night.put("health_death_20261121.csv", (DEATH + ROWS).replace("\n", ending))
    night.run()
    assert night.deaths() == EXPECTED


def test_a_compressed_file_reads_like_the_plain_one(night):
    night.put("health_death_20261121.csv.gz", gzip.compress((DEATH + ROWS).encode("gb18030")))
    night.run()
    assert night.deaths() == EXPECTED


@pytest.mark.parametrize("keep", [12, 60])
def test_a_cut_gzip_is_refused(night, keep):
    night.put("health_death_20261121.csv.gz", gzip.compress((DEATH + ROWS).encode())[:keep])
    with pytest.raises(InputRefusedError, match=r"health_death_20261121\.csv\.gz: the compressed file is cut off"):
        night.run()


def test_a_byte_that_is_no_text_spoils_its_own_row_only(night):
    rows = (DEATH + "D1,王伟,20260101,20260102\n").encode("gb18030")
    rows += b"D2,\xff\x80,20260103,20260104\nD3,a,20260105,20260106\n"
    night.put("health_death_20261121.csv", rows)
    counts = night.run()
    assert night.deaths() == [("D1", "王伟", 2), ("D3", "a", 4)]
    assert night.rejects() == [("health_death_20261121.csv", 3, "encoding", "row", "D2,��,20260103,20260104")]
    assert counts["rejects"] == 1


def test_a_cut_character_does_not_turn_a_utf8_file_into_gbk(night):
    damaged = "D2,买买提,20260103,20260104\n".encode().replace("提".encode(), "提".encode()[:2])
    text = "死亡证明编号,姓名,死亡日期,报告日期\nD1,王伟,20260101,20260102\n".encode()
    night.put("health_death_20261121.csv", text + damaged + "D3,李娜,20260105,20260106\n".encode())
    night.run()
    assert night.deaths() == [("D1", "王伟", 2), ("D3", "李娜", 4)]
    assert [reject[1:3] for reject in night.rejects()] == [(3, "encoding")]


def test_a_character_cut_at_the_end_of_the_file_spoils_the_last_row(night):
    night.put("health_death_20261121.csv", (DEATH + "D1,王伟,20260101,20260102\nD2,李").encode("gb18030")[:-1])
    night.run()
    assert night.deaths() == [("D1", "王伟", 2)]
    assert [reject[1:3] for reject in night.rejects()] == [(3, "encoding")]


def test_a_file_of_which_nothing_can_be_decoded_is_refused(night):
    night.put("health_death_20261121.csv", DEATH.encode() + b"\xff\x80,\xff,\xff,\xff\n" * 3)
    with pytest.raises(InputRefusedError, match="3 lines cannot be decoded"):
        night.run()


def test_a_nul_character_spoils_its_own_row_only(night):
    night.put("health_death_20261121.csv", DEATH + "D1,王伟,20260101,20260102\nD2,李\0娜,20260103,20260104\n")
    night.run()
    assert night.deaths() == [("D1", "王伟", 2)]
    assert night.rejects() == [("health_death_20261121.csv", 3, "encoding", "row", "D2,李�娜,20260103,20260104")]


@pytest.mark.parametrize(
    "content", [DEATH.replace("name", "na\0me").encode(), b"\x7fELF\x00\x00\x00\x00binary", (DEATH + ROWS).encode("utf-16-le")]
)
def test_binary_data_is_refused(night, content):
    night.put("health_death_20261121.csv", content)
    with pytest.raises(InputRefusedError, match="binary data or unknown encoding"):
        night.run()


def test_a_damaged_workbook_that_is_called_a_text_is_refused_as_a_workbook(night):
    night.put("health_death_20261121.csv", b"PK\x03\x04\x00\x00\x00binary")
    with pytest.raises(InputRefusedError, match="no readable workbook"):
        night.run()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_blocks_may_end_within_a_character(tmp_path, encoding, size):
    path = tmp_path / "a.csv"
    path.write_bytes((DEATH + ROWS).encode(encoding))
    assert b"".join(decode.blocks(path, decode.detect(path), size)).decode() == DEATH + ROWS


def test_no_gbk_name_alone_looks_like_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("联通,汉字\n".encode("gb18030") * 3 + "王伟,李娜\n".encode("gb18030"))
    assert decode.detect(path) == decode.Encoding("gb18030")
