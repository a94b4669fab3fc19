"""One line of 今日: badge, what it is, and the button that settles it; the keyboard walks from line to line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from desktop.widgets.buttons import RowButton
from desktop.widgets.chips import ChipKind, sized
from desktop.widgets.roles import FixedWidth, chip
from desktop.widgets.theme import scaled, theme_changed, tokens

BADGE_WIDTH, BUTTON_WIDTH = 114, 96
ROW_HEIGHT, LOW_HEIGHT, TWO_LINES = 45, 43, 59
_NEXT = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SMALLER = 0.93
Deed = Callable[[], object]


@dataclass(frozen=True)
class LineFace:
    """What a line shows and does; *others* are further deeds, for the context menu."""

    key: str
    badge: str
    badge_kind: ChipKind
    title: str = field(repr=False)
    detail: str = field(repr=False)
    verb: str = ""
    press: Deed | None = field(default=None, compare=False, repr=False)
    others: tuple[tuple[str, Deed], ...] = field(default=(), compare=False, repr=False)


class Elided(QLabel):
    """A label that gives way: it ends in … where the room is short, and tells the whole text as a tip."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = text
        self.setMinimumWidth(scaled(40))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        theme_changed.connect(self._whole_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)
        whole = self._natural()
        self.setMaximumWidth(whole)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def _whole_again(self) -> None:
        self.setMaximumWidth(16_777_215)
        self.setText(self._whole)

    def _natural(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._whole) + scaled(3)


class LineText(QWidget):
    """What a line is about in bold, and more of it beside or (*stacked*) below; both give way to the width."""

    def __init__(self, title: str, detail: str, *, stacked: bool) -> None:
        super().__init__()
        self._title, self._detail, self._stacked = title, detail, stacked
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(scaled(80))
        self.setToolTip(f"{title}\n{detail}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both texts, the title whole as long as it fits."""
        painter = QPainter(self)
        bold, small = sized(self.font(), bold=True), sized(self.font(), _SMALLER)
        if self._stacked:
            middle = self.height() // 2 + scaled(1)
            self._write(painter, QRect(0, scaled(5), self.width(), middle - scaled(5)), self._title, bold, "text")
            below = QRect(0, middle, self.width(), self.height() - middle - scaled(6))
            self._write(painter, below, self._detail, small, "secondary")
        else:
            end = self._write(painter, self.rect(), self._title, bold, "text") + scaled(13)
            rest = QRect(end, 0, self.width() - end, self.height())
            if rest.width() > scaled(30):
                self._write(painter, rest, self._detail, small, "secondary")
        painter.end()

    @staticmethod
    def _write(painter: QPainter, room: QRect, text: str, font: QFont, ink: str) -> int:
        """Write *text* into *room*, cut where it does not fit; return where it ends."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(tokens().colour(ink)))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        return room.left() + metrics.horizontalAdvance(shown)


class LineRow(QFrame):
    """``walked`` asks for the line above (-1) or below (1)."""

    walked = Signal(int)

    def __init__(self, face: LineFace, *, filled: bool = False, two_lines: bool = False, low: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.setObjectName(f"line_{face.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.face = face
        self._height = TWO_LINES if two_lines else LOW_HEIGHT if low else ROW_HEIGHT
        self.button = RowButton(face.verb, filled=filled, name=f"settle_{face.key}")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not face.verb:
            self.button.hide()
        self.button.clicked.connect(self._press)
        FixedWidth(self.button, BUTTON_WIDTH)
        badge = QWidget()
        FixedWidth(badge, BADGE_WIDTH)
        held = QHBoxLayout(badge)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(chip(face.badge, face.badge_kind, strong=True))
        held.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(scaled(11), 0, scaled(9), 0)
        whole.setSpacing(0)
        whole.addWidget(badge)
        whole.addWidget(LineText(face.title, face.detail, stacked=two_lines), 1)
        whole.addSpacing(scaled(10))
        whole.addWidget(self.button)
        theme_changed.connect(self._fit)
        self._fit()
        press = f"。按回车{face.verb}" if face.verb else ""
        self.setAccessibleName(f"{face.badge} {face.title}，{face.detail}{press}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ↑↓, press the button with Enter, open the other deeds with the menu key."""
        key = Qt.Key(event.key())
        if key in _NEXT:
            self.walked.emit(_NEXT[key])
        elif key in _PRESS and self.button.isEnabled() and self.face.verb:
            self._press()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard along."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer every deed of the line."""
        menu = self.menu()
        if menu is not None:
            menu.popup(event.globalPos() if event.reason() == event.Reason.Mouse else self.mapToGlobal(QPoint(40, 40)))

    def menu(self) -> QMenu | None:
        """Return the context menu, None where the line has nothing to do."""
        deeds = [(self.face.verb, self.face.press)] if self.face.verb and self.face.press else []
        deeds += list(self.face.others)
        if not deeds:
            return None
        menu = QMenu(self)
        for text, deed in deeds:
            menu.addAction(text).triggered.connect(lambda _checked=False, deed=deed: deed())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _press(self) -> None:
        if self.face.press is not None:
            self.face.press()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(self._height))
