"""The sheets 检查 and 责任书 against what is stored: places, days before their start, rows stored already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.text import mask_phone
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection, Pledge
from desktop.inspections.rules import InspectionDraft, early_days, lacks_problem
from desktop.inspections.service.inspections import to_hundredths, to_score
from desktop.inspections.sheets import INSPECTIONS, PLEDGES
from desktop.register.ports import Plan
from desktop.register.rights import Right
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.query import pick
from desktop.store.unit import Unit

_TEXTS = ("category", "inspector", "result", "problem", "level", "responsible", "treatment", "recheck_result")
_DAYS = ("inspected_on", "due_on", "rechecked_on", "closed_on")
_PLEDGE_TEXTS = ("category", "party", "address", "manager")
Identity = tuple[object, ...]


@dataclass
class _Found:
    """What judging has found: row number → place, and rows that are stored already."""

    places: dict[int, UUID] = field(default_factory=dict)
    same: set[int] = field(default_factory=set)


class InspectionSheet:
    """How the sheet 检查 becomes inspections."""

    spec = INSPECTIONS
    right = Right.SEE_INSPECTIONS
    dated = True

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Find the place of each row; refuse days before the inspection and ends of findings nobody wrote down."""
        names = PlaceNames(session)
        found = _Found()
        for row in sheet.rows:
            place = row.values.get("place")
            if isinstance(place, str):
                place_id = names.find(place)
                if place_id is None:
                    row.fail("place", "place_unknown", names.why_not(place))
                else:
                    found.places[row.number] = place_id
            _check(row)
        stored = _stored_inspections(session, _span(sheet, "inspected_on"))
        for row in sheet.accepted:
            if _inspection_identity(found.places[row.number], row) in stored:
                found.same.add(row.number)
                row.warn("inspected_on", "row_exists", "这一条已经登记过，内容一样，不再存")
        return Plan(details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert the inspections in bulk."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        rows = [
            _inspection_columns(row, found.places[row.number]) for row in sheet.accepted if row.number not in found.same
        ]
        unit.insert_many(Inspection, rows)

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield inspections in order of day and entry."""
        names = PlaceNames(session)
        query = (
            select(Inspection)
            .where(col(Inspection.deleted_at).is_(None))
            .order_by(col(Inspection.inspected_on), col(Inspection.id))
        )
        if first is not None:
            query = query.where(col(Inspection.inspected_on) >= first)
        if last is not None:
            query = query.where(col(Inspection.inspected_on) <= last)
        for inspection in session.exec(query.execution_options(yield_per=2000)):
            yield {
                **{name: getattr(inspection, name) for name in (*_TEXTS, *_DAYS)},
                "place": names.text(inspection.place_id),
                "score": to_score(inspection.score_hundredths),
            }


class PledgeSheet:
    """How the sheet 责任书 becomes letters of responsibility."""

    spec = PLEDGES
    right = Right.SEE_INSPECTIONS
    dated = True

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Refuse letters that end before they are signed; warn of rows stored already."""
        for row in sheet.rows:
            signed, end = row.values.get("signed_on"), row.values.get("expires_on")
            if isinstance(signed, date) and isinstance(end, date) and end < signed:
                row.fail("expires_on", "period_invalid", "到期日期不能早于签订日期")
        found = _Found()
        stored = _stored_pledges(session, _span(sheet, "signed_on"))
        for row in sheet.accepted:
            phone = str(row.values.get("phone") or "")
            phones = stored.get(_pledge_identity(row), ())
            # A starred export says less than what is stored.
            if phone in phones or ("*" in phone and phone in map(mask_phone, phones)):
                found.same.add(row.number)
                row.warn("party", "row_exists", "这一份已经登记过，内容一样，不再存")
        return Plan(details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert the letters in bulk; no number of copies means one."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        rows = [_pledge_columns(row) for row in sheet.accepted if row.number not in found.same]
        unit.insert_many(Pledge, rows)

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield letters in order of day and entry."""
        query = select(Pledge).where(col(Pledge.deleted_at).is_(None)).order_by(col(Pledge.signed_on), col(Pledge.id))
        if first is not None:
            query = query.where(col(Pledge.signed_on) >= first)
        if last is not None:
            query = query.where(col(Pledge.signed_on) <= last)
        for pledge in session.exec(query.execution_options(yield_per=2000)):
            yield {
                **{name: getattr(pledge, name) for name in (*_PLEDGE_TEXTS, "signed_on", "expires_on", "copies")},
                "phone": pledge.phone if unmasked else mask_phone(pledge.phone),
            }


def _check(row: ReadRow) -> None:
    draft = _draft(row)
    for name, label in early_days(draft):
        row.fail(name, "period_invalid", f"{label}不能早于检查日期")
    if lacks_problem(draft) and not row.failed("problem"):
        row.fail("problem", "required", "后面写了整改的内容，“问题”没有填")


def _draft(row: ReadRow) -> InspectionDraft:
    values: dict[str, Any] = {name: row.values.get(name) for name in _DAYS}
    values.update({name: str(row.values.get(name) or "") for name in (*_TEXTS, "place")})
    return InspectionDraft(**values)


def _span(sheet: ReadSheet, key: str) -> tuple[date, date] | None:
    """Return the first and last day of the accepted rows: only there can a row be stored already."""
    days = [day for row in sheet.accepted if isinstance(day := row.values[key], date)]
    return (min(days), max(days)) if days else None


def _score(row: ReadRow) -> int | None:
    score = row.values.get("score")
    return to_hundredths(score) if isinstance(score, Decimal) else None


def _inspection_identity(place_id: UUID, row: ReadRow) -> Identity:
    texts = (str(row.values.get(name) or "") for name in _TEXTS)
    return (place_id, _score(row), *texts, *(row.values.get(name) for name in _DAYS))


def _stored_inspections(session: Session, span: tuple[date, date] | None) -> set[Identity]:
    """Return what is stored of these days, as _inspection_identity tells it."""
    if span is None:
        return set()
    columns = [getattr(Inspection, name) for name in (*_TEXTS, *_DAYS)]
    query = pick(Inspection.place_id, Inspection.score_hundredths, *columns).where(
        col(Inspection.deleted_at).is_(None), col(Inspection.inspected_on).between(*span)
    )
    return {tuple(row) for row in session.connection().execute(query)}


def _inspection_columns(row: ReadRow, place_id: UUID) -> dict[str, Any]:
    texts = {name: str(row.values.get(name) or "") for name in _TEXTS}
    unknown: dict[str, Any] = {"notice_on": None, "replied_on": None, "escalated_on": None}
    return {
        **texts,
        **{name: row.values.get(name) for name in _DAYS},
        **unknown,
        **dict.fromkeys(("notice_number", "reply", "escalated_to"), ""),
        "place_id": place_id,
        "score_hundredths": _score(row),
        "checks": None,
        "has_finding": bool(texts["problem"]),
    }


def _copies(row: ReadRow) -> int:
    copies = row.values.get("copies")
    return copies if isinstance(copies, int) else 1


def _pledge_identity(row: ReadRow) -> Identity:
    texts = (str(row.values.get(name) or "") for name in _PLEDGE_TEXTS)
    return (*texts, row.values.get("signed_on"), row.values.get("expires_on"), _copies(row))


def _stored_pledges(session: Session, span: tuple[date, date] | None) -> dict[Identity, Sequence[str]]:
    """Return the phones stored with each letter of these days, by what _pledge_identity tells of it."""
    phones: dict[Identity, list[str]] = {}
    if span is not None:
        columns = [getattr(Pledge, name) for name in (*_PLEDGE_TEXTS, "signed_on", "expires_on", "copies")]
        query = pick(Pledge.phone, *columns).where(
            col(Pledge.deleted_at).is_(None), col(Pledge.signed_on).between(*span)
        )
        for phone, *rest in session.connection().execute(query):
            phones.setdefault(tuple(rest), []).append(phone)
    return dict(phones)


def _pledge_columns(row: ReadRow) -> dict[str, Any]:
    return {
        **{name: str(row.values.get(name) or "") for name in (*_PLEDGE_TEXTS, "phone")},
        "signed_on": row.values["signed_on"],
        "expires_on": row.values.get("expires_on"),
        "copies": _copies(row),
    }
