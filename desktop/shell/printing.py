"""Paper leaves the program here: the same PDF bytes are printed or saved; nothing of it blocks the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.foundation.errors import EnvironmentFailure, InputError, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.shell.printers import PRINT_DPI
from desktop.store.files import write_atomically
from desktop.widgets.dialogs import ask, choose_save, show_error
from desktop.widgets.jobs import JobRunner

log = logging.getLogger(__name__)

NO_PRINTER = "这台电脑上没有装打印机。可以先存成PDF文件，拿到有打印机的电脑上打印。"
_PRINTER_FAILED = "打印机没有接受，纸可能没有印出来。请看看打印机是否开着、有没有纸，再试一次。"
_POINTS_PER_INCH = 72
Done = Callable[[], object]


def print_pdf(
    parent: QWidget, pdf: bytes, title: str, *, done: Done | None = None, forbidden: Path | None = None
) -> QDialog:
    """Ask for a printer and print *pdf* on it; *done* is called once the printer took every page.

    Without a printer it says so and offers to save instead, anywhere but below *forbidden*. Returns the dialog that is
    open now.
    """
    if not QPrinterInfo.availablePrinterNames():

        def save_instead(wanted: bool) -> None:
            if wanted:
                save_pdf(parent, pdf, f"{title}.pdf", done=done, forbidden=forbidden)

        return ask(parent, "没有打印机", NO_PRINTER, "存成PDF", "先不打印", save_instead)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setResolution(PRINT_DPI)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(f"打印：{title}")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)

    def print_if_accepted(code: int) -> None:
        if code == QDialog.DialogCode.Accepted:
            _Printing(parent, printer, pdf, done)

    # The closure holds the printer: the dialog, which goes at once, must not be the only one.
    dialog.finished.connect(print_if_accepted)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()  # QPrintDialog hides the plain open() of its base
    return dialog


def save_pdf(
    parent: QWidget, pdf: bytes, name: str, *, done: Done | None = None, forbidden: Path | None = None
) -> QFileDialog:
    """Ask where to save *pdf* as *name*; *done* is called once it is on the disk. Nothing goes below *forbidden*."""

    def write(path: Path) -> None:
        try:
            write_pdf(path, pdf, forbidden)
        except (InputError, EnvironmentFailure) as error:
            show_error(parent, "没有存成", error)
        else:
            _call(done)

    return choose_save(parent, "存成PDF", name, write, patterns=["PDF文件 (*.pdf)"])


def write_pdf(path: Path, pdf: bytes, forbidden: Path | None, finished: Done | None = None) -> None:
    """Write *pdf*, unless *path* lies below *forbidden*; raises InputError or EnvironmentFailure.

    *finished* is called just before the file has its name.
    """
    if forbidden is not None and forbidden.resolve() in path.resolve().parents:
        raise InputError("这个文件夹放的是资料本身，请存到别处，如U盘或桌面。")
    with machine_faults("存成PDF"):
        write_atomically(path, pdf, finished)


def paint_pages(
    printer: QPrinter, pdf: bytes, context: JobContext, *, pages: Sequence[int] | None = None, copies: int = 1
) -> int:
    """Paint *pages* (from 0; None for all) onto *printer* and return how many sheets went through.

    Raises EnvironmentFailure if it takes none.
    """
    from desktop.printing.preview import page_count, page_image  # noqa: PLC0415  pdfium only where paper is wanted

    wanted = list(range(page_count(pdf)) if pages is None else pages)
    if printer.supportsMultipleCopies():
        printer.setCopyCount(copies)
        sheets = wanted
    else:
        sheets = wanted * copies
    painter = QPainter()
    for number, index in enumerate(sheets):
        context.check()
        image = _picture(*page_image(pdf, index, PRINT_DPI))
        _set_page(printer, image)
        # With no working printer Qt falls back silently and only begin() tells.
        if not (painter.begin(printer) if number == 0 else printer.newPage()):
            raise EnvironmentFailure(_PRINTER_FAILED)
        painter.drawImage(_target(printer, image), image)
        context.report(number + 1, len(sheets))
    if not painter.end():
        raise EnvironmentFailure(_PRINTER_FAILED)
    return len(wanted) * copies


class _Printing(QObject):
    """One print under way, on a thread of its own: saving must not wait for a slow printer."""

    def __init__(self, parent: QWidget, printer: QPrinter, pdf: bytes, done: Done | None) -> None:
        super().__init__(parent)
        self._window, self._done = parent, done
        self._runner = JobRunner(self)
        self._runner.start(partial(paint_pages, printer, pdf), done=self._printed, failed=self._failed)
        self.destroyed.connect(self._runner.shutdown)

    def _printed(self, count: int) -> None:
        log.info("printed pages=%d", count)
        self._end()
        _call(self._done)

    def _failed(self, error: BaseException) -> None:
        self._end()
        show_error(self._window, "没有打印成", error)

    def _end(self) -> None:
        self._runner.shutdown()
        self.deleteLater()


def _picture(width: int, height: int, pixels: bytes) -> QImage:
    # The copy owns its pixels; the bytes go away with this frame.
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def _set_page(printer: QPrinter, image: QImage) -> None:
    """Give the sheet the size and direction of the page, without margins: the page brings its own."""
    width, height = (side * _POINTS_PER_INCH / PRINT_DPI for side in (image.width(), image.height()))
    upright = QSizeF(min(width, height), max(width, height))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF()))


def _target(printer: QPrinter, image: QImage) -> QRectF:
    """Return where the page goes: as large as the sheet takes it, centred, in proportion."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)


def _call(done: Done | None) -> None:
    if done is not None:
        done()
