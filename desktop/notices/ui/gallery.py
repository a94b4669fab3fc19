"""The gallery of templates: a search box and one line for each, with how often it was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
)

from desktop.foundation.text import pinyin_keys, squeeze
from desktop.notices.rules import Template
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import FixedWidth, label
from desktop.widgets.theme import base_points, scaled, theme_changed, tokens

_TEMPLATE, _USED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 54


class TemplateGallery(QFrame):
    """Templates, the most used ones first; ``chosen`` carries the key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("通知模板")
        FixedWidth(self, 236, 262)
        self._templates: list[tuple[Template, int]] = []
        self.search = SearchEdit("找模板", accessible_name="找通知模板")
        self.search.setObjectName("template_search")
        self.list = QListWidget()
        self.list.setObjectName("template_list")
        self.list.setAccessibleName("通知模板，上下键选择")
        self.list.setProperty("role", "hits")
        self.list.setItemDelegate(_TemplateDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._count = label("", "small", name="template_count")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 10, 8, 8)
        whole.setSpacing(6)
        for part in (self.search, self.list, self._count):
            whole.addWidget(part)
        self.search.searched.connect(lambda _text: self._fill())
        self.list.currentItemChanged.connect(self._tell)
        theme_changed.connect(self.list.scheduleDelayedItemsLayout)

    def show_templates(self, templates: Sequence[Template], uses: Mapping[str, int]) -> None:
        """Show *templates* with how often each was used; the chosen one stays chosen."""
        pairs = [(template, uses.get(template.key, 0)) for template in templates]
        self._templates = sorted(pairs, key=lambda pair: -pair[1])
        self._fill()

    def current(self) -> str:
        """Return the key of the chosen template, '' for none."""
        item = self.list.currentItem()
        return str(item.data(_TEMPLATE).key) if item is not None else ""

    def choose(self, key: str) -> None:
        """Choose the template *key* without telling anybody."""
        with QSignalBlocker(self.list):
            if self.current() != key and not self._select(key):
                self.search.clear()
                self._fill()
                self._select(key)

    def _select(self, key: str) -> bool:
        for number in range(self.list.count()):
            if self.list.item(number).data(_TEMPLATE).key == key:
                self.list.setCurrentRow(number)
                return True
        return False

    def _fill(self) -> None:
        kept, wanted = self.current(), squeeze(self.search.text()).lower()
        with QSignalBlocker(self.list):
            self.list.clear()
            for template, used in self._templates:
                if wanted and not _matches(template, wanted):
                    continue
                item = QListWidgetItem(template.name)
                item.setData(_TEMPLATE, template)
                item.setData(_USED, _used_words(template, used))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{template.name}，{_used_words(template, used)}")
                item.setToolTip(template.name)
                self.list.addItem(item)
            self._select(kept)
        shown = self.list.count()
        found = f"找到 {shown}种" if shown else "没有这样的模板，换个词找"
        self._count.setText(found if wanted else f"全部 {shown}种模板")

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_TEMPLATE).key)


class _TemplateDelegate(QStyledItemDelegate):
    """Paints icon, name and use; the chosen line is framed and lies on the soft ground."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of two lines."""
        return QSize(0, scaled(_ROW_HEIGHT))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one template."""
        template: Template = index.data(_TEMPLATE)
        t = tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRect(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(t.focus if focused else t.accent), 3 if focused else 2))
            painter.setBrush(QColor(t.selection))
            painter.drawRoundedRect(rect, 8, 8)
        side = scaled(20)
        mark = QRect(rect.left() + scaled(12), rect.center().y() - side // 2, side, side)
        paint_icon(painter, template.icon, mark, "accent_deep" if selected else "secondary")
        left = mark.right() + scaled(12)
        name_font, small = QFont(option.font), QFont(option.font)
        name_font.setBold(selected)
        small.setPointSizeF(base_points() - 1.5)
        line = rect.height() // 2
        room = max(rect.right() - left - scaled(6), 1)
        for text, font, colour, top, align in (
            (template.name, name_font, t.text, rect.top(), Qt.AlignmentFlag.AlignBottom),
            (index.data(_USED), small, t.secondary, rect.top() + line, Qt.AlignmentFlag.AlignTop),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top, room, line), Qt.AlignmentFlag.AlignLeft | align, shown)
        painter.restore()


def _matches(template: Template, wanted: str) -> bool:
    told = f"{template.name}{template.use}{template.text.title}"
    return wanted in squeeze(told).lower() or any(
        key.startswith(wanted) or wanted in key for pair in pinyin_keys(template.name) for key in pair
    )


def _used_words(template: Template, used: int) -> str:
    words = f"用过 {used}次" if used else template.use
    return f"{words} · 本单位改写" if template.own else words
