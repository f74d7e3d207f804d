"""Files that are damaged or written wrongly are read or refused in words, and no row is lost; ``make fuzz`` tries a thousand of them."""

import shutil
from pathlib import Path

import pytest
from inbox_night import DEATH

from bench.fuzz.readers import tried
from reconcile.errors import InputRefusedError, UsageError
from reconcile.settings import settings_of

FILES = Path(__file__).parents[2] / "files"


def gone(content, at, length):
    return content[:at] + content[at + length :]


def zeros(content, at, length):
    return content[:at] + bytes(length) + content[at + length :]


STUMBLED = {  # the kind of error that a library raised, all met by bench/fuzz
    "a ZIP that points before its beginning": ("two_inside.zip", lambda content: content[1862:]),
    "a ZIP whose members are elsewhere": ("gbk_names.zip", lambda content: gone(content, 135, 64)),
    "an XLS at which the reader panics": ("xlwt_1904.xls", lambda content: content[:4489]),
    "an ODS whose text cannot be unpacked": ("libreoffice.ods", lambda content: zeros(content, content.index(b"content.xml") + 60, 40)),
    "an XLSX with two names for a part": ("openpyxl_rival.xlsx", lambda content: zeros(content, 5066, 1)),
}


@pytest.mark.parametrize(("file", "spoil"), STUMBLED.values(), ids=STUMBLED.keys())
def test_what_libraries_stumble_over_is_refused_and_they_say_nothing_by_themselves(night, capfd, file, spoil):
    night.put(f"health_death_20261101{Path(file).suffix}", spoil((FILES / file).read_bytes()))
    with pytest.raises(InputRefusedError, match="health_death_20261101"):
        night.run()
    assert capfd.readouterr().err == ""


def test_what_a_terminal_would_obey_stands_by_its_number(night):
    night.put("health_death_20261101.csv", DEATH.replace("\n", ",\x1b[2J\n"))
    with pytest.raises(InputRefusedError, match=r"\\x1b\[2J"):
        night.run()


@pytest.mark.parametrize("content", [b"\xe7 = 1\n", "due_days = 3\n".encode("utf-16"), b"due_days = 3\x00"])
def test_settings_that_are_no_text_are_refused(tmp_path, content):
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read"):
        settings_of(home=tmp_path, as_of="2026-11-21")


def test_spoiled_files_of_every_kind_lose_no_row_and_break_no_reader(tmp_path):
    result = tried(tmp_path, 40, 3)
    assert result.wrong == []
    assert len(result.became) > 10
    shutil.rmtree(tmp_path / "home")
