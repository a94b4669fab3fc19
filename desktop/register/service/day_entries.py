"""What the office entered on a day: by person and kind of record, and how much of it no backup holds yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from desktop.foundation.clock import CHINA, Clock
from desktop.register.rights import Officer
from desktop.register.service.bin import BinKind
from desktop.store.models import entered
from desktop.store.query import pick
from desktop.store.records import HistoryEntry, ImportBatch, Step, with_represented
from desktop.store.unit import Store

_VERBS = ("登记", "新建", "新增", "修改", "导入", "写明", "完成", "发")
_ENTERED = ("insert", "import", "update")


@dataclass(frozen=True)
class Entered:
    """What one officer entered of one kind, for whom, and when last; *count* in records, a sheet's rows each."""

    staff_name: str
    kind: str
    count: int
    last_at: datetime
    for_name: str = ""

    @property
    def who(self) -> str:
        """Return who typed and for whom: 罗晓梅（代周建国）."""
        return with_represented(self.staff_name, self.for_name)


class DayEntries:
    """Reads the steps of a day; steps that touched what an officer may not see are left out."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, kinds: Sequence[BinKind]) -> None:
        self._store = store
        self._clock = clock
        self._hidden = [str(kind.model.__tablename__) for kind in kinds if not officer.may(kind.see)]

    def today(self) -> list[Entered]:
        """Return what was entered today and still stands, the latest on top."""
        found: dict[tuple[str, str, str], Entered] = {}
        for step, rows in self._steps(_midnight(self._clock.today())):
            key = (step.staff_name, kind_of(step.label), step.for_staff_name)
            before = found.get(key)
            count = (before.count if before else 0) + (rows or 1)
            last_at = max(step.at, before.last_at) if before else step.at
            found[key] = Entered(*key[:2], count, last_at, step.for_staff_name)
        return sorted(found.values(), key=lambda one: one.last_at, reverse=True)

    def since(self, at: datetime | None) -> int:
        """Return how many records were entered today after *at*."""
        midnight = _midnight(self._clock.today())
        return sum(rows or 1 for _, rows in self._steps(max(at, midnight) if at else midnight))

    def _steps(self, after: datetime) -> list[tuple[Step, int | None]]:
        query = (
            select(Step, ImportBatch.row_count)
            .join(ImportBatch, col(ImportBatch.id) == col(Step.batch_id), isouter=True)
            .where(col(Step.at) >= after, col(Step.undoable), col(Step.undone_by).is_(None), col(Step.undoes).is_(None))
            .where(_has(col(HistoryEntry.action).in_(_ENTERED)))
            .order_by(entered(Step).desc())
        )
        if self._hidden:
            query = query.where(~_has(col(HistoryEntry.record_type).in_(self._hidden)))
        with self._store.reading() as session:
            return [(step, rows) for step, rows in session.exec(query)]


def kind_of(label: str) -> str:
    """Return what a step's label is about without the name in it: 登记检查：翠湖苑 → 检查."""
    head = label.partition("：")[0]
    return next((head.removeprefix(verb) for verb in _VERBS if head.startswith(verb) and head != verb), head)


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return col(Step.id).in_(pick(HistoryEntry.step_id).where(col(HistoryEntry.step_id) == col(Step.id), condition))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)
