"""The views 月 and 周: the calendar, the panel of the chosen day, and the way from month to month or week to week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.activities.almanac import DayOff, day_facts, days_off_in, month_after, theme_month, weeks_of
from desktop.activities.rules import CANCELLED, HELD
from desktop.activities.service import ActivityService
from desktop.activities.ui.due_layer import DueLayer, Dues, nothing_due
from desktop.activities.ui.legend import Legend
from desktop.activities.ui.month_model import DAYS, DayCell, MonthModel
from desktop.activities.ui.month_view import MonthView
from desktop.activities.ui.panel import ActivityPanel
from desktop.activities.views import ActivityRow
from desktop.foundation.clock import Clock
from desktop.foundation.days import add_days
from desktop.foundation.errors import AppError
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import StandardService
from desktop.register.ui.host import PageHost
from desktop.store.idlist import IdList
from desktop.widgets.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton, press_on
from desktop.widgets.dialogs import show_error
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.theme import scaled

_ROOM_FOR_THEME, _ROOM_FOR_SWITCH, _ROOM_FOR_WORDS, _ROOM_FOR_ALL = 905, 735, 710, 560
_SWITCH, _ROOM_FOR_TODAY = 108, 650
_NEW = ("新增活动", "新增")
_BACK, _FORTH = ("上个月（PgUp）", "上一周（PgUp）"), ("下个月（PgDn）", "下一周（PgDn）")
_TITLE_WIDTHS = ((122, 150), (196, 240))
_PRINT = ("打印本月", "打印本周")
_EARLIEST, _LATEST = (1900, 1), (2199, 12)


class MonthPage(QWidget):
    """One month, or one week of it; the panel follows the cursor."""

    new_wanted = Signal(object)  # date
    print_list = Signal(object)  # ids
    print_wall = Signal(int, int)  # year, month

    def __init__(
        self,
        activities: ActivityService,
        standards: StandardService,
        officer: Officer,
        clock: Clock,
        *,
        panel: ActivityPanel,
        host: PageHost,
        left: QWidget,
        dues: Dues = nothing_due,
    ) -> None:
        super().__init__()
        self._layer = DueLayer(host, dues)
        self._activities, self._standards, self._officer, self._clock = activities, standards, officer, clock
        self._rows: list[ActivityRow] = []
        self._shown: date | None = None
        today = clock.today()
        self._month = (today.year, today.month)
        self._by_week = False
        self.model = MonthModel(self)
        self.view = MonthView(self.model)
        self.panel = panel
        self._title = label("", "title", name="month_title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title_width = FixedWidth(self._title, *_TITLE_WIDTHS[False])
        self._theme = label("", "secondary", name="theme_month")
        self._foot = label("", "secondary", name="month_count")
        self._build(left)

    def reload(self) -> None:
        """Read the month or week again; the cursor keeps its day."""
        if not self._is_shown(self._shown):
            self._shown = self._first_choice()
        weeks, today = self._weeks(), self._clock.today()
        try:
            self._rows = self._activities.between(weeks[0][0], weeks[-1][-1])
            off = self._days_off()
        except AppError as error:
            show_error(self, "读取活动", error)
            return
        cells = [
            [
                DayCell(
                    day_facts(day, off), tuple(self._on(day)), self._belongs(day), today, roomy=self._by_week,
                    dues=self._layer.on(day),
                )
                for day in week
            ]
            for week in weeks
        ]  # fmt: skip
        self.model.set_days(cells)
        self._layer.read(weeks[0][0], weeks[-1][-1])
        self._title.setText(self._heading(weeks[0]))
        self._theme.setText(theme_month(self._month[1]))
        self._count(off)
        self._go_to(self._shown)

    def show_day(self, day: date, *, chosen: UUID | None = None) -> None:
        """Turn to the month or week of *day*, go there and open the panel."""
        self.panel.chosen = chosen
        self._go_into(day)
        self.panel.show()

    def show_weeks(self, on: bool) -> None:
        """Show one week at a time, or one month; the cursor keeps its day."""
        self._by_week, self._month = on, (self.day().year, self.day().month)
        for button, words in self._turning:
            button.setToolTip(words[on])
            button.setAccessibleName(words[on])
        self._title_width.change(*_TITLE_WIDTHS[on])
        self._fit_bar()

    def turn(self, steps: int) -> None:
        """Show the month or week *steps* later: on the same number of the day as far as it has one, or weekday."""
        if self._by_week:
            self._go_into(add_days(self.day(), steps * DAYS))
            return
        year, month = month_after(*self._month, steps)
        if not _EARLIEST <= (year, month) <= _LATEST:
            return
        wanted = self._shown.day if self._shown else 1
        days = [day for week in weeks_of(year, month) for day in week if day.month == month]
        self._month, self._shown = (year, month), days[min(wanted, len(days)) - 1]
        self.reload()

    def day(self) -> date:
        """Return the day the cursor is on."""
        return self._shown or self._clock.today()

    def focus_list(self) -> None:
        """Give the calendar the keyboard."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, left: QWidget) -> None:
        back = IconButton("chevron-left", _BACK[False], name="month_back")
        back.clicked.connect(lambda: self.turn(-1))
        forth = IconButton("chevron-right", _FORTH[False], name="month_forth")
        forth.clicked.connect(lambda: self.turn(1))
        self._turning = ((back, _BACK), (forth, _FORTH))
        self._today_button = today = SecondaryButton("今天", name="month_today")
        today.clicked.connect(lambda: self._go_into(self._clock.today()))
        self._print_button = print_ = SecondaryButton(_PRINT[False], "print", name="print_month")
        press_on(print_, "Ctrl+P")
        print_.clicked.connect(self._print)
        self._new_button = new = PrimaryButton(_NEW[False], "plus", name="new_activity")
        new.clicked.connect(self._begin)
        new.setVisible(self._officer.may(Right.EDIT_ACTIVITIES))
        legend = Legend()
        wall = LinkButton("打印挂历", "calendar", name="print_wall")
        wall.setVisible(self._officer.may(Right.EXPORT))
        wall.clicked.connect(lambda: self.print_wall.emit(*self._month))
        foot = row(legend, self._foot, wall, spacing=12)
        foot.setStretchFactor(legend, 1)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(row(left, back, self._title, forth, today, self._layer.switch, self._theme, 0, print_, new))
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        whole = row(spacing=12)
        whole.addLayout(column, 1)
        whole.addWidget(self.panel)
        whole.setContentsMargins(16, 12, 16, 8)
        self.setLayout(whole)
        self.view.resized.connect(self._fit_bar)
        self.view.day_changed.connect(self._follow)
        self.view.day_opened.connect(self.show_day)
        self.view.day_left.connect(self._go_into)
        self.view.month_turned.connect(self.turn)
        self.view.new_wanted.connect(self._begin)
        self.panel.closed.connect(self._close_panel)
        self._layer.changed.connect(self._show_dues)

    def _fit_bar(self) -> None:
        """Leave the title and the views their room: the theme gives way first, then words, then what keys do too."""
        room = self.view.width() - (scaled(_TITLE_WIDTHS[True][0] - _TITLE_WIDTHS[False][0]) if self._by_week else 0)
        with_switch = room >= scaled(_ROOM_FOR_SWITCH)
        short, tight = room < scaled(_ROOM_FOR_WORDS + (_SWITCH if with_switch else 0)), room < scaled(_ROOM_FOR_ALL)
        self._theme.setVisible(room >= scaled(_ROOM_FOR_THEME))
        self._layer.switch.setVisible(with_switch)
        self._print_button.set_text("打印" if short else _PRINT[self._by_week])
        self._new_button.set_text(_NEW[short])
        self._today_button.setVisible(not tight and room >= (scaled(_ROOM_FOR_TODAY) if self._by_week else 0))
        self._print_button.setVisible(self._officer.may(Right.EXPORT) and not tight)

    def _show_dues(self) -> None:
        """Put into the days what is due on them; nothing else is read again."""
        cells = [[replace(cell, dues=self._layer.on(cell.day)) for cell in week] for week in self.model.weeks]
        self.model.set_days(cells)
        self._follow(self.day())

    def _on(self, day: date) -> list[ActivityRow]:
        return [one for one in self._rows if one.held_on <= day <= one.last_on]

    def _go_into(self, day: date) -> None:
        if _EARLIEST <= (day.year, day.month) <= _LATEST:
            self._shown, self._month = day, (day.year, day.month)
            self.reload()

    def _begin(self) -> None:
        if self._officer.may(Right.EDIT_ACTIVITIES):
            self.new_wanted.emit(self.day())

    def _weeks(self) -> list[list[date]]:
        if not self._by_week:
            return weeks_of(*self._month)
        monday = add_days(self.day(), -self.day().weekday())
        return [[add_days(monday, number) for number in range(DAYS)]]

    def _heading(self, week: Sequence[date]) -> str:
        if not self._by_week:
            return f"{self._month[0]}年{self._month[1]}月"
        first, last = week[0], week[-1]
        year = "" if first.year == self._clock.today().year else f"{first.year}年"
        return (
            f"{year}{first.month}月{first.day}日—{'' if last.month == first.month else f'{last.month}月'}{last.day}日"
        )

    def _belongs(self, day: date) -> bool:
        """Return whether *day* is one of those shown for their own sake, not only to fill a week."""
        return self._by_week or (day.year, day.month) == self._month

    def _is_shown(self, day: date | None) -> bool:
        return day is not None and (self._by_week or (day.year, day.month) == self._month)

    def _first_choice(self) -> date:
        today = self._clock.today()
        return today if (today.year, today.month) == self._month else date(*self._month, 1)

    def _go_to(self, day: date | None) -> None:
        if day is None:
            return
        self._shown = day
        self.view.go_to(day)
        self._follow(day)

    def _follow(self, day: date) -> None:
        cell = self.model.cell(self.model.index_of(day))
        if cell is None or not cell.in_month:
            return
        self._shown = day
        self.panel.show_day(cell.facts, cell.activities, dues=cell.dues)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.focus_list()

    def _count(self, off: Mapping[date, DayOff]) -> None:
        rows, year, span = self._begun_here(), self._month[0], "本周" if self._by_week else "本月"
        held = sum(one.draft.status == HELD for one in rows)
        cancelled = sum(one.draft.status == CANCELLED for one in rows)
        parts = [f"{span} {len(rows)}项，已办 {held}项" if rows else f"{span}还没有活动"]
        if cancelled:
            parts.append(f"取消 {cancelled}项")
        if year > self._clock.today().year and not any(day.year == year for day in off):
            parts.append(f"{year}年的放假安排还没有")
        self._foot.setText("，".join(parts))

    def _days_off(self) -> dict[date, DayOff]:
        return days_off_in(edition.content for edition in self._standards.editions("holidays"))

    def _begun_here(self) -> list[ActivityRow]:
        first = self._weeks()[0][0]
        return [one for one in self._rows if self._belongs(one.held_on) and (not self._by_week or one.held_on >= first)]

    def _print(self) -> None:
        self.print_list.emit(IdList.of(one.id for one in self._begun_here()))
