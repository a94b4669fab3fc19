"""What the health slice adds to reports: groups by age and tag, pressures measured, visits, follow-ups due and done."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from desktop.foundation.days import Period, born_on_or_before
from desktop.health.due_rows import standard_in
from desktop.health.followups import answered_in, due_in
from desktop.health.overview import measured_in
from desktop.health.records import Visit
from desktop.health.rules import Flag
from desktop.register.figures import here_at_end
from desktop.register.ports import Figure
from desktop.register.records import Resident, ResidentTag
from desktop.register.rights import Right
from desktop.register.service.tags import holding_on
from desktop.store.query import pick, unindexed

CHILDREN, ELDERS = "0-6岁", "65岁及以上"


class HealthFigures:
    """Computes health.* of a period."""

    right = Right.SEE_HEALTH

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every health figure; groups by tag and visits by service only where there are any."""
        return [
            *_age_groups(session, period),
            *_tag_groups(session, period),
            *_pressures(session, period),
            *_visits(session, period),
            *_followups(session, period),
        ]


def _age_groups(session: Session, period: Period) -> list[Figure]:
    values = standard_in(session, period.last)
    child, elder = values.number("child_below_age"), values.number("elder_from_age")
    here = here_at_end(period)
    query = pick(
        func.coalesce(func.sum(case((col(Resident.born_on) > born_on_or_before(child, period.last), 1), else_=0)), 0),
        func.coalesce(func.sum(case((col(Resident.born_on) <= born_on_or_before(elder, period.last), 1), else_=0)), 0),
    ).where(*here)
    children, elders = (int(count) for count in session.connection().execute(query).one())
    how = "期末在册居民中，按期末周岁"
    return [
        Figure(f"health.group.{CHILDREN}", children, "人", "0-6岁儿童", f"{how}不满{child}岁的人数"),
        Figure(f"health.group.{ELDERS}", elders, "人", "65岁及以上老年人", f"{how}满{elder}岁的人数"),
    ]


def _tag_groups(session: Session, period: Period) -> list[Figure]:
    query = (
        select(ResidentTag.tag, func.count(func.distinct(ResidentTag.resident_id)))
        .where(*holding_on(period.last))
        .where(unindexed(ResidentTag.resident_id).in_(select(Resident.id).where(*here_at_end(period))))
        .group_by(ResidentTag.tag)
        .order_by(ResidentTag.tag)
    )
    # A tag may be called like an age group; that key is the age group's.
    return [
        Figure(f"health.group.{tag}", int(count), "人", tag, f"期末在册居民中，期末有“{tag}”标签的人数")
        for tag, count in session.connection().execute(query)
        if tag not in (CHILDREN, ELDERS)
    ]


def _pressures(session: Session, period: Period) -> list[Figure]:
    age = standard_in(session, period.last).number("bp_from_age")
    total, measured = measured_in(session, period)
    return [
        Figure("health.bp35_total", total, "人", f"{age}岁及以上居民", f"期末在册、期末满{age}岁的人数"),
        Figure(
            "health.bp35_measured", measured, "人", f"{age}岁及以上已测血压",
            "上述居民中，本期有一次服务既记了收缩压又记了舒张压的人数（一人多次只算一人）",
        ),
    ]  # fmt: skip


def _visits(session: Session, period: Period) -> list[Figure]:
    urgent = select(func.count()).select_from(Visit).where(*_in_period(period), Visit.flag == Flag.URGENT.value)
    by_service = (
        select(Visit.service, func.count()).where(*_in_period(period)).group_by(Visit.service).order_by(Visit.service)
    )
    return [
        Figure(
            "health.urgent", int(session.exec(urgent).one()), "次", "达到紧急转诊数值",
            "本期读数达到规范所列紧急转诊数值的服务次数（按次，不按读数）",
        ),
        *(
            Figure(f"health.visits.{service}", int(count), "次", service, f"本期“{service}”的服务次数")
            for service, count in session.connection().execute(by_service)
        ),
    ]  # fmt: skip


def _followups(session: Session, period: Period) -> list[Figure]:
    query = select(func.count(), func.coalesce(func.sum(case((answered_in(period), 1), else_=0)), 0)).where(
        col(Visit.deleted_at).is_(None), *due_in(period)
    )
    due, done = (int(number) for number in session.connection().execute(query).one())
    return [
        Figure("health.followups_due", due, "次", "应随访", "期末以前的服务中，下次日期落在本期的次数"),
        Figure("health.followups_done", done, "次", "已随访", "应随访中，期末以前同一人同一服务又做过的次数"),
        Figure("health.followups_overdue", due - done, "次", "逾期未随访", "应随访 − 已随访"),
    ]


def _in_period(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (col(Visit.deleted_at).is_(None), col(Visit.visited_on).between(period.first, period.last))
