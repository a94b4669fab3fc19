"""The tab 今日: the week, what is late, due and missing at the left, four cards at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.register.ports import DueLine
from desktop.register.rights import Right
from desktop.register.ui.gap_reason_form import GapReasonForm
from desktop.register.ui.host import PageHost
from desktop.reports.gaps import Gap
from desktop.safekeeping.service import BackupService
from desktop.shell.today.cards import BackupButton, EntriesCard, FiguresCard, TasksCard
from desktop.shell.today.faces import DUE, GAPS, LATE, parts_of
from desktop.shell.today.lines_card import LinesCard
from desktop.shell.today.strip import FoldedWeek, WeekStrip, in_one_line
from desktop.shell.today.view import TodayView, gather
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import RowButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import set_look
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import appearance, scaled, theme_changed

NARROW, LOW = 1200, 600
_SIDE, _SIDE_NARROW = 404, 372
_PARTS = ((LATE, "逾期", "red"), (DUE, "今天到期", "amber"), (GAPS, "缺项", "grey"))


class TodayTab(QWidget):
    """Reads on a thread of its own, so that a save never waits for it."""

    settle_wanted = Signal(object)  # DueTarget
    day_wanted = Signal(object)
    figure_wanted = Signal(str)
    tasks_wanted = Signal()
    entries_wanted = Signal()
    report_wanted = Signal()
    backup_wanted = Signal()
    places_wanted = Signal()
    calendar_wanted = Signal()
    import_wanted = Signal(str)
    shown = Signal()

    def __init__(self, bench: Workbench, backups: BackupService, host: PageHost) -> None:
        super().__init__()
        self.setObjectName("today_tab")
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bench, self._backups, self._host = bench, backups, host
        self.runner = JobRunner(self)
        self.view: TodayView | None = None
        self._asked = self._again = False
        self._unfolded: bool | None = None
        self.strip, self.folded = WeekStrip(), FoldedWeek()
        self.lines = LinesCard()
        self.tasks, self.figures, self.entries = TasksCard(), FiguresCard(), EntriesCard()
        self.backup = BackupButton()
        self.jumps = {key: RowButton(f"{word} 0", name=f"jump_{key}") for key, word, _ in _PARTS}
        self._area = scroll_over(self._body())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._emptiness())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self._connect()

    def reload(self) -> None:
        """Read everything again, away from the window; what is asked for meanwhile is read once more."""
        if self.runner.closed:
            return
        if self._asked:
            self._again = True
            return
        self._asked = True
        self.runner.start(
            lambda _context: gather(self._bench, self._backups), done=self._gathered, failed=self._could_not
        )

    def look_at_clock(self) -> None:
        """Read again once a new day has begun; what was due tomorrow is due now."""
        if self.view is not None and self.view.today != self._bench.clock.today():
            self.reload()

    def focus_list(self) -> None:
        """Give the most urgent line the keyboard, as soon as there is one."""
        if self.lines.rows:
            self.lines.focus_first()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def view_names(self) -> list[str]:
        """Return no further views."""
        return []

    def show_view(self, name: str) -> None:
        """Show nothing else: there is one view."""

    def finish_reading(self) -> None:
        """Wait until what is asked for is shown; for pictures."""
        if self._asked:
            waiting = QEventLoop()
            self.shown.connect(waiting.quit)
            waiting.exec()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what does not fit."""
        super().resizeEvent(event)
        self._arrange()

    def _gathered(self, view: TodayView) -> None:
        self._asked = False
        self.view = view
        waiting = self.window().focusWidget() is self  # hasFocus() is False before the window is active
        self._show()
        if waiting:
            self.lines.focus_first()
        if self._again:
            self._again = False
            self.reload()
        else:
            self.shown.emit()

    def _could_not(self, error: BaseException) -> None:
        self._asked = self._again = False
        show_error(self, "读取今日", error)
        self.shown.emit()

    def _show(self) -> None:
        view = self.view
        if view is None:
            return
        self._pages.setCurrentIndex(1 if view.is_new else 0)
        may = self._bench.officer.may(Right.EDIT_DUTIES)
        self.strip.show_week(view.week, view.today)
        self.folded.show_text(in_one_line(view.week, view.today))
        self.lines.show_parts(
            parts_of(
                view, settle=self._settle, enter=self._enter, explain=self._explain, withdraw=self._withdraw,
                may_explain=may, may_enter=self._may_enter,
            ),
            two_lines=self._is_narrow(), low=self._is_low(),
        )  # fmt: skip
        for (key, word, _), found in zip(_PARTS, (view.late, view.due, view.gaps), strict=True):
            self.jumps[key].set_text(f"{word} {len(found)}")
        self.tasks.show_tasks(view.tasks, view.today, may_add=may)
        self.figures.show_figures(view.figures, view.today)
        self.entries.show_entries(view.entries, most=2 if self._is_low() and not self._is_narrow() else 3)
        self.backup.show_state(view.unsaved, view.backup, late=view.backup_late)

    # What a line does

    def _settle(self, line: DueLine) -> None:
        self.settle_wanted.emit(line.target)

    def _enter(self, gap: Gap) -> None:
        """Open the form for what was done and not written down, on the last working day of the first bare window."""
        window = gap.lacking[0]
        day = window.last
        while day > window.first and day.weekday() > 4:
            day -= timedelta(days=1)
        self.settle_wanted.emit(self._bench.due.target_of(gap.duty, day))

    def _may_enter(self, gap: Gap) -> bool:
        """Return whether what lacks can be entered later; what a patient's year lacks cannot be made up any more."""
        return not gap.duty.by_person and self._bench.due.target_of(gap.duty, gap.last) is not None

    def _explain(self, gap: Gap) -> GapReasonForm:
        form = GapReasonForm(
            self._bench.gap_reasons, self._host, self._bench.drafts, duty=gap.duty.key, title=gap.duty.title,
            about=f"{gap.when(self._bench.clock.today())} {gap.title}，{gap.counts}", first=gap.lacking[0].first,
            last=gap.lacking[-1].last, reason=gap.reason,
        )  # fmt: skip
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("reason").focus_editor)
        return form

    def _withdraw(self, gap: Gap) -> None:
        if gap.reason_id is None:
            return
        reason_id = gap.reason_id
        self._host.runner.start(
            lambda _context: self._bench.gap_reasons.withdraw(reason_id),
            done=lambda label: self._host.note_saved(f"已{label}"),
            failed=lambda error: show_error(self, "收回原因", error),
        )

    # How it is laid out

    def _body(self) -> QWidget:
        body = ScrollBody()
        jumps = QHBoxLayout()
        jumps.setSpacing(scaled(8))
        for key, _, kind in _PARTS:
            button = self.jumps[key]
            set_look(button, "role", f"jump{kind}")
            button.clicked.connect(lambda _checked=False, key=key: self._jump(key))
            jumps.addWidget(button)
        jumps.addWidget(self.folded, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        for part in (self.tasks, self.figures, self.entries, self.backup):
            side.addWidget(part)
        side.addStretch(1)
        self._side_lines = side
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.lines, 1)
        self._columns.addWidget(self._side)
        self._whole = QVBoxLayout(body)
        self._whole.addWidget(self.strip)
        self._whole.addLayout(jumps)
        self._whole.addLayout(self._columns, 1)
        return body

    def _arrange(self) -> None:
        """Fold the week in low, narrow or large-type windows; in the latter two the jump buttons stand beside it."""
        narrow, low = self._is_narrow(), self._is_low()
        unfolded = self._unfolded if self._unfolded is not None else not (narrow or low)
        self.strip.setVisible(unfolded)
        self.folded.setVisible(not unfolded or narrow or low)
        for button in self.jumps.values():
            button.setVisible(narrow)
        gap = scaled(8) if low else scaled(10)
        self._whole.setContentsMargins(16, scaled(8) if low or narrow else 13, 16, scaled(8) if low else 12)
        self._whole.setSpacing(gap)
        self._columns.setSpacing(scaled(12))
        self._side_lines.setSpacing(scaled(6) if low else scaled(10))
        self._side.setFixedWidth(scaled(_SIDE_NARROW) if narrow and not appearance().large else _side_width())
        if self.view is not None:
            self._show()

    def _is_narrow(self) -> bool:
        return self.width() < NARROW or appearance().large

    def _is_low(self) -> bool:
        return self.height() < LOW

    def _toggle_week(self) -> None:
        self._unfolded = not self.strip.isVisible()
        self._arrange()

    def _jump(self, key: str) -> None:
        head = self.lines.heads.get(key)
        if head is None:
            return
        bar = self._area.verticalScrollBar()
        bar.setValue(head.mapTo(self._area.widget(), head.rect().topLeft()).y() - scaled(6))
        row = next((one for one in self.lines.rows if one.y() > head.y()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _emptiness(self) -> QWidget:
        empty = EmptyState(
            "home",
            "先把底子建起来",
            "有了小区和居民，检查、投药、随访都从名单里选，到期的、缺的，这里每天自己列出来。",
            [
                EmptyAction("places", "building", "建小区和点位", "小区、公共场所、商铺", "新建点位", filled=True),
                EmptyAction("import", "download", "导入居民名单", "街道给的表也能直接导入", "导入表格"),
                EmptyAction("calendar", "calendar", "排这个月的活动", "先把要办的写上，到时候会提醒", "排活动"),
            ],
            remark="要按本地要求改每周、每月该做几次，请到右上角“该做的事”",
        )
        empty.action.connect(self._begin)
        return empty

    def _begin(self, key: str) -> None:
        signals: dict[str, Callable[[], None]] = {
            "places": self.places_wanted.emit,
            "import": lambda: self.import_wanted.emit("residents"),
            "calendar": self.calendar_wanted.emit,
        }
        signals[key]()

    def _connect(self) -> None:
        self.strip.chosen.connect(self.day_wanted)
        self.folded.clicked.connect(self._toggle_week)
        self.tasks.asked.connect(self.tasks_wanted)
        self.figures.chosen.connect(self.figure_wanted)
        self.figures.asked.connect(self.report_wanted)
        self.entries.asked.connect(self.entries_wanted)
        self.backup.clicked.connect(self.backup_wanted)
        theme_changed.connect(self._arrange)


def _side_width() -> int:
    return 440 if appearance().large else _SIDE
