"""What month, list and panel show alike: chips for theme and status, days, people, the columns of the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.activities.rules import CANCELLED, HELD, PLANNED, POSTPONED, Theme
from desktop.activities.views import ActivityRow
from desktop.foundation.days import short_day
from desktop.widgets.chips import CellStyle, Chip, ChipKind
from desktop.widgets.paging import TableColumn

THEME_KINDS: dict[Theme, ChipKind] = {
    "文体党建": "purple",
    "健康": "blue",
    "安全": "amber",
    "环境": "green",
    "除害": "red",
    "其他": "grey",
}
_STATUS_KINDS: dict[str, ChipKind] = {PLANNED: "blue", HELD: "green", CANCELLED: "grey", POSTPONED: "amber"}


def status_chip(row: ActivityRow, today: date) -> Chip:
    """Return the status; a plan whose day is over says how long its result has been missing."""
    if row.is_unsettled(today):
        return Chip(f"没结果 {(today - row.last_on).days}天", "red", bold=True)
    return Chip(row.draft.status, _STATUS_KINDS.get(row.draft.status, "grey"), bold=True)


def theme_chip(row: ActivityRow) -> Chip:
    """Return the category in the colour of its theme."""
    return Chip(row.draft.category, THEME_KINDS[row.theme])


def days_text(row: ActivityRow, today: date) -> str:
    """Return 6月17日, 6月19日至21日, or 5月30日至6月1日."""
    first, last = short_day(row.held_on, today), row.draft.ends_on
    if last is None or last == row.held_on:
        return first
    same = (last.year, last.month) == (row.held_on.year, row.held_on.month)
    return f"{first}至{f'{last.day}日' if same else short_day(last, today)}"


def moment_text(row: ActivityRow, today: date) -> str:
    """Return the day with the hour of a one-day activity."""
    return days_text(row, today) if row.draft.ends_on else f"{days_text(row, today)} {row.draft.clock}".rstrip()


def people_text(row: ActivityRow) -> str:
    """Return 65人次, 计划40人, or a dash."""
    draft = row.draft
    if draft.attendance is not None:
        return f"{draft.attendance:,}人次"
    return f"计划{draft.planned_people:,}人" if draft.planned_people is not None else "—"


def activity_columns(today: Callable[[], date]) -> list[TableColumn[ActivityRow]]:
    """Return the columns of 清单."""
    return [
        TableColumn("day", "日期", lambda row: moment_text(row, today()), 150, newest_first=True),
        TableColumn("name", "名称", lambda row: row.draft.name, 0,
                    style=lambda _row: CellStyle(bold=True), second=_second_line),
        TableColumn("category", "类别", lambda _row: "", 128,
                    style=lambda row: CellStyle(chips=(theme_chip(row),))),
        TableColumn("place", "地点", lambda row: row.draft.place or "—", 140, second_rank=True),
        TableColumn("people", "参加", people_text, 96, align="right"),
        TableColumn("ledgers", "记入台账", lambda row: "、".join(row.draft.ledgers) or "—", 170,
                    second_rank=True),
        TableColumn("status", "状态", lambda _row: "", 116,
                    style=lambda row: CellStyle(chips=(status_chip(row, today()),))),
    ]  # fmt: skip


def _second_line(row: ActivityRow) -> str:
    return "  ".join(filter(None, (row.draft.place, "、".join(row.draft.ledgers))))
