"""The monthly trial: a backup restored to a passing place, its figures held against its manifest, all cleared away."""

from __future__ import annotations

import shutil
from datetime import timedelta
from uuid import UUID

import pytest

from desktop.foundation.clock import FixedClock
from desktop.register.leaving import shut_out
from desktop.safekeeping import drill as drilling
from desktop.safekeeping.last import remembered
from desktop.shell.backups import backups_of
from tests.conftest import NOW, OFFICERS
from tests.register.making import resident
from tests.safekeeping.making import back_up, everything_in, settle, signed_in

MONTH = timedelta(days=31)


@pytest.fixture
def service(lived_in, report):
    assert report.verified
    return backups_of(lived_in)


def left(lived_in):
    return {name for name in everything_in(lived_in.store.data_folder) if "drill" in name}


def test_nothing_is_tried_before_a_month_or_without_a_backup_at_hand(service, lived_in, stick):
    assert not service.drill_if_due()
    assert service.drill_status().text == "每月会自动拿最近的备份试着恢复一次，还没有试过。"
    lived_in.clock.advance(MONTH)
    stick.rename(stick.with_name("pulled out"))
    assert not service.drill_if_due()
    stick.with_name("pulled out").rename(stick)
    assert service.drill_if_due()


def test_a_good_backup_is_said_to_restore_with_the_same_figures_and_nothing_is_left(service, lived_in):
    lived_in.clock.advance(MONTH)
    resident(lived_in, name="后来的人")  # what came later is not in the backup and does not matter
    before = everything_in(lived_in.store.path.parent)
    assert service.drill_if_due()
    said = service.drill_status()
    assert not said.late
    assert said.text.startswith("2026年7月18日试着恢复过一次：能恢复：居民3人，")
    assert said.text.endswith("个数字和备份那天一样。")
    assert left(lived_in) == set()
    assert everything_in(lived_in.store.path.parent).keys() == before.keys()
    assert not service.drill_if_due(), "once a month is enough"
    lived_in.clock.advance(MONTH)
    assert service.drill_if_due()


def test_a_damaged_backup_is_found_out_in_red(service, lived_in, report):
    raw = bytearray((report.path / "juwei.db").read_bytes())
    raw[9_000] ^= 4
    (report.path / "juwei.db").write_bytes(raw)
    lived_in.clock.advance(MONTH)
    assert service.drill_if_due()
    assert service.drill_status().late
    assert "内容变了" in service.drill_status().text
    assert left(lived_in) == set()


def test_figures_that_come_out_otherwise_are_said_in_red(lived_in, report, monkeypatch):
    service = backups_of(lived_in)
    real = service._figures_of
    key = "base.residents"
    monkeypatch.setattr(service, "_figures_of", lambda store, month: {**real(store, month), key: 99})
    lived_in.clock.advance(MONTH)
    assert service.drill_if_due()
    assert service.drill_status().late
    assert "有1个数字和备份那天不一样" in service.drill_status().text
    assert report.path.is_dir()


def test_a_backup_under_the_key_before_a_colleague_left_is_not_called_damaged(folder, stick):
    with signed_in(folder) as bench:
        settle(bench)
        back_up(bench, stick)
        key, officer = bench.data_key, bench.officer
    gone = folder.current().ring().named(OFFICERS["只读"])
    shut_out(folder, key, officer, UUID(hex=gone.id), clock=FixedClock(NOW))
    with signed_in(folder) as bench:
        service = backups_of(bench)
        bench.clock.advance(MONTH)
        assert service.drill_if_due()
        assert "换钥匙以前做的" in service.drill_status().text


def test_a_full_disk_puts_the_trial_off(service, lived_in, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drilling.shutil, "copyfile", full)
    lived_in.clock.advance(MONTH)
    assert not service.drill_if_due()
    assert remembered(lived_in.store.data_folder).drilled_at is None
    monkeypatch.undo()
    assert service.drill_if_due()


def test_what_a_kill_left_of_a_trial_is_cleared_away(service, lived_in):
    scratch = lived_in.store.data_folder / drilling.SCRATCH
    (scratch / "generations" / "drill").mkdir(parents=True)
    (scratch / "generations" / "drill" / "juwei.db").write_bytes(b"half")
    lived_in.clock.advance(MONTH)
    assert service.drill_if_due()
    assert not scratch.exists()
    shutil.rmtree(scratch, ignore_errors=True)
