"""The line of five steps in the panel: done ones ticked, the open one ringed, red with its reason when late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.inspections.progress import Step
from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import label
from desktop.widgets.theme import scaled, theme_changed, tokens

_SPOKEN = {"done": "已办", "open": "该办了", "late": "逾期", "waiting": "还没到"}


class StepLine(QWidget):
    """Shows the steps of one finding from top to bottom."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setObjectName("step_line")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(9))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        for number, step in enumerate(steps):
            late = step.mark == "late"
            name = label(step.name, "danger" if late else "secondary" if step.mark == "waiting" else "heading")
            text = label(step.text, "danger" if late else "secondary" if step.mark == "waiting" else "", wrap=True)
            text.setObjectName(f"step_{number + 1}")
            text.setAccessibleName(f"{step.name}，{_SPOKEN[step.mark]}：{step.text}")
            above = steps[number - 1].mark == "done" if number else None
            below = step.mark == "done" if number + 1 < len(steps) else None
            grid.addWidget(_Mark(step.mark, above=above, below=below), number, 0)
            grid.addWidget(name, number, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, number, 2)
            for words in (name, text):
                words.setContentsMargins(0, scaled(5), 0, scaled(5))


class _Mark(QWidget):
    """The circle of one step, joined to the steps above and below it (None where there is none)."""

    def __init__(self, mark: str, *, above: bool | None, below: bool | None) -> None:
        super().__init__()
        self._mark, self._above, self._below = mark, above, below
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme_changed.connect(self._resize)
        self._resize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line through, and the circle upon it at the height of the first line of text."""
        side = scaled(20)
        middle = QPointF(self.width() / 2, scaled(5) + side / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for reached, start, end in ((self._above, 0.0, middle.y()), (self._below, middle.y(), float(self.height()))):
            if reached is not None:
                painter.setPen(QPen(QColor(tokens().accent if reached else tokens().input_border), 2))
                painter.drawLine(QPointF(middle.x(), start), QPointF(middle.x(), end))
        self._paint_circle(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))
        painter.end()

    def _paint_circle(self, painter: QPainter, box: QRectF) -> None:
        ink = {"done": tokens().accent, "open": tokens().warning, "late": tokens().danger}.get(
            self._mark, tokens().input_border
        )
        painter.setPen(QPen(QColor(ink), 2))
        painter.setBrush(QColor(ink if self._mark == "done" else tokens().card))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if self._mark == "done":
            inset = box.width() * 0.2
            paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), "on_accent", 2.6)
        elif self._mark in ("open", "late"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            inset = box.width() * 0.3
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))

    def _resize(self) -> None:
        self.setFixedWidth(scaled(22))
        self.setMinimumHeight(scaled(30))
        self.update()
