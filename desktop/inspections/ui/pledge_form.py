"""The form of one letter of responsibility."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from desktop.foundation.clock import Clock
from desktop.inspections.rules import PLEDGE_CATEGORIES, PledgeDraft, check_pledge
from desktop.inspections.service.pledges import PledgeService
from desktop.inspections.views import PledgeRow
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import TextField

_TEXTS = ("category", "party", "address", "manager", "phone")


class PledgeForm(RecordForm):
    """Writes one letter through the service."""

    def __init__(
        self,
        service: PledgeService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        row: PledgeRow | None = None,
        again: PledgeRow | None = None,
    ) -> None:
        super().__init__(f"修改责任书：{row.draft.party}" if row else "登记责任书", host, what="责任书")
        self.setObjectName("pledge_form")
        self._service, self._clock, self._row = service, clock, row
        self._build()
        fresh = _signed_again(again.draft, clock.today()) if again else {"signed_on": clock.today(), "copies": 1}
        self.set_values(_values_of(row.draft) if row else fresh)
        self.set_checker(lambda _values: check_pledge(self.draft(), today=clock.today()))
        self.begin(drafts, f"pledge:{row.id.hex if row else f'again:{again.id.hex}' if again else 'new'}")

    def draft(self) -> PledgeDraft:
        """Return what is typed."""
        values = self.values()
        signed, ends, copies = values["signed_on"], values["expires_on"], values["copies"]
        return PledgeDraft(
            **{name: str(values[name] or "") for name in _TEXTS},
            signed_on=signed if isinstance(signed, date) else None,
            expires_on=ends if isinstance(ends, date) else None,
            copies=copies if isinstance(copies, int) else None,
        )

    def saving(self) -> Saving:
        """Return what stores the letter."""
        if self._row is None:
            return partial(self._service.record, self.draft())
        return partial(self._service.change, self._row.id, self.draft(), version=self._row.version)

    def done_text(self, result: PledgeRow) -> str:
        """Return what was done."""
        return f"{'已修改' if self._row else '已登记'}责任书：{result.draft.party}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the values stored now."""
        found = self._service.rows([self._row.id]) if self._row else []
        if not found:
            return None
        self._row = found[0]
        return _values_of(self._row.draft)

    def _build(self) -> None:
        today = self._clock.today
        categories = list(dict.fromkeys((*PLEDGE_CATEGORIES, *self._service.categories())))
        self.add_section(
            "责任书",
            [
                ChoiceField("category", "类别", categories, editable=True, required=True),
                TextField("party", "签订对象", required=True, hint="商铺、单位或个人"),
                TextField("address", "地址"),
                DayField("signed_on", "签订日期", required=True, today=today),
                DayField("expires_on", "到期日期", today=today),
                NumberField("copies", "份数", required=True),
                TextField("manager", "负责人", limit=100),
                TextField("phone", "联系电话", limit=40, hint="打星号的是已存的号码，不用重填" if self._row else ""),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )


def _signed_again(old: PledgeDraft, today: date) -> dict[str, object]:
    """Return a letter like *old*, signed today for as long as that one; the telephone is starred and asked for anew."""
    lasts = old.expires_on - old.signed_on if old.expires_on and old.signed_on else None
    same = {name: getattr(old, name) or None for name in ("category", "party", "address", "manager", "copies")}
    return {**same, "signed_on": today, "expires_on": today + lasts if lasts else None}


def _values_of(draft: PledgeDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in draft.__dict__.items()}
