"""An exported night is whole or not there, says what it is, and is written down in the audit."""

import hashlib
import json

import duckdb
import polars as pl
import pytest
from command import command
from warehouses import furnished

from reconcile import consult, export, key
from reconcile.contract import published
from reconcile.errors import UsageError
from reconcile.home import Home, make_directory
from reconcile.settings import Settings
from reconcile.store import Reader, Store

RUN, NIGHT = "20261121-01", "as_of=2026-11-21"
MARKER = "赵标记"


@pytest.fixture
def home(tmp_path):
    home = Home(furnished(tmp_path / "home"))
    settings = Settings(home=home, as_of="2026-11-21", threads=1)
    with Store(settings, RUN) as store:
        key.of(store)
        store.execute(
            "INSERT INTO find.finding (finding_id, finding_type, tier) VALUES ('F1', 'number_invalid', 'A'), ('F2', 'number_invalid', NULL)"
        )
        store.execute(f"INSERT INTO find.evidence (finding_id, field, source_value) VALUES ('F1', 'name', '{MARKER}, \"x\"')")
        store.run_file("ops/begin_run", run_id=RUN, program="test")
        store.run_file("ops/finish_run", run_id=RUN, status="done", message=None)
        make_directory(home.published)
        store.copy_to(home.publication(RUN))
        store.copy_to(home.latest)
    return home


def manifest(target):
    return json.loads((target / NIGHT / export.MANIFEST).read_text(encoding="utf-8"))


def audited(home):
    with Store(Settings(home=home, as_of="2026-11-21")) as store:
        return store.frame("SELECT command, outcome FROM ops.audit ORDER BY number").rows()


def test_a_night_is_a_partition_whose_files_say_what_they_are(home, tmp_path, capsys):
    target = tmp_path / "lake"
    assert command("export", target, "--home", home, "--schemas", "find, ops") == 0
    assert f"{NIGHT}  " in capsys.readouterr().out
    about = manifest(target)
    assert (about["run_id"], about["as_of"], about["contract"], about["masked"]) == (RUN, "2026-11-21", published.VERSION, False)
    assert {file["table"].split(".")[0] for file in about["files"]} == {"find", "ops"}
    for file in about["files"]:
        path = target / NIGHT / file["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
        assert pl.read_parquet(path).height == file["rows"]
    with duckdb.connect() as lake:
        pattern = f"{target}/*/find/finding.parquet"
        found = lake.execute(f"SELECT as_of, finding_id FROM read_parquet('{pattern}', hive_partitioning = true) ORDER BY ALL").fetchall()
        metadata = dict(lake.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{pattern}')").fetchall())
    assert [number for _, number in found] == ["F1", "F2"]
    assert {str(day) for day, _ in found} == {"2026-11-21"}
    assert (metadata["run_id"], metadata["contract"], metadata["privacy"]) == (RUN, published.VERSION, "sensitive")
    assert json.loads(metadata["columns"])["tier"] == "none"


def test_views_are_exported_with_the_tables(home, tmp_path):
    consult.export_night(home, tmp_path / "lake", ["find"])
    assert "find.trace" in {file["table"] for file in manifest(tmp_path / "lake")["files"]}


def test_csv_brings_every_value_back(home, tmp_path):
    consult.export_night(home, tmp_path / "lake", ["find"], "csv")
    evidence = pl.read_csv(tmp_path / "lake" / NIGHT / "find" / "evidence.csv")
    assert evidence["source_value"].to_list() == [f'{MARKER}, "x"']
    findings = pl.read_csv(tmp_path / "lake" / NIGHT / "find" / "finding.csv")
    assert findings.select("finding_id", "tier").rows() == [("F1", "A"), ("F2", None)]


def test_who_took_data_out_stands_in_the_audit(home, tmp_path):
    done = consult.export_night(home, tmp_path / "lake", ["find"])
    ((name, outcome),) = audited(home)
    assert name == "export"
    assert json.loads(outcome) == {"files": done.files, "rows": done.rows}


def test_nothing_is_overwritten(home, tmp_path, capsys):
    consult.export_night(home, tmp_path / "lake", ["find"])
    before = manifest(tmp_path / "lake")
    assert command("export", tmp_path / "lake", "--home", home) == 2
    assert "overwrites nothing" in capsys.readouterr().err
    assert manifest(tmp_path / "lake") == before
    assert len(audited(home)) == 1


@pytest.mark.parametrize("schemas", ["nothing", "find,main", ",", "find;DROP TABLE ops.run"])
def test_a_schema_that_is_not_there_is_refused_with_those_that_are(home, tmp_path, capsys, schemas):
    assert command("export", tmp_path / "lake", "--home", home, "--schemas", schemas) == 2
    assert "There are raw, std, link, find" in capsys.readouterr().err
    assert not (tmp_path / "lake").exists()


def test_the_home_itself_is_no_target(home):
    with pytest.raises(UsageError, match="lies in the home"):
        consult.export_night(home, home.root / "lake", ["find"])


def test_without_a_masked_publication_no_persons_are_given_instead(home, tmp_path):
    with pytest.raises(UsageError, match="latest_masked"):
        consult.export_night(home, tmp_path / "lake", ["find"], is_masked=True)
    assert not (tmp_path / "lake").exists()


def test_half_an_export_is_none(home, tmp_path, monkeypatch):
    """The disk is full after some files, or the audit cannot be written: nothing is there, and nothing hinders the next try."""
    frame, copied = Reader.frame, []

    def full(self, text, **values):
        if text.startswith("COPY"):
            copied.append(text)
            if len(copied) > 3:
                raise OSError(28, "No space left on device")
        return frame(self, text, **values)

    monkeypatch.setattr(Reader, "frame", full)
    assert command("export", tmp_path / "lake", "--home", home) == 1
    assert list((tmp_path / "lake").iterdir()) == []
    assert audited(home) == []
    monkeypatch.undo()

    def refuse(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("reconcile.audit.note", refuse)
    assert command("export", tmp_path / "lake", "--home", home) == 1
    assert list((tmp_path / "lake").iterdir()) == []
    monkeypatch.undo()
    assert command("export", tmp_path / "lake", "--home", home) == 0
