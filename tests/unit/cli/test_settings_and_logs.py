"""What is in force and where it is from; what a night writes down about itself."""

import datetime as dt
import logging

import duckdb
import pytest
from command import command

from reconcile import consult, nightlog
from reconcile.errors import BrakeError, StoppedError, UsageError
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
    found = {one.name: (one.value, one.source) for one in consult.settings_in_force(home)}
    assert found["due_days"] == ("25", "RECONCILE_DUE_DAYS")
    assert found["keep_rule"] == ("newer_id_card", "settings.toml")
    assert found["rules.move_grace_days"] == ("50", "RECONCILE_RULE_MOVE_GRACE_DAYS")
    assert found["rules.infant_years"] == ("2", "RECONCILE_RULE_INFANT_YEARS")
    assert found["rules.landing_grace_days"] == ("60", "default")
    assert found["masked_group"] == ("-", "default")
    assert found["finding_key"] == ("(set)", "RECONCILE_FINDING_KEY")
    assert not {"home", "as_of", "force"} & found.keys()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("due_day = 3", "due_day: no setting has this name; due_days perhaps."),
        ("[rules]\ninfant_year = 3", "rules.infant_year: no setting has this name; infant_years perhaps."),
        ("[rule]\ninfant_years = 3", "rule: no setting has this name; rules perhaps."),
        ("due_days = 3.5", "due_days: Input should be a valid integer, got a number with a fractional part."),
        ("memory_limit = 'four'", "memory_limit: String should match pattern"),
        ("schedule.night = '1:30'", "schedule.night: String should match pattern"),
        ("tell.mail_to = ['nights@example.org']", "tell: mail needs mail_from and smtp_host too."),
        ("tell.smtp_user = 'nights'", "tell: smtp_user needs a password, in RECONCILE_TELL_SMTP_PASSWORD."),
        ("key = 'secret'", "settings.toml: key must not stand there"),
        ("due_days =", "settings.toml or a RECONCILE_ variable cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_the_one_that_was_meant(home, file, said):
    home.root.mkdir()
    home.settings_file.write_text(file, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        consult.settings_in_force(home)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_wrong_variable_is_named_as_it_stands_in_the_environment(home, monkeypatch):
    monkeypatch.setenv("RECONCILE_RULE_INFANT_YEARS", "one")
    with pytest.raises(UsageError, match="settings: RECONCILE_RULE_INFANT_YEARS: Input should be a valid integer"):
        consult.settings_in_force(home)


@pytest.mark.parametrize("limit", ["4GB", "500MiB", "1.5 gb"])
def test_memory_is_limited_in_words_that_duckdb_knows(home, limit):
    settings = Settings(home=home, as_of=NIGHT, memory_limit=limit)
    with duckdb.connect(config={"memory_limit": settings.memory_limit}) as connection:
        assert connection.execute("SELECT current_setting('memory_limit')").fetchone()


def test_variables_that_set_nothing_are_named(home, monkeypatch, capsys):
    home.root.mkdir()
    for name in ("DUE_DAY", "DUE_DAYS", "RULES", "HOME", "AS_OF"):
        monkeypatch.setenv(f"RECONCILE_{name}", "{}" if name == "RULES" else "2026-11-21" if name == "AS_OF" else "3")
    assert command("settings", "--home", home.root) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "sets nothing" in line] == [
        "RECONCILE_DUE_DAY: sets nothing; RECONCILE_DUE_DAYS perhaps"
    ]


def test_the_settings_of_a_home_that_is_not_there_are_nobodys(home):
    with pytest.raises(UsageError, match="no such directory"):
        consult.settings_in_force(home)


def test_a_night_keeps_a_log_of_its_own_without_what_an_error_quotes(home):
    settings = Settings(home=home, as_of=NIGHT)
    with nightlog.kept(settings, "20261121-01"):
        nightlog.tell("link  3 pairs")
        logging.getLogger("reconcile.publish").warning("two\nlines")
    with pytest.raises(ValueError, match="张三"), nightlog.kept(settings, "20261121-02"):
        raise ValueError("张三")
    with pytest.raises(BrakeError), nightlog.kept(settings, "20261121-03"):
        raise BrakeError("the register lost 50 % of its rows")
    with pytest.raises(StoppedError), nightlog.kept(settings, "20261121-04"):
        raise StoppedError
    nightlog.tell("after the night")
    text = home.log_of(NIGHT).read_text(encoding="utf-8")
    said = [line.split(" ", 1)[1].split(None, 1) for line in text.splitlines()]
    assert said == [
        ["INFO", "run 20261121-01 begins"],
        ["INFO", "link  3 pairs"],
        ["WARNING", "two lines"],
        ["INFO", "run 20261121-01 done"],
        ["INFO", "run 20261121-02 begins"],
        ["ERROR", "unexpected ValueError."],
        ["INFO", "run 20261121-03 begins"],
        ["ERROR", "the register lost 50 % of its rows"],
        ["INFO", "run 20261121-04 begins"],
        ["ERROR", "stopped from outside, by a signal or Ctrl-C. The same command goes on where it was."],
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
