"""What the two lists show: a resident with tags and due day, and a visit with its reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.foundation.days import days_left, short_day
from desktop.health.rules import CHECKUP_SERVICE, Flag
from desktop.health.views import HealthStatus, VisitRow
from desktop.register.views import ResidentRow
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.paging import TableColumn

SOON_DAYS = 3
_DISEASES = frozenset({"高血压", "糖尿病", "慢阻肺", "高危人群"})
_CHILD = frozenset({"0-6岁儿童", "留守儿童"})
_FLAG_KINDS = {Flag.WITHIN: "green", Flag.ABOVE: "amber", Flag.BELOW: "amber", Flag.URGENT: "red"}


@dataclass(frozen=True)
class PersonLine:
    """A resident as the list shows one; *status* is None for officers who may not see health."""

    resident: ResidentRow
    status: HealthStatus | None

    @property
    def id(self) -> UUID:
        """Return the resident's id."""
        return self.resident.id


@dataclass(frozen=True)
class VisitLine:
    """A visit with whose it is."""

    visit: VisitRow
    person: ResidentRow | None

    @property
    def id(self) -> UUID:
        """Return the visit's id."""
        return self.visit.id

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.person.name if self.person else "（档案已删除）"


def tag_chip(tag: str) -> Chip:
    """Return a tag as a chip: diseases blue, children green, everything else purple."""
    return Chip(tag, "blue" if tag in _DISEASES else "green" if tag in _CHILD else "purple")


def flag_chip(flag: Flag) -> Chip | None:
    """Return what a reading says as a chip, or None for no reading."""
    return Chip(flag.value, _FLAG_KINDS[flag], bold=True) if flag else None  # type: ignore[arg-type]


def due_text(status: HealthStatus | None, today: date) -> str:
    """Return 6月5日, 年度体检 where only the yearly check-up is missing, or a dash."""
    if status is None:
        return ""
    if status.due is not None:
        return short_day(status.due.due_on, today)
    return "年度体检" if status.lacks_checkup else "—"


def due_style(status: HealthStatus | None, today: date) -> CellStyle:
    """Return the state beside the due day: 逾期12天 red, soon amber, else grey."""
    if status is None or (status.due is None and not status.lacks_checkup):
        return CellStyle()
    if status.due is None:
        return CellStyle(status="未做", status_tone="secondary")
    days = (status.due.due_on - today).days
    word = status.due.what if days == 0 else days_left(status.due.due_on, today)
    tone = "danger" if days < 0 else "warning" if days <= SOON_DAYS else "secondary"
    return CellStyle(status=word, status_tone=tone)  # type: ignore[arg-type]


def person_columns(today: Callable[[], date], *, with_health: bool) -> list[TableColumn[PersonLine]]:
    """Return the columns of 居民住户."""
    columns = [
        TableColumn[PersonLine]("name", "姓名", lambda line: line.resident.name, 80, style=_bold),
        TableColumn[PersonLine](
            "age", "性别年龄", lambda line: line.resident.sex_and_age(today()), 92
        ),
        TableColumn[PersonLine](
            "address", "住址", lambda line: line.resident.address, 0,
            style=_gone_style, second=lambda line: "、".join(line.resident.tags),
        ),
        TableColumn[PersonLine](
            "phone", "电话", lambda line: line.resident.phone_masked, 138, sortable=False, second_rank=True
        ),
        TableColumn[PersonLine](
            "tags", "标签", lambda line: "", 222, sortable=False, second_rank=True,
            style=lambda line: CellStyle(chips=tuple(tag_chip(tag) for tag in line.resident.tags)),
        ),
    ]  # fmt: skip
    if with_health:
        columns.append(
            TableColumn[PersonLine](
                "due", "下次随访", lambda line: due_text(line.status, today()), 212,
                style=lambda line: due_style(line.status, today()),
            )
        )  # fmt: skip
    return columns


def _bold(_line: object) -> CellStyle:
    return CellStyle(bold=True)


def _gone_style(line: PersonLine) -> CellStyle:
    state = line.resident.dwelling_state
    return CellStyle(chips=(Chip(state, "grey"),)) if state in ("迁出", "死亡") else CellStyle()


def visit_columns(today: Callable[[], date]) -> list[TableColumn[VisitLine]]:
    """Return the columns of 健康服务."""
    return [
        TableColumn("day", "日期", lambda line: short_day(line.visit.draft.visited_on, today()), 136,
                    newest_first=True),
        TableColumn("name", "姓名", lambda line: line.name, 84, style=_bold),
        TableColumn("service", "服务", lambda line: line.visit.draft.service, 112),
        TableColumn("reading", "读数", reading_text, 158, style=_reading_style),
        TableColumn("flag", "提示", lambda line: "", 132,
                    style=lambda line: CellStyle(chips=tuple(filter(None, (flag_chip(line.visit.flag),))))),
        TableColumn("result", "结果", lambda line: line.visit.draft.result or "—", 0),
        TableColumn("next", "下次日期", lambda line: short_day(line.visit.draft.next_on, today()), 150,
                    second_rank=True),
    ]  # fmt: skip


def reading_text(line: VisitLine) -> str:
    """Return 146/88, 血糖 6.1, both, or a dash."""
    draft = line.visit.draft
    parts = [line.visit.pressure] if draft.systolic_mmhg is not None else []
    if draft.glucose_mmol is not None:
        parts.append(f"血糖 {draft.glucose_mmol}")
    return "，".join(parts) or "—"


def _reading_style(line: VisitLine) -> CellStyle:
    if line.visit.flag is Flag.URGENT:
        return CellStyle(bold=True, tone="danger")
    return CellStyle(bold=True, tone="warning") if line.visit.flag is Flag.ABOVE else CellStyle()


def yearly_gaps(status: HealthStatus) -> list[str]:
    """Return what this calendar year still lacks, in words."""
    gaps = []
    if status.lacks_checkup:
        gaps.append(f"今年还没有{CHECKUP_SERVICE}")
    if status.lacks_pressure:
        gaps.append("今年还没有测血压")
    return gaps
