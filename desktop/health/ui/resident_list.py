"""The view 居民住户: filters, the list with the most urgent first, the side panel."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.foundation.clock import Clock
from desktop.health.service import HealthService
from desktop.health.ui.columns import PersonLine, person_columns
from desktop.health.ui.resident_panel import ResidentPanel
from desktop.register.rights import Officer, Right
from desktop.register.service.places import PlaceService
from desktop.register.service.residents import FOUND_AT_ONCE, ResidentFilter, ResidentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.store.sorting import Sort
from desktop.widgets.buttons import ToggleButton
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ChoiceFilter

_FULL_BAR = 1180
_BY_LIKENESS: Sort = ("", False)
_URGENT: Sort = ("due", False)
_BY_ADDRESS: Sort = ("address", False)


class ResidentList(RecordList[PersonLine]):
    """Everybody here, narrowed by what is typed and chosen."""

    person_new = Signal(str)
    visit_wanted = Signal(object)
    print_person = Signal(object)
    panel: ResidentPanel

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
        self._sees_health = officer.may(Right.SEE_HEALTH)
        spec = ListSpec[PersonLine](
            noun="resident", kind="residents", name="居民名单",
            columns=person_columns(clock.today, with_health=self._sees_health), edit=Right.EDIT_REGISTER,
            new_text="新建档案", sort=_URGENT if self._sees_health else _BY_ADDRESS,
            sort_words={_URGENT: "急的在前", ("due", True): "不急的在前"}, measure="人", print_text="打印名单",
            search_hint="姓名或首字母、住址、电话", short_hint="姓名首字母、住址、电话", full_bar=_FULL_BAR,
            nothing="没有找到。可换姓名首字母、楼栋或电话试试。",
        )  # fmt: skip
        panel = ResidentPanel(residents, health, officer, clock, host)
        super().__init__(spec, officer=officer, clock=clock, host=host, panel=panel)
        self._residents, self._health, self._places = residents, health, places
        self._place, self._tag = ChoiceFilter("全部小区", "小区"), ChoiceFilter("全部标签", "标签")
        self._overdue = ToggleButton("只看逾期", 0, name="only_overdue")
        panel.visit_wanted.connect(self.visit_wanted)
        panel.change_wanted.connect(self.change_wanted)
        panel.print_wanted.connect(self.print_person)
        health_filters = (self._overdue,) if self._sees_health else ()
        self.arrange(left, self.search, self._place, self._tag, *health_filters, given_up=((self._tag, _FULL_BAR),))

    def open_person(self, resident_id: UUID) -> None:
        """Show one resident, whatever the filters say."""
        self.open_record(resident_id)

    def current_filter(self) -> ResidentFilter:
        """Return what the list is narrowed by."""
        return ResidentFilter(
            text=self.search.text(),
            place_id=self._place.choice(),
            tag=self._tag.word(),
            order=self.sort[0],
            descending=self.sort[1],
            overdue=self._overdue.isChecked(),
        )

    def ids(self) -> Sequence[UUID]:
        """Return the residents the filters leave."""
        return self._residents.list_ids(self.current_filter())

    def fetch(self, ids: Sequence[Hashable]) -> list[PersonLine]:
        """Return residents by id, each with what is due."""
        rows = self._residents.rows(cast("Sequence[UUID]", ids))
        statuses = self._health.statuses([row.id for row in rows]) if self._sees_health else {}
        return [PersonLine(row, statuses.get(row.id)) for row in rows]

    def is_new(self) -> bool:
        """Return whether nobody is here yet."""
        return self.current_filter().is_everybody

    def read_filters(self) -> None:
        """Read 小区, tags, and how many are overdue."""
        self._place.offer((place.name, place.id) for place in self._places.residential())
        self._tag.offer(self._residents.tags.suggestions())
        if self._sees_health:
            self._overdue.set_count(self._health.count_overdue())

    def sort_shown(self) -> Sort:
        """Return the order; what was searched stands in order of likeness, whatever the titles say."""
        return _BY_LIKENESS if self.search.text().strip() else self.sort

    def foot(self, count: int) -> str:
        """Return how many people there are, and in how many homes if all are shown."""
        narrowed = self.current_filter()
        if narrowed.is_everybody:
            people, homes = self._residents.count()
            return f"共 {people:,}人，{homes:,}户，{self.order_words()}。"
        if narrowed.text.strip():
            more = "，只列最像的，再多打几个字" if count >= FOUND_AT_ONCE else ""
            return f"找到 {count:,}人{more}。"
        return super().foot(count)

    def fill_panel(self, one: PersonLine) -> None:
        """Show one resident."""
        self.panel.show_person(one)

    def remove_record(self, record_id: UUID) -> str:
        """Move a resident to the bin."""
        return self._residents.remove(record_id)

    def change_row(self, one: PersonLine) -> None:
        """Ask for the form of a resident, with everything on file."""
        self.change_wanted.emit(self._residents.card(one.id))

    def add_to_menu(self, one: PersonLine, menu: QMenu) -> None:
        """Offer a visit."""
        if self._sees_health and self._officer.may(Right.EDIT_HEALTH):
            menu.addAction("登记随访", lambda: self.visit_wanted.emit(self._residents.card(one.id)))

    def ways_in(self) -> EmptyState:
        """Return three ways to the first residents."""
        return EmptyState(
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

    def start(self, key: str) -> None:
        """Begin what a way in promised; a name that was looked for in vain is taken along."""
        if key == "new":
            self.person_new.emit(self._typed_name())
        else:
            self.import_wanted.emit("places" if key == "places" else self.spec.kind)

    def _typed_name(self) -> str:
        text = self.search.text().strip()
        is_name = not text.isascii() and not any(letter.isdigit() for letter in text)
        return text if is_name and not len(self.model.ids) else ""
