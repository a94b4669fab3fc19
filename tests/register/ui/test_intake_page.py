from __future__ import annotations

import json
import logging
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton

from desktop.register.ui.intake_lines import Sort
from desktop.register.ui.intake_page import COLUMNS, FILES, RESULT, ROWS, IntakePage
from desktop.register.ui.intake_reading import judge, recognise
from desktop.widgets.card import Banner

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def page(qtbot, host, bench):
    """Open the assistant on a file and wait until it has been read."""

    def opened(path: Path | None = None, kind: str = "", *, service=None) -> IntakePage:
        made = IntakePage(service or bench.intake, host, kind=kind, path=path)
        host.open_page(made)
        qtbot.waitUntil(lambda: not host.runner.busy)
        return made

    return opened


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)


def step(page: IntakePage) -> int:
    return page._steps.currentIndex()


def press(page, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def text(page, name: str) -> str:
    return page.findChild(QLabel, name).text()


def said(page) -> str:
    return page.findChild(Banner, "page_banner").accessibleName()


def renamed(source: Path, target: Path, headings: dict[str, str]) -> Path:
    """Write *source* again with other headings."""
    book = openpyxl.load_workbook(source)
    for cells in book.active.iter_rows(max_row=5):
        for cell in cells:
            if str(cell.value) in headings:
                cell.value = headings[str(cell.value)]
    book.save(target)
    return target


def test_a_file_that_is_no_sheet_is_refused_with_a_sentence_and_nothing_is_read(page, tmp_path):
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    made = page(picture, "residents")
    assert step(made) == FILES
    assert "“照片.jpg”不是表格" in said(made)


def test_an_unreadable_workbook_is_named_on_the_page(page, tmp_path):
    broken = tmp_path / "坏表.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 300)
    made = page(broken, "residents")
    assert step(made) == FILES
    assert "“坏表.xlsx”没有读成" in said(made)
    assert "。" in text(made, "banner_detail")


def test_a_missing_required_heading_is_named_and_closes_the_way_on(page, tmp_path):
    made = page(
        renamed(SAMPLES / "residents_messy.xlsx", tmp_path / "缺列.xlsx", {"家庭住址(小区)": "住哪里"}), "residents"
    )
    assert step(made) == COLUMNS
    assert "“小区”" in made.findChild(Banner, "missing_headings").text()
    assert not made.findChild(QPushButton, "columns_next").isEnabled()


def test_a_heading_joined_by_hand_opens_the_way_and_is_known_next_time(page, tmp_path, settled):
    path = renamed(SAMPLES / "residents_messy.xlsx", tmp_path / "缺列.xlsx", {"家庭住址(小区)": "住哪里"})
    made = page(path, "residents")
    unknown = [index for index, heading in made._found.unknown if heading == "住哪里"]
    choice = made._columns.choice(unknown[0])
    choice.setCurrentIndex(choice.findData("place"))
    choice.activated.emit(choice.currentIndex())
    press(made, "columns_next")
    settled()
    assert step(made) == ROWS
    assert "“住哪里”认作“小区”" in text(made, "intake_note")
    assert "下次记住" in text(made, "intake_note")
    again = page(path, "residents")
    assert step(again) == ROWS


def test_a_heading_can_mean_one_column_only(page, tmp_path):
    made = page(renamed(SAMPLES / "residents_messy.xlsx", tmp_path / "缺列.xlsx", {"手机号码": "备用号"}), "residents")
    by_heading = {found.heading: found.index for found in made._found.columns.values()} | {
        heading: index for index, heading in made._found.unknown
    }
    choice = made._columns.choice(by_heading["备用号"])
    choice.setCurrentIndex(choice.findData("room"))
    choice.activated.emit(choice.currentIndex())
    assert made._columns.choice(by_heading["房间号"]).currentData() == ""


def test_the_messy_sheet_is_counted_row_by_row_and_nothing_is_written(page, sample, bench):
    expected = json.loads((SAMPLES / "residents_messy.json").read_text(encoding="utf-8"))
    made = page(sample("residents_messy.xlsx"), "residents")
    assert step(made) == ROWS
    lines = made._judged.lines
    refused = lines.lines(lines.numbers([Sort.REFUSED]))
    assert {line.number for line in refused} == {one["row"] for one in expected["rejected"]}
    assert lines.count(Sort.GOOD) + lines.count(Sort.WARNED) == expected["accepted"]
    assert all(line.advice for line in refused)
    assert made._rows.import_button.accessibleName() == f"导入 {expected['accepted']}行"
    assert text(made, "intake_note").startswith("还没有写入任何内容。")
    assert bench.residents.count() == (0, 0)


def test_the_cell_at_fault_is_marked_and_numbers_are_starred(page, sample):
    made = page(sample("residents_messy.xlsx"), "residents")
    lines = {line.number: line for line in made._judged.lines.lines(range(4, 43)) if line.sort is not Sort.SKIPPED}
    assert lines[7].marked == {"id_number"}
    assert lines[12].marked == {"born_on"}
    assert lines[10].cells["name"] == "（空）"
    numbers = [line.cells["id_number"] for line in lines.values() if line.cells["id_number"]]
    assert all("*" in number and sum(map(str.isdigit, number)) <= 10 for number in numbers)


def test_tiles_filter_the_rows(qtbot, page, sample):
    made = page(sample("residents_messy.xlsx"), "residents")
    model = made._rows.table.model()
    assert model.rowCount() == 9
    qtbot.mouseClick(made._rows.tile(Sort.WARNED), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 8
    qtbot.mouseClick(made._rows.tile(Sort.GOOD), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 8 + 31
    for sort in (Sort.GOOD, Sort.REFUSED):
        qtbot.mouseClick(made._rows.tile(sort), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 0


def test_every_row_of_the_file_can_be_walked_by_qt(qtmodeltester, page, sample):
    made = page(sample("residents_messy.xlsx"), "residents")
    qtmodeltester.check(made._rows.table.model())


def test_only_importing_writes_and_the_import_can_be_taken_back(page, host, sample, bench, settled):
    made = page(sample("residents_messy.xlsx"), "residents")
    press(made, "import_rows")
    settled()
    assert step(made) == RESULT
    assert text(made, "empty_title") == "已导入居民 32行"
    assert bench.residents.count()[0] == 32
    assert len(host.saved) == 1
    press(made, "empty_undo")
    settled()
    assert bench.residents.count()[0] == 0
    assert text(made, "empty_title") == "已撤销这次居民导入"


def test_known_people_are_refused_until_updating_is_ticked(qtbot, page, sample, bench, settled):
    path = sample("residents_messy.xlsx")
    bench.intake.confirm(bench.intake.preview("residents", path))
    made = page(path, "residents")
    box = made.findChild(QCheckBox, "update_box")
    assert not box.isHidden()
    before = made._judged.updatable
    assert before > 20
    assert box.text() == f"已有的人，用表里的新内容更新（{before}行）"
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() - box.rect().center() / 1.1)
    settled()
    assert made._judged.preview.update
    assert made._judged.updatable == before
    assert made._judged.lines.count(Sort.REFUSED) == 8


def test_refused_rows_are_saved_with_their_reasons(page, sample, tmp_path, settled):
    made = page(sample("residents_messy.xlsx"), "residents")
    target = tmp_path / "要改.xlsx"
    made._rows.refused_wanted.emit()
    made.findChild(QFileDialog).fileSelected.emit(str(target))
    settled()
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert len(rows) == 1 + 8
    assert rows[0][-1] == "不能导入的原因"
    assert "要改的行存好了" in said(made)


def test_a_template_is_written_for_the_kind_asked_for(page, tmp_path, settled):
    made = page()
    target = tmp_path / "居民.xlsx"
    press(made, "template_residents")
    made.findChild(QFileDialog).fileSelected.emit(str(target))
    settled()
    assert openpyxl.load_workbook(target).active.max_column == 18


def test_every_sample_sheet_is_recognised_by_its_headings(bench):
    from desktop.foundation.jobs import JobContext

    names = {"places": "places", "residents": "residents", "visits": "visits"}
    paths = [SAMPLES / "houhuan" / f"{name}.xlsx" for name in ("visits", "residents", "places")]
    found = recognise(bench.intake, [*paths, SAMPLES / "residents_messy.xlsx"], "", JobContext())
    assert [source.kind for source in found] == ["places", "residents", "residents", "visits"]
    assert all(names.get(source.path.stem, "residents") == source.kind for source in found)


def test_somebody_without_the_right_to_import_is_told_so(page, sample, reader_bench):
    made = page(sample("residents_messy.xlsx"), "residents", service=reader_bench.intake)
    assert step(made) == FILES
    assert "只读" in text(made, "banner_detail")


def test_a_verdict_that_changed_meanwhile_is_shown_anew_and_nothing_is_stored(
    page, sample, bench, health_bench, settled
):
    path = sample("residents_messy.xlsx")
    made = page(path, "residents")
    health_bench.intake.confirm(health_bench.intake.preview("residents", path))
    press(made, "import_rows")
    settled()
    settled()
    assert step(made) == ROWS
    assert "请重新看一遍" in text(made, "banner_detail")
    assert made._judged.updatable > 20
    assert bench.residents.count()[0] == 32


def test_stopping_while_a_file_is_read_leaves_the_page_as_it_was(qtbot, host, bench):
    made = IntakePage(bench.intake, host, kind="residents", path=SAMPLES / "houhuan" / "residents.xlsx")
    host.open_page(made)
    made.findChild(QPushButton, "busy_cancel").click()
    qtbot.waitUntil(lambda: not host.runner.busy)
    assert step(made) == FILES
    assert "什么也没有写入" in said(made)


def test_nothing_personal_reaches_the_log(page, sample, settled, caplog):
    caplog.set_level(logging.DEBUG)
    path = sample("residents_messy.xlsx")
    made = page(path, "residents")
    press(made, "import_rows")
    settled()
    written = caplog.text
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=4, values_only=True))
    for row in rows:
        assert not any(str(cell) in written for cell in row[1:6] if cell and len(str(cell)) > 1)


def test_ten_thousand_rows_open_as_quickly_as_ten(bench, tmp_path):
    """Lines are made for what is in view: opening the list must not touch every row."""
    from desktop.foundation.jobs import JobContext
    from desktop.register.ui.intake_reading import Source

    judged = judge(bench.intake, Source(SAMPLES / "houhuan" / "residents.xlsx", "residents"), JobContext())
    lines = judged.lines
    made = lines.lines(lines.numbers([Sort.GOOD])[:100])
    assert len(made) == 100
    assert not judged.needs_joining


def test_updating_says_how_many_were_new_and_how_many_changed(page, sample, bench, tmp_path, settled):
    bench.intake.confirm(bench.intake.preview("residents", sample("residents_messy.xlsx")))
    book = openpyxl.load_workbook(SAMPLES / "residents_messy.xlsx")
    book.active["F4"] = "13900000000"
    book.active["A4"] = 1
    changed = tmp_path / "新表.xlsx"
    book.save(changed)
    made = page(changed, "residents")
    made._rows.update_changed.emit(True)  # noqa: FBT003  a signal's value
    settled()
    press(made, "import_rows")
    settled()
    said_there = "".join(one.text() for one in made._result.findChildren(QLabel))
    assert f"更新 {made._judged.updatable}行" in said_there
    assert bench.residents.count()[0] == 32


def test_where_a_column_is_out_of_sight_the_sentence_names_it(page, sample):
    made = page(sample("residents_messy.xlsx"), "residents")
    (line,) = made._judged.lines.lines([12])
    assert line.advice == "出生年月日：2010年9月没有31日，最后一天是30日"
