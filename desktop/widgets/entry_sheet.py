"""What stands in a typing grid: columns as data, typed rows, their faults, and whether they are stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.foundation.text import squeeze, tidy
from desktop.widgets.chips import PLAIN, CellStyle
from desktop.widgets.hits import LookupHit
from desktop.widgets.paging import alignment

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d+)?")


class CellKind(Enum):
    """How a cell is filled."""

    LOOKUP = "lookup"  # found by typing a few letters
    NUMBER = "number"
    TEXT = "text"
    SHOWN = "shown"  # filled by the program: plain text or a chip


class RowState(Enum):
    """Where a row stands on its way into the file."""

    EMPTY = "空行"
    TYPING = "还没有存"
    SAVING = "正在存"
    SAVED = "已存"
    REFUSED = "要改"


@dataclass(frozen=True)
class EntryColumn:
    """One column of the grid; a LOOKUP needs *search*."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 90  # pixels at the normal type size; 0 takes what the others leave
    align: str = "left"
    decimals: int = 0
    search: Callable[[str], list[LookupHit]] | None = None
    bold: bool = False

    @property
    def typed(self) -> bool:
        """Whether the user fills this column."""
        return self.kind is not CellKind.SHOWN


@dataclass
class _Row:
    texts: dict[str, str] = field(default_factory=dict)
    hits: dict[str, LookupHit] = field(default_factory=dict)
    styles: dict[str, CellStyle] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    state: RowState = RowState.EMPTY
    stored: bool = False


class EntrySheet(QAbstractTableModel):
    """Rows of typed cells, always with an empty one at the end unless their number is *fixed* by their owner."""

    def __init__(
        self,
        columns: Sequence[EntryColumn],
        least_rows: int = 12,
        parent: QObject | None = None,
        *,
        fixed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._titles = {column.key: column.title for column in columns}
        self._fixed = fixed
        self._rows = [_Row() for _ in range(least_rows)]

    def reset_rows(self, count: int) -> None:
        """Forget every row and begin with *count* empty ones."""
        self.beginResetModel()
        self._rows = [_Row() for _ in range(count)]
        self.endResetModel()

    def rename(self, key: str, title: str) -> None:
        """Change the title of a column, for instance when its unit is known."""
        self._titles[key] = title
        place = [column.key for column in self.columns].index(key)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    def values(self, row: int) -> dict[str, object]:
        """Return the typed columns of *row*: the hit's key, an int or Decimal, or text; None for nothing readable."""
        return {column.key: self._value(self._rows[row], column) for column in self.columns if column.typed}

    def texts(self, row: int) -> dict[str, str]:
        """Return what was typed into *row*, as typed, for a draft."""
        return {key: text for key, text in self._rows[row].texts.items() if text}

    def hit(self, row: int, key: str) -> LookupHit | None:
        """Return what was chosen in a LOOKUP cell."""
        return self._rows[row].hits.get(key)

    def state(self, row: int) -> RowState:
        """Return where *row* stands."""
        return self._rows[row].state

    def problem(self, row: int, key: str) -> str:
        """Return what is wrong with a cell, or nothing."""
        return self._rows[row].problems.get(key, "")

    def used_rows(self) -> list[int]:
        """Return the numbers of all rows that hold anything."""
        return [number for number, row in enumerate(self._rows) if row.state is not RowState.EMPTY]

    def first_empty_row(self) -> int:
        """Return the row where typing goes on: the one after the last used."""
        return max(self.used_rows(), default=-1) + 1

    def type_text(self, row: int, key: str, text: str) -> None:
        """Take over what the user types: the row is no longer stored, the cell's old fault is forgotten."""
        target = self._rows[row]
        if target.texts.get(key, "") == text:
            return
        target.texts[key] = text
        target.hits.pop(key, None)
        target.problems.pop(key, None)
        # A row typed and rubbed out again before it was ever stored is an empty row.
        blank = not target.stored and not any(target.texts.get(column.key) for column in self.columns if column.typed)
        target.state = RowState.EMPTY if blank else RowState.TYPING
        self._grow(row)
        self._changed(row)

    def choose(self, row: int, key: str, hit: LookupHit) -> None:
        """Take over a chosen hit."""
        self.type_text(row, key, hit.title)
        self._rows[row].hits[key] = hit
        self._rows[row].problems.pop(key, None)
        self._changed(row)

    def set_texts(self, row: int, texts: Mapping[str, str]) -> None:
        """Fill cells from outside, for instance the address after a name was chosen; the state stays."""
        self._grow(row)
        self._rows[row].texts.update(texts)
        self._changed(row)

    def set_styles(self, row: int, styles: Mapping[str, CellStyle]) -> None:
        """Colour cells or put chips into them."""
        self._rows[row].styles.update(styles)
        self._changed(row)

    def set_problems(self, row: int, problems: Mapping[str, str]) -> None:
        """Mark every cell named in *problems*, and no other; any problem means the row is to be mended."""
        target = self._rows[row]
        target.problems = {key: text for key, text in problems.items() if text}
        if target.problems:
            target.state = RowState.REFUSED
        self._changed(row)

    def set_state(self, row: int, state: RowState) -> None:
        """Say where *row* stands; SAVED is not believed of a row that was typed on while it was being stored."""
        self._grow(row)
        target = self._rows[row]
        target.stored = target.stored or state is RowState.SAVED
        if not (state is RowState.SAVED and target.state is RowState.TYPING):
            target.state = state
        self._changed(row)

    def load(self, row: int, texts: Mapping[str, str], hits: Mapping[str, LookupHit] | None = None) -> None:
        """Show a row that is stored already."""
        self._grow(row)
        self._rows[row] = _Row(dict(texts), dict(hits or {}), state=RowState.SAVED, stored=True)
        self._changed(row)

    def clear_row(self, row: int) -> None:
        """Empty *row*."""
        self._rows[row] = _Row()
        self._changed(row)

    def own_problems(self, row: int) -> dict[str, str]:
        """Return what the grid itself can see: unreadable numbers, names typed but not chosen."""
        found = {column.key: self._own_problem(self._rows[row], column) for column in self.columns if column.typed}
        return {key: text for key, text in found.items() if text}

    def style(self, index: Index) -> CellStyle:
        """Return how a cell looks, the frame of a fault included."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        style = row.styles.get(column.key, PLAIN)
        if column.key in row.problems:
            return CellStyle(bold=style.bold, tone="danger", chips=style.chips, mark="danger")
        return CellStyle(bold=True) if column.bold and style is PLAIN else style

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows, empty ones included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, alignment, and the problem as tip and description."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        text = row.texts.get(column.key, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return row.problems.get(column.key) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chips = (chip.text for chip in row.styles.get(column.key, PLAIN).chips)
            return " ".join(part for part in (text, *chips, row.problems.get(column.key, "")) if part)
        return alignment(column.align) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return titles above and row numbers at the left, the latter with the row's state as description."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(section + 1)
            spoken = {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}
            in_range = role in spoken and 0 <= section < len(self._rows)
            return f"第{section + 1}行，{self._rows[section].state.value}" if in_range else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[self.columns[section].key]
        return alignment(self.columns[section].align) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _value(self, row: _Row, column: EntryColumn) -> object:
        text = row.texts.get(column.key, "")
        if column.kind is CellKind.LOOKUP:
            chosen = row.hits.get(column.key)
            return chosen.key if chosen is not None else None
        if column.kind is CellKind.NUMBER:
            return read_number(text, column.decimals)
        return tidy(text) or None

    def _own_problem(self, row: _Row, column: EntryColumn) -> str:
        text = row.texts.get(column.key, "").strip()
        if not text or self._value(row, column) is not None:
            return ""
        if column.kind is CellKind.LOOKUP:
            return "请从列表里选，可打首字母"
        return f"这里填数字，最多{column.decimals}位小数" if column.decimals else "这里填整数，如 12"

    def _grow(self, row: int) -> None:
        """Keep an empty row below *row*."""
        missing = row + 2 - len(self._rows)
        if missing > 0 and not self._fixed:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + missing - 1)
            self._rows.extend(_Row() for _ in range(missing))
            self.endInsertRows()

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)


def read_number(text: str, decimals: int) -> int | Decimal | None:
    """Return the number *text* spells with at most *decimals* places, full-width digits included, or None."""
    plain = squeeze(text)
    found = _NUMBER.fullmatch(plain)
    if found is None or len(found.group(1) or ".") - 1 > decimals:
        return None
    return Decimal(plain) if decimals else int(plain)
