"""The model behind every list: sorted ids and pages of plain rows fetched when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from desktop.foundation.errors import AppError
from desktop.widgets.chips import PLAIN, CellStyle

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[Hashable]], list[Row]]

PAGE_ROWS = 100
_KEPT_PAGES = 24
_SEARCHED_ONE_BY_ONE = 20
_GONE = "（已不在，请刷新）"
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class TableColumn(Generic[Row]):
    """One column as data: what it shows of a row, and how."""

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 120  # pixels at the normal type size; 0 takes what the others leave
    align: str = "left"  # left, center or right
    style: Callable[[Row], CellStyle] | None = None
    second: Callable[[Row], str] | None = None  # shown under the text where the second rank is left out
    sortable: bool = True
    newest_first: bool = False  # the first click on the title puts the largest on top
    second_rank: bool = False  # left out in large type and narrow windows; show it in a second line instead


@runtime_checkable
class _Findable(Protocol):
    """A long id list that can say where an id stands without making every id an object."""

    def position(self, record_id: Any, /) -> int: ...


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Holds ids in order and a few pages of rows; UserRole returns the row itself."""

    fetch_failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[TableColumn[Row]],
        row_id: Callable[[Row], Hashable] = attrgetter("id"),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._ids: Sequence[Hashable] = ()
        self._fetch: Fetch[Row] = lambda ids: []
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()

    def set_source(self, ids: Sequence[Hashable], fetch: Fetch[Row]) -> None:
        """Show *ids* in this order; *fetch* turns up to a hundred of them into rows, in at most 50 ms."""
        self._fetch = fetch
        self.refresh_ids(ids)

    def refresh_ids(self, ids: Sequence[Hashable]) -> None:
        """Show *ids* instead, reading every row anew; a DataTable keeps its selection and its place."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def refresh_row(self, row_id: Hashable) -> None:
        """Read the row *row_id* again, for instance after it was saved."""
        place = self.position(row_id)
        if place >= 0:
            self._pages.pop(place // PAGE_ROWS, None)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    @property
    def ids(self) -> Sequence[Hashable]:
        """The ids as shown, for printing and exporting the same list."""
        return self._ids

    def position(self, row_id: Hashable) -> int:
        """Return the row number of *row_id*, or -1."""
        if isinstance(self._ids, _Findable):
            return self._ids.position(row_id)
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def positions(self, row_ids: Sequence[Hashable]) -> list[int]:
        """Return the row numbers of those *row_ids* that are listed, ascending."""
        if len(row_ids) > _SEARCHED_ONE_BY_ONE:
            places = {row_id: place for place, row_id in enumerate(self._ids)}
            return sorted(places[row_id] for row_id in row_ids if row_id in places)
        return sorted(place for place in map(self.position, row_ids) if place >= 0)

    def row(self, number: int) -> Row | None:
        """Return the row at *number*; None if it is out of range or was removed meanwhile."""
        if not 0 <= number < len(self._ids):
            return None
        return self._page(number // PAGE_ROWS)[number % PAGE_ROWS]

    def style(self, index: Index) -> CellStyle:
        """Return how the cell at *index* looks beyond its text."""
        row, make = self.row(index.row()), self.columns[index.column()].style
        return PLAIN if row is None or make is None else make(row)

    def second_line(self, index: Index) -> str:
        """Return the smaller line under the text."""
        row, make = self.row(index.row()), self.columns[index.column()].second
        return "" if row is None or make is None else make(row)

    def spoken(self, index: Index) -> str:
        """Return everything the cell says, as one sentence for screen readers, tips and copying."""
        row = self.row(index.row())
        if row is None:
            return self._text(index)
        column = self.columns[index.column()]
        second = column.second(row) if column.second else ""
        return " ".join(dict.fromkeys(filter(None, (*words_of(column, row), second))))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, alignment, spoken text, or under UserRole the row."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.UserRole:
            return self.row(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[index.column()].align)
        return self.spoken(index) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the column titles; rows carry no numbers."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].align)
        return None

    def _text(self, index: Index) -> str:
        row = self.row(index.row())
        if row is None:
            return _GONE if index.column() == 0 else ""
        return self.columns[index.column()].text(row)

    def _page(self, number: int) -> list[Row | None]:
        if (page := self._pages.get(number)) is not None:
            self._pages.move_to_end(number)
            return page
        first = number * PAGE_ROWS
        wanted = self._ids[first : first + PAGE_ROWS]
        # An empty page stands in if the fetch fails: painting asks again at once and must not try each time.
        # Its length goes by the list's, not by *wanted*: a list read in windows may have grown shorter meanwhile.
        page = self._pages[number] = [None] * min(PAGE_ROWS, len(self._ids) - first)
        try:
            found = {self._row_id(row): row for row in self._fetch(wanted)}
        except AppError as error:
            # Later, because data() is asked in the middle of painting, where no dialog may open.
            QTimer.singleShot(0, self, partial(self.fetch_failed.emit, error))
            return page
        page[: len(wanted)] = [found.get(row_id) for row_id in wanted]
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page


def words_of(column: TableColumn[Row], row: Row) -> list[str]:
    """Return what the cell of *row* says: its text, its chips, its state; not the second line."""
    style = column.style(row) if column.style else PLAIN
    parts = (column.text(row), *(chip.text for chip in style.chips), style.status)
    return [part for part in dict.fromkeys(parts) if part]


def alignment(name: str) -> Qt.AlignmentFlag:
    """Return Qt's flags for left, center or right, always centred between top and bottom."""
    sides = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "center": Qt.AlignmentFlag.AlignHCenter,
        "right": Qt.AlignmentFlag.AlignRight,
    }
    return sides[name] | Qt.AlignmentFlag.AlignVCenter
