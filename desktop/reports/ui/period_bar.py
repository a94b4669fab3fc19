"""Chooses a period: months step by step, or quarters, halves, years; two days of one's own in a line below."""

from __future__ import annotations

from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, parse_period
from desktop.reports.periods import MonthRule
from desktop.widgets.buttons import IconButton, SecondaryButton, press_on
from desktop.widgets.fields.day import DayField
from desktop.widgets.roles import FixedWidth, label, row

Unit = Literal["month", "quarter", "half", "year", "days"]
UNITS: tuple[tuple[Unit, str], ...] = (
    ("month", "按月"), ("quarter", "按季度"), ("half", "按半年"), ("year", "按全年"), ("days", "任意起止"),
)  # fmt: skip
_MONTHS_IN = {"quarter": 3, "half": 6, "year": 12}
_EARLIEST_YEAR, _LATEST_YEAR = 1950, 2199
_TITLE_WIDTH, _LARGE_TITLE = 128, 172


class PeriodBar(QWidget):
    """‹ 2026年5月 › and the unit to step by; ``changed`` carries the Period."""

    changed = Signal(object)

    def __init__(self, clock: Clock, rule: MonthRule, *, of_now: bool = False) -> None:
        super().__init__()
        self._clock, self._rule = clock, rule
        today = clock.today()
        self._unit: Unit = "month"
        self._month = rule.name_of(today) if of_now else _finished(rule, today)
        self._days: tuple[date, date] | None = None
        self._back = IconButton("chevron-left", "上一个", name="period_back")
        self._forth = IconButton("chevron-right", "下一个", name="period_forth")
        self._title = label("", "title", name="period_title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        FixedWidth(self._title, _TITLE_WIDTH, _LARGE_TITLE)
        self._units = QComboBox()
        self._units.setObjectName("period_unit")
        self._units.setAccessibleName("按什么期间")
        for key, words in UNITS:
            self._units.addItem(words, key)
        self.days = DaysLine(clock)
        self.days.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self._back, self._title, self._forth, self._units):
            line.addWidget(part)
        press_on(self._back, "Alt+Left")
        press_on(self._forth, "Alt+Right")
        self._back.clicked.connect(lambda: self.step(-1))
        self._forth.clicked.connect(lambda: self.step(1))
        self._units.activated.connect(self._unit_chosen)
        self.days.chosen.connect(self._days_chosen)
        self._show()

    def period(self) -> Period:
        """Return the period shown."""
        year, month = self._month
        if self._unit == "days" and self._days is not None:
            first, last = self._days
            return parse_period(f"{first.isoformat()}..{last.isoformat()}")
        if self._unit in _MONTHS_IN and self._rule.first_day == 1:
            part = {"quarter": f"Q{(month + 2) // 3}", "half": f"H{(month + 5) // 6}", "year": ""}[self._unit]
            return parse_period(f"{year:04d}{part}")
        if self._unit in _MONTHS_IN:
            # Quarters of a committee whose months begin on the 26th begin on the 26th too.
            count = _MONTHS_IN[self._unit]
            begin = (month - 1) // count * count + 1
            first_month, last_month = self._rule.month(year, begin), self._rule.month(year, begin + count - 1)
            return parse_period(f"{first_month.first.isoformat()}..{last_month.last.isoformat()}")
        return self._rule.month(year, month)

    def show_period(self, period: Period) -> None:
        """Show a reporting month, or the days of any other period."""
        if own := self._rule.month_of(period):
            self._unit, self._month = "month", own
        else:
            self._unit, self._days = "days", (period.first, period.last)
        self._show()

    def set_rule(self, rule: MonthRule) -> None:
        """Count months by another rule."""
        if rule != self._rule:
            self._rule = rule
            self._show()

    def step(self, count: int) -> None:
        """Go *count* months, quarters, halves or years on."""
        year, month = self._month
        number = year * 12 + month - 1 + count * _MONTHS_IN.get(self._unit, 1)
        if self._unit == "days" or not _EARLIEST_YEAR <= number // 12 <= _LATEST_YEAR:
            return
        self._month = (number // 12, number % 12 + 1)
        self._tell()

    def choose_unit(self, unit: Unit) -> None:
        """Step by another unit; with ``days`` two days are asked for first."""
        self._unit = unit
        if unit == "days":
            self.days.offer(self._days or (self._rule.month(*self._month).first, self._rule.month(*self._month).last))
            if self._days is None:
                self._show()
                return
        self._tell()

    def _unit_chosen(self, place: int) -> None:
        self.choose_unit(UNITS[place][0])

    def _days_chosen(self, first: date, last: date) -> None:
        self._days = (first, last)
        self._unit = "days"
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit(self.period())

    def _show(self) -> None:
        by_days = self._unit == "days"
        self._units.setCurrentIndex([key for key, _words in UNITS].index(self._unit))
        self.days.setVisible(by_days)
        for part in (self._back, self._forth, self._title):
            part.setVisible(not by_days)
        self._title.setText(self._words())

    def _words(self) -> str:
        year, month = self._month
        return {
            "month": f"{year}年{month}月",
            "quarter": f"{year}年第{(month + 2) // 3}季度",
            "half": f"{year}年{'上' if month <= 6 else '下'}半年",
            "year": f"{year}年",
            "days": "",
        }[self._unit]


class DaysLine(QFrame):
    """从 … 到 …: two days and the button that takes them."""

    chosen = Signal(object, object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.first = DayField("first", "从哪天", required=True, today=clock.today)
        self.last = DayField("last", "到哪天", required=True, today=clock.today)
        self.take = SecondaryButton("看这段时间", "search", name="take_days")
        self.take.clicked.connect(self.read)
        self.first.entered.connect(self.last.focus_editor)
        self.last.entered.connect(self.read)
        line = row(self.first, self.last, self.take, 0, spacing=16)
        line.setAlignment(self.take, Qt.AlignmentFlag.AlignVCenter)
        for field in (self.first, self.last):
            FixedWidth(field, 230)
        line.setContentsMargins(14, 8, 14, 8)
        self.setLayout(line)

    def offer(self, days: tuple[date, date]) -> None:
        """Put two days in."""
        self.first.set_value(days[0])
        self.last.set_value(days[1])

    def read(self) -> None:
        """Take the days, or say under each field what is wrong with it."""
        first, last = self.first.value(), self.last.value()
        problems = {field: field.own_problem() or _missing(value) for field, value in (
            (self.first, first), (self.last, last))}  # fmt: skip
        if isinstance(first, date) and isinstance(last, date) and last < first:
            problems[self.last] = "止的日期早于起的日期，请检查"
        for field, problem in problems.items():
            field.set_problem(problem)
        wrong = next((field for field, problem in problems.items() if problem), None)
        if wrong is not None:
            wrong.focus_editor()
            return
        self.chosen.emit(first, last)


def _missing(value: object) -> str:
    return "" if isinstance(value, date) else "请填日期"


def _finished(rule: MonthRule, today: date) -> tuple[int, int]:
    year, month = rule.name_of(today)
    return (year - 1, 12) if month == 1 else (year, month - 1)
