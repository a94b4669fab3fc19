"""Filters above a list: one of several words, a span of days; and how any filter is read, watched and taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.foundation.days import month_of
from desktop.widgets.buttons import ToggleButton
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.segmented import Segmented

MONTH, YEAR, ALL = "month", "year", "all"
_SPANS = ((MONTH, "本月"), (YEAR, "今年"), (ALL, "全部"))
_LEAST_LETTERS = 6


class ChoiceFilter(QComboBox):
    """Narrows a list to one of the words offered; the first line, *everything*, narrows nothing."""

    def __init__(self, everything: str, accessible_name: str, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.addItem(everything, None)

    def offer(self, choices: Iterable[str | tuple[str, Any]]) -> None:
        """Offer *choices*, words or (word, what it stands for), without telling anybody; what is chosen stays so."""
        chosen = self.currentData()
        with QSignalBlocker(self):
            while self.count() > 1:
                self.removeItem(1)
            for choice in choices:
                self.addItem(*((choice, choice) if isinstance(choice, str) else choice))
            self.setCurrentIndex(max(self.findData(chosen), 0))

    def choice(self) -> Any:
        """Return what the chosen word stands for, None for everything."""
        return self.currentData()

    def word(self) -> str:
        """Return the chosen word, '' for everything."""
        return self.currentData() or ""


class SpanFilter(Segmented):
    """Narrows a list to this month, this year, or nothing."""

    def __init__(self, current: str = MONTH) -> None:
        super().__init__(_SPANS, accessible_name="哪段时间")
        self.set_current(current)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and last day of the span, None for no limit."""
        if self.current() == MONTH:
            month = month_of(today)
            return month.first, month.last
        return (date(today.year, 1, 1), date(today.year, 12, 31)) if self.current() == YEAR else (None, None)


class OrderChoice(QComboBox):
    """Offers a few orders of a list in words; one chosen by a click on a title is shown as none of them."""

    asked = Signal(object)

    def __init__(self, orders: Iterable[tuple[tuple[str, bool], str]]) -> None:
        super().__init__()
        self.setAccessibleName("排列")
        self.setPlaceholderText("按列排列")
        self._orders = []
        for order, words in orders:
            self._orders.append(order)
            self.addItem(words)
        self.activated.connect(lambda number: self.asked.emit(self._orders[number]))

    def show_sort(self, order: tuple[str, bool]) -> None:
        """Show *order*, without telling anybody."""
        self.setCurrentIndex(self._orders.index(order) if order in self._orders else -1)


def watch(part: QWidget, call: Callable[[], object]) -> None:
    """Call *call* whenever the filter *part* says something else."""
    match part:
        case SearchEdit():
            part.searched.connect(lambda _text: call())
        case OrderChoice():
            pass  # it asks for sorting
        case QComboBox():
            part.currentIndexChanged.connect(lambda _index: call())
        case Segmented():
            part.changed.connect(lambda _key: call())
        case ToggleButton():
            part.toggled.connect(lambda _on: call())
        case _:
            raise TypeError(f"{type(part).__name__} is no filter")


def narrows(part: QWidget) -> bool:
    """Return whether *part* is a choice that leaves rows out: such a filter must stay in sight."""
    return (
        bool(part.choice()) if isinstance(part, ChoiceFilter) else isinstance(part, ToggleButton) and part.isChecked()
    )


def widen(part: QWidget) -> None:
    """Let the filter *part* leave nothing out, without telling anybody."""
    with QSignalBlocker(part):
        match part:
            case SearchEdit():
                part.clear()
            case ChoiceFilter():
                part.setCurrentIndex(0)
            case Segmented():
                part.set_current(ALL)
            case ToggleButton():
                part.setChecked(False)
            case _:
                pass  # an order leaves nothing out
