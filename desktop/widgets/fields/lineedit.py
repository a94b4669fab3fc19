"""A line editor that leaves Chinese composition alone and has room for a small widget at either end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.buttons import InnerButton
from desktop.widgets.roles import IconLabel
from desktop.widgets.theme import scaled, theme_changed

DEBOUNCE_MS = 20
_PADDING = 32
"""Pixels left and right of the text that the style sheet and the cursor take."""


class LineEdit(QLineEdit):
    """A QLineEdit; ``composing`` is true while an input method shows text that is not typed yet."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.composing = False
        self._ends: list[tuple[QWidget, bool]] = []
        theme_changed.connect(self._place_ends)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a composition is under way."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the composition: not every input method says so when the focus goes."""
        super().focusOutEvent(event)
        self.composing = False

    def set_leading(self, widget: QWidget) -> None:
        """Put *widget* before the text."""
        self._add_end(widget, leading=True)

    def set_trailing(self, widget: QWidget) -> None:
        """Put *widget* behind the text."""
        self._add_end(widget, leading=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the small widgets at the ends."""
        super().resizeEvent(event)
        self._place_ends()

    def _add_end(self, widget: QWidget, *, leading: bool) -> None:
        widget.setParent(self)
        self._ends.append((widget, leading))
        widget.show()
        self._place_ends()

    def _place_ends(self) -> None:
        if not self._ends:
            return
        left = right = 0
        for widget, leading in self._ends:
            size = widget.sizeHint()
            top = (self.height() - size.height()) // 2
            if leading:
                widget.setGeometry(scaled(10), top, size.width(), size.height())
                left = size.width() + scaled(6)
            else:
                widget.setGeometry(self.width() - size.width() - scaled(6), top, size.width(), size.height())
                right = 0 if widget.isHidden() else size.width()
        self.setTextMargins(left, 0, right, 0)


class SearchEdit(LineEdit):
    """The search box of a list; tells ``searched`` a moment after the last key, never during composition."""

    searched = Signal(str)

    def __init__(self, placeholder: str, *, accessible_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.setAccessibleName(accessible_name or placeholder)
        self.set_leading(IconLabel("search", 16, "secondary"))
        self._clear = InnerButton("close", "清除")
        self._clear.clicked.connect(self.clear)
        self.set_trailing(self._clear)
        self._clear.setVisible(False)
        self._told, self._hint = "", placeholder
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Esc; a second Esc belongs to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def setPlaceholderText(self, text: str) -> None:
        """Show *text* where it fits; else its first word, or nothing: three dots tell nobody anything."""
        self._hint = text
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the hint again."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        metrics, margins = self.fontMetrics(), self.textMargins()
        room = self.width() - margins.left() - margins.right() - scaled(_PADDING)
        fitting = (one for one in (self._hint, self._hint.split("、")[0]) if metrics.horizontalAdvance(one) <= room)
        super().setPlaceholderText(next(fitting, ""))

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place_ends()
        self._timer.start()

    def _tell(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the ends in place when the type size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place_ends()
            self._fit_hint()
