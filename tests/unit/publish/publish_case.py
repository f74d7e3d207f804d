"""A home whose warehouse is filled by hand, for the brakes and the swap of files."""

import datetime as dt
import hashlib

import duckdb
import polars as pl
from warehouses import furnished

from reconcile import publish
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.thresholds import Brakes

NIGHT = dt.date(2026, 11, 21)


class House:
    """A home whose warehouse is filled by hand."""

    def __init__(self, home):
        self.settings = Settings(home=furnished(home), as_of=NIGHT, brakes=Brakes(finding_floor=2, reject_floor=3))
        self.loads = 0

    def sql(self, text, **values):
        """Without opening the warehouse for a night, which takes longer than a statement."""
        with duckdb.connect(str(self.settings.home.warehouse)) as connection:
            return connection.execute(text, values).fetchall()

    def load(self, extract, rows=100, on=NIGHT, run="20261121-01", file="f.csv"):
        self.loads += 1
        self.sql(
            "INSERT INTO ops.load (load_id, run_id, extract, file, delivered_on, rows, superseded)"
            " VALUES ($load, $run, $extract, $file, $delivered, $rows, FALSE)",
            load=self.loads,
            run=run,
            extract=extract,
            file=file,
            delivered=on,
            rows=rows,
        )

    def rejects(self, count, severity="row"):
        self.sql(
            "INSERT INTO ops.reject (load_id, line, severity) SELECT $load, range, $severity FROM range($count)",
            load=self.loads,
            severity=severity,
            count=count,
        )

    def flags(self, unread, read):
        """Deaths of the newest load whose flag is or is not readable."""
        self.sql(
            "INSERT INTO raw.police_death (event_id, reversed, _line, _load_id)"
            " SELECT 'E', if(range < $unread, '/', '0'), range, $load FROM range($unread + $read)",
            unread=unread,
            read=read,
            load=self.loads,
        )
        self.sql(
            "INSERT INTO ops.reject (load_id, line, column_name, rule, severity, stage)"
            " SELECT $load, range, 'reversed', 'code_unknown', 'value', 'standardise' FROM range($unread)",
            load=self.loads,
            unread=unread,
        )

    def registrations(self, count):
        self.sql("INSERT INTO std.police_resident (registration_id) SELECT CAST(range AS VARCHAR) FROM range($count)", count=count)

    def findings(self, count, seen=NIGHT):
        self.sql(
            "INSERT INTO find.finding (finding_id, finding_type, last_seen_on)"
            " SELECT CAST(range AS VARCHAR), 'number_invalid', $seen FROM range($count)",
            count=count,
            seen=seen,
        )

    def run(self, run_id="20261121-01", status="running"):
        self.sql(
            "INSERT INTO ops.run (run_id, status, started_at) VALUES ($run, $status, TIMESTAMP '2026-01-01')", run=run_id, status=status
        )

    def stage(self, text="one"):
        station = self.settings.home.staged_worklists / "990101000001"
        station.mkdir(parents=True)
        (station / "list.csv").write_text(text)
        rows = {"file": ["990101000001/list.csv"], "sha256": [hashlib.sha256(text.encode()).hexdigest()]}
        pl.DataFrame(rows).write_csv(self.settings.home.staged_worklists / "manifest.csv")

    def publish(self, run_id="20261121-01", **changes):
        settings = self.settings.model_copy(update=changes)
        with Store(settings, run_id) as store:
            return publish.run(store, settings)

    def files(self):
        return {str(path.relative_to(self.settings.home)) for path in self.settings.home.root.rglob("*") if path.is_file()}
