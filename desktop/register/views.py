"""What the register shows of a resident: frozen rows without a session, numbers masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.foundation.days import age_on
from desktop.foundation.text import mask_id_number, mask_phone
from desktop.register.rules import GONE_STATES, ResidentDraft, address_text


@dataclass(frozen=True)
class ResidentRow:
    """One line of a list of residents."""

    id: UUID
    name: str
    sex: str
    born_on: date | None
    place: str
    building: str
    unit: str
    room: str
    phone_masked: str
    tags: tuple[str, ...]
    dwelling_state: str
    changed_on: date | None
    has_number: bool

    @property
    def address(self) -> str:
        """Return 幸福里一区 2号楼1单元302."""
        return address_text(self.place, self.building, self.unit, self.room)

    @property
    def is_gone(self) -> bool:
        """Return whether the person has moved away or died."""
        return self.dwelling_state in GONE_STATES

    def sex_and_age(self, today: date) -> str:
        """Return 女 72岁; months for babies; a dash where nothing is known."""
        return sex_and_age(self.sex, self.born_on, today)


@dataclass(frozen=True)
class ResidentCard:
    """Everything of one resident that the side panel and the form need.

    Numbers stand in the draft in full if the officer may reveal them, else starred; panels show the masked texts.
    """

    id: UUID
    version: int
    file_number: str
    draft: ResidentDraft
    tags: tuple[str, ...]

    @property
    def id_number_masked(self) -> str:
        """Return the identity number with its middle starred."""
        return mask_id_number(self.draft.id_number)

    @property
    def phone_masked(self) -> str:
        """Return the telephone number with its middle starred."""
        return self.draft.phone if "*" in self.draft.phone else mask_phone(self.draft.phone)

    @property
    def contact_phone_masked(self) -> str:
        """Return the contact's telephone number with its middle starred."""
        return mask_phone(self.draft.contact_phone)

    @property
    def address(self) -> str:
        """Return 幸福里一区 2号楼1单元302."""
        return address_text(self.draft.place, self.draft.building, self.draft.unit, self.draft.room)


def sex_and_age(sex: str, born_on: date | None, today: date) -> str:
    """Return 女 72岁, 男 5个月 (under one year), or what of it is known."""
    if born_on is None or born_on > today:
        return sex or "—"
    years = age_on(born_on, today)
    if years >= 1:
        return f"{sex} {years}岁".strip()
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    return f"{sex} {months}个月".strip()
