"""What is in force and where it is from; what a night writes down about itself."""

import datetime as dt
import logging

import pytest

from reconcile import nightlog, operate
from reconcile.errors import BrakeError
from reconcile.home import Home
from reconcile.settings import Settings

NIGHT = dt.date(2026, 11, 21)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def test_each_setting_says_where_its_value_is_from(home, monkeypatch):
    home.root.mkdir()
    home.settings_file.write_text("due_days = 20\nkeep_rule = 'newer_id_card'\n[rules]\nmove_grace_days = 45\n", encoding="utf-8")
    for name, value in {"DUE_DAYS": "25", "RULE_INFANT_YEARS": "2", "RULE_MOVE_GRACE_DAYS": "50", "FINDING_KEY": "secret"}.items():
        monkeypatch.setenv(f"RECONCILE_{name}", value)
    found = {one.name: (one.value, one.source) for one in operate.settings_in_force(home)}
    assert found["due_days"] == ("25", "RECONCILE_DUE_DAYS")
    assert found["keep_rule"] == ("newer_id_card", "settings.toml")
    assert found["rules.move_grace_days"] == ("45", "settings.toml")
    assert found["rules.infant_years"] == ("2", "RECONCILE_RULE_INFANT_YEARS")
    assert found["rules.landing_grace_days"] == ("60", "default")
    assert found["finding_key"] == ("(set)", "RECONCILE_FINDING_KEY")
    assert not {"home", "as_of", "force"} & found.keys()


def test_a_night_keeps_a_log_of_its_own_without_what_an_error_quotes(home):
    settings = Settings(home=home, as_of=NIGHT)
    with nightlog.kept(settings, "20261121-01"):
        nightlog.tell("link  3 pairs")
        logging.getLogger("reconcile.publish").warning("two\nlines")
    with pytest.raises(ValueError, match="张三"), nightlog.kept(settings, "20261121-02"):
        raise ValueError("张三")
    with pytest.raises(BrakeError), nightlog.kept(settings, "20261121-03"):
        raise BrakeError("the register lost 50 % of its rows")
    nightlog.tell("after the night")
    text = home.log_of(NIGHT).read_text(encoding="utf-8")
    said = [line.split(" ", 1)[1].split(None, 1) for line in text.splitlines()]
    assert said == [
        ["INFO", "run 20261121-01 begins"],
        ["INFO", "link  3 pairs"],
        ["WARNING", "two lines"],
        ["INFO", "run 20261121-01 done"],
        ["INFO", "run 20261121-02 begins"],
        ["ERROR", "ValueError"],
        ["INFO", "run 20261121-03 begins"],
        ["ERROR", "the register lost 50 % of its rows"],
    ]
    assert all(line.split(" ")[0].endswith("+08:00") for line in text.splitlines())


def test_a_warning_of_a_night_is_on_the_terminal_too(home, monkeypatch, capsys):
    warned = logging.getLogger("reconcile")
    monkeypatch.setattr(warned, "propagate", False)  # as without a test about it: nobody else has set a handler
    with nightlog.kept(Settings(home=home, as_of=NIGHT), "20261121-01"):
        logging.getLogger("reconcile.report.pages").warning("a page was not written")
    assert capsys.readouterr().err == "a page was not written\n"
    assert "a page was not written" in home.log_of(NIGHT).read_text(encoding="utf-8")
    assert not warned.handlers


def test_as_many_logs_are_kept_as_the_setting_says(home):
    for day in range(4):
        with nightlog.kept(Settings(home=home, as_of=NIGHT + dt.timedelta(days=day), keep_logs=2), "run"):
            pass
    assert [path.name for path in sorted(home.logs.iterdir())] == ["night_2026-11-23.log", "night_2026-11-24.log"]


def test_a_night_goes_on_where_no_log_can_be_written(home):
    home.root.mkdir()
    home.logs.write_text("a file", encoding="utf-8")
    with nightlog.kept(Settings(home=home, as_of=NIGHT), "run"):
        nightlog.tell("nobody hears it")
    assert home.logs.read_text(encoding="utf-8") == "a file"
