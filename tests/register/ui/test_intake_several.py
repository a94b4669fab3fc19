"""Several files at once: what is wrong first, then the order, the list, all of them imported, and stopping between."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QMessageBox, QPushButton

from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.register.ui import intake_several
from desktop.register.ui.intake_page import COLUMNS, FILES, QUEUE, RESULT, ROWS, IntakePage
from desktop.register.ui.intake_reading import Source, import_one, line_up
from desktop.store.check import counts
from tests.inspections.making import inspections_sheet
from tests.register.ui.conftest import SAMPLES
from tests.register.ui.test_intake_page import press, renamed, said, step, text

HOUHUAN = SAMPLES / "houhuan"
TEN = sorted(HOUHUAN.glob("*.xlsx"))
LONG_MS = 180_000


@pytest.fixture
def page(qtbot, host, bench):
    made = IntakePage(bench.intake, host)
    host.open_page(made)
    return made


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy, timeout=LONG_MS)


def drop(page, paths) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, dragged, buttons, keys))


def shown(page):
    return [
        (line.title, line.verdict and line.verdict.accepted, line.refused, line.done) for line in page._several.lines
    ]


def import_all(qtbot, page) -> None:
    press(page, "queue_start")
    qtbot.waitUntil(
        lambda: not any(line.waits for line in page._several.lines) and not page._work.busy, timeout=LONG_MS
    )


def test_an_unreadable_file_is_named_in_the_list_and_does_not_stop_the_others(qtbot, page, tmp_path, settled, bench):
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 300)
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    drop(page, [broken, HOUHUAN / "places.xlsx", picture])
    settled()
    assert step(page) == QUEUE
    assert "“照片.jpg”不是表格，没有读" in said(page)
    assert shown(page)[0][0] == "点位"
    assert page._several.lines[1].fault
    assert page.findChild(QPushButton, "queue_open_1") is None
    import_all(qtbot, page)
    assert [done for *_, done in shown(page)] == [True, False]
    assert counts(bench.store)["place"] == shown(page)[0][1]


def test_a_file_whose_headings_must_be_joined_waits_for_somebody(qtbot, page, tmp_path, settled, bench):
    odd = renamed(SAMPLES / "residents_messy.xlsx", tmp_path / "缺列.xlsx", {"家庭住址(小区)": "住哪里"})
    drop(page, [odd, HOUHUAN / "places.xlsx"])
    settled()
    assert page._several.lines[1].unjoined
    import_all(qtbot, page)
    assert counts(bench.store)["resident"] == 0
    press(page, "queue_open_1")
    settled()
    assert step(page) == COLUMNS
    press(page, "columns_back")
    assert step(page) == QUEUE


def test_nothing_is_written_by_looking_at_the_list(page, settled, bench):
    before = counts(bench.store), bench.store.change_mark()
    drop(page, TEN)
    settled()
    assert step(page) == QUEUE
    assert (counts(bench.store), bench.store.change_mark()) == before
    assert text(page, "queue_note").startswith("还没有写入任何内容。")


def test_the_whole_set_dropped_at_once_into_a_fresh_folder_is_ordered_and_nothing_is_refused(
    qtbot, page, settled, bench, host
):
    drop(page, reversed(TEN))
    settled()
    titles = [title for title, *_ in shown(page)]
    assert titles == list(bench.intake.kinds.values())
    assert titles[0] == "点位"
    assert titles[-1] == "随访"
    assert all(accepted and not refused for _, accepted, refused, _ in shown(page)), shown(page)
    before = shown(page)
    import_all(qtbot, page)
    assert shown(page) == [(title, accepted, 0, True) for title, accepted, _, _ in before]
    assert counts(bench.store)["resident"] == 2500
    assert text(page, "queue_note").startswith("已导入10张")
    assert len(host.saved) == 10
    assert len(bench.journal.batches()) == 10
    press(page, "queue_finish")
    assert page not in host.pages


def test_stopping_between_two_files_keeps_those_done_and_goes_on_later(qtbot, page, settled, monkeypatch):
    drop(page, [HOUHUAN / f"{name}.xlsx" for name in ("activities", "places", "pledges")])
    settled()

    def stopped_late(intake, source, context):
        verdict = import_one(intake, source, context)
        context.cancel()  # 取消, pressed when the file was stored already
        return verdict

    monkeypatch.setattr(intake_several, "import_one", stopped_late)
    press(page, "queue_start")
    qtbot.waitUntil(lambda: not page._work.busy, timeout=LONG_MS)
    assert [done for *_, done in shown(page)] == [True, False, False]
    monkeypatch.undo()
    import_all(qtbot, page)
    assert all(done for *_, done in shown(page))


def test_a_rehearsal_that_is_stopped_writes_nothing(bench):
    context = JobContext()
    context.cancel()
    with pytest.raises(JobCancelled):
        line_up(bench.intake, [Source(HOUHUAN / "places.xlsx", "places")], context)
    assert counts(bench.store)["place"] == 0


def test_refused_rows_are_one_press_away_after_the_others_are_in(qtbot, page, sample, settled):
    drop(page, [sample("residents_messy.xlsx"), HOUHUAN / "places.xlsx"])
    settled()
    refused = shown(page)[1][2]
    assert refused > 0
    import_all(qtbot, page)
    assert shown(page)[1][2:] == (refused, True)
    assert f"还有{refused}行要改" in text(page, "queue_note")
    press(page, "queue_open_1")
    settled()
    assert step(page) == ROWS


def test_one_file_of_the_list_can_be_looked_at_imported_and_left_for_the_list(page, settled):
    drop(page, [HOUHUAN / "places.xlsx", HOUHUAN / "activities.xlsx"])
    settled()
    press(page, "queue_open_0")
    settled()
    assert step(page) == ROWS
    press(page, "import_rows")
    settled()
    assert step(page) == RESULT
    press(page, "empty_next")
    settled()
    assert step(page) == QUEUE
    assert [done for *_, done in shown(page)] == [True, False]


def test_a_folder_brings_the_sheets_in_it_and_leaves_what_excel_keeps_beside_them(page, tmp_path, settled):
    folder = tmp_path / "往年的表"
    folder.mkdir()
    for name in ("places.xlsx", "activities.xlsx"):
        shutil.copy(HOUHUAN / name, folder / name)
    (folder / "~$places.xlsx").write_bytes(b"x")
    (folder / "说明.docx").write_bytes(b"x")
    drop(page, [folder])
    settled()
    assert [title for title, *_ in shown(page)] == ["点位", "活动"]
    press(page, "queue_back")
    assert step(page) == FILES
    press(page, "choose_folder")
    page.findChild(QFileDialog).fileSelected.emit(str(folder))
    settled()
    assert step(page) == QUEUE


def test_an_empty_folder_is_a_sentence(page, tmp_path):
    folder = tmp_path / "空的"
    folder.mkdir()
    drop(page, [folder])
    assert step(page) == FILES
    assert "“空的”不是表格，没有读" in said(page)


def test_of_a_workbook_with_several_sheets_another_one_can_be_chosen(page, tmp_path, settled):
    path = tmp_path / "两年.xlsx"
    book = openpyxl.load_workbook(HOUHUAN / "places.xlsx")
    first = book.active
    other = book.create_sheet("去年")
    for cells in first.iter_rows(max_row=3, values_only=True):
        other.append(cells)
    book.save(path)
    page.take([path])
    settled()
    box = page.findChild(QComboBox, "sheet_choice")
    assert box.isVisible()
    whole = page._judged.lines
    box.setCurrentText("去年")
    box.activated.emit(box.currentIndex())
    settled()
    assert page._judged.preview.sheet.sheet_name == "去年"
    assert len(page._judged.preview.sheet.rows) == 2
    assert page._judged.lines is not whole
    press(page, "import_rows")
    settled()
    assert step(page) == RESULT
    assert not box.isVisible()


def test_unknown_places_are_built_in_one_step_that_is_shown_and_the_sheet_is_judged_again(
    page, tmp_path, settled, bench
):
    path = inspections_sheet(tmp_path / "检查.xlsx", {}, {"点位": "唐苑新村"}, {"点位": " 渔 村"}, {"点位": "利民超市"})
    page.take([path], "inspections")
    settled()
    assert page._judged.unknown_places == ("渔村", "唐苑新村", "利民超市")
    button = page.findChild(QPushButton, "create_places")
    assert button.text().strip() == "新建这3个点位"
    button.click()
    box = page.findChild(QMessageBox)
    assert "渔村（小区）、唐苑新村（小区）、利民超市（沿街商铺）" in box.informativeText()
    next(one for one in box.buttons() if one.text() == "新建").click()
    settled()
    assert step(page) == ROWS
    assert not page._judged.preview.sheet.refused
    assert not button.isVisible()
    assert sorted((row.name, row.category) for row in bench.places.all()) == [
        ("利民超市", "沿街商铺"), ("唐苑新村", "小区"), ("渔村", "小区"),
    ]  # fmt: skip
    label = bench.journal.last_undoable(bench.officer.staff_id).label
    assert label == "新建3个点位"


def test_a_place_named_twice_in_the_register_is_not_built_a_third_time(bench, tmp_path):
    from desktop.register.service.places import PlaceDraft

    for parent in ("甲苑", "乙苑"):
        bench.places.create(PlaceDraft(parent, "小区"))
        bench.places.create(PlaceDraft("1号楼", "楼栋", parent=parent))
    preview = bench.intake.preview("inspections", inspections_sheet(tmp_path / "检查.xlsx", {"点位": "1号楼"}))
    assert preview.sheet.refused
    assert bench.intake.unknown_places(preview) == []


def test_a_missing_file_is_the_user_s_to_name_again(bench, tmp_path):
    from desktop.foundation.errors import InputError

    for path, told in ((tmp_path / "没有.xlsx", "找不到文件“没有.xlsx”"), (tmp_path, "是文件夹，不是表格文件")):
        with pytest.raises(InputError, match=told):
            bench.intake.preview("places", Path(path))
