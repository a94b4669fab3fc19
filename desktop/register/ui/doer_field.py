"""Who did the thing: the chosen colleague or oneself at first, names of the office to choose from, who types it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.register.behalf import names_in
from desktop.register.rights import Officer
from desktop.widgets.fields.choice import ChoiceField

LONGEST_NAMES = 100
"""Characters: several people may have done it together."""


class DoerField(ChoiceField):
    """经办人, 检查人, 记录人…: any names are a value; of a *fresh* record it says if somebody else types it."""

    def __init__(
        self,
        name: str,
        title: str,
        officer: Officer,
        *,
        words: Sequence[str] = (),
        fresh: bool = True,
        required: bool = False,
    ) -> None:
        options = list(dict.fromkeys((*officer.doers(), *words)))
        super().__init__(name, title, options, editable=True, required=required)
        self._officer, self._fresh, self._done = officer, fresh, True
        self.edited.connect(self._say_typist)
        if fresh:
            self.set_value(officer.doer)

    def set_value(self, value: object) -> None:
        """Show *value*, and whether somebody else types it."""
        super().set_value(value)
        self._say_typist()

    def set_draft(self, draft: object) -> None:
        """Show what was typed before, and whether somebody else types it."""
        super().set_draft(draft)
        self._say_typist()

    def own_problem(self) -> str:
        """Say by how much the names are too long."""
        over = len(str(self.value() or "")) - LONGEST_NAMES
        return f"最多写{LONGEST_NAMES}个字，请删去{over}个字。" if over > 0 else ""

    def set_done(self, done: bool) -> None:
        """Say whether the record is of something done; what is only planned nobody types for anybody."""
        self._done = done
        self._say_typist()

    def _say_typist(self) -> None:
        names = names_in(str(self.value() or ""))
        other = self._fresh and self._done and names and self._officer.name not in names
        self.set_hint(f"由{self._officer.name}代录" if other else "")
