"""A report's values as they were handed in, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from desktop.register.rights import Officer, Right
from desktop.reports.figures import shown
from desktop.reports.lines import TableLine, Value
from desktop.reports.plan import SECTIONS
from desktop.reports.table import ReportTable, TableSection, number_text

_RIGHTS = {section.name: section.right for section in SECTIONS}
_VALUES = ("now", "so_far", "before")
Name = tuple[str, str, str, bool, int]
"""Section, label, unit, whether it is a part, and which of several lines called so."""


@dataclass(frozen=True)
class Submission:
    """One report as it was handed in; *corrects* is set for a correction."""

    id: UUID
    version: int
    first: date
    last: date
    title: str
    submitted_on: date
    recipient: str
    handled_by: str
    number: str
    remark: str
    corrects: UUID | None
    content: Mapping[str, Any]
    pages: int = 0
    """Of the paper that was kept; 0 where none was."""
    has_sheet: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        """Return what an officer must be allowed to see to be shown all of it."""
        return frozenset(Right(line["right"]) for line in self.content["lines"])

    def values(self, officer: Officer) -> dict[Name, tuple[Value, Value, Value]]:
        """Return the values of the period's lines this officer may see, in the order of the table."""
        counted: dict[tuple[str, str, str, bool], int] = {}
        found: dict[Name, tuple[Value, Value, Value]] = {}
        for line in self.content["lines"]:
            if officer.may(Right(line["right"])):
                name = (line["section"], line["label"], line["unit"], line["part"])
                counted[name] = counted.get(name, 0) + 1
                now, so_far, before = (_value(line[column]) for column in _VALUES)
                found[*name, counted[name]] = (now, so_far, before)
        return found


@dataclass(frozen=True)
class Change:
    """One line that says something else now than when it was handed in; None where the line was not there."""

    section: str
    label: str
    unit: str
    before: Value
    after: Value

    @property
    def text(self) -> str:
        """Return 检查 8→9次."""
        between = "" if self.label.endswith("）") else " "
        return f"{self.label}{between}{number_text(self.before)}→{number_text(self.after)}{self.unit}"


def frozen_content(table: ReportTable) -> dict[str, Any]:
    """Return the table as it is stored: every line with its values as shown."""
    lines = [
        {
            "section": section.name,
            "label": line.label,
            "unit": line.unit,
            "part": line.part,
            "key": line.key,
            "right": (line.right or _RIGHTS[section.name]).value,
            **{column: shown(value) for column, value in zip(_VALUES, line.values, strict=True)},
        }
        for section in table.sections
        for line in section.lines
    ]
    return {"lines": lines}


def changes_since(submission: Submission, sections: Sequence[TableSection], officer: Officer) -> list[Change]:
    """Return the lines whose value of the period differs from what was handed in, in the order of the table."""
    frozen, now = submission.values(officer), _values_now(sections)
    changed = []
    for name in dict.fromkeys((*now, *frozen)):
        before, after = _shown_of(frozen.get(name)), _shown_of(now.get(name))
        # A line that only came or went with nothing on it is no change.
        if before != after and not {before, after} <= {None, 0}:
            changed.append(Change(name[0], name[1], name[2], before, after))
    return changed


def _values_now(sections: Sequence[TableSection]) -> dict[Name, tuple[Value, Value, Value]]:
    counted: dict[tuple[str, str, str, bool], int] = {}
    found: dict[Name, tuple[Value, Value, Value]] = {}
    for section in sections:
        for line in section.lines:
            name = (section.name, line.label, line.unit, line.part)
            counted[name] = counted.get(name, 0) + 1
            found[*name, counted[name]] = line.values
    return found


def with_frozen_values(
    sections: Sequence[TableSection], submission: Submission, officer: Officer
) -> tuple[TableSection, ...]:
    """Return the sections with the values that were handed in instead of today's."""
    frozen = submission.values(officer)
    counted: dict[tuple[str, str, str, bool], int] = {}
    made = []
    for section in sections:
        lines: list[TableLine] = []
        for line in section.lines:
            name = (section.name, line.label, line.unit, line.part)
            counted[name] = counted.get(name, 0) + 1
            values = frozen.get((*name, counted[name]))
            if values is not None:
                lines.append(_with_values(line, values))
        made.append(TableSection(section.name, tuple(lines)))
    return tuple(made)


def _with_values(line: TableLine, values: tuple[Value, Value, Value]) -> TableLine:
    bad = line.bad and bool(values[0])
    return replace(line, values=values, bad=bad)


def _shown_of(values: tuple[Value, Value, Value] | None) -> Value:
    return None if values is None else _value(shown(values[0]))


def _value(stored: int | float | str | None) -> Value:
    return Decimal(str(stored)) if isinstance(stored, float) else stored
