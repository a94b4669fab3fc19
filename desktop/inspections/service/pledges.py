"""Letters of responsibility: record, change, remove, list; the partner's telephone number starred until asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.foundation.text import mask_phone, tidied_texts
from desktop.inspections.records import Pledge
from desktop.inspections.rules import PledgeDraft, check_pledge
from desktop.inspections.views import PledgeFilter, PledgeRow
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.store.history import REVEAL
from desktop.store.idlist import IdList, ids_of
from desktop.store.models import any_living
from desktop.store.query import among, pick
from desktop.store.sorting import by_sound, ordering
from desktop.store.unit import Store

_WAYS: dict[str, Any] = {
    "party": by_sound(Pledge.party),
    "category": by_sound(Pledge.category),
    "manager": by_sound(Pledge.manager),
    "copies": col(Pledge.copies),
    "ends": col(Pledge.expires_on),
}


class PledgeService:
    """Use cases around letters of responsibility."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def record(self, draft: PledgeDraft) -> PledgeRow:
        """Store a signed letter; raise InputError with every problem."""
        self._officer.require(Right.EDIT_INSPECTIONS)
        draft = self._checked(draft)
        with self._store.writing(f"登记责任书：{draft.party}", self._officer) as unit:
            pledge = unit.add(Pledge(**draft.__dict__))
        return pledge_row_of(pledge)

    def change(self, pledge_id: UUID, draft: PledgeDraft, *, version: int) -> PledgeRow:
        """Store changed values; raise InputError with every problem, ChangedMeanwhile if a colleague was first."""
        self._officer.require(Right.EDIT_INSPECTIONS)
        draft = self._checked(draft)
        with self._store.writing(f"修改责任书：{draft.party}", self._officer) as unit:
            try:
                pledge = unit.get(Pledge, pledge_id, version=version)
            except ChangedMeanwhile as error:
                theirs = pledge_row_of(unit.get(Pledge, pledge_id)).draft
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            for name, value in draft.__dict__.items():
                # A starred number says less than what is stored.
                if name != "phone" or value != mask_phone(pledge.phone):
                    setattr(pledge, name, value)
        return pledge_row_of(pledge)

    def remove(self, pledge_id: UUID) -> str:
        """Move a letter to the bin and return the step's label."""
        self._officer.require(Right.EDIT_INSPECTIONS)
        with self._store.writing("删除责任书", self._officer) as unit:
            pledge = unit.get(Pledge, pledge_id)
            unit.label = f"删除责任书：{pledge.party}"
            unit.move_to_bin(pledge)
            return unit.label

    def ids(self, narrowed: PledgeFilter) -> IdList:
        """Return the ids of a list; unsorted, newest first, or what ends first on top if narrowed by its end."""
        self._officer.require(Right.SEE_INSPECTIONS)
        conditions: list[Any] = [col(Pledge.deleted_at).is_(None)]
        if narrowed.first is not None:
            conditions.append(col(Pledge.signed_on) >= narrowed.first)
        if narrowed.last is not None:
            conditions.append(col(Pledge.signed_on) <= narrowed.last)
        if narrowed.category:
            conditions.append(Pledge.category == narrowed.category)
        if narrowed.ending_from is not None:
            conditions.append(col(Pledge.expires_on) >= narrowed.ending_from)
        if narrowed.ending_by is not None:
            conditions.append(col(Pledge.expires_on) <= narrowed.ending_by)
        if text := narrowed.text.strip():
            told = (Pledge.party, Pledge.address, Pledge.manager, Pledge.category)
            conditions.append(or_(*(col(column).contains(text, autoescape=True) for column in told)))
        sort = narrowed.sort or (("ends", False) if narrowed.ending_by is not None else None)
        order = ordering(_WAYS, sort, (col(Pledge.signed_on), col(Pledge.id)))
        with self._store.reading() as session:
            return ids_of(session, select(Pledge.id).where(*conditions).order_by(*order))

    def is_empty(self) -> bool:
        """Return whether there is no letter yet."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            return not any_living(session, Pledge)

    def rows(self, ids: Sequence[UUID]) -> list[PledgeRow]:
        """Return the letters *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            query = select(Pledge).where(among(Pledge.id, ids), col(Pledge.deleted_at).is_(None))
            found = {pledge.id: pledge_row_of(pledge) for pledge in session.exec(query)}
        return [found[pledge_id] for pledge_id in ids if pledge_id in found]

    def reveal(self, pledge_id: UUID) -> str:
        """Return the whole telephone number; the history notes who asked."""
        self._officer.require(Right.REVEAL)
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.writing("查看联系电话", self._officer, undoable=False, even_lent=True) as unit:
            pledge = unit.get(Pledge, pledge_id)
            unit.note(Pledge, pledge.id, REVEAL, {"field": "phone"})
            return pledge.phone

    def copies(self, narrowed: PledgeFilter) -> int:
        """Return how many copies a list holds that is narrowed by days of signing and category alone."""
        self._officer.require(Right.SEE_INSPECTIONS)
        query = pick(func.coalesce(func.sum(Pledge.copies), 0)).where(among(Pledge.id, self.ids(narrowed)))
        with self._store.reading() as session:
            return int(session.connection().execute(query).scalar_one())

    def categories(self) -> list[str]:
        """Return the categories in use."""
        self._officer.require(Right.SEE_INSPECTIONS)
        query = pick(Pledge.category).where(col(Pledge.deleted_at).is_(None)).distinct()
        with self._store.reading() as session:
            return sorted(category for (category,) in session.connection().execute(query))

    def _checked(self, draft: PledgeDraft) -> PledgeDraft:
        draft = tidied_texts(draft)
        if problems := check_pledge(draft, today=self._clock.today()):
            raise InputError(problems=problems)
        return draft


def pledge_row_of(pledge: Pledge) -> PledgeRow:
    """Return a stored letter as lists show it, the telephone number starred."""
    values: dict[str, Any] = {name: getattr(pledge, name) for name in PledgeDraft.__dataclass_fields__}
    return PledgeRow(pledge.id, pledge.version, PledgeDraft(**{**values, "phone": mask_phone(pledge.phone)}))
