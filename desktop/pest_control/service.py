"""Use cases around records of pest control: create, change, remove, list; each kind of record is one book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import tidied_texts
from desktop.pest_control.cells import Cell, shown_values, stored_values
from desktop.pest_control.legal import Places
from desktop.pest_control.views import EntryRow
from desktop.register.records import Place
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.store.idlist import IdList, ids_of
from desktop.store.models import any_living, entered, table_of
from desktop.store.query import among, pick
from desktop.store.records import Record
from desktop.store.sorting import Sort, ordering
from desktop.store.unit import Store

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Draft = TypeVar("Draft", bound="DataclassInstance")


class Book(Generic[Draft]):
    """One kind of record; what differs between the kinds stands in the subclasses."""

    model: type[Record]
    word: str
    day: str
    only_column: str
    has_place = True

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def record(self, draft: Draft) -> EntryRow[Draft]:
        """Store *draft*; raise InputError with every problem, storing nothing."""
        self._officer.require(Right.EDIT_PEST)
        draft = tidied_texts(draft)
        with self._store.writing(f"登记{self.word}：{self._title(draft)}", self._officer) as unit:
            record = unit.add(self.model(**self._checked(unit.session, draft)))
        return self._again(record.id)

    def record_all(self, drafts: Sequence[Draft], label: str) -> list[UUID]:
        """Store all *drafts* in one step called *label* and return their ids; raise InputError storing none of them.

        A problem's field is the draft's number and the field: 3.quantity.
        """
        self._officer.require(Right.EDIT_PEST)
        problems: list[Problem] = []
        records: list[Record] = []
        with self._store.writing(label, self._officer) as unit:
            for number, draft in enumerate(drafts):
                try:
                    records.append(unit.add(self.model(**self._checked(unit.session, tidied_texts(draft)))))
                except InputError as error:
                    problems += [Problem(f"{number}.{one.field}", one.code, one.message) for one in error.problems]
            if problems:
                raise InputError(problems=problems)
        return [record.id for record in records]

    def change(self, record_id: UUID, draft: Draft, *, version: int) -> EntryRow[Draft]:
        """Store changed values; raise InputError with every problem.

        Raises ChangedMeanwhile, with both values of every field that differs, if a colleague was first.
        """
        self._officer.require(Right.EDIT_PEST)
        draft = tidied_texts(draft)
        with self._store.writing(f"修改{self.word}：{self._title(draft)}", self._officer) as unit:
            try:
                record = unit.get(self.model, record_id, version=version)
            except ChangedMeanwhile as error:
                theirs = self._rows_of(unit.session, [unit.get(self.model, record_id)])[0].draft
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            for name, value in self._checked(unit.session, draft).items():
                setattr(record, name, value)
        return self._again(record_id)

    def remove(self, record_id: UUID) -> str:
        """Move a record to the bin and return the step's label."""
        self._officer.require(Right.EDIT_PEST)
        with self._store.writing(f"删除{self.word}", self._officer) as unit:
            record = unit.get(self.model, record_id)
            draft = self._rows_of(unit.session, [record])[0].draft
            unit.label = f"删除{self.word}：{self._title(draft)} {plain_day(getattr(record, self.day))}"
            unit.move_to_bin(record)
            return unit.label

    def ids(
        self, *, first: date | None = None, last: date | None = None, only: str = "", sort: Sort | None = None
    ) -> IdList:
        """Return the ids of records between two days, newest first unless a *sort* is asked for.

        *only* leaves those of one agent, pest or indicator.
        """
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return ids_of(session, self._list(first, last, only, sort))

    def is_empty(self) -> bool:
        """Return whether there is no record of this kind yet."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return not any_living(session, self.model)

    def rows(self, ids: Sequence[UUID]) -> list[EntryRow[Draft]]:
        """Return the records *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            query = select(self.model).where(among(self.model.id, ids), col(self.model.deleted_at).is_(None))
            found = {row.id: row for row in self._rows_of(session, list(session.exec(query)))}
        return [found[record_id] for record_id in ids if record_id in found]

    def count(self, session: Session, first: date | None, last: date | None) -> int:
        """Return how many records there are between two days as *session* sees them."""
        return int(session.scalar(select(func.count()).select_from(self._list(first, last, "").subquery())) or 0)

    def between(self, session: Session, first: date, last: date) -> list[EntryRow[Draft]]:
        """Return the records between two days as *session* sees them, in the order in which things happened."""
        day = table_of(self.model).c[self.day]
        query = (
            select(self.model)
            .where(col(self.model.deleted_at).is_(None), day.between(first, last))
            .order_by(day, entered(self.model))
        )
        return self._rows_of(session, list(session.exec(query)))

    def words(self, column: str) -> list[str]:
        """Return every text that stands in *column*, sorted, for the lists of a form."""
        self._officer.require(Right.SEE_PEST)
        table = table_of(self.model)
        query = pick(table.c[column]).where(table.c.deleted_at.is_(None), table.c[column] != "").distinct()
        with self._store.reading() as session:
            return sorted(session.connection().scalars(query))

    def _cells(self, session: Session) -> tuple[Cell, ...]:
        raise NotImplementedError

    def _title(self, draft: Draft) -> str:
        raise NotImplementedError

    def _problems(self, session: Session, draft: Draft, today: date) -> list[Problem]:
        raise NotImplementedError

    def _made(self, values: Mapping[str, Any], record: Record) -> Draft:
        raise NotImplementedError

    def _with_verdicts(
        self, session: Session, rows: list[EntryRow[Draft]], records: Sequence[Record]
    ) -> list[EntryRow[Draft]]:
        raise NotImplementedError

    def _ways(self) -> Mapping[str, Any]:
        """Return what a click on a title sorts by: column of the list → expression."""
        raise NotImplementedError

    def _list(self, first: date | None, last: date | None, only: str, sort: Sort | None = None) -> Select[Any]:
        table = table_of(self.model)
        query = pick(table.c.id).where(table.c.deleted_at.is_(None))
        if first is not None:
            query = query.where(table.c[self.day] >= first)
        if last is not None:
            query = query.where(table.c[self.day] <= last)
        if only:
            query = query.where(table.c[self.only_column] == only)
        return query.order_by(*ordering(self._ways(), sort, (table.c[self.day], entered(self.model))))

    def _again(self, record_id: UUID) -> EntryRow[Draft]:
        return self.rows([record_id])[0]

    def _checked(self, session: Session, draft: Draft) -> dict[str, Any]:
        """Return the columns of *draft*; raise InputError with every problem."""
        cells, values = self._cells(session), dict(vars(draft))
        problems = self._problems(session, draft, self._clock.today())
        place_id, why = None, ""
        if self.has_place and values["place"]:
            place_id, why = Places(session).find(values["place"])
        if why:
            problems.append(Problem("place", "place_unknown", f"{why}。"))
        if problems:
            raise InputError(problems=problems)
        columns = stored_values(cells, values)
        return {**columns, "place_id": place_id} if self.has_place else columns

    def _rows_of(self, session: Session, records: Sequence[Record]) -> list[EntryRow[Draft]]:
        cells = self._cells(session)
        places = _place_names(session, records) if self.has_place else {}
        rows = []
        for record in records:
            values = shown_values(cells, record)
            if self.has_place:
                values["place"] = places.get(record.place_id, "")  # type: ignore[attr-defined]
            rows.append(EntryRow(record.id, record.version, self._made(values, record)))
        return self._with_verdicts(session, rows, records)


def judged(row: EntryRow[Draft], **values: Any) -> EntryRow[Draft]:
    """Return *row* with what was computed of it."""
    return replace(row, **values)


def _place_names(session: Session, records: Sequence[Record]) -> dict[UUID, str]:
    ids = {place for record in records if (place := record.place_id) is not None}  # type: ignore[attr-defined]
    query = pick(Place.id, Place.name).where(among(Place.id, list(ids)))
    return {place: name for place, name in session.connection().execute(query)}  # noqa: C416  rows are no pairs to mypy
