"""What the two lists show: an inspection with its state, and a letter of responsibility with its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.foundation.days import plain_day, short_day
from desktop.inspections.progress import state_of
from desktop.inspections.views import InspectionRow, PledgeRow
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.paging import TableColumn

NOTHING_FOUND = "没有问题"
ENDS_SOON_DAYS = 30


def inspection_columns(today: Callable[[], date]) -> list[TableColumn[InspectionRow]]:
    """Return the columns of 检查."""
    return [
        TableColumn("day", "日期", lambda row: short_day(row.draft.inspected_on, today()), 92, newest_first=True),
        TableColumn("category", "类别", lambda row: row.draft.category, 112, second_rank=True),
        TableColumn(
            "place", "点位", lambda row: row.place, 190, second=lambda row: row.draft.category
        ),
        TableColumn("problem", "问题", _problem, 0, style=_problem_style),
        TableColumn("state", "状态", lambda _row: "", 156, style=lambda row: _state_style(row, today())),
    ]  # fmt: skip


def pledge_columns(today: Callable[[], date]) -> list[TableColumn[PledgeRow]]:
    """Return the columns of 责任书."""
    return [
        TableColumn("day", "签订日期", lambda row: short_day(row.draft.signed_on, today()), 132, newest_first=True),
        TableColumn("party", "签订对象", lambda row: row.draft.party, 0, style=_bold,
                    second=lambda row: row.draft.category),
        TableColumn("category", "类别", lambda row: row.draft.category, 190, second_rank=True),
        TableColumn("manager", "负责人", lambda row: row.draft.manager or "—", 90, second_rank=True),
        TableColumn("copies", "份数", lambda row: str(row.draft.copies), 64, align="right"),
        TableColumn("ends", "到期", lambda row: short_day(row.draft.expires_on, today()), 236,
                    style=lambda row: ending_style(row.draft.expires_on, today())),
    ]  # fmt: skip


def state_chip(row: InspectionRow, today: date) -> Chip:
    """Return the state as a bold chip."""
    state = state_of(row.draft, today)
    return Chip(state.word, state.tone, bold=True)


def ending_words(expires_on: date, today: date) -> str:
    """Return 已到期12天, 今天到期 or 还有5天."""
    days = (expires_on - today).days
    if days < 0:
        return f"已到期{-days}天"
    return f"还有{days}天" if days else "今天到期"


def ending_style(expires_on: date | None, today: date) -> CellStyle:
    """Return the state beside the last day: over red, soon amber, else grey."""
    if expires_on is None:
        return CellStyle()
    days = (expires_on - today).days
    tone = "danger" if days < 0 else "warning" if days <= ENDS_SOON_DAYS else "secondary"
    return CellStyle(status=ending_words(expires_on, today), status_tone=tone)  # type: ignore[arg-type]


def pledge_lines(row: PledgeRow) -> list[tuple[str, str]]:
    """Return label and value of every fact of a letter that is known, the telephone left out."""
    draft = row.draft
    facts = [
        ("类别", draft.category),
        ("份数", f"{draft.copies}份"),
        ("签订日期", plain_day(draft.signed_on)),
        ("到期日期", plain_day(draft.expires_on) if draft.expires_on else ""),
        ("地址", draft.address),
        ("负责人", draft.manager),
    ]
    return [(label, value) for label, value in facts if value]


def _problem(row: InspectionRow) -> str:
    return row.draft.problem.replace("\n", " ") or NOTHING_FOUND


def _problem_style(row: InspectionRow) -> CellStyle:
    chips = (Chip(f"反复{row.repeat.times}次", "red"),) if row.repeat else ()
    return CellStyle(chips=chips) if row.draft.problem else CellStyle(tone="secondary")


def _state_style(row: InspectionRow, today: date) -> CellStyle:
    return CellStyle(chips=(state_chip(row, today),))


def _bold(_row: object) -> CellStyle:
    return CellStyle(bold=True)
