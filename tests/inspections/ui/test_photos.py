"""Photos of a finding: added by choosing and dropping, seen large, removed and taken back; wrong files first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.inspections.progress import NextStep
from desktop.inspections.ui.step_form import StepForm
from desktop.inspections.views import InspectionFilter
from desktop.register.attachments import AFTER, BEFORE, ON_SITE
from desktop.register.rights import Role
from desktop.register.ui.new_photos import NewPhotos
from desktop.register.ui.photo_page import PhotoPage
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.register.ui.photo_tile import PhotoTile
from tests.foundation.test_pictures import picture
from tests.inspections.ui.test_inspections_tab import press, seen, text

KIND = "inspection"


@pytest.fixture
def files(tmp_path):
    """Write files by name → content; photos by default."""

    def write(*names, **contents):
        paths = []
        for number, name in enumerate(names):
            path = tmp_path / name
            path.write_bytes(contents.get(path.stem) or picture((600 + number, 400), taken="2026:06:09 08:30:05"))
            paths.append(path)
        return paths

    return write


@pytest.fixture
def shown(tab, rows):
    tab.reload()
    tab.open_inspection(rows["late"].id)
    return seen(tab, PhotoStrip, "photo_strip")


@pytest.fixture
def stored(bench, rows):
    """Role and words of every photo of the late finding."""
    return lambda: [(one.role, one.text()) for one in bench.attachments.of(KIND, rows["late"].id)]


def tile(strip, role) -> PhotoTile:
    return strip.findChild(PhotoTile, f"photo_{role}")


def drop(widget, paths) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    widget.dragEnterEvent(enter)
    assert enter.isAccepted()
    widget.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_what_is_no_photo_is_named_and_the_others_are_kept(shown, files, stored, settled, host):
    paths = files("楼道.jpg", "通知.jpg", 通知="整改通知书".encode())
    drop(tile(shown, BEFORE), [*paths, Path("/没有这个文件.jpg")])
    settled()
    said = text(shown, "photo_problem")
    assert "“通知.jpg”没有加：这张照片不是照片" in said
    assert "“没有这个文件.jpg”没有加" in said
    assert stored() == [(BEFORE, "整改前 6月9日")]
    assert host.saved[-1][0] == "已添加1张照片"
    drop(tile(shown, AFTER), files("清走.jpg"))
    settled()
    assert not shown.findChild(QLabel, "photo_problem").isVisibleTo(shown)


def test_nothing_is_said_to_be_added_when_nothing_was(shown, files, stored, settled, host):
    before = len(host.saved)
    drop(tile(shown, BEFORE), files("通知.jpg", 通知=b"no picture"))
    settled()
    assert stored() == []
    assert len(host.saved) == before
    assert tile(shown, BEFORE).is_empty
    assert tile(shown, BEFORE).isEnabled()


def test_the_pair_is_shown_with_its_days_and_how_many_there_are(shown, files, settled):
    assert tile(shown, BEFORE).accessibleName() == "加整改前照片"
    drop(tile(shown, BEFORE), files("1.jpg", "2.jpg"))
    settled()
    assert tile(shown, BEFORE).accessibleName() == "照片：整改前 6月9日，共2张，点开看大图"
    assert tile(shown, AFTER).is_empty
    assert not tile(shown, BEFORE).grab().isNull()


def test_an_empty_place_opens_the_file_dialog(shown, files, stored, settled):
    (path,) = files("清走.jpg")
    tile(shown, AFTER).click()
    dialog = shown.findChild(QFileDialog)
    assert dialog.windowTitle() == "选整改后照片"
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    settled()
    assert [role for role, _ in stored()] == [AFTER]


def test_a_photo_is_seen_large_leafed_through_described_and_removed(shown, files, bench, settled, host):
    drop(tile(shown, BEFORE), files("1.jpg", "2.jpg"))
    settled()
    tile(shown, BEFORE).click()
    page = host.currentWidget()
    assert isinstance(page, PhotoPage)
    settled()
    assert page._view.is_shown
    assert text(page, "photo_number") == "1/2"
    press(page, "photo_after")
    settled()
    assert (text(page, "photo_number"), page._view.is_shown) == ("2/2", True)
    page._caption.set_value("2单元楼道")
    press(page, "photo_save")
    settled()
    assert "2单元楼道" in text(page, "photo_about")
    assert [one.caption for one in bench.attachments.of(*page._owner)] == ["", "2单元楼道"]
    press(page, "photo_remove")
    settled()
    assert text(page, "photo_number") == "1/1"
    assert host.saved[-1][0].startswith("已删除整改前照片：")
    press(page, "photo_remove")
    settled()
    assert page not in host.pages
    assert tile(shown, BEFORE).is_empty
    assert len(bench.bin.listed("检查照片")) == 2


def test_an_undone_step_leaves_the_panel_too(qtbot, tab, shown, files, settled):
    drop(tile(shown, BEFORE), files("1.jpg"))
    settled()
    assert not tile(shown, BEFORE).is_empty
    tab._attachments.remove(shown._photos[0].id)  # by a colleague, or by 撤销
    tab.reload()
    qtbot.waitUntil(lambda: any(one.isVisibleTo(tab) for one in tab.findChildren(PhotoStrip)))
    assert tile(seen(tab, PhotoStrip, "photo_strip"), BEFORE).is_empty


def test_a_lost_file_is_a_sentence_on_the_page(shown, files, bench, settled, host):
    drop(tile(shown, BEFORE), files("1.jpg"))
    settled()
    for path in bench.blobs.folder.rglob("*"):
        if path.is_file():
            path.unlink()
    tile(shown, BEFORE).click()
    settled()
    page = host.currentWidget()
    assert not page._view.is_shown
    assert "附件的文件不见了" in text(page, "banner_text")


def test_the_recheck_asks_for_the_photo_after_and_does_not_force_it(tab, rows, files, bench, settled):
    form = tab.open_step(rows["late"], NextStep.RECHECK)
    assert isinstance(form, StepForm)
    strip = form.findChild(PhotoStrip)
    drop(tile(strip, AFTER), files("清走.jpg"))
    settled()
    assert [one.role for one in bench.attachments.of(KIND, rows["late"].id)] == [AFTER]
    form.set_values({"recheck_result": "合格"})
    form.request_save()
    settled()
    (now,) = bench.inspections.rows([rows["late"].id])
    assert now.draft.recheck_result == "合格"
    other = tab.open_step(rows["soon"], NextStep.RECHECK)
    other.set_values({"recheck_result": "合格"})
    other.request_save()
    settled()
    assert bench.inspections.rows([rows["soon"].id])[0].draft.recheck_result == "合格"


def test_a_calm_inspection_has_one_place_for_photos_on_site(tab, rows):
    tab.open_inspection(rows["calm"].id)
    strip = seen(tab, PhotoStrip, "photo_strip")
    assert tile(strip, ON_SITE) is not None
    assert tile(strip, BEFORE) is None


def test_whoever_may_only_look_is_not_invited(make_tab, rows, reader_bench):
    assert reader_bench.officer.role is Role.READER
    tab = make_tab(reader_bench)
    tab.open_inspection(rows["late"].id)
    strip = seen(tab, PhotoStrip, "photo_strip")
    assert tile(strip, BEFORE).accessibleName() == "没有整改前照片"
    assert not tile(strip, BEFORE).isEnabled()
    assert not tile(strip, BEFORE).acceptDrops()


def test_the_form_of_a_stored_inspection_takes_photos(tab, rows, files, bench, settled):
    form = tab.open_form(rows["late"])
    drop(tile(form.findChild(PhotoStrip), BEFORE), files("1.jpg"))
    settled()
    assert [one.role for one in bench.attachments.of(KIND, rows["late"].id)] == [BEFORE]
    form.set_values({"responsible": "安居物业服务中心"})
    form.request_save()
    settled()
    assert bench.inspections.rows([rows["late"].id])[0].draft.responsible == "安居物业服务中心"


def new_form(tab, **values):
    form = tab.open_form()
    form.set_values({"category": "楼道安全", "place": "渔村", "result": "不合格", "problem": "堆放纸箱", **values})
    return form, form.findChild(NewPhotos)


@pytest.mark.parametrize(("problem", "role"), [("堆放纸箱", BEFORE), ("", ON_SITE)])
def test_photos_of_a_new_inspection_are_stored_with_it_in_one_step_and_one_undo(  # noqa: PLR0917
    tab, rows, files, bench, settled, problem, role
):
    form, photos = new_form(tab, problem=problem, result="不合格" if problem else "合格")
    photos.add(files("1.jpg", "2.jpg"))
    form.request_save()  # at once: the photos are still being read
    settled()
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label.startswith("登记检查：渔村")
    (made,) = [
        row
        for row in bench.inspections.rows(bench.inspections.ids(InspectionFilter()))
        if row.draft.category == "楼道安全"
    ]
    assert [one.role for one in bench.attachments.of(KIND, made.id)] == [role, role]
    bench.journal.undo(step.id, bench.officer)
    assert bench.attachments.of(KIND, made.id) == []
    assert bench.inspections.rows([made.id]) == []


def test_a_wrong_file_in_the_form_of_a_new_inspection_is_named_and_refused_fields_lose_no_photo(
    tab, rows, files, bench, settled
):
    form, photos = new_form(tab, result=None)
    photos.add([*files("1.jpg"), *files("通知.jpg", 通知=b"no picture")])
    settled()
    assert "“通知.jpg”没有加" in text(photos, "photo_problem")
    form.request_save()
    assert form.field("result").problem()
    form.set_values({"result": "不合格"})
    form.request_save()
    settled()
    made = max(bench.inspections.rows(bench.inspections.ids(InspectionFilter())), key=lambda row: row.id)
    assert len(bench.attachments.of(KIND, made.id)) == 1


def test_the_draft_of_a_new_inspection_remembers_its_photos(qtbot, tab, rows, files, settled):
    form, photos = new_form(tab)
    photos.add(files("1.jpg"))
    qtbot.waitUntil(lambda: form.findChild(QLabel, "form_draft").isVisibleTo(form))
    settled()
    again = tab.open_form()
    settled()
    later = again.findChild(NewPhotos)
    assert len(later.photos()) == 1
    press(later, "new_photos_clear")
    assert later.photos() == []
