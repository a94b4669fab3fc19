"""A calendar day: typed in any usual form, stepped with ↑↓, or picked from a Chinese calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QSpinBox, QToolButton, QVBoxLayout, QWidget

from desktop.foundation.clock import SystemClock
from desktop.foundation.days import long_day, parse_day, why_no_day
from desktop.foundation.text import squeeze
from desktop.widgets.buttons import InnerButton
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.theme import tokens

_WEEKDAY = re.compile(r"(周|星期)[一二三四五六日天]$")
_MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_TODAY = SystemClock().today
CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


def read_day(text: str, today: date) -> date | None:
    """Return the day *text* means; 6-17 and 6月17日 are days of this year, a weekday behind it is ignored."""
    return parse_day(_with_year(text, today))


def _with_year(text: str, today: date) -> str:
    plain = _WEEKDAY.sub("", squeeze(text))
    found = _MONTH_DAY.fullmatch(plain)
    return f"{today.year}-{found.group(1)}-{found.group(2)}" if found else plain


class DayField(Field):
    """A day or nothing; shows 2026年6月17日 周三 once the cursor has left."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        required: bool = False,
        hint: str = "",
        today: Callable[[], date] = _TODAY,
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._today = today
        self._line = LineEdit("如 2026-06-17")
        button = InnerButton("calendar", f"从日历选{title}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.open_calendar)
        self._line.set_trailing(button)
        self._line.textChanged.connect(self._touched)
        self._set_editor(self._line)
        self._popup: QFrame | None = None
        self._calendar: QCalendarWidget | None = None

    def value(self) -> date | None:
        """Return the day, or None for an empty or unreadable field."""
        return read_day(self._line.text(), self._today())

    def set_value(self, value: object) -> None:
        """Show *value*, a date or None."""
        with self._quietly():
            self._line.setText(long_day(value) if isinstance(value, date) else "")
            self._line.setCursorPosition(0)

    def own_problem(self) -> str:
        """Say what is wrong with the text as a day."""
        text = self._line.text().strip()
        return why_no_day(_with_year(text, self._today())) if text and self.value() is None else ""

    def draft(self) -> object:
        """Return the text as typed."""
        return self._line.text()

    def set_draft(self, draft: object) -> None:
        """Show the text again, readable or not."""
        with self._quietly():
            self._line.setText("" if draft is None else str(draft))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with ↑↓, open the calendar with Alt+↓ or F4."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._line:
            key = event.key()
            if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier):
                self.open_calendar()
                return True
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self._step(1 if key == Qt.Key.Key_Up else -1)
                return True
        return super().eventFilter(watched, event)

    def open_calendar(self) -> None:
        """Show the calendar under the field at the present value, or at today."""
        popup, calendar = self._calendar_popup()
        day = self.value() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        popup.ensurePolished()  # its edge counts
        popup.adjustSize()
        popup.move(_place_beside(self._line, popup.size()))
        popup.show()
        calendar.setFocus()

    def _leave(self) -> None:
        day = self.value()
        if day is not None and self._line.text() != long_day(day):
            problem = self.problem()
            self.set_value(day)
            self.set_problem(problem)
        super()._leave()

    def _step(self, days: int) -> None:
        present = self.value()
        try:
            day = self._today() if present is None else present + timedelta(days=days)
        except OverflowError:
            return  # the calendar ends in the year 9999
        self._line.setText(long_day(day))

    def _calendar_popup(self) -> tuple[QFrame, QCalendarWidget]:
        if self._popup is None or self._calendar is None:
            popup = QFrame(self, Qt.WindowType.Popup)
            popup.setProperty("role", "popup")
            calendar = QCalendarWidget()
            calendar.setLocale(CHINESE)
            calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            calendar.setAccessibleName(f"{self.title}日历，方向键走，回车选定")
            _say_year_first(calendar)
            calendar.clicked.connect(self._picked)
            calendar.activated.connect(self._picked)
            layout = QVBoxLayout(popup)
            layout.setContentsMargins(4, 4, 4, 4)
            layout.addWidget(calendar)
            self._popup, self._calendar = popup, calendar
        plain = QTextCharFormat()
        plain.setForeground(QColor(tokens().text))
        self._mark_today(self._calendar)
        # Weekends are ordinary days here; red is for state holidays only.
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(weekday, plain)
        return self._popup, self._calendar

    def _mark_today(self, calendar: QCalendarWidget) -> None:
        """Let today stand out; the calendar may have been made on another day or in other colours."""
        calendar.setDateTextFormat(QDate(), QTextCharFormat())
        look, today = QTextCharFormat(), self._today()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(QColor(tokens().accent))
        calendar.setDateTextFormat(QDate(today.year, today.month, today.day), look)

    def _picked(self, picked: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        day = date(picked.year(), picked.month(), picked.day())
        if day != self.value():
            self._line.setText(long_day(day))
        self.focus_editor()


def _place_beside(line: QWidget, size: QSize) -> QPoint:
    """Return where a popup of *size* hangs under *line*, or over it where the screen ends."""
    screen = line.screen().availableGeometry()
    last = QPoint(screen.right() + 1 - size.width(), screen.bottom() + 1 - size.height())
    under = line.mapToGlobal(QPoint(0, line.height() + 2))
    over = line.mapToGlobal(QPoint(0, -size.height() - 2))
    top = under.y() if under.y() <= last.y() else min(over.y(), last.y())
    return QPoint(max(min(under.x(), last.x()), screen.left()), max(top, screen.top()))


def _say_year_first(calendar: QCalendarWidget) -> None:
    """Let the heading read 2026年 6月, the year before the month; Qt has a setting for neither."""
    bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    year = calendar.findChild(QToolButton, "qt_calendar_yearbutton")
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    typed = calendar.findChild(QSpinBox, "qt_calendar_yearedit")
    line = bar.layout() if bar is not None else None
    if not isinstance(line, QHBoxLayout) or year is None or month is None:
        return
    line.removeWidget(year)
    line.insertWidget(line.indexOf(month), year)
    if typed is not None:
        typed.setSuffix("年")
    if (menu := month.menu()) is not None:
        for number, action in enumerate(menu.actions(), start=1):
            action.setText(f"{number}月")

    def say(shown_year: int, shown_month: int) -> None:
        year.setText(f"{shown_year}年")
        month.setText(f"{shown_month}月")

    calendar.currentPageChanged.connect(say)
    say(calendar.yearShown(), calendar.monthShown())
