"""Which backups are offered for restoring, and what restoring one of them would lose."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import DamagedFile, NotAllowed, WrongPassword
from desktop.safekeeping.compare import compare
from desktop.safekeeping.found import find_backups
from desktop.safekeeping.holders import ByCode, ByPassword
from desktop.safekeeping.restore import restore
from desktop.store.folder import DataFolder
from tests.conftest import NOW, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.factories import add_place, id_number
from tests.register.making import resident
from tests.safekeeping.making import back_up, settle, signed_in

DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)


@pytest.fixture
def backed_up(folder, stick):
    """A backup of the community, made before anything else happens."""
    with signed_in(folder) as bench:
        settle(bench)
        return back_up(bench, stick).path


def test_nothing_is_found_where_nothing_is_and_no_place_is_an_error(tmp_path, stick):
    assert find_backups([(tmp_path / "拔掉了", "E盘"), (stick, "U盘")]) == []
    (stick / "照片").mkdir()
    (stick / "居委工作台备份.txt").write_text("不是备份", encoding="utf-8")
    assert find_backups([(stick, "U盘")]) == []


def test_a_backup_is_found_with_its_day_counts_and_people_without_any_password(backed_up, stick):
    (found,) = find_backups([(stick, "金士顿")])
    assert (found.path, found.where, found.problem) == (backed_up, "金士顿", "")
    assert found.made_at == NOW
    assert found.holds == "居民3人"
    assert [slot.name for slot in found.ring().people] == list(OFFICERS.values())
    assert [one.path for one in find_backups([(backed_up, "选的")])] == [backed_up]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: (path / "juwei.db").write_bytes(b""), "空的"),
        (lambda path: (path / "juwei.db").write_bytes((path / "juwei.db").read_bytes()[:-4096]), "不完整"),
        (lambda path: (path / "juwei.db").unlink(), "缺了"),
        (lambda path: (path / "manifest.json").write_bytes(b"{}"), "清单"),
        (lambda path: (path / "manifest.json").unlink(), "没有做完"),
    ],
)
def test_a_damaged_backup_is_listed_with_its_reason(backed_up, stick, spoil, reason):
    spoil(backed_up)
    (found,) = find_backups([(stick, "U盘")])
    assert reason in found.problem


def test_newest_first_and_what_a_restore_set_aside_is_found_too(folder, backed_up, stick):
    with signed_in(folder) as bench:
        bench.clock.advance(timedelta(days=1))
        later = back_up(bench, stick).path
    kept = restore(backed_up, folder, DIRECTOR, clock=FixedClock(NOW)).kept
    found = find_backups([(stick, "U盘")], folder.path)
    assert [one.path for one in found if not one.set_aside] == [later, backed_up]
    assert [(one.path, one.holds) for one in found if one.set_aside] == [(kept, "恢复前留下的")]


def test_what_would_be_lost_is_counted_and_named(folder, backed_up):
    with signed_in(folder) as bench:
        resident(bench, name="后来的人", id_number=id_number(order=301))
        with bench.store.writing("新建点位：后来建的小区", bench.officer) as unit:
            add_place(unit)
    found = compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW))
    assert (found.then["resident"], found.now["resident"]) == (3, 4)
    assert (found.later_count, found.related) == (2, True)
    assert found.later[0].label == "新建点位：后来建的小区"
    assert found.later[0].staff == OFFICERS["主任"]
    assert found.later[0].at == NOW


def test_nothing_done_since_means_nothing_lost(folder, backed_up):
    found = compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW))
    assert (found.later_count, found.then, found.related) == (0, found.now, True)


def test_a_backup_of_a_later_state_is_said_to_be_no_earlier_one(folder, stick, tmp_path):
    with signed_in(folder) as bench:
        settle(bench)
    early = tmp_path / "early"
    shutil.copytree(folder.path, early)
    with signed_in(folder) as bench:
        resident(bench, name="后来的人", id_number=id_number(order=301))
        later = back_up(bench, stick).path
    assert not compare(later, DataFolder(early), DIRECTOR, clock=FixedClock(NOW)).related


def test_with_nothing_or_nothing_readable_in_use_the_backup_alone_is_shown(folder, backed_up, tmp_path):
    assert compare(backed_up, DataFolder(tmp_path / "new"), DIRECTOR, clock=FixedClock(NOW)).now is None
    folder.current().database.write_bytes(b"gone")
    found = compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW))
    assert found.now is None
    assert "损坏" in found.closed


def test_a_changed_password_opens_the_backup_and_the_key_at_hand_the_file_in_use(folder, backed_up):
    with signed_in(folder) as bench:
        bench.colleagues.change_own_password(PASSWORD, "xin mima 88")
        key = bench.data_key
    without = compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW))
    assert without.now is None
    assert "密码不对" in without.closed
    assert compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW), current_key=key).later_count == 1
    assert compare(backed_up, folder, ByCode(RECOVERY_CODE), clock=FixedClock(NOW)).later_count == 1


def test_comparing_checks_the_backup_through_and_through_and_changes_nothing(folder, backed_up):
    raw = bytearray((backed_up / "juwei.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    with pytest.raises(WrongPassword):
        compare(backed_up, folder, ByPassword(OFFICERS["主任"], "not it"), clock=FixedClock(NOW))
    (backed_up / "juwei.db").write_bytes(raw)
    with pytest.raises(DamagedFile, match="内容变了"):
        compare(backed_up, folder, DIRECTOR, clock=FixedClock(NOW))


@pytest.mark.parametrize("role", ["卫生专干", "网格员", "只读"])
def test_only_a_director_or_the_code_exchanges_data_in_use_or_sees_what_was_done(folder, backed_up, tmp_path, role):
    before = folder.current().folder
    colleague = ByPassword(OFFICERS[role], PASSWORD)
    for ask in (compare, restore):
        with pytest.raises(NotAllowed, match="主任的密码或恢复码"):
            ask(backed_up, folder, colleague, clock=FixedClock(NOW))
    assert folder.current().folder == before
    elsewhere = DataFolder(tmp_path / "new computer")
    assert restore(backed_up, elsewhere, colleague, clock=FixedClock(NOW)).counts["resident"] == 3
