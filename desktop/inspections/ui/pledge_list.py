"""The view 责任书: letters signed, those that end soon, one panel per letter."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import add_days
from desktop.foundation.errors import AppError
from desktop.inspections.service.pledges import PledgeService
from desktop.inspections.ui.columns import ENDS_SOON_DAYS, ending_words, pledge_columns, pledge_lines
from desktop.inspections.views import PledgeFilter, PledgeRow
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.scrolling import scrolled
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.panel import Banner, Fact, FactList, SidePanel
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel
from desktop.widgets.theme import scaled, theme_changed

YEAR, ENDING, ALL = "year", "ending", "all"
_FULL_BAR = 1180
"""Pixels at the normal type size that all filters need side by side."""
_SPANS = ((YEAR, "今年签的"), (ENDING, "要到期"), (ALL, "全部"))


class PledgeList(QWidget):
    """Letters narrowed by what is typed and chosen, newest first."""

    pledge_new = Signal()
    pledge_change = Signal(object)
    print_list = Signal(object)
    import_wanted = Signal(str)

    def __init__(
        self, *, service: PledgeService, officer: Officer, clock: Clock, host: PageHost, left: QWidget
    ) -> None:
        super().__init__()
        self._service, self._officer, self._clock, self._host = service, officer, clock, host
        self._facts = FactList()
        self._shown: UUID | None = None
        self.model: PagedModel[PledgeRow] = PagedModel(pledge_columns(clock.today), parent=self)
        self.table: DataTable[PledgeRow] = DataTable(
            self.model, "责任书", load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = SidePanel()
        self.panel.setObjectName("pledge_panel")
        self.panel.hide()
        self._foot = label("", "secondary", name="pledge_count")
        self._nothing = label("没有符合条件的责任书。可换“全部”，或换个词找。", "secondary")
        self._build(left)

    def reload(self) -> None:
        """Read filters and the list again, keeping the selection."""
        try:
            self._fill_categories(self._service.categories())
            ending = len(self._service.ids(self._filter_of(ENDING)))
        except AppError as error:
            show_error(self, "读取责任书", error)
            return
        self.span.set_text(ENDING, f"要到期 {ending:,}")
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the search box its room where the window is narrow or the type large."""
        self._fit_bar()
        super().resizeEvent(event)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_pledge(self, pledge_id: UUID) -> None:
        """Show one letter, whatever the filters say."""
        found = self._service.rows([pledge_id])
        if not found:
            return
        if not self.table.select_id(pledge_id):
            self.span.set_current(ALL)
            self._category.setCurrentIndex(0)
            self.search.clear()
            self._show()
            self.table.select_id(pledge_id)
        self._open(found[0])

    def _build(self, left: QWidget) -> None:
        self.search = SearchEdit("签订对象、地址  Ctrl+F", accessible_name="在责任书里找")
        self.search.setObjectName("pledge_search")
        self.search.searched.connect(lambda _text: self._show())
        theme_changed.connect(self._fit_bar)
        self._category = QComboBox()
        self._category.setAccessibleName("责任书类别")
        self._category.currentIndexChanged.connect(lambda _index: self._show())
        self.span = Segmented(_SPANS, accessible_name="看哪些责任书")
        self.span.changed.connect(lambda _key: self._show())
        print_ = SecondaryButton("打印", "print", name="print_pledges")
        print_.clicked.connect(lambda: self.print_list.emit(self.model.ids))
        print_.setVisible(self._officer.may(Right.EXPORT))
        new = PrimaryButton("登记责任书", "plus", name="new_pledge")
        new.clicked.connect(self.pledge_new)
        new.setVisible(self._officer.may(Right.EDIT_INSPECTIONS))
        bar = row(left, self.search, self._category, self.span, 0, print_, new)
        bar.setStretchFactor(self.search, 4)
        middle = row(self.table, self.panel, spacing=12)
        middle.setStretchFactor(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        ways = (
            (EmptyAction("new", "plus", "登记一份", "签了什么、和谁签、几份", "登记责任书", filled=True),
             Right.EDIT_INSPECTIONS),
            (EmptyAction("import", "download", "把以前的责任书台账导进来", "先看后导，导错了可以撤销", "导入责任书"),
             Right.IMPORT),
        )  # fmt: skip
        self._empty = EmptyState(
            "document",
            "还没有责任书",
            "门前三包、出租房屋、安全生产的责任书，签一份登一份。份数自己进月报，快到期会提醒。",
            [way for way, right in ways if self._officer.may(right)],
        )
        self._empty.action.connect(self._start)
        self._ways = scrolled(self._empty)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, "读取责任书", error))
        self.panel.closed.connect(self._close_panel)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _fit_bar(self) -> None:
        narrow = self.width() < scaled(_FULL_BAR)
        self._category.setVisible(not narrow or bool(self._category.currentData()))
        self.search.setPlaceholderText("签订对象、地址" if narrow else "签订对象、地址  Ctrl+F")

    def _filter_of(self, span: str) -> PledgeFilter:
        today = self._clock.today()
        return PledgeFilter(
            text=self.search.text() if span == self.span.current() else "",
            category=self._category.currentData() or "" if span == self.span.current() else "",
            first=date(today.year, 1, 1) if span == YEAR else None,
            last=date(today.year, 12, 31) if span == YEAR else None,
            ending_from=add_days(today, -ENDS_SOON_DAYS) if span == ENDING else None,
            ending_by=add_days(today, ENDS_SOON_DAYS) if span == ENDING else None,
        )

    def _show(self) -> None:
        narrowed = self._filter_of(self.span.current())
        try:
            ids, copies = self._service.ids(narrowed), self._service.copies(narrowed)
            is_empty = not len(ids) and not len(self._service.ids(PledgeFilter()))
        except AppError as error:
            show_error(self, "读取责任书", error)
            return
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self.table.set_empty_state(self._ways if is_empty else self._nothing)
        order = "先到期的在前" if narrowed.ending_by else "新的在前"
        self._foot.setText(f"共 {len(ids):,}条，{copies:,}份，{order}。" if len(ids) else "")

    def _fetch(self, ids: Sequence[Hashable]) -> list[PledgeRow]:
        return self._service.rows(cast("Sequence[UUID]", ids))

    def _fill_categories(self, categories: Sequence[str]) -> None:
        chosen = self._category.currentData()
        self._category.blockSignals(True)  # noqa: FBT003
        self._category.clear()
        self._category.addItem("全部类别", None)
        for category in categories:
            self._category.addItem(category, category)
        self._category.setCurrentIndex(max(self._category.findData(chosen), 0))
        self._category.blockSignals(False)  # noqa: FBT003

    def _open(self, found: PledgeRow | None) -> None:
        if found is None:
            return
        today, draft = self._clock.today(), found.draft
        self._shown = found.id
        self.panel.clear()
        self.panel.set_heading(draft.party)
        if draft.expires_on is not None and (days := (draft.expires_on - today).days) <= ENDS_SOON_DAYS:
            kind = "danger" if days < 0 else "warning"
            self.panel.add(
                Banner(kind, f"{ending_words(draft.expires_on, today)}，要续签就再登一份", icon_name="clock")
            )
        facts = [Fact(name, value) for name, value in pledge_lines(found)]
        if draft.phone:
            reveal = "显示" if self._officer.may(Right.REVEAL) else ""
            facts.append(Fact("联系电话", draft.phone, reveal, "phone", "eye"))
        self._facts = FactList(facts)
        self._facts.link_clicked.connect(lambda _key: self._reveal(found.id))
        self.panel.add(self._facts)
        change = SecondaryButton("修改", "pencil", name="pledge_change")
        change.clicked.connect(lambda: self.pledge_change.emit(found))
        remove = SecondaryButton("删除", "trash", name="pledge_remove")
        remove.clicked.connect(partial(self._remove, found.id))
        if self._officer.may(Right.EDIT_INSPECTIONS):
            self.panel.set_buttons(None, change, remove)
        self.panel.show()

    def _reveal(self, pledge_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._service.reveal(pledge_id),
            done=lambda number: self._facts.set_value("phone", number) if self._shown == pledge_id else None,
            failed=lambda error: show_error(self, "显示号码", error),
        )

    def _follow(self, found: PledgeRow | None) -> None:
        if self.panel.isVisible() and found is not None:
            self._open(found)
        elif found is None:
            self.panel.hide()

    def _close_panel(self) -> None:
        self.panel.hide()
        self.focus_list()

    def _menu(self, found: PledgeRow, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, found))
        if self._officer.may(Right.EDIT_INSPECTIONS):
            menu.addAction("修改", lambda: self.pledge_change.emit(found))
            menu.addAction("删除", partial(self._remove, found.id))

    def _remove(self, pledge_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._service.remove(pledge_id),
            done=self._removed,
            failed=lambda error: show_error(self, "删除责任书", error),
        )

    def _removed(self, done: str) -> None:
        self.panel.hide()
        self._host.note_saved(f"已{done}")

    def _start(self, key: str) -> None:
        if key == "new":
            self.pledge_new.emit()
        else:
            self.import_wanted.emit("pledges")

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get("pledges", {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, "pledges": state})
