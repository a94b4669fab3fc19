"""A colleague leaves: whoever stays opens the file as before, whoever left opens nothing of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import FileBusy, InputError, NotAllowed, WrongPassword
from desktop.register.leaving import check_leaving, shut_out
from desktop.register.office import opened, unlock
from desktop.register.rights import Officer, Role
from desktop.store.check import counts
from desktop.store.engine import connect
from desktop.store.keys import RECOVERY
from desktop.store.recovery import secret_of
from tests.conftest import OFFICERS, PASSWORD, RECOVERY_CODE
from tests.safekeeping.making import everything_in, figures, settle, signed_in


@pytest.fixture
def peopled(folder):
    """The folder with people in it; its key, its director and its figures."""
    with signed_in(folder) as bench:
        settle(bench)
        return folder, bench.data_key, bench.officer, figures(bench)


def slot(folder, role):
    return folder.current().ring().named(OFFICERS[role])


def leave(folder, data_key, officer, role, clock):
    return shut_out(folder, data_key, officer, UUID(hex=slot(folder, role).id), clock=clock)


def test_who_may_not_leave_is_told_why_and_nothing_changes(peopled, clock):
    folder, key, officer, _ = peopled
    before = everything_in(folder.path / "generations")
    with pytest.raises(InputError, match="接任的主任"):
        leave(folder, key, officer, "主任", clock)
    grid = Officer(UUID(hex=slot(folder, "网格员").id), OFFICERS["网格员"], slot_role := Role.GRID)
    with pytest.raises(NotAllowed):
        leave(folder, key, grid, "只读", clock)
    second = Officer(UUID(hex=slot(folder, "卫生专干").id), OFFICERS["卫生专干"], Role.DIRECTOR)
    with pytest.raises(InputError, match="至少要留一位主任"):
        leave(folder, key, second, "主任", clock)
    assert slot_role is Role.GRID
    assert everything_in(folder.path / "generations") == before


def test_beside_an_open_window_nobody_is_shut_out(peopled, clock):
    folder, key, officer, _ = peopled
    with signed_in(folder, staff=OFFICERS["卫生专干"]), pytest.raises(FileBusy, match="先关掉它"):
        leave(folder, key, officer, "网格员", clock)
    assert unlock(folder, slot(folder, "网格员").id, PASSWORD) == key


def test_whoever_stays_keeps_the_password_and_finds_everything(peopled, clock):
    folder, key, officer, before = peopled
    gone = slot(folder, "网格员")
    fresh = leave(folder, key, officer, "网格员", clock)
    assert fresh != key
    for role in ("主任", "卫生专干", "只读"):
        assert unlock(folder, slot(folder, role).id, PASSWORD) == fresh
    assert unlock(folder, RECOVERY, secret_of(RECOVERY_CODE)) == fresh
    with pytest.raises(WrongPassword, match="重新选择"):
        unlock(folder, gone.id, PASSWORD)
    with signed_in(folder) as bench:
        assert figures(bench) == before
        assert all(line.ok for line in bench.check())
        assert [row.role.value for row in bench.colleagues.colleagues()] == ["主任", "卫生专干", "只读"]
        with pytest.raises(InputError, match="没有这位同事"):
            check_leaving(bench.store, bench.officer, UUID(hex=gone.id))


def test_the_old_key_opens_no_file_that_is_left(peopled, clock):
    folder, key, officer, _ = peopled
    leave(folder, key, officer, "网格员", clock)
    (left,) = folder.path.rglob("juwei.db")
    assert left == folder.current().database
    with pytest.raises(sqlcipher.DatabaseError):
        connect(left, key)
    assert [path.name for path in folder.current().folder.iterdir()] in (
        ["juwei.db", "keys.json"], ["keys.json", "juwei.db"],
    )  # fmt: skip


def test_a_file_a_kill_left_under_the_old_key_goes_at_the_next_sign_in(peopled, clock, monkeypatch):
    folder, key, officer, _ = peopled
    old = folder.current().folder
    monkeypatch.setattr("desktop.store.rekey.finish_rekey", lambda _generation: None)
    leave(folder, key, officer, "网格员", clock)
    assert old.is_dir()
    with opened(folder, slot_id=slot(folder, "主任").id, secret=PASSWORD, clock=clock) as found:
        assert counts(found.store)["resident"] == 3
    assert not old.exists()


def test_a_failure_in_the_middle_leaves_the_old_file_in_use(peopled, clock, monkeypatch):
    folder, key, officer, before = peopled
    kept = everything_in(folder.path / "generations")

    def fail(_path, _key):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.store.rekey.verify_file", fail)
    with pytest.raises(Exception, match="磁盘满了"):
        leave(folder, key, officer, "网格员", clock)
    assert everything_in(folder.path / "generations") == kept
    with signed_in(folder) as bench:
        assert figures(bench) == before
