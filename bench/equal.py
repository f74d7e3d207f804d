"""Nights that keep what they can beside nights that make everything anew: the same tables after each.

``python -m bench.equal --population 20000 --nights 30`` writes a sample, runs one night on it, and goes on in two homes: in one the nights
as they are, in the other all with ``--full``. Before each night registrations are corrected, spoiled, moved, removed, copied or new; in
some nights nothing is delivered, in some the same register again, late events come, a name becomes common, and stations judge pairs.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

import duckdb
from cyclopts import App

from bench.churn import Register, delivered
from bench.oracle import FIRST
from reconcile import pipeline
from reconcile.home import Home
from reconcile.sample import write
from reconcile.settings import Settings, settings_of
from reconcile.store import Store

HISTORY = {"find.history", "link.person_history"}
"""Tables that say when and in which run something changed; the one home may have a run more."""
COMPARED = ("raw", "std", "link", "find", "stats")
WHAT_CHANGES = ("rows", "nothing", "again", "answers", "events", "common", "rows")
"""What is different from one night to the next, in turn."""
_COLUMNS = """
SELECT columns.schema_name || '.' || columns.table_name AS name, list(column_name ORDER BY column_index) AS columns
FROM duckdb_columns() AS columns
INNER JOIN duckdb_tables() AS tables ON columns.table_oid = tables.table_oid AND columns.database_oid = tables.database_oid
WHERE columns.database_name = 'kept' AND list_contains($schemas, columns.schema_name)
GROUP BY ALL ORDER BY ALL"""

app = App(help=__doc__)


class Twins:
    """Two homes with the same nights; ``kept`` keeps what it can, ``full`` makes everything anew."""

    def __init__(self, inbox: Path, first: Path, folder: Path, seed: int, *, churn: float = 0.02) -> None:
        """Take the inbox and copies of a home after its first night; ``churn`` of the rows change in a night with changes."""
        self.inbox, self.kept, self.full = inbox, folder / "kept", folder / "full"
        self.churn, self.on = churn, FIRST
        for home in (self.kept, self.full):
            shutil.copytree(first, home, symlinks=True)
        self.register = Register(delivered(Home(self.kept).warehouse), seed)
        for manifest in self.inbox.glob("manifest_*"):
            manifest.unlink()

    def night(self, *what: str) -> list[str]:
        """Change something and run a night in both homes; returns the tables in which they differ."""
        self.on += dt.timedelta(days=1)
        for change in what:
            getattr(self, f"_{change}")()
        night(self._settings(self.kept))
        night(self._settings(self.full, full=True))
        return differences(Home(self.kept).warehouse, Home(self.full).warehouse)

    def _rows(self) -> None:
        self.register.churn(self.churn)
        self.register.deliver(self.inbox, self.on)

    def _nothing(self) -> None:
        pass

    def _again(self) -> None:
        self.register.deliver(self.inbox, self.on)

    def _common(self) -> None:
        """One name is borne by a tenth of the register, and a mother's number by more than any mother has children."""
        keys = sorted(self.register.rows)
        first = self.register.rows[keys[0]]
        for key in keys[:: max(1, len(keys) // 60)]:
            self.register.rows[key] |= {"name": first["name"], "mother_id": first["mother_id"] or "990101198001011239"}
        self.register.deliver(self.inbox, self.on)

    def _events(self) -> None:
        """Some deaths are sent once more, word for word."""
        rows = max(self.inbox.glob("health_death_*.csv")).read_bytes().splitlines(keepends=True)
        (self.inbox / f"health_death_{self.on:%Y%m%d}.csv").write_bytes(b"".join([rows[0], *rows[1::7]]))

    def _answers(self) -> None:
        """A station says of pairs that match that they are two persons."""
        for home in (self.kept, self.full):
            with Store(self._settings(home)) as store, store.transaction():
                pairs = "SELECT left_key, right_key FROM link.registration_pair WHERE decision = 'match' ORDER BY ALL LIMIT 5"
                store.execute(f"""
                    INSERT INTO ops.judgement (finding_id, outcome, verified_on, station_code, load_id)
                    SELECT left_key, 'not_an_error', DATE '2026-11-20', '990101500001', 1 FROM ({pairs})""")
                store.execute(f"""
                    INSERT INTO ops.judged_pair BY NAME
                    SELECT left_key AS finding_id, left_key, right_key, 'different' AS verdict, 1 AS load_id,
                        DATE '2026-11-20' AS verified_on FROM ({pairs})""")

    def _settings(self, home: Path, *, full: bool = False) -> Settings:
        return settings_of(home=Home(home), inbox=self.inbox, as_of=self.on, full=full, force=True, by="bench", reason="as planted")


def night(settings: Settings) -> None:
    """Run the stages that make tables."""
    with pipeline.night(settings) as run_id:
        for stage in pipeline.STAGES[:5]:
            pipeline.run_stage(stage, settings, run_id)


def differences(kept: Path, anew: Path) -> list[str]:
    """Tables of two warehouses that do not hold the same rows, with how many each has that the other has not."""
    found: list[str] = []
    with duckdb.connect() as connection:
        for name, path in (("kept", kept), ("anew", anew)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        for table, columns in connection.execute(_COLUMNS, {"schemas": list(COMPARED)}).fetchall():
            if table in HISTORY:
                continue
            shown = ", ".join(f'"{column}"' for column in columns if column != "run_id")
            sides = [f"SELECT {shown} FROM {side}.{table}" for side in ("kept", "anew")]
            kept, anew = (connection.execute(f"SELECT count(*) FROM ({side})").fetchall()[0][0] for side in sides)
            only_kept = connection.execute(f"SELECT count(*) FROM ({sides[0]} EXCEPT ALL {sides[1]})").fetchall()[0][0]
            # Rows are counted as often as they are there, so one difference and the two sizes give the other difference.
            only_anew = anew - (kept - only_kept)
            if only_kept or only_anew:
                found.append(f"{table}: {only_kept} rows only where kept, {only_anew} only where all is new")
    return found


@app.default
def main(*, population: int = 20_000, nights: int = 30, seed: int = 1) -> None:
    """Run the nights, and fail when a table differed after one of them."""
    wrong = 0
    os.umask(0o077)  # as the command line does
    with tempfile.TemporaryDirectory(prefix="equal-") as name:
        folder = Path(name)
        write(folder / "inbox", population, seed)
        night(settings_of(home=Home(folder / "first"), inbox=folder / "inbox", as_of=FIRST))
        twins = Twins(folder / "inbox", folder / "first", folder, seed)
        for number in range(nights):
            what = WHAT_CHANGES[number % len(WHAT_CHANGES)]
            differ = twins.night(what)
            wrong += len(differ)
            print(f"{twins.on}  {what:8} {'equal' if not differ else ''}", *differ, sep="\n  ", flush=True)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    app()
