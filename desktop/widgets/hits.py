"""The list that drops down under an editor: what was found, told apart by detail and state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.buttons import LinkButton
from desktop.widgets.roles import label, row
from desktop.widgets.theme import base_points, scaled, tokens

VISIBLE_ROWS = 8
_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class LookupHit:
    """One line of the list: bold *title*, plain *about*, grey *detail*, *state* at the right."""

    key: object
    title: str
    detail: str = ""
    state: str = ""
    about: str = ""

    def spoken(self) -> str:
        """Return the whole line as one text for screen readers."""
        return " ".join(part for part in (self.title, self.about, self.detail, self.state) if part)


class _HitDelegate(QStyledItemDelegate):
    """Paints a hit; the chosen one lies on the soft ground."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the width all texts need side by side."""
        bold, plain, small = _fonts(option.font)
        hit: LookupHit = index.data(_HIT)
        gap = scaled(14)
        width = 2 * scaled(12) + QFontMetrics(bold).horizontalAdvance(hit.title)
        for text, font in ((hit.about, plain), (hit.detail, plain), (hit.state, small)):
            width += QFontMetrics(font).horizontalAdvance(text) + gap if text else 0
        return QSize(width, scaled(36))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw title, about, detail from the left and the state at the right."""
        hit: LookupHit = index.data(_HIT)
        t = tokens()
        bold, plain, small = _fonts(option.font)
        painter.save()
        rect = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.selection))
            painter.drawRoundedRect(rect, 6, 6)
        rect.adjust(scaled(12), 0, -scaled(12), 0)
        if hit.state:
            painter.setFont(small)
            painter.setPen(QColor(t.secondary))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hit.state)
            rect.setRight(rect.right() - QFontMetrics(small).horizontalAdvance(hit.state) - scaled(10))
        for text, font, colour in (
            (hit.title, bold if hit.about or hit.detail or hit.state else plain, t.text),
            (hit.about, plain, t.text),
            (hit.detail, plain, t.secondary),
        ):
            if text:
                painter.setFont(font)
                painter.setPen(QColor(colour))
                metrics = QFontMetrics(font)
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
                painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
                rect.setLeft(rect.left() + metrics.horizontalAdvance(text) + scaled(14))
        painter.restore()


def _fonts(base: QFont) -> tuple[QFont, QFont, QFont]:
    bold, plain, small = QFont(base), QFont(base), QFont(base)
    bold.setBold(True)
    small.setPointSizeF(base_points() - 1)
    return bold, plain, small


class HitList(QFrame):
    """A list that hangs under *anchor* inside the same window and never takes the focus.

    It is no window of its own, so the input method, the focus and screenshots stay undisturbed.
    """

    chosen = Signal(object)
    create_requested = Signal()

    def __init__(self, anchor: QWidget, *, create_text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "popup")
        self.setObjectName("hits")
        self._anchor = anchor
        self._bars: set[int] = set()
        self._list = QListWidget()
        self._list.setAccessibleName("找到的内容，上下键选择，回车确定")
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setProperty("role", "hits")
        self._list.itemClicked.connect(self._choose)
        self._create = LinkButton(create_text, "plus", name="create_hit")
        self._create.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._create.clicked.connect(self._ask_create)
        self._create.setVisible(bool(create_text))
        self._keys = label("↑↓ 选择，回车确定", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(2)
        layout.addWidget(self._list)
        self._foot = QWidget()
        self._foot.setProperty("role", "bare")
        foot = row(self._create, 0, self._keys)
        foot.setContentsMargins(6, 2, 8, 2)
        self._foot.setLayout(foot)
        self._foot.setVisible(bool(create_text))
        layout.addWidget(self._foot)
        self.hide()
        anchor.installEventFilter(self)
        anchor.destroyed.connect(self.deleteLater)

    def hits(self) -> list[LookupHit]:
        """Return what is listed."""
        return [self._list.item(number).data(_HIT) for number in range(self._list.count())]

    def current(self) -> LookupHit | None:
        """Return the line that Enter would take."""
        item = self._list.currentItem()
        hit = item.data(_HIT) if item is not None else None
        return hit if isinstance(hit, LookupHit) else None

    def show_hits(self, hits: Sequence[LookupHit], *, current: object = None) -> None:
        """List *hits* under the anchor; nothing to show closes the list."""
        self._list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(_HIT, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.spoken())
            self._list.addItem(item)
            if hit.key == current and current is not None:
                self._list.setCurrentItem(item)
        if not hits and not self._foot.isVisibleTo(self):
            self.hide()
            return
        if self._list.currentRow() < 0 and hits:
            self._list.setCurrentRow(0)
        self._hang()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Walk, take or close with a key typed into the anchor; return whether it was used."""
        if not self.isVisible():
            return False
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._list.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def take_current(self) -> bool:
        """Choose the current line, if the list is open and has one."""
        item = self._list.currentItem()
        if not self.isVisible() or item is None:
            return False
        self._choose(item)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the anchor loses the focus, is hidden or moves."""
        if watched is self._anchor:
            if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Move}:
                self.hide()
        elif event.type() == QEvent.Type.Resize:
            self.hide()
        return super().eventFilter(watched, event)

    def _choose(self, item: QListWidgetItem) -> None:
        hit = item.data(_HIT)
        self.hide()
        self.chosen.emit(hit)

    def _ask_create(self) -> None:
        self.hide()
        self.create_requested.emit()

    def _hang(self) -> None:
        """Place the list under the anchor, or above it where there is more room."""
        window = self._anchor.window()
        if self.parent() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self._follow_scrolling()
        rows = self._list.count()
        needed = max(
            (self._list.sizeHintForIndex(self._list.model().index(n, 0)).width() for n in range(rows)), default=0
        )
        foot = self._foot.sizeHint() if self._foot.isVisibleTo(self) else QSize(0, 0)
        width = max(self._anchor.width(), needed + scaled(16) + 12, foot.width() + 12)
        top = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 3))
        below = window.height() - top.y() - 4
        above = top.y() - self._anchor.height() - 10
        wanted = min(rows, VISIBLE_ROWS) * scaled(36)
        room = max(below, above) - foot.height() - 14
        self._list.setFixedHeight(max(min(wanted, room), 0))
        height = self._list.height() + foot.height() + 12
        width = min(width, window.width() - 8)
        left = max(min(top.x(), window.width() - width - 4), 4)
        y = top.y() if height <= below or below >= above else top.y() - self._anchor.height() - 6 - height
        self.setGeometry(left, y, width, height)
        self.show()
        self.raise_()

    def _follow_scrolling(self) -> None:
        parent = self._anchor.parentWidget()
        while parent is not None:
            if isinstance(parent, QAbstractScrollArea) and id(parent) not in self._bars:
                self._bars.add(id(parent))
                parent.verticalScrollBar().valueChanged.connect(self.hide)
            parent = parent.parentWidget()
