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
    assert bench.journal.disclosures() == []  # looking is not taking away
    assert "王𬸚" in saved_from(qtbot, main, tmp_path / "list.pdf")
    assert [step.label for step in bench.journal.disclosures()] == ["存成PDF“居民名单”：1行，用途：打印或存成PDF"]


def test_one_person_s_file_leaves_its_line_too(qtbot, main, bench, tmp_path):
    (person,) = bench.residents.list_ids(ResidentFilter())
    main.health.print_person.emit(bench.residents.card(person))
    saved_from(qtbot, main, tmp_path / "file.pdf")
    assert [step.label for step in bench.journal.disclosures()] == ["存成PDF居民健康档案：1行，用途：打印或存成PDF"]


def test_the_list_exported_from_the_window_is_in_the_history(qtbot, main, bench, tmp_path):
    main.show_tab("居民住户")
    main.settle()
    people, path = main.health.people, tmp_path / "清单.xlsx"
    find(people, "export_list").click()
    save_to(qtbot, people, path)
    qtbot.waitUntil(path.exists)
    main.settle()
    (step,) = bench.journal.disclosures()
    assert step.label.startswith("导出清单“")
    assert step.label.endswith("：1行，用途：清单导出")


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
    assert bench.journal.disclosures() == []
