"""An inbox with the two mandatory extracts, and a night that ingests it."""

import datetime as dt
from pathlib import Path

import homes
from warehouses import furnished

from reconcile import ingest, standardise
from reconcile.settings import Settings
from reconcile.store import Store

STATION = "station_code,station_name,county_code,county_name\n990101000001,甲所,990101,甲县\n"
RESIDENT = "人员编号,姓名,性别,出生日期,户号,派出所代码\n"
RESIDENT_ROW = "R1,王伟,1,19900101,H1,990101000001\n"
DEATH = "death_cert_no,name,death_date,reported_on\n"


class Night:
    """Writes deliveries, runs ingest, answers queries."""

    def __init__(self, root: Path) -> None:
        self.inbox = root / "inbox"
        self.home = furnished(root / "home")
        self.tries = 0
        self.inbox.mkdir()
        self.put("station_20261101.csv", STATION)
        self.put("police_resident_20261101.csv", RESIDENT + RESIDENT_ROW)

    def put(self, file: str, content: str | bytes) -> Path:
        path = self.inbox / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def settings(self, as_of: str = "2026-11-21", **values: object) -> Settings:
        return Settings(home=self.home, inbox=self.inbox, as_of=dt.date.fromisoformat(as_of), **values)

    def run(self, as_of: str = "2026-11-21", run_id: str = "", **values: object) -> dict[str, float]:
        self.tries += 1
        settings = self.settings(as_of, **values)
        with Store(settings, run_id or f"run-{self.tries}") as store:
            return ingest.run(store, settings)

    def standardise(self) -> None:
        with Store(self.settings(), "run-1") as store:
            standardise.run(store, self.settings())

    def rows(self, sql: str) -> list[tuple]:
        return homes.rows(self.home, sql)

    def deaths(self) -> list[tuple]:
        return self.rows("SELECT death_cert_no, name, _line FROM raw.health_death ORDER BY _load_id, _line")

    def rejects(self) -> list[tuple]:
        return self.rows("SELECT file, line, rule, severity, raw_row FROM ops.reject ORDER BY file, line, rule")
