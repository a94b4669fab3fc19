"""The view 检查: filters with their counts, the list with the most urgent first, the side panel."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import month_of
from desktop.inspections.progress import NextStep, may_escalate, next_step
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.service.notices import RectificationService
from desktop.inspections.ui.columns import inspection_columns
from desktop.inspections.ui.inspection_panel import InspectionPanel
from desktop.inspections.views import InspectionFilter, InspectionRow
from desktop.register.attachments import AttachmentService
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.store.sorting import Sort
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ALL, MONTH, ChoiceFilter, OrderChoice
from desktop.widgets.segmented import Segmented

OPEN = "open"
REPEATED = "\0repeated"
"""Stands among the categories, and is none that anybody could write."""
_SPANS = ((OPEN, "未销号"), (MONTH, "本月"), (ALL, "全部"))
_URGENT: Sort = ("state", False)
_NEWEST: Sort = ("day", True)
_FULL_BAR = 1240
_WITH_CATEGORY = 1090


class InspectionList(RecordList[InspectionRow]):
    """Inspections narrowed by what is typed and chosen."""

    step_wanted = Signal(object, object)
    print_one = Signal(object)
    print_notice = Signal(object)
    number_notice = Signal(object)
    reprint_notice = Signal(object)
    print_checked = Signal(object)
    print_empty = Signal()
    panel: InspectionPanel

    def __init__(
        self, *, service: InspectionService, notices: RectificationService, attachments: AttachmentService,
        officer: Officer, clock: Clock, host: PageHost, left: QWidget,
    ) -> None:  # fmt: skip
        spec = ListSpec[InspectionRow](
            noun="inspection", kind="inspections", name="检查记录", columns=inspection_columns(clock.today),
            edit=Right.EDIT_INSPECTIONS, new_text="登记检查", sort=_URGENT,
            sort_words={**NEWEST_WORDS, _URGENT: "急的在前"}, measure="次", print_text="打印名单",
            search_hint="点位、问题、检查人  Ctrl+F", short_hint="点位、问题", full_bar=_FULL_BAR,
            nothing="没有符合条件的检查。可换“全部”，或换个词找。",
        )  # fmt: skip
        panel = InspectionPanel(officer, clock, attachments, notices, host)
        super().__init__(spec, officer=officer, clock=clock, host=host, panel=panel)
        self._service = service
        self._late, self._is_empty = 0, True
        self._category = ChoiceFilter("全部类别", "检查类别")
        self._order = OrderChoice([(_URGENT, "急的在前"), (_NEWEST, "新的在前")])
        self._order.asked.connect(self.sort_by)
        self.span = Segmented(_SPANS, accessible_name="看哪些检查")
        self.span.set_current(MONTH)
        self.panel.step_wanted.connect(self.take_step)
        self.panel.change_wanted.connect(self.change_wanted)
        self.panel.print_wanted.connect(self.print_one)
        self.panel.notice_wanted.connect(self.print_notice)
        self.panel.number_wanted.connect(self.number_notice)
        self.panel.reprint_wanted.connect(self.reprint_notice)
        self.panel.checked_wanted.connect(self.print_checked)
        given_up = ((self._order, _FULL_BAR), (self._category, _WITH_CATEGORY))
        self.arrange(left, self.search, self._category, self._order, self.span, given_up=given_up)

    def open_inspection(self, inspection_id: UUID) -> None:
        """Show one inspection, whatever the filters say."""
        self.open_record(inspection_id)

    def reload(self) -> None:
        """Read counts, filters, the list and the open record's photos again."""
        super().reload()
        self.panel.reload_photos()

    def show_span(self, key: str) -> None:
        """Show the open findings, this month's inspections, or all."""
        self.span.set_current(key)
        self.refresh()

    def current_filter(self) -> InspectionFilter:
        """Return what the list is narrowed by."""
        month = month_of(self._clock.today()) if self.span.current() == MONTH else None
        return InspectionFilter(
            text=self.search.text(),
            category="" if self._category.word() == REPEATED else self._category.word(),
            repeated=self._category.word() == REPEATED,
            open_only=self.span.current() == OPEN,
            first=month.first if month else None,
            last=month.last if month else None,
            order="newest" if self.sort == _NEWEST else "urgent",
            sort=None if self.sort_shown() in (_URGENT, _NEWEST) else self.sort,
        )

    def ids(self) -> Sequence[UUID]:
        """Return the inspections the filters leave."""
        return self._service.ids(self.current_filter())

    def fetch(self, ids: Sequence[Hashable]) -> list[InspectionRow]:
        """Return inspections by id."""
        return self._service.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether there is no inspection yet."""
        return self._is_empty

    def read_filters(self) -> None:
        """Read the counts on the filters and the categories in use."""
        counts = self._service.counts()
        self._category.offer([*self._service.categories(), ("反复问题", REPEATED)])
        for (key, text), count in zip(_SPANS, (counts.open, counts.month, counts.all), strict=True):
            self.span.set_text(key, f"{text} {count:,}")
        self._late, self._is_empty = counts.overdue, counts.all == 0

    def sort_shown(self) -> Sort:
        """Return the order; the state sorts one way only, the urgent first."""
        shown = _URGENT if self.sort[0] == _URGENT[0] else self.sort
        self._order.show_sort(shown)
        return shown

    def foot(self, count: int) -> str:
        """Return the count, the order, and how many rechecks are late."""
        late = f"其中逾期没复查 {self._late:,}处。" if self._late else ""
        return f"{super().foot(count)}{late}"

    def fill_panel(self, one: InspectionRow) -> None:
        """Show one inspection."""
        self.panel.show_inspection(one)

    def remove_record(self, record_id: UUID) -> str:
        """Move an inspection to the bin."""
        return self._service.remove(record_id)

    def add_to_menu(self, one: InspectionRow, menu: QMenu) -> None:
        """Offer the next step, and 上报."""
        if not self._officer.may(Right.EDIT_INSPECTIONS):
            return
        if (step := next_step(one.draft)) is not None:
            menu.addAction(step.value, partial(self.take_step, one, step))
        if may_escalate(one.draft):
            menu.addAction("上报", partial(self.take_step, one, None))

    def ways_in(self) -> EmptyState:
        """Return three ways to the first inspection."""
        first = EmptyAction("new", "clipboard", "登记第一次检查", "选点位和类别，有问题就写上", "登记检查", filled=True)
        paper = EmptyAction("paper", "print", "先打印空表，带去现场", "回来照着填，项目和表上一样", "打印空表")
        old = EmptyAction("import", "download", "把以前的Excel记录导进来", "往年的也可以，先看后导", "导入检查")
        ways = ((first, Right.EDIT_INSPECTIONS), (paper, Right.EXPORT), (old, Right.IMPORT))
        return EmptyState(
            "clipboard",
            "还没有检查记录",
            "做一次，登记一次。发现的问题会一直盯到销号，台账和月报自己出来。",
            [way for way, right in ways if self._officer.may(right)],
            remark="点位不全？在右上角齿轮里的“辖区底册”补。",
        )

    def start(self, key: str) -> None:
        """Begin what a way in promised."""
        if key == "paper":
            self.print_empty.emit()
        else:
            super().start(key)

    def take_step(self, found: InspectionRow, step: NextStep | None) -> None:
        """Do what needs no form at once; everything else is asked in one."""
        if step is not NextStep.CLOSE:
            self.step_wanted.emit(found, step)
            return
        self._host.runner.start(
            lambda _context: self._service.close(found.id, version=found.version),
            done=lambda closed: self._host.note_saved(f"已销号：{closed.place}"),
            failed=lambda error: show_error(self, "销号", error),
        )
