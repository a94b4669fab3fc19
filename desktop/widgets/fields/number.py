"""Whole and decimal numbers with their unit in the label; what was typed stays, readable or not."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.foundation.text import squeeze
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.lineedit import LineEdit

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


class NumberField(Field):
    """A number or nothing; int when *decimals* is 0, else Decimal."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        unit: str = "",
        decimals: int = 0,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(name, f"{title} {unit}" if unit else title, required=required, hint=hint)
        self._decimals = decimals
        self._line = LineEdit(placeholder)
        self._line.textChanged.connect(self._touched)
        self._set_editor(self._line)

    def value(self) -> int | Decimal | None:
        """Return the number, or None for an empty or unreadable field."""
        if self.own_problem() or not (text := self._plain()):
            return None
        return int(text) if self._decimals == 0 else Decimal(text)

    def set_value(self, value: object) -> None:
        """Show *value*, a number or None."""
        with self._quietly():
            self._line.setText("" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value))

    def own_problem(self) -> str:
        """Say what to write instead, if the text is no such number."""
        text = self._plain()
        if not text:
            return ""
        found = _NUMBER.fullmatch(squeeze(self._line.text()))
        if found is None:
            return "只填数字，如 12" if self._decimals == 0 else "只填数字，如 5.6"
        fraction = (found.group(3) or ".")[1:]
        if self._decimals == 0 and fraction:
            return "这里填整数，不带小数点"
        if len(fraction) > self._decimals:
            return f"最多{self._decimals}位小数"
        return "数太大了，请核对" if len(text) > 15 else ""

    def draft(self) -> str:
        """Return the text as typed."""
        return self._line.text()

    def _plain(self) -> str:
        return squeeze(self._line.text()).replace(",", "")
