"""The bar that offers to take back what was just done, instead of asking beforehand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.buttons import InnerButton, RowButton
from desktop.widgets.icons import icon
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled

STAY_MS = 10_000
_LEFT_BEHIND_MS = 3_000


class UndoBar(QFrame):
    """Hangs at the bottom of *window* for ten seconds, longer while the pointer or the focus rests on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self._text = label("", name="undo_text")
        self._button = RowButton("撤销", "undo", name="undo_button")
        self._button.clicked.connect(self._take_back)
        close = InnerButton("close", "关闭提示", name="undo_close")
        close.setIcon(icon("close", "card"))
        close.clicked.connect(self.hide)
        line = row(self._text, self._button, close, spacing=14)
        line.setContentsMargins(18, 8, 8, 8)
        self.setLayout(line)
        self._undo: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        for part in (self._button, close):
            part.installEventFilter(self)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say *text* (已删除 1 份档案) and offer 撤销 if there is an *undo*."""
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self._button.setAccessibleName(f"撤销：{text}")
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(STAY_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{text}，可撤销" if undo else text))

    def focus_button(self) -> None:
        """Go to 撤销 by keyboard; Esc goes back to where the focus was."""
        if self.isVisible() and self._undo is not None:
            self._before = self.window().focusWidget()
            self._button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window; wait while somebody is on the bar."""
        kind = event.type()
        if watched is self.parent():
            if kind == QEvent.Type.Resize:
                self._place()
        elif kind == QEvent.Type.FocusIn:
            self._timer.stop()
        elif kind == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start(_LEFT_BEHIND_MS)
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer rests here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        if self.isVisible():
            self._timer.start(_LEFT_BEHIND_MS)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc and give the focus back."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, window.height() - self.height() - scaled(44))
