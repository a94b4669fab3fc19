"""Residents: list, find, open, create, change, remove, reveal a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import mask_phone, squeeze, tidy_name
from desktop.register.records import HERE, HOMES, Household, Place, Resident, ResidentOrder
from desktop.register.rights import Officer, Right
from desktop.register.rules import (
    ResidentDraft,
    check_resident,
    completed,
    differences,
    dwelling_key,
    file_number,
    masked,
    tidied,
)
from desktop.register.service.people import profile_in
from desktop.register.service.resident_index import find_people
from desktop.register.service.resident_lists import counts_in, order_of, ordered
from desktop.register.service.resident_records import draft_of, fill, find_or_create_home, next_serial
from desktop.register.service.tags import TagCatalogue, set_tags, tags_of
from desktop.register.views import ResidentCard, ResidentRow
from desktop.store.history import REVEAL, Reference
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import among, pick
from desktop.store.unit import Store

FOUND_AT_ONCE = 200
_REVEALED = {"id_number": "身份证号", "phone": "电话", "contact_phone": "联系人电话"}


@dataclass(frozen=True)
class ResidentFilter:
    """What a list of residents is narrowed by; an empty filter is everybody still here, in order of address."""

    text: str = ""
    place_id: UUID | None = None
    tag: str = ""
    gone: bool = False
    order: str = "address"
    """The column of the list: due, address, name or age."""
    descending: bool = False
    overdue: bool = False

    @property
    def is_everybody(self) -> bool:
        """Return whether nothing but order and side narrows the list."""
        return not (squeeze(self.text) or self.place_id or self.tag or self.overdue)


class Dependants(Protocol):
    """Asked before a resident goes to the bin: what in other slices refers to this person."""

    def references(self, session: Session, resident_id: UUID) -> Sequence[Reference]:
        """Return what refers to the resident; empty lets the resident go."""
        ...


class ResidentService:
    """Use cases around residents."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, dependants: Sequence[Dependants] = ()) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock
        self._dependants = dependants
        self.tags = TagCatalogue(store, officer)

    def list_ids(self, narrowed: ResidentFilter) -> Sequence[UUID]:
        """Return the ids of matching residents in the filter's order; a search: best match first, at most 200.

        The order and the filter that tell what is due need the right to see health.
        """
        self._officer.require(Right.SEE_REGISTER)
        if narrowed.order == "due" or narrowed.overdue:
            self._officer.require(Right.SEE_HEALTH)
        if narrowed.is_everybody:
            return ordered(self._store, narrowed.order, gone=narrowed.gone, descending=narrowed.descending)
        with self._store.reading() as session:
            if squeeze(narrowed.text):
                return self._found(session, narrowed)
            query = self._narrowed(pick(ResidentOrder.resident_id), narrowed)
            return ids_of(session, query.order_by(*order_of(narrowed.order, descending=narrowed.descending)))

    def rows(self, ids: Sequence[UUID]) -> list[ResidentRow]:
        """Return the list lines of *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            found = {row.id: row for row in self._rows_in(session, list(ids))}
        return [found[record_id] for record_id in ids if record_id in found]

    def rows_in(self, session: Session, ids: Sequence[UUID]) -> list[ResidentRow]:
        """Return the list lines of *ids* as *session* sees them, in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_REGISTER)
        return self._rows_in(session, list(ids))

    def search(self, typed: str, *, limit: int = 12) -> list[ResidentRow]:
        """Return the best matches for *typed*, as the drop-down lists show them."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            ids = find_people(session, typed, limit=limit)
            found = {row.id: row for row in self._rows_in(session, ids)}
        return [found[record_id] for record_id in ids if record_id in found]

    def count(self) -> tuple[int, int]:
        """Return how many residents are here and how many dwellings they live in."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            counts = counts_in(session)
        return counts.get(HERE, 0), counts.get(HOMES, 0)

    def card(self, resident_id: UUID) -> ResidentCard:
        """Return everything about one resident, numbers starred for those who may not reveal them.

        Raises InputError if the record is gone.
        """
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            resident, draft = self._stored(session, resident_id)
            number = file_number(profile_in(session).region, resident.file_serial)
        if not self._officer.may(Right.REVEAL):
            draft = masked(draft)
        return ResidentCard(resident.id, resident.version, number, draft, draft.tags)

    def create(self, draft: ResidentDraft) -> UUID:
        """Store a new resident with dwelling and tags; raise InputError with every problem, storing nothing."""
        self._officer.require(Right.EDIT_REGISTER)
        draft = self._checked(draft)
        with self._store.writing(f"新建档案：{draft.name}", self._officer) as unit:
            self._refuse_taken_number(unit.session, draft, None)
            home_id = find_or_create_home(unit, draft)
            resident = unit.add(Resident(file_serial=next_serial(unit.session), name=draft.name, household_id=home_id))
            fill(resident, draft, home_id)
            unit.session.flush()
            set_tags(unit, resident.id, draft.tags, self._clock.today())
        return resident.id

    def change(self, resident_id: UUID, draft: ResidentDraft, *, version: int) -> None:
        """Store changed values; raise InputError with every problem.

        Raises ChangedMeanwhile, with both values of every field that differs, if a colleague was first.
        """
        self._officer.require(Right.EDIT_REGISTER)
        draft = self._checked(draft)
        with self._store.writing(f"修改档案：{draft.name}", self._officer) as unit:
            try:
                resident = unit.get(Resident, resident_id, version=version)
            except ChangedMeanwhile as error:
                theirs = self._stored(unit.session, resident_id)[1]
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            self._refuse_taken_number(unit.session, draft, resident_id)
            fill(resident, draft, find_or_create_home(unit, draft))
            hidden = self.tags.hidden(tags_of(unit.session, [resident_id], self._clock.today()).get(resident_id, ()))
            set_tags(unit, resident_id, (*draft.tags, *hidden), self._clock.today())

    def remove(self, resident_id: UUID) -> str:
        """Move a resident to the bin and return the step's label; raise InputError while other records refer."""
        self._officer.require(Right.EDIT_REGISTER)
        with self._store.writing("删除档案", self._officer) as unit:
            resident = unit.get(Resident, resident_id)
            unit.label = f"删除档案：{resident.name}"
            standing = [ref for asked in self._dependants for ref in asked.references(unit.session, resident_id)]
            if standing:
                what = "、".join(f"{ref.what}{ref.count}条" for ref in standing)
                raise InputError(f"这份档案还有{what}，不能删除。搬走或去世的，请把居住状态改为迁出或死亡。")
            unit.move_to_bin(resident)
            return unit.label

    def reveal(self, resident_id: UUID, field: str) -> str:
        """Return an unmasked number and note in the history who looked at it."""
        self._officer.require(Right.REVEAL)
        if field not in _REVEALED:
            raise ValueError(f"{field} is not a masked field")
        with self._store.writing(f"查看{_REVEALED[field]}", self._officer, undoable=False, even_lent=True) as unit:
            resident = unit.get(Resident, resident_id)
            unit.note(Resident, resident_id, REVEAL, {"field": field})
            return str(getattr(resident, field) or "")

    def characters(self) -> frozenset[str]:
        """Return every character that stands in a resident's name, for a screen that must show all of them."""
        self._officer.require(Right.SEE_REGISTER)
        query = pick(Resident.name).where(col(Resident.deleted_at).is_(None))
        with self._store.reading() as session:
            return frozenset().union(*(name for (name,) in session.connection().execute(query)))

    def lookalikes(self, draft: ResidentDraft, own_id: UUID | None = None) -> list[ResidentRow]:
        """Return stored residents who may be the same person: same name, and same birthday or dwelling."""
        self._officer.require(Right.SEE_REGISTER)
        name = tidy_name(draft.name)
        if not name:
            return []
        with self._store.reading() as session:
            same = pick(Resident.id, Resident.born_on, Household.room_key, Household.building_key).join(
                Household, col(Household.id) == col(Resident.household_id)
            )
            found = session.connection().execute(
                same.where(col(Resident.name) == name, col(Resident.deleted_at).is_(None))
            )
            building, room = dwelling_key("building", draft.building), dwelling_key("room", draft.room)
            ids = [
                row.id
                for row in found
                if row.id != own_id
                and (
                    (draft.born_on is not None and row.born_on == draft.born_on)
                    or (room and (row.room_key, row.building_key) == (room, building))
                )
            ]
            return self._rows_in(session, ids)

    def _stored(self, session: Session, resident_id: UUID) -> tuple[Resident, ResidentDraft]:
        query = (
            select(Resident, Household, Place)
            .join(Household, col(Household.id) == col(Resident.household_id))
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(Resident.id == resident_id, col(Resident.deleted_at).is_(None))
        )
        found = session.exec(query).first()
        if found is None:
            raise InputError("这份档案已经不在了，可能刚被别人删除。")
        resident, home, place = found
        tags = self.tags.visible(tags_of(session, [resident_id], self._clock.today()).get(resident_id, ()))
        return resident, draft_of(resident, home, place, tags)

    def _checked(self, draft: ResidentDraft) -> ResidentDraft:
        plain = tidied(draft)
        today = self._clock.today()
        if problems := check_resident(plain, today=today):
            raise InputError(problems=problems)
        return completed(plain, today=today)

    def _refuse_taken_number(self, session: Session, draft: ResidentDraft, own_id: UUID | None) -> None:
        if not draft.id_number:
            return
        query = select(Resident).where(Resident.id_number == draft.id_number, col(Resident.deleted_at).is_(None))
        other = session.exec(query).first()
        if other is not None and other.id != own_id:
            message = f"这个身份证号已经登记给“{other.name}”，请核对是不是同一个人。"
            raise InputError(problems=[Problem("id_number", "id_exists", message)])

    def _narrowed(self, query: Select[Any], narrowed: ResidentFilter) -> Select[Any]:
        if narrowed.overdue:
            query = query.where(col(ResidentOrder.due_on) < self._clock.today())
        if not squeeze(narrowed.text):
            query = query.where(col(ResidentOrder.gone).is_(narrowed.gone))
        if narrowed.place_id is not None:
            query = (
                query.join(Resident, col(Resident.id) == col(ResidentOrder.resident_id))
                .join(Household, col(Household.id) == col(Resident.household_id))
                .where(col(Household.place_id) == narrowed.place_id)
            )
        if narrowed.tag:
            tagged = self.tags.tagged(narrowed.tag, self._clock.today())
            query = query.where(col(ResidentOrder.resident_id).in_(tagged))
        return query

    def _found(self, session: Session, narrowed: ResidentFilter) -> IdList:
        """Return what was typed, also among people who have left: they are shown as gone, not hidden."""
        ids = find_people(session, narrowed.text, limit=FOUND_AT_ONCE)
        if not (narrowed.place_id or narrowed.tag or narrowed.overdue):
            return IdList.of(ids)
        inside = self._narrowed(pick(ResidentOrder.resident_id), narrowed)
        kept = set(session.scalars(inside.where(among(ResidentOrder.resident_id, ids))))
        return IdList.of(record_id for record_id in ids if record_id in kept)

    def _rows_in(self, session: Session, ids: list[UUID]) -> list[ResidentRow]:
        query = (
            pick(
                Resident.id, Resident.name, Resident.sex, Resident.born_on, Place.name, Household.building,
                Household.unit, Household.room, Resident.phone, Resident.dwelling_state, Resident.changed_on,
                Resident.id_number,
            )
            .join(Household, col(Household.id) == col(Resident.household_id))
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(among(Resident.id, ids), col(Resident.deleted_at).is_(None))
        )  # fmt: skip
        tags = tags_of(session, ids, self._clock.today())
        rows = [
            ResidentRow(
                id=r[0], name=r[1], sex=r[2], born_on=r[3], place=r[4], building=r[5], unit=r[6], room=r[7],
                phone_masked=mask_phone(r[8]), tags=self.tags.visible(tags.get(r[0], ())), dwelling_state=r[9],
                changed_on=r[10], has_number=r[11] is not None,
            )
            for r in session.connection().execute(query)
        ]  # fmt: skip
        place = {record_id: number for number, record_id in enumerate(ids)}
        return sorted(rows, key=lambda row: place[row.id])
