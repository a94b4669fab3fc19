"""打印预览: the pages as they will come out, how to print them, and saving the same bytes as a PDF."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.shell.print_choices import PrintChoices
from desktop.shell.printable import Made, Printable, make
from desktop.shell.printers import Order, Printers, SystemPrinters
from desktop.shell.printing import paint_pages, write_pdf
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Banner
from desktop.widgets.dialogs import choose_save
from desktop.widgets.jobs import JobRunner
from desktop.widgets.page_layout import Fit
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.theme import theme_changed

log = logging.getLogger(__name__)

_FITS = (("page", "整页"), ("width", "适宽"), ("actual", "实际大小"))


class PreviewPage(QWidget):
    """Shows a document before it is printed or saved; what is seen, printed and saved are the same bytes.

    Nothing is saved below *forbidden*, the folder of the records. Call ``begin`` once the page is open.
    """

    printed = Signal(object)  # the PDF's bytes
    saved = Signal(object)  # the path

    def __init__(
        self, what: Printable, host: PageHost, *, printers: Printers | None = None, forbidden: Path | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("preview_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._what, self._host, self._forbidden = what, host, forbidden
        self._printers = printers or SystemPrinters()
        self._made: Made | None = None
        self._saved_to: Path | None = None
        self._work = PageWork(self, host.runner)
        self._work.banner.pressed.connect(self._open_folder)
        # Of its own: storing must not wait for a slow printer.
        self._slow = JobRunner(self)
        self.destroyed.connect(self._slow.shutdown)
        self.view = PdfView(f"{what.title}的页面")
        self._choices = PrintChoices(what, self._printers.names(), host.settings().printer)
        self._missing = Banner("warning", "")
        self._missing.setVisible(False)
        self._missing.setObjectName("missing_characters")
        self._build()
        self._connect()

    def begin(self) -> None:
        """Make the document and show it."""
        self._make(first=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)

    # Making

    def _make(self, *, first: bool = False) -> None:
        self._work.hush()
        self._work.run(
            f"正在准备：{self._what.title}",
            partial(make, self._what, self._choices.wishes()),
            self._show_first if first else self._show,
            self._failed,
            can_stop=True,
            stopped=self._close if first else partial(self._work.say, "info", "已停下，还是刚才的样子。"),
        )

    def _show_first(self, made: Made) -> None:
        self._show(made)
        self._choices.setFocus()

    def _show(self, made: Made) -> None:
        self._made = made
        self.view.set_pages(made.pages)
        self._missing.setVisible(bool(made.missing))
        if made.missing:
            codes = "".join(f"〔U+{ord(character):04X}〕" for character in made.missing[:12])
            more = "等" if len(made.missing) > 12 else ""
            self._missing.set_text(
                f"有{len(made.missing)}个字没有字体能印，纸上会印成{codes}{more}。",
                "请看看是不是多打了表情或看不见的符号；改好再打印，别的字都照常。",
            )

    def _failed(self, error: BaseException) -> None:
        self._work.say_failed(error)
        if self._made is None:
            self.view.show_message("没有做出来。按返回（Esc）回去。")

    # Printing and saving

    def _print(self) -> None:
        order = self._choices.order() if self._made is not None else None
        if order is None or self._made is None:
            return
        self._work.hush()
        note = partial(self._note, "打印")
        job = partial(_print_job, self._printers, order, self._made.pdf, self._what.title, note)
        self._work.run(
            "正在送到打印机", job, partial(self._printed, order), can_stop=True, runner=self._slow,
            stopped=partial(self._work.say, "info", "已停下。已经送去的几页可能会印出来。"),
        )  # fmt: skip

    def _printed(self, order: Order, sheets: int) -> None:
        log.info("printed sheets=%d", sheets)
        self._host.change_settings(printer=order.printer)
        self._saved_to = None
        self._work.say("good", f"已送到打印机“{order.printer}”，共{sheets}页。")
        if self._made is not None:
            self.printed.emit(self._made.pdf)

    def _save(self) -> QFileDialog | None:
        if self._made is None:
            return None
        return choose_save(self, "存成PDF", self._what.file_name(), self._write, patterns=["PDF文件 (*.pdf)"])

    def _write(self, path: Path) -> None:
        if (made := self._made) is None:
            return

        def job(_context: JobContext) -> Path:
            write_pdf(path, made.pdf, self._forbidden, partial(self._note, "存成PDF"))
            return path

        self._work.hush()
        self._work.run("正在存成PDF", job, self._written, runner=self._slow)

    def _written(self, path: Path) -> None:
        self._saved_to = path
        self._work.say("good", f"已存成PDF：{path.name}", str(path.parent), button="打开所在文件夹")
        self.saved.emit(path)

    def _note(self, verb: str) -> None:
        """Write down what leaves; on the job's thread."""
        if (leaves := self._what.leaves) is not None:
            self._host.note_leaving(replace(leaves, what=f"{verb}{leaves.what}"))

    def _open_folder(self) -> None:
        if self._saved_to is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_to.parent)))

    # Building

    def _build(self) -> None:
        self._back = IconButton("chevron-left", "返回（Esc）", name="preview_close")
        self._where = label("", "secondary", name="preview_where")
        self._fit = Segmented(_FITS, accessible_name="看多大")
        self._smaller = IconButton("minus", "缩小（Ctrl+-）", name="preview_smaller")
        self._larger = IconButton("plus", "放大（Ctrl++）", name="preview_larger")
        self._size = label("", "secondary", name="preview_size")
        self._fit_size()
        head = row(
            self._back, label(self._what.title, "title", name="preview_title"), self._where, 0,
            self._fit, self._smaller, self._size, self._larger, spacing=10,
        )  # fmt: skip
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.view, 1)
        body.addWidget(self._choices)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self._missing)
        whole.addWidget(self._work.banner)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self._close)
        self._fit.changed.connect(lambda key: self.view.set_fit(cast("Fit", key)))
        self._smaller.clicked.connect(self.view.zoom_out)
        self._larger.clicked.connect(self.view.zoom_in)
        self.view.page_changed.connect(self._tell_page)
        self.view.zoom_changed.connect(lambda percent: self._size.setText(f"{percent}%"))
        self._choices.wished.connect(self._make)
        self._choices.print_wanted.connect(self._print)
        self._choices.save_wanted.connect(self._save)
        theme_changed.connect(self._fit_size)

    def _tell_page(self, page: int, count: int) -> None:
        self._where.setText(f"第{page}页，共{count}页" if count else "")
        self._choices.set_pages(page, count)

    def _fit_size(self) -> None:
        self._size.setMinimumWidth(self._size.fontMetrics().horizontalAdvance("300%"))
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _close(self) -> None:
        # After the veil has gone and this key has been dealt with.
        QTimer.singleShot(0, self, partial(self._host.close_page, self))


def _print_job(  # noqa: PLR0917  a job: its context comes last
    printers: Printers, order: Order, pdf: bytes, title: str, note: Callable[[], object], context: JobContext
) -> int:
    """Open the printer, write down what leaves and paint it, all on one thread."""
    printer = printers.open(order.printer)
    printer.setDocName(title)
    note()
    return paint_pages(printer, pdf, context, pages=order.pages, copies=order.copies)
