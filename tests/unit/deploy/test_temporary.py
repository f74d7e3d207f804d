"""A run starts Prefect's server itself only where nothing can name another one; it answers, and ends with the process."""

import pytest

from flows import temporary


@pytest.fixture
def nothing_named(monkeypatch, tmp_path):
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    (tmp_path / "prefect").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_where_nothing_names_a_server_one_is_started(nothing_named):
    assert temporary.is_needed()


@pytest.mark.parametrize("name", ["prefect/profiles.toml", "prefect.toml", ".env"])
def test_a_file_that_may_name_one_is_left_to_prefect(nothing_named, name):
    (nothing_named / name).write_text("")
    assert not temporary.is_needed()


def test_so_is_a_variable(nothing_named, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    assert not temporary.is_needed()
