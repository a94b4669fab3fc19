"""The sheet 活动 against the rules: status by day, periods, quantities, and rows stored already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col

from desktop.activities.records import Activity
from desktop.activities.rules import is_too_early, status_of
from desktop.activities.sheets import ACTIVITIES
from desktop.activities.stored import LEDGER_MARK, PLAIN, ledgers_in
from desktop.activities.work import read_work, work_text
from desktop.register.ports import Plan
from desktop.register.rights import Right
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.query import pick
from desktop.store.unit import Unit

_TEXTS = ("clock", "name", "category", "place", "in_charge", "partners", "summary")
_COLUMNS = (*PLAIN, "ledgers", "work")
_STATUS = _COLUMNS.index("status")
Identity = tuple[object, ...]


@dataclass
class _Found:
    """What judging has found: row number → columns to store."""

    columns: dict[int, dict[str, Any]] = field(default_factory=dict)


class ActivitySheet:
    """How the sheet 活动 becomes activities."""

    spec = ACTIVITIES
    right = Right.SEE_ACTIVITIES
    dated = True

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Refuse impossible days and unreadable quantities; warn of rows stored already."""
        found = _Found()
        for row in sheet.rows:
            _check_days(row, today)
            _check_work(row)
        accepted = sheet.accepted
        stored = _stored(session, [day for row in accepted if isinstance(day := row.values["held_on"], date)])
        without_status = {_but_status(identity) for identity in stored}
        for row in accepted:
            columns = _columns(row, today)
            identity = tuple(columns[name] for name in _COLUMNS)
            # A blank status says nothing: what was planned then may be held by now.
            blank = not row.values.get("status")
            if identity in stored or (blank and _but_status(identity) in without_status):
                row.warn("held_on", "row_exists", "这一条已经登记过，内容一样，不再存")
            else:
                found.columns[row.number] = columns
        return Plan(details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert the activities in bulk."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        unit.insert_many(Activity, [found.columns[row.number] for row in sheet.accepted if row.number in found.columns])

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield activities in order of day and entry; nothing in them is masked."""
        query = pick(*(getattr(Activity, name) for name in _COLUMNS)).where(col(Activity.deleted_at).is_(None))
        if first is not None:
            query = query.where(col(Activity.held_on) >= first)
        if last is not None:
            query = query.where(col(Activity.held_on) <= last)
        query = query.order_by(col(Activity.held_on), col(Activity.id))
        for values in session.connection().execute(query.execution_options(yield_per=2000)):
            row = dict(zip(_COLUMNS, values, strict=True))
            yield {**row, "ledgers": ledgers_in(row["ledgers"])}


def _check_days(row: ReadRow, today: date) -> None:
    held_on, ends_on = row.values.get("held_on"), row.values.get("ends_on")
    if not isinstance(held_on, date):
        return
    if is_too_early(held_on, str(row.values.get("status") or ""), today):
        row.fail("held_on", "date_future", "这一天还没有到，还不能是“已办”，请改日期，或把状态写成“计划”")
    if isinstance(ends_on, date) and ends_on < held_on:
        row.fail("ends_on", "period_invalid", "结束日期早于日期，请检查")


def _check_work(row: ReadRow) -> None:
    _, problems = read_work(str(row.values.get("work") or ""))
    for problem in problems:
        row.fail("work", problem.code, problem.message.rstrip("。"))


def _columns(row: ReadRow, today: date) -> dict[str, Any]:
    values = row.values
    held_on, ledgers = values["held_on"], values.get("ledgers")
    assert isinstance(held_on, date)  # noqa: S101  required column
    return {
        **{name: str(values.get(name) or "") for name in _TEXTS},
        "held_on": held_on,
        "ends_on": values.get("ends_on"),
        "planned_people": values.get("planned_people"),
        "attendance": values.get("attendance"),
        "status": status_of(held_on, str(values.get("status") or ""), today),
        "ledgers": LEDGER_MARK.join(ledgers) if isinstance(ledgers, tuple) else "",
        "work": work_text(read_work(str(values.get("work") or ""))[0]),
    }


def _stored(session: Session, days: list[date]) -> set[Identity]:
    """Return the columns of every stored activity between the first and the last of *days*."""
    if not days:
        return set()
    query = pick(*(getattr(Activity, name) for name in _COLUMNS)).where(
        col(Activity.held_on).between(min(days), max(days)), col(Activity.deleted_at).is_(None)
    )
    return {tuple(values) for values in session.connection().execute(query)}


def _but_status(identity: Identity) -> Identity:
    return identity[:_STATUS] + identity[_STATUS + 1 :]
