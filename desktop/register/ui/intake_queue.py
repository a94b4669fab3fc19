"""Several files at once: the list in the order that works, what would come of each, and one button for all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.register.ui.intake_reading import QueueLine
from desktop.register.ui.scrolling import scrolled
from desktop.widgets.buttons import PrimaryButton, RowButton, SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import IconLabel, column, label, row, rule
from desktop.widgets.theme import scaled


class QueueStep(QWidget):
    """``open_wanted`` carries the number of a line whose rows shall be seen."""

    start_wanted = Signal()
    open_wanted = Signal(int)
    back = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, scaled(6), 0)
        self._lines.setSpacing(scaled(8))
        card = Card("要导入的表", "程序排好了先后：点位在前，随访在后")
        card.body.addWidget(scrolled(inner), 1)
        self._note = label("", wrap=True, name="queue_note")
        self._back = SecondaryButton("重新选文件", "chevron-left", name="queue_back")
        self._back.clicked.connect(self.back)
        self._start = PrimaryButton("", "download", name="queue_start")
        self._start.clicked.connect(self.start_wanted)
        self._finish = PrimaryButton("导完了，关上", "check", name="queue_finish")
        self._finish.clicked.connect(self.finished)
        self.setFocusProxy(self._start)
        note = row(IconLabel("info", 18, "blue"), spacing=8)
        note.addWidget(self._note, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(card, 1)
        whole.addLayout(note)
        whole.addLayout(row(self._back, 0, self._start, self._finish, spacing=10))

    def show_lines(self, lines: Sequence[QueueLine]) -> None:
        """Show the list as it stands now."""
        clear_layout(self._lines)
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(number, line))
        self._lines.addStretch(1)
        waiting = [line for line in lines if line.waits]
        rows = sum(line.verdict.accepted for line in waiting if line.verdict is not None)
        done = [line for line in lines if line.done]
        self._start.set_text(f"全部导入 {rows:,}行")
        self._start.setVisible(bool(waiting))
        self._finish.setVisible(not waiting)
        self._note.setText(_note(lines, len(done)))

    def _line(self, number: int, line: QueueLine) -> QWidget:
        made = QWidget()
        made.setProperty("role", "bare")
        made.setObjectName(f"queue_line_{number}")
        texts = column(
            label(f"{number + 1}　{line.title or '认不出的表'}", "heading"),
            label(line.file_name if not line.fault else f"{line.file_name}：{line.fault}", "small", wrap=True),
            spacing=1,
        )
        chips = _chips(line)
        made.setAccessibleName("，".join([line.title, line.file_name, *(one.text for one in chips)]))
        inner = row(spacing=scaled(10))
        inner.addLayout(texts, 1)
        inner.addWidget(ChipRow(chips), 0, Qt.AlignmentFlag.AlignVCenter)
        if not line.fault:
            text = "对列名" if line.unjoined else "看要改的" if line.refused else "看每一行"
            look = RowButton(text, name=f"queue_open_{number}", filled=line.unjoined)
            look.setAccessibleName(f"{text}：{line.file_name}")
            look.clicked.connect(partial(self.open_wanted.emit, number))
            inner.addWidget(look)
        made.setLayout(inner)
        return made


def _note(lines: Sequence[QueueLine], done: int) -> str:
    if not done:
        return "还没有写入任何内容。一张一张导，中途可以停；每张都能在“操作记录”里整批撤销。"
    left = sum(line.refused for line in lines if line.done)
    tail = f"还有{left:,}行要改，点“看要改的”存成表去改。" if left else ""
    return f"已导入{done}张，列表里已经能看到。{tail}每张都能在右上角齿轮的“操作记录”里整批撤销。"


def _chips(line: QueueLine) -> list[Chip]:
    """Return the state as chips."""
    if line.fault:
        return [Chip("没有读成", "red", bold=True)]
    if line.unjoined:
        return [Chip("先对上列名", "amber", bold=True)]
    if line.verdict is None:
        return []
    accepted, refused = line.verdict.accepted, line.refused
    chips = [Chip(f"{'已导入' if line.done else '可以导入'} {accepted:,}行", "green", bold=True)] if accepted else []
    if refused:
        chips.append(Chip(f"{'没导入，要改' if line.done else '要改'} {refused:,}行", "red", bold=True))
    return chips or [Chip("没有要导入的行", "grey")]
