"""For whom the signed-in officer types, in this session only. Pure data, no Qt, no SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.store.actor import Represented

BETWEEN_NAMES = re.compile(r"[、，,；;/\s]+")


def names_in(text: str) -> list[str]:
    """Return the names in *text*, as people list them."""
    return [name for name in BETWEEN_NAMES.split(text) if name]


@dataclass
class Behalf:
    """The colleague chosen in 替别人录入, None for oneself, and everybody else in office by name."""

    chosen: Represented | None = None
    colleagues: dict[str, UUID] = field(default_factory=dict)

    def represented(self, typist: str, doers: Sequence[str]) -> Represented | None:
        """Return for whom *typist* enters records that name *doers* as those who did it.

        What a record says of itself goes before what was chosen: the typist among its names did it himself. Names of
        nobody in office, such as a firm's, leave it to the choice.
        """
        named = [name for text in doers for name in names_in(text)]
        if typist in named:
            return None
        known = list(dict.fromkeys(name for name in named if name in self.colleagues))
        if not known:
            return self.chosen
        return Represented(self.colleagues[known[0]] if len(known) == 1 else None, "、".join(known))
