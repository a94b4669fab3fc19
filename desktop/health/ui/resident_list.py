"""The view 居民住户: filters, the list with the most urgent first, the side panel."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.health.service import HealthService
from desktop.health.ui.columns import PersonLine, person_columns
from desktop.health.ui.resident_panel import ResidentPanel
from desktop.register.rights import Officer, Right
from desktop.register.service.places import PlaceService
from desktop.register.service.residents import ResidentFilter, ResidentService
from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import PrimaryButton, SecondaryButton, ToggleButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel
from desktop.widgets.theme import scaled, theme_changed

_ORDERS = {"due": "urgent", "address": "address", "name": "name"}
_FULL_BAR = 1180
"""Pixels at the normal type size that all filters need side by side."""
_ORDER_WORDS = {"urgent": "急的在前", "address": "住址", "name": "姓名拼音"}


class ResidentList(QWidget):
    """Everybody here, narrowed by what is typed and chosen."""

    person_new = Signal(str)
    person_change = Signal(object)
    visit_wanted = Signal(object)
    print_list = Signal(object)
    print_person = Signal(object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        residents: ResidentService,
        health: HealthService,
        places: PlaceService,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
    ) -> None:
        super().__init__()
        self._residents, self._health, self._places = residents, health, places
        self._officer, self._host = officer, host
        self._sees_health = officer.may(Right.SEE_HEALTH)
        self._order = "urgent" if self._sees_health else "address"
        self.model: PagedModel[PersonLine] = PagedModel(
            person_columns(clock.today, with_health=self._sees_health), parent=self
        )
        self.table: DataTable[PersonLine] = DataTable(
            self.model, "居民名单", load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = ResidentPanel(residents, health, officer, clock, host)
        self.panel.hide()
        self._foot = label("", "secondary", name="resident_count")
        self._nobody = label("没有找到。可换姓名首字母、楼栋或电话试试。", "secondary")
        self._build(left)
        self._connect()

    def reload(self) -> None:
        """Read counts, filters and the list again, keeping the selection."""
        self._fill_choices()
        if self._sees_health:
            self._overdue.set_count(self._health.count_overdue())
        self._show()

    def open_person(self, resident_id: UUID) -> None:
        """Show one resident, whatever the filters say."""
        if not self.table.select_id(resident_id):
            for box in (self._place, self._tag):
                box.setCurrentIndex(0)
            self._overdue.setChecked(False)
            self.search.clear()
            self._show(ResidentFilter(order=self._order))
            self.table.select_id(resident_id)
        if lines := self._fetch([resident_id]):
            self._open(lines[0])

    def focus_list(self) -> None:
        """Give the list the keyboard, so that Ctrl+Z and the arrow keys mean what they say."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Go to the search box of this list."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current_filter(self) -> ResidentFilter:
        """Return what the list is narrowed by."""
        return ResidentFilter(
            text=self.search.text(),
            place_id=self._place.currentData(),
            tag=self._tag.currentData() or "",
            order=self._order,
            overdue=self._overdue.isChecked(),
        )

    def _build(self, left: QWidget) -> None:
        self.search = SearchEdit("姓名或首字母、住址、电话", accessible_name="在居民里找")
        self.search.setObjectName("resident_search")
        self._place, self._tag = QComboBox(), QComboBox()
        self._place.setAccessibleName("小区")
        self._tag.setAccessibleName("标签")
        self._overdue = ToggleButton("只看逾期", 0, name="only_overdue")
        self._overdue.setVisible(self._sees_health)
        self._print = SecondaryButton("打印名单", "print", name="print_list")
        self._print.setVisible(self._officer.may(Right.EXPORT))
        self._new = PrimaryButton("新建档案", "plus", name="new_resident")
        self._new.setVisible(self._officer.may(Right.EDIT_REGISTER))
        bar = row(left, self.search, self._place, self._tag, self._overdue, 0, self._print, self._new)
        bar.setStretchFactor(self.search, 4)
        middle = row(self.table, self.panel, spacing=12)
        middle.setStretchFactor(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        self._empty = EmptyState(
            "people",
            "还没有居民档案",
            "随访、标签和每月的数字都从居民档案来。先把名单放进来，以后只记变化。",
            [
                EmptyAction(
                    "import", "download", "把现有的Excel名单导进来", "街道的表、自己的表都可以，先看后导", "导入居民",
                    filled=True,
                ),
                EmptyAction("new", "plus", "先建一份试试", "姓名、住址，有身份证号更好", "新建档案"),
                EmptyAction("places", "building", "先导入小区和点位", "楼栋住址会对得更准", "导入点位"),
            ],
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the search box its room where the window is narrow or the type large."""
        self._fit_bar()
        super().resizeEvent(event)

    def _fit_bar(self) -> None:
        narrow = self.width() < scaled(_FULL_BAR)
        self._tag.setVisible(not narrow or bool(self._tag.currentData()))
        self._print.set_text("打印" if narrow else "打印名单")
        self.search.setPlaceholderText("姓名首字母、住址、电话" if narrow else "姓名或首字母、住址、电话")

    def _connect(self) -> None:
        theme_changed.connect(self._fit_bar)
        self.search.searched.connect(lambda _text: self._show())
        for box in (self._place, self._tag):
            box.currentIndexChanged.connect(lambda _index: self._show())
        self._overdue.toggled.connect(lambda _on: self._show())
        self._new.clicked.connect(lambda: self.person_new.emit(self._typed_name()))
        self._print.clicked.connect(lambda: self.print_list.emit(self.model.ids))
        self._empty.action.connect(self._start)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.sort_requested.connect(self._sort)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, "读取居民名单", error))
        self.panel.closed.connect(self._close_panel)
        self.panel.visit_wanted.connect(self.visit_wanted)
        self.panel.change_wanted.connect(self.person_change)
        self.panel.print_wanted.connect(self.print_person)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    def _show(self, narrowed: ResidentFilter | None = None) -> None:
        narrowed = narrowed or self.current_filter()
        try:
            ids = self._residents.list_ids(narrowed)
        except AppError as error:
            show_error(self, "读取居民名单", error)
            return
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self.table.set_empty_state(self._empty if narrowed.is_everybody else self._nobody)
        # What was searched stands in order of likeness, whatever the titles say.
        sorted_by = next(key for key, order in _ORDERS.items() if order == narrowed.order)
        self.table.show_sort("" if narrowed.text.strip() else sorted_by)
        self._count(len(ids), narrowed)

    def _fetch(self, ids: Sequence[Hashable]) -> list[PersonLine]:
        wanted = cast("Sequence[UUID]", ids)
        rows = self._residents.rows(wanted)
        statuses = self._health.statuses([row.id for row in rows]) if self._sees_health else {}
        return [PersonLine(row, statuses.get(row.id)) for row in rows]

    def _count(self, shown: int, narrowed: ResidentFilter) -> None:
        if narrowed.is_everybody:
            people, homes = self._residents.count()
            self._foot.setText(f"共 {people:,}人，{homes:,}户。按“{_ORDER_WORDS[narrowed.order]}”排列。")
        elif narrowed.text.strip():
            more = "，只列最像的，再多打几个字" if shown >= 200 else ""
            self._foot.setText(f"找到 {shown:,}人{more}。")
        else:
            self._foot.setText(f"共 {shown:,}人。按“{_ORDER_WORDS[narrowed.order]}”排列。")

    def _fill_choices(self) -> None:
        places: list[tuple[str, Any]] = [(place.name, place.id) for place in self._places.residential()]
        tags: list[tuple[str, Any]] = [(tag, tag) for tag in self._residents.tags.suggestions()]
        for box, title, options in ((self._place, "全部小区", places), (self._tag, "全部标签", tags)):
            chosen = box.currentData()
            box.blockSignals(True)  # noqa: FBT003
            box.clear()
            box.addItem(title, None)
            for text, data in options:
                box.addItem(text, data)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            box.blockSignals(False)  # noqa: FBT003

    def _sort(self, key: str, _descending: bool) -> None:
        self._order = _ORDERS.get(key, self._order)
        self._show()

    def _open(self, line: PersonLine | None) -> None:
        if line is None:
            return
        try:
            self.panel.show_person(line)
        except AppError as error:
            show_error(self, "打开档案", error)
            return
        self.panel.show()

    def _follow(self, line: PersonLine | None) -> None:
        if self.panel.isVisible() and line is not None:
            self._open(line)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, line: PersonLine, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, line))
        if self._sees_health and self._officer.may(Right.EDIT_HEALTH):
            menu.addAction("登记随访", lambda: self.visit_wanted.emit(self._residents.card(line.id)))
        if self._officer.may(Right.EDIT_REGISTER):
            menu.addAction("修改", lambda: self.person_change.emit(self._residents.card(line.id)))
            menu.addAction("删除", partial(self._remove, line.id))

    def _remove(self, resident_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._residents.remove(resident_id),
            done=self._removed,
            failed=lambda error: show_error(self, "删除档案", error),
        )

    def _removed(self, done: str) -> None:
        self.panel.hide()
        self._host.note_saved(f"已{done}")

    def _start(self, key: str) -> None:
        if key == "new":
            self.person_new.emit("")
        else:
            self.import_wanted.emit("residents" if key == "import" else "places")

    def _typed_name(self) -> str:
        text = self.search.text().strip()
        return (
            text
            if text and not text.isascii() and not any(c.isdigit() for c in text) and not len(self.model.ids)
            else ""
        )

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get("residents", {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, "residents": state})
