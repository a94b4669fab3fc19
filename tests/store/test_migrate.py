"""Schema and revisions: one schema, on SQLite and PostgreSQL; an upgrade that fails leaves the old file in use."""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

import desktop.app  # noqa: F401  every table there is
from desktop.foundation.errors import DamagedFile, FileBusy
from desktop.register.office import opened, unlock
from desktop.register.records import Household, Place
from desktop.store.engine import APPLICATION_ID, connect, make_engine
from desktop.store.migrate import HEAD, SCRIPTS, copy_verified, migrate_current, needs_migration, upgrade
from tests.conftest import OFFICERS, PASSWORD
from tests.factories import add_household, one_step

GOOD = '''
"""Rebuild the parent of every dwelling."""
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    """Add a column and a constraint, which makes SQLite build the table anew."""
    with op.batch_alter_table("place") as place:
        place.add_column(sa.Column("storeys", sa.Integer(), nullable=True))
        place.create_check_constraint("ck_place_storeys", "storeys IS NULL OR storeys > 0")
'''
FAILING = '''
"""Begin well and break."""
from alembic import op

revision = "9002"
down_revision = "9001"


def upgrade() -> None:
    """Empty a table and then name one that does not exist."""
    op.execute("DELETE FROM household")
    op.execute("DELETE FROM no_such_table")
'''
LOOSE = '''
"""Lose the parents."""
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    """Delete what dwellings refer to."""
    op.execute("DELETE FROM place")
'''


@pytest.fixture
def key(folder):
    return unlock(folder, folder.current().ring().named(OFFICERS["主任"]).id, PASSWORD)


@pytest.fixture
def lived_in(folder, clock):
    """The folder with three dwellings in it, nobody signed in."""
    slot = folder.current().ring().named(OFFICERS["主任"])
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        for building in ("1栋", "2栋", "3栋"):
            one_step(found, lambda unit, b=building: add_household(unit, building=b))
    return folder


@pytest.fixture
def scripts(tmp_path):
    """The program's own revisions, and a way to add invented ones."""
    copy = tmp_path / "revisions"
    shutil.copytree(SCRIPTS, copy, ignore=shutil.ignore_patterns("__pycache__"))

    def add(**texts):
        for name, text in texts.items():
            (copy / "versions" / f"{name}.py").write_text(text.replace("{head}", HEAD), encoding="utf-8")
        return copy

    return add


@contextmanager
def reading(path, key):
    engine = make_engine(path, key, writer=False)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def count(path, key, table):
    with closing(connect(path, key)) as raw:
        return raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_revisions_build_exactly_the_models(folder, key):
    """A model edited without a migration must fail here, not at a user's desk."""

    def ours(name, kind, *_rest):
        return not (kind == "table" and name.startswith(("search_text", "alembic_version")))

    with reading(folder.current().database, key) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": lambda name, kind, _parents: ours(name or "", kind)}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_checks_in_the_file_are_those_of_the_models(folder, key):
    """compare_metadata does not see a changed CHECK."""
    with reading(folder.current().database, key) as connection:
        inspector = sa.inspect(connection)
        for name, table in SQLModel.metadata.tables.items():
            found = {
                check["name"]: " ".join(check["sqltext"].split()) for check in inspector.get_check_constraints(name)
            }
            wanted = {
                str(check.name): " ".join(str(check.sqltext).split())
                for check in table.constraints
                if isinstance(check, sa.CheckConstraint)
            }
            assert {key.removeprefix(f"ck_{name}_") for key in found} == {
                key.removeprefix(f"ck_{name}_") for key in wanted
            }, name
            assert sorted(found.values()) == sorted(wanted.values()), name


def test_head_is_the_newest_script():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_every_table_and_index_can_be_made_on_postgresql():
    for table in SQLModel.metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert table.name in str(CreateIndex(index).compile(dialect=postgresql.dialect()))


def test_every_constraint_has_a_name():
    for table in SQLModel.metadata.tables.values():
        for constraint in table.constraints:
            compiled = str(CreateTable(table).compile())
            assert constraint.name or not constraint.columns, table.name
            assert "CONSTRAINT None" not in compiled


def test_a_fresh_file_carries_our_mark_and_revision(folder, key):
    with closing(connect(folder.current().database, key)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert raw.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert not needs_migration(folder.current().database, key)


def test_an_upgrade_rebuilding_a_parent_keeps_every_child(lived_in, key, scripts, clock):
    old = lived_in.current()
    before = old.database.read_bytes()
    with lived_in.exclusive():
        migrate_current(lived_in, key, clock.now(), scripts=scripts(v2=GOOD))
    new = lived_in.current()
    assert new.folder != old.folder
    assert old.database.read_bytes() == before
    assert [count(new.database, key, table) for table in ("place", "household")] == [3, 3]
    assert new.keys.read_bytes() == old.keys.read_bytes()
    with closing(connect(new.database, key)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == "9001"
        assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(Exception, match="storeys"):
            raw.execute("UPDATE place SET storeys = 0")


def test_a_failing_upgrade_leaves_the_old_generation_and_nothing_else(lived_in, key, scripts, clock):
    old = lived_in.current()
    before = old.database.read_bytes()
    with pytest.raises(sa.exc.OperationalError, match="no_such_table"):
        migrate_current(lived_in, key, clock.now(), scripts=scripts(v2=GOOD, v3=FAILING))
    assert lived_in.current().folder == old.folder
    assert [path.name for path in old.folder.parent.iterdir()] == [old.folder.name]
    assert old.database.read_bytes() == before
    slot = lived_in.current().ring().named(OFFICERS["主任"])
    with opened(lived_in, slot_id=slot.id, secret=PASSWORD, clock=clock) as found, found.store.reading() as session:
        assert len(session.exec(sa.select(Household.id)).all()) == 3
        assert len(session.exec(sa.select(Place.id)).all()) == 3


def test_a_failing_upgrade_in_place_rolls_back_whole(lived_in, key, scripts):
    database = lived_in.current().database
    with pytest.raises(sa.exc.OperationalError):
        upgrade(database, key, scripts(v2=GOOD, v3=FAILING))
    assert count(database, key, "household") == 3
    with closing(connect(database, key)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == HEAD
        assert "storeys" not in [row[1] for row in raw.execute("PRAGMA table_info(place)")]


def test_an_upgrade_that_loses_parents_is_taken_back(lived_in, key, scripts, clock):
    with pytest.raises(DamagedFile, match="3处内容对不上"):
        migrate_current(lived_in, key, clock.now(), scripts=scripts(v2=LOOSE))
    assert count(lived_in.current().database, key, "place") == 3


def test_nobody_upgrades_beside_an_open_window(opened, folder, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    with pytest.raises(FileBusy, match="另一个窗口"), folder.exclusive():
        pass


def test_an_older_file_is_seen(folder, key):
    with closing(connect(folder.current().database, key)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    assert needs_migration(folder.current().database, key)


def test_a_copy_is_whole_even_if_everything_is_still_in_the_log(opened, tmp_path):
    """A plain file copy of the database would miss what only the write-ahead log holds."""
    one_step(opened, add_household)
    copy = tmp_path / "copy.db"
    copy_verified(opened.store.path, copy, opened.data_key)
    assert count(copy, opened.data_key, "household") == 1
    with pytest.raises(Exception, match="not a database"):
        connect(copy, bytes(32))
