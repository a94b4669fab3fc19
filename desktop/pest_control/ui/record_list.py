"""One list of records with its filters, panel and empty state; what differs between the views comes in as data."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.pest_control.service import Book
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.paging import TableColumn
from desktop.widgets.panel import Fact, FactList, SidePanel
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel

_LEAST_UNDER_A_CARD = 172  # the head and three rows
_SPANS = (("month", "本月"), ("year", "今年"), ("all", "全部"))


@dataclass(frozen=True)
class ListSpec:
    """What one view shows and how it speaks of its records."""

    key: str
    """Names objects, the remembered layout and the sheet to import."""
    name: str
    new_text: str
    columns: Sequence[TableColumn[Any]]
    title: Callable[[Any], str]
    chip: Callable[[Any], Chip | None]
    facts: Callable[[Any, date], list[Fact]]
    advice: Callable[[Any], str]
    only_title: str
    empty_title: str
    empty_text: str
    actions: tuple[EmptyAction, ...]


class RecordList(QWidget):
    """Records of one book, newest first; opens in the panel, is written in the form the tab opens."""

    new_wanted = Signal()
    change_wanted = Signal(object)
    other_wanted = Signal(str)
    print_list = Signal(object)
    import_wanted = Signal(str)
    reloaded = Signal()

    def __init__(
        self,
        book: Book[Any],
        spec: ListSpec,
        *,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
        above: QWidget | None = None,
        aside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(f"{spec.key}_list")
        self._book, self._spec, self._officer, self._clock, self._host = book, spec, officer, clock, host
        self._above, self._aside = above, aside
        self.model: PagedModel[Any] = PagedModel(spec.columns, parent=self)
        self.table: DataTable[Any] = DataTable(
            self.model, spec.name, load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = SidePanel()
        self.panel.setObjectName(f"{spec.key}_panel")
        self.panel.hide()
        self._foot = label("", "secondary", name=f"{spec.key}_count")
        self._build(left)

    def reload(self) -> None:
        """Read the list again, keeping the selection."""
        first, last = self._days()
        try:
            self._offer(self._book.words(self._book.only_column))
            ids = self._book.ids(first=first, last=last, only=self.only.currentData() or "")
        except AppError as error:
            show_error(self, f"读取{self._spec.name}", error)
            return
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self._foot.setText(f"共 {len(ids):,}条。新的在前。")
        if self.panel.isVisible():
            self._open(self.table.current_row())
        self.reloaded.emit()

    def open_record(self, record_id: UUID) -> None:
        """Show one record in the panel, all spans if need be."""
        if not self.table.select_id(record_id):
            self.span.set_current("all")
            self.only.setCurrentIndex(0)
            self.reload()
            self.table.select_id(record_id)
        self._open(self.table.current_row())

    def _build(self, left: QWidget) -> None:
        key, spec = self._spec.key, self._spec
        self.span = Segmented(_SPANS, accessible_name="哪段时间")
        self.span.set_current("year")
        self.span.changed.connect(lambda _key: self.reload())
        self.only = QComboBox()
        self.only.setObjectName(f"{key}_only")
        self.only.setAccessibleName(spec.only_title)
        self.only.addItem(spec.only_title, None)
        self.only.activated.connect(lambda _index: self.reload())
        print_ = SecondaryButton("打印台账", "print", name=f"print_{key}")
        print_.clicked.connect(lambda: self.print_list.emit(self.model.ids))
        print_.setVisible(self._officer.may(Right.EXPORT))
        new = PrimaryButton(spec.new_text, "plus", name=f"new_{key}")
        new.clicked.connect(self.new_wanted)
        new.setVisible(self._officer.may(Right.EDIT_PEST))
        listing = QVBoxLayout()
        listing.setSpacing(10)
        if self._above is not None:
            listing.addWidget(self._above)
            self.table.setMinimumHeight(_LEAST_UNDER_A_CARD)
        listing.addWidget(self.table, 1)
        middle = row(spacing=12)
        middle.addLayout(listing, 1)
        middle.addWidget(self.panel)
        if self._aside is not None:
            middle.addWidget(self._aside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, self.span, self.only, 0, print_, new))
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        may = self._officer.may(Right.EDIT_PEST)
        empty = EmptyState("bug", spec.empty_title, spec.empty_text, spec.actions if may else ())
        empty.action.connect(self._start)
        self.table.set_empty_state(empty)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, f"读取{spec.name}", error))
        self.panel.closed.connect(self._close_panel)

    def _offer(self, words: Sequence[str]) -> None:
        chosen = self.only.currentData()
        self.only.clear()
        self.only.addItem(self._spec.only_title, None)
        for word in words:
            self.only.addItem(word, word)
        self.only.setCurrentIndex(max(self.only.findData(chosen), 0))

    def _days(self) -> tuple[date | None, date | None]:
        today = self._clock.today()
        if self.span.current() == "month":
            return today.replace(day=1), today.replace(day=calendar.monthrange(today.year, today.month)[1])
        return (date(today.year, 1, 1), date(today.year, 12, 31)) if self.span.current() == "year" else (None, None)

    def _fetch(self, ids: Sequence[Hashable]) -> list[Any]:
        return self._book.rows(cast("Sequence[UUID]", ids))

    def _open(self, line: Any | None) -> None:
        if line is None:
            self._close_panel()
            return
        spec = self._spec
        self.panel.clear()
        self.panel.set_heading(spec.title(line))
        if (chip := spec.chip(line)) is not None:
            self.panel.add(ChipRow([chip]))
        facts = spec.facts(line, self._clock.today())
        self.panel.add(FactList([fact for fact in facts if fact.value.strip() and not fact.value.startswith("—")]))
        if advice := spec.advice(line):
            self.panel.add(label(advice, "secondary", wrap=True, name=f"{spec.key}_advice"))
        change = SecondaryButton("修改", "pencil", name=f"change_{spec.key}")
        change.clicked.connect(lambda: self.change_wanted.emit(line))
        remove = SecondaryButton("删除", "trash", name=f"remove_{spec.key}")
        remove.clicked.connect(partial(self._remove, line.id))
        if self._officer.may(Right.EDIT_PEST):
            self.panel.set_buttons(None, change, remove)
        self._show_panel(shown=True)

    def _show_panel(self, *, shown: bool) -> None:
        # One leaves before the other comes: side by side they would push the window wider, and it would stay so.
        leaving, coming = (self._aside, self.panel) if shown else (self.panel, self._aside)
        if leaving is not None:
            leaving.setVisible(False)
        if coming is not None:
            coming.setVisible(True)

    def _follow(self, line: Any | None) -> None:
        if self.panel.isVisible() and line is not None:
            self._open(line)

    def _close_panel(self) -> None:
        self._show_panel(shown=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, line: Any, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, line))
        if self._officer.may(Right.EDIT_PEST):
            menu.addAction("修改", lambda: self.change_wanted.emit(line))
            menu.addAction("删除", partial(self._remove, line.id))

    def _remove(self, record_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._book.remove(record_id),
            done=self._removed,
            failed=lambda error: show_error(self, "删除记录", error),
        )

    def _removed(self, done: str) -> None:
        self._show_panel(shown=False)
        self.reload()
        self._host.note_saved(f"已{done}")

    def _start(self, key: str) -> None:
        if key == "new":
            self.new_wanted.emit()
        elif key == "import":
            self.import_wanted.emit(self._spec.key)
        else:
            self.other_wanted.emit(key)

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get(self._spec.key, {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, self._spec.key: state})
