"""The column at the left of an assistant: every step with its state, those already reached can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import FixedHeight, FixedWidth, IconLabel, column, label, row, set_look
from desktop.widgets.theme import scaled, theme_changed, tokens


@dataclass(frozen=True)
class StepTitle:
    """What a step is called, and one line about it."""

    title: str
    about: str


class _Disc(QWidget):
    """The step's number in a ring; filled when it is the present one, with a tick when it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._state = number, "open"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self._resize)
        self._resize()

    def set_state(self, state: str) -> None:
        """Show *state*: open, here or done."""
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ring or disc with number or tick."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        filled = self._state != "open"
        painter.setPen(QPen(QColor(t.accent if filled else t.input_border), 2))
        painter.setBrush(QColor(t.accent if filled else t.card))
        painter.drawEllipse(ring)
        if self._state == "done":
            inset = self.width() * 0.26
            paint_icon(painter, "check", ring.adjusted(inset, inset, -inset, -inset), "on_accent", 2.6)
        else:
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(t.on_accent if filled else t.secondary))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(scaled(32), scaled(32))


class _Step(QPushButton):
    """One step of the rail."""

    def __init__(self, number: int, text: StepTitle) -> None:
        super().__init__()
        self._text = text
        self.setObjectName(f"step_{number}")
        self.setProperty("role", "step")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        FixedHeight(self, 66)
        self._disc = _Disc(number)
        self._title = label(text.title)
        self._about = label(text.about, "small")
        line = row(self._disc, spacing=scaled(12))
        line.addLayout(column(self._title, self._about, spacing=0), 1)
        line.setContentsMargins(scaled(10), 4, scaled(8), 4)
        self.setLayout(line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_state(self, state: str, *, reachable: bool) -> None:
        """Show *state* (open, here, done); only a reachable step can be pressed."""
        self._disc.set_state(state)
        self.setEnabled(reachable)
        set_look(self._title, "role", "heading" if state != "open" else "")
        # Looks alone would not be told to a screen reader.
        said = {"open": "还没到", "here": "正在填", "done": "填好了"}[state]
        self.setAccessibleName(f"{self._text.title}，{said}")
        t = tokens()
        ground = t.soft if state == "here" else "transparent"
        ink = t.accent_deep if state == "here" else t.text
        self.setStyleSheet(
            f'QPushButton[role="step"] {{ background: {ground}; border: 1px solid transparent; border-radius: 8px; }}'
            f'QPushButton[role="step"]:focus {{ border: 3px solid {t.focus}; }}'
        )
        self._title.setStyleSheet(f"color: {ink};")

    def set_about(self, text: str) -> None:
        """Change the line below the title."""
        self._about.setText(text)


class StepRail(QFrame):
    """The steps one below the other; ``chosen`` tells which one (from 0) the user wants to see."""

    chosen = Signal(int)

    def __init__(self, steps: Sequence[StepTitle], foot: str) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        FixedWidth(self, 300, 330)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(scaled(22), scaled(22), scaled(22), scaled(20))
        whole.setSpacing(6)
        whole.addLayout(row(IconLabel("home", 28, "accent"), label("居委工作台", "brand"), 0))
        whole.addSpacing(scaled(10))
        self._steps = [_Step(number, step) for number, step in enumerate(steps, start=1)]
        for number, step in enumerate(self._steps):
            step.clicked.connect(lambda _on, n=number: self.chosen.emit(n))
            whole.addWidget(step)
        whole.addStretch(1)
        whole.addWidget(label(foot, "small", wrap=True))
        self._here = self._reached = 0
        theme_changed.connect(self._show)
        self._show()

    def set_place(self, here: int, reached: int) -> None:
        """Show step *here* as the present one; all up to *reached* can be gone to."""
        self._here, self._reached = here, reached
        self._show()

    def set_about(self, number: int, text: str) -> None:
        """Change the line below the title of step *number* (from 0)."""
        self._steps[number].set_about(text)

    def _show(self) -> None:
        t = tokens()
        line = f"{t.line_width}px solid {t.line}"
        self.setStyleSheet(f'QFrame[role="rail"] {{ background: {t.card}; border: none; border-right: {line}; }}')
        for number, step in enumerate(self._steps):
            done = number < self._reached and number != self._here
            state = "here" if number == self._here else "done" if done else "open"
            step.set_state(state, reachable=number <= self._reached)
