"""Revision 0007 makes of old order rows exactly what the program would make of the records, and counts them."""

from __future__ import annotations

import shutil
from contextlib import closing

from desktop.register.office import opened, unlock
from desktop.register.service.resident_index import keep_derived
from desktop.store.engine import connect
from desktop.store.migrate import SCRIPTS, upgrade
from tests.conftest import OFFICERS, PASSWORD
from tests.factories import add_household, add_resident, one_step

_MADE = ("SELECT * FROM resident_order ORDER BY resident_id", "SELECT * FROM resident_count ORDER BY what")
_AS_BEFORE = """
CREATE TABLE old (
    resident_id CHAR(32) NOT NULL PRIMARY KEY, gone BOOLEAN NOT NULL, name_key VARCHAR(200) NOT NULL,
    address_key VARCHAR(300) NOT NULL, due_on DATE NOT NULL);
INSERT INTO old SELECT resident_id, gone, name_key, '翠湖苑|000003栋', due_on FROM resident_order;
DROP TABLE resident_order;
DROP TABLE resident_count;
ALTER TABLE old RENAME TO resident_order;
UPDATE alembic_version SET version_num = '0006';
"""


def test_old_order_rows_become_what_the_program_makes(folder, clock, tmp_path):
    slot = folder.current().ring().named(OFFICERS["主任"])
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        keep_derived(found.store)

        def moved_in(unit):
            home = add_household(unit, building="11栋", room="0302")
            other = add_household(unit, place_id=home.place_id, building="2栋")
            unit.session.flush()
            add_resident(unit, home.id, name="吴淑珍")
            add_resident(unit, home.id, name="赵德顺")
            add_resident(unit, other.id, name="林桂英", dwelling_state="迁出")

        one_step(found, moved_in)
    path, key = folder.current().database, unlock(folder, slot.id, PASSWORD)
    with closing(connect(path, key)) as raw:
        made = [raw.execute(query).fetchall() for query in _MADE]
        raw.executescript(_AS_BEFORE)
    revisions = tmp_path / "revisions"
    shutil.copytree(SCRIPTS, revisions, ignore=shutil.ignore_patterns("__pycache__"))
    for script in (revisions / "versions").glob("*.py"):
        if script.name[:4] > "0007":
            script.unlink()
    upgrade(path, key, revisions)
    with closing(connect(path, key)) as raw:
        assert [raw.execute(query).fetchall() for query in _MADE] == made
    assert dict(made[1]) == {"gone": 1, "here": 2, "homes": 1}
    assert {row[3] for row in made[0]} == {"翠湖苑|211|12|3302", "翠湖苑|12|12|3501"}
