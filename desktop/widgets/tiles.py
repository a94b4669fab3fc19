"""Counting tiles that filter, and the trail of steps of an assistant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.widgets.roles import chip, label, set_look
from desktop.widgets.theme import base_points, scaled, theme_changed, tokens


class _Number(QLabel):
    """The big coloured figure on a tile."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        colour = tokens().pair(self._kind)[0]
        self.setStyleSheet(f"color: {colour}; font-size: {base_points() + 6}pt; font-weight: bold;")


class _Unit(_Number):
    def _dress(self) -> None:
        self.setStyleSheet(f"color: {tokens().pair(self._kind)[0]};")


class StatTile(QPushButton):
    """A count with its meaning that works as a filter: 4 行 可以导入，请留意."""

    def __init__(
        self, text: str, unit: str, kind: str = "grey", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._caption, self._unit_text = text, unit
        self._number = _Number(kind)
        self._unit = _Unit(kind)
        self._unit.setText(unit)
        self._text = label(text)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(scaled(14), 0, scaled(10), 0)
        line.setSpacing(6)
        for part in (self._number, self._unit, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.addWidget(part)
        line.insertSpacing(2, 6)
        line.addStretch(1)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show *count*."""
        self._number.setText(f"{count:,}")
        self.setAccessibleName(f"{self._caption}，{count}{self._unit_text}")

    def sizeHint(self) -> QSize:
        """Return a width that holds all three texts."""
        return QSize(self._line.sizeHint().width() + 8, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()


class StepTrail(QWidget):
    """1 选文件 › 2 对上列名 › …: what is done is green, where one stands blue, what comes grey."""

    def __init__(self, steps: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._steps = list(steps)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._chips = [chip(f"{number} {step}", strong=True) for number, step in enumerate(steps, start=1)]
        for number, pill in enumerate(self._chips):
            if number:
                line.addWidget(label("›", "secondary"))
            line.addWidget(pill)
        self.set_current(0)

    def set_current(self, number: int) -> None:
        """Stand at step *number*, counted from 0."""
        for place, pill in enumerate(self._chips):
            set_look(pill, "kind", "green" if place < number else "blue" if place == number else "grey")
        self.setAccessibleName(f"第{number + 1}步，共{len(self._steps)}步：{self._steps[number]}")
