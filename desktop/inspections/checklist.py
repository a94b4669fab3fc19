"""Checklists as data: what an edition asks of one kind of inspection, what was judged on the spot, and their counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, tidy
from desktop.inspections.rules import FAILED, PASSED

NOT_APPLICABLE = "不涉及"
VERDICTS = (PASSED, FAILED, NOT_APPLICABLE)
VETO_MARK = "★"
MOST_ITEMS = 120
_LONGEST_ITEM, _LONGEST_NOTE, _MOST_POINTS = 100, 200, 1000
_SECTION = re.compile(r"^【(.+)】$")
_POINTS = re.compile(r"[(（](\d{1,4})分[)）]$")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to look at; where a *veto* item fails the whole inspection fails. *points* 0: not scored."""

    name: str
    section: str = ""
    veto: bool = False
    points: int = 0


@dataclass(frozen=True)
class Checklist:
    """What is looked at in inspections of *categories*, by one *edition*."""

    key: str
    title: str
    edition: str
    categories: tuple[str, ...]
    items: tuple[ChecklistItem, ...]
    source: str = ""
    unverified: bool = False


@dataclass(frozen=True)
class Judged:
    """An item with the verdict of one inspection; '' is not judged."""

    item: ChecklistItem
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class CheckedList:
    """A checklist as one inspection filled it in: it keeps the items and the edition of its day."""

    title: str
    edition: str
    lines: tuple[Judged, ...]

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was judged or noted."""
        return not any(line.verdict or line.note for line in self.lines)

    @property
    def failed(self) -> list[Judged]:
        """Return the lines that failed, in order."""
        return [line for line in self.lines if line.verdict == FAILED]

    def count(self, verdict: str) -> int:
        """Return how many lines have *verdict*."""
        return sum(line.verdict == verdict for line in self.lines)

    @property
    def words(self) -> str:
        """Return 合格8项，不合格1项，不涉及1项, and how many are not judged."""
        told = [f"{verdict}{count}项" for verdict in VERDICTS if (count := self.count(verdict))]
        return "，".join([*told, *([f"{count}项没查"] if (count := self.count("")) else [])])

    @property
    def score(self) -> Decimal | None:
        """Return points of 100 over the scored items that apply; None until all of these are judged."""
        scored = [line for line in self.lines if line.item.points and line.verdict != NOT_APPLICABLE]
        if not scored or any(not line.verdict for line in scored):
            return None
        got = sum(line.item.points for line in scored if line.verdict == PASSED)
        return (Decimal(got * 100) / sum(line.item.points for line in scored)).quantize(_HUNDREDTH, ROUND_HALF_UP)

    def __str__(self) -> str:
        """Return the counts, as a form shows them beside another's."""
        return self.words


def checklists_of(content: Mapping[str, Any], edition: str) -> list[Checklist]:
    """Return the checklists of one edition of the standard, in its order."""
    return [
        Checklist(
            key, value["title"], edition, tuple(value["categories"]),
            tuple(_item_of(item) for item in value["items"]), value.get("source", ""),
            bool(value.get("unverified", False)),
        )
        for key, value in content["values"].items()
    ]  # fmt: skip


def list_for(category: str, checklists: Sequence[Checklist]) -> Checklist | None:
    """Return the checklist for *category*: the committee's own before those shipped; None if there is none."""
    fitting = [one for one in checklists if category in one.categories and one.items]
    return next((one for one in reversed(fitting) if one.key.startswith("own_")), fitting[0] if fitting else None)


def blank_of(checklist: Checklist) -> CheckedList:
    """Return *checklist* with nothing judged."""
    return CheckedList(checklist.title, checklist.edition, tuple(Judged(item) for item in checklist.items))


def check_judged(checked: CheckedList | None, result: str) -> list[Problem]:
    """Return what is wrong with a filled checklist: a verdict nobody knows, a note too long, a veto that is ignored."""
    if checked is None:
        return []
    problems = [
        Problem("checks", "choice_unknown", f"“{line.item.name}”的结果请选：{'、'.join(VERDICTS)}。")
        for line in checked.lines
        if line.verdict and line.verdict not in VERDICTS
    ]
    problems += [
        Problem("checks", "too_long", f"“{line.item.name}”的说明最多{_LONGEST_NOTE}个字。")
        for line in checked.lines
        if len(line.note) > _LONGEST_NOTE
    ]
    vetoed = next((line.item.name for line in checked.failed if line.item.veto), "")
    if vetoed and result == PASSED:
        problems.append(Problem("result", "refused", f"“{vetoed}”是一票否决项，这一项不合格，检查结果就是不合格。"))
    return problems


def stored_of(checked: CheckedList | None) -> dict[str, Any] | None:
    """Return *checked* as a record keeps it, None where nothing was judged."""
    if checked is None or checked.is_blank:
        return None
    return {
        "title": checked.title,
        "edition": checked.edition,
        "items": [
            {**_value_of(line.item), "verdict": line.verdict, **({"note": line.note} if line.note else {})}
            for line in checked.lines
        ],
    }


def checked_of(stored: Mapping[str, Any] | None) -> CheckedList | None:
    """Return what ``stored_of`` kept."""
    if not stored:
        return None
    lines = tuple(Judged(_item_of(item), item.get("verdict", ""), item.get("note", "")) for item in stored["items"])
    return CheckedList(stored["title"], stored["edition"], lines)


def write_items(items: Sequence[ChecklistItem]) -> str:
    """Return *items* as lines to be edited: 【大项】 above its items, ★ before a veto, （10分） behind."""
    lines, section = [], ""
    for item in items:
        if item.section != section:
            lines.append(f"【{item.section}】")
            section = item.section
        points = f"（{item.points}分）" if item.points else ""
        lines.append(f"{VETO_MARK if item.veto else ''}{item.name}{points}")
    return "\n".join(lines)


def read_items(text: str) -> list[ChecklistItem]:
    """Return the items of lines as ``write_items`` makes them; numbers before an item are left out."""
    items, section = [], ""
    for line in (tidy(line) for line in text.splitlines()):
        if not line:
            continue
        if heading := _SECTION.match(line):
            section = heading[1].strip()
            continue
        veto = line.startswith((VETO_MARK, "☆", "*", "＊"))
        name = re.sub(r"^\d{1,3}[.、．)）]\s*", "", line.lstrip(f"{VETO_MARK}☆*＊ "))
        points = _POINTS.search(fold_width(name))
        if points:
            name = name[: len(name) - len(points[0])].strip()
        if name:
            items.append(ChecklistItem(name, section, veto, int(points[1]) if points else 0))
    return items


def check_items(items: Sequence[ChecklistItem]) -> list[str]:
    """Return what is wrong with the items of a checklist, in sentences."""
    if not items:
        return ["请写要查哪些，一行一项。"]
    told = []
    if len(items) > MOST_ITEMS:
        told.append(f"最多{MOST_ITEMS}项，现在是{len(items)}项，请分成两张表。")
    seen: set[tuple[str, str]] = set()
    for item in items:
        if len(item.name) > _LONGEST_ITEM:
            told.append(f"“{item.name[:12]}…”太长，一项最多{_LONGEST_ITEM}个字。")
        if (item.section, item.name) in seen:
            told.append(f"“{item.name}”写了两次。")
        if item.points > _MOST_POINTS:
            told.append(f"“{item.name}”的分值最多{_MOST_POINTS}分。")
        seen.add((item.section, item.name))
    return told


def values_of(items: Sequence[ChecklistItem]) -> list[dict[str, Any]]:
    """Return *items* as an edition of the standard keeps them."""
    return [_value_of(item) for item in items]


def _value_of(item: ChecklistItem) -> dict[str, Any]:
    value: dict[str, Any] = {"name": item.name}
    if item.section:
        value["section"] = item.section
    if item.veto:
        value["veto"] = True
    if item.points:
        value["points"] = item.points
    return value


def _item_of(value: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(
        value["name"], value.get("section", ""), bool(value.get("veto", False)), int(value.get("points", 0))
    )
