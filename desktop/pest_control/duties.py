"""What is due in pest control: stock that expires or runs out, breeding places to be looked at again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col

from desktop.foundation.days import short_day
from desktop.pest_control.density_rules import band_limits, index
from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.pest_control.stock import balances_in
from desktop.pest_control.stock_rules import DISCARDED, DRAWN, RECEIVED, from_milli
from desktop.pest_control.views import BatchLine
from desktop.register.duty import Duty
from desktop.register.ports import DueLine, DueTarget
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.register.service.standards import editions_in
from desktop.store.query import pick

SLICE = "pest_control"
AEDES, DENSITY = "伊蚊监测", "密度监测"
"""What a duty's category says of monitoring; every other category is a pest that is treated."""
EXPIRES_WITHIN_DAYS = 30
"""So long before its last day what is left of a batch should be used up or given back; a habit, no rule."""
_IN_USE_DAYS = 90
"""An agent drawn less than so long ago is in use, and missed when it runs out."""


class PestDues:
    """Stock and the monitoring of Aedes; treatments are asked for by the duties."""

    slice = SLICE
    right = Right.SEE_PEST
    edit = Right.EDIT_PEST
    verb = "登记投药"

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return what expires or runs out, and places above the limit that were not looked at again, by *until*."""
        batches = balances_in(session)
        lines = [*_expiring(batches, today), *_running_out(session, batches, today), *_breeding(session, today)]
        return [line for line in lines if line.due_on <= until]

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form of a new treatment, or of a check where the duty is one of monitoring."""
        kind = duty.categories[0]
        if kind in (AEDES, DENSITY):
            return DueTarget(SLICE, "aedes" if kind == AEDES else "density", values={"checked_on": day})
        return DueTarget(SLICE, "treatment", values={"treated_on": day, "pest": kind})

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days of treatments against one of the duty's pests, or of the monitoring it names."""
        found: set[date] = set()
        pests = [kind for kind in duty.categories if kind not in (AEDES, DENSITY)]
        asked: list[tuple[Any, Any, tuple[Any, ...]]] = []
        if pests:
            asked.append((Treatment, Treatment.treated_on, (col(Treatment.pest).in_(pests),)))
        if AEDES in duty.categories:
            asked.append((AedesCheck, AedesCheck.checked_on, ()))
        if DENSITY in duty.categories:
            asked.append((DensityCheck, DensityCheck.checked_on, ()))
        for model, day, conditions in asked:
            query = pick(day).where(col(day).between(first, last), col(model.deleted_at).is_(None), *conditions)
            found.update(session.connection().scalars(query.distinct()))
        return sorted(found)

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the first treatment."""
        query = pick(Treatment.treated_on).where(col(Treatment.deleted_at).is_(None))
        first: date | None = session.connection().scalar(query.order_by(col(Treatment.treated_on)).limit(1))
        return first


def _expiring(batches: Sequence[BatchLine], today: date) -> Iterator[DueLine]:
    for batch in batches:
        if batch.expires_on is not None and batch.expires_within(today, EXPIRES_WITHIN_DAYS):
            values = {"movement": DISCARDED, "agent": batch.agent, "batch": batch.batch, "quantity": batch.balance}
            left = f"还剩{_number(batch.balance)}{batch.package}"
            yield DueLine(
                key=f"{SLICE}:expiry:{batch.agent}:{batch.batch}",
                due_on=batch.expires_on,
                title=f"{batch.agent}到有效期",
                detail=f"批号{batch.batch or '没写'}，{left}，有效期至{short_day(batch.expires_on, today)}",
                verb="登记报废",
                target=DueTarget(SLICE, "stock", values=values),
            )


def _running_out(session: Session, batches: Sequence[BatchLine], today: date) -> Iterator[DueLine]:
    """Yield agents in use of which less is left than was last drawn: the next round could not be done."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    for batch in batches:
        left[batch.agent] += batch.balance
    query = (
        pick(StockEntry.agent, StockEntry.happened_on, StockEntry.quantity_milli, StockEntry.package)
        .where(
            col(StockEntry.movement) == DRAWN,
            col(StockEntry.happened_on) > today - timedelta(days=_IN_USE_DAYS),
            col(StockEntry.deleted_at).is_(None),
        )
        .order_by(col(StockEntry.happened_on), col(StockEntry.id))
    )
    last = {agent: (day, milli, package) for agent, day, milli, package in session.connection().execute(query)}
    for agent, (day, milli, package) in last.items():
        given = from_milli(milli) or Decimal(0)
        if left[agent] < given:
            yield DueLine(
                key=f"{SLICE}:out:{agent}",
                due_on=today,
                title=f"{agent}快用完了" if left[agent] else f"{agent}用完了",
                detail=f"剩{_number(left[agent])}{package}，{short_day(day, today)}领用了{_number(given)}{package}",
                verb="登记入库",
                target=DueTarget(SLICE, "stock", values={"movement": RECEIVED, "agent": agent}),
            )


def _breeding(session: Session, today: date) -> Iterator[DueLine]:
    """Yield places whose newest check lies above the lowest band: to be cleared and looked at again in time."""
    editions = [one for one in editions_in(session, "aedes") if one.effective_from <= today]
    if not editions:
        return
    values: Any = editions[0].content["values"]
    days, limit = int(values["clear_within_days"]["value"]), band_limits(values)[0]
    query = (
        pick(
            AedesCheck.place_id, Place.name, AedesCheck.checked_on, AedesCheck.households,
            AedesCheck.positive_containers,
        )
        .join(Place, col(Place.id) == col(AedesCheck.place_id))
        .where(col(AedesCheck.checked_on) > today - timedelta(days=_IN_USE_DAYS), col(AedesCheck.deleted_at).is_(None))
        .order_by(col(AedesCheck.checked_on), col(AedesCheck.id))
    )  # fmt: skip
    newest = {place: (name, *rest) for place, name, *rest in session.connection().execute(query)}
    for place, (name, checked_on, households, positive) in newest.items():
        found = index(positive, households)
        if found is not None and found > limit:
            due_on = checked_on + timedelta(days=days)
            yield DueLine(
                key=f"{SLICE}:breeding:{place.hex}",
                due_on=due_on,
                title=f"清积水、复查伊蚊 {name}",
                detail=f"{short_day(checked_on, today)}布雷图指数{found:.2f}，应在{short_day(due_on, today)}前复查",
                verb="登记复查",
                target=DueTarget(SLICE, "aedes", place, {"place": name, "checked_on": today}),
            )


def _number(quantity: Decimal) -> str:
    return format(quantity.normalize(), "f")
