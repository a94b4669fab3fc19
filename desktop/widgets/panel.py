"""The side panel with the chosen record, and the label–value list inside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.buttons import IconButton, LinkButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import scaled, theme_changed
from desktop.widgets.tiles import StatTile, StepTrail

__all__ = [
    "Banner",
    "Card",
    "EmptyAction",
    "EmptyState",
    "Fact",
    "FactList",
    "SidePanel",
    "StatTile",
    "StepTrail",
    "clear_layout",
]


def clear_layout(layout: QLayout) -> None:
    """Take everything out of *layout* and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


_LEAST_BODY = 80
"""Pixels at the normal type size that the body keeps: the facts are what the panel is for."""


class SidePanel(QFrame):
    """A card of fixed width: heading and ✕ on top, a scrolling body, buttons that stay in view.

    In a low window only the first line of buttons stays; the others end the body.
    """

    closed = Signal()
    history_wanted = Signal(str, object, str)  # kind, id, title

    def __init__(self, *, width: int = 348, large_width: int = 400, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("所选记录")
        FixedWidth(self, width, large_width)
        self._title = label("", "title", name="panel_title", wrap=True)
        self._aside = label("", "secondary", name="panel_aside")
        close = IconButton("close", "关闭（Esc）", name="panel_close")
        close.clicked.connect(self.closed)
        head = row(self._title, self._aside, 0, close, spacing=12)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(16, 12, 16, 0)
        inner = ScrollBody()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(16, 2, 16, 8)
        self._inner.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(8))
        self.body.addStretch(1)
        self._inner.addLayout(self.body, 1)
        self._scroll = scroll_over(inner)
        self._lines: list[QWidget] = []
        self._head = head
        self._buttons = QVBoxLayout()
        self._buttons.setContentsMargins(16, 4, 16, 12)
        self._buttons.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(self._buttons)
        theme_changed.connect(self._pin_buttons)

    def set_heading(self, title: str, aside: str = "") -> None:
        """Show whom or what the panel is about, *aside* in grey behind it."""
        self._title.setText(title)
        self._aside.setText(aside)
        self.setAccessibleName(f"所选记录：{title} {aside}".rstrip())

    def add(self, item: QWidget | QLayout) -> None:
        """Add *item* below what the body holds."""
        if isinstance(item, QLayout):
            self.body.insertLayout(self.body.count() - 1, item)
        else:
            self.body.insertWidget(self.body.count() - 1, item)

    def offer_history(self, kind: str, record_id: UUID) -> None:
        """End the body with the way to what became of this record."""
        link = LinkButton("修改记录", "history", name="panel_history")
        title = self._title.text()
        link.clicked.connect(lambda: self.history_wanted.emit(kind, record_id, title))
        self.add(row(link, 0))

    def clear(self) -> None:
        """Empty body and buttons for another record."""
        clear_layout(self.body)
        self.body.addStretch(1)
        self._drop_buttons()
        self._scroll.verticalScrollBar().setValue(0)

    def set_buttons(self, primary: QPushButton | None, *others: QPushButton, second: QPushButton | None = None) -> None:
        """Pin the next step, and a *second* one, over a line of equally wide other buttons."""
        self._drop_buttons()
        self._lines = [wide for wide in (primary, second) if wide is not None]
        if others:
            holder = QWidget()
            holder.setProperty("role", "bare")
            line = row(spacing=8)
            for button in others:
                line.addWidget(button, 1)
            holder.setLayout(line)
            self._lines.append(holder)
        for wide in self._lines:
            self._buttons.addWidget(wide)
        self._pin_buttons()

    def minimumSizeHint(self) -> QSize:
        """Return the least size: of the buttons the first line must be there."""
        hint = super().minimumSizeHint()
        pinned = (line for line in self._lines[1:] if self._buttons.indexOf(line) >= 0)
        return hint - QSize(0, sum(line.sizeHint().height() + self._buttons.spacing() for line in pinned))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pin as many buttons as the height allows."""
        super().resizeEvent(event)
        self._pin_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _pin_buttons(self) -> None:
        heights = [line.sizeHint().height() + self._buttons.spacing() for line in self._lines]
        is_low = self.height() < self._head.sizeHint().height() + sum(heights) + scaled(_LEAST_BODY)
        for number, line in enumerate(self._lines):
            (self._inner if is_low and number else self._buttons).addWidget(line)

    def _drop_buttons(self) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        clear_layout(self._buttons)


@dataclass(frozen=True)
class Fact:
    """One line: *label* in grey, *value*, and a link such as 显示 known by *key*."""

    label: str
    value: str
    link: str = ""
    key: str = ""
    icon: str = ""


class FactList(QWidget):
    """Labels left, values right; long values wrap, and can be marked and copied."""

    link_clicked = Signal(str)

    def __init__(self, facts: Iterable[Fact] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(14))
        self._grid.setVerticalSpacing(scaled(5))
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        self.set_facts(facts)

    def set_facts(self, facts: Iterable[Fact]) -> None:
        """Show *facts* in place of the former ones."""
        clear_layout(self._grid)
        self._values.clear()
        for number, fact in enumerate(facts):
            name = label(fact.label, "secondary")
            value = label(fact.value, wrap=True, name=f"fact_{fact.key or fact.label}")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{fact.label}：{fact.value}")
            self._values[fact.key or fact.label] = value
            self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            if not fact.link:
                self._grid.addWidget(value, number, 1)
                continue
            value.setWordWrap(False)
            link = LinkButton(fact.link, fact.icon, name=f"link_{fact.key}")
            link.setAccessibleName(f"{fact.link}{fact.label}")
            link.clicked.connect(lambda _=False, key=fact.key: self.link_clicked.emit(key))
            self._grid.addLayout(row(value, link, 0, spacing=4), number, 1)

    def set_value(self, key: str, value: str) -> None:
        """Change one value, for instance a telephone number that was asked to be shown."""
        self._values[key].setText(value)
