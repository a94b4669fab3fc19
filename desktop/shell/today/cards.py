"""The right column of 今日: tasks of superiors, the month in figures, what colleagues entered, the backup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.foundation.days import days_left, short_day
from desktop.register.service.day_entries import Entered
from desktop.register.service.tasks import TaskRow
from desktop.register.ui.draft_keeper import clock_time
from desktop.shell.today.line_row import Elided
from desktop.shell.today.view import MonthFigure
from desktop.widgets.buttons import LinkButton
from desktop.widgets.chips import Chip, ChipKind, chip_size, paint_chip, sized
from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled, theme_changed, tokens

SOON_DAYS = 5
_TASKS, _FIGURES_IN_ROW = 3, 3


class SideCard(QFrame):
    """A white card with a title and a link at its right; ``asked`` is the link."""

    asked = Signal()

    def __init__(self, title: str, link: str, *, name: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.heading = label(title, "parttitle")
        self.link = LinkButton(link, name=f"{name}_link")
        self.link.clicked.connect(self.asked)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(scaled(14), scaled(6), scaled(10), scaled(9))
        whole.setSpacing(scaled(1))
        whole.addLayout(row(self.heading, 0, self.link))
        whole.addLayout(self.lines)

    def _fill(self, parts: Sequence[QWidget]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self.lines.addWidget(part)


class TaskLine(QPushButton):
    """One task: title, day, how long there is still; pressing it opens the list at it."""

    def __init__(self, task: TaskRow, today: date) -> None:
        super().__init__()
        self.setProperty("role", "figure")
        self.setObjectName(f"task_{task.id.hex}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title, self._day = task.draft.title, short_day(task.due_on, today)
        left = (task.due_on - today).days
        kind: ChipKind = "red" if left < 0 else "amber" if left <= SOON_DAYS else "grey"
        self._chip = Chip(days_left(task.due_on, today), kind, bold=True)
        self.setAccessibleName(f"{self._title}，{self._day}前，{self._chip.text}")
        self.setToolTip(self._title)

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        return QSize(scaled(220), scaled(36))

    def minimumSizeHint(self) -> QSize:
        """Return the same height for any width."""
        return QSize(scaled(120), scaled(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, title, day and chip."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = chip_size(self._chip, self.font())
        right = self.width() - size.width() - scaled(2)
        paint_chip(painter, QPointF(right, (self.height() - size.height()) / 2), self._chip, self.font())
        small = sized(self.font(), 0.93)
        day = QRect(0, 0, right - scaled(9), self.height())
        painter.setFont(small)
        painter.setPen(QColor(tokens().secondary))
        painter.drawText(day, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._day)
        room = QRect(0, 0, day.right() - QFontMetrics(small).horizontalAdvance(self._day) - scaled(10), self.height())
        painter.setFont(self.font())
        painter.setPen(QColor(tokens().text))
        shown = QFontMetrics(self.font()).elidedText(self._title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class TasksCard(SideCard):
    """来文任务."""

    def __init__(self) -> None:
        super().__init__("来文任务", "", name="tasks_card")
        self._shown: tuple[object, ...] = ()

    def show_tasks(self, tasks: Sequence[TaskRow], today: date, *, may_add: bool) -> None:
        """Show the next three and how many there are."""
        if (state := (tuple(tasks), today, may_add)) == self._shown:
            return
        self._shown = state
        self.link.set_text(f"全部 {len(tasks)}件" if tasks else "登记任务" if may_add else "看看办完的")
        lines: list[QWidget] = []
        for task in tasks[:_TASKS]:
            line = TaskLine(task, today)
            line.clicked.connect(self.asked)
            lines.append(line)
        if not tasks:
            lines.append(label("现在没有要报的。街道来了通知，记在这里就不会忘。", "small", wrap=True))
        self._fill(lines)


class FigureButton(QPushButton):
    """One number with its unit, and below it what is counted."""

    def __init__(self, figure: MonthFigure) -> None:
        super().__init__()
        self.setProperty("role", "figure")
        self.setObjectName(f"figure_{figure.key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{figure.label} {figure.value:,}{figure.unit}，按一下看是哪些")
        self.setToolTip("看是哪些")
        self._figure = figure

    def sizeHint(self) -> QSize:
        """Return the room for a number of four digits and its label."""
        return QSize(scaled(110), scaled(57))

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(scaled(70), scaled(57))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, number, unit and label."""
        super().paintEvent(event)
        painter = QPainter(self)
        big, small = sized(self.font(), 1.42, bold=True), sized(self.font(), 0.93)
        number = f"{self._figure.value:,}"
        top = QRect(0, 0, self.width(), scaled(34))
        painter.setFont(big)
        painter.setPen(QColor(tokens().text))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, number)
        width = QFontMetrics(big).horizontalAdvance(number) + scaled(5)
        painter.setFont(small)
        painter.drawText(top.adjusted(width, scaled(4), 0, scaled(4)), Qt.AlignmentFlag.AlignVCenter, self._figure.unit)
        painter.setPen(QColor(tokens().secondary))
        below = QRect(0, scaled(32), self.width(), scaled(24))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self._figure.label)
        painter.end()


class FiguresCard(SideCard):
    """6月至今; ``chosen`` carries the key of the figure that was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "看报表", name="figures_card")
        self._shown: tuple[object, ...] = ()

    def show_figures(self, figures: Sequence[MonthFigure], today: date) -> None:
        """Show the numbers of the month to date."""
        if (state := (tuple(figures), today)) == self._shown:
            return
        self._shown = state
        self.heading.setText(f"{today.month}月至今")
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(scaled(2))
        for number, figure in enumerate(figures):
            button = FigureButton(figure)
            button.clicked.connect(partial(self.chosen.emit, figure.key))
            grid.addWidget(button, number // _FIGURES_IN_ROW, number % _FIGURES_IN_ROW)
        self._fill([holder])


class EntriesCard(SideCard):
    """同事今天录入."""

    def __init__(self) -> None:
        super().__init__("同事今天录入", "", name="entries_card")
        self._shown: tuple[object, ...] = ()

    def show_entries(self, entries: Sequence[Entered], *, most: int) -> None:
        """Show the latest *most* lines and how many records there are."""
        if (state := (tuple(entries), most)) == self._shown:
            return
        self._shown = state
        total = sum(one.count for one in entries)
        self.link.set_text(f"{total:,}条" if total else "操作记录")
        lines = [_entry_line(one) for one in entries[:most]]
        self._fill(lines or [label("今天还没有人录入。", "small")])


def _entry_line(one: Entered) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, scaled(1), scaled(4), scaled(1))
    line.setSpacing(scaled(10))
    line.addWidget(label(one.who))
    line.addWidget(Elided(f"{one.kind} {one.count:,}条", "linedetail"))
    line.addStretch(1)
    line.addWidget(label(clock_time(one.last_at), "linedetail"))
    return holder


class BackupButton(QPushButton):
    """The state of the backup as one large button; pressing it starts one."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setObjectName("backup_card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._first, self._second, self._urgent = "", "", False
        theme_changed.connect(self.updateGeometry)

    def show_state(self, unsaved: int, last: str, *, late: bool) -> None:
        """Show how much of today no backup holds, and when the last one was."""
        self._first = f"今天录入的 {unsaved:,}条还没有备份" if unsaved else "今天没有要备份的新内容"
        self._second, self._urgent = last.removesuffix("，该备份了（F9）"), bool(unsaved) or late
        if late:
            self._first = "该备份了" if not unsaved else self._first
        self.setAccessibleName(f"{self._first}。{self._second}。按一下立即备份")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(scaled(240), scaled(56))

    def minimumSizeHint(self) -> QSize:
        """Return the same height for any width."""
        return QSize(scaled(120), scaled(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, icon, both lines and the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = scaled(22)
        middle = (self.height() - side) // 2
        paint_icon(painter, "usb", QRect(scaled(14), middle, side, side), "warning" if self._urgent else "good")
        arrow = scaled(18)
        at = self.width() - arrow - scaled(10)
        paint_icon(painter, "chevron-right", QRect(at, (self.height() - arrow) // 2, arrow, arrow), "tab_text")
        left = scaled(14) + side + scaled(12)
        room = QRect(left, scaled(5), at - left - scaled(6), scaled(25))
        bold, small = sized(self.font(), bold=True), sized(self.font(), 0.93)
        for text, font, place, ink in (
            (self._first, bold, room, tokens().text),
            (self._second, small, room.translated(0, scaled(23)), tokens().secondary),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
