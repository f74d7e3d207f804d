"""Rows of the masked database that show what they showed: a mark on them says that they were taken over, to their place of tonight."""

import duckdb

from bench.equal import differences
from reconcile import masked
from reconcile.store import Store

NAMES = {"R1": "王芳", "R2": "李伟", "R3": "张敏"}
REGISTER = [{"registration_id": key, "name": name} for key, name in NAMES.items()]
CHANGED = [REGISTER[2], REGISTER[0] | {"name": "王方"}, {"registration_id": "R4", "name": "赵静"}]
DEATHS = [{"death_cert_no": key} for key in ("D1", "D2")]


def night(warehouse, target, before=None):
    """Standardise what was delivered, and write the masked database beside one that takes nothing over: rows that only one has."""
    warehouse.run()
    anew = target.with_name("anew.duckdb")
    anew.unlink(missing_ok=True)
    with Store(warehouse.settings, "masked") as store:
        masked.write(store, anew)
        masked.write(store, target, before)
    return differences(target, anew)


def deliver_register(warehouse, *rows):
    """A snapshot, which takes the place of the one before."""
    warehouse.deliver("police_resident", *rows)
    newest = f"extract = 'police_resident' AND load_id < {warehouse.loads}"
    warehouse.execute(f"UPDATE ops.load SET superseded = {newest}")


def mark(path):
    """Write into every row what no delivery brought."""
    path.chmod(0o600)
    with duckdb.connect(str(path)) as database:
        for schema in ("raw", "std"):
            database.execute(f"UPDATE {schema}.police_resident SET household_no = 'taken over'")


def taken_over(path, table):
    with duckdb.connect(str(path), read_only=True) as database:
        return database.execute(f"SELECT registration_id, _line FROM {table} WHERE household_no = 'taken over' ORDER BY ALL").fetchall()


def test_rows_that_came_again_are_taken_over_and_all_others_masked_anew(warehouse, tmp_path):
    first, second, third = (tmp_path / f"{number}.duckdb" for number in range(3))
    warehouse.execute("UPDATE ops.state SET key_check = 'one key'")
    deliver_register(warehouse, *REGISTER)
    warehouse.deliver("health_death", *DEATHS)
    assert night(warehouse, first) == []
    deliver_register(warehouse, *CHANGED)
    # The second death is delivered anew with another day: raw keeps both rows, std the newer one.
    warehouse.deliver("health_death", DEATHS[1] | {"reported_on": "2026-11-05"})
    assert night(warehouse, second, first) == []
    mark(first)
    assert len(night(warehouse, third, first)) == 2
    for schema in ("raw", "std"):
        assert taken_over(third, f"{schema}.police_resident") == [("R3", 2)]
