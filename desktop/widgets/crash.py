"""The last resort: an error nobody expected is written to the log, told to the user, and the program ends."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

import desktop
from desktop.foundation.logs import frames_without_values
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled

log = logging.getLogger(__name__)
EXIT_STATUS = 70


class CrashDialog(QDialog):
    """Says what happened and what is safe; copies type and frames, never a value."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.setWindowTitle("程序要关闭")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(scaled(560))
        self._report = report
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setAccessibleName("给维护人员的信息，不含居民资料")
        copy = SecondaryButton("复制这些信息", "clipboard", name="crash_copy")
        copy.clicked.connect(self._copy)
        leave = PrimaryButton("退出程序", name="crash_quit")
        leave.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 18, 22, 18)
        whole.setSpacing(12)
        whole.addWidget(label("程序遇到意外问题，需要关闭", "title"))
        text = "已经保存的内容都在，没写完的表留有草稿。重新打开后可以接着做。下面的信息不含居民资料，请发给维护人员。"
        whole.addWidget(label(text, wrap=True))
        whole.addWidget(details)
        whole.addLayout(row(copy, 0, leave))
        leave.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report)


class CrashHook(QObject):
    """Takes over ``sys.excepthook`` and ``threading.excepthook``; the first crash opens the dialog, once."""

    _crashed = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.dialog: CrashDialog | None = None
        self.stream: TextIO | None = None  # kept open: the interpreter writes to it by number
        # Queued for other threads, direct on this one.
        self._crashed.connect(self._tell)

    def handle(
        self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None = None
    ) -> None:
        """Write the log and open the dialog; Ctrl+C in a terminal simply ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        frames = frames_without_values(error) if error is not None else kind.__qualname__
        log.critical("unexpected error: %s", frames)
        self._crashed.emit(
            f"居委工作台 {desktop.__version__} · Python {sys.version.split()[0]} · {sys.platform}\n{frames}"
        )

    def _tell(self, report: str) -> None:
        if self.dialog is not None:
            return
        self.dialog = CrashDialog(report)
        self.dialog.finished.connect(lambda _code: QApplication.exit(EXIT_STATUS))
        self.dialog.open()


def install_crash_hook(app: QApplication, folder: Path) -> CrashHook:
    """Catch what nobody caught, on every thread; hard crashes go to *folder*/faults.log."""
    hook = CrashHook(app)
    sys.excepthook = hook.handle
    threading.excepthook = lambda args: hook.handle(args.exc_type, args.exc_value, args.exc_traceback)
    hook.stream = _watch_faults(folder)
    return hook


def _watch_faults(folder: Path) -> TextIO | None:
    """Let the interpreter write the stacks of a hard crash to its own file; without the file, do without."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "faults.log").open("a", encoding="utf-8")
    except OSError:
        log.warning("faults.log cannot be written")
        return None
    faulthandler.enable(stream)
    return stream
