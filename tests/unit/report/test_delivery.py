"""The page for the office that delivered: counts, lines and words, what became better, and nobody's name."""

import csv
import datetime as dt
import re
from contextlib import nullcontext

import pytest
from warehouses import furnished

from reconcile import ingest, pipeline, standardise
from reconcile.errors import BrakeError, OtherTablesError
from reconcile.home import Home
from reconcile.pipeline import Stage
from reconcile.report import delivery, pages
from reconcile.report.delivery_words import REASONS
from reconcile.settings import Settings
from reconcile.standardise import codes, dates, supersede, table
from reconcile.store import Store

STATION = "station_code,station_name,county_code,county_name\n990101000001,甲所,990101,甲县\n"
RESIDENT = "人员编号,姓名,性别,出生日期,户号,派出所代码\nR1,王伟,1,19900101,H1,990101000001\n"
DEATH = "death_cert_no,name,death_date,reported_on,voided\n"
EARLIER = """
INSERT INTO ops.run (run_id, as_of, status) VALUES ('20261114-01', DATE '2026-11-14', 'done'), ('20261107-01', DATE '2026-11-07', 'done');
INSERT INTO ops.metric (run_id, stage, name, subject, value) VALUES
('20261107-01', 'publish', 'delivery_rows', 'health_death', 1),
('20261114-01', 'publish', 'delivery_rows', 'health_death', 50),
('20261114-01', 'publish', 'delivery_rejects', 'health_death death_date date_form row', 9),
('20261114-01', 'publish', 'delivery_rejects', 'health_death voided code_unknown value', 41),
('20261114-01', 'publish', 'delivery_rejects', 'health_birth birth_date date_form row', 77);
"""


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("delivery")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    rows = [f"D{no},欧阳小{'甲' if no else '乙'},2026-01-01,2026-01-02,{'丙' if no < 6 else '0'}" for no in range(100)]
    broken = ['D100,"欧阳丙,1,2,3', "D101,,2026-01-01,2026-01-02,0", "=D102,欧阳丁,2026-02-30,2026-03-01,0"]
    texts = {"station": STATION, "police_resident": RESIDENT, "health_death": DEATH + "\n".join([*rows, *broken]) + "\n"}
    for extract, text in texts.items():
        (inbox / f"{extract}_20261121.csv").write_text(text, encoding="utf-8")
    settings = Settings(home=furnished(tmp_path / "home"), inbox=inbox, as_of=dt.date(2026, 11, 21), threads=1)
    with Store(settings, "20261121-01") as store:
        ingest.run(store, settings)
        standardise.run(store, settings)
        yield store


def page(store):
    return store.settings.home.delivery_report("health_death", "2026-11-21", "html").read_text(encoding="utf-8")


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_reasons_lines_and_codes(night):
    counts = delivery.figures(night, night.run_id)
    pages.write_about_deliveries(night, night.settings, night.run_id)
    shown = text_of(page(night))
    assert counts["delivery_rows", "health_death"] == 103
    assert counts["delivery_lost_rows", "health_death"] == 3
    assert counts["delivery_rejects", "health_death voided code_unknown value"] == 6
    assert "死亡日期 没有这一天 整行未使用 1 第 104 行 请核对年、月、日" in shown
    assert "作废标志 不认识的代码 该项未使用 6 第 2、3、4、5、6、7 行" in shown
    assert "整行 引号不成对 整行未使用 1 第 102 行" in shown
    assert "作废标志 6 103" not in shown
    assert "丙（6）" in shown
    assert "上一次" not in shown


def test_what_became_better_since_the_last_delivery(night):
    night.execute(EARLIER)
    pages.write_about_deliveries(night, night.settings, night.run_id)
    shown = text_of(page(night))
    night.execute("DELETE FROM ops.metric WHERE run_id < '20261121'; DELETE FROM ops.run")
    assert "与上一次（2026-11-14）相比：每百行的问题由 100.00 处变为 8.74 处" in shown
    assert "作废标志 不认识的代码 该项未使用 6 41" in shown
    assert "上一次有、这一次没有了 项目 问题 上一次 死亡日期 看不懂的日期写法 9" in shown
    assert "77" not in shown


def test_the_page_names_nobody_and_the_list_is_for_its_owner(night):
    pages.write_about_deliveries(night, night.settings, night.run_id)
    listed = night.settings.home.delivery_report("health_death", "2026-11-21", "csv")
    assert not re.search("欧阳|D10[0-9]", page(night))
    assert listed.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(listed.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 9
    assert {row["行号"] for row in rows if "欧阳丁" in row["原始内容"]} == {"104"}
    assert not [row for row in rows if row["原始内容"].startswith(("=", "+", "-", "@"))]


def test_a_delivery_without_fault_says_so_and_has_no_list(night):
    pages.write_about_deliveries(night, night.settings, night.run_id)
    home = night.settings.home
    assert "没有问题" in home.delivery_report("station", "2026-11-21", "html").read_text(encoding="utf-8")
    assert not home.delivery_report("station", "2026-11-21", "csv").exists()


def test_a_night_that_a_brake_stops_writes_the_page_all_the_same(night):
    def stop(*_):
        raise BrakeError("too many")

    night.settings.home.delivery_report("health_death", "2026-11-21", "html").unlink(missing_ok=True)
    with pytest.raises(BrakeError):
        pipeline._run(Stage("findings", "", stop), night, night.settings)
    assert page(night)


def test_a_page_that_cannot_be_written_costs_no_night(night, caplog, tmp_path):
    blocked = Home(tmp_path / "other")
    blocked.root.mkdir()
    blocked.reports.write_text("")
    pages.write_about_deliveries(night, night.settings.model_copy(update={"home": blocked}), night.run_id)
    assert "delivery_health_death_2026-11-21.html was not written" in caplog.text


def test_a_page_that_cannot_be_put_in_its_place_is_told_and_the_others_are_put(night, caplog):
    home = night.settings.home
    barred, free, stale = (home.reports / name for name in ("barred.html", "free.html", "stale.csv"))
    stale.touch()
    barred.mkdir()
    waiting = pages.staged({barred: lambda: "a", stale: lambda: None, free: lambda: "b"}, night.settings)
    assert pages.put(waiting) == 2
    assert (free.read_text(), stale.exists()) == ("b", False)
    assert "barred.html was not written: IsADirectoryError" in caplog.text


@pytest.mark.parametrize(
    ("error", "said"), [(OtherTablesError("x"), ""), (OSError(), "2026-11-21 are missing and cannot be written: OSError")]
)
def test_missing_pages_that_cannot_be_written_are_told_but_not_those_of_another_program(tmp_path, monkeypatch, caplog, error, said):
    def texts(*_, **__):
        raise error

    monkeypatch.setattr(pages, "Reader", lambda _: nullcontext())
    monkeypatch.setattr(pages, "texts", texts)
    pages.mend(Settings(home=Home(tmp_path), as_of=dt.date(2026, 11, 21)), "20261121-01")
    assert said in caplog.text
    assert bool(caplog.text) == bool(said)


def test_every_rule_has_words():
    of_lines = {"columns", "length", "quote", "encoding", "total_row"}
    assert set(REASONS) == of_lines | set(dates.RULES) | set(codes.RULES) | {table.REQUIRED, supersede.COLLISION}
