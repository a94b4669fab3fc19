"""The view 健康服务: what was done in a span of days, one panel per visit, and the way to the measuring grid."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, short_day
from desktop.health.rules import SERVICES
from desktop.health.service import HealthService
from desktop.health.ui.columns import VisitLine, flag_chip, reading_text, visit_columns
from desktop.register.rights import Officer, Right
from desktop.register.service.residents import ResidentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import ChipRow
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ChoiceFilter, SpanFilter
from desktop.widgets.panel import Fact, FactList

_FULL_BAR, _WITH_SERVICE = 1080, 1000


class VisitList(RecordList[VisitLine]):
    """Visits of a span, newest first."""

    measure_wanted = Signal()

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
        spec = ListSpec[VisitLine](
            noun="visit", kind="visits", name="健康服务记录", columns=visit_columns(clock.today),
            edit=Right.EDIT_HEALTH, new_text="登记随访", sort=("day", True),
            sort_words={**NEWEST_WORDS, ("flag", False): "急的在前"}, measure="次", full_bar=_FULL_BAR,
            nothing="这段时间没有健康服务记录。可换“全部”看看。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self._residents, self._health = residents, health
        self.span = SpanFilter()
        self._service = ChoiceFilter("全部服务", "服务类别")
        self._service.offer(SERVICES)
        new = SecondaryButton("登记随访", "heart", name="new_visit")
        new.clicked.connect(self.new_wanted)
        measure = PrimaryButton("血压测量", "list", name="measure")
        measure.clicked.connect(self.measure_wanted)
        for button in (new, measure):
            button.setVisible(officer.may(Right.EDIT_HEALTH))
        given_up = ((self._service, _WITH_SERVICE),)
        self.arrange(left, self.span, self._service, buttons=(self._print, new, measure), given_up=given_up)

    def ids(self) -> Sequence[UUID]:
        """Return the visits the filters leave."""
        first, last = self.span.days(self._clock.today())
        return self._health.visit_ids(first=first, last=last, service=self._service.word(), sort=self.sort)

    def fetch(self, ids: Sequence[Hashable]) -> list[VisitLine]:
        """Return visits by id, each with whose it is."""
        visits = self._health.visit_rows(cast("Sequence[UUID]", ids))
        owners = list(dict.fromkeys(visit.resident_id for visit in visits))
        people = {person.id: person for person in self._residents.rows(owners)}
        return [VisitLine(visit, people.get(visit.resident_id)) for visit in visits]

    def is_new(self) -> bool:
        """Return whether there is no visit yet."""
        return self._health.is_empty()

    def remove_record(self, record_id: UUID) -> str:
        """Move a visit to the bin."""
        return self._health.remove(record_id)

    def fill_panel(self, one: VisitLine) -> None:
        """Show one visit."""
        today, draft = self._clock.today(), one.visit.draft
        self.panel.clear()
        self.panel.set_heading(one.name, one.person.sex_and_age(today) if one.person else "")
        if chip := flag_chip(one.visit.flag):
            self.panel.add(ChipRow([chip]))
        facts = [
            Fact("服务", draft.service),
            Fact("日期", long_day(draft.visited_on) if draft.visited_on else "—"),
            Fact("方式", draft.way),
            Fact("读数", reading_text(one)),
            Fact("脉搏", f"{draft.pulse_per_min} 次/分" if draft.pulse_per_min else ""),
            Fact("服药", draft.medication),
            Fact("结果", draft.result),
            Fact("下次", short_day(draft.next_on, today) if draft.next_on else ""),
            Fact("记录人", draft.recorded_by),
            Fact("住址", one.person.address if one.person else ""),
            Fact("备注", draft.remark),
        ]
        self.panel.add(FactList([fact for fact in facts if fact.value and fact.value != "—"]))
        self.offer_changes(one)

    def ways_in(self) -> EmptyState:
        """Return three ways to the first visit."""
        return EmptyState(
            "heart",
            "还没有健康服务记录",
            "做一次，登记一次。随访到期、今年没测血压的人，程序会自己算出来。",
            [
                EmptyAction(
                    "measure", "list", "测量点连着录血压", "打首字母选人，回车到下一行", "血压测量", filled=True
                ),
                EmptyAction("new", "heart", "登记一次随访", "上门、电话都可以", "登记随访"),
                EmptyAction("import", "download", "把以前的随访表导进来", "先看后导，导错了可以整批撤销", "导入随访"),
            ],
        )  # fmt: skip

    def start(self, key: str) -> None:
        """Begin what a way in promised."""
        if key == "measure":
            self.measure_wanted.emit()
        else:
            super().start(key)
