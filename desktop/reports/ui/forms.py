"""The forms around a report: handing it in, correcting it, its texts, and the committee's reporting rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from desktop.foundation.clock import Clock
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.reports.content import ReportContent, ReportTexts
from desktop.reports.frozen import Submission
from desktop.reports.periods import LATEST_FIRST_DAY
from desktop.reports.rules import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_REMARK,
    LONGEST_TEXT,
    SubmissionDraft,
    check_setup,
    check_submission,
    check_texts,
)
from desktop.reports.service import ReportService
from desktop.store.drafts import Drafts
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField, TextField

_REMARK = "＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿"


class HandInForm(RecordForm):
    """标为已上报, or with *corrects* 出更正表; ``saved`` carries what the service returned."""

    def __init__(
        self,
        service: ReportService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        officer: Officer,
        content: ReportContent,
        corrects: Submission | None = None,
    ) -> None:
        name = f"{content.title}工作{content.kind}"
        super().__init__(f"出更正表：{name}" if corrects else f"标为已上报：{name}", host, what="上报")
        self.setObjectName("hand_in_form")
        self._service, self._content, self._corrects, self._name = service, content, corrects, name
        days, span = clock.today, content.period
        reason = "更正说明" if corrects else "备注"
        self.add_section(
            "更正" if corrects else "上报",
            [
                DayField("submitted_on", "更正日期" if corrects else "上报日期", required=True, today=days),
                TextField("recipient", "报给谁", required=True, limit=LONGEST_NAME, hint="如和平街道办事处"),
                DoerField("handled_by", "经办人", officer, required=True),
                TextField("number", "编号", limit=LONGEST_NUMBER, hint="如 幸社报〔2026〕5号，没有就空着"),
                MultilineField("remark", reason, lines=3, limit=LONGEST_REMARK),
            ],
            remark=_REMARK,
        )
        known = corrects.recipient if corrects else service.setup.setup().recipient
        self.set_values({"submitted_on": clock.today(), "recipient": known})
        self.set_checker(lambda _values: check_submission(self.draft(), last=span.last, today=clock.today()))
        kind = "correct" if corrects else "hand_in"
        self.begin(drafts, f"{kind}:{span.first.isoformat()}..{span.last.isoformat()}")

    def draft(self) -> SubmissionDraft:
        """Return what is typed."""
        values = self.values()
        day = values["submitted_on"]
        return SubmissionDraft(
            day if isinstance(day, date) else None,
            *(str(values[name] or "") for name in ("recipient", "handled_by", "number", "remark")),
        )

    def saving(self) -> Saving:
        """Return what freezes the values, as they are when it is saved."""
        submissions, draft, period = self._service.submissions, self.draft(), self._content.period
        if self._corrects is not None:
            return lambda: submissions.correct(self._service.content(period), draft)
        return lambda: submissions.hand_in(self._service.content(period), draft)

    def done_text(self, result: Any) -> str:
        """Return what was done."""
        del result
        return f"已出更正表：{self._name}" if self._corrects else f"已标为已上报：{self._name}"

    def reread(self) -> Mapping[str, object] | None:
        """Return None: nothing stored is changed by this form."""
        return None


class TextsForm(RecordForm):
    """主要工作 and 下步打算 in people's own words; it begins with what the records say."""

    def __init__(self, service: ReportService, drafts: Drafts, host: PageHost, content: ReportContent) -> None:
        super().__init__(f"改写文字：{content.title}工作{content.kind}", host, what="报表文字")
        self.setObjectName("texts_form")
        self._service, self._content = service, content
        self._offered = ReportTexts("\n".join(f"{lead}{text}" for lead, text in content.done), "\n".join(content.plans))
        self.add_section(
            "报表里的文字",
            [
                MultilineField("done", "主要工作", lines=8, limit=LONGEST_TEXT, hint="一行一段；清空就由程序按记录写"),
                MultilineField("plans", "下步打算", lines=6, limit=LONGEST_TEXT, hint="一行一条；清空就由程序按记录写"),
            ],
            columns=1,
            remark="存在的问题由没有销号的检查记录列出，不用在这里写 · Esc 收起并保留草稿",
        )
        self.set_values({"done": self._offered.done, "plans": self._offered.plans})
        self.set_checker(lambda values: check_texts(str(values["done"] or ""), str(values["plans"] or "")))
        span = content.period
        self.begin(drafts, f"report_text:{span.first.isoformat()}..{span.last.isoformat()}")

    def saving(self) -> Saving:
        """Return what stores the texts; a part that was not touched stays the records'."""
        values, stored = self.values(), self._content.texts
        done, plans = str(values["done"] or ""), str(values["plans"] or "")
        texts = ReportTexts(
            "" if not stored.done and done == self._offered.done else done,
            "" if not stored.plans and plans == self._offered.plans else plans,
        )
        return partial(self._service.setup.write_texts, self._content.period, self._content.title, texts)

    def done_text(self, result: Any) -> str:
        """Return what was done."""
        del result
        return f"已改写{self._content.title}的报表文字"

    def reread(self) -> Mapping[str, object] | None:
        """Return the texts stored now."""
        stored = self._service.setup.texts(self._content.period)
        return {"done": stored.done or self._offered.done, "plans": stored.plans or self._offered.plans}


class SetupForm(RecordForm):
    """When the committee's reporting month begins, and to whom reports go."""

    def __init__(self, service: ReportService, drafts: Drafts, host: PageHost) -> None:
        super().__init__("报表设置", host, what="报表设置")
        self.setObjectName("report_setup_form")
        self._service = service
        self.add_section(
            "月报怎么算月份",
            [
                NumberField(
                    "first_day", "每月从几日起算", required=True, hint="填1就是自然月；填26就是上月26日到本月25日"
                ),
                TextField("recipient", "报送单位", limit=LONGEST_NAME, hint="印在封面上，如和平街道办事处"),
            ],
            remark=f"＊ 为必填 · 1到{LATEST_FIRST_DAY}之间",
        )
        stored = service.setup.setup()
        self.set_values({"first_day": stored.first_day, "recipient": stored.recipient})
        self.set_checker(lambda _values: check_setup(*self._typed()))
        self.begin(drafts, "report_setup")

    def saving(self) -> Saving:
        """Return what stores the rule."""
        return partial(self._service.setup.change, *self._typed())

    def done_text(self, result: Any) -> str:
        """Return what was done."""
        del result
        return "已修改报表设置"

    def reread(self) -> Mapping[str, object] | None:
        """Return the rule stored now."""
        stored = self._service.setup.setup()
        return {"first_day": stored.first_day, "recipient": stored.recipient}

    def _typed(self) -> tuple[int | None, str]:
        values = self.values()
        first_day = values["first_day"]
        return first_day if isinstance(first_day, int) else None, str(values["recipient"] or "")
