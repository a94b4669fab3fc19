"""The report's table for the screen: section heads and lines, which figures can be opened, what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.reports.frozen import Change
from desktop.reports.lines import TableLine
from desktop.reports.table import NOTHING_KEPT, ReportTable, number_text
from desktop.widgets.paging import alignment

Index = QModelIndex | QPersistentModelIndex
LABEL, UNIT, NOW, SO_FAR, BEFORE = range(5)
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class ShownLine:
    """One row of the table: a section's head (no line), or a line; *opens* says that its records can be shown."""

    text: str
    section: str
    line: TableLine | None = None
    opens: bool = False
    change: Change | None = None

    @property
    def is_head(self) -> bool:
        """Return whether this is the head of a section."""
        return self.line is None and not self.text.startswith(NOTHING_KEPT)


class FigureModel(QAbstractTableModel):
    """Rows of a report; UserRole returns the ShownLine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ShownLine] = []
        self._heads: tuple[str, ...] = ("项目", "单位", "本月", "今年累计", "去年同期")

    def show_table(self, table: ReportTable, openable: frozenset[str], changes: Sequence[Change]) -> None:
        """Show *table*; lines whose key is *openable* can be opened, *changes* stand beside what was handed in."""
        by_name: Mapping[tuple[str, str, str], Change] = {(one.section, one.label, one.unit): one for one in changes}
        self.beginResetModel()
        now, _so_far, before, _change = (title.replace("\n", "") for title in table.heads)
        self._heads = ("项目", "单位", now, "今年累计", before)
        self._rows = []
        for section in table.sections:
            self._rows.append(ShownLine(section.name, section.name))
            for line in section.lines:
                change = by_name.get((section.name, line.label, line.unit))
                opens = line.key in openable and bool(line.values[0])
                self._rows.append(ShownLine(line.label, section.name, line, opens, change))
            if not section.lines:
                self._rows.append(ShownLine(NOTHING_KEPT, section.name))
        self.endResetModel()

    def shown(self, row: int) -> ShownLine | None:
        """Return the row, None out of range."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of_key(self, key: str) -> int:
        """Return where figure *key* stands whole, or -1."""
        places = (
            number
            for number, row in enumerate(self._rows)
            if row.line is not None and row.line.key == key and row.line.kinds is None
        )
        return next(places, -1)

    def heads(self) -> list[int]:
        """Return the rows that are heads of sections."""
        return [number for number, row in enumerate(self._rows) if row.is_head]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the five columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, alignment, spoken text, formula as tip, or under UserRole the row."""
        row = self.shown(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("left" if index.column() < NOW else "right")
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.line.formula or None if row.line else None
        return self._spoken(row, index.column()) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("left" if section < NOW else "right")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cursor pass over heads, which nobody can open."""
        row = self.shown(index.row())
        if row is None or row.line is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _text(self, row: ShownLine, column: int) -> str:
        if row.line is None:
            return row.text if column == LABEL else ""
        if column == LABEL:
            return row.text
        return row.line.unit if column == UNIT else number_text(row.line.values[column - NOW])

    def _spoken(self, row: ShownLine, column: int) -> str:
        if row.line is None:
            return row.text
        said = self._text(row, column)
        if column <= UNIT:
            return said
        opens = "，回车看是哪些记录" if row.opens and column == NOW else ""
        changed = f"，上报后有变动，现在是{number_text(row.change.after)}" if row.change and column == NOW else ""
        return f"{row.text} {self._heads[column]} {said}{row.line.unit}{changed}{opens}"
