"""整片登记投药: the buildings of an estate in one grid, stored in one step, with the stock beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.pest_control.books import PestControl
from desktop.pest_control.campaign import Site
from desktop.pest_control.campaign_rules import Bait, Course, amount_text, course_of, need_of
from desktop.pest_control.rules import PESTS, WAYS
from desktop.pest_control.ui.asides import Aside
from desktop.pest_control.ui.bait_card import BaitCard
from desktop.pest_control.ui.campaign_grid import DAY, DONE, OPERATOR, PACKS, REASON, CampaignGrid
from desktop.pest_control.ui.campaign_reading import Common, Typed, field_problems, grid_reads, typed_drafts
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.draft_keeper import clock_time
from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.form import CHANGED_AFTER_MS
from desktop.widgets.roles import chip, label, row, rule

_DRAFT = "campaign"
_CELLS = {"treated_on": DAY, "operator": OPERATOR, "households": DONE, "remark": REASON}


class CampaignPage(QWidget):
    """Nothing is stored before 保存; what is typed is kept as a draft."""

    saved = Signal()
    issue_wanted = Signal(object, object, str)

    def __init__(  # noqa: PLR0917  as the forms take them
        self, pest: PestControl, drafts: Drafts, host: PageHost, clock: Clock, officer: Officer, agents: Sequence[str]
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("campaign_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pest, self._drafts, self._host, self._clock = pest, drafts, host, clock
        self._typed: dict[str, dict[str, dict[str, str]]] = {}
        self._estate_shown = ""
        self._estate = ChoiceField("estate", "小区", pest.campaign.estates(), required=True)
        self._day = DayField("treated_on", "日期", required=True, today=clock.today)
        self._operator = DoerField("operator", "操作人", officer, words=pest.treatments.words("operator"))
        self._way = ChoiceField("way", "投药方式", WAYS, editable=True)
        self.baits = (BaitCard(1, agents, required=True), BaitCard(2, agents, required=False))
        facts = (self._estate, self._day, self._operator, self._way)
        fields: tuple[Field, ...] = (*facts, *self.baits[0].fields, *self.baits[1].fields)
        self._fields = {field.name: field for field in fields}
        self._day.set_value(clock.today())
        self.grid = CampaignGrid()
        self._work = PageWork(self, host.runner)
        self._chip = chip("", "amber", strong=True)
        self._chip.setObjectName("campaign_draft")
        self._chip.setVisible(False)
        self._foot = label("", "heading", wrap=True, name="campaign_foot")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHANGED_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self._build()
        self._connect()
        self._bring_back()

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        if self._estate_shown:
            self.grid.begin(0)
            self.grid.setFocus()
        else:
            self._estate.focus_editor()

    def field(self, name: str) -> Field:
        """Return the field called *name*."""
        return self._fields[name]

    def save(self) -> None:
        """Store every line that holds anything, all or none."""
        QGuiApplication.inputMethod().commit()
        today = self._clock.today()
        problems = field_problems(self._fields.values(), self._estate, self._day, self.baits)
        self._mark(problems)
        if not grid_reads(self.grid, today) or problems:
            self._work.say("danger", "还不能保存，红框里的要改。已填的内容都在。")
            return
        day = self._day.value()
        common = Common(
            day if isinstance(day, date) else None, str(self._way.value() or ""), str(self._operator.value() or "")
        )
        pairs = typed_drafts(self.grid, self._baits(), common, today)
        drafts, estate = [draft for _, _, draft in pairs], self._estate_shown

        def job(_context: JobContext) -> int:
            count = self._pest.campaign.record(estate, drafts)
            self._drafts.drop(_DRAFT)
            return count

        self._timer.stop()
        self._work.hush()
        self._work.run("正在保存", job, self._stored, partial(self._refused, pairs))

    def show_balances(self) -> None:
        """Read the stock again and say whether it suffices."""
        laid, baits = self.grid.laid(), self._baits()
        for number, card in enumerate(self.baits):
            bait = card.bait()
            if bait is None:
                card.show_need(None, [])
                continue
            lines = self._pest.campaign.balances(bait.agent)
            balance = sum((line.balance for line in lines), Decimal(0))
            card.show_need(need_of(bait, number, laid, balance), lines)
        self._show_course(course_of(laid, len(baits)), baits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the page away on Esc; the draft stays."""
        if event.key() == Qt.Key.Key_Escape and not self._work.busy:
            self._leave(keep=True)
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        back = IconButton("chevron-left", "返回，草稿留着（Esc）", name="campaign_back")
        back.clicked.connect(lambda: self._leave(keep=True))
        cancel = SecondaryButton("取消", name="campaign_cancel")
        cancel.clicked.connect(lambda: self._leave(keep=False))
        save = PrimaryButton("保存 Ctrl+S", "save", name="campaign_save")
        save.clicked.connect(self.save)
        head = row(back, label("整片登记投药", "title"), self._chip, 0, cancel, save, spacing=10)
        facts = row(spacing=12)
        for field in (self._estate, self._day, self._operator, self._way):
            facts.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        card = QFrame()
        card.setProperty("role", "card")
        left = QVBoxLayout(card)
        left.setContentsMargins(1, 1, 1, 8)
        left.setSpacing(6)
        left.addWidget(self.grid, 1)
        foot = row(self._foot, spacing=8)
        foot.setContentsMargins(12, 0, 12, 0)
        left.addLayout(foot)
        aside = Aside("药够不够", "campaign_aside")
        aside.body.addWidget(self.baits[0])
        aside.body.addWidget(rule())
        aside.say("同时投第二种药就填，没有就空着")
        aside.body.addWidget(self.baits[1])
        aside.end()
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(card, 1)
        middle.addWidget(aside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._work.banner)
        whole.addLayout(facts)
        whole.addLayout(middle, 1)
        whole.addWidget(label("Tab 右边一格 · 回车下一栋 · 只存填了的", "secondary"))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.save)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.edited.connect(self._timer.start)
        self._estate.edited.connect(self._show_estate)
        self.grid.edited.connect(lambda _place: self._timer.start())
        self.grid.changed.connect(self.show_balances)
        for card in self.baits:
            card.edited.connect(self._show_baits)
            card.agent_left.connect(partial(self._look_at_agent, card))
            card.issue_wanted.connect(self._issue)

    def _baits(self) -> list[Bait]:
        first, second = (card.bait() for card in self.baits)
        return [first or Bait("", "", "", None), *([second] if second is not None else [])]

    def _show_baits(self) -> None:
        self.grid.show_baits(self._baits())

    def _show_estate(self) -> None:
        """Show the buildings of the estate chosen; what was typed for another one waits."""
        if self._estate_shown:
            self._typed[self._estate_shown] = self.grid.typed()
        self._estate_shown = str(self._estate.value() or "")
        sites: list[Site] = self._pest.campaign.sites(self._estate_shown) if self._estate_shown else []
        self.grid.show_sites(sites, self._typed.get(self._estate_shown, {}), self._clock.today())
        self._show_baits()

    def _look_at_agent(self, card: BaitCard) -> None:
        """Fill unit and pest from what the books know of the agent; say at once if it is banned."""
        bait = card.bait()
        if bait is None:
            card.agent.set_problem("")
            return
        last = self._pest.stock.latest(bait.agent)
        if last is not None and not bait.unit and last.package:
            card.unit.set_value(last.package)
        named = next((pest for pest in PESTS if pest in bait.agent), "")
        if named and not bait.pest:
            card.pest.set_value(named)
        day = self._day.value()
        card.agent.set_problem(self._pest.treatments.banned(bait.agent, day if isinstance(day, date) else None))
        self._show_baits()

    def _mark(self, problems: Sequence[Problem]) -> None:
        texts = {problem.field: problem.message for problem in problems}
        for name, field in self._fields.items():
            field.set_problem(texts.get(name, ""))
        if first := next((field for name, field in self._fields.items() if name in texts), None):
            first.focus_editor()

    def _stored(self, _count: int) -> None:
        filled = sum(laid.is_filled for laid in self.grid.laid())
        self._host.note_saved(f"已登记投药：{self._estate_shown} {filled}处")
        self.saved.emit()
        self._host.close_page(self)

    def _refused(self, pairs: Sequence[Typed], error: BaseException) -> None:
        if not isinstance(error, InputError):
            self._work.say_failed(error)
            return
        cells: dict[int, dict[str, str]] = {}
        fields: list[Problem] = []
        for problem in error.problems:
            place, number, _ = pairs[int(problem.field.partition(".")[0])]
            name = problem.field.partition(".")[2]
            if name in ("agent", "pest", "unit"):
                fields.append(Problem(f"{name}_{number + 1}", problem.code, problem.message))
            else:
                cells.setdefault(place, {})[_CELLS.get(name, PACKS[number])] = problem.message.rstrip("。")
        for place, texts in cells.items():
            self.grid.sheet.set_problems(place, texts)
        self._mark(fields)
        told = (
            str(error)
            if not error.problems
            else f"有 {len(cells) + bool(fields)}处要改，一栋都还没有存。已填的内容都在。"
        )
        self._work.say("danger", told)
        if cells and not fields:
            self.grid.begin(min(cells))
            self.grid.setFocus()

    def _issue(self, line: Any, quantity: Decimal) -> None:
        self.issue_wanted.emit(line, quantity, f"{self._estate_shown}投药".strip())

    def _show_course(self, course: Course, baits: Sequence[Bait]) -> None:
        if not course.buildings:
            self._foot.setText("选好小区，这里列出每一栋。没有楼栋的，在“辖区底册”里补。")
            return
        parts = [f"合计 {course.filled}/{course.buildings}栋"]
        parts += [f"应投{course.due:,}户"] if course.due else []
        parts += [f"实投{course.done:,}户"]
        parts += [f"未投{course.left:,}户"] if course.due else []
        parts += [
            f"灭{bait.pest} {amount_text(packages)}{bait.unit}"
            for bait, packages in zip(baits, course.packages, strict=True)
            if packages
        ]
        if course.coverage is not None:
            parts.append(f"覆盖率{course.coverage.quantize(Decimal('0.01'), ROUND_HALF_UP)}%")
        self._foot.setText("　".join(parts))

    def _bring_back(self) -> None:
        kept = self._drafts.find(_DRAFT)
        if kept is not None:
            fields: Mapping[str, object] = kept.content.get("fields", {})
            for name, value in fields.items():
                if name in self._fields:
                    self._fields[name].set_draft(value)
            self._typed = dict(kept.content.get("typed", {}))
            self._show_kept(clock_time(kept.saved_at))
        self._show_estate()

    def _content(self) -> dict[str, Any]:
        if self._estate_shown:
            self._typed[self._estate_shown] = self.grid.typed()
        fields = {name: draft for name, field in self._fields.items() if (draft := field.draft()) is not None}
        return {"fields": fields, "typed": self._typed}

    def _keep(self) -> None:
        if self._host.runner.closed:  # the timer may outlive the window's closing
            return
        content, drafts = self._content(), self._drafts
        self._host.runner.start(lambda _context: drafts.keep(_DRAFT, content), done=self._kept)

    def _kept(self, at: Any) -> None:
        self._show_kept(clock_time(at))

    def _show_kept(self, at: str) -> None:
        self._chip.setText(f"草稿已留存 {at}，还没有保存")
        self._chip.setVisible(True)

    def _leave(self, *, keep: bool) -> None:
        self._timer.stop()
        if keep:
            self._keep()
        else:
            drafts = self._drafts
            self._host.runner.start(lambda _context: drafts.drop(_DRAFT))
        self._host.close_page(self)
