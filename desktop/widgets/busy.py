"""The veil over a page while a job runs for it: what is being done, how far it is, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.foundation.jobs import JobContext
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.roles import label
from desktop.widgets.theme import scaled, tokens

# Work that ends sooner than this would only make the page flicker.
_SHOW_AFTER_MS = 250


class Busy(QWidget):
    """Covers *page* from ``begin`` to ``end``; keys and clicks do not reach what lies below."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._context: JobContext | None = None
        self._focus_before: QWidget | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._timer.timeout.connect(self._reveal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label(role="heading", wrap=True, name="busy_title")
        self._bar = QProgressBar()
        self._bar.setObjectName("busy_bar")
        self._bar.setTextVisible(False)
        self._steps = label(role="secondary", name="busy_steps")
        self._stop = SecondaryButton("取消", name="busy_cancel")
        self._stop.clicked.connect(self._cancel)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        layout = QVBoxLayout(self._card)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        for part in (self._title, self._bar, self._steps):
            layout.addWidget(part)
        layout.addWidget(self._stop, alignment=Qt.AlignmentFlag.AlignRight)
        page.installEventFilter(self)
        self.hide()

    def begin(self, doing: str, context: JobContext | None = None) -> None:
        """Cover the page and say what is being done (正在核对备份); without *context* it cannot be stopped."""
        self._context = context
        self._focus_before = QApplication.focusWidget()
        self._title.setText(doing)
        self.setAccessibleName(doing)
        self._bar.setAccessibleName(doing)
        self._bar.setRange(0, 0)
        self._steps.clear()
        self._stop.set_text("取消")
        self._stop.setEnabled(True)
        self._stop.setVisible(context is not None)
        self._card.hide()
        self._cover()
        self.show()
        self.raise_()
        self.setFocus()
        self._timer.start()

    def progress(self, done: int, total: int) -> None:
        """Show that *done* of *total* steps are finished; fits ``JobRunner.start(progressed=…)``."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._steps.setText(f"{done:,} / {total:,}" if total else "")
        self._bar.setAccessibleDescription(self._steps.text())

    def end(self) -> None:
        """Uncover the page and give the focus back."""
        self._timer.stop()
        self._context = None
        had_focus = self.hasFocus() or self._stop.hasFocus()
        self.hide()
        before, self._focus_before = self._focus_before, None
        if had_focus and before is not None and isValid(before) and self._page.isAncestorOf(before):
            before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's size."""
        if watched is self._page and event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep the page's shortcuts from working through the veil (a second Ctrl+S, say)."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop on Esc; swallow every other key."""
        if event.key() == Qt.Key.Key_Escape and self._stop.isVisible():
            self._cancel()
        event.accept()

    def focusNextPrevChild(self, _forwards: bool) -> bool:
        """Hold the focus: Tab must not wander into the covered page."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil, once the card is shown."""
        if not self._card.isVisible():
            return
        painter = QPainter(self)
        veil = QColor(tokens().background)
        veil.setAlpha(205)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def _cover(self) -> None:
        self.setGeometry(self._page.rect())
        width = min(scaled(420), self.width() - 24)
        self._card.setFixedWidth(max(width, 120))
        self._card.adjustSize()
        self._card.move(self.rect().center() - self._card.rect().center())

    def _reveal(self) -> None:
        self._card.show()
        self._cover()
        self.update()
        if self.hasFocus() and self._stop.isVisible():
            self._stop.setFocus()

    def _cancel(self) -> None:
        """Ask the job to stop and say so: it ends at its next safe place, not at once."""
        if self._context is not None:
            self._context.cancel()
        self._stop.set_text("正在停下…")
        self._stop.setEnabled(False)
        self.setFocus()
