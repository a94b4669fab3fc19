"""Last month's report as files: only where a folder is chosen, once a month, and a failure is said and tried again."""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.app import assemble
from desktop.foundation.clock import FixedClock
from desktop.foundation.settings import Settings
from desktop.register.rights import Role
from desktop.shell.main_window import MainWindow
from desktop.shell.month_export import export_last_month, is_due
from desktop.shell.settings.page import MONTH, SettingsPage
from tests.conftest import NOW
from tests.shell.conftest import find


@pytest.fixture
def open_window(qtbot):
    made = []

    def open_it(bench, settings):
        saved = []
        window = MainWindow(bench, settings, saved.append)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        return window

    yield open_it
    for window in made:
        window.runner.shutdown()


def said(window):
    return window.findChild(QLabel, "undo_text").text()


def test_nothing_is_written_without_a_folder_or_by_those_who_may_not_export(open_window, bench, bench_as, tmp_path):
    window = open_window(bench, Settings())
    export_last_month(window)
    reader = open_window(bench_as(Role.READER), Settings(month_folder=str(tmp_path)))
    export_last_month(reader)
    for one in (window, reader):
        one.runner.shutdown()
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_first_start_of_a_month_writes_the_last_one_once(qtbot, open_window, bench, tmp_path):
    folder = tmp_path / "月报"
    folder.mkdir()
    window = open_window(bench, Settings(month_folder=str(folder), month_exported="2026-04"))
    export_last_month(window)
    qtbot.waitUntil(lambda: "2026年5月" in said(window), timeout=20_000)
    (paper,), (sheet,) = folder.glob("*.pdf"), folder.glob("*.xlsx")
    assert "2026年5月工作月报" in paper.name
    assert "2026年5月" in pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
    assert openpyxl.load_workbook(sheet).worksheets
    assert window.settings().month_exported == "2026-05"
    stamp = paper.stat().st_mtime_ns
    export_last_month(window)
    window.runner.shutdown()
    assert paper.stat().st_mtime_ns == stamp


def test_a_month_later_the_next_one_is_due(opened, tmp_path):
    settings = Settings(month_folder=str(tmp_path), month_exported="2026-05")
    assert not is_due(assemble(opened, FixedClock(NOW)), settings)
    assert is_due(assemble(opened, FixedClock(NOW + timedelta(days=14))), settings)  # 1 July


def test_a_folder_that_is_gone_is_said_and_tried_again_next_time(qtbot, open_window, bench, tmp_path):
    window = open_window(bench, Settings(month_folder=str(tmp_path / "没有了")))
    export_last_month(window)
    qtbot.waitUntil(lambda: "存报表没有成功" in said(window), timeout=20_000)
    assert "下次打开程序再试" in said(window)
    assert window.settings().month_exported == ""


def test_the_data_s_own_folder_is_refused(qtbot, open_window, bench):
    window = open_window(bench, Settings(month_folder=str(bench.store.path.parent)))
    export_last_month(window)
    qtbot.waitUntil(lambda: "不能放在资料自己的文件夹里" in said(window), timeout=20_000)


def test_choosing_a_folder_begins_with_the_next_month_and_the_button_writes_at_once(
    qtbot, open_window, bench, tmp_path
):
    window = open_window(bench, Settings())
    page = SettingsPage(bench, window)
    qtbot.addWidget(page)
    page.show_section(MONTH)
    section = page.section(MONTH)
    assert not find(section, "export_month_now").isEnabled()
    section._take(tmp_path)
    assert (window.settings().month_folder, window.settings().month_exported) == (str(tmp_path), "2026-05")
    export_last_month(window)
    qtbot.mouseClick(find(section, "export_month_now"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已存到" in find(page, "banner_text").text(), timeout=20_000)
    assert len(list(tmp_path.glob("*工作月报.*"))) == 2
    qtbot.mouseClick(find(section, "forget_month_folder"), Qt.MouseButton.LeftButton)
    assert window.settings().month_folder == ""
    assert find(section, "month_folder").text() == "没有选"
