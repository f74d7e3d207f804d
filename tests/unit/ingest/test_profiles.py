"""Profiles: what a small TOML file can say, and what it cannot."""

import pytest
from inbox_night import DEATH

from reconcile.errors import InputRefusedError

BASE = 'pattern = "死亡*.csv"\nextract = "health_death"\n'


def test_titles_local_headings_and_local_codes(night):
    text = "某县死亡名单;;;;\n单位：;;;;\n证号;逝者;死亡日期;报告日期;性别;序号\nD1;王伟;20260101;20260102;男性别;1\n"
    night.put("死亡名单2026-11-20.csv", text.encode("gb18030"))
    night.put(
        "profiles/a.toml",
        BASE
        + 'header_row = 3\ndelimiter = ";"\nencoding = "gb18030"\nignore = ["序号"]\n[columns]\n"证号" = "death_cert_no"\n"逝者" = "name"\n'
        + '[codes.sex]\n"男性别" = "1"\n',
    )
    night.run()
    assert night.deaths() == [("D1", "王伟", 4)]
    load = "SELECT load_id, delivered_on::VARCHAR, ignored_columns FROM ops.load WHERE extract = 'health_death'"
    assert night.rows(load) == [(3, "2026-11-20", "序号")]
    assert night.rows("SELECT * FROM ref.profile_code") == [(3, "sex", "男性别", "1")]


def test_a_profile_comes_before_the_standard_name(night):
    night.put("health_death_20261121.csv", "title\n" + DEATH + "D1,王伟,20260101,20260102\n")
    night.put("profiles/a.toml", 'pattern = "health_death_*.csv"\nextract = "health_death"\nheader_row = 2\n')
    night.run()
    assert night.deaths() == [("D1", "王伟", 3)]


def test_a_delivery_date_given_by_the_profile(night):
    night.put("死亡.csv", DEATH)
    night.put("profiles/a.toml", BASE + "delivered_on = 2026-11-19\n")
    night.run()
    assert night.rows("SELECT delivered_on::VARCHAR FROM ops.load WHERE extract = 'health_death'") == [("2026-11-19",)]


def test_a_delivery_without_a_date_is_refused(night):
    night.put("死亡.csv", DEATH)
    night.put("profiles/a.toml", BASE)
    with pytest.raises(InputRefusedError, match=r"死亡\.csv: no delivery date in the name"):
        night.run()


def test_two_profiles_for_one_file_are_refused(night):
    night.put("死亡20261121.csv", DEATH)
    night.put("profiles/a.toml", BASE)
    night.put("profiles/b.toml", BASE.replace("死亡*", "*2026*"))
    with pytest.raises(InputRefusedError, match=r"死亡20261121\.csv: claimed by several profiles"):
        night.run()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("heading_row = 3\n", r"profiles/a\.toml: heading_row: unknown key\. Known keys: pattern, extract"),
        ("header_row = 0\n", "header_row: Input should be greater than or equal to 1"),
        ('encoding = "gb2312"\n', "encoding: Input should be 'utf-8', 'gb18030' or 'utf-16'"),
        ('[columns]\n"甲" = "surname"\n', "columns.甲: health_death has no column 'surname'"),
        ('[columns]\n"民族" = "name"\n', "columns.民族: this heading is refused by the contract and cannot be mapped"),
        ('[codes.name]\n"甲" = "1"\n', "codes.name: health_death has no coded column of that name"),
        ('[codes.sex]\n"甲" = "7"\n', "codes.sex: 7 is not among 0, 1, 2, 9"),
        ("pattern\n", "not a TOML file"),
    ],
)
def test_mistakes_in_a_profile_are_named(night, text, message):
    night.put("profiles/a.toml", BASE + text)
    with pytest.raises(InputRefusedError, match=message):
        night.run()


def test_a_profile_for_an_extract_that_does_not_exist(night):
    night.put("profiles/a.toml", 'pattern = "*"\nextract = "health"\n')
    with pytest.raises(InputRefusedError, match="extract 'health' is not one of police_resident"):
        night.run()
