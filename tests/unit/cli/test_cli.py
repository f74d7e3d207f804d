"""Every way a command can end: one message, the documented exit code, no traceback and no value."""

import pytest
from command import command

from reconcile import cli, operate, pipeline, program, terminal
from reconcile.errors import BrakeError, InputRefusedError, Place, ReconcileError, UnexpectedError, UsageError, WarehouseError


def ending(error):
    def action():
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("u"), 2),
        (InputRefusedError(Place("a.csv", 3, "name"), "p", "r"), 3),
        (BrakeError("b"), 4),
        (WarehouseError("w"), 5),
        (ReconcileError("other"), 1),
        (UnexpectedError("link", ValueError("x")), 1),
        (KeyboardInterrupt(), 1),
        (RuntimeError("x"), 1),
    ],
)
def test_each_error_has_its_exit_code_and_one_message(error, code, capsys):
    assert program.exit_code(ending(error)) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("reconcile: ")
    assert captured.err.count("\n") == 1


def test_success_is_zero_and_silent(capsys):
    assert program.exit_code(lambda: None) == 0
    assert capsys.readouterr() == ("", "")


def test_an_input_error_says_where_and_what_to_do(capsys):
    program.exit_code(ending(InputRefusedError(Place("a.csv", 3, "name"), "is not there", "Ask for it")))
    assert capsys.readouterr().err == "reconcile: a.csv:3, column name: is not there. Ask for it\n"


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_error_never_shows_its_text(debug, capsys):
    program.exit_code(ending(RuntimeError("李明 was wrong")), debug=debug)
    message = capsys.readouterr().err
    assert "李明" not in message
    assert "unexpected RuntimeError" in message
    assert ("test_cli.py" in message) is debug


@pytest.mark.parametrize(
    "tokens",
    [
        ["nonsense"],
        ["run"],
        ["run", "--inbox", "i", "--home", "h", "--as-of", "21.11.2026"],
        ["run", "--inbox", "i", "--home", "h", "--as-of", "2026-13-01"],
        ["run", "--inbox", "i", "--home", "h", "--as-of", "2026-11-21", "--quickly"],
        ["run", "--inbox", "nowhere", "--home", "h", "--as-of", "2026-11-21"],
        ["sample", "--out", "o", "--population", "many"],
        ["explain", "D0000000000", "--home", "h"],
        ["report", "--home", "h"],
        ["worklist", "--home", "h"],
        ["feedback", "--home", "h"],
        ["feedback", "nowhere.csv", "--home", "h"],
    ],
)
def test_what_cannot_be_used_is_a_usage_error(tokens, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command(*tokens) == 2
    assert capsys.readouterr().err.startswith("reconcile: ")
    assert list(tmp_path.iterdir()) == []


def test_a_setting_out_of_range_is_a_usage_error(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILE_DUE_DAYS", "0")
    given = {"home": tmp_path, "as_of": "2026-11-21"}
    assert program.exit_code(lambda: operate.settings_of(**given)) == 2
    assert "RECONCILE_DUE_DAYS" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["due_days = 'many'", "unknown_setting = 1", "not toml"])
def test_a_settings_file_that_is_wrong_is_a_usage_error(text, capsys, tmp_path):
    (tmp_path / "settings.toml").write_text(text)
    given = {"home": tmp_path, "as_of": "2026-11-21"}
    assert program.exit_code(lambda: operate.settings_of(**given)) == 2
    assert "settings" in capsys.readouterr().err


def test_the_command_line_passes_what_it_was_given(monkeypatch, tmp_path):
    heard = []
    monkeypatch.setattr(pipeline, "run_night", lambda settings, _report: heard.append(settings))
    monkeypatch.setattr(terminal, "show_summary", lambda _home: None)
    assert command("run", "--inbox", tmp_path, "--home", tmp_path / "h", "--as-of", "2026-11-21", "--full") == 0
    (settings,) = heard
    assert (settings.inbox, str(settings.as_of), settings.full, settings.force) == (tmp_path, "2026-11-21", True, False)


def test_stale_pages_fail_the_check_and_written_ones_pass(tmp_path, capsys):
    def docs(*flags):
        return command("docs", *flags, "--folder", tmp_path)

    assert docs("--check") == 1
    assert "Run reconcile docs" in capsys.readouterr().err
    assert docs() == 0
    assert docs("--check") == 0
    (tmp_path / "findings.md").write_text("edited", encoding="utf-8")
    assert docs("--check") == 1
    assert "data-dictionary" not in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(name for name in cli.app if not name.startswith("-")))
def test_every_command_has_help(name, capsys):
    assert command(name, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize(
    ("name", "said"), [("train", "one in <home>/models"), ("check", "<inbox>/profiles/drafts"), ("purge", "[retention]")]
)
def test_help_keeps_what_looks_like_markup(name, said, capsys):
    assert command(name, "--help") == 0
    assert said in " ".join(capsys.readouterr().out.replace("│", " ").split())
