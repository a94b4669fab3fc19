"""When backups are made by themselves, when people are reminded, and how backups are spoken of."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.foundation.clock import CHINA
from desktop.safekeeping.automatic import is_due, is_late
from desktop.safekeeping.last import Remembered, note_confirmed, note_restored, remembered
from desktop.safekeeping.words import backed_up, contents, last_backup

NOW = datetime(2026, 6, 17, 10, 42, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("minutes_ago", "changed", "resting", "due"),
    [
        (None, True, False, True),
        (None, False, False, False),
        (None, True, True, False),
        (0, True, False, False),
        (29, True, False, False),
        (30, True, False, True),
        (31, True, False, True),
        (31, False, False, False),
        (31, True, True, False),
        (60 * 24 * 400, True, False, True),
        (60 * 24 * 400, False, False, False),
        (-1, True, False, True),  # the clock was set back: better one too many than none for months
        (-60 * 24 * 400, True, False, True),
        (-60 * 24 * 400, False, False, False),
    ],
)
def test_an_automatic_backup_needs_something_new_and_half_an_hour(minutes_ago, changed, resting, due):
    last_at = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert is_due(now=NOW, last_at=last_at, changed=changed, resting=resting) is due


@pytest.mark.parametrize(
    ("last_days", "begun_days", "late"),
    [(0, 90, False), (7, 90, False), (7.01, 90, True), (None, 7, False), (None, 7.01, True), (None, None, False),
     (-3, 90, False)],
)  # fmt: skip
def test_after_seven_days_people_are_reminded(last_days, begun_days, late):
    last_at, begun_at = (None if days is None else NOW - timedelta(days=days) for days in (last_days, begun_days))
    assert is_late(now=NOW, last_at=last_at, begun_at=begun_at) is late


def test_what_can_be_restored_is_read_out_in_the_words_of_the_office():
    counts = {"resident": 1284, "visit": 86, "place": 7}
    assert backed_up(counts, on_stick=True) == "备份完成并已核对，可恢复：居民1,284人、随访86条。可以拔U盘。"
    assert backed_up(counts, on_stick=False) == "备份完成并已核对，可恢复：居民1,284人、随访86条。"
    assert contents({"resident": 0, "visit": 0}) == "居民0人、随访0条"
    assert contents({"resident": 0}) == "居民0人"


def test_the_last_backup_is_told_in_china_s_time_with_the_year_if_it_is_another():
    assert last_backup(None, NOW) == "还没有备份过"
    assert last_backup(datetime(2026, 6, 16, 17, 32, tzinfo=CHINA), NOW) == "上次备份 6月16日 17:32，已核对"
    assert last_backup(datetime(2025, 12, 31, 8, 5, tzinfo=CHINA), NOW) == "上次备份 2025年12月31日 08:05，已核对"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"at": 5, "path": "", "mark": "", "resting": false}', b"\xff\xfe", b'{"at": "x"}'],
)
def test_a_torn_note_is_as_good_as_none(tmp_path, content):
    (tmp_path / "backup.json").write_bytes(content)
    assert remembered(tmp_path) == Remembered()
    note_restored(tmp_path)
    assert remembered(tmp_path).resting
    note_confirmed(tmp_path)
    assert remembered(tmp_path) == Remembered()
