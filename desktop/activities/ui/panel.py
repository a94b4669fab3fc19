"""The panel beside month and list: a day with its activities, or one activity; read-only until 修改."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from desktop.activities.almanac import DayFacts
from desktop.activities.rules import CANCELLED, PLANNED, POSTPONED
from desktop.activities.service import ActivityService
from desktop.activities.ui.columns import days_text, status_chip
from desktop.activities.ui.due_row import DueRow
from desktop.activities.ui.tile import ActivityTile
from desktop.activities.views import ActivityRow
from desktop.foundation.clock import Clock
from desktop.foundation.days import WEEKDAYS, long_day
from desktop.register.attachments import ON_SITE, AttachmentService
from desktop.register.ports import DueLine
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.dialogs import show_error
from desktop.widgets.panel import Banner, Fact, FactList, SidePanel
from desktop.widgets.roles import label, row, rule
from desktop.widgets.theme import appearance

OWNER = "activity"
"""How photos name the table of what they belong to."""


class ActivityPanel(SidePanel):
    """Shows a day or an activity; what is done to an activity is asked of the tab."""

    change_wanted = Signal(object)  # ActivityRow
    settle_wanted = Signal(object)  # ActivityRow
    new_wanted = Signal(object)  # date
    due_wanted = Signal(object)  # DueLine
    sign_in_wanted = Signal(object)  # ActivityRow
    notice_wanted = Signal(object)  # the activity's id

    def __init__(
        self,
        activities: ActivityService,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        attachments: AttachmentService,
        *,
        may_settle: Callable[[DueLine], bool] = lambda _line: False,
    ) -> None:
        super().__init__()
        self._may_settle, self._attachments = may_settle, attachments
        self.setObjectName("activity_panel")
        self._activities, self._clock, self._host = activities, clock, host
        self._may_edit = officer.may(Right.EDIT_ACTIVITIES)
        self._may_print = officer.may(Right.EXPORT)
        self._may_write = officer.may(Right.EDIT_NOTICES)
        self._facts: DayFacts | None = None
        self._rows: Sequence[ActivityRow] = ()
        self._dues: Sequence[DueLine] = ()
        self.chosen: UUID | None = None

    def show_day(
        self,
        facts: DayFacts,
        rows: Sequence[ActivityRow],
        *,
        chosen: UUID | None = None,
        dues: Sequence[DueLine] = (),
    ) -> None:
        """Show a day: its activities, the one shown before, *chosen*, or the first in full; and what is due on it."""
        self._facts, self._rows, self._dues = facts, rows, dues
        known = {one.id for one in rows}
        wanted = chosen or self.chosen
        self.chosen = wanted if wanted in known else rows[0].id if rows else None
        self._fill_day()

    def show_activity(self, one: ActivityRow) -> None:
        """Show one activity alone."""
        self._facts, self._rows, self.chosen = None, (one,), one.id
        self.clear()
        self.set_heading(one.draft.name)
        self.add(ChipRow([status_chip(one, self._clock.today())]))
        self._fill_activity(one)

    def _fill_day(self) -> None:
        facts = self._facts
        if facts is None:
            return
        self.clear()
        day, today = facts.day, self._clock.today()
        # In large type and high contrast the grid alone marks today: beside the day there is no room for the word.
        is_told = day == today and not (appearance().large or appearance().contrast)
        aside = f"{facts.lunar} · 今天" if is_told else facts.lunar
        self.set_heading(_heading(day, today), aside)
        if facts.occasions:
            self.add(label("、".join(facts.occasions), "secondary", wrap=True, name="occasions"))
        if not self._rows:
            self.add(label("这一天还没有活动。", "secondary"))
            self._fill_dues(day, today)
            if self._may_edit:
                new = SecondaryButton("在这一天新增", "plus", name="panel_new")
                new.clicked.connect(lambda: self.new_wanted.emit(day))
                self.set_buttons(None, new)
            return
        for one in self._rows:
            tile = ActivityTile(one)
            tile.setChecked(one.id == self.chosen)
            tile.clicked.connect(partial(self._choose, one.id))
            self.add(tile)
        shown = next(one for one in self._rows if one.id == self.chosen)
        self.add(rule())
        head = row(label(shown.draft.name, "heading", wrap=True), spacing=8)
        head.setStretch(0, 1)
        head.addWidget(ChipRow([status_chip(shown, today)]))
        self.add(head)
        self._fill_activity(shown)
        self._fill_dues(day, today)

    def _fill_dues(self, day: date, today: date) -> None:
        """List what is due on the day, each with the button that settles it."""
        for line in self._dues:
            due = DueRow(line, day, today, may_settle=self._may_settle(line))
            due.wanted.connect(self.due_wanted)
            self.add(rule())
            self.add(due)

    def _choose(self, activity_id: UUID, _checked: bool = False) -> None:
        self.chosen = activity_id
        self._fill_day()
        if (tile := self.findChild(ActivityTile, f"tile_{activity_id.hex}")) is not None:
            tile.setFocus()

    def _fill_activity(self, one: ActivityRow) -> None:
        draft = one.draft
        people = [
            f"计划 {draft.planned_people:,}人" if draft.planned_people is not None else "",
            f"参加 {draft.attendance:,}人次" if draft.attendance is not None else "",
        ]
        if one.is_unsettled(self._clock.today()):
            days = (self._clock.today() - one.last_on).days
            self.add(Banner("danger", f"日子过了{days}天，还没有登记结果", icon_name="clock"))
        facts = [
            Fact("日期", long_day(one.held_on) if draft.ends_on is None else days_text(one, self._clock.today())),
            Fact("时间", draft.clock),
            Fact("类别", draft.category),
            Fact("地点", draft.place),
            Fact("负责人", draft.in_charge),
            Fact("参与单位", draft.partners),
            Fact("人数", "，".join(filter(None, people))),
            Fact("工作量", "\n".join(item.text for item in draft.work)),
            Fact("小结", draft.summary),
        ]
        on_day = self._facts is not None and draft.ends_on is None
        self.add(FactList([fact for fact in facts if fact.value and not (on_day and fact.label == "日期")]))
        if draft.ledgers:
            self.add(label("记入台账", "secondary"))
            self.add(ChipRow([Chip(name, "grey") for name in draft.ledgers]))
        if one.held_on <= self._clock.today():  # of what is still to come nobody has a photo
            self.add(PhotoStrip(self._attachments, self._host, OWNER, one.id, (ON_SITE,)))
        self.offer_history("activities", one.id)
        self._add_buttons(one)

    def _add_buttons(self, one: ActivityRow) -> None:
        sign_in: QPushButton | None = None
        if self._may_print and one.draft.status != CANCELLED:
            sign_in = SecondaryButton("打印签到表", "print", name="panel_sign_in")
            sign_in.clicked.connect(lambda: self.sign_in_wanted.emit(one))
        if not self._may_edit:
            self.set_buttons(None, second=sign_in)
            return
        settle: QPushButton | None = None
        if one.draft.status in (PLANNED, POSTPONED) and one.held_on <= self._clock.today():
            settle = PrimaryButton("登记结果和人数", "pencil", name="panel_settle")
            settle.clicked.connect(lambda: self.settle_wanted.emit(one))
        change = SecondaryButton("修改", name="panel_change")
        change.clicked.connect(lambda: self.change_wanted.emit(one))
        remove = SecondaryButton("删除", "trash", name="panel_remove")
        remove.clicked.connect(lambda: self.remove(one.id))
        notice = SecondaryButton("写通知", name="panel_notice")
        notice.clicked.connect(lambda: self.notice_wanted.emit(one.id))
        self.set_buttons(settle, *((notice,) if self._may_write else ()), change, remove, second=sign_in)

    def remove(self, activity_id: UUID) -> None:
        """Move an activity to the bin; the window offers the undo."""
        self._host.runner.start(
            lambda _context: self._activities.remove(activity_id),
            done=lambda done: self._host.note_saved(f"已{done}"),
            failed=lambda error: show_error(self, "删除活动", error),
        )


def _heading(day: date, today: date) -> str:
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"
