"""辖区底册: every place of the community, found as one types, read in the panel, written in a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.service.places import PlaceRow, PlaceService, used_text
from desktop.register.ui.host import PageHost, table_memory
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.place_form import PlaceForm
from desktop.register.ui.place_rows import COLUMNS, facts_of, matching
from desktop.register.ui.scrolling import scrolled
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import ask
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.filters import ChoiceFilter
from desktop.widgets.focus import pass_focus
from desktop.widgets.panel import FactList, SidePanel
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.table import DataTable, PagedModel

_LAYOUT = "places"


class PlacesPage(HostedPage):
    """List and panel. ``import_wanted`` carries the kind of sheet to import, '' to let the assistant find out."""

    import_wanted = Signal(str)

    def __init__(
        self, places: PlaceService, host: PageHost, *, drafts: Drafts | None = None, may_edit: bool = True
    ) -> None:
        super().__init__("places", host)
        self._places, self._drafts, self._may_edit = places, drafts, may_edit
        self._rows: dict[UUID, PlaceRow] = {}
        self._work = PageWork(self, host.runner)
        self._search = SearchEdit("名称、首字母、地址  Ctrl+F", accessible_name="找点位")
        FixedWidth(self._search, 290)
        self._search.searched.connect(self._list)
        self._category = ChoiceFilter("全部类别", "只看一类", name="places_category")
        self._category.activated.connect(self._list)
        new = PrimaryButton("新建点位", "plus", name="places_new")
        new.clicked.connect(lambda: self._write(None))
        new.setVisible(may_edit)
        new.setEnabled(may_edit)
        self._count = label("", "secondary", name="places_count")
        self._table = self._make_table()
        self._panel = SidePanel()
        self._panel.closed.connect(self._close_panel)
        self._panel.setVisible(False)
        self._body = QStackedWidget()
        self._body.addWidget(self._listing())
        self._body.addWidget(self._emptiness())
        title = label("辖区底册", "title")
        self._vertical.addLayout(row(self._back, title, 8, self._search, self._category, 0, new, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(self._body, 1)
        pass_focus(self, self._search)
        for keys, action in (("Ctrl+F", self._search.setFocus),):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.reload()

    def start_new(self) -> None:
        """Begin a new place, for those who may."""
        if self._may_edit:
            self._write(None)

    def reload(self) -> None:
        """Read every place anew; search, filter and cursor stay."""
        self._rows = {place.id: place for place in self._places.all()}
        self._category.offer(dict.fromkeys(place.category for place in self._rows.values()))
        self._body.setCurrentIndex(0 if self._rows else 1)
        self._list()
        if self._panel.isVisible():
            self._show(self._table.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Esc, then the page."""
        if event.key() == Qt.Key.Key_Escape and self._panel.isVisible():
            self._close_panel()
            return
        super().keyPressEvent(event)

    def _make_table(self) -> DataTable[PlaceRow]:
        self._model: PagedModel[PlaceRow] = PagedModel(COLUMNS)
        load, save = table_memory(self._host, _LAYOUT)
        table = DataTable(
            self._model,
            "辖区底册",
            load_state=load,
            save_state=save,
        )
        table.setObjectName("places_table")
        table.set_empty_state(label("没有找到。换个字试试，或选“全部类别”。", "secondary"))
        table.current_row_changed.connect(self._show)
        table.activated_row.connect(self._show)
        table.sort_requested.connect(self._sort)
        return table

    def _listing(self) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._table, 1)
        left.addWidget(self._count)
        listing = QWidget()
        listing.setProperty("role", "bare")
        line = QHBoxLayout(listing)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(left, 1)
        line.addWidget(self._panel)
        return listing

    def _emptiness(self) -> QWidget:
        actions = [
            EmptyAction("new", "building", "写第一个点位", "先写小区，再写垃圾房、宣传栏", "新建点位", filled=True),
            EmptyAction("places", "download", "把现有的点位表导进来", "先看每一行，确认了才写入", "导入点位"),
            EmptyAction("residents", "people", "先导居民表也行", "表里的小区会自动建好", "导入居民"),
        ]  # fmt: skip
        state = EmptyState(
            "building",
            "底册还是空的",
            "小区、商铺、垃圾房、毒饵站都先登在这里。写一次，居民住址、检查、投药都从这里选，不用再打一遍。",
            actions if self._may_edit else (),
        )
        state.action.connect(self._begin)
        card = Card()
        card.body.addWidget(scrolled(state))
        return card

    def _begin(self, way: str) -> None:
        if way == "new":
            self._write(None)
        else:
            self.import_wanted.emit(way)

    def _list(self) -> None:
        """List what the search box and the category leave over, in the order last asked for."""
        found = matching(self._rows.values(), self._search.text(), self._category.word(), self._table.remembered_sort())
        self._model.set_source(
            [place.id for place in found],
            lambda ids: [self._rows[one] for one in ids if isinstance(one, UUID) and one in self._rows],
        )
        whole = f"共 {len(self._rows):,}个点位"
        self._count.setText(whole if len(found) == len(self._rows) else f"找到 {len(found):,}个，{whole}")

    def _sort(self, key: str, descending: bool) -> None:
        self._table.show_sort(key, descending=descending)
        self._list()

    def _show(self, place: PlaceRow | None) -> None:
        """Show the chosen place in the panel."""
        self._panel.setVisible(place is not None)
        if place is None:
            return
        self._panel.clear()
        self._panel.set_heading(place.name, place.category)
        self._panel.add(FactList(facts_of(place, self._inside(place))))
        if not self._may_edit:
            return
        change = SecondaryButton("修改", "pencil", name="place_change")
        change.clicked.connect(lambda: self._write(place))
        remove = SecondaryButton("删除", "trash", name="place_remove")
        remove.clicked.connect(lambda: self._remove(place))
        self._panel.set_buttons(None, change, remove)

    def _inside(self, place: PlaceRow) -> Sequence[PlaceRow]:
        return [other for other in self._rows.values() if other.parent_id == place.id]

    def _close_panel(self) -> None:
        self._panel.setVisible(False)
        self._table.setFocus()

    def _write(self, place: PlaceRow | None) -> None:
        form = PlaceForm(self._places, self._host, row=place, drafts=self._drafts)
        form.saved.connect(self.open_place)
        self._work.hush()
        self._host.open_page(form)
        form.field("name").focus_editor()

    def open_place(self, place_id: UUID) -> None:
        """Mark one place and show it in the panel."""
        self.reload()
        if self._table.select_id(place_id):
            self._show(self._rows[place_id])

    def _remove(self, place: PlaceRow) -> None:
        """Say first what names the place; without anything it goes at once, 撤销 brings it back."""
        self._work.hush()
        if not (used := self._places.used_by(place.id)):
            self._take_away(place, agreed=True)
            return
        text = (
            f"还有{used_text(used)}用到它。删除以后，这些记录都在，照样写着“{place.name}”，"
            "只是新登记时选不到它了。点位进回收站，随时能恢复。"
        )
        ask(
            self,
            f"删除“{place.name}”？",
            text,
            "删除点位",
            "不删",
            lambda agreed: self._take_away(place, agreed=agreed),
        )

    def _take_away(self, place: PlaceRow, *, agreed: bool) -> None:
        if agreed:
            done = partial(self._removed, place.name)
            self._work.run("正在删除", partial(_remove, self._places, place.id), done)

    def _removed(self, name: str, _nothing: object) -> None:
        self.reload()
        self._host.note_saved(f"已删除点位：{name}")


def _remove(places: PlaceService, place_id: UUID, _context: JobContext) -> None:
    places.remove(place_id, although_used=True)
