from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.foundation.errors import EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.printing.document import Heading, Paragraph, RecoverySheet, Sheet
from desktop.printing.preview import page_count, page_image
from desktop.printing.render import render_recovery_sheet, render_sheet
from desktop.shell.printing import paint_pages, print_pdf, save_pdf
from tests.conftest import COMMITTEE, RECOVERY_CODE
from tests.shell.conftest import save_to


@pytest.fixture(scope="module")
def pdf():
    return render_recovery_sheet(RecoverySheet(COMMITTEE, RECOVERY_CODE, date(2026, 6, 17), "R-2026-01"))


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def to_file(path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(300)
    return printer


def picture(pdf, index=0):
    width, height, pixels = page_image(pdf, index, 50)
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def test_what_is_printed_is_the_page_itself(qapp, pdf, tmp_path):
    assert paint_pages(to_file(tmp_path / "out.pdf"), pdf, JobContext()) == 1
    printed = (tmp_path / "out.pdf").read_bytes()
    ours, theirs = picture(pdf), picture(printed)
    assert abs(ours.width() - theirs.width()) <= 1  # the whole sheet, not shrunk into margins
    assert abs(ours.height() - theirs.height()) <= 1
    points = [(x, y) for x in range(2, ours.width() - 4, 3) for y in range(2, ours.height() - 4, 3)]

    def ink(image, x, y):
        """The darkest of nine: a hair line may lie one pixel beside."""
        return min(image.pixelColor(x + dx, y + dy).lightness() for dx in (-1, 0, 1) for dy in (-1, 0, 1))

    far = sum(abs(ink(ours, x, y) - ink(theirs, x, y)) > 90 for x, y in points)
    assert far < len(points) * 0.02


def test_every_page_of_a_long_document_is_printed(qapp, tmp_path):
    heading = Heading(COMMITTEE, "2026年6月", "沈玉琴", date(2026, 6, 17))
    long = render_sheet(Sheet("说明", tuple(Paragraph("除四害工作要点。" * 60) for _ in range(12))), heading=heading)
    assert page_count(long) > 1
    steps = []
    paint_pages(to_file(tmp_path / "out.pdf"), long, JobContext(lambda done, total: steps.append((done, total))))
    assert page_count((tmp_path / "out.pdf").read_bytes()) == page_count(long)
    assert steps[-1] == (page_count(long), page_count(long))


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_a_sentence(qapp, pdf, tmp_path):
    with pytest.raises(EnvironmentFailure, match="打印机没有接受"):
        paint_pages(to_file(tmp_path / "no such folder" / "out.pdf"), pdf, JobContext())


def test_without_a_printer_it_says_so_and_saves_instead(qtbot, page, pdf, tmp_path):
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    done = []
    box = print_pdf(page, pdf, "恢复码", done=lambda: done.append(1))
    assert isinstance(box, QMessageBox)
    (save,) = (one for one in box.buttons() if one.text() == "存成PDF")
    save.click()
    save_to(qtbot, page, tmp_path / "code.pdf")
    assert done == [1]
    assert (tmp_path / "code.pdf").read_bytes() == pdf


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_done(qtbot, page, pdf, tmp_path):
    done = []
    save_pdf(page, pdf, "code.pdf", done=lambda: done.append(1))
    save_to(qtbot, page, tmp_path / "gone" / "code.pdf")
    (box,) = page.findChildren(QMessageBox)
    assert "没有成功" in box.informativeText()
    assert done == []
