"""The side panel of one inspection: what was found, its deadline, how far it has come, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from shiboken6 import isValid

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, short_day
from desktop.inspections.progress import NextStep, is_overdue, may_escalate, next_step, steps_of
from desktop.inspections.rectification import is_noticed_unnumbered, may_print_notice
from desktop.inspections.rules import InspectionDraft, Stage, stage_of
from desktop.inspections.service.notices import RectificationService
from desktop.inspections.ui.columns import NOTHING_FOUND, state_chip
from desktop.inspections.ui.photos import OWNER, roles_of
from desktop.inspections.ui.step_line import StepLine
from desktop.inspections.views import InspectionRow
from desktop.register.attachments import AttachmentService
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from desktop.widgets.chips import ChipRow
from desktop.widgets.panel import Banner, Fact, FactList, SidePanel
from desktop.widgets.roles import label

_LONGEST_TITLE = 24
_SOON_DAYS = 3
_STEP_ICONS = {NextStep.NOTICE: "document", NextStep.RECHECK: "check", NextStep.CLOSE: "check-circle"}


def checklist_facts(draft: InspectionDraft) -> list[Fact]:
    """Return the checklist's edition and sums, and its items that failed."""
    if (checked := draft.checks) is None:
        return []
    failed = [f"{line.item.name}{f'（{line.note}）' if line.note else ''}" for line in checked.failed]
    return [
        Fact("检查表", f"{checked.title}（{checked.edition}版）：{checked.words}"),
        Fact("不合格项", "\n".join(failed)),
    ]


class InspectionPanel(SidePanel):
    """Read-only until 修改; ``step_wanted`` carries the row and the step, None for 上报."""

    step_wanted = Signal(object, object)
    change_wanted = Signal(object)
    print_wanted = Signal(object)
    notice_wanted = Signal(object)
    number_wanted = Signal(object)
    reprint_wanted = Signal(object)
    checked_wanted = Signal(object)

    def __init__(
        self, officer: Officer, clock: Clock, attachments: AttachmentService, notices: RectificationService,
        host: PageHost,
    ) -> None:  # fmt: skip
        super().__init__(large_width=424)
        self.setObjectName("inspection_panel")
        self._officer, self._clock, self._attachments, self._host = officer, clock, attachments, host
        self._notices = notices
        self._photos: PhotoStrip | None = None

    def show_inspection(self, row: InspectionRow) -> None:
        """Show *row*."""
        today, draft = self._clock.today(), row.draft
        self.clear()
        title = draft.problem.split("\n")[0] or NOTHING_FOUND
        is_long = len(title) > _LONGEST_TITLE or "\n" in draft.problem
        self.set_heading(f"{title[:_LONGEST_TITLE]}…" if len(title) > _LONGEST_TITLE else title)
        about = " · ".join(part for part in (draft.category, row.place, draft.responsible) if part)
        self.add(label(about, "secondary", wrap=True, name="inspection_about"))
        if (banner := self._deadline(row)) is not None:
            self.add(banner)
        else:
            self.add(ChipRow([state_chip(row, today)]))
        if (notice := self._notice_button(row)) is not None:
            self.add(notice)
        self._photos = PhotoStrip(self._attachments, self._host, OWNER, row.id, roles_of(draft))
        self.add(self._photos)
        if steps := steps_of(draft, today):
            self.add(StepLine(steps))
        facts = [
            Fact("反复", row.repeat.words if row.repeat else ""),
            Fact("问题", draft.problem if is_long else ""),
            Fact("日期", long_day(draft.inspected_on) if draft.inspected_on and not steps else ""),
            Fact("检查人", draft.inspector if not steps else ""),
            Fact("结果", draft.result),
            Fact("得分", str(draft.score) if draft.score is not None else ""),
            *checklist_facts(draft),
        ]
        self.add(FactList([fact for fact in facts if fact.value]))
        if draft.checks is not None and self._officer.may(Right.EXPORT):
            paper = LinkButton("打印检查表", "print", name="panel_checked")
            paper.clicked.connect(lambda: self.checked_wanted.emit(row))
            self.add(paper)
        self._add_buttons(row)

    def reload_photos(self) -> None:
        """Read the photos again: one may have been taken back, here or elsewhere."""
        if self._photos is not None and isValid(self._photos) and self.isVisible():
            self._photos.refresh()

    def _deadline(self, row: InspectionRow) -> Banner | None:
        """Return the deadline while the recheck is awaited."""
        today, draft = self._clock.today(), row.draft
        if draft.due_on is None or stage_of(draft) not in {Stage.OPEN, Stage.NOTICED, Stage.RECHECK_FAILED}:
            return None
        days = (draft.due_on - today).days
        when = f"整改期限{' ' if days else ''}{short_day(draft.due_on, today)}"
        if is_overdue(draft, today):
            return Banner("danger", f"{when}，已逾期{-days}天", icon_name="clock")
        kind = "warning" if days <= _SOON_DAYS else "info"
        return Banner(kind, f"{when}，还有{days}天" if days else f"{when}到", icon_name="clock")

    def _add_buttons(self, row: InspectionRow) -> None:
        may_edit = self._officer.may(Right.EDIT_INSPECTIONS)
        primary = None
        step = next_step(row.draft)
        if may_edit and step is not None:
            primary = PrimaryButton(step.value, _STEP_ICONS[step], name="panel_step")
            primary.clicked.connect(lambda: self.step_wanted.emit(row, step))
        others = []
        if may_edit:
            change = SecondaryButton("修改", name="panel_change")
            change.clicked.connect(lambda: self.change_wanted.emit(row))
            others.append(change)
        if may_edit and may_escalate(row.draft):
            escalate = SecondaryButton("上报", name="panel_escalate")
            escalate.clicked.connect(lambda: self.step_wanted.emit(row, None))
            others.append(escalate)
        if self._officer.may(Right.EXPORT):
            print_ = SecondaryButton("打印", name="panel_print")
            print_.clicked.connect(lambda: self.print_wanted.emit(row))
            others.append(print_)
        self.set_buttons(primary, *others)

    def _notice_button(self, row: InspectionRow) -> LinkButton | None:
        """Return the button of the rectification notice: again as it went out, to be issued, or to be looked at."""
        issued = self._notices.issued_of(row.id)
        if issued is not None:
            again = LinkButton("再印整改通知书", "print", name="panel_notice")
            again.setToolTip(f"{issued.number}，和发出去的一模一样")
            again.clicked.connect(lambda: self.reprint_wanted.emit(issued))
            return again
        if not may_print_notice(row.draft):
            return None
        if self._officer.may(Right.EDIT_INSPECTIONS) and is_noticed_unnumbered(row.draft):
            number = LinkButton("编号并打印整改通知书", "print", name="panel_notice")
            number.clicked.connect(lambda: self.number_wanted.emit(row))
            return number
        if not self._officer.may(Right.EXPORT):
            return None
        written = bool(row.draft.notice_number)
        button = LinkButton("打印整改通知书" if written else "先看整改通知书", "print", name="panel_notice")
        button.clicked.connect(lambda: self.notice_wanted.emit(row))
        return button
