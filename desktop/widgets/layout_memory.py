"""Remembers how a table's columns were left: widths, order, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

from desktop.widgets.paging import TableColumn
from desktop.widgets.theme import scaled
from desktop.widgets.title_header import TitleHeader

LoadState = Callable[[], Mapping[str, Any] | None]
SaveState = Callable[[dict[str, Any]], None]

_SAVE_AFTER_MS = 500
_NARROWEST = 48
_LEAST_STRETCH, _TIGHT_STRETCH = 150, 108
_TIGHT_PERCENT = 65
"""What a column with a second line may shrink to before the last column would be pushed out of sight."""


class HeaderMemory(QObject):
    """Dresses a header, listens to it, and stores {widths, order, sort} through the two callables it was given.

    Widths are kept in pixels of the normal type size, so that 大字 neither squeezes nor doubles them.
    """

    sort_asked = Signal(str, bool)

    def __init__(
        self,
        header: TitleHeader,
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
        header.setMinimumSectionSize(_NARROWEST)
        self._load(load_state() if load_state else None)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._later)
        header.sectionClicked.connect(self._clicked)
        self._dressing = False

    def is_tight(self, room: int) -> bool:
        """Return whether *room* pixels are too few for all columns side by side."""
        return room < sum(self._width(column) for column in self._columns)

    def dress(self, room: int, *, compact: bool) -> None:
        """Set widths for *room* pixels and the present type size; *compact* leaves the second rank out."""
        self._dressing = True
        shown = [column for column in self._columns if not (compact and column.second_rank)]
        stretching = [column for column in shown if column.width == 0]
        # Below its least width a stretching column stops shrinking and the table scrolls sideways.
        least = [self._width(column) for column in shown]
        if compact and room < sum(least):
            least = [self._tight_width(column) for column in shown]
        fits = room >= sum(least)
        spare = max(0, room - sum(least))
        for number, column in enumerate(self._columns):
            stretches = column in stretching and fits
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            self._header.setSectionResizeMode(number, mode)
            self._header.setSectionHidden(number, column not in shown)
            if not stretches and column in shown:
                width = least[shown.index(column)]
                grown = min(self._width(column), width + spare) if fits else self._width(column)
                spare -= grown - width if fits else 0
                self._header.resizeSection(number, grown)
        self._header.setStretchLastSection(not stretching)
        self._dressing = False

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show the arrow on column *key*, or on none."""
        number = next((place for place, column in enumerate(self._columns) if column.key == key), -1)
        self.sort = (key, descending) if number >= 0 else None
        self._header.mark_sorted(number, descending=descending)

    def ask_sort(self, key: str, *, descending: bool) -> None:
        """Ask for the order and keep it."""
        self.show_sort(key, descending=descending)
        self._later()
        self.sort_asked.emit(key, descending)

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

    def _width(self, column: TableColumn[Any]) -> int:
        return scaled(self._widths.get(column.key, column.width or _LEAST_STRETCH))

    def _tight_width(self, column: TableColumn[Any]) -> int:
        if column.key in self._widths:
            return self._width(column)
        if column.width == 0:
            return scaled(_TIGHT_STRETCH)
        return self._width(column) * _TIGHT_PERCENT // 100 if column.second is not None else self._width(column)

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
        first = column.newest_first
        self.ask_sort(column.key, descending=not first if self.sort == (column.key, first) else first)

    def _later(self) -> None:
        if not self._dressing:
            self._timer.start()

    def _save(self) -> None:
        if self._save_state is None:
            return
        order = [self._columns[self._header.logicalIndex(place)].key for place in range(self._header.count())]
        self._save_state({"widths": dict(self._widths), "order": order, "sort": list(self.sort) if self.sort else None})
