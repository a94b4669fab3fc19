"""The left card of 今日: 逾期, 今天到期, 缺项, each with its count; only the most urgent line's button is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.shell.today.line_row import LineFace, LineRow
from desktop.widgets.buttons import LinkButton
from desktop.widgets.chips import ChipKind
from desktop.widgets.roles import FixedHeight, chip, label, rule
from desktop.widgets.theme import scaled

SHOWN_AT_FIRST = 12
"""So many lines of a part are shown until all of them are asked for."""
HEAD_HEIGHT = 31


@dataclass(frozen=True)
class Part:
    """One part of the card; *calm* is said where it has no line, '' hides the part then."""

    key: str
    title: str
    kind: ChipKind
    lines: tuple[LineFace, ...]
    remark: str = ""
    calm: str = ""
    later: tuple[LineFace, ...] = field(default=())
    """Lines that follow without being counted: gaps that are explained."""


class LinesCard(QFrame):
    """Rebuilt only when what it shows has changed; the keyboard stays on the line it was on."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("today_lines")
        self.setAccessibleName("要办的事")
        self._parts: tuple[Part, ...] = ()
        self._shape = (False, False)
        self._open: set[str] = set()
        self.rows: list[LineRow] = []
        self.heads: dict[str, QWidget] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(1, 1, 1, scaled(6))
        self._body.setSpacing(0)

    def show_parts(self, parts: Sequence[Part], *, two_lines: bool, low: bool) -> None:
        """Show *parts*; *two_lines* puts the detail below the title, *low* saves height."""
        if (tuple(parts), (two_lines, low)) == (self._parts, self._shape):
            # Faces are equal, what they do may belong to a newer moment.
            faces = {face.key: face for part in parts for face in (*part.lines, *part.later)}
            for row in self.rows:
                row.face = faces[row.face.key]
            return
        self._parts, self._shape = tuple(parts), (two_lines, low)
        self._build()

    def focus_first(self) -> None:
        """Give the most urgent line the keyboard."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        place = next((number for number, row in enumerate(self.rows) if row.hasFocus()), None)
        key = self.rows[place].face.key if place is not None else ""
        self._clear()
        for part in self._parts:
            if part.lines or part.later or part.calm:
                self._add_part(part)
        self._body.addStretch(1)
        if place is not None and self.rows:
            same = next((number for number, row in enumerate(self.rows) if row.face.key == key), place)
            self.rows[min(same, len(self.rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.rows, self.heads = [], {}
        while (item := self._body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_part(self, part: Part) -> None:
        head = QFrame()
        head.setProperty("role", "linehead")
        head.setObjectName(f"part_{part.key}")
        FixedHeight(head, HEAD_HEIGHT)
        line = QHBoxLayout(head)
        line.setContentsMargins(scaled(14), 0, scaled(10), 0)
        line.setSpacing(scaled(9))
        line.addWidget(label(part.title, "parttitle"))
        line.addWidget(chip(str(len(part.lines)), part.kind, strong=True))
        line.addStretch(1)
        line.addWidget(label(part.remark, "small"))
        head.setAccessibleName(f"{part.title} {len(part.lines)}项")
        self._body.addWidget(head)
        self.heads[part.key] = head
        if not part.lines and not part.later:
            calm = label(part.calm, "secondary", name=f"calm_{part.key}")
            calm.setContentsMargins(scaled(14), scaled(10), scaled(14), scaled(10))
            self._body.addWidget(calm)
        every = (*part.lines, *part.later)
        shown = every if part.key in self._open else every[:SHOWN_AT_FIRST]
        for number, face in enumerate(shown):
            if number:
                self._body.addWidget(_rule())
            self._add_row(face)
        if len(shown) < len(every):
            more = LinkButton(f"还有{len(every) - len(shown)}项，都列出来", name=f"more_{part.key}")
            more.clicked.connect(lambda: self._show_all(part.key))
            self._body.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)

    def _add_row(self, face: LineFace) -> None:
        two_lines, low = self._shape
        row = LineRow(face, filled=not self.rows, two_lines=two_lines, low=low)
        row.walked.connect(lambda step, row=row: self._walk(row, step))
        self.rows.append(row)
        self._body.addWidget(row)

    def _show_all(self, key: str) -> None:
        self._open.add(key)
        self._build()

    def _walk(self, row: LineRow, step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)


def _rule() -> QFrame:
    line = QFrame()
    holder = QHBoxLayout(line)
    holder.setContentsMargins(scaled(14), 0, scaled(12), 0)
    holder.addWidget(rule())
    line.setFixedHeight(1)
    return line
