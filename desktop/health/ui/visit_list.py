"""The view 健康服务: what was done in a span of days, one panel per visit, and the way to the measuring grid."""

from __future__ import annotations

import calendar
from collections.abc import Hashable, Sequence
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, short_day
from desktop.foundation.errors import AppError
from desktop.health.rules import SERVICES
from desktop.health.service import HealthService
from desktop.health.ui.columns import VisitLine, flag_chip, reading_text, visit_columns
from desktop.register.rights import Officer, Right
from desktop.register.service.residents import ResidentService
from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import ChipRow
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.panel import Fact, FactList, SidePanel
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel

_SPANS = (("month", "本月"), ("year", "今年"), ("all", "全部"))


class VisitList(QWidget):
    """Visits of a span, newest first."""

    measure_wanted = Signal()
    visit_new = Signal()
    visit_change = Signal(object)
    print_list = Signal(object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        residents: ResidentService,
        health: HealthService,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
    ) -> None:
        super().__init__()
        self._residents, self._health, self._officer = residents, health, officer
        self._clock, self._host = clock, host
        self.model: PagedModel[VisitLine] = PagedModel(visit_columns(clock.today), parent=self)
        self.table: DataTable[VisitLine] = DataTable(
            self.model, "健康服务记录", load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = SidePanel()
        self.panel.setObjectName("visit_panel")
        self.panel.hide()
        self._foot = label("", "secondary", name="visit_count")
        self._build(left)

    def reload(self) -> None:
        """Read the list again, keeping the selection."""
        first, last = self._days()
        try:
            ids = self._health.visit_ids(first=first, last=last, service=self._service.currentData() or "")
        except AppError as error:
            show_error(self, "读取健康服务", error)
            return
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self._foot.setText(f"共 {len(ids):,}次。新的在前。")

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, left: QWidget) -> None:
        self.span = Segmented(_SPANS, accessible_name="哪段时间")
        self.span.changed.connect(lambda _key: self.reload())
        self._service = QComboBox()
        self._service.setAccessibleName("服务类别")
        self._service.addItem("全部服务", None)
        for service in SERVICES:
            self._service.addItem(service, service)
        self._service.currentIndexChanged.connect(lambda _index: self.reload())
        print_ = SecondaryButton("打印台账", "print", name="print_visits")
        print_.clicked.connect(lambda: self.print_list.emit(self.model.ids))
        print_.setVisible(self._officer.may(Right.EXPORT))
        new = SecondaryButton("登记随访", "heart", name="new_visit")
        new.clicked.connect(self.visit_new)
        measure = PrimaryButton("血压测量", "list", name="measure")
        measure.clicked.connect(self.measure_wanted)
        for button in (new, measure):
            button.setVisible(self._officer.may(Right.EDIT_HEALTH))
        middle = row(self.table, self.panel, spacing=12)
        middle.setStretchFactor(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, self.span, self._service, 0, print_, new, measure))
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        empty = EmptyState(
            "heart",
            "这段时间还没有健康服务记录",
            "做一次，登记一次。随访到期、今年没测血压的人，程序会自己算出来。",
            [
                EmptyAction(
                    "measure", "list", "测量点连着录血压", "打首字母选人，回车到下一行", "血压测量", filled=True
                ),
                EmptyAction("visit", "heart", "登记一次随访", "上门、电话都可以", "登记随访"),
                EmptyAction("import", "download", "把以前的随访表导进来", "先看后导，导错了可以整批撤销", "导入随访"),
            ],
        )  # fmt: skip
        empty.action.connect(self._start)
        self.table.set_empty_state(empty)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, "读取健康服务", error))
        self.panel.closed.connect(self._close_panel)

    def _days(self) -> tuple[date | None, date | None]:
        today = self._clock.today()
        if self.span.current() == "month":
            return today.replace(day=1), today.replace(day=calendar.monthrange(today.year, today.month)[1])
        return (date(today.year, 1, 1), date(today.year, 12, 31)) if self.span.current() == "year" else (None, None)

    def _fetch(self, ids: Sequence[Hashable]) -> list[VisitLine]:
        visits = self._health.visit_rows(cast("Sequence[UUID]", ids))
        owners = list(dict.fromkeys(visit.resident_id for visit in visits))
        people = {person.id: person for person in self._residents.rows(owners)}
        return [VisitLine(visit, people.get(visit.resident_id)) for visit in visits]

    def _open(self, line: VisitLine | None) -> None:
        if line is None:
            return
        today, draft = self._clock.today(), line.visit.draft
        self.panel.clear()
        self.panel.set_heading(line.name, line.person.sex_and_age(today) if line.person else "")
        if chip := flag_chip(line.visit.flag):
            self.panel.add(ChipRow([chip]))
        facts = [
            Fact("服务", draft.service),
            Fact("日期", long_day(draft.visited_on) if draft.visited_on else "—"),
            Fact("方式", draft.way),
            Fact("读数", reading_text(line)),
            Fact("脉搏", f"{draft.pulse_per_min} 次/分" if draft.pulse_per_min else ""),
            Fact("服药", draft.medication),
            Fact("结果", draft.result),
            Fact("下次", short_day(draft.next_on, today) if draft.next_on else ""),
            Fact("记录人", draft.recorded_by),
            Fact("住址", line.person.address if line.person else ""),
            Fact("备注", draft.remark),
        ]
        self.panel.add(FactList([fact for fact in facts if fact.value and fact.value != "—"]))
        change = SecondaryButton("修改", "pencil", name="visit_change")
        change.clicked.connect(lambda: self.visit_change.emit(line))
        remove = SecondaryButton("删除", "trash", name="visit_remove")
        remove.clicked.connect(partial(self._remove, line.id))
        if self._officer.may(Right.EDIT_HEALTH):
            self.panel.set_buttons(None, change, remove)
        self.panel.show()

    def _follow(self, line: VisitLine | None) -> None:
        if self.panel.isVisible() and line is not None:
            self._open(line)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, line: VisitLine, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, line))
        if self._officer.may(Right.EDIT_HEALTH):
            menu.addAction("修改", lambda: self.visit_change.emit(line))
            menu.addAction("删除", partial(self._remove, line.id))

    def _remove(self, visit_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._health.remove(visit_id),
            done=self._removed,
            failed=lambda error: show_error(self, "删除记录", error),
        )

    def _removed(self, done: str) -> None:
        self.panel.hide()
        self._host.note_saved(f"已{done}")

    def _start(self, key: str) -> None:
        if key == "measure":
            self.measure_wanted.emit()
        elif key == "visit":
            self.visit_new.emit()
        else:
            self.import_wanted.emit("visits")

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get("visits", {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, "visits": state})
