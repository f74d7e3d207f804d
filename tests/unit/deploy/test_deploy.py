"""Units of systemd and lines of cron: complete, of one mind, and calling commands that there are."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.__main__ import app as flows
from reconcile.cli import app

DEPLOY = Path(__file__).parents[3] / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
HARDENED = {
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "User": "reconcile",
    "SystemCallFilter": "@system-service",
}
CALL = re.compile(r"(?:reconcile|python -m (flows)) ([a-z]+)((?: .*)?)")


def unit(path):
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str
    parsed.read(path, encoding="utf-8")
    return parsed


def calls(text):
    """Program, command and options of a line that calls one of ours."""
    found = CALL.search(text)
    assert found, text
    return flows if found[1] else app, found[2], re.findall(r"--[a-z-]+", found[3])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_is_hardened_and_calls_a_command_that_there_is(path):
    service = unit(path)["Service"]
    assert HARDENED.items() <= dict(service).items()
    assert service["Type"] == ("exec" if "Restart" in service else "oneshot")
    program, command, options = calls(service["ExecStart"])
    assert options
    assert command in set(program), command
    assert set(options) <= {name for argument in program[command].assemble_argument_collection() for name in argument.names}


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_a_timer_has_a_service_of_its_name_and_makes_up_what_it_missed(path):
    assert path.with_suffix(".service") in SERVICES
    timer = unit(path)
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Timer"]["OnCalendar"] == "hourly" or timer["Timer"]["OnCalendar"].endswith("Asia/Shanghai")
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_only_what_has_to_talks_to_a_network():
    networked = {path.stem for path in SERVICES if "AF_INET" in unit(path)["Service"]["RestrictAddressFamilies"]}
    assert networked == {"reconcile-server", "reconcile-serve", "reconcile-doctor"}


def test_cron_calls_what_the_timers_call():
    lines = [line for line in (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines() if re.match(r"[0-9]", line)]
    by_cron = {calls(line)[1] for line in lines}
    assert by_cron == {calls(unit(path.with_suffix(".service"))["Service"]["ExecStart"])[1] for path in TIMERS}
    assert not [line for line in lines if re.search(r"(?<!\\)%", line)]  # cron ends a command at a percent sign


def test_systemd_accepts_every_unit(tmp_path):
    """On copies that name a program and an account that this machine has."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed here: the units were parsed, and not verified by systemd itself")
    for path in [*SERVICES, *TIMERS]:
        text = path.read_text(encoding="utf-8").replace("/usr/local/lib/reconcile/.venv/bin/reconcile", sys.executable)
        text = text.replace("/usr/local/lib/reconcile/.venv/bin/python", sys.executable).replace("=reconcile\n", "=root\n")
        text = text.replace("WorkingDirectory=/usr/local/lib/reconcile", f"WorkingDirectory={tmp_path}")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / path.name) for path in [*SERVICES, *TIMERS]]
    verified = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    told = [line for line in verified.stderr.splitlines() if "reconcile-" in line]
    assert (verified.returncode, told) == (0, [])
    for path in TIMERS:
        when = unit(path)["Timer"]["OnCalendar"]
        assert subprocess.run([analyze, "calendar", *shlex.split(shlex.quote(when))], capture_output=True, check=False).returncode == 0
