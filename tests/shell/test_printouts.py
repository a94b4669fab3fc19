"""From a list of the window to the preview and on to the printed file."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.foundation.settings import Settings
from desktop.register.rules import ResidentDraft
from desktop.register.service.residents import ResidentFilter
from desktop.shell.main_window import MainWindow
from desktop.shell.preview_page import PreviewPage
from tests.printing.reading import text_of
from tests.shell.conftest import find, save_to


@pytest.fixture
def main(qtbot, bench):
    bench.residents.create(
        ResidentDraft(name="王𬸚", place="幸福里一区", no_id_reason="暂缺证件", sex="女", born_on=date(1954, 3, 8))
    )
    window = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def preview_of(qtbot, main) -> PreviewPage:
    """Return the preview that is being opened, once its pages are drawn."""
    qtbot.waitUntil(lambda: bool(main.findChildren(PreviewPage)))
    (page,) = main.findChildren(PreviewPage)
    qtbot.waitUntil(lambda: page.view.count() > 0, timeout=10_000)
    return page


def saved_from(qtbot, main, path) -> str:
    """Save what is previewed and return the text of its pages."""
    page = preview_of(qtbot, main)
    find(page, "preview_save").click()
    with qtbot.waitSignal(page.saved):
        save_to(qtbot, page, path)
    return text_of(path.read_bytes())


def test_the_list_of_residents_is_seen_first_and_saved_as_seen(qtbot, main, bench, tmp_path):
    main.health.print_residents.emit(bench.residents.list_ids(ResidentFilter()))
    assert find(preview_of(qtbot, main), "preview_title").text() == "居民名单"
    assert "王𬸚" in saved_from(qtbot, main, tmp_path / "list.pdf")


def test_ctrl_p_on_a_list_with_nothing_in_it_says_so(qtbot, main, tmp_path):
    main.show_tab("检查记录")
    qtbot.keyClick(main, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "本期没有记录" in saved_from(qtbot, main, tmp_path / "list.pdf")


def test_the_folder_of_the_records_takes_no_pdf(qtbot, main, bench, folder):
    main.health.print_residents.emit(bench.residents.list_ids(ResidentFilter()))
    page = preview_of(qtbot, main)
    find(page, "preview_save").click()
    save_to(qtbot, page, folder.path / "list.pdf")
    qtbot.waitUntil(lambda: "请存到别处" in find(find(page, "page_banner"), "banner_text").text())
    assert not list(folder.path.rglob("*.pdf"))
