"""The sample community's day so far: tasks of superiors, and what each colleague entered this morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from desktop.app import assemble
from desktop.foundation.clock import CHINA, Clock
from desktop.health.rules import BP_SERVICE, VisitDraft
from desktop.inspections.rules import PASSED, InspectionDraft
from desktop.register.office import opened
from desktop.register.service.residents import ResidentFilter
from desktop.register.service.tasks import TaskDraft
from desktop.shell.workbench import Workbench
from desktop.store.folder import DataFolder

_TASKS = (
    ("居民健康档案核对表", "社区卫生服务中心", 5), ("安全生产排查情况表", "街道安监办", 7),
    ("65岁以上体检名单核对", "社区卫生服务中心", 9), ("爱国卫生工作小结", "街道爱卫办", 13),
    ("志愿服务时长统计", "街道文明办", 20),
)  # fmt: skip
_ASK_AFTER_DAYS = 14
_MEASURED = ((132, 84), (126, 78), (141, 88), (118, 76), (135, 82))


class EveningBefore:
    """Today's calendar day, but the time of yesterday's closing: what was entered before today."""

    def __init__(self, clock: Clock) -> None:
        self._today = clock.today()

    def now(self) -> datetime:
        """Return half past five of the evening before."""
        return datetime.combine(self._today - timedelta(days=1), time(17, 30), CHINA).astimezone(UTC)

    def today(self) -> date:
        """Return today."""
        return self._today


class Earlier:
    """Some minutes before a clock, but never yesterday."""

    def __init__(self, clock: Clock, minutes: int) -> None:
        self._clock, self._minutes = clock, minutes

    def now(self) -> datetime:
        """Return the earlier moment of the same day."""
        midnight = datetime.combine(self.today(), time(0, 1), CHINA).astimezone(UTC)
        return max(self._clock.now() - timedelta(minutes=self._minutes), midnight)

    def today(self) -> date:
        """Return today."""
        return self._clock.today()


def store_before_today(bench: Workbench) -> None:
    """Record the tasks, and a reading two weeks ago whose outcome nobody has asked for."""
    today = bench.clock.today()
    for title, sender, days in _TASKS:
        bench.tasks.record(TaskDraft(title, today + timedelta(days=days), sender))
    last = today - timedelta(days=3)
    bench.tasks.record(TaskDraft("上月工作月报", last, "街道办事处", done_on=last))
    (person,) = _untouched(bench, 1)
    bench.health.record(
        person,
        VisitDraft(
            today - timedelta(days=_ASK_AFTER_DAYS), BP_SERVICE, way="测量点", systolic_mmhg=184, diastolic_mmhg=102,
            recorded_by="罗晓梅", remark="已劝去社区医院",
        ),
    )  # fmt: skip


def store_morning(folder: DataFolder, clock: Clock, password: str) -> None:
    """Let each colleague enter something this morning, under their own name."""
    doings: tuple[tuple[str, int, Callable[[Workbench], None]], ...] = (
        ("周建国", 71, _inspect), ("罗晓梅", 30, _measure), ("沈玉琴", 11, _write_down),
    )  # fmt: skip
    for name, minutes, doing in doings:
        earlier = Earlier(clock, minutes)
        slot = folder.current().ring().named(name)
        with opened(folder, slot_id=slot.id, secret=password, clock=earlier) as found:
            doing(assemble(found, earlier))


def _inspect(bench: Workbench) -> None:
    for place in ("幸福里一区", "翠湖苑"):
        bench.inspections.record(
            InspectionDraft(
                inspected_on=bench.clock.today(), category="消防安全", place=place, inspector="周建国",
                score=Decimal(95), result=PASSED,
            )
        )  # fmt: skip


def _measure(bench: Workbench) -> None:
    for person, (systolic, diastolic) in zip(_untouched(bench, len(_MEASURED)), _MEASURED, strict=True):
        bench.health.record(
            person,
            VisitDraft(
                bench.clock.today(), BP_SERVICE, way="测量点", systolic_mmhg=systolic, diastolic_mmhg=diastolic,
                recorded_by="罗晓梅",
            ),
        )  # fmt: skip


def _write_down(bench: Workbench) -> None:
    bench.tasks.tick(bench.tasks.record(TaskDraft("居民代表会议签到表", bench.clock.today(), "街道办事处")))


def _untouched(bench: Workbench, count: int) -> list[UUID]:
    """Return grown residents without any visit."""
    found: list[UUID] = []
    grown_by = bench.clock.today() - timedelta(days=16_000)
    for person in bench.residents.rows(list(bench.residents.list_ids(ResidentFilter())[:400])):
        if person.born_on is not None and person.born_on < grown_by and not bench.health.visits_of(person.id):
            found.append(person.id)
        if len(found) == count:
            break
    return found
