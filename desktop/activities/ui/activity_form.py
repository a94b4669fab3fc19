"""The form of one activity: planned, held or called off, the ledgers it stands in, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from desktop.activities.rules import HELD, STATUSES, ActivityDraft, check_activity, status_of
from desktop.activities.service import ActivityService
from desktop.activities.ui.work_field import WorkField
from desktop.activities.views import ActivityRow, Words
from desktop.activities.work import work_text
from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.draft_keeper import DraftKeeper
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.dialogs import ask, show_error
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.form import FormPage

LABELS = {
    "name": "名称", "category": "类别", "status": "状态", "held_on": "日期", "ends_on": "结束日期", "clock": "时间",
    "place": "地点", "in_charge": "负责人", "partners": "参与单位", "planned_people": "计划人数",
    "attendance": "参加人次", "ledgers": "记入台账", "work": "工作量", "summary": "小结",
}  # fmt: skip
_TEXTS = ("name", "category", "status", "clock", "place", "in_charge", "partners", "summary")


class ActivityForm(FormPage):
    """Writes one activity through the service; ``saved`` carries the ActivityRow."""

    saved = Signal(object)

    def __init__(
        self,
        activities: ActivityService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        officer: Officer,
        row: ActivityRow | None = None,
        day: date | None = None,
        settle: bool = False,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(_title(row, settle=settle))
        self.setObjectName("activity_form")
        self._activities, self._host, self._clock, self._row = activities, host, clock, row
        self._officer = officer
        self._build(settle=settle)
        self.set_checker(lambda _values: check_activity(self.draft(), today=self._clock.today()))
        self.set_values(_values_of(row.draft) if row else {"held_on": day or clock.today(), **(values or {})})
        if settle:
            self.set_values({"status": HELD})
        for name in ("held_on", "status"):
            self.field(name).left.connect(self._say_status)
            self.field(name).edited.connect(self._say_status)
        self._keeper = DraftKeeper(self, drafts, _draft_key(row, values), host)
        self._keeper.bring_back()
        self.save_requested.connect(self._save)
        self._say_status()

    def draft(self) -> ActivityDraft:
        """Return what is typed."""
        values = self.values()
        held_on, ends_on, ledgers = values["held_on"], values["ends_on"], values["ledgers"]
        work = self.field("work")
        return ActivityDraft(
            **{name: str(values[name] or "") for name in _TEXTS},
            held_on=held_on if isinstance(held_on, date) else None,
            ends_on=ends_on if isinstance(ends_on, date) else None,
            planned_people=_whole(values["planned_people"]),
            attendance=_whole(values["attendance"]),
            ledgers=tuple(ledgers) if isinstance(ledgers, list) else (),
            work=work.value() if isinstance(work, WorkField) else (),
        )

    def _build(self, *, settle: bool) -> None:
        words = self._activities.words()
        sections = [self._add_activity, self._add_people, self._add_work]
        # When only the result is wanted, it stands on top and the rest below.
        for add in sections[1:] + sections[:1] if settle else sections:
            add(words)

    def _add_activity(self, words: Words) -> None:
        today = self._clock.today
        self.add_section(
            "活动",
            [
                ChoiceField("name", "名称", words.names, editable=True, required=True, placeholder="如 妇女节健康讲座"),
                ChoiceField("category", "类别", words.categories, editable=True, required=True),
                ChoiceField("status", "状态", STATUSES, placeholder="不选就按日期算"),
                DayField("held_on", "日期", required=True, today=today),
                DayField("ends_on", "结束日期", today=today, hint="只有一天的不用填"),
                TextField("clock", "时间", placeholder="如 14:30–16:30", limit=40),
                ChoiceField("place", "地点", words.places, editable=True),
                DoerField("in_charge", "负责人", self._officer, words=words.in_charge, fresh=self._row is None),
            ],
            columns=4,
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )

    def _add_people(self, words: Words) -> None:
        self.add_section(
            "谁参加，记入哪本台账",
            [
                ChoiceField("partners", "参与单位", words.partners, editable=True),
                NumberField("planned_people", "计划人数"),
                NumberField("attendance", "参加人次", hint="一个人来两次算2人次"),
                TagsField("ledgers", "记入台账", words.ledgers, hint="记一遍，这几本台账里都有"),
            ],
            columns=4,
        )

    def _add_work(self, _words: Words) -> None:
        names, units = self._activities.work_words()
        self.add_section(
            "做了什么",
            [
                (WorkField("work", "工作量", names, units, hint="数不准的写 600余、600多 或 约600"), 3),
                (MultilineField("summary", "小结", placeholder="效果、问题；取消或延期的写原因", lines=2), 3),
            ],
            remark="月报、年报的数字从这里来",
        )

    def _say_status(self) -> None:
        """Say what an empty status will mean."""
        day, status, doer = self.field("held_on").value(), self.field("status"), self.field("in_charge")
        if isinstance(doer, DoerField):
            today = self._clock.today()
            doer.set_done(status_of(day if isinstance(day, date) else today, str(status.value() or ""), today) == HELD)
        if isinstance(day, date) and not status.value():
            status.set_hint(f"不选就记为“{status_of(day, '', self._clock.today())}”")
        else:
            status.set_hint("")

    def _save(self) -> None:
        self._store(self._row)

    def _store(self, row: ActivityRow | None) -> None:
        self.set_saving(True)
        job = partial(_store, self._activities, self._keeper, self.draft(), row)
        self._host.runner.start(job, done=self._stored, failed=self._refused)

    def _stored(self, row: ActivityRow) -> None:
        self.set_saving(False)
        self._host.note_saved(f"{'已修改' if self._row else '已登记'}活动：{row.draft.name}")
        self.saved.emit(row)
        self._host.close_page(self)

    def _refused(self, error: BaseException) -> None:
        self.set_saving(False)
        if isinstance(error, ChangedMeanwhile) and self._row is not None:
            self._show_both(self._row, error)
        elif isinstance(error, InputError):
            self.show_problems(error.problems or [Problem("", "refused", str(error))])
        else:
            show_error(self, "保存活动", error)

    def _show_both(self, old: ActivityRow, error: ChangedMeanwhile) -> None:
        """Show what a colleague stored beside what is typed here, and let the user decide."""
        theirs = self._activities.rows([old.id])
        if not theirs:
            self.show_problems([Problem("", "gone", "这次活动刚被别人删除了，请到回收站看看。")])
            return
        lines = [
            f"{LABELS[name]}：现在是“{_shown(stored)}”，您写的是“{_shown(mine)}”"
            for name, (stored, mine) in error.fields.items()
        ]
        text = "\n".join(lines) or "内容和您写的一样。"
        ask(self, "别人刚改过这次活动", text, "用我写的", "用现在的", partial(self._decide, theirs[0]))

    def _decide(self, theirs: ActivityRow, mine: bool) -> None:
        self._row = theirs
        if mine:
            self._store(theirs)
        else:
            self.set_values(_values_of(theirs.draft))


def _store(
    activities: ActivityService,
    keeper: DraftKeeper,
    draft: ActivityDraft,
    row: ActivityRow | None,
    _context: JobContext,
) -> ActivityRow:
    stored = activities.record(draft) if row is None else activities.change(row.id, draft, version=row.version)
    keeper.drop()
    return stored


def _draft_key(row: ActivityRow | None, values: Mapping[str, object] | None) -> str:
    """Return the draft's name; what was begun from a duty keeps its draft apart from a form opened empty."""
    if row is not None:
        return f"activity:{row.id.hex}"
    return f"activity:due:{values.get('name', '')}" if values else "activity:new"


def _title(row: ActivityRow | None, *, settle: bool) -> str:
    if row is None:
        return "新增活动"
    return f"登记结果：{row.draft.name}" if settle else f"修改活动：{row.draft.name}"


def _values_of(draft: ActivityDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in vars(draft).items()}


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        value = "、".join(value) if all(isinstance(item, str) for item in value) else work_text(value)
    return "空" if value in (None, "") else str(value)
