"""Bringing a file to this program's schema: on a verified copy in a new generation, switched to only when sound."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import DamagedFile, NewerFile
from desktop.store.engine import APPLICATION_ID, connect
from desktop.store.faults import file_faults
from desktop.store.files import sync_file
from desktop.store.folder import DataFolder

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "0013"
"""The newest revision; a test holds it against the scripts, so that opening need not import Alembic (0.3 s)."""

_NEWER = "这份资料是更新版本的程序写的，请先安装新版程序。资料没有动。"


def revision_of(raw: sqlcipher.Connection) -> str | None:
    """Return the revision of an open file; raise DamagedFile if it is not one of ours."""
    made_by = raw.execute("PRAGMA application_id").fetchone()[0]
    named = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    if made_by != APPLICATION_ID or not named:
        raise DamagedFile("这个文件不是居委工作台的资料，没有打开。")
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def needs_migration(path: Path, data_key: bytes) -> bool:
    """Return whether the file at *path* is older than this program; raise NewerFile if it is newer."""
    with file_faults("打开资料"), closing(connect(path, data_key)) as raw:
        revision = revision_of(raw)
    if revision == HEAD:
        return False
    if revision is None or revision > HEAD:
        raise NewerFile(_NEWER)
    return True


def create_schema(path: Path, data_key: bytes) -> None:
    """Make a new encrypted file at *path* with the whole schema."""
    with file_faults("新建资料文件"):
        with closing(connect(path, data_key, create=True)) as raw:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        upgrade(path, data_key)


def migrate_current(folder: DataFolder, data_key: bytes, at: datetime, *, scripts: Path = SCRIPTS) -> None:
    """Migrate the current file in a new generation; the old one stays untouched as the safety copy.

    The caller holds the folder exclusively.
    """
    old = folder.current()
    with folder.new_generation(at) as new:
        copy_verified(old.database, new.database, data_key)
        with file_faults("升级资料"):
            shutil.copyfile(old.keys, new.keys)
            upgrade(new.database, data_key, scripts)
            verify_file(new.database, data_key)


def copy_verified(source: Path, target: Path, data_key: bytes) -> None:
    """Copy a live file with VACUUM INTO (keeps key and application id), re-open the copy and check it."""
    with file_faults("复制资料"):
        with closing(connect(source, data_key)) as raw:
            raw.execute("VACUUM INTO ?", (str(target),))
        sync_file(target)
        verify_file(target, data_key)


def upgrade(path: Path, data_key: bytes, scripts: Path = SCRIPTS) -> None:
    """Run every missing revision of *scripts* on the file; a failure rolls all of it back."""
    from alembic.config import Config  # noqa: PLC0415  0.3 s, needed only here
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    directory = ScriptDirectory.from_config(config)
    with _migration_connection(path, data_key) as connection:
        with EnvironmentContext(
            config, directory, fn=lambda revision, _context: directory._upgrade_revs("head", revision)
        ) as context:
            context.configure(connection=connection, target_metadata=None, transactional_ddl=False)
            context.run_migrations()
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise DamagedFile(f"升级时发现{len(broken)}处内容对不上，已全部退回，资料没有动。请联系维护人员。")


@contextmanager
def _migration_connection(path: Path, data_key: bytes) -> Iterator[Connection]:
    """Yield a connection in one explicit transaction with foreign keys off.

    The PRAGMA is silently ignored inside a transaction, so it runs before BEGIN; with foreign keys on, rebuilding a
    parent table would delete every child row.
    """

    def creator() -> Any:
        raw = connect(path, data_key)
        raw.execute("PRAGMA foreign_keys=OFF")
        return raw

    engine = create_engine(
        "sqlite:///managed.db", creator=creator, module=sqlcipher, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _no_driver_transactions(raw: Any, _record: Any) -> None:
        raw.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def verify_file(path: Path, data_key: bytes) -> None:
    """Raise DamagedFile unless every page, the structure and every reference of the file at *path* are sound."""
    with closing(connect(path, data_key)) as raw:
        bad_pages = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        verdict = raw.execute("PRAGMA quick_check").fetchone()[0]
        loose = raw.execute("PRAGMA foreign_key_check").fetchall()
    if bad_pages or verdict != "ok" or loose:
        raise DamagedFile("复制出来的资料没有通过核对，已经丢弃。原来的资料没有动。")
