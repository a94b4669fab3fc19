"""The list of every slice: filters, rows, panel, count, ways in while it is empty; printed and exported as seen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost, table_memory
from desktop.register.ui.list_spec import ListHooks, ListSpec, Row
from desktop.register.ui.listing_export import ExportLink, Listing
from desktop.store.sorting import Sort
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.filters import narrows, watch, widen
from desktop.widgets.panel import SidePanel
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel
from desktop.widgets.theme import scaled, theme_changed

_SIDE, _GAP = 16, 8
"""Pixels beside the list, and between what stands above it."""


class RecordList(QWidget, ListHooks[Row]):
    """Records narrowed and sorted; the slice's own part is what ListHooks asks for."""

    new_wanted = Signal()
    change_wanted = Signal(object)
    print_list = Signal(object)
    import_wanted = Signal(str)

    def __init__(
        self, spec: ListSpec[Row], *, officer: Officer, clock: Clock, host: PageHost, panel: SidePanel | None = None
    ) -> None:
        super().__init__()
        self.spec = spec
        self._officer, self._clock, self._host = officer, clock, host
        self.model: PagedModel[Row] = PagedModel(spec.columns, parent=self)
        load, save = table_memory(host, spec.kind)
        self.table: DataTable[Row] = DataTable(self.model, spec.name, load_state=load, save_state=save)
        remembered = self.table.remembered_sort()
        self.sort: Sort = remembered if remembered and spec.sorts(remembered[0]) else spec.sort
        self.panel = panel or SidePanel()
        if panel is None:
            self.panel.setObjectName(f"{spec.noun}_panel")
        self.panel.hide()
        self.search = SearchEdit(spec.search_hint, accessible_name=f"在{spec.name}里找")
        self.search.setObjectName(f"{spec.noun}_search")
        self._print = SecondaryButton(spec.print_text, "print", name=f"print_{spec.kind}")
        self._new = PrimaryButton(spec.new_text, spec.new_icon, name=f"new_{spec.noun}")
        self._foot = label("", "secondary", name=f"{spec.noun}_count")
        self._export = ExportLink(self, officer, clock, host, self._listing)
        self._export.told.connect(self._foot.setText)
        self._nothing = label(spec.nothing, "secondary")
        self._filters: Sequence[QWidget] = ()
        self._given_up: Sequence[tuple[QWidget, int]] = ()
        self._aside: QWidget | None = None
        self._bar: Sequence[QWidget] = ()
        self._is_new = False
        self._empty: EmptyState | None = None

    def reload(self) -> None:
        """Read counts, filters and the list again, keeping the selection."""
        try:
            self.read_filters()
        except AppError as error:
            self._say_unread(error)
            return
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, as the filters now narrow it."""
        try:
            ids = self.ids()
            self._is_new = not len(ids) and self.is_new()
            foot = self.foot(len(ids)) if len(ids) else ""
        except AppError as error:
            self._say_unread(error)
            return
        self.table.set_empty_state(self._ways() if self._is_new else self._nothing)
        self._fit_bar()
        self.model.set_source(cast("Sequence[Hashable]", ids), self.fetch)
        key, descending = self.sort_shown()
        self.table.show_sort(key, descending=descending)
        self._foot.setText(foot)
        self._export.setVisible(bool(len(ids)) and self._officer.may(Right.EXPORT))

    def open_record(self, record_id: UUID) -> None:
        """Show one record in the panel, whatever the filters say."""
        found = self.fetch([record_id])
        if not found:
            return
        if not self.table.select_id(record_id):
            for part in self._filters:
                widen(part)
            self.refresh()
            self.table.select_id(record_id)
        self.open_row(found[0])

    def open_row(self, one: Row | None) -> None:
        """Show the record of a row in the panel."""
        if one is None:
            return
        try:
            self.fill_panel(one)
            self.panel.offer_history(self.spec.kind, one.id)
        except AppError as error:
            show_error(self, f"打开{self.spec.name}", error)
            return
        self._show_panel(shown=True)

    def focus_list(self) -> None:
        """Give the list the keyboard, so that Ctrl+Z and the arrow keys mean what they say."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Go to the search box of this list."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def print_shown(self) -> None:
        """Ask for the list on paper, as it is narrowed and sorted."""
        if self._officer.may(Right.EXPORT):
            self.print_list.emit(self.model.ids)

    def sort_by(self, sort: Sort) -> None:
        """Sort by a column, as a click on its title does."""
        self.table.ask_sort(sort[0], descending=sort[1])

    def remove(self, record_id: UUID) -> None:
        """Move a record to the bin; the window offers the undo."""
        self._host.runner.start(
            lambda _context: self.remove_record(record_id),
            done=self._removed,
            failed=lambda error: show_error(self, f"删除{self.spec.name}", error),
        )

    def arrange(
        self,
        left: QWidget,
        *filters: QWidget,
        buttons: Sequence[QPushButton] | None = None,
        given_up: Sequence[tuple[QWidget, int]] = (),
        above: QWidget | None = None,
        aside: QWidget | None = None,
    ) -> None:
        """Lay the list out and join its parts; called once, at the end of the slice's ``__init__``.

        *left* switches views. A filter in *given_up* leaves while the list is narrower than so many pixels of the
        normal type size, unless it narrows the list. *aside* makes room while the panel is open.
        """
        searches = (self.search,) if self.spec.search_hint else ()
        self._filters = (*searches, *filters) if self.search not in filters else filters
        self._given_up, self._aside = given_up, aside
        self._print.setVisible(self._officer.may(Right.EXPORT))
        self._new.setVisible(self._officer.may(self.spec.edit))
        listing = QVBoxLayout()
        listing.setSpacing(10)
        if above is not None:
            listing.addWidget(above)
        listing.addWidget(self.table, 1)
        middle = row(spacing=12)
        middle.addLayout(listing, 1)
        for part in (self.panel, aside):
            if part is not None:
                middle.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_SIDE, 12, _SIDE, 8)
        whole.setSpacing(10)
        whole.addLayout(self.bar(left, self._filters, buttons or (self._print, self._new)))
        whole.addLayout(middle, 1)
        whole.addLayout(row(self._foot, 0, self._export))
        self._join()

    def bar(self, left: QWidget, filters: Sequence[QWidget], buttons: Sequence[QPushButton]) -> QLayout:
        """Return the line above the list."""
        self._bar = (left, *filters, *buttons)
        line = row(left, *filters, 0, *buttons)
        if self.search in filters:
            line.setStretchFactor(self.search, 4)
        return line

    def offer_changes(self, one: Row, primary: QPushButton | None = None) -> None:
        """Pin *primary*, and 修改 and 删除 for those who may, to the panel."""
        change = SecondaryButton("修改", "pencil", name=f"{self.spec.noun}_change")
        change.clicked.connect(lambda: self.change_row(one))
        remove = SecondaryButton("删除", "trash", name=f"{self.spec.noun}_remove")
        remove.clicked.connect(partial(self.remove, one.id))
        self.panel.set_buttons(primary, *((change, remove) if self._officer.may(self.spec.edit) else ()))

    def start(self, key: str) -> None:
        """Begin what a way in of the empty list promised."""
        if key == "new":
            self.new_wanted.emit()
        else:
            self.import_wanted.emit(self.spec.kind)

    def _begin(self) -> None:
        self.start("new")

    def change_row(self, one: Row) -> None:
        """Ask for the form of a record."""
        self.change_wanted.emit(one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the search box its room where the window is narrow or the type large."""
        self._fit_bar()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Esc, wherever in the list the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._close_panel()
            return
        super().keyPressEvent(event)

    def _join(self) -> None:
        for part in self._filters:
            watch(part, self.refresh)
        theme_changed.connect(self._fit_bar)
        self._print.clicked.connect(self.print_shown)
        self._new.clicked.connect(self._begin)  # no lambda: it would hold this list as long as a button left out lives
        self.table.activated_row.connect(self.open_row)
        self.table.current_row_changed.connect(self._follow)
        self.table.sort_requested.connect(self._sort)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(self._say_unread)
        self.panel.closed.connect(self._close_panel)
        # Of the window, not of the focus: they mean the list in front, and Qt asks only what can be seen.
        for keys, call in (
            (QKeySequence.StandardKey.Find, self.focus_search),
            (QKeySequence.StandardKey.Print, self.print_shown),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    def _fit_bar(self) -> None:
        room = self.width() * 100 // scaled(100)
        for part in self._filters:
            least = next((pixels for given, pixels in self._given_up if given is part), 0)
            part.setVisible(not self._is_new and (room >= least or narrows(part)))
        if self.spec.least_bar:
            self._print.setVisible(self._officer.may(Right.EXPORT) and room >= self.spec.least_bar)
        if self.spec.full_bar:
            narrow = room < self.spec.full_bar
            self._print.set_text(self.spec.print_text[:2] if narrow else self.spec.print_text)
            self.search.setPlaceholderText(self.spec.short_hint if narrow else self.spec.search_hint)
        self._spare_print()

    def _spare_print(self) -> None:
        """Take the print button away where a long count or a filter in use leaves it no room; Ctrl+P prints as well."""
        if not self._bar or not self._officer.may(Right.EXPORT):
            return
        shown = [part for part in self._bar if part is self._print or not part.isHidden()]
        needed = sum(part.minimumSizeHint().width() for part in shown) + _GAP * len(shown)
        if self.isVisible() and needed > self.width() - 2 * _SIDE:
            self._print.setVisible(False)
        elif not self.spec.least_bar:
            self._print.setVisible(True)

    def _ways(self) -> EmptyState:
        """Return the ways in, made when they are first needed: most lists never are empty."""
        if self._empty is None:
            self._empty = self.ways_in()
            self._empty.action.connect(self.start)
        return self._empty

    def _sort(self, key: str, descending: bool) -> None:
        self.sort = (key, descending)
        self.refresh()

    def _show_panel(self, *, shown: bool) -> None:
        # One leaves before the other comes: side by side they would push the window wider, and it would stay so.
        leaving, coming = (self._aside, self.panel) if shown else (self.panel, self._aside)
        if leaving is not None:
            leaving.setVisible(False)
        if coming is not None:
            coming.setVisible(True)

    def _follow(self, one: Row | None) -> None:
        if one is None:
            self._show_panel(shown=False)
        elif self.panel.isVisible():
            self.open_row(one)

    def _close_panel(self) -> None:
        self._show_panel(shown=False)
        self.focus_list()

    def _menu(self, one: Row, menu: QMenu) -> None:
        menu.addAction("打开", partial(self.open_row, one))
        self.add_to_menu(one, menu)
        if self._officer.may(self.spec.edit):
            menu.addAction("修改", partial(self.change_row, one))
            menu.addAction("删除", partial(self.remove, one.id))

    def _removed(self, done: str) -> None:
        self._show_panel(shown=False)
        self._host.note_saved(f"已{done}")

    def _listing(self) -> Listing:
        return Listing(self.spec.name, self.table.ordered_columns(), self.model.ids, self.fetch, self.spec.kind)

    def _say_unread(self, error: BaseException) -> None:
        show_error(self, f"读取{self.spec.name}", error)
