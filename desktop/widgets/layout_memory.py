"""Remembers how a table's columns were left: widths, order, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

from desktop.widgets.paging import TableColumn
from desktop.widgets.theme import scaled

LoadState = Callable[[], Mapping[str, Any] | None]
SaveState = Callable[[dict[str, Any]], None]

_SAVE_AFTER_MS = 500
_NARROWEST = 48


class HeaderMemory(QObject):
    """Dresses a header, listens to it, and stores {widths, order, sort} through the two callables it was given.

    Widths are kept in pixels of the normal type size, so that 大字 neither squeezes nor doubles them.
    """

    sort_asked = Signal(str, bool)

    def __init__(
        self,
        header: QHeaderView,
        columns: Sequence[TableColumn[Any]],
        load_state: LoadState | None,
        save_state: SaveState | None,
    ) -> None:
        super().__init__(header)
        self._header, self._columns, self._save_state = header, columns, save_state
        self._widths: dict[str, int] = {}
        self.sort: tuple[str, bool] | None = None
        self._dressing = True
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSortIndicatorShown(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._load(load_state() if load_state else None)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._later)
        header.sectionClicked.connect(self._clicked)
        self._dressing = False

    def dress(self, *, large: bool) -> None:
        """Set widths and visibility for the present type size."""
        self._dressing = True
        stretching = [number for number, column in enumerate(self._columns) if column.width == 0]
        for number, column in enumerate(self._columns):
            mode = QHeaderView.ResizeMode
            self._header.setSectionResizeMode(number, mode.Stretch if number in stretching else mode.Interactive)
            self._header.setSectionHidden(number, large and column.hidden_large)
            if number not in stretching:
                self._header.resizeSection(number, scaled(self._widths.get(column.key, column.width)))
        self._header.setStretchLastSection(not stretching)
        self._dressing = False

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show the arrow on column *key*, or on none."""
        number = next((place for place, column in enumerate(self._columns) if column.key == key), -1)
        self.sort = (key, descending) if number >= 0 else None
        self._header.setSortIndicatorShown(number >= 0)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(number, order)

    def save_now(self) -> None:
        """Store what waits to be stored."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def _load(self, state: Mapping[str, Any] | None) -> None:
        """Take over *state* as far as it fits the present columns: it may come from an older program."""
        keys = [column.key for column in self._columns]
        widths, order, sort = ((state or {}).get(part) for part in ("widths", "order", "sort"))
        if isinstance(widths, Mapping):
            self._widths = {key: max(_NARROWEST, width) for key, width in widths.items() if isinstance(width, int)}
        if isinstance(order, Sequence) and not isinstance(order, str):
            for place, key in enumerate(key for key in order if key in keys):
                self._header.moveSection(self._header.visualIndex(keys.index(key)), place)
        match sort:
            case [str(key), bool(descending)] if key in keys:
                self.show_sort(key, descending=descending)

    def _resized(self, number: int, _before: int, width: int) -> None:
        last_visible = self._header.visualIndex(number) == self._header.count() - 1
        stretched = self._columns[number].width == 0 or (self._header.stretchLastSection() and last_visible)
        if self._dressing or stretched or width == 0:
            return
        self._widths[self._columns[number].key] = round(width * 100 / scaled(100))
        self._later()

    def _clicked(self, number: int) -> None:
        column = self._columns[number]
        if not column.sortable:
            return
        descending = self.sort == (column.key, False)
        self.show_sort(column.key, descending=descending)
        self._later()
        self.sort_asked.emit(column.key, descending)

    def _later(self) -> None:
        if not self._dressing:
            self._timer.start()

    def _save(self) -> None:
        if self._save_state is None:
            return
        order = [self._columns[self._header.logicalIndex(place)].key for place in range(self._header.count())]
        self._save_state({"widths": dict(self._widths), "order": order, "sort": list(self.sort) if self.sort else None})
