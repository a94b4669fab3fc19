"""No record and no line of the journal is written past the session's flush and insert_many, by whatever way."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import select

from desktop.foundation.errors import EnvironmentFailure
from desktop.health.records import Visit
from desktop.register.records import Place
from desktop.store.gate import WriteWithoutHistory, guarded_tables
from desktop.store.records import HistoryEntry, Step
from tests.conftest import NOW
from tests.factories import add_place, one_step

REFUSED = (WriteWithoutHistory, DatabaseError, sqlcipher.DatabaseError)
PLACE = {
    "id": "0" * 32,
    "created_at": "2026-06-17 02:42:00",
    "updated_at": "2026-06-17 02:42:00",
    "version": 1,
    "name": "偷偷写的",
    "category": "小区",
    "grid": "",
    "address": "",
    "manager": "",
    "phone": "",
    "remark": "",
}
VALUES = {**PLACE, "id": UUID(int=0), "created_at": NOW, "updated_at": NOW}
INSERT = f"INTO place({', '.join(PLACE)}) VALUES ({', '.join(repr(value) for value in PLACE.values())})"
STATEMENTS = {
    "update": "UPDATE place SET name = '偷偷写的'",
    "update or replace": "UPDATE OR REPLACE place SET name = '偷偷写的'",
    "quoted": "UPDATE \"place\" SET name = '偷偷写的'",
    "qualified": "UPDATE main.place SET name = '偷偷写的'",
    "commented": "UPDATE /* nothing to see */ place SET name = '偷偷写的'",
    "delete": "DELETE FROM place",
    "insert": f"INSERT {INSERT}",
    "insert or ignore": f"INSERT OR IGNORE {INSERT}",
    "replace": f"REPLACE {INSERT}",
    "with insert": f"WITH one AS (SELECT 1) INSERT {INSERT}",
    "with update": "WITH one AS (SELECT 1) UPDATE place SET name = '偷偷写的' WHERE 1 IN (SELECT * FROM one)",
    "history": "DELETE FROM history_entry",
    "steps": "UPDATE step SET staff_name = '别人'",
    "batches": "DELETE FROM import_batch",
    "drop": "DROP TABLE place",
    "rename": "ALTER TABLE place RENAME TO places",
    "trigger": "CREATE TRIGGER later AFTER INSERT ON draft BEGIN UPDATE place SET name = '偷偷写的'; END",
    "passing trigger": "CREATE TEMP TRIGGER later AFTER INSERT ON draft BEGIN DELETE FROM place; END",
}


def by_text(session, statement):
    session.connection().execute(text(statement))


def by_driver_sql(session, statement):
    session.connection().exec_driver_sql(statement)


def by_raw_cursor(session, statement):
    session.connection().connection.cursor().execute(statement)


def by_script(session, statement):
    session.connection().connection.driver_connection.executescript(statement)


@pytest.fixture
def store(opened):
    """A store that holds one place."""
    with opened.store.writing("新建点位", opened.officer) as unit:
        add_place(unit)
    return opened.store


def contents(store):
    with store.reading() as session:
        return [
            session.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
            for table in ("place", "step", "history_entry", "import_batch", "sqlite_master")
        ]


@pytest.mark.parametrize("way", [by_text, by_driver_sql, by_raw_cursor, by_script])
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_no_statement_passes(store, opened, way, statement):
    before = contents(store)
    with pytest.raises(REFUSED), store.keeping() as session:
        way(session, statement)
    assert contents(store) == before


@pytest.mark.parametrize("way", [by_text, by_driver_sql, by_raw_cursor, by_script])
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_no_statement_passes_behind_a_legitimate_flush(store, opened, way, statement):
    before = contents(store)

    def work(unit):
        unit.session.exec(select(Place)).one().name = "改过的名字"
        unit.session.flush()
        way(unit.session, statement)

    with pytest.raises(REFUSED):
        one_step(opened, work)
    assert contents(store) == before


ORM_WAYS = {
    "bulk update": lambda session: session.execute(update(Place).values(name="偷偷写的")),
    "bulk delete": lambda session: session.execute(delete(Place)),
    "bulk insert": lambda session: session.execute(insert(Place), [{"name": "偷偷写的", "category": "小区"}]),
    "bulk_insert_mappings": lambda session: session.bulk_insert_mappings(Place, [dict(VALUES)]),
    "bulk_save_objects": lambda session: session.bulk_save_objects([Place(name="偷偷写的", category="小区")]),
    "bulk_update_mappings": lambda session: session.bulk_update_mappings(
        Place, [{"id": session.exec(select(Place.id)).first(), "name": "偷偷写的"}]
    ),
    "core insert": lambda session: session.connection().execute(insert(Place.__table__), [dict(VALUES)]),
    "core update": lambda session: session.connection().execute(update(Place.__table__).values(name="偷偷写的")),
    "core delete": lambda session: session.connection().execute(delete(Place.__table__)),
    "journal": lambda session: session.connection().execute(update(Step).values(staff_name="别人")),
    "journal delete": lambda session: session.connection().execute(delete(HistoryEntry)),
    "keeping add": lambda session: (session.add(Place(name="偷偷写的", category="小区")), session.flush()),
}


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.parametrize("way", [w for n, w in ORM_WAYS.items() if n != "keeping add"], ids=[*ORM_WAYS][:-1])
def test_no_bulk_way_passes_in_a_unit_of_work(store, opened, way):
    before = contents(store)

    def work(unit):
        add_place(unit, name="第二个")
        unit.session.flush()
        way(unit.session)

    with pytest.raises(WriteWithoutHistory):
        one_step(opened, work)
    assert contents(store) == before


@pytest.mark.parametrize("way", ORM_WAYS.values(), ids=ORM_WAYS)
def test_keeping_writes_no_record(store, way):
    before = contents(store)
    with pytest.raises(WriteWithoutHistory), store.keeping() as session:
        way(session)
    assert contents(store) == before


def test_statement_compiled_while_the_gate_was_open_does_not_pass_later(store, opened):
    """SQLite asks its authorizer only when it compiles; a kept statement would run unasked."""
    statement = STATEMENTS["update"]
    before = contents(store)

    def work(unit):
        raw = unit.session.connection().connection.driver_connection
        with unit.gate.opened():
            for _ in range(3):
                raw.execute(statement)
        raw.execute(statement)

    with pytest.raises(sqlcipher.DatabaseError, match="not authorized"):
        one_step(opened, work)
    assert contents(store) == before


def test_a_failed_flush_shuts_the_gate_and_spoils_the_unit(store, opened):
    before = contents(store)

    def work(unit):
        add_place(unit, name="先存的")
        unit.session.flush()
        unit.add(Place(name=None, category="小区"))
        with pytest.raises(IntegrityError, match="NOT NULL"):
            unit.session.flush()
        unit.session.rollback()
        with pytest.raises(WriteWithoutHistory):
            unit.session.connection().execute(delete(Place.__table__))

    with pytest.raises(RuntimeError, match="nothing of it may be stored"):
        one_step(opened, work)
    assert contents(store) == before


def test_reading_cannot_write(store):
    before = contents(store)
    with pytest.raises(EnvironmentFailure, match="不能写"), store.reading() as session:
        session.connection().exec_driver_sql(STATEMENTS["update"])
    with store.reading() as session:
        session.exec(select(Place)).one().name = "偷偷写的"
        with pytest.raises(RuntimeError, match="cannot write"):
            session.commit()
    assert contents(store) == before


def test_a_unit_cannot_be_stored_in_two_halves(store, opened):
    before = contents(store)

    def work(unit):
        add_place(unit, name="前一半")
        unit.session.commit()

    with pytest.raises(DatabaseError, match="not authorized"):
        one_step(opened, work)
    assert contents(store) == before


def test_every_table_of_records_and_the_journal_are_guarded():
    assert {"resident", Visit.__tablename__, "staff", "step", "history_entry", "import_batch"} <= guarded_tables()
    assert not {"draft", "learned_heading", "search_key", "resident_order", "health_due"} & guarded_tables()
