"""Restoring brings back what was backed up, overwrites nothing, and leaves in use what was if anything goes wrong."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta

import pytest

import desktop.store.migrate
from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, InputError, NewerFile, WrongPassword
from desktop.foundation.jobs import JobCancelled
from desktop.register.office import unlock
from desktop.safekeeping.holders import ByCode, ByPassword
from desktop.safekeeping.last import remembered
from desktop.safekeeping.restore import KEPT, restore
from desktop.shell.backups import backups_of
from desktop.store.engine import connect
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.store.migrate import SCRIPTS
from tests.conftest import NOW, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.factories import add_place, one_step
from tests.safekeeping.making import Stopping, back_up, everything_in, figures, names, settle, signed_in

NEW = "xin mima 88"
DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
NEXT_REVISION = '''
"""Rebuild a table."""
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{head}"


def upgrade() -> None:
    """Add a column."""
    with op.batch_alter_table("place") as place:
        place.add_column(sa.Column("storeys", sa.Integer(), nullable=True))
'''


@pytest.fixture
def saved(folder, stick):
    """(backup's folder, figures and names on its day); nobody is signed in any more."""
    with signed_in(folder) as bench:
        settle(bench)
        return back_up(bench, stick).path, figures(bench), names(bench)


def bring_back(path, folder, holder=DIRECTOR, **options):
    return restore(path, folder, holder, clock=FixedClock(NOW + timedelta(hours=1)), cost=CHEAP, **options)


def place_names(bench):
    return {row.name for row in bench.places.all()}


def current_bytes(folder):
    return folder.path.joinpath("current").read_bytes(), everything_in(folder.current().folder)


@pytest.mark.parametrize("holder", [DIRECTOR, ByPassword(OFFICERS["只读"], PASSWORD), ByCode(RECOVERY_CODE)])
def test_with_the_data_folder_gone_password_or_code_bring_everything_back(saved, folder, holder):
    path, figures_then, names_then = saved
    shutil.rmtree(folder.path)
    restored = bring_back(path, folder, holder)
    assert restored.kept is None
    assert not restored.migrated
    assert restored.made_at == NOW
    sees_health = holder != ByPassword(OFFICERS["只读"], PASSWORD)
    assert (restored.counts["resident"], restored.counts.get("visit")) == (3, 4 if sees_health else None)
    with signed_in(folder) as bench:
        assert figures(bench) == figures_then
        assert names(bench) == names_then
        assert all(line.ok for line in bench.check())
        assert {
            f"2026-05:{key}": value for key, value in restored.figures.values.items()
        }.items() <= figures_then.items()


def test_the_file_in_use_is_kept_beside_and_can_be_brought_back(saved, folder):
    path, figures_then, _ = saved
    with signed_in(folder) as bench:
        with bench.store.writing("后来的", bench.officer) as unit:
            add_place(unit, name="后来建的小区")
        figures_later = figures(bench)
    kept_bytes = everything_in(folder.current().folder)
    old_name = folder.current().folder.name
    restored = bring_back(path, folder)
    assert restored.kept == folder.path / "generations" / f"{old_name}{KEPT}"
    assert everything_in(restored.kept) == kept_bytes
    with signed_in(folder) as bench:
        assert "后来建的小区" not in place_names(bench)
        assert figures(bench) == figures_then
    again = bring_back(restored.kept, folder)
    with signed_in(folder) as bench:
        assert "后来建的小区" in place_names(bench)
        assert figures(bench) == figures_later
    assert again.kept.is_dir()
    assert everything_in(restored.kept).keys() >= {"juwei.db", "keys.json"}


def test_restoring_never_touches_the_backup(saved, folder):
    path = saved[0]
    before = everything_in(path)
    bring_back(path, folder)
    bring_back(path / "juwei.db", folder)
    assert everything_in(path) == before


def test_a_damaged_file_in_use_is_replaced_and_kept(saved, folder):
    path, figures_then, _ = saved
    folder.current().database.write_bytes(bytes(8192))
    kept = bring_back(path, folder).kept
    assert (kept / "juwei.db").read_bytes() == bytes(8192)
    with signed_in(folder) as bench:
        assert figures(bench) == figures_then


@pytest.mark.parametrize("content", [b"", b"gone", b"../..", b"\xff\xfe"])
def test_a_pointer_that_names_nothing_does_not_stand_in_the_way(saved, folder, content):
    (folder.path / "current").write_bytes(content)
    assert bring_back(saved[0], folder).kept is None
    with signed_in(folder) as bench:
        assert figures(bench) == saved[1]


def test_with_the_code_the_director_gets_a_new_password_and_colleagues_keep_theirs(saved, folder):
    shutil.rmtree(folder.path)
    bring_back(saved[0], folder, ByCode(RECOVERY_CODE, new_password=NEW))
    ring = folder.current().ring()
    key = unlock(folder, ring.named(OFFICERS["主任"]).id, NEW)
    assert unlock(folder, ring.named(OFFICERS["网格员"]).id, PASSWORD) == key
    with pytest.raises(WrongPassword):
        unlock(folder, ring.named(OFFICERS["主任"]).id, PASSWORD)
    with signed_in(folder, password=NEW) as bench:
        assert figures(bench) == saved[1]


@pytest.mark.parametrize(
    ("holder", "kind", "said"),
    [
        (ByPassword(OFFICERS["主任"], "not it at all"), WrongPassword, "密码不对"),
        (ByPassword("王某", PASSWORD), WrongPassword, "名单里没有"),
        (ByPassword("", PASSWORD), InputError, "--as"),
        (ByCode(tuple(reversed(RECOVERY_CODE))), WrongPassword, "恢复码不对"),
        (ByCode(RECOVERY_CODE, new_password="short"), InputError, "8"),
        (ByCode(RECOVERY_CODE, staff=OFFICERS["网格员"], new_password=NEW), InputError, "主任"),
    ],
)
def test_whoever_may_not_open_the_backup_changes_nothing(saved, folder, holder, kind, said):
    before = current_bytes(folder)
    with pytest.raises(kind, match=said):
        bring_back(saved[0], folder, holder)
    assert current_bytes(folder) == before
    assert not remembered(folder.path).resting


@pytest.mark.parametrize("name", ["juwei.db", "keys.json", "manifest.json"])
def test_a_damaged_backup_is_refused_and_changes_nothing(saved, folder, name):
    path, before = saved[0], current_bytes(folder)
    content = bytearray((path / name).read_bytes())
    content[len(content) // 2] ^= 4
    (path / name).write_bytes(content)
    with pytest.raises(DamagedFile):
        bring_back(path, folder)
    assert current_bytes(folder) == before
    assert len(list((folder.path / "generations").iterdir())) == 1


def test_while_anybody_works_on_the_folder_nothing_is_restored(saved, folder, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    with signed_in(folder) as bench:
        before = folder.path.joinpath("current").read_bytes()
        with pytest.raises(FileBusy, match="另一个窗口或命令"):
            bring_back(saved[0], folder)
        assert folder.path.joinpath("current").read_bytes() == before
        assert figures(bench) == saved[1]


def test_a_cancel_anywhere_leaves_in_use_what_was(saved, folder, monkeypatch):
    monkeypatch.setattr("desktop.safekeeping.copies.STEPS_BETWEEN_LOOKS", 50)
    monkeypatch.setattr("desktop.safekeeping.restore._BLOCK", 16_384)
    looks = Stopping(10**9)
    bring_back(saved[0], DataFolder(folder.path.with_name("other")), context=looks)
    before = current_bytes(folder)
    for after in [*range(0, looks.looked, looks.looked // 12), looks.looked - 1]:
        with pytest.raises(JobCancelled):
            bring_back(saved[0], folder, context=Stopping(after))
        assert current_bytes(folder) == before
        assert len(list((folder.path / "generations").iterdir())) == 1


def test_what_a_killed_restore_left_is_swept_by_the_next_one(saved, folder):
    left = folder.path / "generations" / "20260617-090000"
    left.mkdir()
    (left / "restoring").touch()
    (left / "juwei.db").write_bytes(bytes(4096))
    bring_back(saved[0], folder)
    assert not left.exists()
    assert not (folder.current().folder / "restoring").exists()


def test_a_live_file_is_never_restored_onto_a_network_or_a_stick(saved, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.store.folder.mount_risk", lambda *_: "U盘")
    with pytest.raises(EnvironmentFailure, match="U盘"):
        bring_back(saved[0], DataFolder(tmp_path / "other"))


def test_after_a_restore_automatic_backups_rest_until_confirmed(saved, folder):
    bring_back(saved[0], folder)
    assert remembered(folder.path).resting
    with signed_in(folder) as bench:
        service = backups_of(bench)
        assert not service.is_due()
        service.confirm_restored()
        bench.clock.advance(timedelta(minutes=31))
        assert service.is_due()


def test_a_backup_made_after_a_restore_restores_as_well(saved, folder, stick):
    bring_back(saved[0], folder)
    with signed_in(folder) as bench:
        second = back_up(bench, stick).path
    assert second != saved[0]
    bring_back(second, folder)
    with signed_in(folder) as bench:
        assert figures(bench) == saved[1]


def test_a_backup_of_an_older_program_is_migrated(saved, folder, tmp_path, monkeypatch):
    scripts = tmp_path / "revisions"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9998.py").write_text(
        NEXT_REVISION.replace("{head}", desktop.store.migrate.HEAD), encoding="utf-8"
    )
    before = everything_in(saved[0])
    for module in ("desktop.store.migrate", "desktop.safekeeping.verify"):
        monkeypatch.setattr(f"{module}.HEAD", "9998")
    shutil.rmtree(folder.path)
    restored = bring_back(saved[0], folder, scripts=scripts)
    assert restored.migrated
    assert restored.counts["resident"] == 3
    assert everything_in(saved[0]) == before
    with signed_in(folder) as bench:
        assert figures(bench) == saved[1]
        with closing(connect(bench.store.path, bench.data_key)) as raw:
            assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9998",)


def test_a_backup_of_a_newer_program_is_refused(saved, folder, monkeypatch):
    before = current_bytes(folder)
    monkeypatch.setattr("desktop.safekeeping.verify.HEAD", "0000")
    with pytest.raises(NewerFile, match="新版程序"):
        bring_back(saved[0], folder)
    assert current_bytes(folder) == before


def test_the_kept_file_s_write_ahead_log_is_part_of_it(saved, folder, opened):
    """A computer that lost power leaves its last steps in the log only."""
    one_step(opened, lambda unit: add_place(unit, name="只在日志里"))
    source = folder.current().folder
    kept = folder.path / "generations" / f"20260101-000000{KEPT}"
    shutil.copytree(source, kept)
    assert (kept / "juwei.db-wal").stat().st_size > 0
    elsewhere = DataFolder(folder.path.with_name("elsewhere"))
    bring_back(kept, elsewhere)
    with signed_in(elsewhere) as bench:
        assert "只在日志里" in place_names(bench)
