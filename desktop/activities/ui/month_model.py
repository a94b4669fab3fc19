"""Month or week as a table: a row per week, a cell per day, what stands in it and how it is read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.activities.almanac import DayFacts
from desktop.activities.views import ActivityRow
from desktop.foundation.days import WEEKDAYS, long_day
from desktop.register.ports import DueLine

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
DAYS = 7


@dataclass(frozen=True)
class DayCell:
    """One day as the grid shows it."""

    facts: DayFacts
    activities: tuple[ActivityRow, ...]
    in_month: bool
    today: date
    roomy: bool = False
    """Whether the cell is as high as the view, so that each activity may take two lines."""
    dues: tuple[DueLine, ...] = ()
    """What is due on the day in the other slices; empty while the second layer is off."""

    @property
    def day(self) -> date:
        """Return the day."""
        return self.facts.day

    @property
    def is_late(self) -> bool:
        """Return whether what is due on this day is overdue."""
        return self.day < self.today

    @property
    def spoken(self) -> str:
        """Return all of the cell as one sentence."""
        occasions = "，".join(self.facts.occasions)
        names = [f"{row.draft.name}{f'（{row.draft.status}）' if row.draft.status else ''}" for row in self.activities]
        what = f"{len(names)}项活动：{'、'.join(names)}" if names else "没有活动"
        titles = [line.title for line in self.dues]
        due = f"{len(titles)}件{'逾期' if self.is_late else '应办'}：{'、'.join(titles)}" if titles else ""
        parts = (long_day(self.day), "今天" if self.day == self.today else "", self.facts.lunar, occasions, what, due)
        return "，".join(filter(None, parts))


class MonthModel(QAbstractTableModel):
    """Holds the days of one week, or of one month and of its neighbours as far as the weeks reach."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._weeks: list[list[DayCell]] = []

    def set_days(self, weeks: Sequence[Sequence[DayCell]]) -> None:
        """Show *weeks* of seven days each."""
        # Same size: only contents change, so that the cursor stays on its cell.
        if len(weeks) == len(self._weeks):
            self._weeks = [list(week) for week in weeks]
            self.dataChanged.emit(self.index(0, 0), self.index(len(weeks) - 1, DAYS - 1))
            return
        self.beginResetModel()
        self._weeks = [list(week) for week in weeks]
        self.endResetModel()

    @property
    def weeks(self) -> Sequence[Sequence[DayCell]]:
        """Return what is shown."""
        return self._weeks

    def cell(self, index: Index) -> DayCell | None:
        """Return the day at *index*."""
        if not index.isValid() or index.row() >= len(self._weeks):
            return None
        return self._weeks[index.row()][index.column()]

    def index_of(self, day: date) -> QModelIndex:
        """Return where *day* stands; an invalid index if it is not shown."""
        for number, week in enumerate(self._weeks):
            if week[0].day <= day <= week[-1].day:
                return self.index(number, day.weekday())
        return QModelIndex()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of weeks."""
        return 0 if parent.isValid() else len(self._weeks)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return seven."""
        return 0 if parent.isValid() else DAYS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of the day, the whole of it for screen readers, or under UserRole the cell."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.day.day)
        if role == Qt.ItemDataRole.UserRole:
            return cell
        return cell.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return 周一 to 周日."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < DAYS:
            return f"周{WEEKDAYS[section]}"
        return None
