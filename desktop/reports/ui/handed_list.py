"""The view 归档: everything that was handed in, found by its words, printed again as it went out; and 装盒."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, plain_day, short_day
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.reports.frozen import Submission
from desktop.reports.submissions import SubmissionService
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.paging import TableColumn
from desktop.widgets.panel import Banner, Fact, FactList

_FULL_BAR = 1000


class HandedInList(RecordList[Submission]):
    """Reports and corrections as they went out, newest first; none can be changed here."""

    reprint_wanted = Signal(object)
    sheet_wanted = Signal(object)
    look_wanted = Signal(object)
    box_wanted = Signal()

    def __init__(
        self, *, submissions: SubmissionService, officer: Officer, clock: Clock, host: PageHost, left: QWidget
    ) -> None:
        spec = ListSpec[Submission](
            noun="submission", kind="submissions", name="已上报的报表", columns=_columns(clock.today),
            edit=Right.REPORT, new_text="去上报", new_icon="chevron-right", sort=("day", True), sort_words=NEWEST_WORDS,
            measure="份", print_text="打印目录", search_hint="报表、编号、报给谁、经办人  Ctrl+F",
            short_hint="报表、编号", full_bar=_FULL_BAR, nothing="没有这样的报表。换个月份或词找。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self._submissions = submissions
        self.box = SecondaryButton("装盒", "archive", name="open_box")
        self.box.setToolTip("打印档案盒脊背和卷内目录")
        self.box.setVisible(officer.may(Right.EXPORT))
        self.box.clicked.connect(self.box_wanted)
        self.arrange(left, self.search, buttons=(self.box, self._print, self._new))

    def ids(self) -> Sequence[UUID]:
        """Return what the search leaves."""
        return self._submissions.listed(self.search.text())

    def fetch(self, ids: Sequence[Hashable]) -> list[Submission]:
        """Return what was handed in by id."""
        return self._submissions.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether nothing was handed in yet."""
        return not self._submissions.listed()

    def fill_panel(self, one: Submission) -> None:
        """Show one report: when it went to whom, and what was kept of it."""
        self.panel.clear()
        self.panel.set_heading(one.title)
        if one.corrects is not None:
            self.panel.add(Banner("info", "这是更正表", detail=one.remark))
        facts = [
            Fact("上报日期", long_day(one.submitted_on)),
            Fact("报给", one.recipient),
            Fact("经办人", one.handled_by),
            Fact("编号", one.number),
            Fact("统计期", _span(one)),
            Fact("备注", one.remark if one.corrects is None else ""),
            Fact("存档", f"{one.pages}页，和Excel一起存着" if one.pages else "当时没有存原样，只有数字"),
        ]
        self.panel.add(FactList([fact for fact in facts if fact.value]))
        first, *others = self._buttons(one)
        self.panel.set_buttons(first, *others)

    def ways_in(self) -> EmptyState:
        """Return the way to the first report."""
        report = EmptyAction("new", "clipboard", "先到“月报”看数字", "对了就按“标为已上报”", "去上报", filled=True)
        return EmptyState(
            "archive", "还没有上报过",
            "上报的每一份连同Excel原样存在这里，按月份、编号、报给谁都能找到，随时再印一份一模一样的。",
            [report] if self._officer.may(self.spec.edit) else [],
        )  # fmt: skip

    def add_to_menu(self, one: Submission, menu: QMenu) -> None:
        """Offer what the panel offers."""
        if one.pages and self._may_see(one):
            menu.addAction("再打印", partial(self.reprint_wanted.emit, one))
            if self._officer.may(Right.EXPORT):
                menu.addAction("存Excel", partial(self.sheet_wanted.emit, one))
        menu.addAction("看这个期间", partial(self.look_wanted.emit, one))

    def _menu(self, one: Submission, menu: QMenu) -> None:
        menu.addAction("打开", partial(self.open_row, one))
        self.add_to_menu(one, menu)

    def _may_see(self, one: Submission) -> bool:
        return all(self._officer.may(right) for right in one.rights)

    def _buttons(self, one: Submission) -> list[QPushButton]:
        look = SecondaryButton("看这个期间", name="panel_look")
        look.clicked.connect(lambda: self.look_wanted.emit(one))
        if not (one.pages and self._may_see(one)):
            return [look]
        again = PrimaryButton("再打印", "print", name="panel_reprint")
        again.clicked.connect(lambda: self.reprint_wanted.emit(one))
        if not (one.has_sheet and self._officer.may(Right.EXPORT)):
            return [again, look]
        sheet = SecondaryButton("存Excel", name="panel_sheet")
        sheet.clicked.connect(lambda: self.sheet_wanted.emit(one))
        return [again, sheet, look]


def _columns(today: Callable[[], date]) -> list[TableColumn[Submission]]:
    return [
        TableColumn("title", "报表", lambda one: one.title, 0, style=_title_style, sortable=False),
        TableColumn("day", "上报日期", lambda one: short_day(one.submitted_on, today()), 120, sortable=False),
        TableColumn("recipient", "报给", lambda one: one.recipient, 190, sortable=False),
        TableColumn("number", "编号", lambda one: one.number, 190, second_rank=True, sortable=False),
        TableColumn("by", "经办人", lambda one: one.handled_by, 90, second_rank=True, sortable=False),
        TableColumn("pages", "页数", lambda one: str(one.pages or "—"), 66, align="right", sortable=False),
    ]


def _span(one: Submission) -> str:
    """Return 2026年5月1日至31日, with as much of the last day as differs."""
    first, last = one.first, one.last
    if first.year != last.year:
        return f"{plain_day(first)}至{plain_day(last)}"
    month = "" if first.month == last.month else f"{last.month}月"
    return f"{plain_day(first)}至{month}{last.day}日"


def _title_style(one: Submission) -> CellStyle:
    return CellStyle(bold=True, chips=(Chip("更正", "amber"),) if one.corrects is not None else ())
