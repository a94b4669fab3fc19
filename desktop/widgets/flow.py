"""A layout that puts widgets side by side and starts a new line when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, top to bottom; a widget with an expanding width takes the rest of its line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append *item*."""
        self._items.append(item)

    def insert_widget(self, number: int, widget: QWidget) -> None:
        """Put *widget* at place *number*."""
        self.addWidget(widget)
        self._items.insert(number, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, number: int) -> QLayoutItem | None:  # Qt asks beyond the end
        """Return item *number*, None beyond the end."""
        return self._items[number] if 0 <= number < len(self._items) else None

    def takeAt(self, number: int) -> QLayoutItem | None:  # type: ignore[override]  # None ends Qt's loops
        """Remove and return item *number*."""
        return self._items.pop(number) if 0 <= number < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Return True: fewer lines fit a wider place."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at *width*."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item with margins."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        left, top = rect.left() + margins.left(), rect.top() + margins.top()
        right = rect.right() - margins.right() + 1
        x, y, tallest = left, top, 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > left and x + size.width() > right:
                x, y, tallest = left, y + tallest + self.spacing(), 0
            width = size.width()
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                width = max(right - x, width)
            if move:
                item.setGeometry(QRect(x, y, min(width, max(right - left, 1)), size.height()))
            x += width + self.spacing()
            tallest = max(tallest, size.height())
        return y + tallest + margins.bottom() - rect.top()
