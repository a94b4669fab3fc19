"""The checklists as a committee reads and changes them: each change is a new edition from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.ids import new_id
from desktop.foundation.text import tidied_texts
from desktop.inspections.checklist import Checklist, check_items, checklists_of, read_items, values_of, write_items
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import Standard, StandardService

STANDARD = "checklists"


@dataclass(frozen=True)
class ChecklistDraft:
    """What a form says of one checklist; *items* are lines, *from_on* is the day from which it is used so."""

    title: str
    categories: str
    items: str
    from_on: date | None
    source: str = ""
    unverified: bool = False


def check_checklist(draft: ChecklistDraft) -> list[Problem]:
    """Return every problem at once."""
    problems = [
        Problem(name, "required", message)
        for name, message in (
            ("title", "请写检查表的名称。"),
            ("categories", "请写哪一类检查用这张表。"),
            ("from_on", "请填从哪天起用。"),
        )
        if not getattr(draft, name)
    ]
    problems += [Problem("items", "refused", told) for told in check_items(read_items(draft.items))]
    problems += [
        Problem(name, "too_long", f"最多{limit}个字。")
        for name, limit in (("title", 60), ("categories", 200), ("source", 200))
        if len(getattr(draft, name)) > limit
    ]
    return problems


class ChecklistService:
    """Reads the checklists in force and adds editions; changing needs the right to manage."""

    def __init__(self, standards: StandardService, officer: Officer, clock: Clock) -> None:
        self._standards, self._officer, self._clock = standards, officer, clock

    def all(self, day: date | None = None) -> list[Checklist]:
        """Return the checklists in force on *day* (today), in the order of the edition."""
        self._officer.require(Right.SEE_INSPECTIONS)
        standard = self._in_force(day or self._clock.today())
        return checklists_of(standard.content, standard.edition) if standard else []

    def change(self, key: str, draft: ChecklistDraft) -> str:
        """Use the checklist *key* (a new one for '') as *draft* says, from its day on; return its title.

        Raises InputError with every problem, storing nothing.
        """
        self._officer.require(Right.MANAGE)
        draft = tidied_texts(draft)
        if problems := check_checklist(draft):
            raise InputError(problems=problems)
        assert draft.from_on is not None  # noqa: S101  check_checklist has refused such a draft
        base = self._in_force(draft.from_on)
        if base is None:
            raise InputError(problems=[Problem("from_on", "date_invalid", "这一天太早了，那时还没有检查表。")])
        values = {name: dict(value) for name, value in base.content["values"].items()}
        values[key or f"own_{new_id().hex[-12:]}"] = {
            "title": draft.title, "categories": categories_in(draft.categories),
            "items": values_of(read_items(draft.items)), "source": draft.source, "unverified": draft.unverified,
        }  # fmt: skip
        self._standards.add_edition(
            {
                "standard": STANDARD, "edition": self._standards.free_edition(STANDARD, draft.from_on),
                "title": "检查表", "effective_from": draft.from_on.isoformat(), "source": "本居委会自己改的",
                "values": values,
            },
            self._officer,
            label=f"{'修改' if key else '新增'}检查表：{draft.title}",
        )  # fmt: skip
        return draft.title

    def _in_force(self, day: date) -> Standard | None:
        return self._standards.in_force(STANDARD, day)


def draft_of(checklist: Checklist, from_on: date) -> ChecklistDraft:
    """Return *checklist* as a form holds it."""
    return ChecklistDraft(
        checklist.title, "、".join(checklist.categories), write_items(checklist.items), from_on, checklist.source,
        checklist.unverified,
    )  # fmt: skip


def categories_in(text: str) -> Sequence[str]:
    """Return the categories a text names, joined by 、."""
    return list(dict.fromkeys(word for part in text.replace("，", "、").split("、") if (word := part.strip())))
