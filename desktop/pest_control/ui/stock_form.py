"""The form of one line of the stock ledger."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.pest_control.rules import FORMS, PACKAGES, StockDraft, check_stock
from desktop.pest_control.stock import StockBook
from desktop.pest_control.stock_rules import FIRST_OF_DAY, MOVEMENTS
from desktop.pest_control.ui.book_form import REMARK, BookForm
from desktop.pest_control.views import EntryRow
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.card import Banner
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import TextField

_SAME_OF_AGENT: tuple[str, ...] = ("ingredient", "content", "form", "registration", "package_g", "package")
_SAME_OF_BATCH: tuple[str, ...] = ("batch", "expires_on")
SAME = ("agent", *_SAME_OF_AGENT, *_SAME_OF_BATCH)
"""What two lines of one batch have alike."""


class StockForm(BookForm):
    """One line of the stock ledger; offers 期初 where a batch nobody ever entered is taken from."""

    opening_wanted = Signal()

    draft_type, numbers, days = StockDraft, ("quantity", "package_g"), ("happened_on", "expires_on")

    def __init__(
        self,
        book: StockBook,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        officer: Officer,
        row: EntryRow[StockDraft] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(book, drafts, host, clock, row, values=values)
        self.setObjectName("stock_form")
        self._stock = book
        self.add_section(
            "这一笔",
            [
                DayField("happened_on", "日期", required=True, today=clock.today),
                ChoiceField("movement", "类型", MOVEMENTS, required=True, hint="领用、发放、报废会减少结存"),
                NumberField("quantity", "数量", decimals=3, required=True),
                ChoiceField("agent", "药品名称", book.words("agent"), editable=True, required=True),
                TextField("batch", "批号", limit=40, hint="结存按药品和批号分别算"),
                DayField("expires_on", "有效期至", today=clock.today),
                DoerField("handler", "经手人", officer, words=book.words("handler"), fresh=row is None),
                TextField("receiver", "领药人", limit=100),
                TextField("purpose", "用途", limit=200),
            ],
            remark=REMARK,
        )
        self.add_section(
            "药品",
            [
                ChoiceField("ingredient", "有效成分", book.words("ingredient"), editable=True),
                TextField("content", "含量", limit=40, placeholder="如 0.005%"),
                ChoiceField("form", "剂型", FORMS, editable=True),
                TextField("registration", "登记证号", limit=40, placeholder="标签上 WP 或 PD 开头"),
                NumberField("package_g", "每包装", unit="克", decimals=3, hint="月报按它折算公斤"),
                ChoiceField("package", "包装单位", PACKAGES, editable=True),
            ],
            remark="照标签填，同一种药只要填一次",
        )
        for name in ("agent", "ingredient", "happened_on", "movement"):
            self.field(name).left.connect(self._look_again)
        self._opening = Banner(
            "info", "这个批号还没有登记过结存", detail="以前就有的药，先登记期初，再存这一笔。", button="登记期初"
        )
        self._opening.setObjectName("stock_opening")
        self._opening.pressed.connect(self.opening_wanted)
        self._opening.setVisible(False)
        self.add_notice(self._opening)
        self.start()
        self._look_again()

    def problems(self) -> list[Problem]:
        """Return what can be seen to be wrong without the file."""
        return check_stock(self.draft(), today=self._clock.today())

    def settle_opening(self) -> None:
        """Go on with this line: what it takes from has been entered."""
        self._opening.setVisible(False)
        self.clear_problems()
        self.save_button.setFocus()

    def _refused(self, error: BaseException) -> None:
        super()._refused(error)
        short = isinstance(error, InputError) and any(one.code == "stock_negative" for one in error.problems)
        draft: StockDraft = self.draft()
        self._opening.setVisible(short and not self._stock.has_batch(draft.agent, draft.batch))

    def _look_again(self, *_ignored: object) -> None:
        """Fill blank facts from the last entry of the same product; say what the law asks for."""
        draft: StockDraft = self.draft()
        if self._row is None and draft.agent and (last := self._stock.latest(draft.agent)) is not None:
            # What comes in may be a new batch; what goes out or is counted is of the one at hand.
            names = _SAME_OF_AGENT + (() if draft.movement in (*FIRST_OF_DAY, "") else _SAME_OF_BATCH)
            for name in names:
                if self.field(name).value() in (None, ""):
                    self.field(name).set_value(getattr(last, name))
        hint = self._stock.advice(draft.agent, draft.ingredient, draft.happened_on or self._clock.today())
        self.field("agent").set_hint(hint)
