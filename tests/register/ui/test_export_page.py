"""Exporting a sheet: starred unless asked otherwise, and whole numbers only with a purpose."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desktop.register.ui.export_page import ExportPage
from tests.register.making import resident


@pytest.fixture
def page(bench, host):
    resident(bench, name="王芳", phone="13800004106")
    made = ExportPage(bench.intake, host, "residents")
    host.open_page(made)
    return made


def press(page, name):
    page.findChild(QPushButton, name).click()


def dialogs(page):
    return [one for one in page.findChildren(QFileDialog) if one.isVisible()]


def save_to(qtbot, page, host, path):
    (dialog,) = dialogs(page)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: not host.runner.busy)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请写明完整号码拿去做什么用。"),
        ("　", "请写明完整号码拿去做什么用。"),
        ("长" * 61, "用途最多写60个字，请删去1个字。"),
    ],
)
def test_whole_numbers_without_a_purpose_are_not_even_asked_where_to(page, bench, typed, sentence):
    press(page, "segment_whole")
    editor = page.findChild(QLineEdit, "purpose_editor")
    editor.setText(typed)
    press(page, "export_start")
    assert page._purpose.problem() == sentence
    assert dialogs(page) == []
    assert bench.journal.disclosures() == []
    assert page.window().focusWidget() is editor


def test_whole_numbers_leave_with_their_purpose(qtbot, page, host, bench, tmp_path):
    press(page, "segment_whole")
    page.findChild(QLineEdit, "purpose_editor").setText("报街道高龄津贴名单")
    press(page, "export_start")
    save_to(qtbot, page, host, tmp_path / "居民.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "居民.xlsx").active
    assert sheet["A1"].value.endswith("用途：报街道高龄津贴名单")
    assert "13800004106" in [cell.value for cell in sheet[3]]
    assert "号码是完整的" in page._work.banner.text()
    assert [step.label for step in bench.journal.disclosures()] == [
        "导出居民表：1行，完整号码，用途：报街道高龄津贴名单"
    ]


def test_starred_is_what_comes_first_and_needs_no_purpose_even_if_one_was_begun(qtbot, page, host, tmp_path):
    press(page, "segment_whole")
    page.findChild(QLineEdit, "purpose_editor").setText("报街道")
    press(page, "segment_starred")
    assert not page._purpose.isVisible()
    press(page, "export_start")
    save_to(qtbot, page, host, tmp_path / "居民.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "居民.xlsx").active
    assert (sheet["A1"].value, "138****4106" in [cell.value for cell in sheet[2]]) == ("姓名", True)
