"""The side panel of one resident: who, what is due, readings as trends, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.foundation.clock import Clock
from desktop.foundation.days import days_left, short_day
from desktop.health.service import HealthService
from desktop.health.ui.columns import PersonLine, tag_chip, yearly_gaps
from desktop.health.views import HealthStatus, VisitRow
from desktop.register.rights import Officer, Right
from desktop.register.service.residents import ResidentService
from desktop.register.ui.host import PageHost
from desktop.register.views import ResidentCard, sex_and_age
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import ChipRow
from desktop.widgets.dialogs import show_error
from desktop.widgets.panel import Banner, Fact, FactList, SidePanel
from desktop.widgets.roles import label, row
from desktop.widgets.trend import TrendChart, TrendSpec

_READINGS = 5
_SOON_DAYS = 3
_LOWER, _SUGAR = "blue", "purple"
"""Colours of the second and third trend."""
_REVEALS = {"phone": "phone", "id_number": "id_number", "contact_phone": "contact_phone"}


class ResidentPanel(SidePanel):
    """Read-only until 修改; numbers stay starred until 显示, which the history notes."""

    visit_wanted = Signal(object)
    change_wanted = Signal(object)
    print_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(
        self, residents: ResidentService, health: HealthService, officer: Officer, clock: Clock, host: PageHost
    ) -> None:
        super().__init__(large_width=424)
        self.setObjectName("resident_panel")
        self._residents, self._health, self._officer = residents, health, officer
        self._clock, self._host = clock, host
        self._facts = FactList()
        self._shown: UUID | None = None

    def show_person(self, line: PersonLine) -> None:
        """Show *line*'s resident; raises InputError if the record is gone."""
        card = self._residents.card(line.id)
        today = self._clock.today()
        self._shown = card.id
        self.clear()
        self.set_heading(card.draft.name, sex_and_age(card.draft.sex, card.draft.born_on, today))
        if card.tags:
            self.add(ChipRow([tag_chip(tag) for tag in card.tags]))
        visits = self._health.visits_of(card.id) if line.status is not None else []
        if line.status is not None:
            self._add_due(line.status)
        self._facts = FactList(self._facts_of(card, visits))
        self._facts.link_clicked.connect(self._reveal)
        self.add(self._facts)
        if visits:
            self._add_trends(card, visits)
        self._add_buttons(card, with_health=line.status is not None)

    def _add_due(self, status: HealthStatus) -> None:
        today = self._clock.today()
        if status.due is not None:
            due = status.due
            days = (due.due_on - today).days
            kind = "danger" if days < 0 else "warning" if days <= _SOON_DAYS else "info"
            text = f"{due.what}应在{short_day(due.due_on, today)}前，{days_left(due.due_on, today)}"
            if days == 0:
                text = f"今天该{due.what}" if due.what == "问转诊" else f"{due.what}今天到期"
            self.add(Banner(kind, text, icon_name="clock"))
        for gap in yearly_gaps(status):
            self.add(label(gap, "secondary", wrap=True))

    def _facts_of(self, card: ResidentCard, visits: Sequence[VisitRow]) -> list[Fact]:
        draft = card.draft
        reveal = "显示" if self._officer.may(Right.REVEAL) else ""
        facts = [Fact("住址", card.address)]
        if draft.phone:
            facts.append(Fact("电话", card.phone_masked, reveal, "phone", "eye"))
        if draft.id_number:
            facts.append(Fact("证件号", card.id_number_masked, reveal, "id_number", "eye"))
        else:
            facts.append(Fact("证件号", f"没有，{draft.no_id_reason or '原因待补'}"))
        if draft.contact_name or draft.contact_phone:
            facts.append(Fact("联系人", f"{draft.contact_name} {card.contact_phone_masked}".strip()))
        if draft.head_name and draft.head_name != draft.name:
            facts.append(Fact("户主", f"{draft.head_name}（{draft.relation or '关系待补'}）"))
        if draft.dwelling_state:
            since = f"，{short_day(draft.changed_on, self._clock.today())}" if draft.changed_on else ""
            facts.append(Fact("居住", f"{draft.dwelling_state}{since}"))
        if visits:
            facts.append(Fact("上次服务", self._last(visits[0])))
        if card.file_number:
            facts.append(Fact("档案编号", card.file_number))
        if draft.remark:
            facts.append(Fact("备注", draft.remark))
        return facts

    def _last(self, visit: VisitRow) -> str:
        draft = visit.draft
        words = (draft.service, draft.way, draft.result or draft.medication)
        return f"{short_day(draft.visited_on, self._clock.today())} {'，'.join(word for word in words if word)}"

    def _add_trends(self, card: ResidentCard, visits: Sequence[VisitRow]) -> None:
        newest = [visit for visit in visits if visit.draft.systolic_mmhg is not None][:_READINGS][::-1]
        if newest:
            high, low = self._health.reference(card.draft.born_on)
            self.add(row(label("血压 毫米汞柱", "heading"), 0, label(f"参考 <{high}/{low}", "secondary")))
            upper = [(self._month(visit), visit.draft.systolic_mmhg) for visit in newest]
            lower = [(self._month(visit), visit.draft.diastolic_mmhg) for visit in newest]
            self.add(TrendChart(TrendSpec("收缩压", upper, high, "毫米汞柱", labels=False)))
            self.add(TrendChart(TrendSpec("舒张压", lower, low, "毫米汞柱", color_token=_LOWER)))
        sugar = [visit for visit in visits if visit.draft.glucose_mmol is not None][:_READINGS][::-1]
        if sugar:
            limit = self._health.standard().decimal("reference_glucose")
            self.add(row(label("空腹血糖 毫摩尔/升", "heading"), 0, label(f"参考 <{limit}", "secondary")))
            points = [(self._month(visit), visit.draft.glucose_mmol) for visit in sugar]
            self.add(TrendChart(TrendSpec("空腹血糖", points, limit, "毫摩尔/升", color_token=_SUGAR)))

    def _month(self, visit: VisitRow) -> str:
        day = visit.draft.visited_on
        if day is None:
            return ""
        return f"{day.month}月" if day.year == self._clock.today().year else f"{day.year % 100:02d}年{day.month}月"

    def _add_buttons(self, card: ResidentCard, *, with_health: bool) -> None:
        change = SecondaryButton("修改", "pencil", name="panel_change")
        change.clicked.connect(lambda: self.change_wanted.emit(card))
        print_ = SecondaryButton("打印档案", "print", name="panel_print")
        print_.clicked.connect(lambda: self.print_wanted.emit(card))
        others = [
            button
            for button, right in ((change, Right.EDIT_REGISTER), (print_, Right.EXPORT))
            if self._officer.may(right)
        ]
        visit = None
        if with_health and self._officer.may(Right.EDIT_HEALTH):
            visit = PrimaryButton("登记随访", "heart", name="panel_visit")
            visit.clicked.connect(lambda: self.visit_wanted.emit(card))
        self.set_buttons(visit, *others)

    def _reveal(self, key: str) -> None:
        shown = self._shown
        if shown is None or key not in _REVEALS:
            return
        self._host.runner.start(
            lambda _context: self._residents.reveal(shown, _REVEALS[key]),
            done=lambda number: self._facts.set_value(key, number) if self._shown == shown else None,
            failed=lambda error: show_error(self, "显示号码", error),
        )
