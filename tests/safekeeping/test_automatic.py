"""Automatic backups: into a folder of their own, only when something changed, thinned, resting after a restore."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.foundation.errors import EnvironmentFailure
from desktop.safekeeping.last import note_restored, remembered
from desktop.safekeeping.retention import kept
from desktop.safekeeping.thinning import AUTOMATIC, thin
from desktop.safekeeping.verify import glance
from tests.conftest import COMMITTEE
from tests.factories import add_place
from tests.safekeeping.making import everything_in
from tests.safekeeping.test_sticks import Played, make


@pytest.fixture
def second(tmp_path):
    path = tmp_path / "第二个盘"
    path.mkdir()
    return path


@pytest.fixture
def service(lived_in):
    return make(lived_in, Played())


def change(bench):
    with bench.store.writing("新建点位", bench.officer) as unit:
        add_place(unit)


def test_a_folder_that_is_not_there_is_said_and_not_made(service, tmp_path):
    with pytest.raises(EnvironmentFailure, match="自动备份的文件夹现在找不到"):
        service.back_up_by_itself(tmp_path / "拔掉的移动硬盘")
    assert not (tmp_path / "拔掉的移动硬盘").exists()


def test_nothing_is_made_twice_for_the_same_state_nor_within_half_an_hour(service, lived_in, second):
    first = service.back_up_by_itself(second)
    assert first.path.parent == second / AUTOMATIC
    lived_in.clock.advance(timedelta(hours=5))
    assert service.back_up_by_itself(second) is None
    change(lived_in)
    assert service.back_up_by_itself(second) is not None
    change(lived_in)
    lived_in.clock.advance(timedelta(minutes=29))
    assert service.back_up_by_itself(second) is None
    lived_in.clock.advance(timedelta(minutes=1))
    assert service.back_up_by_itself(second) is not None


def test_after_a_restore_none_is_made_until_somebody_says_the_data_are_right(service, lived_in, second):
    note_restored(lived_in.store.data_folder)
    assert service.status().resting
    assert service.back_up_by_itself(second) is None
    service.confirm_restored()
    assert not service.status().resting
    assert service.back_up_by_itself(second) is not None


def test_automatic_ones_on_the_same_disk_do_not_quiet_the_reminder(service, lived_in, second):
    service.back_up_by_itself(second)
    assert remembered(lived_in.store.data_folder).away_at is None
    lived_in.clock.advance(timedelta(days=8))
    assert service.status().late
    assert service.status().reminder == "还没有在U盘上备份过。电脑坏了资料就没了，请插上U盘按F9。"


def test_the_reminder_counts_days_since_the_last_stick_and_can_be_set(lived_in, stick):
    service = make(lived_in, Played(stick))
    service.back_up(stick)
    lived_in.clock.advance(timedelta(days=4))
    assert not service.status().late
    assert service.status(remind_days=3).reminder == "已经4天没有备份到U盘了，请插上U盘按F9。"
    lived_in.clock.advance(timedelta(days=5))
    assert service.status().reminder == "已经9天没有备份到U盘了，请插上U盘按F9。"


def test_old_automatic_backups_make_room_by_the_rules_and_nothing_else_goes(service, lived_in, second):
    made = []
    for _ in range(20):
        change(lived_in)
        made.append(service.back_up_by_itself(second).path)
        lived_in.clock.advance(timedelta(days=1))
    here = second / AUTOMATIC
    left = sorted(path for path in here.iterdir() if path.name.startswith("居委工作台备份"))
    rule = kept([glance(path).manifest.made_at for path in left], lived_in.clock.now() - timedelta(days=1))
    assert sorted(glance(path).manifest.made_at for path in left) == sorted(rule)
    assert made[-1] in left
    assert 13 <= len(left) < 20
    assert not any(path.name.startswith(".") for path in here.iterdir())


def test_strangers_and_damaged_backups_are_never_thinned(service, lived_in, second):
    here = second / AUTOMATIC
    for _ in range(3):
        change(lived_in)
        service.back_up_by_itself(second)
        lived_in.clock.advance(timedelta(hours=1))
    backups = sorted(path for path in here.iterdir() if path.name.startswith("居委工作台备份"))
    (backups[0] / "juwei.db").write_bytes(b"torn")
    (here / "照片").mkdir()
    before = everything_in(here)
    lived_in.clock.advance(timedelta(days=4000))
    assert thin(here, "别的居委会", lived_in.clock.now()) == []
    assert everything_in(here) == before
    assert [path.name for path in thin(here, COMMITTEE, lived_in.clock.now())] == [backups[1].name]
    assert (here / "照片").is_dir()
    assert (backups[0] / "juwei.db").exists()


def test_one_that_cannot_be_removed_is_no_error(service, lived_in, second, monkeypatch):
    for _ in range(3):
        change(lived_in)
        service.back_up_by_itself(second)
        lived_in.clock.advance(timedelta(hours=1))

    def refuse(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    lived_in.clock.advance(timedelta(days=4000))
    assert thin(second / AUTOMATIC, COMMITTEE, lived_in.clock.now()) == []
