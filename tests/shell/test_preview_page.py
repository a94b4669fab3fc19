from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from desktop.foundation.errors import EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.printing.document import Heading, Ledger, LedgerColumn, Paragraph, Sheet
from desktop.printing.preview import PdfPages, page_count, page_image
from desktop.printing.render import render_ledger, render_sheet
from desktop.shell.preview_page import PreviewPage
from desktop.shell.printable import Printable, Wishes
from tests.conftest import COMMITTEE
from tests.register.ui.conftest import TinyHost
from tests.shell.conftest import find, save_to

HEADING = Heading(COMMITTEE, "2026年6月", "沈玉琴", date(2026, 6, 17))
LEDGER = Ledger[str]("居民名单", (LedgerColumn("姓名", str), LedgerColumn("备注", lambda _row: "已核对")))
THREE_PAGES = [f"居民{number}" for number in range(100)]


class FilePrinters:
    """Two printers that print into files of a folder, as 打印成文件 of an office does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        return ["办公室", "走廊"]

    def open(self, name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / f"{name}.pdf"))
        printer.setResolution(100)
        return printer


class NoPrinters(FilePrinters):
    def names(self) -> list[str]:
        return []


class Ledgers:
    """A ledger as the window prints it, and a memory of what was wished for."""

    def __init__(self, rows: list[str]) -> None:
        self.rows, self.wished, self.made = rows, list[Wishes](), list[bytes]()
        self.gate = threading.Event()
        self.gate.set()

    def draw(self, wishes: Wishes, context: JobContext) -> bytes:
        self.wished.append(wishes)
        assert self.gate.wait(10)
        context.check()
        ledger = Ledger(LEDGER.title, LEDGER.columns, orientation=wishes.orientation)
        self.made.append(render_ledger(ledger, self.rows, heading=HEADING, mono=wishes.mono, context=context))
        return self.made[-1]


@pytest.fixture
def host(qtbot) -> Iterator[TinyHost]:
    made = TinyHost()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.runner.shutdown()


@pytest.fixture
def open_page(qtbot, host, tmp_path):
    def open_it(rows=THREE_PAGES, *, printers=None, what=None, wait=True, **more) -> PreviewPage:
        shown = what or Printable("居民名单", Ledgers(rows).draw, turns=True)
        page = PreviewPage(shown, host, printers=printers or FilePrinters(tmp_path), **more)
        host.open_page(page)
        if wait:
            with qtbot.waitSignal(page.view.settled):
                page.begin()
        else:
            page.begin()
        return page

    return open_it


def press(page, name: str) -> None:
    find(page, name).click()


def said(page) -> str:
    banner = find(page, "page_banner")
    return find(banner, "banner_text").text() if banner.isVisible() else ""


def wait_for(qtbot, page, words: str) -> None:
    qtbot.waitUntil(lambda: words in said(page), timeout=10_000)


def picture(pdf: bytes, index: int = 0) -> QImage:
    width, height, pixels = page_image(pdf, index, 30)
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()


# What can go wrong


def test_without_a_printer_it_says_so_and_saving_is_offered(open_page, tmp_path):
    page = open_page(printers=NoPrinters(tmp_path))
    assert "没有装打印机" in find(page, "no_printer").text()
    for name in ("preview_print", "copies_field", "printer_field"):
        assert not any(part.isVisible() for part in page.findChildren(QWidget, name))
    assert find(page, "preview_save").isVisible()
    assert find(page, "preview_save").hasFocus()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "至少印1份"),
        ("0", "至少印1份"),
        ("100", "一次最多99份"),
        ("两份", "只填数字，如 12"),
        ("1.5", "这里填整数"),
    ],
)
def test_a_wrong_number_of_copies_is_said_and_nothing_is_printed(open_page, tmp_path, typed, sentence):
    page = open_page()
    find(page, "copies_editor").setText(typed)
    press(page, "preview_print")
    assert sentence in find(page, "copies_message").text()
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_a_sentence(qtbot, open_page, tmp_path):
    page = open_page(printers=FilePrinters(tmp_path / "gone"))
    press(page, "preview_print")
    wait_for(qtbot, page, "打印机没有接受")


def test_characters_nobody_has_are_named_before_printing(open_page):
    page = open_page(["王\U0001f600", "李\x07", "张\U0001f600"])
    note = find(page, "missing_characters")
    assert note.isVisible()
    assert "有2个字" in find(note, "banner_text").text()
    assert "〔U+1F600〕〔U+0007〕" in find(note, "banner_text").text()


def test_rare_names_need_no_remark(open_page):
    page = open_page(["王㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"])
    assert not find(page, "missing_characters").isVisible()


def test_a_document_that_cannot_be_made_is_said_and_nothing_can_be_printed(qtbot, open_page, tmp_path):
    def fail(_wishes, _context):
        raise EnvironmentFailure("资料正在别处使用，请稍等。")

    page = open_page(what=Printable("居民名单", fail), wait=False)
    wait_for(qtbot, page, "资料正在别处使用")
    press(page, "preview_print")
    press(page, "preview_save")
    assert not list(tmp_path.glob("*.pdf"))


def test_making_can_be_stopped_and_the_page_closes(qtbot, host, open_page):
    slow = Ledgers(THREE_PAGES)
    slow.gate.clear()
    page = open_page(what=Printable("居民名单", slow.draw), wait=False)
    qtbot.waitUntil(lambda: find(page, "busy_cancel").isVisible())
    press(page, "busy_cancel")
    slow.gate.set()
    qtbot.waitUntil(lambda: page not in host.pages)


def test_nothing_is_saved_below_the_folder_of_the_records(qtbot, open_page, tmp_path):
    page = open_page(forbidden=tmp_path / "data")
    (tmp_path / "data" / "below").mkdir(parents=True)
    press(page, "preview_save")
    save_to(qtbot, page, tmp_path / "data" / "below" / "list.pdf")
    wait_for(qtbot, page, "请存到别处")
    assert not list((tmp_path / "data").rglob("*.pdf"))


def test_a_place_that_is_gone_is_said(qtbot, open_page, tmp_path):
    page = open_page()
    press(page, "preview_save")
    save_to(qtbot, page, tmp_path / "gone" / "list.pdf")
    wait_for(qtbot, page, "没有成功")


# What it is for


def test_what_is_seen_is_what_is_saved_and_the_folder_can_be_opened(qtbot, open_page, tmp_path):
    class Opened(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.urls: list[QUrl] = []

        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            self.urls.append(url)

    page = open_page()
    press(page, "preview_save")
    with qtbot.waitSignal(page.saved):
        save_to(qtbot, page, tmp_path / "名单.pdf")
    assert (tmp_path / "名单.pdf").read_bytes() == render_ledger(LEDGER, THREE_PAGES, heading=HEADING)
    assert "已存成PDF：名单.pdf" in said(page)
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")
    try:
        press(find(page, "page_banner"), "banner_button")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in opened.urls] == [tmp_path]


def test_printing_sends_every_page_as_often_as_wished(qtbot, host, open_page, tmp_path):
    page = open_page()
    find(page, "printer_editor").setText("走廊")
    find(page, "copies_editor").setText("2")
    with qtbot.waitSignal(page.printed, timeout=20_000) as printed:
        press(page, "preview_print")
    seen = printed.args[0]
    assert page_count(seen) == 3
    out = (tmp_path / "走廊.pdf").read_bytes()
    assert page_count(out) == 6
    for index in range(3):
        ours, theirs = picture(seen, index), picture(out, index)
        assert abs(ours.width() - theirs.width()) <= 1
    assert "已送到打印机“走廊”，共6页" in said(page)
    assert host.settings().printer == "走廊"


def test_the_printer_used_last_is_offered_first(host, open_page):
    host.change_settings(printer="走廊")
    assert find(open_page(), "printer_editor").text() == "走廊"


def test_ctrl_p_prints_the_page_in_front_alone(qtbot, open_page, tmp_path):
    page = open_page()
    page.view.go_to(2)
    press(page, "segment_this")
    with qtbot.waitSignal(page.printed, timeout=20_000):
        qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page_count((tmp_path / "办公室.pdf").read_bytes()) == 1


def test_a_single_page_asks_for_no_pages(open_page):
    page = open_page(["张三"])
    assert not find(page, "segment_this").isVisible()


def test_black_and_white_is_made_anew(qtbot, open_page):
    what = Ledgers(["张三"])
    page = open_page(what=Printable("居民名单", what.draw))
    with qtbot.waitSignal(page.view.settled):
        page.findChild(QCheckBox, "mono").click()
    assert [wish.mono for wish in what.wished] == [False, True]


def test_a_ledger_can_be_laid_down(qtbot, open_page):
    what = Ledgers(THREE_PAGES)
    page = open_page(what=Printable("居民名单", what.draw, turns=True))
    with qtbot.waitSignal(page.view.settled):
        press(page, "segment_landscape")
    upright, lying = (PdfPages(pdf).size(0) for pdf in what.made)
    assert lying == (upright[1], upright[0])


def test_a_sheet_has_no_choice_of_direction(open_page):
    sheet = Sheet("说明", (Paragraph("按时服药。"),))
    page = open_page(what=Printable("说明", lambda wishes, _: render_sheet(sheet, heading=HEADING, mono=wishes.mono)))
    assert not page.findChildren(QPushButton, "segment_landscape")


def test_the_head_tells_page_and_size(qtbot, open_page):
    page = open_page()
    assert find(page, "preview_where").text() == "第1页，共3页"
    press(page, "segment_actual")
    assert find(page, "preview_size").text() == "100%"
    press(page, "preview_larger")
    assert find(page, "preview_size").text() == "120%"


def test_escape_leaves(qtbot, host, open_page):
    page = open_page()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page not in host.pages)


@pytest.mark.parametrize(
    ("title", "name"),
    [("居民健康档案 王芳", "居民健康档案 王芳.pdf"), ("a/b:c?", "a b c.pdf"), ("..", "打印.pdf"), ("", "打印.pdf")],
)
def test_a_title_becomes_a_file_name_every_system_takes(title, name):
    assert Printable(title, lambda _wishes, _context: b"").file_name() == name


def test_everything_has_room_in_the_smallest_window(qtbot, host, open_page):
    host.resize(1024, 520)
    page = open_page(printers=None)
    for name in ("preview_close", "preview_larger", "segment_actual"):
        widget = find(page, name)
        assert page.rect().contains(widget.mapTo(page, widget.rect().bottomRight()))
    title = page.findChild(QLabel, "preview_title")
    assert title.width() >= title.sizeHint().width()
