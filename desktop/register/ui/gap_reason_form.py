"""The form that asks why a duty was not done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from desktop.foundation.days import plain_day
from desktop.foundation.errors import Problem
from desktop.register.service.gap_reasons import LONGEST, GapReasonService
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.card import Banner
from desktop.widgets.fields.text import MultilineField


class GapReasonForm(RecordForm):
    """Writes one reason through the service."""

    def __init__(
        self,
        service: GapReasonService,
        host: PageHost,
        drafts: Drafts,
        *,
        duty: str,
        title: str,
        about: str,
        first: date,
        last: date,
        reason: str = "",
    ) -> None:
        super().__init__(f"写明原因：{title}", host, what="原因")
        self.setObjectName("gap_reason_form")
        self._service, self._duty, self._duty_title = service, duty, title
        self._first, self._last = first, last
        self.add_notice(Banner("info", about, detail=f"{plain_day(first)}至{plain_day(last)}"))
        self.add_section(
            "为什么没有做",
            [
                (
                    MultilineField(
                        "reason", "原因", required=True, hint="写清实际情况，如“连续暴雨，停了两周”", lines=3
                    ),
                    3,
                )
            ],
            remark="写明以后不再算缺项，列表里还看得到",
        )
        self.set_values({"reason": reason or None})
        self.set_checker(self._judge)
        self.begin(drafts, f"gap:{duty}:{first.isoformat()}")

    def saving(self) -> Saving:
        """Return what stores the reason."""
        text = str(self.values()["reason"] or "")
        return partial(self._service.explain, self._duty, self._duty_title, self._first, self._last, text)

    def done_text(self, result: str) -> str:
        """Return what was done."""
        return f"已{result}"

    def reread(self) -> Mapping[str, object] | None:
        """Return nothing: whoever writes last writes the reason."""
        return None

    @staticmethod
    def _judge(values: Mapping[str, object]) -> list[Problem]:
        text = str(values["reason"] or "").strip()
        if not text:
            return [Problem("reason", "required", "请写明没有做的原因。")]
        if len(text) > LONGEST:
            return [Problem("reason", "too_long", f"原因最多{LONGEST}个字，现在{len(text)}个。")]
        return []
