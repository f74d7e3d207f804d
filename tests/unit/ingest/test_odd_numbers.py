"""What no reader takes is refused in one short line that names the file."""

import pytest
from inbox_night import DEATH, Night

from reconcile.errors import InputRefusedError


def test_a_number_of_thousands_of_digits_in_a_manifest(tmp_path):
    night = Night(tmp_path)
    night.put("manifest_20261101.csv", f"file,rows,sha256\nstation_20261101.csv,{'9' * 5000},\n")
    with pytest.raises(InputRefusedError, match=r"manifest_20261101\.csv:2, column rows: not a number"):
        night.run()


def test_a_profile_that_names_utf_16_for_a_file_that_is_not(tmp_path):
    night = Night(tmp_path)
    night.put("profiles/station.toml", 'extract = "station"\npattern = "station_*"\nencoding = "utf-16"\n')
    with pytest.raises(InputRefusedError, match=r"station_20261101\.csv: is not utf-16"):
        night.run()


def test_ten_thousand_unknown_headings_are_one_short_line(tmp_path):
    night = Night(tmp_path)
    night.put("health_death_20261101.csv", DEATH.strip() + "".join(f",h{number}" for number in range(10_000)) + "\n")
    with pytest.raises(InputRefusedError, match="and 9,980 more: unknown to health_death") as told:
        night.run()
    assert len(str(told.value)) < 1000
