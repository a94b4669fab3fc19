"""What the inspections slice adds to reports: inspections done and passed, findings and their ends, letters signed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from desktop.foundation.days import Period
from desktop.inspections.records import Inspection, Pledge
from desktop.inspections.rules import ESCALATED, NOTICE, ON_SPOT, PASSED
from desktop.register.ports import Figure
from desktop.register.rights import Right
from desktop.store.query import pick


class InspectionFigures:
    """Computes inspections.*, findings.* and pledges.signed.* of a period."""

    right = Right.SEE_INSPECTIONS

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every figure; letters by category only where there are any."""
        return [
            *_by_day(session, period),
            _closed(session, period),
            _overdue(session, period),
            *_signed(session, period),
        ]


def _by_day(session: Session, period: Period) -> list[Figure]:
    found = col(Inspection.has_finding).is_(True)
    told = or_(col(Inspection.treatment) == NOTICE, col(Inspection.notice_on).is_not(None))
    handed = or_(col(Inspection.treatment) == ESCALATED, col(Inspection.escalated_on).is_not(None))
    query = pick(
        func.count(),
        _count(col(Inspection.result) == PASSED),
        _count(found),
        _count(found & (col(Inspection.treatment) == ON_SPOT)),
        _count(found & told),
        _count(found & handed),
    ).where(col(Inspection.deleted_at).is_(None), col(Inspection.inspected_on).between(period.first, period.last))
    numbers = [int(number) for number in session.connection().execute(query).one()]
    words = (
        ("inspections.done", "次", "检查", "本期检查的次数"),
        ("inspections.passed", "次", "检查合格", "本期检查中，结果为“合格”的次数"),
        ("findings.found", "处", "发现问题", "本期检查中，写有问题的次数，一次算一处"),
        ("findings.fixed_on_spot", "处", "现场整改", "本期发现的问题中，处理方式为“现场整改”的"),
        ("findings.notices", "处", "发整改通知", "本期发现的问题中，发过整改通知的"),
        ("findings.escalated", "处", "上报", "本期发现的问题中，上报过的"),
    )
    return [
        Figure(key, number, unit, label, formula)
        for (key, unit, label, formula), number in zip(words, numbers, strict=True)
    ]


def _closed(session: Session, period: Period) -> Figure:
    query = select(func.count()).where(
        col(Inspection.deleted_at).is_(None),
        col(Inspection.has_finding).is_(True),
        col(Inspection.closed_on).between(period.first, period.last),
    )
    number = int(session.exec(query).one())
    return Figure("findings.closed", number, "处", "销号", "销号日期在本期的问题，不论何时发现")


def _overdue(session: Session, period: Period) -> Figure:
    query = select(func.count()).where(
        col(Inspection.deleted_at).is_(None),
        col(Inspection.has_finding).is_(True),
        col(Inspection.inspected_on) <= period.last,
        col(Inspection.due_on) < period.last,
        or_(col(Inspection.closed_on).is_(None), col(Inspection.closed_on) > period.last),
    )
    number = int(session.exec(query).one())
    return Figure(
        "findings.overdue", number, "处", "逾期未销号", "期末以前发现、整改期限早于期末、到期末还没有销号的问题"
    )


def _signed(session: Session, period: Period) -> list[Figure]:
    query = (
        pick(Pledge.category, func.sum(Pledge.copies))
        .where(col(Pledge.deleted_at).is_(None), col(Pledge.signed_on).between(period.first, period.last))
        .group_by(col(Pledge.category))
        .order_by(col(Pledge.category))
    )
    return [
        Figure(f"pledges.signed.{category}", int(copies), "份", category, f"签订日期在本期的“{category}”份数之和")
        for category, copies in session.connection().execute(query)
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
