"""Who is to be told, is told once, by every way; a receiver that is down is told later and stops nothing."""

import datetime as dt
import email
import email.policy
import json

import polars as pl
import pytest
from warehouses import furnished

from reconcile import doctor, operate, tell
from reconcile.doctor import Level, Line, Result
from reconcile.errors import BrakeError, InputRefusedError, Place
from reconcile.settings import Settings
from reconcile.tell import told

NIGHT = dt.date(2026, 11, 21)
MARKER = "欧阳标记"


def settings(tmp_path, **ways):
    return Settings(home=tmp_path / "home", as_of=NIGHT, tell=ways)


def by_chat(chat):
    return {"webhook": f"http://127.0.0.1:{chat.server_port}/send"}


def test_a_mail_goes_encrypted_to_a_server_that_asks_for_a_password(mail_server, certificate, tmp_path):
    way = {
        "mail_to": ["night@example.org", "day@example.org"],
        "mail_from": "reconcile@example.org",
        "smtp_host": "localhost",
        "smtp_port": mail_server.port,
        "smtp_ca": str(certificate[0]),
        "smtp_user": "operator",
        "smtp_password": "secret",
    }
    tell.failed(settings(tmp_path, **way), BrakeError("police_resident: 4 of 9 rows are gone"))
    (envelope,) = mail_server.mails
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.rcpt_tos == ["night@example.org", "day@example.org"]
    assert mail["Subject"] == "reconcile: the night of 2026-11-21 was stopped by a brake: a person has to decide"
    assert "4 of 9 rows are gone" in mail.get_content()


def test_a_chat_gets_a_body_as_its_office_wants_it(chat, tmp_path):
    body = '{"text": {"body": "$text"}, "at": ["all"]}'
    tell.failed(settings(tmp_path, **by_chat(chat), webhook_body=body), BrakeError('one "quoted"\nline'))
    (got,) = chat.bodies
    assert got["at"] == ["all"]
    assert 'one "quoted"\nline' in got["text"]["body"]


def test_a_command_gets_the_text(by_command, tmp_path):
    way, heard = by_command
    tell.failed(settings(tmp_path, **way), InputRefusedError(Place("a.csv", 3), "is empty", "Ask for it."))
    assert "a.csv:3: is empty. Ask for it." in heard.read_text()
    assert "Nothing is published in" in heard.read_text()


def test_one_event_is_told_once_and_another_again(chat, tmp_path):
    given = settings(tmp_path, **by_chat(chat))
    for message in ("too few", "too few", "too old"):
        tell.failed(given, BrakeError(message))
    assert len(chat.bodies) == 2


def test_a_receiver_that_is_down_is_told_later_and_the_other_is_not_told_twice(chat, by_command, tmp_path, caplog):
    way, heard = by_command
    given = settings(tmp_path, **by_chat(chat), **way)
    chat.is_down = True
    tell.failed(given, BrakeError("too few"))
    assert "webhook: nobody could be told of" in caplog.text
    chat.is_down = False
    told.deliver(given)
    told.deliver(given)
    (got,) = chat.bodies
    assert "too few" in got["text"]["content"]
    assert heard.read_text().count("too few") == 1


@pytest.mark.parametrize("kept", ["", '{"subject": "a', "[]", "7", '{"subject": "a", "text": "b", "told": 1}', '{"text": "b", "told": []}'])
def test_an_event_in_an_odd_state_hides_no_other_and_is_told_as_lost(by_command, tmp_path, kept):
    way, heard = by_command
    given = settings(tmp_path, **way)
    given.home.told.mkdir(parents=True)
    (given.home.told / "20261120_failed_1.json").write_text(kept)
    tell.failed(given, BrakeError("too few"))
    tell.failed(given, BrakeError("too old"))
    said = heard.read_text()
    assert (said.count("20261120_failed_1: what was to be told is lost"), said.count("too few"), said.count("too old")) == (1, 1, 1)


def test_a_command_that_fails_or_is_not_there_stops_nothing(tmp_path, caplog):
    for command in (["false"], [str(tmp_path / "none")]):
        tell.failed(settings(tmp_path, command=command), BrakeError("too few"))
    assert "nobody could be told" in caplog.text


def test_what_nobody_foresaw_is_told_by_its_kind_only(by_command, tmp_path):
    way, heard = by_command
    with pytest.raises(ValueError, match=MARKER), tell.about(settings(tmp_path, **way)):
        raise ValueError(MARKER)
    assert "ValueError" in heard.read_text()
    assert MARKER not in heard.read_text()


def test_without_a_way_nothing_is_kept(tmp_path):
    given = settings(tmp_path)
    tell.failed(given, BrakeError("too few"))
    assert not given.home.told.exists()


def warned(warnings, notes=()):
    frame = pl.DataFrame(warnings, schema={"concerns": pl.String, "warning": pl.String, "value": pl.Float64}, orient="row")
    return tell.summary.Summary("20261121-01", NIGHT, pl.DataFrame(), pl.DataFrame(), pl.DataFrame(), list(notes), frame, {})


@pytest.mark.parametrize(
    ("night", "told_of"),
    [
        (([], []), ""),
        (([(f"{MARKER}.csv", "left alone", None), ("b.csv", "left alone", None)], []), "2 × left alone"),
        (([], ["No new delivery"]), "No new delivery"),
    ],
)
def test_warnings_of_a_published_night_are_told_in_counts(by_command, tmp_path, monkeypatch, night, told_of):
    way, heard = by_command
    monkeypatch.setattr(tell.summary, "read", lambda _home: warned(*night))
    with tell.about(settings(tmp_path, **way)):
        pass
    assert told_of in heard.read_text()
    assert bool(heard.read_text()) is bool(told_of)
    assert MARKER not in heard.read_text()


def test_what_a_receiver_missed_is_told_before_the_doctor_looks(chat, tmp_path, monkeypatch):
    given = settings(tmp_path, **by_chat(chat))
    monkeypatch.setattr(doctor, "CHECKS", tuple(check for check in doctor.CHECKS if check.name == "telling"))
    chat.is_down = True
    tell.failed(given, BrakeError("too few"))
    assert [line.level for _, line in doctor.examine(given)] == [Level.RED]
    chat.is_down = False
    assert [line.level for _, line in tell.examined(given)] == [Level.OK]
    assert len(chat.bodies) == 1, "and not that nobody was told"


def test_a_red_check_is_told_once_a_day(by_command, tmp_path, monkeypatch):
    way, heard = by_command
    given = settings(tmp_path, **way)
    results = [
        Result("last night", Line(Level.RED, "2026-11-20, published 30 hours ago", "Run it.")),
        Result("disk", Line(Level.WARNING, "little")),
    ]
    tell.unwell(given, results)
    tell.unwell(given, results)
    assert heard.read_text().count("a night never came") == 1
    assert "little" not in heard.read_text()
    monkeypatch.setattr(doctor, "current_day", lambda: dt.date(2030, 1, 1))
    tell.unwell(given, results)
    assert heard.read_text().count("a night never came") == 2


def test_a_night_whose_end_was_told_is_not_told_again_by_the_doctor(by_command, tmp_path):
    way, heard = by_command
    given = settings(tmp_path, **way)
    tell.failed(given, BrakeError("too few"))
    tell.unwell(given, [Result("last run", Line(Level.RED, "20261121-01 braked: too few", "Repeat it."))])
    assert heard.read_text().count("too few") == 1
    tell.unwell(given, [Result("last run", Line(Level.RED, "20261122-01 braked: too few", "Repeat it."))])
    assert "last run is red" in heard.read_text()


def test_a_command_line_night_and_the_doctor_tell(by_command, tmp_path):
    way, heard = by_command
    home = furnished(tmp_path / "home")
    (home / "settings.toml").write_text(f"[tell]\ncommand = {json.dumps(way['command'])}\n")
    given = operate.settings_of(home=home, inbox=tmp_path / "none", as_of=NIGHT)
    with pytest.raises(operate.UsageError):
        operate.run(given, print)
    assert "none: no such directory" in heard.read_text()
    home.chmod(0o755)
    operate.examine(given.home, is_told=True)
    assert "permissions is red" in heard.read_text()
