"""The rules of a night on another engine: the same rows, the same findings; and what is said when it cannot be asked."""

import shutil
import socket

import pytest
from installation import NIGHT, SAMPLE, Installation

from reconcile import engine, findings
from reconcile.engine.session import agree, connect
from reconcile.engine.spark import FOLDER, Spark
from reconcile.errors import EngineError, UsageError
from reconcile.findings.raising.rules import discover
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Store

RULES = {rule.finding_type: rule for rule in discover()}
OF_A_NIGHT = ("find.finding", "find.subject", "find.evidence", "find.history", "find.renumbered")


@pytest.fixture(scope="module")
def store(good_night, spark_server, tmp_path_factory):
    """The warehouse of the good night, with a server to ask."""
    home = Home(shutil.copytree(good_night.home.root, tmp_path_factory.mktemp("engine") / "home", symlinks=True))
    with Store(Settings(home=home, as_of=NIGHT, engine=spark_server, threads=1), "20261121-01") as store:
        yield store


@pytest.fixture(scope="module")
def spark(store):
    with Spark(store, store.settings) as spark:
        yield spark


def sorted_rows(frame):
    return frame.select(sorted(frame.columns)).sort(sorted(frame.columns))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_gives_the_rows_of_duckdb(store, spark, name):
    here, there = store.frame(RULES[name].select), spark.frame(RULES[name].select)
    assert here.height > 0
    assert there.schema == here.schema
    assert sorted_rows(there).equals(sorted_rows(here))


@pytest.fixture
def elsewhere(store, tmp_path):
    """Settings with a directory of its own for the tables: that of the home is in use."""
    return store.settings.model_copy(update={"spark": store.settings.spark.model_copy(update={"exchange": tmp_path})})


def test_the_findings_of_the_night_are_those_of_duckdb(store, elsewhere):
    before = {table: sorted_rows(store.frame(f"SELECT * FROM {table}")) for table in OF_A_NIGHT}
    findings.run(store, elsewhere)
    assert before["find.finding"].height > 300
    for table, rows in before.items():
        assert sorted_rows(store.frame(f"SELECT * FROM {table}")).equals(rows), table


def test_tables_are_not_left_behind(store, elsewhere, tmp_path):
    with Spark(store, elsewhere) as spark:
        spark.frame("SELECT station_code FROM std.station")
        assert [path.name.partition(".")[0] for path in (tmp_path / FOLDER).iterdir()] == ["std__station"]
    assert not list(tmp_path.iterdir())


def test_a_directory_that_the_server_does_not_see_is_named(spark, tmp_path):
    with pytest.raises(EngineError, match=r"does not see it.*exchange"):
        spark._read(tmp_path / "nowhere.parquet")


def test_a_query_that_fails_on_the_server_says_nothing_of_its_rows(store, spark, capfd, caplog):
    with pytest.raises(EngineError, match="a query was refused") as raised:
        spark.frame("SELECT cast(name AS INTEGER) AS number FROM std.police_resident")
    said = capfd.readouterr()
    told = "".join((str(raised.value), str(raised.value.__cause__), said.out, said.err, caplog.text))
    assert not [name for name in store.frame("SELECT name FROM std.police_resident WHERE name IS NOT NULL")["name"] if name in told]


@pytest.fixture
def nobody():
    """A port that is taken and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"sc://127.0.0.1:{taken.getsockname()[1]}"


def test_without_a_server_the_night_does_not_begin(nobody, tmp_path, capsys):
    night = Installation(SAMPLE, tmp_path / "home")
    assert night.run(engine=nobody) == EngineError.exit_code
    said = capsys.readouterr().err
    assert nobody in said
    assert "Start Spark Connect there" in said
    assert not night.home.warehouse.exists()


def test_what_is_no_address_is_refused(tmp_path, capsys):
    assert Installation(SAMPLE, tmp_path / "home").run(engine="spark://master:7077") == UsageError.exit_code
    assert "engine" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(nobody, tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'reconcile\[spark\]'"):
        engine.check(Settings(home=tmp_path, as_of=NIGHT, engine=nobody))


def test_encrypted_databases_are_not_handed_out(nobody, tmp_path):
    with pytest.raises(UsageError, match="encrypted"):
        engine.check(Settings(home=tmp_path, as_of=NIGHT, engine=nobody, key="a key"))


def test_a_server_of_another_version_is_refused():
    agree("sc://host:1", "4.2.1", "4.2.0")
    with pytest.raises(EngineError, match=r"Spark 4\.3\.0, the client 4\.2\.0\. Install pyspark-client==4\.3\.0"):
        agree("sc://host:1", "4.3.0", "4.2.0")


def test_a_name_that_leads_to_no_machine_is_refused():
    with pytest.raises(EngineError, match="no server answers"):
        connect("sc://host.invalid:15002", {})
