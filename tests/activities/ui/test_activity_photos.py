"""Photos of an activity: what happened has a place for them, what is still to come has none."""

from __future__ import annotations

from datetime import date

from desktop.register.attachments import ON_SITE
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.register.ui.photo_tile import PhotoTile
from tests.activities.making import activity
from tests.foundation.test_pictures import picture


def strips(tab):
    return [one for one in tab.findChildren(PhotoStrip) if one.isVisibleTo(tab)]


def test_a_photo_of_the_lecture_is_kept_with_it(qtbot, tab, bench, host, tmp_path):
    held = activity(bench)
    tab.open_activity(held.id)
    (strip,) = strips(tab)
    assert strip.findChild(PhotoTile).accessibleName() == f"加{ON_SITE}照片"
    path = tmp_path / "讲座.jpg"
    path.write_bytes(picture((800, 600), taken="2026:06:10 15:00:00"))
    strip.add(ON_SITE, [path])
    qtbot.waitUntil(lambda: not host.runner.busy)
    assert [one.text() for one in bench.attachments.of("activity", held.id)] == ["现场 6月10日"]
    assert bench.journal.last_undoable(bench.officer.staff_id).label.startswith("添加现场照片：健康讲座")
    assert "活动照片" in bench.bin.words


def test_an_activity_to_come_asks_for_no_photo(tab, bench):
    tab.open_activity(activity(bench, date(2026, 6, 20), "义诊").id)
    assert strips(tab) == []


def test_whoever_may_only_look_is_not_invited(make_tab, bench, reader_bench):
    held = activity(bench)
    tab = make_tab(reader_bench)
    tab.open_activity(held.id)
    assert not strips(tab)[0].findChild(PhotoTile).isEnabled()
